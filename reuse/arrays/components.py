"""Connected components of a graph given as pairs of rows."""

from __future__ import annotations

from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

_SLICE = 1 << 18  # edges looked at at a time, so that temporaries stay in the cache
_Number = TypeVar("_Number", bound=np.integer)


def connected_components(nodes: int, a: NDArray[np.integer], b: NDArray[np.integer]) -> NDArray[np.int64]:
    """Label the nodes of an undirected graph by their component.

    Args:
        nodes: Number of nodes.
        a: int (edges,): one end of each edge.
        b: int (edges,): the other end.

    Returns:
        int64 (nodes,): the least node of each node's component.
    """
    components = Components(np.empty(nodes, dtype=np.int64))
    components.join(a, b)
    return components.labels()


class Components(Generic[_Number]):
    """The components of a graph, whose edges are told a lot at a time.

    Labels sink to the least node of a component by hooking and pointer jumping (after Shiloach & Vishkin 1982). No
    temporary is longer than a slice of the edges.

    Args:
        column: int (nodes,): where the labels are kept, whatever stands there.
    """

    def __init__(self, column: NDArray[_Number]) -> None:
        self._parent = column  # of each node one of its component that is no greater; itself for the least one
        for start in range(0, len(column), _SLICE):
            here = column[start : start + _SLICE]
            here[:] = np.arange(start, start + len(here))

    def join(self, a: NDArray[np.integer], b: NDArray[np.integer]) -> None:
        """Take in some edges (int both, one an edge): the nodes at their two ends."""
        for start in range(0, len(a), _SLICE):
            low, high = a[start : start + _SLICE], b[start : start + _SLICE]
            while len(low):
                one, other = self._least(low), self._least(high)
                apart = one != other
                one, other = one[apart], other[apart]
                low, high = np.minimum(one, other), np.maximum(one, other)
                # Of several that a node is joined with, the least is kept; the others are joined in the next round.
                np.minimum.at(self._parent, high, low)

    def labels(self) -> NDArray[_Number]:
        """The least node of each node's component (int (nodes,)): the column itself."""
        for start in range(0, len(self._parent), _SLICE):
            self._least(slice(start, start + _SLICE))
        return self._parent

    def _least(self, nodes: NDArray[np.integer] | slice) -> NDArray[_Number]:
        """The node at which the way of each of some nodes ends; they are led there at once from now on."""
        parent = self._parent
        above = parent[nodes]
        while True:
            further = parent[above]
            if np.array_equal(further, above):
                return above
            parent[nodes] = further
            above = parent[nodes]
