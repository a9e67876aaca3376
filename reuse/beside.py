"""Texts beside a run: where they may share passages with it, without a scan of the run.

The texts' shingles are looked up among those that the run keeps, and chained as in a scan.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.align.align import around, least_chain_bits
from reuse.align.chains import chain
from reuse.align.rectangles import Regions
from reuse.arrays.ragged import bounds_of, owners_of, spread
from reuse.corpus.tokens import Tokens
from reuse.index.seeds import Anchors
from reuse.options import ScanOptions
from reuse.run.query_index import QueryIndex
from reuse.run.run import Run
from reuse.score.background import Background
from reuse.score.pairs import PairTable
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
        tokens = run.tokens.by_class()
        by_class = run.once("words by class", lambda: np.argsort(tokens.vocabulary.hashes))
        return cls(QueryIndex.load(run), tokens, run.options, by_class)

    def counts_of(self, classes: NDArray[np.uint64]) -> NDArray[np.int64]:
        """How often words of these classes were counted (int64)."""
        rows, found = self._found(classes)
        counts = np.zeros(len(classes), dtype=np.int64)
        counts[rows] = self.index.words[found]
        return counts

    def words_of(self, classes: NDArray[np.uint64]) -> NDArray[np.int64]:
        """The number of the first word of each class (int64); -1 where the run has none."""
        rows, found = self._found(classes)
        words = np.full(len(classes), -1)
        words[rows] = self.tokens.vocabulary.heads()[found]
        return words

    def _found(self, classes: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Which of these classes the run has words of (int64, rows), and one word of each (int64)."""
        known, order = self.tokens.vocabulary.hashes, self.by_class
        at = np.searchsorted(known, classes, sorter=order)
        rows = np.flatnonzero(at < len(order))
        found = order[at[rows]]
        same = known[found] == classes[rows]
        return rows[same], found[same]

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


def all_pair_counts(
    words: NDArray[np.integer],
    bounds: NDArray[np.int64],
    of_documents: NDArray[np.int64],
    heads: NDArray[np.int32],
    index: QueryIndex,
    table: PairTable,
) -> NDArray[np.int64]:
    """How often each word of a text was counted after the word before it (int64): where the pair stands last says it.

    Args:
        words: int (tokens,): number of each word of the text, that of the first word of its class; -1: the run has
            not got it.
        bounds: int64 (documents + 1,): where the documents of the text begin.
        of_documents: int64 (documents + 1,): where those of the run begin.
        heads: int32 (words,): the first word of the class of each of its words.
        index: What the run keeps.
        table: Its pairs of words.
    """
    second = np.ones(len(words), dtype=bool)
    second[bounds[:-1][bounds[:-1] < len(words)]] = False
    behind = np.flatnonzero(second)
    behind = behind[(words[behind] >= 0) & (words[behind - 1] >= 0)]
    keys = words[behind - 1].astype(np.int64) << 32 | words[behind]
    distinct, number = np.unique(keys, return_inverse=True)
    counted = np.zeros(len(distinct), dtype=np.int64)
    row, first, second = _spelled(distinct >> 32, distinct & 0xFFFFFFFF, heads)
    places = table.places_of(first, second)
    row, places = row[places > 0], places[places > 0]
    document = owners_of(of_documents, places)
    places += (of_documents[index.text_of()] - of_documents[:-1])[document]  # of copies the first one tells
    np.maximum.at(counted, row, index.pairs[places])
    pairs = np.zeros(len(words), dtype=np.int64)
    pairs[behind] = counted[number]
    return pairs


def _spelled(
    first: NDArray[np.int64], second: NDArray[np.int64], heads: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of words, each of any in its class, as pairs of all of them: their rows, the first and the second words.

    Args:
        first: int64 (pairs,): the first word of the class of each first word.
        second: int64 (pairs,): and that of each second word.
        heads: int32 (words,): the first word of the class of each word.
    """
    by_class = np.argsort(heads, kind="stable")
    bounds = bounds_of(np.bincount(heads, minlength=len(heads)))
    sizes = np.diff(bounds)
    row, nth = spread(sizes[first] * sizes[second])
    one, other = np.divmod(nth, sizes[second][row])
    return row, by_class[bounds[first][row] + one], by_class[bounds[second][row] + other]


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


def with_own(counts: NDArray[np.int64], pairs: NDArray[np.integer], own: Background, total: int) -> Background:
    """The background of new texts, and of old ones beside them: what the run counts and, on top, what the new ones do.

    Args:
        counts: int64 (words,): how often the run counts each word.
        pairs: int (tokens,): how often it counts each token's word after the word before it.
        own: What the new texts count, for the same tokens.
        total: Tokens that both count.
    """
    counted = np.where(own.pair_counts < 0, -1, own.pair_counts + pairs).astype(np.int32)
    return Background(own.ids, counts + own.counts, counted, total, own.weight)


def behind_documents(regions: Regions, inside: NDArray[np.bool_], shift: NDArray[np.int64], behind: int) -> Regions:
    """Regions of texts before a corpus as those of texts behind some of its documents, a before b.

    Args:
        regions: a in a text, b in a text or in the corpus.
        inside: bool: b is in a text.
        shift: int64: how much further on b stands, of those in the corpus.
        behind: Tokens of the documents before the texts.
    """
    among, across = regions.take(inside), regions.take(~inside)
    return Regions.concatenate(
        Regions(among.a_start + behind, among.a_end + behind, among.b_start + behind, among.b_end + behind),
        Regions(across.b_start + shift, across.b_end + shift, across.a_start + behind, across.a_end + behind),
    )
