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

_SLICE = 1 << 20  # positions whose surprise is computed at a time, so that temporaries stay in the cache


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
            position_bits = np.uint64(total.bit_length())
            keys = tokens.ids[:-1].astype(np.uint64)
            keys *= np.uint64(0x9E3779B97F4A7C15)
            keys += tokens.ids[1:].astype(np.uint64)
            keys *= np.uint64(0xD6E8FEB86659FD93)
            keys ^= keys >> np.uint64(32)
            keys *= np.uint64(0xD6E8FEB86659FD93)
            # No pair reaches from one document into the next: there a number of its own stands in for it.
            edges = tokens.bounds[1:-1][(tokens.bounds[1:-1] > 0) & (tokens.bounds[1:-1] < total)]
            keys[edges - 1] = edges.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
            keys >>= position_bits
            keys <<= position_bits
            keys |= np.arange(1, total, dtype=np.uint64)
            keys.sort()
            pairs = keys >> position_bits
            borders = np.flatnonzero(np.concatenate(([True], pairs[1:] != pairs[:-1], [True])))
            del pairs
            keys &= (np.uint64(1) << position_bits) - np.uint64(1)
            sizes = np.diff(borders).astype(np.int32)
            pair_counts[keys.astype(np.int64)] = np.repeat(sizes, sizes)
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
        words = self.ids[positions]
        previous = self.ids[np.maximum(positions - 1, 0)]
        out = np.asarray(left_out, dtype=np.float64)
        total = len(self.ids) + len(self.counts) / 2
        word_probability = (np.maximum(self.counts[words] - out, 0.0) + 0.5) / total
        together = np.maximum(self.pair_counts[positions] - out, 0.0)
        before = np.maximum(self.counts[previous] - out, 0.0)
        probability = (together + PRIOR_WEIGHT * word_probability) / (before + PRIOR_WEIGHT)
        opens = self.pair_counts[positions] < 0
        alone = opens if first is None else first | opens
        return -np.log2(np.minimum(np.where(alone, word_probability, probability), 1.0)).astype(np.float32)

    def all_token_bits(self, left_out: int, *, alone: bool = False) -> NDArray[np.float32]:
        """`token_bits` of every position (float32 (n,)), each after the one before it or each by itself."""
        bits = np.empty(len(self.ids), dtype=np.float32)
        for start in range(0, len(self.ids), _SLICE):
            end = min(start + _SLICE, len(self.ids))
            first = np.full(end - start, fill_value=True) if alone else None
            bits[start:end] = self.token_bits(np.arange(start, end), left_out, first=first)
        return bits
