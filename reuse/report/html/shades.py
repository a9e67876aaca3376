"""How deeply text is shaded that recurs, and where in a document it does."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

STRIP = 120
"""Cells of a document's density strip."""
DEPTHS = (2, 3, 6)
"""From how many passages on a text is shaded lightly, more, and most."""


def depths(passages: NDArray[np.int64]) -> NDArray[np.int64]:
    """Depth of shade, 1 to 3, of texts that recur so often."""
    return np.maximum(np.searchsorted(np.array(DEPTHS), passages, side="right"), 1)


def strips(passages: NDArray[np.int64], characters: NDArray[np.int64]) -> list[str]:
    """For each document, how often its text recurs from start to end: a digit 0 to 3 for each of its parts.

    Args:
        passages: int64 (passages, 5): cluster, document, start, end, how many passages the cluster has.
        characters: int64 (documents,): length of each text.
    """
    count = len(characters)
    length = np.maximum(characters, 1)
    doc, start, end, depth = (
        passages[:, 1],
        passages[:, 2],
        passages[:, 3],
        depths(passages[:, 4]),
    )
    first = start * STRIP // length[doc]
    last = (end - 1) * STRIP // length[doc] + 1
    strip = np.zeros((count, STRIP), dtype=np.int64)
    for level in range(1, len(DEPTHS) + 1):
        steps = np.zeros(count * (STRIP + 1), dtype=np.int64)
        chosen = depth == level
        np.add.at(steps, doc[chosen] * (STRIP + 1) + first[chosen], 1)
        np.add.at(steps, doc[chosen] * (STRIP + 1) + last[chosen], -1)
        covered = steps.reshape(count, STRIP + 1).cumsum(axis=1)[:, :STRIP] > 0
        strip[covered] = level
    return ["".join(map(str, row)) for row in strip.tolist()]
