"""What digests say of longer texts: of a page that a sentence draws together only the words that agree.

A passage may be less than half as long as another one of its cluster, above all where a match is condensed. All of the
shorter one may come from the longer one; but of the longer one the shorter one says no more than both have in common.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reuse.align.matches import Matches
from reuse.arrays.ragged import owners_of
from reuse.arrays.spans import Union

LESS_THAN = 0.5
"""How long a passage is, as a share of another one of its cluster, that says only a part of what that one says."""


def digested(
    matches: Matches,
    of_match: NDArray[np.int32],
    passages: tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.int64]],
    bounds: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Stretches (int64 (stretches, 2), half-open, in order) of longer passages that digests say; each in one document.

    Where the two sides of a match are about as long, and one of them is part of a longer passage, the other one says
    all of that side; else it says the aligned words.

    Args:
        matches: All matches.
        of_match: int32 (matches,): the cluster of each.
        passages: Cluster, start and end of each passage, sorted so.
        bounds: int64 (documents + 1,): document d owns the tokens bounds[d] to bounds[d + 1].
    """
    sides = ((matches.a_start, matches.a_end), (matches.b_start, matches.b_end))
    a, b = (_length_around(passages, of_match, *side) for side in sides)
    rows = np.flatnonzero(np.minimum(a, b) < LESS_THAN * np.maximum(a, b))
    some, a_longer = matches.take(rows), (a > b)[rows]
    own_a, own_b = some.a_end - some.a_start, some.b_end - some.b_start
    own, other = np.where(a_longer, own_a, own_b), np.where(a_longer, own_b, own_a)
    in_words = other < LESS_THAN * own
    runs = some.paths.take(np.flatnonzero(in_words))
    of_a = np.repeat(a_longer[in_words], runs.sizes())
    start = np.concatenate((np.where(of_a, runs.a, runs.b), np.where(a_longer, some.a_start, some.b_start)[~in_words]))
    size = np.concatenate((runs.size, own[~in_words]))
    # Lifting each document above the one before keeps apart what stands on both sides of its beginning.
    document = owners_of(bounds, start)
    lifted = Union.of(start + document, start + document + size)
    begin = lifted.starts - owners_of(bounds + np.arange(len(bounds)), lifted.starts)
    return np.column_stack((begin, begin + np.diff(lifted.bounds)))


def _length_around(
    passages: tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.int64]],
    of_match: NDArray[np.int32],
    start: NDArray[np.int64],
    end: NDArray[np.int64],
) -> NDArray[np.int64]:
    """How long the passage is (int64, tokens) in which one side of each match begins, in the match's cluster.

    A match that says one text again and again may begin before the first of its passages: then the side's own length.
    """
    cluster, low, high = passages
    width = np.int64(max(low.max(initial=0), start.max(initial=0)) + 1)
    row = np.searchsorted(cluster * width + low, of_match * width + start, side="right") - 1
    row = np.maximum(row, 0)
    around = (cluster[row] == of_match) & (low[row] <= start) & (start < high[row])
    return np.where(around, (high - low)[row], end - start)
