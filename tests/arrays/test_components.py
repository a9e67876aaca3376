"""Connected components against union-find."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reuse.arrays import components
from reuse.arrays.components import connected_components


def union_find(nodes: int, edges: list[tuple[int, int]]) -> list[int]:
    """The least node of each node's component."""
    label = list(range(nodes))
    for a, b in edges:
        one, other = label[a], label[b]
        label = [min(one, other) if own in (one, other) else own for own in label]
    return label


@given(st.integers(1, 40), st.data())
def test_components_equal_union_find(nodes, data):
    node = st.integers(0, nodes - 1)
    edges = data.draw(st.lists(st.tuples(node, node), max_size=60))
    a, b = np.array(edges, dtype=np.int64).reshape(-1, 2).T
    assert connected_components(nodes, a, b).tolist() == union_find(nodes, edges)


@given(st.integers(1, 40), st.data())
def test_components_are_the_same_however_edges_are_told(nodes, data):
    node = st.integers(0, nodes - 1)
    lots = data.draw(st.lists(st.lists(st.tuples(node, node), max_size=20), max_size=4))
    found = components.Components(np.empty(nodes, dtype=np.int32))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(components, "_SLICE", 3)
        for lot in lots:
            found.join(*np.array(lot, dtype=np.int32).reshape(-1, 2).T)
        assert found.labels().tolist() == union_find(nodes, [edge for lot in lots for edge in lot])


def test_a_long_path_in_any_order():
    order = np.random.default_rng(1).permutation(9_999)
    assert connected_components(10_000, order, order + 1).tolist() == [0] * 10_000
    shuffled = np.random.default_rng(2).permutation(10_000)
    assert len(set(connected_components(10_000, shuffled[:-1], shuffled[1:]).tolist())) == 1


def test_no_nodes_no_edges():
    nothing = np.zeros(0, dtype=np.int64)
    assert connected_components(0, nothing, nothing).tolist() == []
    assert connected_components(3, nothing, nothing).tolist() == [0, 1, 2]
