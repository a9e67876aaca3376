"""The best of what is found lot by lot, without holding all of it."""

from __future__ import annotations

from typing import Generic, Protocol, Self, TypeVar

import numpy as np
from numpy.typing import NDArray


class Scored(Protocol):
    """A lot of things that have a score each."""

    def __len__(self) -> int: ...

    def scores(self) -> NDArray[np.float64]:
        """The score of each (float64)."""

    def scoring(self, least: float) -> Self:
        """Those that score so much or more."""


_Lot = TypeVar("_Lot", bound=Scored)


class Best(Generic[_Lot]):
    """Lots of which the best things are kept: no more than twice as many as are wanted are held at a time.

    Args:
        most: How many are wanted; with as many points as the last of them, more.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._least = -np.inf
        self._lots: list[_Lot] = []

    def add(self, lot: _Lot) -> None:
        """Take in a lot."""
        self._lots.append(lot.scoring(self._least))
        if sum(map(len, self._lots)) > 2 * self._most:
            self.lots()

    def lots(self) -> list[_Lot]:
        """What is kept, lot by lot."""
        scores = np.concatenate([np.zeros(0), *(lot.scores() for lot in self._lots)])
        if len(scores) > self._most:
            last = len(scores) - self._most
            self._least = float(np.partition(scores, last)[last])
            self._lots = [lot.scoring(self._least) for lot in self._lots]
        return self._lots
