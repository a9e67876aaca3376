"""The pairs that the members of a group make: all of them, or a star."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray


def all_pairs(
    order: NDArray[np.integer], starts: NDArray[np.int64], sizes: NDArray[np.int64]
) -> Iterator[tuple[NDArray[np.integer], NDArray[np.integer]]]:
    """Every pair of members of each group, the lower number first.

    Args:
        order: int: members, group after group.
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
