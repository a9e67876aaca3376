"""Counts in long columns are those of one pass, whatever the slices."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reuse.arrays import counting


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=30))
def test_counts_equal_those_of_one_pass(rows):
    numbers = np.array([number for number, _ in rows], dtype=np.int32)
    marked = np.array([mark for _, mark in rows], dtype=bool)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counting, "_SLICE", 4)
        assert counting.occurrences(numbers, 6).tolist() == np.bincount(numbers, minlength=6).tolist()
        chosen = counting.occurrences(numbers, 6, marked)
        up_to = counting.counted_up_to(marked, np.empty(len(marked), dtype=np.int32))
    assert chosen.tolist() == np.bincount(numbers[marked], minlength=6).tolist()
    assert up_to.tolist() == np.cumsum(marked).tolist()
