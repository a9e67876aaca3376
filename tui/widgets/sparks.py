"""Small drawings of counts: a row of blocks, one a bucket."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

BLOCKS = "▁▂▃▄▅▆▇█"
NOTHING = "·"
WIDEST = 4
"""Most cells that one place is drawn with."""


def buckets(places: NDArray[np.int64], size: int, width: int) -> NDArray[np.int64]:
    """How many places (0 to size - 1) fall into each of equal buckets (int64), one a cell of at most `width`.

    Where there are fewer places than cells, each place has several.
    """
    width = max(width, 1)
    count = max(min(width, size), 1)
    found = np.bincount(places * count // max(size, 1), minlength=count)[:count].astype(np.int64)
    return np.repeat(found, min(width // count, WIDEST))


def blocks(counts: NDArray[np.int64]) -> str:
    """Counts as blocks: the highest one is full, an empty bucket is a dot."""
    most = max(int(counts.max(initial=0)), 1)
    return "".join(NOTHING if count == 0 else BLOCKS[(count * len(BLOCKS) - 1) // most] for count in counts.tolist())
