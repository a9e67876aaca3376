"""How surprising it is that two documents share their words, had neither been copied from the other.

A word after another has the probability of a bigram model with a Dirichlet prior on the word's overall frequency
(MacKay & Peto 1995), p(w | v) = (c(v w) + μ p(w)) / (c(v) + μ), p(w) = (c(w) + 1/2) / (n + words/2). Three things keep
that honest where everything copies everything:

- Text that stands elsewhere too counts once, however often it was copied: a text does not become less surprising by
  being copied.
- The second passage's own words are left out of the counts, and the first one's are not: it was there when the second
  was written. That two words have been seen together once, in the first passage, is what makes it likely that they come
  together again: proper names, compounds and set phrases say little beyond their first word, however rare they are.
- A word is at least as likely as in the two documents themselves, without the two occurrences in question: lists and
  subjects have rates of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.keys import group_sizes, places_in, with_places
from reuse.corpus.tokens import Tokens
from reuse.options import ScoreOptions
from reuse.score.repeats import says_again
from reuse.work.workers import ALONE, Into, Workers

COPIES = 1
"""Occurrences of each of its words that belong to the second passage of a match, and are left out."""

_BOTH = 2  # occurrences of a shared word that belong to the two passages
_MOST = np.iinfo(np.uint16).max  # occurrences within a document; more count as this many
_SLICE = 1 << 18  # positions looked at at a time, so that temporaries stay in the cache


@dataclass(frozen=True, slots=True)
class Surprise:
    """Counts of words and of pairs of words, in the corpus and in each document.

    Attributes:
        ids: int32 (n,): the tokens.
        bounds: int64 (documents + 1,): where documents begin.
        counted: bool (n,): whether the token was counted: it is none that says again what stands elsewhere.
        counts: int64 (words,): occurrences of each word that were counted.
        pair_counts: int32 (n,): how often the token stands after the same previous token, as counted; -1 for the first
            token of a document, which stands after none.
        own_counts: uint16 (n,): how often the token's word stands in its document.
        own_pairs: uint16 (n,): how often it stands there after the same previous token.
        total: Tokens that were counted.
        options: Weights.
    """

    ids: NDArray[np.int32]
    bounds: NDArray[np.int64]
    counted: NDArray[np.bool_]
    counts: NDArray[np.int64]
    pair_counts: NDArray[np.int32]
    own_counts: NDArray[np.uint16]
    own_pairs: NDArray[np.uint16]
    total: int
    options: ScoreOptions

    @classmethod
    def of(cls, tokens: Tokens, options: ScoreOptions, workers: Workers = ALONE) -> Surprise:
        """Count a corpus: two sorts of n keys, and two of the keys of each document."""
        counted = ~says_again(tokens, options.counted_once, workers)
        counts = np.bincount(tokens.ids[counted], minlength=len(tokens.vocabulary))
        own_counts, own_pairs = _counts_in_documents(tokens, workers)
        return cls(
            tokens.ids,
            tokens.bounds,
            counted,
            counts.astype(np.int64),
            _pair_counts(tokens, counted, workers),
            own_counts,
            own_pairs,
            int(np.count_nonzero(counted)),
            options,
        )

    def of_aligned(self, a: NDArray[np.int64], b: NDArray[np.int64], first: NDArray[np.bool_]) -> NDArray[np.float32]:
        """−log2 of how likely it was that the second passage has its word where the first has it, in bits.

        Args:
            a: int64 (m,): positions of the aligned tokens in the one document.
            b: int64 (m,): and in the other.
            first: bool (m,): True where the tokens before them are not aligned, so that the word stands alone.

        Returns:
            float32 (m,), at least 0.
        """
        left_out = (self.counted[a] & self.counted[b]).astype(np.float32)
        return self._bits(a, b, first, left_out)

    def of_copied(self, positions: NDArray[np.int64]) -> NDArray[np.float32]:
        """The same (float32, bits) for tokens that stand once more in a copy of their document that was not counted."""
        first = self.pair_counts[positions] < 0
        return self._bits(positions, positions, first, np.zeros(len(positions), dtype=np.float32))

    def _bits(
        self, a: NDArray[np.int64], b: NDArray[np.int64], first: NDArray[np.bool_], left_out: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        everywhere, word = self.in_corpus(a, left_out, first)
        here = self._in_documents(a, b, first, word)
        bits: NDArray[np.float32] = -np.log2(np.minimum(np.maximum(everywhere, here), np.float32(1)))
        return bits

    def in_corpus(
        self, at: NDArray[np.int64], left_out: NDArray[np.float32], first: NDArray[np.bool_]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Probabilities (float32) of words in the corpus: after the one before, and by themselves."""
        zero, half, weight = np.float32(0), np.float32(0.5), np.float32(self.options.prior_weight)
        word = np.maximum(self.counts[self.ids[at]].astype(np.float32) - left_out, zero) + half
        word /= np.float32(self.total + len(self.counts) / 2)
        pairs = self.pair_counts[at]
        before = np.maximum(self.counts[self.ids[np.maximum(at - 1, 0)]].astype(np.float32) - left_out, zero)
        after = np.maximum(pairs.astype(np.float32) - left_out, zero)
        after += weight * word
        after /= before + weight
        return np.where(first | (pairs < 0), word, after), word

    def _in_documents(
        self, a: NDArray[np.int64], b: NDArray[np.int64], first: NDArray[np.bool_], word: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Probabilities (float32) of words in the two documents, without the two occurrences in question."""
        zero, weight = np.float32(0), np.float32(self.options.local_weight)
        home_a, home_b = (np.searchsorted(self.bounds, side, side="right") for side in (a, b))
        lengths = (self.bounds[home_a] - self.bounds[home_a - 1]).astype(np.float32)
        apart = (home_a != home_b).astype(np.float32)
        lengths += apart * (self.bounds[home_b] - self.bounds[home_b - 1]).astype(np.float32)

        def both(counts: NDArray[np.uint16], at: NDArray[np.int64], there: NDArray[np.int64]) -> NDArray[np.float32]:
            occurrences = counts[at].astype(np.float32) + apart * counts[there].astype(np.float32)
            others: NDArray[np.float32] = np.maximum(occurrences - np.float32(_BOTH), zero)
            return others

        alone = both(self.own_counts, a, b)
        alone += weight * word
        alone /= lengths + weight
        after = both(self.own_pairs, a, b)
        after += weight * alone
        after /= both(self.own_counts, np.maximum(a - 1, 0), np.maximum(b - 1, 0)) + weight
        return np.where(first | (self.pair_counts[a] < 0) | (self.pair_counts[b] < 0), alone, after)

    def word_bits(self, left_out: int) -> NDArray[np.float32]:
        """−log2 p(word) of every word of the vocabulary (float32 (words,)), whatever stands before it."""
        total = self.total + len(self.counts) / 2
        return -np.log2((np.maximum(self.counts - left_out, 0.0) + 0.5) / total).astype(np.float32)

    def cumulative(self, workers: Workers = ALONE) -> NDArray[np.float64]:
        """What all tokens before each position say at most, and all: float64 (tokens + 1,), in bits.

        Each is taken after the one before it, and once out of the counts, whoever it is aligned with.
        """
        sums = np.zeros(len(self.ids) + 1)
        starts = range(0, len(self.ids), _SLICE)
        workers.map(partial(_slice_sums, self), starts, into=Into(sums))
        before = np.cumsum([0.0, *(sums[min(start + _SLICE, len(self.ids))] for start in starts)])
        for start in starts:
            sums[start + 1 : start + 1 + _SLICE] += before[start // _SLICE]
        return sums


def _slice_sums(surprise: Surprise, start: int) -> tuple[slice, NDArray[np.float64]]:
    """Rows of the cumulative bits behind the next _SLICE tokens, and their values, counted from `start`."""
    here = np.arange(start, min(start + _SLICE, len(surprise.ids)))
    left_out = np.full(len(here), COPIES, dtype=np.float32)
    probability, _ = surprise.in_corpus(here, left_out, np.zeros(len(here), dtype=bool))
    sums = np.cumsum(-np.log2(np.minimum(probability, np.float32(1))), dtype=np.float64)
    return slice(start + 1, start + 1 + len(here)), sums


def _pair_counts(tokens: Tokens, counted: NDArray[np.bool_], workers: Workers) -> NDArray[np.int32]:
    """How often each token stands after the same previous token (int32), counted tokens only; -1 where none is before.

    Pairs are told apart by as many digits of a hash as a position leaves of 64; a collision (a few in 10⁸ pairs) costs
    one pair a wrong count.
    """
    total = len(tokens)
    pair_counts = np.zeros(total, dtype=np.int32)
    place_width = total.bit_length()
    starts = tokens.bounds[:-1][tokens.bounds[:-1] < total]
    second = counted.copy()
    second[starts] = False  # no pair reaches from one document into the next
    slices = workers.map(partial(_pair_keys, tokens.ids), range(1, total, _SLICE))
    workers.by_range(slices, partial(_count_pairs, place_width, second), low_width=place_width, into=Into(pair_counts))
    pair_counts[starts] = -1
    return pair_counts


def _pair_keys(ids: NDArray[np.int32], start: int) -> NDArray[np.uint64]:
    """Hash and second place of the pairs whose second word is in the slice at `start`, ascending."""
    end = min(start + _SLICE, len(ids))
    keys = with_places(_hash(ids[start - 1 : end - 1], ids[start:end]), np.arange(start, end), len(ids).bit_length())
    keys.sort()
    return keys


def _count_pairs(
    place_width: int, second: NDArray[np.bool_], keys: NDArray[np.uint64]
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Positions, and how often the pair of words at each was counted, given ascending keys."""
    places = places_in(keys, place_width).view(np.int64)
    sizes = group_sizes(keys, place_width)
    if not len(places):
        return places, np.zeros(0, dtype=np.int32)
    found = np.add.reduceat(second[places], np.cumsum(sizes) - sizes, dtype=np.int32)
    return places, np.repeat(found, sizes)


def _counts_in_documents(tokens: Tokens, workers: Workers) -> tuple[NDArray[np.uint16], NDArray[np.uint16]]:
    """How often each token's word stands in its document, and how often after the same previous word (uint16)."""
    counts = np.zeros((len(tokens), 2), dtype=np.uint16)
    cuts = np.searchsorted(tokens.bounds, np.arange(0, len(tokens), _SLICE))
    cuts = np.unique(np.append(cuts, tokens.documents)).tolist()
    workers.map(partial(_counts_in, tokens.ids, tokens.bounds), list(pairwise(cuts)), into=Into(counts))
    return counts[:, 0], counts[:, 1]


def _counts_in(
    ids: NDArray[np.int32], bounds: NDArray[np.int64], documents: tuple[int, int]
) -> tuple[slice, NDArray[np.uint16]]:
    """Rows of the tokens of some documents, and how often their words and pairs of words stand in their own."""
    first, last = documents
    rows = slice(int(bounds[first]), int(bounds[last]))
    document = np.repeat(np.arange(last - first, dtype=np.int32), np.diff(bounds[first : last + 1]))
    here = ids[rows]
    words = _hash(document, here)
    pairs = words * np.uint64(0x9E3779B97F4A7C15)
    pairs[1:] += here[:-1].astype(np.uint64)
    return rows, np.stack((_count_equal(words), _count_equal(pairs)), axis=1)


def _count_equal(hashes: NDArray[np.uint64]) -> NDArray[np.uint16]:
    """How often each hash stands among all (uint16, at most _MOST)."""
    bits = len(hashes).bit_length()
    keys = with_places(_mixed(hashes), np.arange(len(hashes)), bits)
    keys.sort()
    places = places_in(keys, bits).view(np.int64)
    sizes = group_sizes(keys, bits)
    counts = np.zeros(len(hashes), dtype=np.uint16)
    counts[places] = np.repeat(np.minimum(sizes, _MOST), sizes)
    return counts


def _hash(one: NDArray[np.int32], other: NDArray[np.int32]) -> NDArray[np.uint64]:
    """Hashes (uint64) of pairs of numbers."""
    keys = one.astype(np.uint64)
    keys *= np.uint64(0x9E3779B97F4A7C15)
    keys += other.astype(np.uint64)
    return _mixed(keys)


def _mixed(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    keys = keys * np.uint64(0xD6E8FEB86659FD93)
    keys ^= keys >> np.uint64(32)
    keys *= np.uint64(0xD6E8FEB86659FD93)
    return keys
