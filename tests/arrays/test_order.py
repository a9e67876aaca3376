"""The order of rows by several columns, beside NumPy's own."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reuse.arrays.order import order_of

# Few values, so that rows are equal; negative ones; some so large that rows, or one another, find no room beside them.
VALUES = st.one_of(
    st.integers(0, 3), st.integers(-3, 3), st.sampled_from([0, 1 << 30]), st.sampled_from([-(1 << 61), 1 << 61])
)


@given(st.integers(1, 3), st.data())
def test_order_is_that_of_lexsort(count, data):
    rows = data.draw(st.lists(st.tuples(*[VALUES] * count), max_size=20))
    columns = np.array(rows, dtype=np.int64).reshape(-1, count).T
    assert order_of(*columns).tolist() == np.lexsort(columns[::-1]).tolist()


def test_columns_that_fill_a_key_leave_no_room_for_rows():
    columns = np.array([[1 << 31, 0, 1 << 31, 0], [3, 2, 3, (1 << 32) - 1]])
    assert order_of(*columns).tolist() == [1, 3, 0, 2]


def test_columns_of_narrow_numbers():
    assert order_of(np.array([2, 1, 2], dtype=np.int32), np.array([255, 0, 0], dtype=np.uint8)).tolist() == [1, 2, 0]
