"""Where a column does not go on in line, so that runs of it are looked at as a whole and not element by element."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.ragged import bounds_of, spread


@dataclass(frozen=True, slots=True)
class Breaks:
    """The elements of a column at which it breaks off from the one before.

    Attributes:
        at: int64: their positions, ascending.
        until: int64 (elements + 1,): how many of them stand before each position.
    """

    at: NDArray[np.int64]
    until: NDArray[np.int64]

    @classmethod
    def of(cls, places: NDArray[np.int64], slack: int = 0) -> Breaks:
        """Of places that go on in line as long as each is the one before and one more, give or take the slack."""
        broken = np.zeros(len(places), dtype=bool)
        if slack:
            np.greater(np.abs(np.diff(places) - 1), slack, out=broken[1:])
        else:
            np.not_equal(np.diff(places), 1, out=broken[1:])
        return cls(np.flatnonzero(broken), bounds_of(broken))

    def within(self, start: NDArray[np.int64], size: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many breaks there are in runs (int64 both, at least one element each) behind their first elements."""
        count: NDArray[np.int64] = self.until[start + size] - self.until[start + 1]
        return count

    def cut(
        self, start: NDArray[np.int64], size: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Runs, as in `within`, cut before every break in them.

        Returns:
            int64, one a piece, in order: the row of the run, where in it the piece begins, and its size.
        """
        within = self.within(start, size)
        run, nth = spread(within + 1)
        place = np.zeros(len(run), dtype=np.int64)
        later = np.flatnonzero(nth)
        place[later] = self.at[(self.until[start + 1] - 1)[run[later]] + nth[later]] - start[run[later]]
        end = np.empty_like(place)
        end[:-1] = place[1:]
        last = nth == within[run]
        end[last] = size
        return run, place, end - place
