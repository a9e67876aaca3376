"""Columns that are looked up say what they would say laid out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reuse.arrays.ragged import bounds_of
from reuse.arrays.stepped import Ranks, Stepped


@given(st.lists(st.integers(0, 5), min_size=1, max_size=8), st.integers(0, 40), st.integers(0, 40))
def test_a_stepped_column_is_that_which_is_repeated(sizes: list[int], start: int, stop: int) -> None:
    values = np.arange(len(sizes), dtype=np.int32) * 7
    plain = np.repeat(values, sizes)
    column = Stepped(bounds_of(np.array(sizes)), values)
    assert column[start:stop].tolist() == plain[start:stop].tolist()
    assert column[:].tolist() == plain.tolist()
    rows = np.arange(len(plain))[::-1]
    assert column[rows].tolist() == plain[rows].tolist()


def test_a_stepped_column_is_not_read_backwards() -> None:
    with pytest.raises(ValueError, match="in their order"):
        Stepped(np.array([0, 2]), np.array([1], dtype=np.int32))[::-1]


@given(st.lists(st.booleans(), max_size=20), st.integers(0, 9))
def test_ranks_are_running_sums(marked: list[bool], times: int) -> None:
    marked = marked * times
    ranks = Ranks.of(np.array(marked, dtype=bool))
    assert ranks[np.arange(len(marked) + 1)].tolist() == [0, *np.cumsum(marked, dtype=int)]


@given(st.lists(st.integers(1, 90), min_size=1, max_size=8))
def test_runs_that_are_counted_are_those_that_are_searched_for(sizes: list[int]) -> None:
    bounds, values = bounds_of(np.array(sizes)), np.arange(len(sizes), dtype=np.int32)
    begins = np.zeros(bounds[-1], dtype=bool)
    begins[bounds[:-1]] = True
    rows = np.arange(bounds[-1])[::-1]
    assert Stepped(bounds, values, Ranks.of(begins))[rows].tolist() == Stepped(bounds, values)[rows].tolist()
