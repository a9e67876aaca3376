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

import numpy as np
from numpy.typing import NDArray

from reuse.corpus.tokens import Tokens

PRIOR_WEIGHT = 5.0
"""μ, in occurrences: how much evidence of a pair outweighs the word's overall frequency."""

COPIES = 1
"""Occurrences of each of its words that belong to the second passage of a match, and are left out."""

_SLICE = 1 << 18  # positions looked at at a time, so that temporaries stay in the cache


@dataclass(frozen=True, slots=True)
class Background:
    """Word and word-pair counts of a corpus.

    Attributes:
        ids: int32 (n,): the tokens that were counted.
        counts: int64 (words,): occurrences of each word.
        pair_counts: int32 (n,): how often the token stands after the same previous token in the corpus; -1 for the
            first token of a document, which stands after none.
    """

    ids: NDArray[np.int32]
    counts: NDArray[np.int64]
    pair_counts: NDArray[np.int32]

    @classmethod
    def of(cls, tokens: Tokens) -> Background:
        """Count a corpus: one sort of n keys.

        Pairs are told apart by as many hash bits as a position leaves of 64; a collision (a few in 10⁸ pairs) costs one
        pair a wrong count.
        """
        total = len(tokens)
        pair_counts = np.zeros(total, dtype=np.int32)
        if total > 1:
            keys, position_bits = _pair_keys(tokens)
            pairs = keys >> position_bits
            borders = np.flatnonzero(np.concatenate(([True], pairs[1:] != pairs[:-1], [True])))
            del pairs
            sizes = np.diff(borders).astype(np.int32)
            counts = np.repeat(sizes, sizes)
            mask = (np.uint64(1) << position_bits) - np.uint64(1)
            for start in range(0, len(keys), _SLICE):
                here = (keys[start : start + _SLICE] & mask).astype(np.int64)
                pair_counts[here] = counts[start : start + _SLICE]
        starts = tokens.bounds[:-1]
        pair_counts[starts[starts < total]] = -1
        return cls(tokens.ids, tokens.vocabulary.counts, pair_counts)

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
        out = np.asarray(left_out, dtype=np.float32)
        zero, half, weight = np.float32(0), np.float32(0.5), np.float32(PRIOR_WEIGHT)
        pairs = self.pair_counts[positions]
        opens = pairs < 0
        word_probability = self.counts[self.ids[positions]].astype(np.float32)
        word_probability = np.maximum(word_probability - out, zero) + half
        word_probability /= np.float32(len(self.ids) + len(self.counts) / 2)
        before = np.maximum(self.counts[self.ids[np.maximum(positions - 1, 0)]].astype(np.float32) - out, zero)
        probability = np.maximum(pairs.astype(np.float32) - out, zero)
        probability += weight * word_probability
        probability /= before + weight
        probability = np.where(opens if first is None else first | opens, word_probability, probability)
        bits: NDArray[np.float32] = -np.log2(np.minimum(probability, np.float32(1), out=probability))
        return bits

    def word_bits(self, left_out: int) -> NDArray[np.float32]:
        """−log2 p(word) of every word of the vocabulary (float32 (words,)), whatever stands before it."""
        total = len(self.ids) + len(self.counts) / 2
        return -np.log2((np.maximum(self.counts - left_out, 0.0) + 0.5) / total).astype(np.float32)

    def cumulative_bits(self, left_out: int) -> NDArray[np.float64]:
        """Surprise of all tokens before each position, and of all: float64 (tokens + 1,), in bits.

        Each token is taken after the one before it, as `token_bits` has it.
        """
        sums = np.zeros(len(self.ids) + 1)
        for start in range(0, len(self.ids), _SLICE):
            end = min(start + _SLICE, len(self.ids))
            np.cumsum(self.token_bits(np.arange(start, end), left_out), dtype=np.float64, out=sums[start + 1 : end + 1])
            sums[start + 1 : end + 1] += sums[start]
        return sums


def _pair_keys(tokens: Tokens) -> tuple[NDArray[np.uint64], np.uint64]:
    """Sorted keys, one a pair of neighbours: its hash above, below it the position of the second; and the bits of that.

    No pair reaches from one document into the next: there a number of its own stands in for it.
    """
    position_bits = np.uint64(len(tokens).bit_length())
    keys = np.empty(len(tokens) - 1, dtype=np.uint64)
    edges = tokens.bounds[1:-1][(tokens.bounds[1:-1] > 0) & (tokens.bounds[1:-1] < len(tokens))]
    for start in range(0, len(keys), _SLICE):
        part = keys[start : start + _SLICE]
        end = start + len(part)
        part[:] = tokens.ids[start:end]
        part *= np.uint64(0x9E3779B97F4A7C15)
        part += tokens.ids[start + 1 : end + 1].astype(np.uint64)
        part *= np.uint64(0xD6E8FEB86659FD93)
        part ^= part >> np.uint64(32)
        part *= np.uint64(0xD6E8FEB86659FD93)
        here = edges[np.searchsorted(edges, start + 1) : np.searchsorted(edges, end, side="right")]
        part[here - 1 - start] = here.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        part >>= position_bits
        part <<= position_bits
        part |= np.arange(start + 1, end + 1, dtype=np.uint64)
    keys.sort()
    return keys, position_bits
