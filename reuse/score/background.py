"""The background model: how likely a word is after another in this corpus, the passages in question left out.

A bigram model with a Dirichlet prior on the word's overall frequency (MacKay & Peto 1995):
p(w | v) = (c(v w) + μ p(w)) / (c(v) + μ), with p(w) = (c(w) + 1/2) / (n + words/2).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.corpus.tokens import Tokens

PRIOR_WEIGHT = 50.0
"""μ, in occurrences: how much evidence of a pair outweighs the word's overall frequency."""


@dataclass(frozen=True, slots=True)
class Background:
    """Word and word-pair counts of a corpus.

    Attributes:
        ids: int32 (n,): the tokens that were counted.
        counts: int64 (words,): occurrences of each word.
        pairs: uint64 (n - 1,), sorted: `previous << 32 | word` of every token but the first.
    """

    ids: NDArray[np.int32]
    counts: NDArray[np.int64]
    pairs: NDArray[np.uint64]

    @classmethod
    def of(cls, tokens: Tokens) -> Background:
        """Count a corpus: one sort of n keys."""
        pairs = _pair_keys(tokens.ids[:-1], tokens.ids[1:])
        pairs.sort()
        return cls(tokens.ids, tokens.vocabulary.counts, pairs)

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
        out = np.asarray(left_out, dtype=np.float64)
        total = len(self.ids) + len(self.counts) / 2
        word_probability = (np.maximum(self.counts[words] - out, 0.0) + 0.5) / total
        previous = self.ids[np.maximum(positions - 1, 0)]
        keys = _pair_keys(previous, words)
        order = np.argsort(keys)  # a sorted look-up walks the table once instead of jumping about in it
        together = np.empty(len(keys), dtype=np.float64)
        together[order] = np.searchsorted(self.pairs, keys[order], "right") - np.searchsorted(
            self.pairs, keys[order], "left"
        )
        before = np.maximum(self.counts[previous] - out, 0.0)
        probability = (np.maximum(together - out, 0.0) + PRIOR_WEIGHT * word_probability) / (before + PRIOR_WEIGHT)
        unconditional = positions == 0 if first is None else first | (positions == 0)
        return -np.log2(np.minimum(np.where(unconditional, word_probability, probability), 1.0)).astype(np.float32)


def _pair_keys(previous: NDArray[np.int32], words: NDArray[np.int32]) -> NDArray[np.uint64]:
    return (previous.astype(np.uint64) << np.uint64(32)) | words.astype(np.uint64)
