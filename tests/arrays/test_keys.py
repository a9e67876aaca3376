"""Keys of two numbers, and where sorted columns change, against plain Python."""

from __future__ import annotations

from itertools import groupby

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reuse.arrays.keys import (
    differs,
    distinct_in,
    first_of_each,
    group_sizes,
    pair_keys,
    pair_numbers,
    places_in,
    shared_places,
    with_places,
)

HASHES = st.lists(st.sampled_from([0, 1 << 40, 3 << 50, (1 << 64) - 1]), max_size=30)
NUMBERS = st.integers(0, (1 << 32) - 1)


@given(HASHES)
def test_one_sort_groups_places_by_hash(hashes):
    bits = len(hashes).bit_length()
    keys = np.sort(with_places(np.array(hashes, dtype=np.uint64), np.arange(len(hashes)), bits))
    expected = sorted((value >> bits, place) for place, value in enumerate(hashes))
    assert places_in(keys, bits).tolist() == [place for _, place in expected]
    groups = [[place for _, place in group] for _, group in groupby(expected, key=lambda pair: pair[0])]
    shared = [group for group in groups if len(group) > 1]
    places, begins = shared_places(keys, bits)
    assert places.tolist() == [place for group in shared for place in group]
    assert begins.tolist() == [place == group[0] for group in shared for place in group]
    assert group_sizes(keys, bits).tolist() == [len(group) for group in groups]


@given(st.lists(st.tuples(NUMBERS, NUMBERS), max_size=20))
def test_pairs_come_back_and_sort_as_pairs(pairs):
    above, below = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    keys = np.sort(pair_keys(above, below))
    assert list(zip(*(column.tolist() for column in pair_numbers(keys)), strict=True)) == sorted(pairs)


@given(st.lists(st.tuples(st.integers(-1, 2), st.integers(-1, 2)), max_size=20))
def test_where_rows_differ_from_the_one_before(rows):
    columns = np.array(rows, dtype=np.int64).reshape(-1, 2).T
    expected = [number == 0 or rows[number] != rows[number - 1] for number in range(len(rows))]
    assert differs(*columns).tolist() == expected
    assert distinct_in(np.sort(columns[0])).tolist() == sorted(set(columns[0].tolist()))


@given(st.lists(st.integers(0, 5), max_size=20))
def test_the_first_row_of_each_number(values):
    numbers = [sorted(set(values)).index(value) for value in values]
    expected = [numbers.index(number) for number in range(len(set(values)))]
    assert first_of_each(np.array(numbers, dtype=np.int32), len(expected)).tolist() == expected
