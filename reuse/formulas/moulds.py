"""Moulds: what is left of formulas that are the same but for one place, which takes several words of content.

"Tons of cement reached", "tons of timber reached", "tons of seed potatoes reached": the place is a slot, the formulas
are fillings of one frame and no wordings of one idea. A place that takes two or three words ("stormy cheers",
"thunderous cheers") says nothing yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.hashing import mixed
from reuse.arrays.keys import differs, pair_keys
from reuse.arrays.ragged import bounds_of, ranges, spread
from reuse.arrays.sought import Sought

LONGEST = 2
"""Words that may stand in the place."""

FILLINGS = 4
"""Formulas from which on what they have in common is a mould."""


@dataclass(frozen=True, slots=True)
class Moulds:
    """The moulds of some formulas.

    Attributes:
        keys: uint64 (moulds,): hash of what stands before and behind the place, ascending.
        bounds: int64 (formulas + 1,): formula f has the rows bounds[f] to bounds[f + 1] of a column of all words.
        before, behind: uint64 (words + 1,): running sums of hashes of the words and their places, counted from the
            beginning of their formula and from its end.
    """

    keys: NDArray[np.uint64]
    bounds: NDArray[np.int64]
    before: NDArray[np.uint64]
    behind: NDArray[np.uint64]

    @classmethod
    def of(cls, ids: NDArray[np.int32], lengths: NDArray[np.integer], content: NDArray[np.bool_]) -> Moulds:
        """Those of formulas.

        Args:
            ids: int32 (words,): numbers of the words of all formulas, formula after formula.
            lengths: int (formulas,): their words.
            content: bool (words,): which are words of content; a place holds one at least.
        """
        alone = cls.unknown(ids, lengths)
        contents = bounds_of(content)
        found = [
            alone.without(formula, start, start + size)[contents[start + size] > contents[start]]
            for size, formula, start in _places(lengths)
        ]
        return alone.having(np.concatenate(found))

    @classmethod
    def among(
        cls,
        compared: NDArray[np.int64],
        ids: NDArray[np.int32],
        lengths: NDArray[np.integer],
        content_of: Callable[[NDArray[np.int64]], NDArray[np.bool_]],
    ) -> Moulds:
        """Those of some formulas that others of all fill, too: what `of` has of these.

        Args:
            compared: int64: these formulas, which are numbered from 0 on in what is given back.
            ids: As for `of`, of all formulas.
            lengths: As for `of`, of all formulas.
            content_of: Tells of which words of some formulas (int64), end to end, are words of content (bool); asked of
                those that fill a place like one of the compared ones.
        """
        bounds = bounds_of(lengths)
        own = cls.unknown(ids[ranges(bounds[compared], lengths[compared])], lengths[compared])
        keyed = [own.without(formula, start, start + size) for size, formula, start in _places(lengths[compared])]
        sought = np.concatenate(keyed)
        near = _with_edges_of(compared, ids, bounds)
        every = cls.unknown(ids[ranges(bounds[near], lengths[near])], lengths[near])
        known, filling, places = Sought.of(sought), [], []
        for size, formula, start in _places(lengths[near]):
            keys = every.without(formula, start, start + size)
            there = np.flatnonzero(known.may_hold(keys))
            there = there[np.isin(keys[there], sought)]
            filling.append(keys[there])
            places.append(np.stack((formula[there], start[there], start[there] + size)))
        formula, start, end = np.concatenate(places, axis=1)
        asked = np.unique(formula)
        contents = bounds_of(content_of(near[asked]))
        row = np.searchsorted(asked, formula)
        shift = bounds_of(lengths[near[asked]])[row] - every.bounds[formula]
        return own.having(np.concatenate(filling)[contents[end + shift] > contents[start + shift]])

    @classmethod
    def unknown(cls, ids: NDArray[np.int32], lengths: NDArray[np.integer]) -> Moulds:
        """Formulas whose moulds are not known yet."""
        formula, place = spread(lengths)
        sums = [np.zeros(len(ids) + 1, dtype=np.uint64) for _ in range(2)]
        for side, at in zip(sums, (place, lengths[formula] - place), strict=True):
            side[1:] = np.cumsum(mixed(ids.astype(np.uint64) << np.uint64(32) | at.astype(np.uint64)))
        return cls(np.zeros(0, dtype=np.uint64), bounds_of(lengths), *sums)

    def having(self, keys: NDArray[np.uint64]) -> Moulds:
        """The same with those moulds that have these keys, one a filling, often enough."""
        keys = np.sort(keys)
        first = np.flatnonzero(differs(keys))
        often = np.diff(first, append=len(keys)) >= FILLINGS
        return replace(self, keys=keys[first[often]])

    def shared(
        self,
        one: NDArray[np.int64],
        other: NDArray[np.int64],
        common: tuple[NDArray[np.int64], NDArray[np.int64]],
    ) -> NDArray[np.bool_]:
        """Which pairs of formulas are fillings of one mould (bool, pairs).

        Args:
            one: int64 (pairs,): a formula.
            other: int64 (pairs,): another one.
            common: int64 (pairs,), twice: words that both begin with, and that both end with.
        """
        found = np.ones(len(one), dtype=bool)
        for formula in (one, other):
            start, end = self.bounds[formula] + common[0], self.bounds[formula + 1] - common[1]
            found &= (end > start) & (end - start <= LONGEST)
        rows = np.flatnonzero(found)
        start, end = self.bounds[one[rows]] + common[0][rows], self.bounds[one[rows] + 1] - common[1][rows]
        found[rows] = np.isin(self.without(one[rows], start, end), self.keys)
        return found

    def without(
        self, formula: NDArray[np.int64], start: NDArray[np.int64], end: NDArray[np.int64]
    ) -> NDArray[np.uint64]:
        """Hashes of formulas without the words of some rows."""
        before = self.before[start] - self.before[self.bounds[formula]]
        behind = self.behind[self.bounds[formula + 1]] - self.behind[end]
        return mixed(mixed(before) + behind)


def _places(lengths: NDArray[np.integer]) -> Iterator[tuple[int, NDArray[np.int64], NDArray[np.int64]]]:
    """All places of formulas: their size, the formula of each and the row of its first word among all words."""
    formula, place = spread(lengths)
    for size in range(1, LONGEST + 1):
        start = np.flatnonzero(place + size <= lengths[formula])
        yield size, formula[start], start


def _with_edges_of(compared: NDArray[np.int64], ids: NDArray[np.int32], bounds: NDArray[np.int64]) -> NDArray[np.int64]:
    """Formulas (int64, ascending) that begin or end with two words, or begin and end with a word, as a compared one.

    All that fill a mould with one of these do: of four words or more all but LONGEST stand around the place. Of shorter
    ones all are told, and a few others.
    """
    first, last = bounds[:-1], bounds[1:] - 1
    second, before_last = np.minimum(first + 1, last), np.maximum(last - 1, first)
    found = last - first < 3
    for one, other in ((first, second), (before_last, last), (first, last)):
        hashes = mixed(pair_keys(ids[one], ids[other]))
        found |= Sought.of(hashes[compared]).may_hold(hashes)
    return np.flatnonzero(found)
