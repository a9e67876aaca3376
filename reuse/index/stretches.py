"""Stretches: shingles that stand one after the other wherever they stand, so that one anchor says what many would.

Where everything copies everything, most shingles stand within text that the same places share. Such shingles have as
many places as the one before them, each a token further on; they are the unbranched paths of a de Bruijn graph
(Compeau, Pevzner & Tesler 2011). Only the first of them is paired, for all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.keys import differs
from reuse.arrays.ragged import bounds_of, ranges
from reuse.corpus.tokens import Tokens
from reuse.index.shingles import complete
from reuse.work.workers import ALONE, Workers

MOST = 255
"""Shingles of a stretch at most, and one more than the places of a shingle that may have a stretch."""


@dataclass(frozen=True, slots=True)
class Groups:
    """The places of shingles within a range of hashes, those of one shingle together.

    Attributes:
        places: uint32 or int64 (n,): token positions, ascending within a group.
        sizes: int32 (groups,): how many each group has, in the order of the places.
    """

    places: NDArray[np.integer]
    sizes: NDArray[np.int32]

    def starts(self) -> NDArray[np.int64]:
        """The row of `places` at which each group begins (int64)."""
        return bounds_of(self.sizes)[:-1]

    def rows_of(self, groups: NDArray[np.integer]) -> NDArray[np.int64]:
        """Rows of `places` (int64) of some groups, one group after the other."""
        return ranges(self.starts()[groups], self.sizes[groups])


def stretches(
    tokens: Tokens, size: int, groups: Sequence[Groups], fewest: int, most: int, workers: Workers = ALONE
) -> NDArray[np.uint8]:
    """How many shingles stand one after the other from each shingle on, wherever it stands.

    Args:
        tokens: The corpus.
        size: Tokens in a shingle.
        groups: The places of all shingles that are looked at.
        fewest: Places of a shingle from which on it is looked at.
        most: And up to which.
        workers: Do the work.

    Returns:
        uint8 (tokens,), at the first place of each shingle: the shingles of the stretch that it begins, itself
        included; 0 where it goes on with one.
    """
    counts: NDArray[np.uint8] = workers.column(len(tokens), np.uint8)
    looked_at = _LookedAt(fewest, min(most, MOST - 1))
    workers.scatter(looked_at, groups, counts)
    goes_on: NDArray[np.bool_] = workers.column(len(tokens), bool)
    whole = complete(tokens, size + 1, workers=workers)
    workers.scatter(_GoesOn(tokens.ids, whole, size, counts, looked_at), groups, goes_on)
    found: NDArray[np.uint8] = workers.column(len(tokens), np.uint8)
    found[:] = 1
    # The first places of the shingles of a stretch follow one another as the shingles do.
    before = np.flatnonzero(goes_on)
    found[before + 1] = 0
    begins = np.flatnonzero(differs(before - np.arange(len(before))))
    longest = np.diff(begins, append=len(before)) + 1
    pieces = -(-longest // MOST)
    of_stretch = np.repeat(np.arange(len(begins)), pieces)
    done = ranges(np.zeros(len(begins), dtype=np.int64), pieces) * MOST
    found[before[begins][of_stretch] + done] = np.minimum(longest[of_stretch] - done, MOST)
    return found


@dataclass(frozen=True, slots=True)
class _LookedAt:
    """Tells the places of the shingles that have so many, and how many each has (uint8)."""

    fewest: int
    most: int

    def groups(self, groups: Groups) -> NDArray[np.int64]:
        """Which groups these are."""
        return np.flatnonzero((groups.sizes >= self.fewest) & (groups.sizes <= self.most))

    def __call__(self, groups: Groups) -> tuple[NDArray[np.integer], NDArray[np.uint8]]:
        chosen = self.groups(groups)
        sizes = groups.sizes[chosen]
        return groups.places[groups.rows_of(chosen)], np.repeat(sizes.astype(np.uint8), sizes)


@dataclass(frozen=True, slots=True)
class _GoesOn:
    """Tells the first places of shingles all of whose places go on with the same shingle, which stands nowhere else.

    Attributes:
        ids: int32 (tokens,): vocabulary ids of the corpus.
        whole: bool (tokens,): which places have one token more than a shingle before their document ends.
        size: Tokens in a shingle.
        counts: uint8 (tokens,): how many places the shingle at each has; 0: it is not looked at.
        looked_at: Which shingles are.
    """

    ids: NDArray[np.int32]
    whole: NDArray[np.bool_]
    size: int
    counts: NDArray[np.uint8]
    looked_at: _LookedAt

    def __call__(self, groups: Groups) -> tuple[NDArray[np.integer], NDArray[np.bool_]]:
        chosen = self.looked_at.groups(groups)
        first = groups.places[groups.starts()[chosen]].astype(np.int64)
        behind = np.minimum(first + 1, len(self.counts) - 1)
        likely = self.whole[first] & (self.counts[behind] == groups.sizes[chosen])
        chosen, first = chosen[likely], first[likely]
        sizes = groups.sizes[chosen]
        places = groups.places[groups.rows_of(chosen)].astype(np.int64)
        goes_on = self.whole[places]
        ahead = np.minimum(np.repeat(first, sizes) + self.size, len(self.ids) - 1)
        places += self.size
        np.minimum(places, len(self.ids) - 1, out=places)
        # Hashes collide, so all words are compared, the new one first.
        for _ in range(self.size + 1):
            goes_on &= self.ids[places] == self.ids[ahead]
            places -= 1
            ahead -= 1
        all_do = np.logical_and.reduceat(goes_on, bounds_of(sizes)[:-1]) if len(sizes) else goes_on
        return first[all_do], np.ones(np.count_nonzero(all_do), dtype=bool)
