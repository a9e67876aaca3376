"""A plain recomputation of what a match can say at most: the surprise of its aligned words, in bits.

The bound is generous on purpose, for a detector may estimate probabilities otherwise: of the words that the two sides
have in common and in line, the heaviest common subsequence counts, each word with its surprise as the first or after
the word before it, whichever is more; stretches that were copied count once in the corpus, and one occurrence of each
word is left out.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

STRETCH = 12
"""Tokens in a row that count once however often they stand in the corpus."""

PRIOR = 1.0
"""Occurrences of a pair that outweigh the word's overall frequency: fewer give more surprise."""

LONGEST = 6000
"""Words of a side up to which words in line are looked for; of longer ones all common words count."""


class Surprise:
    """Surprise of every token of a corpus, and of passages that are aligned."""

    def __init__(self, ids: NDArray[np.int32], bounds: NDArray[np.int64]) -> None:
        self.ids = ids.astype(np.int64)
        starts = np.zeros(len(ids), dtype=bool)
        starts[bounds[:-1][bounds[:-1] < len(ids)]] = True
        self.bits = np.maximum(*_surprise(self.ids, starts, ~repeated(self.ids, bounds)))

    def bound(self, span: Sequence[int], *, in_line: bool = True) -> float:
        """Most bits that a match of two spans (a_start, a_end, b_start, b_end, token positions) can have.

        Args:
            span: Of the match.
            in_line: Whether the aligned words stand in the same order on both sides.
        """
        a, b = slice(*span[:2]), slice(*span[2:])
        if in_line and max(a.stop - a.start, b.stop - b.start) <= LONGEST:
            return heaviest(self.ids[a], self.ids[b], self.bits[a], self.bits[b])
        return _common(self.ids[a], self.ids[b], self.bits[a], self.bits[b])


def repeated(ids: NDArray[np.int64], bounds: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which tokens, bool (tokens,), lie in a stretch of STRETCH tokens that the corpus had before."""
    count = len(ids) - STRETCH + 1
    covered = np.zeros(len(ids) + 1, dtype=np.int64)
    if count > 0:
        hashes = np.zeros(count, dtype=np.uint64)
        for at in range(STRETCH):
            hashes = hashes * np.uint64(0x9E3779B97F4A7C15) + ids[at : at + count].astype(np.uint64) + np.uint64(1)
            hashes ^= hashes >> np.uint64(29)
        whole = np.ones(count, dtype=bool)
        for bound in bounds[1:-1].tolist():  # no stretch reaches from one document into the next
            whole[max(bound - STRETCH + 1, 0) : bound] = False
        places = np.flatnonzero(whole)
        _, first = np.unique(hashes[places], return_index=True)
        again = np.ones(len(places), dtype=bool)
        again[first] = False
        np.add.at(covered, places[again], 1)
        np.add.at(covered, places[again] + STRETCH, -1)
    return np.cumsum(covered)[:-1] > 0


def _surprise(
    ids: NDArray[np.int64], starts: NDArray[np.bool_], counted: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """−log2 of p(word) and of p(word after the one before it), of every token: two float64 (tokens,)."""
    words = int(ids.max()) + 1 if len(ids) else 1
    counts = np.bincount(ids[counted], minlength=words)
    total = counts.sum() + words / 2
    alone = (np.maximum(counts - 1, 0) + 0.5)[ids] / total
    before = np.concatenate(([0], ids[:-1]))
    keys = np.where(starts, -1, before * words + ids)
    _, kind, inverse = np.unique(keys, return_index=True, return_inverse=True)
    pairs = np.bincount(inverse[counted & ~starts], minlength=len(kind))[inverse]
    followed = (np.maximum(pairs - 1, 0) + PRIOR * alone) / (np.maximum(counts[before] - 1, 0) + PRIOR)
    followed = np.where(starts, alone, followed)
    return -np.log2(alone), -np.log2(np.minimum(followed, 1.0))


def heaviest(
    a: NDArray[np.int64], b: NDArray[np.int64], a_bits: NDArray[np.float64], b_bits: NDArray[np.float64]
) -> float:
    """Weight of the heaviest common subsequence; a pair of equal words weighs what the more surprising of them does."""
    best = np.zeros(len(b) + 1)
    for word, bits in zip(a.tolist(), a_bits.tolist(), strict=True):
        longer = np.maximum(best[1:], np.where(b == word, best[:-1] + np.maximum(bits, b_bits), 0.0))
        best[1:] = np.maximum.accumulate(longer)
    return float(best[-1])


def _common(
    a: NDArray[np.int64], b: NDArray[np.int64], a_bits: NDArray[np.float64], b_bits: NDArray[np.float64]
) -> float:
    """Weight of the words that both sides have, in whatever order: the most surprising occurrences of each."""
    words = np.concatenate((a, b))
    _, inverse = np.unique(words, return_inverse=True)
    kinds = int(inverse.max()) + 1 if len(inverse) else 0
    most = np.zeros(kinds)
    np.maximum.at(most, inverse, np.concatenate((a_bits, b_bits)))
    times = [np.bincount(part, minlength=kinds) for part in (inverse[: len(a)], inverse[len(a) :])]
    return float((np.minimum(*times) * most).sum())
