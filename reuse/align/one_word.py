"""Stretches of one word, such as the zeros of a table, are aligned from their beginnings.

Any diagonal through two such stretches is as good as any other to an alignment, and all but one leave the beginning of
the one and the end of the other over, as if nobody else had them.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from reuse.align.matches import Matches
from reuse.align.paths import Paths


def from_beginnings(matches: Matches, ids: NDArray[np.int32], bounds: NDArray[np.int64]) -> Matches:
    """Matches of one word again and again, from where both stretches begin to where the shorter one ends.

    Their bits stay as they are: each further word says next to nothing.

    Args:
        matches: Any; those of several words are not touched.
        ids: int32 (tokens,): vocabulary ids.
        bounds: int64 (documents + 1,): where documents begin.
    """
    edges = (matches.a_start, matches.a_end - 1, matches.b_start, matches.b_end - 1)
    looked_at = (*edges, (edges[0] + edges[1]) // 2, (edges[2] + edges[3]) // 2)
    rows = np.flatnonzero(np.logical_and.reduce([ids[place] == ids[matches.a_start] for place in looked_at]))
    if not len(rows):
        return matches
    opening = np.ones(len(ids) + 1, dtype=bool)
    opening[1:-1] = ids[1:] != ids[:-1]
    opening[bounds] = True
    opens = np.flatnonzero(opening)
    stretch = [np.searchsorted(opens, edge[rows], side="right") - 1 for edge in edges]
    # Within one stretch there is nothing to choose.
    within = (stretch[0] == stretch[1]) & (stretch[2] == stretch[3]) & (stretch[0] != stretch[2])
    rows, first, second = rows[within], stretch[0][within], stretch[2][within]
    a, b = opens[first], opens[second]
    size = np.minimum(opens[first + 1] - a, opens[second + 1] - b)
    moved = replace(
        matches.take(rows),
        a_start=a,
        a_end=a + size,
        b_start=b,
        b_end=b + size,
        matched=size.astype(np.int32),
        similarity=np.ones(len(rows), dtype=np.float32),
        paths=Paths.straight(a, b, size),
    )
    others = np.setdiff1d(np.arange(len(matches)), rows)
    order = np.argsort(np.concatenate((others, rows)))
    return Matches.concatenate(matches.take(others), moved).take(order)
