"""Hashes of many words at once, and numbers for what has equal hashes."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

LONGEST = 256
"""Characters that a hash looks at; the rare longer word is hashed by a digest."""


@cache
def multipliers() -> NDArray[np.uint64]:
    """Odd constants (uint64, 3 x LONGEST // 8) for the low, the middle and the high bytes of code points."""
    return np.random.default_rng(20220707).integers(1, 2**63, size=(3, LONGEST // 8), dtype=np.uint64) | np.uint64(1)


def hash_bytes(
    plane: NDArray[np.uint8], starts: NDArray[np.int64], lengths: NDArray[np.int64], odd: NDArray[np.uint64]
) -> NDArray[np.uint64]:
    """Sum over blocks of eight bytes of mix(block × odd constant); blocks of zeros add nothing."""
    padding = 16 - len(plane) % 8
    words = np.concatenate((plane, np.zeros(padding, dtype=np.uint8))).view("<u8")
    hashes = _mix((_eight_bytes(words, starts) & _MASKS[np.minimum(lengths, 8)]) * odd[0])
    rows = np.flatnonzero(lengths > 8)
    for number in range(1, LONGEST // 8):
        if not len(rows):
            break
        block = _eight_bytes(words, starts[rows] + 8 * number) & _MASKS[np.minimum(lengths[rows] - 8 * number, 8)]
        hashes[rows] += _mix(block * odd[number])
        rows = rows[lengths[rows] > 8 * (number + 1)]
    return hashes


def _eight_bytes(words: NDArray[np.uint64], offsets: NDArray[np.int64]) -> NDArray[np.uint64]:
    """The eight bytes at each offset (in bytes) of a little-endian array of words, from two aligned loads."""
    row: NDArray[np.int64] = offsets >> 3
    shift = ((offsets & 7) << 3).astype(np.uint64)
    low = words[row] >> shift
    # Shifting by 64 is undefined, so by 63 - shift and 1.
    high: NDArray[np.uint64] = (words[row + 1] << (np.uint64(63) - shift)) << np.uint64(1)
    return low | high


_MASKS = np.array([(1 << 8 * size) - 1 for size in range(9)], dtype=np.uint64)


def _mix(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """A bijection of 64-bit words that leaves 0 alone (the finaliser of MurmurHash3, Appleby)."""
    values = values ^ (values >> np.uint64(33))
    values *= np.uint64(0xFF51AFD7ED558CCD)
    values ^= values >> np.uint64(33)
    values *= np.uint64(0xC4CEB9FE1A85EC53)
    values ^= values >> np.uint64(33)
    return values


def factorise(values: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """Distinct values in order of first occurrence, and the number of each value among them.

    An open-addressed hash table filled for all values at once: some sequential passes instead of a sort. The values
    must be hashes, for their high bits choose the slot.

    Returns:
        uint64 (distinct,) and int32 (values,).
    """
    size = 1 << max(
        (len(values) // 4).bit_length(), 8
    )  # most words recur, so the table starts small and stays in cache
    while True:
        result = _factorise_with(values, size)
        if result is not None:
            return result
        size *= 4


def _factorise_with(values: NDArray[np.uint64], size: int) -> tuple[NDArray[np.uint64], NDArray[np.int32]] | None:
    """`factorise` with a table of `size` slots (a power of two); None if they are too few."""
    table = np.zeros(size, dtype=np.uint64)
    used = np.zeros(size, dtype=bool)
    first = np.zeros(size, dtype=np.int64)
    slots = (values >> np.uint64(65 - size.bit_length())).astype(np.int64)
    pending = np.arange(len(values))
    while len(pending):
        at = slots[pending]
        # Where several values claim a free slot the last assignment holds; reversed, that is the first in order.
        claims = np.flatnonzero(~used[at])[::-1]
        table[at[claims]] = values[pending[claims]]
        first[at[claims]] = pending[claims]
        used[at[claims]] = True
        if np.count_nonzero(used) > size // 2:
            return None
        pending = pending[table[at] != values[pending]]
        slots[pending] = (slots[pending] + 1) & (size - 1)
    occupied = np.flatnonzero(used)
    occupied = occupied[np.argsort(first[occupied])]
    number = np.zeros(size, dtype=np.int32)
    number[occupied] = np.arange(len(occupied), dtype=np.int32)
    return table[occupied], number[slots]
