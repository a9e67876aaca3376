"""The background model: how likely a word is after another in this corpus, the passage in question left out.

A bigram model with a Dirichlet prior on the word's overall frequency (MacKay & Peto 1995):
p(w | v) = (c(v w) + μ p(w)) / (c(v) + μ), with p(w) = (c(w) + 1/2) / (n + words/2).

The question is how likely the second passage would have been written without the first being copied, given all the
rest of the corpus: the first passage too. So the second passage's own words are left out of the counts, and the first
one's are not. That two words have been seen together once, in the first passage, is what makes it likely that they come
together again: proper names, compounds and set phrases score little beyond their first word, however rare they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.counting import occurrences
from reuse.arrays.hashing import mixed
from reuse.arrays.logarithm import log2
from reuse.corpus.tokens import Tokens
from reuse.score.pairs import EqualPairs, PairTable
from reuse.work.workers import ALONE, Into, Workers

PRIOR_WEIGHT = 5.0
"""μ, in occurrences: how much evidence of a pair outweighs the word's overall frequency, if nobody says otherwise."""

_SLICE = 1 << 18  # positions looked at at a time, so that temporaries stay in the cache
_DIGITS = 22  # binary: what no pair that is looked for has need not be looked up


@dataclass(frozen=True, slots=True)
class Background:
    """Word and word-pair counts of a corpus.

    Attributes:
        ids: int32 (n,): the tokens of the corpus.
        counts: int64 (words,): occurrences of each word that were counted.
        pair_counts: int32 (n,): how often the token stands after the same previous token, as counted; -1 for the first
            token of a document, which stands after none.
        total: Tokens that were counted.
        weight: μ, in occurrences.
    """

    ids: NDArray[np.int32]
    counts: NDArray[np.int64]
    pair_counts: NDArray[np.int32]
    total: int
    weight: float

    @classmethod
    def of(
        cls,
        tokens: Tokens,
        workers: Workers = ALONE,
        *,
        counted: NDArray[np.bool_] | None = None,
        weight: float = PRIOR_WEIGHT,
        pairs: EqualPairs | None = None,
    ) -> Background:
        """Count a corpus.

        Args:
            tokens: The corpus.
            workers: Do the work.
            counted: bool (tokens,): which tokens count; None: all.
            weight: μ, in occurrences.
            pairs: Its pairs of words; None: they are brought together.
        """
        pairs = pairs or EqualPairs.of(tokens, workers)
        pair_counts = pairs.counts(counted, workers)
        starts = tokens.bounds[:-1]
        pair_counts[starts[starts < len(tokens)]] = -1
        counts = occurrences(tokens.ids, len(tokens.vocabulary), counted)
        return cls(tokens.ids, counts, pair_counts, int(counts.sum()), weight)

    def pairs_at(self, positions: NDArray[np.int64]) -> NDArray[np.int32]:
        """How often each of some tokens stands after the one before it (int32); -1 where none does."""
        return self.pair_counts[positions]

    def token_bits(
        self,
        positions: NDArray[np.int64],
        left_out: NDArray[np.integer] | int = 0,
        *,
        first: NDArray[np.bool_] | None = None,
    ) -> NDArray[np.float32]:
        """−log2 p(token | previous token) of the tokens at `positions`, in bits.

        Args:
            positions: int64 (m,): rows of Tokens.
            left_out: How many occurrences of each token (and of its pair) belong to the passages in question and are
                not counted: a number, or one a position.
            first: bool (m,): True where the previous token is not part of the passage, so that p(token) is used.

        Returns:
            float32 (m,), at least 0.
        """
        probability, _ = self.probabilities(positions, left_out, first=first)
        bits: NDArray[np.float32] = -log2(np.minimum(probability, np.float32(1), out=probability)).astype(np.float32)
        return bits

    def probabilities(
        self,
        positions: NDArray[np.int64],
        left_out: NDArray[np.integer] | NDArray[np.bool_] | int = 0,
        *,
        first: NDArray[np.bool_] | None = None,
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """p(token | previous token), and p(token) whatever stands before it (float32 (m,) both); as there."""
        out = np.asarray(left_out, dtype=np.float32)
        zero, half, weight = np.float32(0), np.float32(0.5), np.float32(self.weight)
        pairs = self.pairs_at(positions)
        opens = pairs < 0
        word = self.counts[self.ids[positions]].astype(np.float32)
        word = np.maximum(word - out, zero) + half
        word /= np.float32(self.total + len(self.counts) / 2)
        before = np.maximum(self.counts[self.ids[np.maximum(positions - 1, 0)]].astype(np.float32) - out, zero)
        after = np.maximum(pairs.astype(np.float32) - out, zero)
        after += weight * word
        after /= before + weight
        return np.where(opens if first is None else first | opens, word, after), word

    def word_bits(self, left_out: int) -> NDArray[np.float32]:
        """−log2 p(word) of every word of the vocabulary (float32 (words,)), whatever stands before it."""
        total = self.total + len(self.counts) / 2
        return -log2((np.maximum(self.counts - left_out, 0.0) + 0.5) / total).astype(np.float32)

    def cumulative_bits(self, left_out: int, workers: Workers = ALONE) -> NDArray[np.float64]:
        """Surprise of all tokens before each position, and of all: float64 (tokens + 1,), in bits.

        Each token is taken after the one before it, as `token_bits` has it.
        """
        sums: NDArray[np.float64] = workers.column(len(self.ids) + 1, np.float64)
        starts = range(0, len(self.ids), _SLICE)
        workers.map(partial(_slice_sums, self, left_out), starts, into=Into(sums))
        before = np.cumsum([0.0, *(sums[min(start + _SLICE, len(self.ids))] for start in starts)])
        for start in starts:
            sums[start + 1 : start + 1 + _SLICE] += before[start // _SLICE]
        return sums


@dataclass(frozen=True, slots=True)
class TabledBackground(Background):
    """The same counts where those of pairs are looked up when they are asked for; `pair_counts` is empty.

    Attributes:
        table: How often each pair of words was counted.
        opens: int64: the first token of each document, ascending.
    """

    table: PairTable
    opens: NDArray[np.int64]

    @classmethod
    def under(cls, tokens: Tokens, table: PairTable, weight: float = PRIOR_WEIGHT) -> TabledBackground:
        """That of a corpus all of whose tokens count."""
        nothing = np.zeros(0, dtype=np.int32)
        return cls(tokens.ids, tokens.vocabulary.counts, nothing, len(tokens), weight, table, tokens.bounds[:-1])

    def pairs_at(self, positions: NDArray[np.int64]) -> NDArray[np.int32]:
        """How often each of some tokens stands after the one before it (int32); -1 where none does."""
        counts = self.table.of_words(self.ids[np.maximum(positions - 1, 0)], self.ids[positions])
        counts[self.opens[np.searchsorted(self.opens, positions, side="right") - 1] == positions] = -1
        return counts


def counted_pairs(
    first: NDArray[np.integer], second: NDArray[np.integer], corpus: Background, heads: NDArray[np.int32]
) -> NDArray[np.int64]:
    """How often pairs of words were counted in a corpus (int64, one a pair): looked up in one pass over its tokens.

    Args:
        first: int: the first word of each pair; each pair once.
        second: int: and its second.
        corpus: Where to look.
        heads: int32 (words,): the word that each word of the corpus counts as.
    """
    wanted = _pair_hashes(first, second)
    order = np.argsort(wanted)
    wanted = wanted[order]
    known = np.zeros(1 << _DIGITS, dtype=bool)
    known[_digits(first, second)] = True
    found = np.zeros(len(wanted), dtype=np.int64)
    for start in range(1, len(corpus.ids) if len(wanted) else 0, _SLICE):
        words = heads[corpus.ids[start - 1 : start + _SLICE]]
        here = np.flatnonzero(known[_digits(words[:-1], words[1:])])
        hashes = _pair_hashes(words[here], words[here + 1])
        row = np.minimum(np.searchsorted(wanted, hashes), len(wanted) - 1)
        met = wanted[row] == hashes
        np.maximum.at(found, row[met], corpus.pair_counts[start + here[met]])
    counts = np.empty_like(found)
    counts[order] = found
    return counts


def _pair_hashes(first: NDArray[np.integer], second: NDArray[np.integer]) -> NDArray[np.uint64]:
    return mixed((first.astype(np.uint64) << np.uint64(32)) | second.astype(np.uint64))


def _digits(first: NDArray[np.integer], second: NDArray[np.integer]) -> NDArray[np.uint32]:
    """_DIGITS binary digits (uint32) that are the same for equal pairs, and seldom for others; cheap to work out."""
    digits = first.astype(np.uint32)
    digits *= np.uint32(0x9E3779B1)
    digits += second.astype(np.uint32)
    digits *= np.uint32(0x85EBCA77)
    digits >>= np.uint32(32 - _DIGITS)
    return digits


def _slice_sums(background: Background, left_out: int, start: int) -> tuple[slice, NDArray[np.float64]]:
    """Rows of the cumulative bits behind the next _SLICE tokens, and their values, counted from `start`."""
    here = np.arange(start, min(start + _SLICE, len(background.ids)))
    sums = np.cumsum(background.token_bits(here, left_out), dtype=np.float64)
    return slice(start + 1, start + 1 + len(here)), sums
