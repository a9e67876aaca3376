"""Texts beside a run: where they may share passages with it, without a scan of the run.

The texts' shingles are looked up among those that the run keeps, and chained as in a scan.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from reuse.align.align import around, least_chain_bits
from reuse.align.chains import chain
from reuse.align.rectangles import Regions
from reuse.corpus.tokens import Tokens
from reuse.index.seeds import Anchors
from reuse.options import ScanOptions
from reuse.run.query_index import QueryIndex
from reuse.run.run import Run
from reuse.score.background import Background
from reuse.score.significance import Floor
from reuse.work.workers import ALONE, Workers


@dataclass(frozen=True, slots=True)
class Corpus:
    """A run as texts are compared with it.

    Attributes:
        index: What it keeps for that.
        tokens: Its tokens, the hash of a word being that of its class.
        options: What the scan was told.
        by_class: int64 (words,): its words in the order of these hashes.
    """

    index: QueryIndex
    tokens: Tokens
    options: ScanOptions
    by_class: NDArray[np.int64]

    @classmethod
    def of(cls, run: Run) -> Corpus:
        """That of a stored run.

        Raises:
            RunError: It keeps no index.
        """
        tokens = run.tokens
        known = replace(tokens.vocabulary, hashes=tokens.vocabulary.classes)
        by_class = run.once("words by class", lambda: np.argsort(known.hashes))
        return cls(QueryIndex.load(run), replace(tokens, vocabulary=known), run.options, by_class)

    def counts_of(self, classes: NDArray[np.uint64]) -> NDArray[np.int64]:
        """How often words of these classes were counted (int64)."""
        known, order = self.tokens.vocabulary.hashes, self.by_class
        if not len(order):
            return np.zeros(len(classes), dtype=np.int64)
        found = order[np.minimum(np.searchsorted(known, classes, sorter=order), len(order) - 1)]
        return np.where(known[found] == classes, self.index.words[found], 0)

    def background(self, ids: NDArray[np.int32], counts: NDArray[np.int64], pairs: NDArray[np.int32]) -> Background:
        """The run's background for some tokens; their words weigh as those of the whole vocabulary."""
        total = self.index.total + (len(self.index.words) - len(counts)) // 2
        return Background(ids, counts, pairs, total, self.options.score.prior_weight)


def pair_counts(text: Tokens, anchors: Sequence[Anchors], index: QueryIndex) -> NDArray[np.int32]:
    """How often each word of a text was counted after the word before it, as far as shared shingles tell (int32).

    Args:
        text: The text.
        anchors: Shingles that it shares with the run, as `reuse.index.places.anchors_with` gives them.
        index: What the run keeps.
    """
    pairs = np.zeros(len(text), dtype=np.int32)
    for part in anchors:
        for offset in range(1, part.size):
            pairs[part.a + offset] = index.pairs[part.b - len(text) + offset]
    opens = text.bounds[:-1]
    pairs[opens[opens < len(text)]] = -1
    return pairs


def regions_beside(
    text: Tokens,
    corpus: Tokens,
    anchors: Sequence[Anchors],
    background: Background,
    floor: Floor,
    options: ScanOptions,
    *,
    left_out: int = 0,
    workers: Workers = ALONE,
) -> Regions:
    """Where a text may share passages with a corpus, as if it stood before the corpus.

    Args:
        text: The text.
        corpus: The corpus.
        anchors: Shared shingles, `a` in the text; `b` in the corpus and as many tokens on as the text has, or behind
            `a` in the text.
        background: For the text.
        floor: Bits from which on a match is kept.
        options: How far anchors of a chain may be apart.
        left_out: Occurrences of each word of the text that the background counts.
        workers: Do the work.
    """
    bounds = np.concatenate((text.bounds[:-1], corpus.bounds + len(text)))
    chains = chain(
        anchors,
        bounds,
        background.cumulative_bits(left_out, workers),
        gap=options.align.chain_gap,
        inner_gap=options.align.gap,
        slack=options.align.slack,
        least_bits=least_chain_bits(floor, options.align),
        workers=workers,
    )
    return around(chains, bounds, options.align.widening)
