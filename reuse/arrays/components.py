"""Connected components of a graph given as pairs of rows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def connected_components(nodes: int, a: NDArray[np.integer], b: NDArray[np.integer]) -> NDArray[np.int64]:
    """Label the nodes of an undirected graph by their component.

    Labels sink to the least node of the component by hooking and pointer jumping (after Shiloach & Vishkin 1982): some
    passes over the edges, their number logarithmic in the components' size.

    Args:
        nodes: Number of nodes.
        a: int (edges,): one end of each edge.
        b: int (edges,): the other end.

    Returns:
        int64 (nodes,): the least node of each node's component.
    """
    parent = np.arange(nodes, dtype=np.int64)
    a, b = np.asarray(a, dtype=np.int64), np.asarray(b, dtype=np.int64)
    joined = np.zeros(nodes, dtype=bool)
    joined[a] = joined[b] = True
    nodes_joined = np.flatnonzero(joined)  # all others are components by themselves
    while len(a):
        root_a, root_b = parent[a], parent[b]
        apart = root_a != root_b
        if not apart.any():
            break
        a, b = a[apart], b[apart]
        low = np.minimum(root_a[apart], root_b[apart])
        high = np.maximum(root_a[apart], root_b[apart])
        np.minimum.at(parent, high, low)
        while True:
            above = parent[nodes_joined]
            further = parent[above]
            if np.array_equal(further, above):
                break
            parent[nodes_joined] = further
    return parent
