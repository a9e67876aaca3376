"""The inner loops alone, for pytest-benchmark: `textreuse bench kernels` runs this file and keeps the result.

Each kernel gets what the stages before it made of the corpus in the folder that `TEXTREUSE_KERNELS` names.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from reuse.align.align import find_matches, find_regions
from reuse.align.blocks import align_regions, code_points
from reuse.align.rectangles import Regions
from reuse.corpus.tokenise import tokenise
from reuse.corpus.tokens import Tokens
from reuse.formulas.phrases import Formulas, find_formulas
from reuse.formulas.variants import find_families
from reuse.index.minhash import signatures, windows_of
from reuse.index.pairing import Pairing
from reuse.index.seeds import Anchors, find_anchors
from reuse.index.shingles import shingle_hashes
from reuse.options import ScanOptions
from reuse.score.background import Background
from reuse.score.significance import Floor
from reuse.score.surprise import Surprise

FOLDER = "TEXTREUSE_KERNELS"
"""The environment variable that names the corpus."""

ROUNDS = 7
"""How often a kernel is timed, after one round that is not."""


@dataclass(frozen=True)
class Stages:
    """What each stage made of the corpus."""

    texts: list[str]
    tokens: Tokens
    pairing: Pairing
    background: Background
    surprise: Surprise
    floor: Floor
    anchors: list[Anchors]
    regions: Regions
    formulas: Formulas
    options: ScanOptions

    @classmethod
    def of(cls, folder: Path) -> Stages:
        """Run the stages on the texts of a folder."""
        options = ScanOptions()
        texts = [path.read_text("utf-8") for path in sorted(folder.rglob("*.txt"))]
        tokens = tokenise((text, None) for text in texts)
        pairing = Pairing.of(tokens)
        background = Background.of(tokens)
        surprise = Surprise.of(tokens, options.score)
        floor = Floor.of(options.score, pairing.token_pairs(surprise.counted))
        anchors = [part for found, _ in find_anchors(tokens, pairing, options.index) for part in found]
        regions = find_regions(tokens, anchors, surprise, floor, options.align)
        formulas = find_formulas(tokens, background, options.formulas)
        return cls(texts, tokens, pairing, background, surprise, floor, anchors, regions, formulas, options)


@pytest.fixture(scope="module")
def stages() -> Stages:
    """The stages before each kernel, run once."""
    return Stages.of(Path(os.environ[FOLDER]))


KERNELS: dict[str, Callable[[Stages], object]] = {
    "tokenising": lambda given: tokenise((text, None) for text in given.texts),
    "background": lambda given: Background.of(given.tokens),
    "surprise": lambda given: Surprise.of(given.tokens, given.options.score),
    "shingle hashing": lambda given: shingle_hashes(given.tokens, given.options.index.shingle),
    "exact join": lambda given: list(find_anchors(given.tokens, given.pairing, given.options.index)),
    "MinHash signatures": lambda given: signatures(
        given.tokens, windows_of(given.tokens.bounds, given.options.index), given.options.index
    ),
    "chaining": lambda given: find_regions(
        given.tokens,
        given.anchors,
        given.surprise,
        given.floor,
        given.options.align,
    ),
    "alignment": lambda given: align_regions(
        given.tokens.ids, code_points(given.tokens.vocabulary.counts), given.regions
    ),
    "matches, from chains on": lambda given: find_matches(
        given.tokens,
        given.regions,
        given.surprise,
        given.floor,
        given.options.align,
        given.options.reworded,
    ),
    "formulas": lambda given: find_formulas(given.tokens, given.background, given.options.formulas),
    "families of formulas": lambda given: find_families(given.tokens, given.formulas, given.tokens.vocabulary.words),
}


@pytest.mark.parametrize("kernel", list(KERNELS))
def test_kernel(benchmark: BenchmarkFixture, stages: Stages, kernel: str) -> None:
    """Time one kernel."""
    benchmark.pedantic(KERNELS[kernel], (stages,), rounds=ROUNDS, warmup_rounds=1)  # type: ignore[no-untyped-call]
