"""How surprising it is that two documents share their words, had neither been copied from the other.

A word after another has the probability that the background model gives it (see `reuse.score.background`). Three
things keep that honest where everything copies everything:

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

from reuse.arrays.hashing import mixed
from reuse.arrays.keys import group_sizes, places_in, with_places
from reuse.arrays.logarithm import log2
from reuse.arrays.ragged import owners_of
from reuse.corpus.tokens import Tokens
from reuse.options import ScoreOptions
from reuse.score.background import Background
from reuse.score.pairs import MOST_WITHIN, EqualPairs
from reuse.score.repeats import says_again
from reuse.work.workers import ALONE, Into, Workers

COPIES = 1
"""Occurrences of each of its words that belong to the second passage of a match, and are left out."""

_NO_WEIGHT = 1e-9
"""Occurrences after which documents without rates of their own outweigh the background: hardly any, but not 0 / 0."""

_SLICE = 1 << 18  # positions looked at at a time, so that temporaries stay in the cache


@dataclass(frozen=True, slots=True)
class Surprise:
    """The background, and counts of words and of pairs of words in each document.

    Attributes:
        background: Of the corpus, in which copied text was counted once.
        bounds: int64 (documents + 1,): where documents begin.
        counted: bool (n,): whether the token was counted: it says nothing again that stands earlier in the corpus.
        counted_here: bool (n,): the same within its document.
        own_counts: uint16 (n,): how often the token's word stands in its document, as counted.
        own_pairs: uint16 (n,): how often it stands there after the same previous token, as counted.
        local_weight: Occurrences in the two documents after which they outweigh the background.
    """

    background: Background
    bounds: NDArray[np.int64]
    counted: NDArray[np.bool_]
    counted_here: NDArray[np.bool_]
    own_counts: NDArray[np.uint16]
    own_pairs: NDArray[np.uint16]
    local_weight: float

    @classmethod
    def of(cls, tokens: Tokens, options: ScoreOptions, workers: Workers = ALONE) -> Surprise:
        """Count a corpus: one sort of n keys, and one of the keys of each document."""
        pairs = EqualPairs.of(tokens, workers)
        counted, counted_here = (
            np.logical_not(again, out=again) for again in says_again(tokens, options.counted_once, workers, pairs=pairs)
        )
        background = Background.of(tokens, workers, counted=counted, weight=options.prior_weight, pairs=pairs)
        return cls._under(background, counted, tokens, counted_here, pairs, options, workers)

    @classmethod
    def under(
        cls,
        background: Background,
        counted: NDArray[np.bool_],
        tokens: Tokens,
        options: ScoreOptions,
        workers: Workers = ALONE,
        *,
        counted_here: NDArray[np.bool_] | None = None,
    ) -> Surprise:
        """Surprise under a background that is known; only what each document says within itself is counted.

        Args:
            background: Of these tokens, or of a corpus that they are of.
            counted: bool (tokens,): which of them it counts.
            tokens: The documents.
            options: How much a document's own rates weigh.
            workers: Do the work.
            counted_here: bool (tokens,): which of them say nothing again within their document; None: it is looked up.
        """
        pairs = EqualPairs.of(tokens, workers)
        if counted_here is None:
            _, again_here = says_again(tokens, options.counted_once, workers, pairs=pairs)
            counted_here = ~again_here
        return cls._under(background, counted, tokens, counted_here, pairs, options, workers)

    @classmethod
    def at_most(cls, background: Background, counted: NDArray[np.bool_], tokens: Tokens) -> Surprise:
        """What words say at most: under a background alone, whatever rates the documents have of their own.

        It costs next to nothing, so that pairs of documents can be told apart from those that it is too little for.
        """
        nothing = np.zeros(len(tokens), dtype=np.uint16)
        return cls(background, tokens.bounds, counted, np.zeros(len(tokens), dtype=bool), nothing, nothing, _NO_WEIGHT)

    @classmethod
    def _under(
        cls,
        background: Background,
        counted: NDArray[np.bool_],
        tokens: Tokens,
        counted_here: NDArray[np.bool_],
        pairs: EqualPairs,
        options: ScoreOptions,
        workers: Workers,
    ) -> Surprise:
        own_counts = _counts_in_documents(tokens, counted_here, workers)
        own_pairs = pairs.counts_within(tokens.document_of_each(workers), counted_here, workers)
        return cls(background, tokens.bounds, counted, counted_here, own_counts, own_pairs, options.local_weight)

    def of_aligned(self, a: NDArray[np.int64], b: NDArray[np.int64], first: NDArray[np.bool_]) -> NDArray[np.float32]:
        """−log2 of how likely it was that the second passage has its word where the first has it, in bits.

        Args:
            a: int64 (m,): positions of the aligned tokens in the one document.
            b: int64 (m,): and in the other.
            first: bool (m,): True where the tokens before them are not aligned, so that the word stands alone.

        Returns:
            float32 (m,), at least 0.
        """
        alone, after = self.alone_and_after(a, b)
        return np.where(first, alone, after)

    def alone_and_after(
        self, a: NDArray[np.int64], b: NDArray[np.int64], turns: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """What `of_aligned` says of the same tokens, each standing alone; and each after the one before it.

        Args:
            a: int64 (m,): positions of the aligned tokens in the one document.
            b: int64 (m,): and in the other.
            turns: bool (m,): where the two documents may be others than at the token before, the first being such a
                place; None: anywhere.
        """
        # What counts once for both stands for the first passage.
        everywhere = self.background.probabilities(a, self.counted[a] & self.counted[b])
        both = self.counted_here[a].astype(np.float32) + self.counted_here[b]
        after, alone = (
            _bits(np.maximum(*pair))
            for pair in zip(everywhere, self._in_documents(a, b, everywhere[1], both, turns), strict=True)
        )
        return alone, after

    def of_copied(self, positions: NDArray[np.int64]) -> NDArray[np.float32]:
        """The same (float32, bits) for tokens that stand once more in a copy of their document that was not counted."""
        everywhere, word = self.background.probabilities(positions)
        own = self.counted_here[positions].astype(np.float32)
        return _bits(np.maximum(everywhere, self._in_documents(positions, positions, word, own)[0]))

    def _in_documents(
        self,
        a: NDArray[np.int64],
        b: NDArray[np.int64],
        word: NDArray[np.float32],
        left_out: NDArray[np.float32],
        turns: NDArray[np.bool_] | None = None,
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Probabilities (float32) of words in the two documents, so many occurrences of each left out.

        After the word before them, and whatever stands before them.
        """
        weight = np.float32(self.local_weight)
        # Finding the document of a token takes longer than all else here, so it is done once for those of one region.
        first = np.arange(len(a)) if turns is None else np.flatnonzero(turns)
        home_a, home_b = (owners_of(self.bounds, side[first]) for side in (a, b))
        sizes = np.diff(self.bounds).astype(np.float32)
        apart = (home_a != home_b).astype(np.float32)
        lengths = sizes[home_a] + apart * sizes[home_b]
        apart, lengths = (np.repeat(column, np.diff(first, append=len(a))) for column in (apart, lengths))

        def others(counts: NDArray[np.uint16], at: NDArray[np.int64], there: NDArray[np.int64]) -> NDArray[np.float32]:
            occurrences = counts[at].astype(np.float32) + apart * counts[there].astype(np.float32)
            rest: NDArray[np.float32] = np.maximum(occurrences - left_out, np.float32(0))
            return rest

        alone = others(self.own_counts, a, b)
        alone += weight * word
        alone /= lengths + weight
        after = others(self.own_pairs, a, b)
        after += weight * alone
        after /= others(self.own_counts, np.maximum(a - 1, 0), np.maximum(b - 1, 0)) + weight
        opens = np.minimum(self.background.pair_counts[a], self.background.pair_counts[b]) < 0
        return np.where(opens, alone, after), alone


def _bits(probability: NDArray[np.float32]) -> NDArray[np.float32]:
    bits: NDArray[np.float32] = -log2(np.minimum(probability, np.float32(1))).astype(np.float32)
    return bits


def _counts_in_documents(tokens: Tokens, counted: NDArray[np.bool_], workers: Workers) -> NDArray[np.uint16]:
    """How often each token's word stands in its document (uint16)."""
    counts: NDArray[np.uint16] = workers.column(len(tokens), np.uint16)
    cuts = np.searchsorted(tokens.bounds, np.arange(0, len(tokens), _SLICE))
    cuts = np.unique(np.append(cuts, tokens.documents)).tolist()
    workers.map(partial(_counts_in, tokens.ids, tokens.bounds, counted), list(pairwise(cuts)), into=Into(counts))
    return counts


def _counts_in(
    ids: NDArray[np.int32], bounds: NDArray[np.int64], counted: NDArray[np.bool_], documents: tuple[int, int]
) -> tuple[slice, NDArray[np.uint16]]:
    """Rows of the tokens of some documents, and how often their words stand in their own."""
    first, last = documents
    rows = slice(int(bounds[first]), int(bounds[last]))
    document = np.repeat(np.arange(last - first, dtype=np.uint64), np.diff(bounds[first : last + 1]))
    document <<= np.uint64(32)
    document |= ids[rows].astype(np.uint64)
    return rows, _count_equal(mixed(document), counted[rows])


def _count_equal(hashes: NDArray[np.uint64], counted: NDArray[np.bool_]) -> NDArray[np.uint16]:
    """How often each hash stands among those that are counted (uint16, at most MOST_WITHIN); they are used up."""
    bits = len(hashes).bit_length()
    keys = with_places(hashes, np.arange(len(hashes)), bits)
    keys.sort()
    places = places_in(keys, bits).view(np.int64)
    sizes = group_sizes(keys, bits)
    counts = np.zeros(len(hashes), dtype=np.uint16)
    if len(places):
        found = np.add.reduceat(counted[places], np.cumsum(sizes) - sizes, dtype=np.int64)
        counts[places] = np.repeat(np.minimum(found, MOST_WITHIN), sizes)
    return counts
