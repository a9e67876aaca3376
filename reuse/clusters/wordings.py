"""The distinct wordings of the passages of clusters, and how far one is from another: in words that differ.

Passages of equal words are compared with others once, so that a sentence that two thousand letters repeat costs no more
than the letters are long.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel
from rapidfuzz.process import cpdist

from reuse.align.blocks import align_regions, as_characters, code_points
from reuse.align.rectangles import Rectangles
from reuse.arrays.hashing import placed
from reuse.arrays.keys import differs
from reuse.arrays.ragged import bounds_of, ranges, slices_of, spread
from reuse.arrays.records import FlatColumns
from reuse.corpus.tokens import Tokens

_SLICE = 1 << 18  # words hashed or aligned at a time


@dataclass(frozen=True, slots=True)
class Wordings(FlatColumns):
    """Wordings, those of a text together, in an order that follows from their words.

    Attributes:
        text: int64 (wordings,), ascending: number of the text.
        group: int32 (wordings,): the group of the documents that have it, as they were compared.
        start, end: int64 (wordings,): where it stands in one of its passages, in token positions.
    """

    text: NDArray[np.int64]
    group: NDArray[np.int32]
    start: NDArray[np.int64]
    end: NDArray[np.int64]

    @property
    def length(self) -> NDArray[np.int64]:
        """Words of each (int64)."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Nearness(FlatColumns):
    """How near one wording is to another, row by row.

    Attributes:
        differ: int64 (n,): words of either that the other lacks, counted from the first word of the other that they
            have in common to the last.
        start, end: int64 (n,): these words of the other: from which on and up to which, counted from its own first.
    """

    differ: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]


def find_wordings(
    text: NDArray[np.int64],
    spans: tuple[NDArray[np.int64], NDArray[np.int64]],
    group: NDArray[np.int32],
    tokens: Tokens,
) -> tuple[Wordings, NDArray[np.int64]]:
    """The distinct wordings of some passages, and the wording of each (int64, a row).

    Args:
        text: int64 (passages,): number of the text that each carries.
        spans: Where each begins and ends, in token positions.
        group: int32 (passages,): group of each one's document; equal words of two groups are two wordings.
        tokens: The corpus, in which such words have one hash.
    """
    start, end = spans
    hashes = _hashes(tokens, start, end)
    order = np.lexsort((end - start, hashes, group, text))
    opens = differs(text[order], group[order], hashes[order], (end - start)[order])
    of_passage = np.empty(len(order), dtype=np.int64)
    of_passage[order] = np.cumsum(opens) - 1
    first = order[opens]
    return Wordings(text[first], group[first], start[first], end[first]), of_passage


def _hashes(tokens: Tokens, start: NDArray[np.int64], end: NDArray[np.int64]) -> NDArray[np.uint64]:
    """A hash of the words of each passage, in their order (uint64)."""
    size = end - start
    found = np.empty(len(size), dtype=np.uint64)
    for rows in slices_of(size, _SLICE):
        at = ranges(start[rows], size[rows])
        _, place = spread(size[rows])
        words = placed(tokens.vocabulary.hashes[tokens.ids[at]], place)
        found[rows] = np.add.reduceat(words, bounds_of(size[rows])[:-1])
    return found


class Comparison:
    """Compares wordings, many pairs at once.

    Args:
        wordings: All of them.
        tokens: The corpus. Words that readers take for the same count as one.
    """

    def __init__(self, wordings: Wordings, tokens: Tokens) -> None:
        self.length = wordings.length
        self._bounds = bounds_of(self.length)
        self._ids = tokens.vocabulary.heads()[tokens.ids[ranges(wordings.start, self.length)]]
        self._codes = code_points(tokens.vocabulary.counts)
        self._characters = as_characters(self._ids, self._codes)

    def shared(self, one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.int64]:
        """Words that the two wordings of each pair have in common, in the same order (int64)."""
        low, high = np.minimum(one, other), np.maximum(one, other)
        pairs, number = np.unique(low * len(self.length) + high, return_inverse=True)
        low, high = pairs // len(self.length), pairs % len(self.length)
        texts = {row: self._cut(row) for row in np.unique(np.concatenate((low, high))).tolist()}
        sides = ([texts[row] for row in side.tolist()] for side in (low, high))
        differ = cpdist(*sides, scorer=Indel.distance, dtype=np.int64) if len(pairs) else pairs
        shared: NDArray[np.int64] = (self.length[low] + self.length[high] - differ) // 2
        return shared[number]

    def nearness(self, one: NDArray[np.int64], other: NDArray[np.int64]) -> Nearness:
        """How near one wording of each pair comes to the other, whatever the other says before and behind.

        Of all stretches of the other it is the nearest one that counts: a passage is not farther from its source for
        being a part of what stands there.
        """
        slices = slices_of(self.length[one] + self.length[other], _SLICE)
        return Nearness.concatenate(*(self._nearest_stretches(one[rows], other[rows]) for rows in slices))

    def _nearest_stretches(self, one: NDArray[np.int64], other: NDArray[np.int64]) -> Nearness:
        starts, ends = self._bounds[:-1], self._bounds[1:]
        both = Rectangles(starts[one], ends[one], starts[other], ends[other])
        aligned = align_regions(self._ids, self._codes, both)
        differ, start, end = self.length[one].copy(), np.zeros_like(one), np.zeros_like(one)
        if not len(aligned):
            return Nearness(differ, start, end)
        opens = np.flatnonzero(differs(aligned.region))
        size = np.diff(opens, append=len(aligned.region))
        row, nth = spread(size)
        place = aligned.b - starts[other][aligned.region]
        # From word j to word k that both have, length - 1 + (place[k] - 2 k) - (place[j] - 2 j) words differ: the best
        # j up to each k is where place - 2 j is greatest. Lifting each pair lets one running maximum serve all.
        height = place - 2 * nth
        lift = row * (2 * int(np.abs(height).max()) + 1)
        top = np.maximum.accumulate(height + lift)
        fall = height + lift - top
        deepest = np.minimum.reduceat(fall, opens)
        last = _first_where(fall == deepest[row], row, len(size))
        summit = _last_where_new(height + lift, top, last)
        # A stretch with less than half of what they share is not where the text stands: reworded text is such.
        apart = 2 * (last - summit + 1) < size
        summit, last = np.where(apart, opens, summit), np.where(apart, opens + size - 1, last)
        region = aligned.region[opens]
        differ[region] += (height[last] - height[summit]) - 1
        start[region], end[region] = place[summit], place[last] + 1
        return Nearness(differ, start, end)

    def _cut(self, row: int) -> str:
        return self._characters[self._bounds[row] : self._bounds[row + 1]]


def _first_where(true: NDArray[np.bool_], row: NDArray[np.int64], rows: int) -> NDArray[np.int64]:
    """Number of the first true element of each row (int64); each has one."""
    at = np.flatnonzero(true)
    found = np.empty(rows, dtype=np.int64)
    found[row[at][::-1]] = at[::-1]
    return found


def _last_where_new(values: NDArray[np.int64], top: NDArray[np.int64], until: NDArray[np.int64]) -> NDArray[np.int64]:
    """Number of the last element up to `until` at which a running maximum was reached (int64)."""
    at = np.flatnonzero(values == top)
    return at[np.searchsorted(at, until, side="right") - 1]
