"""Which matches say the same, and which regions overlap."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reuse.align.chains import in_line
from reuse.align.matches import Matches
from reuse.align.paths import Paths, shared_pairs
from reuse.align.rectangles import Rectangles
from reuse.arrays.order import order_of
from reuse.arrays.ragged import bounds_of, owners_of, spread


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
    order = order_of(pair, outer.a_start)
    starts = (pair * stride + outer.a_start)[order]
    reach = np.maximum.accumulate((pair * stride + outer.a_end)[order])
    own = np.searchsorted(known, keys[0])
    low = np.searchsorted(reach, own * stride + inner.a_start, side="right")
    high = np.searchsorted(starts, own * stride + inner.a_end, side="left")
    met = np.isin(keys[0], known)
    count = np.where(met, np.maximum(high - low, 0), 0)
    rows, number = spread(count)
    others = order[low[rows] + number]
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


def clipped(paths: Paths, regions: Rectangles, rows: NDArray[np.int64], region: NDArray[np.int64]) -> Paths:
    """What of some paths lies in some regions, one a pair of rows: no run where nothing does."""
    chosen = paths.take(rows)
    runs = np.repeat(region, chosen.sizes())
    diagonal = chosen.b - chosen.a
    start = np.maximum(np.maximum(chosen.a, regions.a_start[runs]), regions.b_start[runs] - diagonal)
    end = np.minimum(np.minimum(chosen.a + chosen.size, regions.a_end[runs]), regions.b_end[runs] - diagonal)
    inside = end > start
    return Paths(bounds_of(inside)[chosen.bounds], start[inside], (start + diagonal)[inside], (end - start)[inside])


def drop_doubles(matches: Matches, bounds: NDArray[np.int64], most: float) -> Matches:
    """Drop matches of whose pairs of tokens better ones align most, or which are such a one shifted.

    A match whose words stand for others than those of a better one is no double of it, wherever it lies: a provision
    that stands twice in each of two codes has four correspondences. But text that repeats itself within a passage is
    aligned with itself once.

    Args:
        matches: Those found.
        bounds: int64 (documents + 1,): where documents begin.
        most: Share of the pairs of a match that better ones may align.
    """
    matches = matches.take(np.flatnonzero(~_shifted(matches, bounds, most)))
    crowded = matches.paths.crowded()
    one, other, shared = shared_pairs(crowded, crowded)
    rank = _rank(matches)
    met = rank[other] < rank[one]
    worse, better, shared = one[met], other[met], shared[met]
    kept, undecided = np.ones(len(matches), dtype=bool), np.ones(len(matches), dtype=bool)
    while undecided.any():
        # Decided are, round by round, those of whose betters all are.
        waits = np.zeros(len(matches), dtype=bool)
        waits[worse[undecided[better]]] = True
        now = undecided & ~waits
        counts = now[worse] & kept[better]
        covered = np.bincount(worse[counts], weights=shared[counts], minlength=len(matches))
        kept &= ~(now & (covered > most * matches.paths.pairs()))
        undecided &= ~now
    return matches.take(np.flatnonzero(kept))


def _rank(matches: Matches) -> NDArray[np.int64]:
    """Place of each match (int64) when the one that says most comes first."""
    rank = np.empty(len(matches), dtype=np.int64)
    rank[np.lexsort((matches.b_start, matches.a_start, -matches.matched, -matches.bits))] = np.arange(len(matches))
    return rank


def _shifted(matches: Matches, bounds: NDArray[np.int64], most: float) -> NDArray[np.bool_]:
    """Which matches lie within the passages of a better one, shifted against it by less than they are long."""
    rank = _rank(matches)
    one, other, _ = overlapping(matches, matches, bounds)
    met = rank[other] < rank[one]
    one, other = one[met], other[met]
    places = Rectangles(matches.a_start, matches.a_end, matches.b_start, matches.b_end)
    worse, better = places.take(one), places.take(other)
    length = np.minimum(worse.a_end - worse.a_start, worse.b_end - worse.b_start)
    double = in_line(worse, better, length)
    for start, end, other_start, other_end in (
        (worse.a_start, worse.a_end, better.a_start, better.a_end),
        (worse.b_start, worse.b_end, better.b_start, better.b_end),
    ):
        inside = np.minimum(end, other_end) - np.maximum(start, other_start)
        double &= inside > most * (end - start)
    shifted = np.zeros(len(matches), dtype=bool)
    shifted[one[double]] = True
    return shifted
