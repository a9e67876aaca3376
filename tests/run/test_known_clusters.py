"""Clusters of a former run are known again by their passages, all of them."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reuse.arrays.ragged import bounds_of, spread
from reuse.run.known_clusters import KnownClusters
from reuse.run.spans import Spans

PASSAGE = st.tuples(st.integers(0, 2), st.integers(0, 3), st.integers(1, 2))
CLUSTERS = st.lists(st.lists(PASSAGE, min_size=1, max_size=3, unique=True).map(sorted), max_size=6, unique_by=tuple)


def spans_of(clusters: list[list[tuple[int, int, int]]]) -> Spans:
    documents, starts, words = np.array([one for own in clusters for one in own], dtype=np.int64).reshape(-1, 3).T
    return Spans(documents, starts, starts + 5 * words, words)


@given(CLUSTERS, CLUSTERS)
def test_a_cluster_is_known_if_it_has_the_very_same_passages(before, now) -> None:
    sizes = np.array([len(own) for own in before], dtype=np.int64)
    spans = spans_of(before)
    closed = Spans(spans.documents, spans.starts, spans.ends + 1, spans.tokens)  # a mark stands behind each
    known = KnownClusters(closed, bounds_of(sizes), [f"text {row}" for row in range(len(before))])
    cluster, _ = spread(np.array([len(own) for own in now], dtype=np.int64))
    same = known.same_as(spans_of(now), cluster)
    assert same.tolist() == [before.index(own) if own in before else -1 for own in now]
    ends = [start + 5 * words + 1 for own in now if own in before for _, start, words in own]
    assert known.ends_of(same[same >= 0]).tolist() == ends


def test_of_nothing_nothing_is_known() -> None:
    assert KnownClusters.nothing().same_as(spans_of([[(0, 0, 1)]]), np.zeros(1, dtype=np.int32)).tolist() == [-1]
