"""Ragged columns against lists of lists."""

from __future__ import annotations

from itertools import chain, pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reuse.arrays.ragged import bounds_of, owners_of, places_in_rows, ranges, row_of_each, slices_of, spread

SIZES = st.lists(st.integers(0, 5), max_size=12).map(lambda sizes: np.array(sizes, dtype=np.int64))


@given(SIZES)
def test_every_element_knows_its_row_and_its_place(sizes):
    pairs = [(row, place) for row, size in enumerate(sizes.tolist()) for place in range(size)]
    rows, within = spread(sizes)
    bounds = bounds_of(sizes)
    assert list(zip(rows.tolist(), within.tolist(), strict=True)) == pairs
    assert row_of_each(bounds).tolist() == rows.tolist()
    assert owners_of(bounds, np.arange(len(rows))).tolist() == rows.tolist()
    assert bounds.tolist() == [sum(sizes[:row].tolist()) for row in range(len(sizes) + 1)]


def test_elements_beyond_the_rows_have_owners_that_are_none():
    bounds = bounds_of(np.array([2, 0, 3]))
    assert owners_of(bounds, np.array([-1, 0, 1, 2, 4, 5])).tolist() == [-1, 0, 0, 2, 2, 3]


@given(SIZES, st.integers(-100, 100))
def test_ranges_are_runs_of_consecutive_numbers(sizes, least):
    starts = np.arange(len(sizes)) * 7 % 5 + least
    expected = [
        start + place for start, size in zip(starts.tolist(), sizes.tolist(), strict=True) for place in range(size)
    ]
    assert ranges(starts, sizes).tolist() == expected


@given(SIZES, st.integers(1, 12))
def test_slices_hold_all_rows_and_not_too_many_elements(sizes, most):
    slices = list(slices_of(sizes, most))
    assert [row for some in slices for row in range(some.start, some.stop)] == list(range(len(sizes)))
    for some in slices:
        assert some.stop - some.start == 1 or sizes[some].sum() <= most
    for one, other in pairwise(slices):  # no slice could have taken the next row as well
        assert sizes[one].sum() + sizes[other.start] > most


@given(st.lists(st.lists(st.integers(0, 9)), min_size=1), st.data(), st.booleans())
def test_a_number_is_looked_for_in_its_row_alone(rows, data, right):
    rows = [sorted(row) for row in rows]
    bounds = bounds_of(np.array([len(row) for row in rows]))
    asked = data.draw(st.lists(st.tuples(st.integers(0, len(rows) - 1), st.integers(-1, 10))))
    row, wanted = np.array(asked, dtype=np.int64).reshape(-1, 2).T
    found = places_in_rows(np.array([*chain.from_iterable(rows)], dtype=np.int32), bounds, row, wanted, right=right)
    side = "right" if right else "left"
    assert found.tolist() == [bounds[of] + np.searchsorted(rows[of], number, side) for of, number in asked]
