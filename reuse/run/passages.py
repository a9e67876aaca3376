"""The passages of clusters as spans of texts; what is known of those of a former run is taken over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.clusters.clusters import Clusters
from reuse.corpus.tokens import Tokens
from reuse.run.closing import closed_passages
from reuse.run.known_clusters import KnownClusters
from reuse.run.spans import Spans, TextOf, cut

_CLUSTERS = 1 << 16  # whose texts are held at a time


@dataclass(frozen=True, slots=True)
class Passages:
    """The passages of clusters as spans.

    Attributes:
        spans: Theirs, with the closing marks that belong to them.
        before: The clusters of the run that it grows from.
        same: int64 (clusters,): the row there of each cluster, of the same passages; -1: there is none.
    """

    spans: Spans
    before: KnownClusters
    same: NDArray[np.int64]

    @classmethod
    def of(cls, groups: Clusters, tokens: Tokens, text_of: TextOf, before: KnownClusters) -> Passages:
        """Those of some clusters; only of such as are not known are the texts looked at."""
        spans = Spans.of(tokens, groups.start, groups.end)
        same = before.same_as(spans, groups.cluster)
        known = same[groups.cluster] >= 0
        new = np.flatnonzero(~known)
        ends = spans.ends
        ends[known] = before.ends_of(same[same >= 0])
        ends[new] = closed_passages(spans.take(new), groups.cluster[new], text_of).ends
        return cls(spans, before, same)

    def texts(self, chosen: NDArray[np.int64], text_of: TextOf) -> Iterator[str]:
        """The text of a passage (int64, a row) of each cluster, the same as before where the cluster is known."""
        for start in range(0, len(chosen), _CLUSTERS):
            same = self.same[start : start + _CLUSTERS]
            some = self.spans.take(chosen[start : start + _CLUSTERS][same < 0])
            texts = iter(cut(*some.places, text_of))
            yield from (self.before.texts[row] if row >= 0 else next(texts) for row in same.tolist())
