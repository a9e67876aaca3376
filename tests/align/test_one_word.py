"""Stretches of one word are shared as wholes, whichever diagonal an alignment took."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reuse
from reuse.align.matches import ALIGNED, Matches
from reuse.align.one_word import from_beginnings
from reuse.align.paths import Paths

ZERO = 0


def match_of(a: tuple[int, int], b: tuple[int, int]) -> Matches:
    size = np.array([a[1] - a[0]])
    edges = (np.array([edge]) for edge in (*a, *b))
    scores = (np.ones(1, dtype=np.float32), np.full(1, 40, dtype=np.float32), np.zeros(1))
    paths = Paths.straight(np.array([a[0]]), np.array([b[0]]), size)
    return Matches(*edges, size.astype(np.int32), *scores, np.full(1, ALIGNED, dtype=np.uint8), paths)


@given(st.integers(1, 9), st.integers(1, 9), st.data())
def test_both_stretches_are_taken_from_where_they_begin(left, right, data):
    ids = np.array([1, *[ZERO] * left, 2, *[ZERO] * right, 3], dtype=np.int32)
    size = data.draw(st.integers(1, min(left, right)))
    a = 1 + data.draw(st.integers(0, left - size))
    b = left + 2 + data.draw(st.integers(0, right - size))
    found = from_beginnings(match_of((a, a + size), (b, b + size)), ids, np.array([0, left + 2, len(ids)]))
    shorter = min(left, right)
    assert (found.a_start[0], found.a_end[0]) == (1, 1 + shorter)
    assert (found.b_start[0], found.b_end[0]) == (left + 2, left + 2 + shorter)
    assert found.matched[0] == found.paths.pairs()[0] == shorter


@pytest.mark.parametrize(
    ("a", "b"),
    [
        pytest.param((0, 3), (5, 8), id="several words"),
        pytest.param((1, 3), (2, 4), id="within one stretch"),
    ],
)
def test_other_matches_stay_as_they_are(a, b):
    ids = np.array([1, 0, 0, 0, 2, 1, 0, 0, 0, 3], dtype=np.int32)
    found = from_beginnings(match_of(a, b), ids, np.array([0, 5, 10]))
    assert (found.a_start[0], found.a_end[0], found.b_start[0], found.b_end[0]) == (*a, *b)


def test_no_zero_of_a_table_that_all_have_is_fresh(tmp_path):
    source = random.Random(1)
    words = ["".join(source.choices("abdegiklmnoprstuvz", k=6)) for _ in range(900)]
    texts = {name: " ".join(source.sample(words, 60)) + " 0" * 3_000 for name in "abcde"}
    run = reuse.scan(texts=texts, out=tmp_path / "zeros.reuse")
    assert all(row.fresh <= 60 / 3_060 for row in run.profile())
    run.close()
