"""What the clusters of a former run say, whose documents are the first of those of today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.hashing import placed
from reuse.arrays.ragged import bounds_of, ranges, spread
from reuse.run.spans import Spans


@dataclass(frozen=True, slots=True)
class KnownClusters:
    """The columns of clusters and their passages that follow from the texts of the passages.

    Attributes:
        passages: Cluster after cluster, each in the order of the text; they end behind their closing marks.
        bounds: int64 (clusters + 1,): cluster c owns the passages bounds[c] to bounds[c + 1].
        texts: How each cluster is shown.
    """

    passages: Spans
    bounds: NDArray[np.int64]
    texts: Sequence[str]

    @classmethod
    def nothing(cls) -> KnownClusters:
        """No cluster is known."""
        none = np.zeros(0, dtype=np.int64)
        return cls(Spans(none, none, none, none), np.zeros(1, dtype=np.int64), [])

    def same_as(self, passages: Spans, cluster: NDArray[np.integer]) -> NDArray[np.int64]:
        """The row here (int64) of each of some clusters, of the very same passages; -1: there is none.

        Args:
            passages: Theirs, cluster after cluster, each in the order of the text.
            cluster: int (passages,): the cluster of each, numbered from 0.
        """
        bounds = bounds_of(np.bincount(cluster))
        found = np.full(len(bounds) - 1, -1)
        if not len(self.texts) or not len(found):
            return found
        own, wanted = _keys(self.passages, self.bounds), _keys(passages, bounds)
        order = np.argsort(own)
        at = order[np.minimum(np.searchsorted(own, wanted, sorter=order), len(own) - 1)]
        sizes = np.diff(bounds)
        rows = np.flatnonzero((own[at] == wanted) & (np.diff(self.bounds)[at] == sizes))
        there, here = (ranges(starts, sizes[rows]) for starts in (self.bounds[at[rows]], bounds[rows]))
        other = np.zeros(len(there), dtype=bool)
        for one, two in zip(_columns(self.passages), _columns(passages), strict=True):
            other |= one[there] != two[here]
        owner, _ = spread(sizes[rows])
        rows = rows[np.bincount(owner, other, minlength=len(rows)) == 0]
        found[rows] = at[rows]
        return found

    def ends_of(self, clusters: NDArray[np.int64]) -> NDArray[np.int64]:
        """Where the passages of some clusters (int64, rows) end, one cluster after the other (int64)."""
        return self.passages.ends[ranges(self.bounds[clusters], np.diff(self.bounds)[clusters])]


def _columns(passages: Spans) -> tuple[NDArray[np.int64], ...]:
    """By what passages are told apart: so many words from there on are the same, wherever the passage ends."""
    return passages.documents, passages.starts, passages.tokens


def _keys(passages: Spans, bounds: NDArray[np.int64]) -> NDArray[np.uint64]:
    """A hash of the passages of each cluster (uint64); none is without."""
    keys = np.zeros(len(passages.documents), dtype=np.uint64)
    for number, column in enumerate(_columns(passages)):
        keys += placed(column.astype(np.uint64), np.full(len(column), number))
    return np.asarray(np.add.reduceat(placed(keys, spread(np.diff(bounds))[1]), bounds[:-1]), dtype=np.uint64)
