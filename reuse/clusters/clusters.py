"""Clusters: all passages that carry the same text."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.align.matches import ALIGNED, Matches
from reuse.arrays.components import connected_components
from reuse.arrays.keys import differs
from reuse.arrays.ragged import owners_of

_SAME_TEXT = 0.8  # of the longer of two overlapping passages; with much less, interlocking formulas become one cluster
_NEIGHBOURS = 3  # passages on either side, in order of begin and of end, that a passage is compared with


@dataclass(frozen=True, slots=True)
class Clusters:
    """Passages grouped by the text that they carry.

    Attributes:
        of_match: int32 (matches,): cluster of each match, numbered from 0.
        cluster: int32 (passages,): cluster of each passage; passages are sorted by (cluster, start).
        start, end: int64 (passages,): token positions of each passage; overlapping passages of a cluster are one.
    """

    of_match: NDArray[np.int32]
    cluster: NDArray[np.int32]
    start: NDArray[np.int64]
    end: NDArray[np.int64]


def find_clusters(matches: Matches, bounds: NDArray[np.int64]) -> Clusters:
    """Group passages by the text that they carry.

    The two passages of a match carry the same text; so do two passages that overlap by more than four fifths of the
    longer. Passages are compared with their neighbours in order of begin and of end only, so cost is linear in matches
    however many of them share a place.

    Args:
        matches: All matches.
        bounds: int64 (documents + 1,): where documents begin, in token positions.
    """
    count = len(matches)
    start = np.concatenate((matches.a_start, matches.b_start))
    end = np.concatenate((matches.a_end, matches.b_end))
    edges_a, edges_b = [np.arange(count)], [np.arange(count) + count]
    for order in (np.lexsort((end, start)), np.lexsort((start, end))):
        for distance in range(1, _NEIGHBOURS + 1):
            here, there = order[:-distance], order[distance:]
            overlap = np.minimum(end[here], end[there]) - np.maximum(start[here], start[there])
            longer = np.maximum(end[here] - start[here], end[there] - start[there])
            rows = np.flatnonzero(overlap > _SAME_TEXT * longer)
            edges_a.append(here[rows])
            edges_b.append(there[rows])
    component = connected_components(2 * count, np.concatenate(edges_a), np.concatenate(edges_b))
    # Clusters are numbered by their first passage.
    lowest = np.full(2 * count, np.iinfo(np.int64).max)
    np.minimum.at(lowest, component, start)
    roots = np.flatnonzero(component == np.arange(2 * count))
    number = np.empty(2 * count, dtype=np.int32)
    number[roots[np.lexsort((roots, lowest[roots]))]] = np.arange(len(roots), dtype=np.int32)
    cluster = number[component]
    order = np.lexsort((end, start, cluster))
    cluster_sorted, start, end = cluster[order], start[order], end[order]
    # Overlapping passages of a cluster become one; lifting each cluster above the one before lets one running maximum
    # serve all.
    lift = cluster_sorted.astype(np.int64) * (int(bounds[-1]) + 1)
    reach = np.maximum.accumulate(end + lift) if count else end
    opens = differs(cluster_sorted)
    opens[1:] |= start[1:] + lift[1:] >= reach[:-1]
    first = np.flatnonzero(opens)
    passage_end = np.maximum.reduceat(end, first) if count else end
    return Clusters(cluster[:count], cluster_sorted[first], start[first], passage_end)


def recurring(
    matches: Matches, clusters: Clusters, bounds: NDArray[np.int64], *, least_documents: int, least_bits: float
) -> NDArray[np.bool_]:
    """Which matches to keep (bool): those of text that recurs, those of `least_bits` or more, and whole passages.

    A few words that two documents share are likely to come from their common subject; words that many share are a
    formula; a reworded or condensed passage has shown already that it is more than a few words. Text recurs when its
    passages stand in at least `least_documents` documents.
    """
    document = owners_of(bounds, clusters.start)
    new = differs(document, clusters.cluster)
    documents = np.bincount(clusters.cluster[new], minlength=1)
    kept: NDArray[np.bool_] = documents[clusters.of_match] >= least_documents
    kept |= (matches.bits >= least_bits) | (matches.found_by != ALIGNED)
    return kept
