"""A quick first look whether hashes are among some that are sought."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Sought:
    """Some hashes, good in their high digits, by these digits.

    Attributes:
        there: bool (2^k,): whether one of them begins with these k digits: of other hashes one in 64 does.
        roughly: bool (2^(k - 4),): the same of fewer digits, which tells most hashes apart and stays in the cache.
    """

    there: NDArray[np.bool_]
    roughly: NDArray[np.bool_]

    @classmethod
    def of(cls, hashes: NDArray[np.uint64]) -> Sought:
        """Those of some things."""
        there = np.zeros(1 << (len(hashes).bit_length() + 6), dtype=bool)
        there[_first_digits(hashes, there)] = True
        return cls(there, np.asarray(there.reshape(-1, 16).any(axis=1)))

    def may_hold(self, hashes: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """Whether each of some hashes may be one of them (bool)."""
        found = self.roughly[_first_digits(hashes, self.roughly)]
        rows = np.flatnonzero(found)
        found[rows] = self.there[_first_digits(hashes[rows], self.there)]
        return found


def _first_digits(hashes: NDArray[np.uint64], table: NDArray[np.bool_]) -> NDArray[np.uint64]:
    """The digits of each hash that are its row in a table of 2^k rows."""
    return hashes >> np.uint64(65 - len(table).bit_length())
