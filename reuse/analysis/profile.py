"""Profiles: how much of a document or group is recycled and how much is fresh, and whom it draws on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.analysis.resampling import bootstrap_shares, expected_types
from reuse.analysis.spans import covered, union_lengths
from reuse.arrays.keys import differs
from reuse.arrays.ragged import bounds_of, spread
from reuse.corpus.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Witnesses:
    """Passages that carry the same text, as the columns of `reuse.clusters.clusters`.

    Attributes:
        cluster: int64 (passages,): cluster of each passage.
        document: int64 (passages,): its document.
        start, end: int64 (passages,): its token positions, half-open.
    """

    cluster: NDArray[np.int64]
    document: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Profiles:
    """One row a group.

    Attributes:
        documents, words: int64 (groups,): what the group holds.
        recycled: float64 (groups,): share of its words in passages that a document of an earlier date has; NaN where
            no document of the group has a dated document before it.
        recycled_low, recycled_high: float64 (groups,): 95 % bootstrap interval of that share.
        recycled_rarefied: float64 (groups,): the share to be expected had each of its documents only `budget` words
            of earlier documents to draw on; NaN where it has fewer.
        repeated: float64 (groups,): share of its words in passages that the same document has before.
        shared: float64 (groups,): share of its words in passages that any other document has, whatever the dates.
        fresh: float64 (groups,): share of its words in none of the passages that count as recycled or repeated; where
            dates are missing, in none that another document has either.
        formulaic: float64 (groups,): share of its words in formulas.
        formulas: int64 (groups,): distinct formulas.
        formulas_rarefied: float64 (groups,): distinct formulas to be expected in `stretch` words; NaN in shorter ones.
        own: float64 (groups,): share of its words in passages that an earlier document of the same group has (part of
            `recycled`; 0 where each group is one document).
        source: int64 (groups,): the earlier document outside of the group that it has most words in matches with, not
            counting text that more than TELLING documents have; -1: none.
        source_words: int64 (groups,): how many words those are.
        budget, stretch: Words that the rarefied columns stand for.
    """

    documents: NDArray[np.int64]
    words: NDArray[np.int64]
    recycled: NDArray[np.float64]
    recycled_low: NDArray[np.float64]
    recycled_high: NDArray[np.float64]
    recycled_rarefied: NDArray[np.float64]
    repeated: NDArray[np.float64]
    own: NDArray[np.float64]
    shared: NDArray[np.float64]
    fresh: NDArray[np.float64]
    formulaic: NDArray[np.float64]
    formulas: NDArray[np.int64]
    formulas_rarefied: NDArray[np.float64]
    source: NDArray[np.int64]
    source_words: NDArray[np.int64]
    budget: int
    stretch: int

    def __len__(self) -> int:
        return len(self.words)


STRETCH = 1000
"""Words to which the number of formulas is brought down, unless the shortest group has fewer."""

TELLING = 20
"""Text that more documents have is common property: it does not tell on whom one of them draws."""


@dataclass(frozen=True, slots=True)
class Origins:
    """Where each passage comes from.

    Attributes:
        shared: bool (passages,): another document has the text.
        recycled: bool (passages,): a document of an earlier date has it.
        repeated: bool (passages,): the same document has it before.
        earlier: int64 (passages,): how many documents of earlier dates have it.
        witnesses: int64 (passages,): how many documents have it.
    """

    shared: NDArray[np.bool_]
    recycled: NDArray[np.bool_]
    repeated: NDArray[np.bool_]
    earlier: NDArray[np.int64]
    witnesses: NDArray[np.int64]


def origins(passages: Witnesses, first_day: NDArray[np.int64], last_day: NDArray[np.int64]) -> Origins:
    """Tell the origin of each passage from the dates, as far as they are known.

    Args:
        passages: Sorted by cluster, then start.
        first_day: int64 (documents,): the first day that a document's date can mean (see `calendar.Dates`).
        last_day: int64 (documents,): the last day.
    """
    count = len(passages.cluster)
    if not count:
        nothing, none = np.zeros(0, dtype=bool), np.zeros(0, dtype=np.int64)
        return Origins(nothing, nothing, nothing, none, none)
    cluster, document = passages.cluster, passages.document
    begins = differs(cluster, document)
    groups = int(cluster.max()) + 1
    witnesses = np.bincount(cluster[begins], minlength=groups)
    # One row a cluster and document, by the last day that the date can mean: the earlier ones stand first.
    one = np.flatnonzero(begins)
    days = last_day[document[one]]
    order = np.lexsort((days, cluster[one]))
    where, when = cluster[one][order], days[order]
    bounds = bounds_of(witnesses)
    ranks, rank = np.unique(np.concatenate([when, first_day[document]]), return_inverse=True)
    width = len(ranks) + 1
    before = np.searchsorted(where * width + rank[: len(when)], cluster * width + rank[len(when) :], side="left")
    earlier = before - bounds[cluster]
    many = witnesses[cluster]
    return Origins(many > 1, earlier > 0, ~begins, earlier, many)


def profiles(
    tokens: Tokens,
    passages: Witnesses,
    matches: tuple[NDArray[np.int64], NDArray[np.int64]],
    dates: tuple[NDArray[np.int64], NDArray[np.int64]],
    formulas: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]],
    groups: NDArray[np.int64],
) -> Profiles:
    """Profile groups of documents (or documents, each a group of its own).

    Args:
        tokens: The corpus.
        passages: Its passages, sorted by cluster, then start.
        matches: int64 (matches, 4): a_start, a_end, b_start, b_end as token positions; int64 (matches,): the cluster of
            each.
        dates: First and last day that each document's date can mean.
        formulas: Positions, bounds and lengths of its formulas, as in `Formulas`.
        groups: int64 (documents,): group of each document, from 0; -1: left out.

    Cost: linear in tokens, passages, matches and occurrences.
    """
    count = int(groups.max(initial=-1)) + 1
    length = len(tokens)
    from_where = origins(passages, *dates)
    owner = np.where(groups >= 0, groups, count)  # what is left out is gathered behind the last group
    token_owner = owner[tokens.document_of_each()]
    words = np.bincount(owner, np.diff(tokens.bounds), minlength=count + 1)[:count].astype(np.int64)

    def share(marked: NDArray[np.bool_]) -> NDArray[np.float64]:
        of_document = np.diff(bounds_of(marked.view(np.int8))[tokens.bounds])
        return np.bincount(owner, of_document, minlength=count + 1)[:count] / np.maximum(words, 1)

    def spans(rows: NDArray[np.bool_]) -> NDArray[np.bool_]:
        return covered(length, passages.start[rows], passages.end[rows])

    recycled, repeated, shared = (spans(rows) for rows in (from_where.recycled, from_where.repeated, from_where.shared))
    own = spans(_from_own_group(passages, from_where, owner, dates))
    available = _earlier_words(tokens, *dates)
    datable = np.bincount(owner[available > 0], minlength=count + 1)[:count] > 0
    undated = (dates[0] == np.iinfo(np.int64).min)[tokens.document_of_each()]
    low, high = bootstrap_shares(recycled, tokens.bounds, groups)
    budget = int(np.quantile(available[available > 0], 0.25)) if (available > 0).any() else 0
    positions, bounds, lengths = formulas
    which = np.repeat(np.arange(len(lengths)), np.diff(bounds))
    formulaic = covered(length, positions, positions + lengths[which])
    pairs, tf = np.unique(token_owner[positions] * max(len(lengths), 1) + which, return_counts=True)
    formula_owner = pairs // max(len(lengths), 1)
    inside = formula_owner < count
    stretch = int(min(STRETCH, words[words > 0].min(initial=STRETCH)))
    enough = ((available >= budget) & (available > 0))[tokens.document_of_each()]
    chance = _chances(length, passages, from_where, available, budget)
    of_enough = np.bincount(token_owner[enough], minlength=count + 1)[:count]
    likely = np.bincount(token_owner[enough], chance[enough], minlength=count + 1)[:count]
    source, source_words = _main_sources(tokens, _telling(matches, passages, from_where), dates, owner, count)

    def dated(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.where(datable, values, np.nan)

    return Profiles(
        documents=np.bincount(owner, minlength=count + 1)[:count],
        words=words,
        recycled=dated(share(recycled)),
        recycled_low=dated(low),
        recycled_high=dated(high),
        recycled_rarefied=np.where(of_enough > 0, likely / np.maximum(of_enough, 1), np.nan),
        repeated=share(repeated),
        own=dated(share(own)),
        shared=share(shared),
        fresh=share(~(recycled | repeated | (shared & undated))),
        formulaic=share(formulaic),
        formulas=np.bincount(formula_owner[inside], minlength=count),
        formulas_rarefied=expected_types(tf[inside], formula_owner[inside], words, stretch),
        source=source,
        source_words=source_words,
        budget=budget,
        stretch=stretch,
    )


def _earlier_words(tokens: Tokens, first_day: NDArray[np.int64], last_day: NDArray[np.int64]) -> NDArray[np.int64]:
    """Words of all documents of earlier dates, for each document (int64, documents)."""
    order = np.argsort(last_day, kind="stable")
    sums = bounds_of(np.diff(tokens.bounds)[order])
    return sums[np.searchsorted(last_day[order], first_day, side="left")]


def _chances(
    length: int, passages: Witnesses, from_where: Origins, available: NDArray[np.int64], budget: int
) -> NDArray[np.float32]:
    """Chance (float32, tokens) of each word to be recycled from `budget` words of earlier documents, drawn at random.

    A word that k earlier documents have is recycled with probability 1 - (1 - budget / available)^k.
    """
    drawn = np.minimum(budget / np.maximum(available, 1), 1.0)
    chance = np.where(from_where.recycled, 1 - (1 - drawn[passages.document]) ** from_where.earlier, 0.0)
    best = np.zeros(length, dtype=np.float32)
    rows = np.flatnonzero(from_where.recycled)
    rows = rows[np.argsort(chance[rows])]  # where passages overlap, the last and best stays
    flat, within = spread((passages.end - passages.start)[rows])
    best[passages.start[rows][flat] + within] = chance[rows][flat]
    return best


def _from_own_group(
    passages: Witnesses,
    from_where: Origins,
    owner: NDArray[np.int64],
    dates: tuple[NDArray[np.int64], NDArray[np.int64]],
) -> NDArray[np.bool_]:
    """Which passages (bool, passages) an earlier document of the same group has."""
    if not len(passages.cluster):
        return from_where.recycled
    first_day, last_day = dates
    keys = passages.cluster * (int(owner.max()) + 1) + owner[passages.document]
    _, number = np.unique(keys, return_inverse=True)
    earliest = np.full(int(number.max()) + 1, np.iinfo(np.int64).max)
    np.minimum.at(earliest, number, last_day[passages.document])
    return earliest[number] < first_day[passages.document]


def _telling(
    matches: tuple[NDArray[np.int64], NDArray[np.int64]], passages: Witnesses, from_where: Origins
) -> NDArray[np.int64]:
    """The matches (int64, matches × 4) whose text no more than TELLING documents have."""
    spans, cluster = matches
    if not len(spans):
        return spans
    witnesses = np.zeros(int(passages.cluster.max(initial=0)) + 1, dtype=np.int64)
    witnesses[passages.cluster] = from_where.witnesses
    return spans[witnesses[cluster] <= TELLING]


def _main_sources(
    tokens: Tokens,
    spans: NDArray[np.int64],
    dates: tuple[NDArray[np.int64], NDArray[np.int64]],
    owner: NDArray[np.int64],
    count: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The earlier document outside of each group that it has most words in matches with, and how many words."""
    first_day, last_day = dates
    starts, ends = np.concatenate([spans[:, 0], spans[:, 2]]), np.concatenate([spans[:, 1], spans[:, 3]])
    target = tokens.document_of(starts)
    other = np.roll(target, len(spans))
    telling = (last_day[other] < first_day[target]) & (owner[target] != owner[other]) & (owner[target] < count)
    keys, number = np.unique(owner[target[telling]] * tokens.documents + other[telling], return_inverse=True)
    words = union_lengths(number, starts[telling], ends[telling], len(keys))
    source, most = np.full(count, -1, dtype=np.int64), np.zeros(count, dtype=np.int64)
    order = np.lexsort((-keys, words))  # the last one written stays
    source[keys[order] // tokens.documents] = keys[order] % tokens.documents
    most[keys[order] // tokens.documents] = words[order]
    return source, most
