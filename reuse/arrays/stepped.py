"""Columns that are looked up and not laid out, where a few of very many rows are asked for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.ragged import bounds_of, owners_of
from reuse.work.workers import ALONE, Workers

_SLICE = 1 << 18  # rows laid out at a time, so that temporaries stay in the cache
_MARKS = 6  # log2 of the marks in a number


@dataclass(frozen=True, slots=True)
class Ranks:
    """How many marked rows stand before each row: counted up to every 64th, then told by one look at the marks.

    Attributes:
        marks: uint64: 64 of them each, the first in the lowest digit.
        before: int64: how many stand before the marks of each.
    """

    marks: NDArray[np.uint64]
    before: NDArray[np.int64]

    @classmethod
    def of(cls, marked: NDArray[np.bool_]) -> Ranks:
        """Those of rows that are marked or not (bool)."""
        packed = np.zeros(8 * ((len(marked) >> _MARKS) + 1), dtype=np.uint8)
        packed[: -(-len(marked) // 8)] = np.packbits(marked, bitorder="little")
        marks = packed.view("<u8").astype(np.uint64)
        return cls(marks, bounds_of(np.bitwise_count(marks))[:-1])

    def __getitem__(self, rows: NDArray[np.integer]) -> NDArray[np.int64]:
        """That of some rows (int64), the one behind the last among them."""
        at = rows >> _MARKS
        digit = (rows & ((1 << _MARKS) - 1)).astype(np.uint64)
        below = self.marks[at] & ((np.uint64(1) << digit) - np.uint64(1))
        return np.asarray(self.before[at] + np.bitwise_count(below), dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Stepped:
    """A column that has one value for all rows of a run of them.

    Attributes:
        bounds: int64 (runs + 1,), ascending: run r has the rows bounds[r] to bounds[r + 1].
        values: int32 (runs,): what each has there.
        begins: Of rows that begin a run, none of which is empty; None: the run of a row is searched for.
    """

    bounds: NDArray[np.int64]
    values: NDArray[np.int32]
    begins: Ranks | None = None

    def __getitem__(self, rows: NDArray[np.integer] | slice) -> NDArray[np.int32]:
        if not isinstance(rows, slice):
            return self.values[owners_of(self.bounds, rows) if self.begins is None else self.begins[rows + 1] - 1]
        start, stop, step = rows.indices(int(self.bounds[-1]))
        if step != 1:
            raise ValueError("rows are laid out in their order")
        first = max(int(np.searchsorted(self.bounds, start, side="right")) - 1, 0)
        last = int(np.searchsorted(self.bounds, stop))
        bounds: NDArray[np.int64] = np.clip(self.bounds[first : last + 1], start, stop)
        return np.repeat(self.values[first:last], np.diff(bounds))

    def laid_out(self, workers: Workers = ALONE) -> NDArray[np.int32]:
        """All rows (int32).

        Args:
            workers: Have a place for columns.
        """
        column: NDArray[np.int32] = workers.column(int(self.bounds[-1]), np.int32)
        for start in range(0, len(column), _SLICE):
            column[start : start + _SLICE] = self[start : start + _SLICE]
        return column
