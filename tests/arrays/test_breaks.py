"""Runs of a column, cut where it does not go on in line."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reuse.arrays import breaks as module
from reuse.arrays.breaks import Breaks

COLUMN = st.lists(st.integers(0, 6), min_size=1, max_size=30)


def cut_plainly(places: list[int], start: int, size: int, slack: int) -> list[tuple[int, int]]:
    """The pieces of one run: where in it each begins, and its size."""
    begins = [0] + [
        place for place in range(1, size) if abs(places[start + place] - places[start + place - 1] - 1) > slack
    ]
    return [(begin, end - begin) for begin, end in zip(begins, [*begins[1:], size], strict=True)]


@given(COLUMN, st.lists(st.tuples(st.integers(0, 29), st.integers(1, 30)), max_size=6), st.integers(0, 2))
def test_runs_are_cut_where_the_column_breaks_off(steps, runs, slack):
    places = np.cumsum(np.array(steps) - 1) + 50
    runs = [(start, min(size, len(places) - start)) for start, size in runs if start < len(places)]
    start, size = np.array(runs, dtype=np.int64).reshape(-1, 2).T
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_SLICE", 4)
        breaks = Breaks.of(places, slack)
    row, place, length = breaks.cut(start, size)
    expected = [cut_plainly(places.tolist(), *run, slack) for run in runs]
    assert breaks.within(start, size).tolist() == [len(pieces) - 1 for pieces in expected]
    assert list(zip(row.tolist(), place.tolist(), length.tolist(), strict=True)) == [
        (number, *piece) for number, pieces in enumerate(expected) for piece in pieces
    ]
