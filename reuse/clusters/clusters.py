"""Clusters: all passages that carry the same text."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from reuse.align.matches import Matches
from reuse.arrays.components import connected_components
from reuse.arrays.keys import differs

_SAME_TEXT = 0.8  # of the longer of two overlapping passages; with much less, interlocking formulas become one cluster
_NO_DOCUMENTS = np.zeros(0, dtype=np.int64)
_NEIGHBOURS = 3  # passages on either side, in order of begin and of end, that a passage is compared with


@dataclass(frozen=True, slots=True)
class Clusters:
    """Passages grouped by the text that they carry.

    Attributes:
        of_match: int32 (matches,): cluster of each match, numbered from 0.
        cluster: int32 (passages,): cluster of each passage; passages are sorted by (cluster, start).
        start, end: int64 (passages,): token positions of each passage; overlapping passages of a cluster are one.
        of_whole: int32: cluster of each whole text that was named.
    """

    of_match: NDArray[np.int32]
    cluster: NDArray[np.int32]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    of_whole: NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, dtype=np.int32))


def find_clusters(matches: Matches, bounds: NDArray[np.int64], whole: NDArray[np.int64] = _NO_DOCUMENTS) -> Clusters:
    """Group passages by the text that they carry.

    The two passages of a match carry the same text; so do two passages that overlap by more than four fifths of the
    longer. Passages are compared with their neighbours in order of begin and of end only, so cost is linear in matches
    however many of them share a place.

    Args:
        matches: All matches.
        bounds: int64 (documents + 1,): where documents begin, in token positions.
        whole: int64: documents that are a passage from beginning to end, for they have copies.
    """
    count, nodes = len(matches), 2 * len(matches) + len(whole)
    start = np.concatenate((matches.a_start, matches.b_start, bounds[whole]))
    end = np.concatenate((matches.a_end, matches.b_end, bounds[whole + 1]))
    edges_a, edges_b = [np.arange(count)], [np.arange(count) + count]
    for order in (np.lexsort((end, start)), np.lexsort((start, end))):
        for distance in range(1, _NEIGHBOURS + 1):
            here, there = order[:-distance], order[distance:]
            overlap = np.minimum(end[here], end[there]) - np.maximum(start[here], start[there])
            longer = np.maximum(end[here] - start[here], end[there] - start[there])
            rows = np.flatnonzero(overlap > _SAME_TEXT * longer)
            edges_a.append(here[rows])
            edges_b.append(there[rows])
    component = connected_components(nodes, np.concatenate(edges_a), np.concatenate(edges_b))
    # Clusters are numbered by their first passage.
    lowest = np.full(nodes, np.iinfo(np.int64).max)
    np.minimum.at(lowest, component, start)
    roots = np.flatnonzero(component == np.arange(nodes))
    number = np.empty(nodes, dtype=np.int32)
    number[roots[np.lexsort((roots, lowest[roots]))]] = np.arange(len(roots), dtype=np.int32)
    cluster = number[component]
    order = np.lexsort((end, start, cluster))
    cluster_sorted, start, end = cluster[order], start[order], end[order]
    # Overlapping passages of a cluster become one; lifting each cluster above the one before lets one running maximum
    # serve all.
    lift = cluster_sorted.astype(np.int64) * (int(bounds[-1]) + 1)
    reach = np.maximum.accumulate(end + lift) if nodes else end
    opens = differs(cluster_sorted)
    opens[1:] |= start[1:] + lift[1:] >= reach[:-1]
    first = np.flatnonzero(opens)
    passage_end = np.maximum.reduceat(end, first) if nodes else end
    return Clusters(cluster[:count], cluster_sorted[first], start[first], passage_end, cluster[2 * count :])
