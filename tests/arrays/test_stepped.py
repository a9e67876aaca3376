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


@given(st.lists(st.booleans(), max_size=20))
def test_ranks_are_running_sums(marked: list[bool]) -> None:
    assert Ranks(np.flatnonzero(marked))[np.arange(len(marked) + 1)].tolist() == [0, *np.cumsum(marked, dtype=int)]
