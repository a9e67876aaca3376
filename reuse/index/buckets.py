"""The pairs that the members of a bucket (what has the same shingle or band) make: all of them, or a star."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.ragged import bounds_of, spread


def all_pairs(
    order: NDArray[np.integer], starts: NDArray[np.int64], sizes: NDArray[np.int64]
) -> Iterator[tuple[NDArray[np.integer], NDArray[np.integer]]]:
    """Every pair of members of each bucket, the lower number first.

    Args:
        order: int: members, bucket after bucket.
        starts: int64, one a bucket: its first row of `order`.
        sizes: int64, one a bucket: how many rows it has.
    """
    buckets, members = spread(sizes)
    rows = starts[buckets] + members
    left = sizes[buckets] - members  # members from this one to the end of its bucket
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
    """Every member of each bucket with the bucket's first few, the lower number first.

    Args:
        members: int: the members of all buckets, bucket after bucket.
        sizes: int64, one a bucket.
        representatives: How many of a bucket's first members.
    """
    buckets, rank = spread(sizes)
    first = bounds_of(sizes)[buckets]
    for representative in range(representatives):
        later = rank > representative
        yield members[first[later] + representative], members[later]
