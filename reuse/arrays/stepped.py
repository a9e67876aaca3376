"""Columns that are looked up and not laid out, where a few of very many rows are asked for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.ragged import owners_of
from reuse.work.workers import ALONE, Workers

_SLICE = 1 << 18  # rows laid out at a time, so that temporaries stay in the cache


@dataclass(frozen=True, slots=True)
class Stepped:
    """A column that has one value for all rows of a run of them.

    Attributes:
        bounds: int64 (runs + 1,), ascending: run r has the rows bounds[r] to bounds[r + 1].
        values: int32 (runs,): what each has there.
    """

    bounds: NDArray[np.int64]
    values: NDArray[np.int32]

    def __getitem__(self, rows: NDArray[np.integer] | slice) -> NDArray[np.int32]:
        if not isinstance(rows, slice):
            return self.values[owners_of(self.bounds, rows)]
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


@dataclass(frozen=True, slots=True)
class Ranks:
    """How many of some rows stand before each row.

    Attributes:
        rows: int64, ascending.
    """

    rows: NDArray[np.int64]

    def __getitem__(self, rows: NDArray[np.integer]) -> NDArray[np.int64]:
        return np.searchsorted(self.rows, rows)
