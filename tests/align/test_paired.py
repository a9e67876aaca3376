"""What a strict match pairs is not paired anew."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from reuse.align.paired import not_paired_elsewhere
from reuse.align.rare_words import Points
from reuse.align.rectangles import Passages

BOUNDS = np.array([0, 30, 60])
PLACE = st.integers(0, 29)


def regions(*rows):
    columns = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    return Passages(*columns, np.zeros(len(rows), dtype=np.float32))


def points(places):
    a, b = np.array(places, dtype=np.int64).reshape(-1, 2).T
    none = np.zeros(len(a), dtype=np.int64)
    return Points(none, a, b + 30, none.astype(np.float32), none)


@given(st.tuples(PLACE, PLACE, PLACE, PLACE), st.lists(st.tuples(PLACE, PLACE), min_size=1, max_size=40))
@settings(max_examples=200)
def test_a_word_within_one_side_of_a_match_only_is_left_out(ends, places):
    (start_a, end_a), (start_b, end_b) = sorted(ends[:2]), sorted(ends[2:])
    match = regions((start_a, end_a + 1, 30 + start_b, 31 + end_b))
    left = not_paired_elsewhere(points(places), regions((0, 30, 30, 60)), match, BOUNDS)
    expected = [(a, b) for a, b in places if (start_a <= a <= end_a) == (start_b <= b <= end_b)]
    assert list(zip(left.a.tolist(), (left.b - 30).tolist(), strict=True)) == expected


def test_a_word_that_any_match_pairs_so_stays():
    twice = regions((0, 10, 30, 40), (5, 15, 45, 55))
    left = not_paired_elsewhere(points([(7, 7), (7, 17), (7, 27)]), regions((0, 30, 30, 60)), twice, BOUNDS)
    assert (left.b - 30).tolist() == [7, 17]


def test_a_word_that_any_match_pairs_so_stays_whichever_side_says_it():
    twice = regions((0, 10, 30, 40), (15, 25, 35, 45))
    left = not_paired_elsewhere(points([(7, 7), (17, 7), (27, 7)]), regions((0, 30, 30, 60)), twice, BOUNDS)
    assert left.a.tolist() == [7, 17]


def test_without_matches_nothing_is_left_out():
    all_of_them = points([(1, 2), (3, 4)])
    assert not_paired_elsewhere(all_of_them, regions((0, 30, 30, 60)), regions(), BOUNDS) is all_of_them
