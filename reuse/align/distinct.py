"""Which matches and regions overlap, and which of them say the same."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reuse.align.matches import Matches
from reuse.align.rectangles import Rectangles
from reuse.arrays.ragged import owners_of, spread

_NEIGHBOURS = 3  # following matches, in order of documents and begin, that a match is compared with


def overlapping(
    inner: Rectangles, outer: Rectangles, bounds: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Pairs of regions of the same two documents that overlap on both sides.

    Compared are regions that overlap on side a, so that cost does not follow the number of regions in two long
    documents multiplied, as long as outer regions do not lie in heaps.

    Returns:
        Rows of `inner` and of `outer` (int64, one a pair), and the share of the outer region that the inner one covers,
        on the side where that is less.
    """
    documents, stride = len(bounds), int(bounds[-1]) + 1
    keys = [owners_of(bounds, part.a_start) * documents + owners_of(bounds, part.b_start) for part in (inner, outer)]
    known, pair = np.unique(keys[1], return_inverse=True)
    # Lifting each pair of documents above the one before it lets one order and one running maximum serve all.
    order = np.argsort(pair * stride + outer.a_start, kind="stable")
    starts = (pair * stride + outer.a_start)[order]
    reach = np.maximum.accumulate((pair * stride + outer.a_end)[order])
    own = np.searchsorted(known, keys[0])
    low = np.searchsorted(reach, own * stride + inner.a_start, side="right")
    high = np.searchsorted(starts, own * stride + inner.a_end, side="left")
    met = np.isin(keys[0], known)
    count = np.where(met, np.maximum(high - low, 0), 0)
    rows, within = spread(count)
    others = order[low[rows] + within]
    shared = [
        np.minimum(inner_end[rows], outer_end[others]) - np.maximum(inner_start[rows], outer_start[others])
        for inner_start, inner_end, outer_start, outer_end in (
            (inner.a_start, inner.a_end, outer.a_start, outer.a_end),
            (inner.b_start, inner.b_end, outer.b_start, outer.b_end),
        )
    ]
    chosen = np.flatnonzero((shared[0] > 0) & (shared[1] > 0))
    rows, others = rows[chosen], others[chosen]
    share = np.minimum(
        shared[0][chosen] / (outer.a_end - outer.a_start)[others],
        shared[1][chosen] / (outer.b_end - outer.b_start)[others],
    )
    return rows, others, share


def covering(table: Rectangles) -> list[NDArray[np.int64]]:
    """By how many regions or matches, itself included, the middle of each is covered: on side a, and on side b."""
    starts = np.sort(np.concatenate((table.a_start, table.b_start)))
    ends = np.sort(np.concatenate((table.a_end, table.b_end)))
    middles = [(start + end) // 2 for start, end in ((table.a_start, table.a_end), (table.b_start, table.b_end))]
    return [
        np.searchsorted(starts, middle, side="right") - np.searchsorted(ends, middle, side="right")
        for middle in middles
    ]


def drop_doubles(matches: Matches, bounds: NDArray[np.int64]) -> Matches:
    """Drop matches that a better one of the same documents overlaps by more than half of them on both sides."""
    while True:
        documents = owners_of(bounds, np.stack((matches.a_start, matches.b_start)))
        order = np.lexsort((matches.b_start, matches.a_start, documents[1], documents[0]))
        matches, documents = matches.take(order), documents[:, order]
        dropped = np.zeros(len(matches), dtype=bool)
        for distance in range(1, _NEIGHBOURS + 1):
            here, there = np.arange(max(len(matches) - distance, 0)), np.arange(distance, len(matches))
            worse = np.where(matches.bits[here] < matches.bits[there], here, there)
            double = (documents[:, here] == documents[:, there]).all(axis=0)
            for start, end in ((matches.a_start, matches.a_end), (matches.b_start, matches.b_end)):
                shared = np.minimum(end[here], end[there]) - np.maximum(start[here], start[there])
                double &= 2 * shared > (end - start)[worse]
            dropped[worse[double]] = True
        if not dropped.any():
            return matches
        matches = matches.take(np.flatnonzero(~dropped))
