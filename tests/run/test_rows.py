"""Columns become rows of Python values, some at a time."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reuse.run import rows
from reuse.run.rows import in_slices


@given(st.lists(st.tuples(st.integers(-9, 9), st.floats(0, 1), st.booleans()), max_size=20), st.integers(1, 7))
def test_rows_come_in_slices_as_python_values(table, most):
    numbers, shares, marks = ([row[column] for row in table] for column in range(3))
    columns = {"a": np.array(numbers, dtype=np.int32), "b": np.array(shares), "c": marks, "d": range(len(table))}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows, "_ROWS", most)
        slices = list(in_slices(columns))
    assert [row for some in slices for row in some] == [(*row, number) for number, row in enumerate(table)]
    assert all(len(some) <= most for some in slices)
    assert all([type(value) for value in row] == [int, float, bool, int] for some in slices for row in some)


@given(st.lists(st.none() | st.integers(0, 9), max_size=20), st.integers(1, 7))
def test_what_is_not_known_is_none(values, most):
    known = np.array([value is not None for value in values], dtype=bool)
    told = np.array([value for value in values if value is not None], dtype=np.int64)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows, "_ROWS", most)
        assert list(rows.where_known(known, told)) == values
