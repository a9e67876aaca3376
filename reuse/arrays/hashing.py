"""Hashes: 64-bit numbers that tell things apart."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_PLACE = np.uint64(0x9E3779B97F4A7C15)
_MULTIPLIER = np.uint64(0xD6E8FEB86659FD93)


def mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """A bijective mix of 64-bit values whose high digits depend on all digits (the finaliser of SplitMix64)."""
    values = values ^ (values >> np.uint64(30))
    values *= np.uint64(0xBF58476D1CE4E5B9)
    values ^= values >> np.uint64(27)
    values *= np.uint64(0x94D049BB133111EB)
    values ^= values >> np.uint64(31)
    return values


def placed(words: NDArray[np.uint64], places: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Hashes of words at their places (uint64): the sum of those of a sequence tells it from any other.

    Args:
        words: uint64 (n,): hashes of the words.
        places: int64 (n,): place of each in its sequence, from 0.
    """
    found = words + places.astype(np.uint64) * _PLACE
    found *= _MULTIPLIER
    found ^= found >> np.uint64(32)
    found *= _MULTIPLIER
    return found
