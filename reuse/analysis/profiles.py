"""Profiles: how much of a document or group is recycled and how much is fresh, and whom it draws on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.analysis.drawn import drawn, from_own_group, main_sources, preferences
from reuse.analysis.groups import groups_by
from reuse.analysis.keyness import keyness
from reuse.analysis.resampling import expected_types, share_intervals
from reuse.analysis.sections import kinds_in, sections
from reuse.analysis.stored import (
    Columns,
    StoredRun,
    Witnesses,
    cells,
    dates_of,
    formula_names,
    formulas_of,
    tokens_of,
    witnesses_of,
)
from reuse.analysis.telling import telling_rows
from reuse.arrays.ragged import bounds_of, spread
from reuse.arrays.spans import covered
from reuse.calendar import Dates
from reuse.clusters.origins import Origins, words_by_kind
from reuse.columns import Column, ComputedTable
from reuse.corpus.tokens import Tokens
from reuse.shares import FURNITURE, KINDS, RECYCLED, SHARES, shares_of


@dataclass(frozen=True, slots=True)
class Profiles:
    """One row a group.

    Attributes:
        documents, words: int64 (groups,): what the group holds.
        recycled, shared, repeated, fresh: float64 (groups,): shares of its words, which add up to 1 (see
            `reuse.shares`).
        recycled_low, recycled_high: float64 (groups,): 95 % bootstrap interval of what is recycled in such documents;
            NaN for a single document, of which it is counted and not estimated, and where no document of the group has
            a dated one before it.
        recycled_rarefied: float64 (groups,): the share to be expected had each of its documents only `budget` words
            of earlier documents to draw on; NaN where it has fewer.
        formulaic: float64 (groups,): share of its words in formulas.
        formulas: int64 (groups,): distinct formulas.
        formulas_rarefied: float64 (groups,): distinct formulas to be expected in `stretch` words; NaN in shorter ones.
        own: float64 (groups,): share of its words in passages that an earlier document of the same group has (part of
            `recycled`; 0 where each group is one document).
        source: int64 (groups,): the document outside of the group that most of its words were directly taken from; -1:
            none is known.
        source_words: int64 (groups,): how many words those are.
        budget, stretch: Words that the rarefied columns stand for.
    """

    documents: NDArray[np.int64]
    words: NDArray[np.int64]
    recycled: NDArray[np.float64]
    shared: NDArray[np.float64]
    repeated: NDArray[np.float64]
    fresh: NDArray[np.float64]
    recycled_low: NDArray[np.float64]
    recycled_high: NDArray[np.float64]
    recycled_rarefied: NDArray[np.float64]
    own: NDArray[np.float64]
    formulaic: NDArray[np.float64]
    formulas: NDArray[np.int64]
    formulas_rarefied: NDArray[np.float64]
    source: NDArray[np.int64]
    source_words: NDArray[np.int64]
    budget: int
    stretch: int

    def __len__(self) -> int:
        return len(self.words)


NAMED = 5
"""Formulas named in a profile."""

STRETCH = 1000
"""Words to which the number of formulas is brought down, unless the shortest group has fewer."""


def profiles(
    tokens: Tokens,
    passages: Witnesses,
    from_where: Origins,
    kinds: NDArray[np.uint8],
    dates: tuple[NDArray[np.int64], NDArray[np.int64]],
    formulas: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]],
    groups: NDArray[np.int64],
    *,
    preferred: NDArray[np.int64],
    first: NDArray[np.int64],
) -> Profiles:
    """Profile groups of documents (or documents, each a group of its own).

    Args:
        tokens: The corpus.
        passages: Its passages, sorted by cluster, then start.
        from_where: Where these come from.
        kinds: uint8 (tokens,): kind of each word (see `origins.kinds_of_words`).
        dates: First and last day that each document's date can mean.
        formulas: Positions, bounds and lengths of its formulas, as in `Formulas`.
        groups: int64 (documents,): group of each document, from 0; -1: left out.
        preferred: int64 (documents,): as in `drawn`.
        first: int64 (documents,): as in `drawn`.

    Cost: linear in tokens, passages and occurrences.
    """
    count = int(groups.max(initial=-1)) + 1
    length = len(tokens)
    owner = np.where(groups >= 0, groups, count)  # what is left out is gathered behind the last group
    token_owner = owner[tokens.document_of_each()]
    words = np.bincount(owner, np.diff(tokens.bounds), minlength=count + 1)[:count].astype(np.int64)
    is_text = kinds != FURNITURE
    text_bounds = bounds_of(is_text.view(np.int8))[tokens.bounds]
    text_words = np.bincount(owner, np.diff(text_bounds), minlength=count + 1)[:count]

    def share(marked: NDArray[np.bool_]) -> NDArray[np.float64]:
        of_document = np.diff(bounds_of((marked & is_text).view(np.int8))[tokens.bounds])
        return np.bincount(owner, of_document, minlength=count + 1)[:count] / np.maximum(text_words, 1)

    def spans(rows: NDArray[np.bool_]) -> NDArray[np.bool_]:
        return covered(length, passages.start[rows], passages.end[rows])

    of_document = words_by_kind(kinds, tokens.bounds)
    by_kind = np.stack([np.bincount(owner, words, minlength=count + 1)[:count] for words in of_document.T], axis=1)
    recycled, shared, repeated, fresh = shares_of(by_kind).T
    own = spans(from_own_group(passages, from_where, owner, dates)) & (kinds == RECYCLED)
    available = _earlier_words(tokens, *dates)
    datable = np.bincount(owner[available > 0], minlength=count + 1)[:count] > 0
    low, high = share_intervals((kinds == RECYCLED)[is_text], text_bounds, groups)
    budget = int(np.quantile(available[available > 0], 0.25)) if (available > 0).any() else 0
    positions, bounds, lengths = formulas
    which = np.repeat(np.arange(len(lengths)), np.diff(bounds))
    formulaic = covered(length, positions, positions + lengths[which])
    pairs, tf = np.unique(token_owner[positions] * max(len(lengths), 1) + which, return_counts=True)
    formula_owner = pairs // max(len(lengths), 1)
    inside = formula_owner < count
    stretch = int(min(STRETCH, words[words > 0].min(initial=STRETCH)))
    enough = is_text & ((available >= budget) & (available > 0))[tokens.document_of_each()]
    chance = np.where(kinds == RECYCLED, _chances(length, passages, from_where, available, budget), 0.0)
    of_enough = np.bincount(token_owner[enough], minlength=count + 1)[:count]
    likely = np.bincount(token_owner[enough], chance[enough], minlength=count + 1)[:count]
    taken = drawn(sections(tokens, passages, kinds), passages, groups, preferred, first)
    source, source_words = main_sources(taken, count)

    def dated(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.where(datable, values, np.nan)

    return Profiles(
        documents=np.bincount(owner, minlength=count + 1)[:count],
        words=words,
        recycled=recycled,
        shared=shared,
        repeated=repeated,
        fresh=fresh,
        recycled_low=dated(low),
        recycled_high=dated(high),
        recycled_rarefied=np.where(of_enough > 0, likely / np.maximum(of_enough, 1), np.nan),
        own=dated(share(own)),
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
    recycled = from_where.recycled | (from_where.of_digested == RECYCLED)
    chance = np.where(recycled, 1 - (1 - drawn[passages.document]) ** from_where.earlier, 0.0)
    best = np.zeros(length, dtype=np.float32)
    rows = np.flatnonzero(recycled)
    rows = rows[np.argsort(chance[rows])]  # where passages overlap, the last and best stays
    flat, within = spread((passages.end - passages.start)[rows])
    best[passages.start[rows][flat] + within] = chance[rows][flat]
    return best


def profile_table(run: StoredRun, by: str | None = None) -> Columns:
    """How much of each document or group is recycled and fresh, how formulaic it is, and whom it draws on.

    Columns as in PROFILES.

    Args:
        run: The run.
        by: Field to group documents by (see `reuse.fields`); None: each by itself.
    """
    groups = groups_by(run, by).once(run)
    formulas = formulas_of(run)
    known = Dates.of(dates_of(run))
    dates = (known.earliest, known.latest)
    columns = (formulas.positions, formulas.bounds, formulas.tokens.astype(np.int64))
    preferred, first = preferences(run, known.latest)
    passages = witnesses_of(run)
    whence, kinds = kinds_in(run, passages)
    found = profiles(
        tokens_of(run), passages, whence, kinds, dates, columns, groups.of_document, preferred=preferred, first=first
    )
    _, texts = formula_names(run)
    marks = keyness(tokens_of(run), formulas.positions, formulas.bounds, groups.of_document)
    marked = telling_rows((marks.group, marks.formula), tokens_of(run), columns, groups.of_document, NAMED)
    marked = marked[marks.z[marked] > 0]
    documents = tokens_of(run).document_of(formulas.positions)
    owners = formulas.owners()
    earliest = np.full(len(formulas), np.iinfo(np.int64).max)
    np.minimum.at(earliest, owners, dates[1][documents])
    borrowed = (earliest[owners] < dates[0][documents]) & (groups.of_document[documents] >= 0)
    keys = np.unique(groups.of_document[documents[borrowed]] * max(len(formulas), 1) + owners[borrowed])
    return {
        "name": groups.names,
        "documents": found.documents.tolist(),
        "words": found.words.tolist(),
        **{kind: cells(getattr(found, kind)) for kind in KINDS},
        "recycled_low": cells(found.recycled_low),
        "recycled_high": cells(found.recycled_high),
        "recycled_rarefied": cells(found.recycled_rarefied),
        "own": cells(found.own),
        "formulaic": cells(found.formulaic),
        "formulas": found.formulas.tolist(),
        "formulas_rarefied": cells(found.formulas_rarefied),
        "characteristic": _first_texts(marks.group[marked], marks.formula[marked], texts, len(groups)),
        "borrowed": _first_texts(keys // max(len(formulas), 1), keys % max(len(formulas), 1), texts, len(groups)),
        "source": [run.document_ids[source] if source >= 0 else None for source in found.source.tolist()],
        "source_words": found.source_words.tolist(),
    }


def _first_texts(
    groups: NDArray[np.int64], formulas: NDArray[np.int64], texts: Sequence[str], count: int
) -> list[list[str]]:
    """The first NAMED formulas of each group; groups stand in rising order."""
    named: list[list[str]] = [[] for _ in range(count)]
    nth = np.arange(len(groups)) - np.searchsorted(groups, groups, side="left")
    few = nth < NAMED
    for group, formula in zip(groups[few].tolist(), formulas[few].tolist(), strict=True):
        named[group].append(texts[formula])
    return named


PROFILES = ComputedTable(
    "profiles",
    "one document: how much of it is recycled, shared, repeated, fresh; how formulaic it is",
    (
        Column("name", "text", "id of the document"),
        Column("documents", "integer", "documents (1)"),
        Column("words", "integer", "length in words", falls=True),
        *SHARES,
        Column(
            "recycled_low",
            "real",
            "lower end of the 95 % interval of what is recycled in further such documents; none for a single one",
        ),
        Column("recycled_high", "real", "upper end"),
        Column("recycled_rarefied", "real", "what is recycled, had all as many earlier words to draw on", falls=True),
        Column("formulaic", "real", "share of its words in formulas", falls=True),
        Column("formulas", "integer", "distinct formulas", falls=True),
        Column("formulas_rarefied", "real", "distinct formulas in a stretch of equal length", falls=True),
        Column("characteristic", "texts", "formulas that mark it against the others"),
        Column("borrowed", "texts", "its best formulas that an earlier document has"),
        Column(
            "source",
            "text",
            "the document that most of its words were directly taken from, as far as known (see passages); of several"
            " with as many the latest",
        ),
        Column("source_words", "integer", "how many words those are", falls=True),
    ),
    profile_table,
)

OF_GROUPS = (
    *PROFILES.columns,
    Column("own", "real", "share of its words that an earlier document of the same group has", falls=True),
)
"""The columns of `profile_table`, which profiles of groups need one more of."""
