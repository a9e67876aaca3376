"""Where a column does not go on in line, so that runs of it are looked at as a whole and not element by element."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.ragged import spread
from reuse.work.workers import ALONE, Workers

_SLICE = 1 << 18  # elements looked at at a time, so that temporaries stay in the cache


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
    def of(cls, places: NDArray[np.int64], slack: int = 0, workers: Workers = ALONE) -> Breaks:
        """Of places that go on in line as long as each is the one before and one more, give or take the slack.

        Args:
            places: int64: the places.
            slack: How much more or less.
            workers: Have a place for columns.
        """
        until: NDArray[np.int64] = workers.column(len(places) + 1, np.int64)
        at = [np.zeros(0, dtype=np.int64)]
        for start in range(0, len(places), _SLICE):
            here = places[start : start + _SLICE]
            broken = np.abs(np.diff(here, prepend=places[start - 1] if start else here[0] - 1) - 1) > slack
            at.append(start + np.flatnonzero(broken))
            until[start + 1 : start + 1 + len(here)] = until[start] + np.cumsum(broken)
        return cls(np.concatenate(at), until)

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
