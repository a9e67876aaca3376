"""Groups of equal things in flat columns: the small tools that the search for formulas and frames is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.keys import shared_places, with_places
from reuse.corpus.tokens import Tokens

Positions = NDArray[np.int64]
Columns = Callable[[Positions], Sequence[NDArray[np.integer]]]


def bounds_of(sizes: NDArray[np.integer]) -> NDArray[np.int64]:
    """int64 (groups + 1,): where each of the groups of these sizes begins and ends when they stand end to end."""
    bounds = np.zeros(len(sizes) + 1, dtype=np.int64)
    np.cumsum(sizes, out=bounds[1:])
    return bounds


def spread(lengths: NDArray[np.integer]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For rows of the given lengths laid end to end: the row of each element, and its place in the row (int64 both)."""
    rows = np.repeat(np.arange(len(lengths)), lengths)
    within = np.arange(len(rows))
    within -= bounds_of(lengths)[rows]
    return rows, within


def runs(starts: NDArray[np.int64], lengths: NDArray[np.integer]) -> NDArray[np.int64]:
    """Runs of consecutive numbers (int64, sum of lengths) end to end, each from its start on."""
    bounds = bounds_of(lengths)
    numbers = np.repeat(starts - bounds[:-1], lengths)
    numbers += np.arange(len(numbers))
    return numbers


def slices_of(lengths: NDArray[np.integer], most: int) -> Iterator[slice]:
    """Rows of the given lengths in slices, each of so many elements together at most, or of one row."""
    ends = np.cumsum(lengths, dtype=np.int64)
    begin, done = 0, 0
    while begin < len(ends):
        end = max(begin + 1, int(np.searchsorted(ends, done + most, side="right")))
        yield slice(begin, end)
        begin, done = end, int(ends[end - 1])


def documents_of(tokens: Tokens) -> NDArray[np.int32]:
    """int32 (tokens,): the document of every token."""
    return np.repeat(np.arange(tokens.documents, dtype=np.int32), np.diff(tokens.bounds))


def mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """A bijective mix of 64-bit values whose high bits depend on all bits (the finaliser of SplitMix64)."""
    values = values ^ (values >> np.uint64(30))
    values *= np.uint64(0xBF58476D1CE4E5B9)
    values ^= values >> np.uint64(27)
    values *= np.uint64(0x94D049BB133111EB)
    values ^= values >> np.uint64(31)
    return values


def equal_groups(hashes: NDArray[np.uint64], columns: Columns) -> tuple[Positions, NDArray[np.int64]]:
    """Group rows with equal columns; rows that stand alone are left out.

    Args:
        hashes: uint64 (n,): a hash of each row's columns, good in its high bits; overwritten.
        columns: Gives the columns of the rows asked for. Rows are grouped by these values: the hashes only bring
            candidates together.

    Returns:
        Row numbers (int64), group after group and ascending within a group; bounds of the groups (int64, groups + 1).
    """
    if len(hashes) < 2:
        return np.zeros(0, dtype=np.int64), np.zeros(1, dtype=np.int64)
    row_bits = len(hashes).bit_length()
    keys = with_places(hashes, np.arange(len(hashes)), row_bits)
    keys.sort()
    return groups_among(keys, row_bits, columns)


def groups_among(keys: NDArray[np.uint64], row_bits: int, columns: Columns) -> tuple[Positions, NDArray[np.int64]]:
    """The same for rows that are packed and sorted already.

    Args:
        keys: uint64 (n,): hash and row number, see `with_places`; ascending.
        row_bits: Bits of a key that hold the row number.
        columns: As above.
    """
    order, begins = shared_places(keys, row_bits)
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
