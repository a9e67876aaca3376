"""Clusters of shared rare words, beside the plain definition."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reuse.align.rare_words import Points, cluster_points

GAP, NEIGHBOURS = 4, 3

places = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 30), st.integers(0, 30)), max_size=40).map(sorted)


def plain_clusters(places: list[tuple[int, int, int]]) -> list[int]:
    """The least row of each point's cluster, by walking from point to point."""
    found: list[int] = []
    for row in range(len(places)):
        seen, waiting = {row}, [row]
        while waiting:
            here = waiting.pop()
            for there in range(max(here - NEIGHBOURS, 0), min(here + NEIGHBOURS + 1, len(places))):
                (field, a, b), (other, a_there, b_there) = places[here], places[there]
                if field == other and abs(a - a_there) <= GAP and abs(b - b_there) <= GAP and there not in seen:
                    seen.add(there)
                    waiting.append(there)
        found.append(min(seen))
    return found


@given(places)
def test_clusters_are_those_of_walking_from_point_to_point(places: list[tuple[int, int, int]]) -> None:
    field, a, b = np.array(places, dtype=np.int64).reshape(-1, 3).T
    points = Points(field, a, b, np.ones(len(a), dtype=np.float32), np.ones(len(a), dtype=np.int64))
    assert cluster_points(points, gap=GAP, neighbours=NEIGHBOURS).tolist() == plain_clusters(places)
