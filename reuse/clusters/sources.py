"""Sources: of each passage the one that it most likely was taken from.

Of the passages of a cluster that surely are earlier it is the one nearest in wording, for who copies copies the changes
of the text before him, too; of several as near, the latest before it. Where dates do not decide, it is not known.

How sure that is: under a model in which each word that differs makes a witness less likely by the same factor, the
share of the named witness in the likelihood of all. Copies of one text are one witness.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.components import connected_components
from reuse.arrays.keys import differs
from reuse.arrays.records import FlatColumns
from reuse.calendar import Dates
from reuse.clusters.clusters import Clusters
from reuse.clusters.heads import is_same
from reuse.clusters.holders import NOBODY, Holders
from reuse.clusters.kindred import Asked, kindred
from reuse.clusters.wordings import Comparison, Wordings, find_wordings
from reuse.corpus.tokens import Tokens
from reuse.index.shingles import shingle_hashes
from reuse.options import ClusterOptions, ScanOptions, SourceOptions

_OPENING = 8  # words of a document that tell it from others of its date
_NEIGHBOURS = 3  # passages in order of begin that each is compared with, to see which stand in one place


@dataclass(frozen=True, slots=True)
class Sources(FlatColumns):
    """Whence each passage was taken.

    Attributes:
        document: int64 (passages,): the document, -1: none, or not known.
        start, end: int64 (passages,): where it stands there, in token positions; 0 where there is none.
        similarity: float64 (passages,): share of the words of both that agree, in order; NaN where there is none.
        confidence: float64 (passages,): how likely it is this witness and no other one; NaN where there is none.
    """

    document: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    similarity: NDArray[np.float64]
    confidence: NDArray[np.float64]


def find_sources(
    clusters: Clusters,
    tokens: Tokens,
    dates: Dates,
    text_of: NDArray[np.int64],
    preferred: NDArray[np.int64],
    group: NDArray[np.int32] | None,
    options: ScanOptions,
) -> Sources:
    """Name the source of each passage.

    Args:
        clusters: The passages.
        tokens: The corpus, in which words that readers take for the same have one hash.
        dates: Of the documents.
        text_of: int64 (documents,): number of the text that each is a copy of.
        preferred: int64 (documents,): a permutation; of copies of one date the first is named.
        group: int32 (documents,): documents of one group are not compared; None: all are.
        options: When passages carry one text, and how they are compared.
    """
    document, text = tokens.document_of(clusters.start), _texts(clusters, options.clusters)
    first, last = _ranks(dates, document)
    earliest = np.full(len(document), np.iinfo(np.int64).max)
    np.minimum.at(earliest, text, last)
    datable = np.flatnonzero(earliest[text] < first)
    if not len(datable):
        return _unknown(len(document))
    of_group = np.full(len(document), -1, dtype=np.int32) if group is None else group[document]
    wordings, wording = find_wordings(text, (clusters.start, clusters.end), of_group, tokens)
    witness = text_of[document]
    # Of two passages that are as near the one of the later date, then in the document that begins with words of less
    # hash: that depends on nothing but what it says.
    begins = shingle_hashes(tokens, _OPENING, tokens.bounds[:-1][document])
    place = np.empty(len(document), dtype=np.int64)
    place[np.lexsort((-clusters.start, -preferred[document], begins, last))] = np.arange(len(document))
    of_cluster = clusters.cluster.astype(np.int64)
    holders = Holders.of(wording, place, (first, last), witness, of_cluster)
    asked, number = _asked(Asked(*(column[datable] for column in (wording, witness, of_cluster, first, last))))
    found = _named(asked, wordings, holders, tokens, options.sources)
    known = found.passage[number] >= 0
    rows, answer = datable[known], number[known]
    source = found.passage[answer]
    sources = _unknown(len(document))
    sources.document[rows] = document[source]
    sources.start[rows] = clusters.start[source] + found.start[answer]
    sources.end[rows] = clusters.start[source] + found.end[answer]
    sources.similarity[rows], sources.confidence[rows] = found.similarity[answer], found.confidence[answer]
    return sources


def _unknown(passages: int) -> Sources:
    nowhere = np.full((2, passages), np.nan)
    return Sources(np.full(passages, NOBODY), *np.zeros((2, passages), dtype=np.int64), *nowhere)


def _texts(clusters: Clusters, options: ClusterOptions) -> NDArray[np.int64]:
    """Number of the text of each passage (int64): clusters that have passages in one place are of one text."""
    order = np.lexsort((clusters.end, clusters.start))
    start, end, cluster = clusters.start[order], clusters.end[order], clusters.cluster[order].astype(np.int64)
    ends: list[NDArray[np.int64]] = []
    for distance in range(1, _NEIGHBOURS + 1):
        shared = np.minimum(end[:-distance], end[distance:]) - start[distance:]
        same = is_same(shared, (end - start)[:-distance], (end - start)[distance:], options)
        ends.append(np.stack((cluster[:-distance][same], cluster[distance:][same])))
    one, other = np.concatenate(ends, axis=1)
    return connected_components(int(cluster.max(initial=-1)) + 1, one, other)[clusters.cluster]


def _ranks(dates: Dates, document: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First and last day of the date of each passage, by their rank among all days (int64 each)."""
    _, rank = np.unique(np.concatenate((dates.earliest[document], dates.latest[document])), return_inverse=True)
    return rank[: len(document)], rank[len(document) :]


def _asked(passages: Asked) -> tuple[Asked, NDArray[np.int64]]:
    """What is looked for, once for all passages that ask for the same; and the row of each passage (int64)."""
    columns = (passages.wording, passages.witness, passages.cluster, passages.first, passages.last)
    order = np.lexsort(columns[::-1])
    opens = differs(*(column[order] for column in columns))
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.cumsum(opens) - 1
    return passages.take(order[opens]), number


@dataclass(frozen=True, slots=True)
class _Compared(FlatColumns):
    """Wordings that may be the source of what is asked for, or rivals of it.

    Attributes:
        row: int64 (n,), ascending: the row that is asked for.
        wording: int64 (n,): the other wording.
        latest: int64 (n,): the last passage that surely is earlier and has it; -1: there is none.
        differ: int64 (n,): words that differ.
        start, end: int64 (n,): the nearest stretch of the other wording, counted from its first word.
    """

    row: NDArray[np.int64]
    wording: NDArray[np.int64]
    latest: NDArray[np.int64]
    differ: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]


def _compared(asked: Asked, wordings: Wordings, holders: Holders, tokens: Tokens, options: SourceOptions) -> _Compared:
    """The wordings that carry the text of each row and that an earlier passage has, or one of unknown order."""
    rows, others = kindred(asked, wordings, holders.by_day(), holders.by_cluster(), tokens, options.compared)
    latest = holders.before(others, asked.first[rows])
    unsure = holders.count_until(others, asked.last[rows]) - holders.count_before(others, asked.first[rows])
    kept = (latest >= 0) | (unsure > 0)
    rows, others, latest = rows[kept], others[kept], latest[kept]
    own, compare = asked.wording[rows], Comparison(wordings, tokens)
    shared = compare.shared(own, others)
    share = shared / np.minimum(compare.length[own], compare.length[others])
    beside = holders.in_cluster(others, asked.cluster[rows])
    kept = (shared >= options.carries * compare.length[own]) | (beside & (share >= options.shared))
    rows, others, latest, own, shared = (column[kept] for column in (rows, others, latest, own, shared))
    return _Compared(
        rows, others, latest, *_distances(own, others, shared, rows, latest >= 0, compare, options.looked_at)
    )


@dataclass(frozen=True, slots=True)
class _Named(FlatColumns):
    """The passage that is the source of each row that was asked for.

    Attributes:
        passage: int64 (asked,): the passage; -1: there is none.
        start, end: int64 (asked,): which of its words, counted from its first.
        similarity: float64 (asked,): as in `Sources`.
        confidence: float64 (asked,): as in `Sources`.
    """

    passage: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    similarity: NDArray[np.float64]
    confidence: NDArray[np.float64]


def _named(asked: Asked, wordings: Wordings, holders: Holders, tokens: Tokens, options: SourceOptions) -> _Named:
    """Name the nearest, then the latest passage for each row that is asked for."""
    compared, count = _compared(asked, wordings, holders, tokens, options), len(asked)
    order = np.lexsort((-holders.place[compared.latest], compared.differ, compared.latest < 0, compared.row))
    order = order[differs(compared.row[order])]
    best = compared.take(order[compared.latest[order] >= 0])
    passage, differ = np.full(count, NOBODY), np.full(count, np.iinfo(np.int64).max)
    start, end, similarity = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64), np.zeros(count)
    passage[best.row], differ[best.row] = best.latest, best.differ
    start[best.row], end[best.row] = best.start, best.end
    similarity[best.row] = 1 - best.differ / (wordings.length[asked.wording[best.row]] + best.end - best.start)
    confidence = _confidence(asked, compared, passage, differ, holders, options)
    return _Named(passage, start, end, similarity, confidence)


def _confidence(
    asked: Asked,
    compared: _Compared,
    passage: NDArray[np.int64],
    least: NDArray[np.int64],
    holders: Holders,
    options: SourceOptions,
) -> NDArray[np.float64]:
    """How likely each passage that is named is the source, given the words in which it differs (float64, asked)."""
    rows, others, count = compared.row, compared.wording, len(asked)
    first, witness = asked.first[rows], asked.witness[rows]
    earlier = holders.count_before(others, first)
    rivals = earlier - holders.has(others, holders.witness_of[passage[rows]], first)
    farther = np.clip(compared.differ - least[rows], 0, options.far).astype(np.float64)
    among_earlier = 1 / (1 + np.bincount(rows, rivals * options.word**farther, minlength=count))
    # Of witnesses as near whose order is unknown each may be the first as well; a witness is not earlier than itself.
    itself = holders.may_have(others, witness, asked.last[rows]) & ~holders.has(others, witness, first)
    unsure = holders.count_until(others, asked.last[rows]) - earlier - itself
    return among_earlier / (1 + np.bincount(rows, unsure * (compared.differ <= least[rows]), minlength=count))


def _distances(
    own: NDArray[np.int64],
    others: NDArray[np.int64],
    shared: NDArray[np.int64],
    rows: NDArray[np.int64],
    earlier: NDArray[np.bool_],
    compare: Comparison,
    most: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Words that differ in each pair of wordings, and the nearest stretch of the other one (int64 each).

    Of the earlier ones, `most` that may be nearest are compared with each stretch of the other; of the rest, all of it
    counts.
    """
    lacking = compare.length[own] - shared  # at least so many differ from any stretch of the other
    start, end = np.zeros_like(others), compare.length[others].copy()
    differ = lacking + end - shared
    order = np.lexsort((others, lacking + differ, ~earlier, rows))
    nth = np.arange(len(rows)) - np.searchsorted(rows, rows)
    chosen = order[nth < most]
    # What must differ in more words than another does at most, is not nearest.
    least = np.full(int(rows.max(initial=-1)) + 1, np.iinfo(np.int64).max)
    np.minimum.at(least, rows[earlier], differ[earlier])
    near = chosen[(differ[chosen] > lacking[chosen]) & (lacking[chosen] <= least[rows[chosen]])]
    pairs, number = np.unique(own[near] * len(compare.length) + others[near], return_inverse=True)
    nearer = compare.nearness(pairs // len(compare.length), pairs % len(compare.length))
    differ[near], start[near], end[near] = nearer.differ[number], nearer.start[number], nearer.end[number]
    return differ, start, end
