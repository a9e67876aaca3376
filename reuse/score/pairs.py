"""Pairs of neighbouring words: those that are equal are brought together once, and counted in several ways."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Self

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.keys import by_first_digits, differs, group_sizes, places_in, ranges_apart, with_places
from reuse.arrays.ragged import bounds_of
from reuse.corpus.tokens import Tokens
from reuse.work.workers import ALONE, Workers

MOST_WITHIN = np.iinfo(np.uint16).max
"""Occurrences within a document; more count as this many."""

_SLICE = 1 << 18  # positions looked at at a time, so that temporaries stay in the cache


@dataclass(frozen=True, slots=True)
class _Groups:
    """Pairs within a range of hashes, equal ones together.

    Attributes:
        places: uint32 or int64 (n,): positions of their second words, ascending within a group.
        sizes: int32 (groups,): how many each group has.
    """

    places: NDArray[np.integer]
    sizes: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class EqualPairs:
    """All pairs of neighbouring words of a corpus, equal ones together; a pair's place is that of its second word.

    Attributes:
        total: Tokens of the corpus.
        groups: The pairs, a range of hashes after the other.
    """

    total: int
    groups: tuple[_Groups, ...]

    @classmethod
    def of(cls, tokens: Tokens, workers: Workers = ALONE) -> Self:
        """Bring together what is equal: one sort of n keys.

        Pairs are told apart by as many digits of a hash as a position leaves of 64; a collision (a few in 10⁸ pairs)
        costs one pair a wrong count.
        """
        total = len(tokens)
        width = total.bit_length()
        edges = tokens.bounds[1:-1][(tokens.bounds[1:-1] > 0) & (tokens.bounds[1:-1] < total)]
        slices = workers.map(partial(_keys, tokens.ids, edges), range(1, total, _SLICE))
        narrow = np.dtype("u4" if total < 1 << 32 else "i8")
        return cls(
            total, tuple(workers.by_range(slices, partial(_grouped, width, narrow), low_width=ranges_apart(width)))
        )

    def recurring(self, workers: Workers = ALONE) -> NDArray[np.bool_]:
        """Where a pair stands whose like stands elsewhere too (bool (tokens,))."""
        found: NDArray[np.bool_] = workers.column(self.total, bool)
        workers.scatter(_recurring, self.groups, found)
        return found

    def counts(self, counted: NDArray[np.bool_] | None = None, workers: Workers = ALONE) -> NDArray[np.int32]:
        """int32 (tokens,): how often the pair stands at the places that are counted (bool (tokens,); None: at all)."""
        found: NDArray[np.int32] = workers.column(self.total, np.int32)
        workers.scatter(partial(_counts, counted), self.groups, found)
        return found

    def counts_within(
        self, documents: NDArray[np.int32], counted: NDArray[np.bool_], workers: Workers = ALONE
    ) -> NDArray[np.uint16]:
        """uint16 (tokens,): the same within the document of the pair, at most MOST_WITHIN.

        Args:
            documents: int32 (tokens,): of all tokens, ascending.
            counted: bool (tokens,): where pairs are counted.
            workers: Do the work.
        """
        found: NDArray[np.uint16] = workers.column(self.total, np.uint16)
        workers.scatter(partial(_counts_within, documents, counted), self.groups, found)
        return found


@dataclass(frozen=True, slots=True)
class PairTable:
    """How often each pair of neighbouring words stands in a corpus, by a hash of its words.

    Two pairs of one hash (some 10⁻⁶ in a corpus of 10⁷ pairs) count as one.

    Attributes:
        hashes: uint64 (pairs,): ascending.
        counts: int32 (pairs,): occurrences of each.
        places: uint32 or int64 (pairs,): position of the second word of its last occurrence, or the last that counts.
    """

    hashes: NDArray[np.uint64]
    counts: NDArray[np.int32]
    places: NDArray[np.integer]

    @classmethod
    def of(
        cls,
        tokens: Tokens,
        pairs: EqualPairs,
        workers: Workers = ALONE,
        *,
        before: int = 0,
        counts: NDArray[np.bool_] | None = None,
    ) -> PairTable:
        """That of a corpus.

        Args:
            tokens: The corpus.
            pairs: Its pairs, brought together.
            workers: Have a place for columns.
            before: Tokens that stand before it, as to places.
            counts: bool (tokens,): which occurrences count as places; of a pair that has none it is 0. None: all do.
        """
        narrow = np.dtype("u4" if before + len(tokens) < 1 << 32 else "i8")
        most = sum(len(group.sizes) for group in pairs.groups)
        hashes, sizes, places = (workers.column(most, kind) for kind in (np.uint64, np.int32, narrow))
        opens = workers.column(len(tokens) + 1, bool)
        opens[tokens.bounds] = True
        filled = 0
        for group in pairs.groups:
            bounds = bounds_of(group.sizes)
            second, last = group.places[bounds[:-1]], group.places[bounds[1:] - 1]
            inside = ~opens[second]
            here = slice(filled, filled + int(np.count_nonzero(inside)))
            hashes[here] = _hashes(tokens.ids[second[inside] - 1], tokens.ids[second[inside]])
            sizes[here] = group.sizes[inside]
            if counts is not None and len(last):
                last = np.maximum.reduceat(np.where(counts[group.places], group.places, 0), bounds[:-1])
            there = last[inside].astype(narrow)
            places[here] = np.where(there > 0, there + narrow.type(before), 0)
            filled = here.stop
        return cls(hashes[:filled], sizes[:filled], places[:filled])

    def with_further(self, other: PairTable) -> PairTable:
        """The pairs of both, `other` being those of what stands behind; such as are in both are counted in both."""
        at, known = self._found(other.hashes)
        counts = self.counts.copy()
        counts[at[known]] += other.counts[known]
        places = self.places.astype(np.promote_types(self.places.dtype, other.places.dtype))
        later = np.flatnonzero(known)[other.places[known] > 0]
        places[at[later]] = other.places[later]
        return PairTable(
            np.insert(self.hashes, at[~known], other.hashes[~known]),
            np.insert(counts, at[~known], other.counts[~known]),
            np.insert(places, at[~known], other.places[~known]),
        )

    def places_of(self, first: NDArray[np.integer], second: NDArray[np.integer]) -> NDArray[np.int64]:
        """The place of each pair (int64); 0: there is none."""
        hashes = _hashes(first, second)
        order = np.argsort(hashes)
        at, known = self._found(hashes[order])
        places = np.zeros(len(hashes), dtype=np.int64)
        places[order[known]] = self.places[at[known]]
        return places

    def of_words(self, first: NDArray[np.int32], second: NDArray[np.int32]) -> NDArray[np.int32]:
        """How often each pair stands there (int32)."""
        hashes = _hashes(first, second)
        order = np.argsort(hashes)  # what is looked up in order is found in the cache
        at, known = self._found(hashes[order])
        counts = np.zeros(len(hashes), dtype=np.int32)
        counts[order[known]] = self.counts[at[known]]
        return counts

    def _found(self, hashes: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Where each hash stands, or would (int64), and whether it does (bool)."""
        at = np.searchsorted(self.hashes, hashes)
        known = at < len(self.hashes)
        known[known] = self.hashes[at[known]] == hashes[known]
        return at, known


def _keys(ids: NDArray[np.int32], edges: NDArray[np.int64], start: int) -> NDArray[np.uint64]:
    """Keys of the next _SLICE pairs whose second word is at `start` or behind; in order of their first digits.

    A pair's hash stands above, below it the position of the second word. No pair reaches from one document into the
    next: there, at `edges`, a number of its own stands in for it.
    """
    end = min(start + _SLICE, len(ids))
    keys = _hashes(ids[start - 1 : end - 1], ids[start:end])
    here = edges[np.searchsorted(edges, start) : np.searchsorted(edges, end)]
    keys[here - start] = here.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    return by_first_digits(with_places(keys, np.arange(start, end), len(ids).bit_length()))


def _hashes(first: NDArray[np.integer], second: NDArray[np.integer]) -> NDArray[np.uint64]:
    """A hash of each pair of words, good in its high digits."""
    hashes = first.astype(np.uint64)
    hashes *= np.uint64(0x9E3779B97F4A7C15)
    hashes += second.astype(np.uint64)
    hashes *= np.uint64(0xD6E8FEB86659FD93)
    hashes ^= hashes >> np.uint64(32)
    hashes *= np.uint64(0xD6E8FEB86659FD93)
    return hashes


def _grouped(width: int, narrow: np.dtype[np.integer], keys: NDArray[np.uint64]) -> _Groups:
    """The groups that ascending keys make; their places are numbers of the type `narrow`."""
    places = places_in(keys, width).astype(narrow)
    return _Groups(places, group_sizes(keys, width).astype(np.int32))


def _recurring(pairs: _Groups) -> tuple[NDArray[np.integer], NDArray[np.bool_]]:
    here = pairs.places[np.repeat(pairs.sizes > 1, pairs.sizes)]
    return here, np.ones(len(here), dtype=bool)


def _counts(counted: NDArray[np.bool_] | None, pairs: _Groups) -> tuple[NDArray[np.integer], NDArray[np.int32]]:
    found = pairs.sizes
    if counted is not None and len(found):
        found = np.add.reduceat(counted[pairs.places], bounds_of(found)[:-1], dtype=np.int32)
    return pairs.places, np.repeat(found, pairs.sizes)


def _counts_within(
    documents: NDArray[np.int32], counted: NDArray[np.bool_], pairs: _Groups
) -> tuple[NDArray[np.integer], NDArray[np.uint16]]:
    begins = differs(documents[pairs.places])
    begins[bounds_of(pairs.sizes)[:-1]] = True
    starts = np.flatnonzero(begins)
    if not len(starts):
        return pairs.places, np.zeros(0, dtype=np.uint16)
    found = np.add.reduceat(counted[pairs.places], starts, dtype=np.int64)
    sizes = np.diff(starts, append=len(pairs.places))
    return pairs.places, np.repeat(np.minimum(found, MOST_WITHIN).astype(np.uint16), sizes)
