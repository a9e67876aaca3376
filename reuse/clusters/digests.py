"""What digests say of longer texts: of a page that a sentence draws together only the words that agree.

A match may have a passage that is less than half as long as the other one, above all a condensed one. The whole of the
shorter one may come from the longer one; but of the longer one the shorter one says no more than the aligned words.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reuse.align.matches import Matches
from reuse.arrays.keys import differs
from reuse.arrays.ragged import ranges

NOTHING = np.zeros((0, 2), dtype=np.int64)

LESS_THAN = 0.5
"""How long a passage is, as a share of the longest one of its cluster, that says only a part of what that one says."""


def digested(matches: Matches, bounds: NDArray[np.int64]) -> NDArray[np.int64]:
    """Stretches (int64 (stretches, 2), half-open, in order) of longer passages that digests say; each in one document.

    Args:
        matches: All matches.
        bounds: int64 (documents + 1,): document d owns the tokens bounds[d] to bounds[d + 1].
    """
    a, b = matches.a_end - matches.a_start, matches.b_end - matches.b_start
    rows = np.flatnonzero(np.minimum(a, b) < LESS_THAN * np.maximum(a, b))
    paths = matches.paths.take(rows)
    start = np.where(np.repeat((a > b)[rows], paths.sizes()), paths.a, paths.b)
    tokens = np.unique(ranges(start, paths.size))
    document = np.searchsorted(bounds, tokens, side="right")
    opens = np.flatnonzero(differs(tokens - np.arange(len(tokens)), document))
    begin = tokens[opens]
    return np.column_stack((begin, begin + np.diff(opens, append=len(tokens))))
