"""Closed n-grams and p-frames of a run."""

from __future__ import annotations

import json

import pytest

import reuse
from reuse.errors import UsageError

TEXTS = [
    "We said that the quick harbor sleeps. They said that the slow harbor sleeps.",
    "We said that the quick harbor wakes. They said that the tired harbor sleeps again, in the end.",
    "Nothing of the kind was heard here.",
]


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("texts")
    for number, text in enumerate(TEXTS):
        (folder / f"{number}.txt").write_text(text)
    with reuse.scan(folder, folder / "texts.reuse") as opened:
        yield opened


def test_ngrams_are_closed_and_counted_wherever_they_stand(run):
    rows = {row["text"]: row for row in run.ngrams((3, 8))}
    assert set(rows) == {
        "said that the",
        "We said that the quick harbor",
        "They said that the",
    }
    row = rows["said that the"]
    assert (row["tokens"], row["df"], row["tf"]) == (3, 2, 4)
    assert row["range"] == pytest.approx(2 / 3)
    assert row["per_million"] == pytest.approx(4e6 / sum(len(text.split()) for text in TEXTS))


def test_ngrams_of_some_lengths_and_a_range(run):
    assert {row["tokens"] for row in run.ngrams((4, 5))} == {4}
    assert [row["text"] for row in run.ngrams((2, 2))] == ["harbor sleeps"]
    assert len(run.ngrams((3, 8), 3)) == 0
    assert len(run.ngrams((4, 8), 1)) == len(run.ngrams((4, 8), 2))
    for wrong in ((1, 3), (5, 4)):
        with pytest.raises(UsageError, match="from 2 words on"):
            run.ngrams(wrong)
    with pytest.raises(UsageError, match="1 document at least"):
        run.ngrams(min_range=0)


def test_pframes_tell_what_fills_their_slot(run):
    (row,) = [row for row in run.pframes(3) if row["pattern"] == "said that the … harbor"]
    assert (row["df"], row["tf"], row["fillers"]) == (2, 4, 3)
    assert row["variability"] == 3 / 4
    assert row["entropy"] == pytest.approx(1.5)
    assert json.loads(row["slot"]) == [["quick", 2], ["slow", 1], ["tired", 1]]
    assert {row["fillers"] for row in run.pframes()} == {2, 3}
    with pytest.raises(UsageError, match="2 fillers"):
        run.pframes(1)
