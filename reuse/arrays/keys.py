"""Two numbers in one 64-bit key, and where sorted columns change: one plain sort brings together what is equal.

A sort of plain integers is several times faster than an argsort. A hash above a place keeps as many of its binary
digits as the place leaves; hashes that collide in them come into one group.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

_Number = TypeVar("_Number", bound=np.integer)

HALF = 32
"""Binary digits of either number in a key of `pair_keys`."""


def with_places(hashes: NDArray[np.uint64], places: NDArray[np.integer], place_width: int) -> NDArray[np.uint64]:
    """Keys of hash and place: the hash's high digits above, the place below.

    Args:
        hashes: uint64 (n,): good in their high digits; overwritten with the keys.
        places: int (n,): at least 0, and below 2 to the power of `place_width`.
        place_width: Binary digits of a key that hold the place.
    """
    hashes >>= np.uint64(place_width)
    hashes <<= np.uint64(place_width)
    hashes |= places.astype(np.uint64, copy=False)
    return hashes


FIRST_DIGITS = 8
"""Binary digits by which `by_first_digits` puts keys in order."""


def by_first_digits(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Keys in ascending order of their first digits only: all that is needed to part them for `Workers.by_range`.

    A third of the cost of a sort, which each range goes through anyway.
    """
    return keys[np.argsort((keys >> np.uint64(64 - FIRST_DIGITS)).astype(np.uint8), kind="stable")]


def ranges_apart(place_width: int) -> int:
    """Low binary digits of keys of hash and place in which keys of one range of hashes may differ, for `by_range`."""
    return max(place_width, 64 - FIRST_DIGITS)


def places_in(keys: NDArray[np.uint64], place_width: int) -> NDArray[np.uint64]:
    """The places of keys of hash and place."""
    return keys & np.uint64((1 << place_width) - 1)


def group_sizes(keys: NDArray[np.uint64], place_width: int) -> NDArray[np.int64]:
    """How many keys each hash has (int64, one a hash); the keys stand in ascending order and are overwritten."""
    keys >>= np.uint64(place_width)
    return np.diff(np.flatnonzero(differs(keys)), append=len(keys))


def shared_places(keys: NDArray[np.uint64], place_width: int) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The places of all keys whose hash another has too, and which of them are the first of their hash.

    Args:
        keys: uint64 (n,): hash and place, ascending.
        place_width: Binary digits of a key that hold the place.
    """
    begins = np.ones(len(keys) + 1, dtype=bool)
    np.greater(keys[1:] ^ keys[:-1], np.uint64((1 << place_width) - 1), out=begins[1:-1])
    shared = ~(begins[:-1] & begins[1:])
    return places_in(keys[shared], place_width).view(np.int64), begins[:-1][shared]


def pair_keys(above: NDArray[np.integer], below: NDArray[np.integer]) -> NDArray[np.uint64]:
    """Pairs of numbers from 0 to 2³² − 1 as one key each."""
    return (above.astype(np.uint64) << np.uint64(HALF)) | below.astype(np.uint64)


def pair_numbers(keys: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The numbers above and below in keys of `pair_keys`."""
    return (keys >> np.uint64(HALF)).astype(np.int64), (keys & np.uint64((1 << HALF) - 1)).astype(np.int64)


def differs(*columns: NDArray[np.generic]) -> NDArray[np.bool_]:
    """Which rows differ from the row before in any of the columns (bool (n,)); the first row does."""
    found = np.ones(len(columns[0]), dtype=bool)
    np.not_equal(columns[0][1:], columns[0][:-1], out=found[1:])
    for column in columns[1:]:
        found[1:] |= column[1:] != column[:-1]
    return found


def first_of_each(numbers: NDArray[np.integer], count: int) -> NDArray[np.int64]:
    """The first row (int64) of each of so many numbers, from 0 on, all of which there are."""
    first = np.empty(count, dtype=np.int64)
    first[numbers[::-1]] = np.arange(len(numbers) - 1, -1, -1)
    return first


def distinct_in(ascending: NDArray[_Number]) -> NDArray[_Number]:
    """The distinct values of a sorted column (np.unique hashes, which takes longer than comparing neighbours)."""
    return ascending[differs(ascending)]
