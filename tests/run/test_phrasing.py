"""Formulas are shown as they are written, not as their words are written by themselves."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reuse.corpus.normalise import as_written
from reuse.corpus.spellings import joined
from reuse.corpus.tokenise import tokenise
from reuse.formulas.phrases import Formulas
from reuse.run import phrasing
from reuse.run.phrasing import Phrasing, plain_words, written_most


def phrase_at(positions: list[int], words: int) -> Formulas:
    """One phrase of so many words, at these places."""
    counts = [np.array([value], dtype=np.int32) for value in (words, 1, len(positions), 1, len(positions))]
    figures = [np.zeros(1, dtype=np.float32)] * 2
    return Formulas(*counts, *figures, np.array([0, len(positions)]), np.array(positions))


def written(texts: list[str], positions: list[int], words: int) -> str:
    tokens = tokenise((text, None) for text in texts)
    (shown,) = written_most(phrase_at(positions, words), tokens, texts.__getitem__)
    return shown


@pytest.mark.parametrize(
    ("texts", "positions", "shown"),
    [
        # Its words have small letters nearly everywhere else.
        (["act, war, two, act, war. in the World War Two of old", "a World War Two film"], [7, 13], "World War Two"),
        # A capital at the beginning of a sentence may not be its own …
        (["World war two. World war two. In a world war two", ""], [0, 3, 8], "world war two"),
        # … but stays where it always has one.
        (["World war two. A", "World war two"], [0, 4], "World war two"),
        # A line break, a broken word, emphasis are not written.
        (["a world\nwar  two", "the world *war* two"], [1, 5], "world war two"),
        (["in the co-\noperation of us", "in the cooperation of us"], [1, 6], "the cooperation of"),
        # What stands between the words is no part of it.
        (["so world, war; two", "so world, war; two"], [1, 5], "world war two"),
        (["中国人民的生活", "中国人民的生活"], [0, 7], "中国人"),
    ],
)
def test_as_it_stands_most_often(texts, positions, shown):
    assert written(texts, positions, 3) == shown


@settings(max_examples=100)
@given(st.lists(st.lists(st.sampled_from(["the", "The", "THE"]), min_size=2, max_size=2), min_size=1, max_size=8))
def test_what_is_shown_was_written_and_nothing_more_often(pairs):
    texts = [f"so {' '.join(pair)}" for pair in pairs]
    counts = Counter(" ".join(pair) for pair in pairs)
    shown = written(texts, [3 * number + 1 for number in range(len(pairs))], 2)
    assert counts[shown] == max(counts.values())
    assert shown == max(phrase for phrase, count in counts.items() if count == counts[shown])


PARTS = [
    "two",
    "Two",
    "2nd",
    "it's",
    "co-op",
    "1,000",
    "a_b",
    "3.5",
    "é",
    "\n",
    ",",
    ", ",
    " ",
    " ",
    "12\n",
    "\n\n7\n\n",
]


@settings(max_examples=200)
@given(st.lists(st.sampled_from(PARTS), max_size=9))
def test_plain_words_are_the_words_in_line(parts):
    text = "".join(parts)
    tokens = tokenise([(text, None)])
    starts, ends = tokens.starts.tolist(), tokens.ends.tolist()
    if starts:
        words = joined([as_written(text[start:end]) for start, end in zip(starts, ends, strict=True)])
        assert plain_words(text[starts[0] : ends[-1]], len(starts)) in {words, ""}
    assert plain_words("two,\nand 3rd", 3) == ""
    assert plain_words("two\n\n7\n\nand", 2) == ""
    assert plain_words("two, and\n3rd", 3) == "two and 3rd"


def test_the_order_of_documents_changes_nothing():
    texts = ["so World War", "so world War", "so World war", "so World War", "so world War"]
    places = [3 * number + 1 for number in range(5)]
    assert written(texts, places, 2) == written(texts[::-1], places, 2) == "world War"


def test_each_text_is_fetched_once(monkeypatch):
    monkeypatch.setattr(phrasing, "_AT_ONCE", 1)
    texts, fetched = ["so it was so it was", "so it was"], []
    tokens = tokenise((text, None) for text in texts)
    written_most(phrase_at([0, 3, 6], 3), tokens, lambda document: fetched.append(document) or texts[document])
    assert fetched == [0, 1]


@pytest.mark.parametrize(
    ("positions", "words", "row"),
    [
        ([1, 4], 2, 0),
        ([1, 4, 7], 2, -1),  # it stands in a new place, too
        ([4, 7], 2, -1),  # one of its places is another phrase's now
        ([1, 7], 2, -1),  # as many places, others
        ([1, 4], 1, -1),  # a part of it
    ],
)
def test_what_stands_where_it_stood_is_the_same(positions: list[int], words: int, row: int) -> None:
    before = Phrasing(np.array([2], dtype=np.int32), np.array([0, 2]), np.array([1, 4]), ["as it was"], ["0f"])
    assert before.same_as(phrase_at(positions, words)).tolist() == [row]
    assert Phrasing.nothing().same_as(phrase_at(positions, words)).tolist() == [-1]
