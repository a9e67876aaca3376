"""What ranges of positions cover, against sets."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reuse.arrays.spans import Union, covered

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


@given(st.lists(st.booleans(), min_size=1, max_size=40), st.data())
def test_what_lies_in_stretches_is_what_a_plain_count_finds(marked, data):
    marked = np.array(marked)
    ends = data.draw(st.lists(st.tuples(*[st.integers(0, len(marked))] * 2), max_size=6))
    start, end = (np.array([pick(one) for one in ends], dtype=np.int64) for pick in (min, max))
    edges = np.flatnonzero(np.diff(marked.astype(np.int8), prepend=0, append=0))
    stretches = edges.reshape(-1, 2)
    assert covered(len(marked), *stretches.T).tolist() == marked.tolist()
    expected = [int(marked[begin:finish].sum()) for begin, finish in zip(start, end, strict=True)]
    assert Union.of(*stretches.T).within(start, end).tolist() == expected
