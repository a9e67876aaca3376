"""Clusters: all passages that carry the same text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from reuse.align.matches import Matches
from reuse.arrays.keys import differs
from reuse.arrays.spans import NO_STRETCHES
from reuse.clusters.carried import CarriedWords
from reuse.clusters.digests import digested
from reuse.clusters.first_places import texts_carried
from reuse.clusters.heads import Texts, head_of_each
from reuse.clusters.joined import joined_groups
from reuse.clusters.lots import lots_of
from reuse.corpus.tokens import Tokens
from reuse.index.shingles import complete, shingle_hashes
from reuse.options import ClusterOptions
from reuse.work.workers import ALONE, Workers

_NO_DOCUMENTS = np.zeros(0, dtype=np.int64)
_OPENING = 4  # words of a text that are hashed
_LINES = np.array([0, 0, 1])  # the two passages of a match are compared with all passages, first places with their like


@dataclass(frozen=True, slots=True)
class Clusters:
    """Passages grouped by the text that they carry.

    Attributes:
        of_match: int32 (matches,): cluster of each match, numbered from 0; of the first of its texts, if it has more.
        cluster: int32 (passages,): cluster of each passage; passages are sorted by (cluster, start).
        start, end: int64 (passages,): token positions of each passage; overlapping passages of a cluster are one.
        of_whole: int32: cluster of each whole text that was named.
        digested: int64 (stretches, 2): what shorter passages say of longer ones (see `clusters.digests`).
        lots: int64 (matches and, behind them, whole texts,): which of them have to do with each other (see
            `clusters.lots`); empty where nobody asks.
    """

    of_match: NDArray[np.int32]
    cluster: NDArray[np.int32]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    of_whole: NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, dtype=np.int32))
    digested: NDArray[np.int64] = field(default_factory=lambda: NO_STRETCHES)
    lots: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def moved(self, shift: Callable[[NDArray[np.int64]], NDArray[np.int64]]) -> Clusters:
        """The same further on by so many tokens as `shift` tells (int64) of each place at which something begins."""
        own, said = shift(self.start), shift(self.digested[:, 0])
        return replace(self, start=self.start + own, end=self.end + own, digested=self.digested + said[:, None])


def find_clusters(
    matches: Matches,
    tokens: Tokens,
    options: ClusterOptions,
    whole: NDArray[np.int64] = _NO_DOCUMENTS,
    workers: Workers = ALONE,
) -> Clusters:
    """Group passages by the text that they carry.

    The two passages of a match carry the same text. Those of two matches do where they have most of the longer in
    common, in a document or where their texts stand first (see `first_places`); each match of a cluster has so much in
    common with the longest one, the cluster's head, and words too: passages that overlap may carry others of these (see
    `carried`). What no place links to the head, but its words do, is of the cluster as well (see `joined`). A match
    that says one text again and again has as many passages.

    Args:
        matches: All matches, in order of their places.
        tokens: The corpus.
        options: When passages carry one text.
        whole: int64: documents that are a passage from beginning to end, for they have copies.
        workers: Do the work.
    """
    texts, first = texts_carried(matches, tokens, whole, workers)
    bounds = tokens.bounds
    carried = CarriedWords(texts, matches.paths, first, bounds[whole], bounds[whole + 1])
    head = _heads(carried, tokens, options)
    count = len(texts)
    passages = np.concatenate((np.arange(count), np.arange(count + len(whole))))
    start = np.concatenate((texts.b_start, texts.a_start, bounds[whole]))
    end = np.concatenate((texts.b_end, texts.a_end, bounds[whole + 1]))
    # Clusters are numbered by their first passage.
    lowest = np.full(len(head), np.iinfo(np.int64).max)
    np.minimum.at(lowest, head[passages], start)
    heads = np.unique(head)
    number = np.empty(len(head), dtype=np.int32)
    number[heads[np.lexsort((heads, lowest[heads]))]] = np.arange(len(heads), dtype=np.int32)
    of_text = number[head]
    cluster, start, end = _united(of_text[passages], start, end, len(tokens))
    of_match = of_text[:count][differs(texts.match)]
    said = digested(matches, of_match, (cluster, start, end), bounds)
    lots = lots_of(matches, bounds, whole, first)
    return Clusters(of_match, cluster, start, end, of_text[count:], said, lots)


def numbered(
    cluster: NDArray[np.integer], start: NDArray[np.int64], end: NDArray[np.int64]
) -> tuple[NDArray[np.int32], tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.int64]]]:
    """Clusters numbered by their first passages.

    Args:
        cluster: int (passages,): a label of the cluster of each passage.
        start: int64 (passages,): where it begins.
        end: int64 (passages,): and where it ends (half-open).

    Returns:
        int32, one for each label: the number of its cluster, if it has a passage. And the cluster, by this number, the
        start and the end of each passage, sorted so.
    """
    order = np.lexsort((end, start, cluster))
    opens = order[differs(cluster[order])] if len(order) else order
    number = np.zeros(int(cluster.max(initial=-1)) + 1, dtype=np.int32)
    number[cluster[opens[np.argsort(start[opens], kind="stable")]]] = np.arange(len(opens), dtype=np.int32)
    of_passage = number[cluster]
    order = np.lexsort((end, start, of_passage))
    return number, (of_passage[order], start[order], end[order])


def _heads(carried: CarriedWords, tokens: Tokens, options: ClusterOptions) -> NDArray[np.int64]:
    """The head (int64, a row of the texts and, behind them, the whole documents) of each of these: the longest."""
    texts = carried.texts
    spans = [(texts.a_start, texts.a_end), (texts.b_start, texts.b_end), (texts.first, texts.behind)]
    starts = np.stack([np.concatenate((start, carried.start)) for start, _ in spans])
    ends = np.stack([np.concatenate((end, carried.end)) for _, end in spans])
    length = ends - starts
    # What of a text stands elsewhere is no part of where most of it stands first, but of the text.
    length[2, : len(texts)] = np.maximum(length[2, : len(texts)], texts.aligned)
    longest = length[:2].max(axis=0)
    # Of texts of one length the order is that of hashes of their words: it depends on nothing else, and on no place.
    words = _opening(tokens, starts[0])
    order = np.lexsort((starts[1], starts[0], words, -longest))
    head = np.empty(len(order), dtype=np.int64)
    passages = Texts(starts[:2], ends[:2], length[:2], _LINES[:2])
    ranks = np.argsort(order)
    while len(order):
        rank = np.empty(len(order), dtype=np.int64)
        rows = np.sort(order)
        rank[np.searchsorted(rows, order)] = np.arange(len(order))
        places = Texts(starts[:, rows], ends[:, rows], length[:, rows], _LINES)
        head[rows] = rows[head_of_each(places, rank, options)]
        # Passages that overlap but have too few words in common are looked at once more, among themselves.
        joined = rows[head[rows] != rows]
        strange = joined[carried.common(joined, head[joined]) < options.common]
        order = order[np.isin(order, strange)]
    return joined_groups(carried, passages, head, ranks, options)


def _opening(tokens: Tokens, starts: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Hashes of the words from some places on (uint64), _OPENING of them or as many as the document has there."""
    hashes = shingle_hashes(tokens, _OPENING, starts)
    for size in range(_OPENING - 1, 0, -1):
        short = np.flatnonzero(~complete(tokens, size + 1, starts))
        hashes[short] = shingle_hashes(tokens, size, starts[short])
    return hashes


def _united(
    cluster: NDArray[np.int32], start: NDArray[np.int64], end: NDArray[np.int64], tokens: int
) -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.int64]]:
    """Passages sorted by cluster and place, overlapping ones of a cluster as one."""
    order = np.lexsort((end, start, cluster))
    cluster, start, end = cluster[order], start[order], end[order]
    # Lifting each cluster above the one before lets one running maximum serve all.
    lift = cluster.astype(np.int64) * (tokens + 1)
    reach = np.maximum.accumulate(end + lift) if len(end) else end
    opens = differs(cluster)
    opens[1:] |= start[1:] + lift[1:] >= reach[:-1]
    first = np.flatnonzero(opens)
    return cluster[first], start[first], np.maximum.reduceat(end, first) if len(first) else end
