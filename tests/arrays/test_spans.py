"""What ranges of positions cover, against sets."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reuse.arrays.spans import Union

RANGES = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 6)), max_size=8)


@given(RANGES)
def test_the_positions_of_a_union_are_numbered_through(rows):
    starts, sizes = np.array(rows, dtype=np.int64).reshape(-1, 2).T
    union = Union.of(starts, starts + sizes)
    inside = sorted({at for start, size in rows for at in range(start, start + size)})
    assert len(union) == len(inside)
    assert union.positions().tolist() == inside
    number = {at: place for place, at in enumerate(inside)}
    assert union.numbers(np.arange(40)).tolist() == [number.get(at, -1) for at in range(40)]
    assert all(start - 1 not in number for start in union.starts.tolist())
