"""Rows with equal values brought together, by one sort of their hashes; where hashes collide, the values decide."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.keys import shared_places, with_places
from reuse.arrays.ragged import bounds_of

Positions = NDArray[np.int64]
Columns = Callable[[Positions], Sequence[NDArray[np.integer]]]
"""Gives the columns of the rows asked for."""


def equal_groups(hashes: NDArray[np.uint64], columns: Columns) -> tuple[Positions, NDArray[np.int64]]:
    """Group rows with equal columns; rows that stand alone are left out.

    Args:
        hashes: uint64 (n,): a hash of each row's columns, good in its high digits; overwritten.
        columns: Gives the columns of the rows asked for. Rows are grouped by these values: the hashes only bring
            candidates together.

    Returns:
        Row numbers (int64), group after group and ascending within a group; bounds of the groups (int64, groups + 1).
    """
    if len(hashes) < 2:
        return np.zeros(0, dtype=np.int64), np.zeros(1, dtype=np.int64)
    row_width = len(hashes).bit_length()
    keys = with_places(hashes, np.arange(len(hashes)), row_width)
    keys.sort()
    return groups_among(keys, row_width, columns)


def groups_among(keys: NDArray[np.uint64], row_width: int, columns: Columns) -> tuple[Positions, NDArray[np.int64]]:
    """The same for rows that are packed and sorted already.

    Args:
        keys: uint64 (n,): hash and row number, see `with_places`; ascending.
        row_width: Binary digits of a key that hold the row number.
        columns: As above.
    """
    order, begins = shared_places(keys, row_width)
    collides = np.zeros(len(order), dtype=bool)
    for column in columns(order):
        collides[1:] |= column[1:] != column[:-1]
    collides &= ~begins
    if not collides.any():
        return order, np.append(np.flatnonzero(begins), len(order))
    order, begins = _regrouped(order, begins, collides, columns)
    sizes = np.diff(np.append(np.flatnonzero(begins), len(order)))
    alone = sizes == 1
    return order[np.repeat(~alone, sizes)], bounds_of(sizes[~alone])


def _regrouped(
    order: Positions, begins: NDArray[np.bool_], collides: NDArray[np.bool_], columns: Columns
) -> tuple[Positions, NDArray[np.bool_]]:
    """Sort the few groups in which hashes collided by their columns instead."""
    group = np.cumsum(begins) - 1
    mixed_up = np.zeros(group[-1] + 1, dtype=bool)
    mixed_up[group[collides]] = True
    rows = np.flatnonzero(mixed_up[group])
    members = order[rows]
    values = columns(members)
    arranged = np.lexsort((members, *values, group[rows]))
    order, begins = order.copy(), begins.copy()
    order[rows] = members[arranged]
    for column in values:
        begins[rows[1:]] |= column[arranged][1:] != column[arranged][:-1]
    return order, begins
