"""Clusters of passages."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from reuse.align.matches import Matches
from reuse.align.paths import Paths
from reuse.clusters.clusters import Clusters, find_clusters
from tests.arrays.test_components import union_find

BOUNDS = np.arange(0, 401, 100)  # four documents of a hundred tokens


def matches_of(rows: list[tuple[int, int, int, int]], bits: float = 50.0) -> Matches:
    """Matches of given token ranges."""
    columns = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    count = len(rows)
    return Matches(
        *columns,
        np.ones(count, dtype=np.int32),
        np.ones(count, dtype=np.float32),
        np.full(count, bits, dtype=np.float32),
        np.zeros(count, dtype=np.float64),
        np.zeros(count, dtype=np.uint8),
        Paths.straight(columns[0], columns[2], np.minimum(columns[1] - columns[0], columns[3] - columns[2])),
    )


def plain_clusters(rows: list[tuple[int, int, int, int]]) -> list[int]:
    """Cluster of each match, all passages compared with all."""
    passages = [(row[0], row[1]) for row in rows] + [(row[2], row[3]) for row in rows]
    edges = [(number, number + len(rows)) for number in range(len(rows))]
    for (i, (start, end)), (j, (from_, to)) in combinations(enumerate(passages), 2):
        if min(end, to) - max(start, from_) > 0.8 * max(end - start, to - from_):
            edges.append((i, j))
    label = union_find(len(passages), edges)
    lowest = {root: min(passages[i][0] for i, own in enumerate(label) if own == root) for root in label}
    number = {root: rank for rank, root in enumerate(sorted(lowest, key=lambda root: (lowest[root], root)))}
    return [number[root] for root in label[: len(rows)]]


def passages_of(clusters: Clusters) -> list[tuple[int, int, int]]:
    return list(zip(clusters.cluster.tolist(), clusters.start.tolist(), clusters.end.tolist(), strict=True))


# One passage a document, so that no more than a few overlap anywhere and every neighbour is looked at.
PASSAGE = st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(5, 12))


@given(st.lists(st.tuples(PASSAGE, PASSAGE), max_size=2))
@settings(max_examples=200)
def test_clusters_equal_a_plain_grouping(pairs):
    rows = []
    for one, other in pairs:
        spans = sorted(
            (100 * document + 3 * place, 100 * document + 3 * place + size) for document, place, size in (one, other)
        )
        if spans[0][1] <= spans[1][0]:
            rows.append((*spans[0], *spans[1]))
    clusters = find_clusters(matches_of(rows), BOUNDS)
    assert clusters.of_match.tolist() == plain_clusters(rows)


@given(
    st.lists(st.tuples(st.integers(0, 380), st.integers(1, 19), st.integers(0, 380), st.integers(1, 19)), max_size=30)
)
def test_laws_of_clusters(rows):
    rows = [(a, a + size_a, b, b + size_b) for a, size_a, b, size_b in rows]
    clusters = find_clusters(matches_of(rows), BOUNDS)
    found = passages_of(clusters)
    assert found == sorted(found)
    assert sorted(set(clusters.of_match.tolist())) == sorted(set(clusters.cluster.tolist()))
    for (cluster, _, end), (other, start, _) in pairwise(found):
        assert cluster != other or end <= start
    for number, (a_start, a_end, b_start, b_end) in enumerate(rows):
        for start, end in ((a_start, a_end), (b_start, b_end)):
            assert any(
                cluster == clusters.of_match[number] and low <= start and end <= high for cluster, low, high in found
            )


def test_one_formula_in_many_places_is_one_cluster():
    """A star of matches around one passage; another text apart from it."""
    star = [
        (10, 20, 100 * document + 10 * place, 100 * document + 10 * place + 10)
        for document in (1, 2)
        for place in range(9)
    ]
    apart = [(310, 320, 350, 360)]
    clusters = find_clusters(matches_of(star + apart), BOUNDS)
    assert clusters.of_match.tolist() == [0] * 18 + [1]
    assert np.bincount(clusters.cluster).tolist() == [19, 2]


def test_a_passage_within_a_much_longer_one_is_another_text():
    clusters = find_clusters(matches_of([(0, 50, 100, 150), (10, 20, 210, 220)]), BOUNDS)
    assert clusters.of_match.tolist() == [0, 1]


def test_formulas_that_interlock_are_two():
    """Of ten words each, two passages share seven."""
    clusters = find_clusters(matches_of([(0, 10, 100, 110), (3, 13, 210, 220)]), BOUNDS)
    assert clusters.of_match.tolist() == [0, 1]


def test_no_matches():
    clusters = find_clusters(matches_of([]), BOUNDS)
    assert (len(clusters.of_match), len(clusters.cluster)) == (0, 0)


def test_a_whole_text_is_a_passage():
    """The first document has copies, and the second says nearly all of it."""
    clusters = find_clusters(matches_of([(0, 95, 100, 195), (20, 30, 210, 220)]), BOUNDS, np.array([0, 3]))
    assert clusters.of_whole.tolist() == [clusters.of_match[0], 2]
    assert passages_of(clusters)[0] == (0, 0, 100)
