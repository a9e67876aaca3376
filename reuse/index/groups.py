"""Groups of equal hashes, and the pairs that a group's members make: all of them, or a star."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray


def grouped(hashes: NDArray[np.uint64], positions: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Members ordered by their hash and number, and the borders of equal hashes.

    Hash and number share one 64-bit key, so that one sort of plain integers does it; the hash keeps 64 less as many
    bits as a number takes. Members that collide in them become candidates that alignment does not confirm.

    Args:
        hashes: uint64, one a member, and overwritten; or one a number, which are left alone.
        positions: int64, ascending: the members' numbers.

    Returns:
        int64 (members,): numbers, group after group, ascending within a group; int64 (groups + 1,): where groups begin.
    """
    position_bits = np.uint64(int(positions[-1]).bit_length() if len(positions) else 1)
    keys = hashes if len(hashes) == len(positions) else hashes[positions]
    keys >>= position_bits
    keys <<= position_bits
    keys |= positions.view(np.uint64)
    keys.sort()
    order = (keys & ((np.uint64(1) << position_bits) - np.uint64(1))).view(np.int64)
    keys >>= position_bits
    borders = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1], [True])))
    return order, borders


def all_pairs(
    order: NDArray[np.integer], starts: NDArray[np.int64], sizes: NDArray[np.int64]
) -> Iterator[tuple[NDArray[np.integer], NDArray[np.integer]]]:
    """Every pair of members of each group, the lower number first.

    Args:
        order: int: members, as `grouped` gives them.
        starts: int64, one a group: its first row of `order`.
        sizes: int64, one a group: how many rows it has.
    """
    members = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    rows = np.repeat(starts, sizes) + members
    left = np.repeat(sizes, sizes) - members  # members from this one to the end of its group
    distance = 1
    while True:
        inside = left > distance
        rows, left = rows[inside], left[inside]
        if not len(rows):
            return
        yield order[rows], order[rows + distance]
        distance += 1


def stars(
    members: NDArray[np.integer], sizes: NDArray[np.int64], representatives: int
) -> Iterator[tuple[NDArray[np.integer], NDArray[np.integer]]]:
    """Every member of each group with the group's first few, the lower number first.

    Args:
        members: int: the members of all groups, group after group.
        sizes: int64, one a group.
        representatives: How many of a group's first members.
    """
    starts = np.cumsum(sizes) - sizes
    rank = np.arange(len(members)) - np.repeat(starts, sizes)
    first = np.repeat(starts, sizes)
    for representative in range(representatives):
        later = rank > representative
        yield members[first[later] + representative], members[later]
