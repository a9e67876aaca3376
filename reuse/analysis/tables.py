"""Comparisons of a stored run as tables: dictionaries of columns, ready for export or a data frame.

Cells that nothing can be said about are None.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reuse.analysis.edits import Edit, edits_of
from reuse.analysis.groups import Groups, StoredRun, dates_of, groups_by
from reuse.analysis.keyness import keyness, telling_rows
from reuse.analysis.matrix import block_order, matrix
from reuse.analysis.profile import profiles
from reuse.analysis.stored import (
    family_heads,
    formula_names,
    formulas_of,
    matches_of,
    tokens_of,
    witnesses_of,
    words_of_run,
    written_in,
)
from reuse.analysis.timeline import lives
from reuse.arrays.ragged import bounds_of, spread
from reuse.calendar import PERIODS, Dates, all_periods, period_name, period_number
from reuse.errors import UsageError
from reuse.formulas.variants import family_places

Columns = dict[str, list[Any]]

MOST_PAIRS = 200_000
"""Where more pairs than these share a formula, only those that share a match have a row in the matrix."""

NAMED = 5
"""Formulas named in a profile."""

FOLLOWED = 1000
"""Formulas whose lives are told, unless some are chosen: the first ones."""

MOST_EDITED = 20_000
"""Matches whose edits are told, unless some are chosen: those of most bits."""


def _cells(values: NDArray[Any]) -> list[Any]:
    """Python values; NaN becomes None."""
    return [None if isinstance(value, float) and math.isnan(value) else value for value in values.tolist()]


def profile_table(run: StoredRun, by: str | None = None) -> Columns:
    """How much of each document or group is recycled and fresh, how formulaic it is, and whom it draws on.

    Args:
        run: The run.
        by: Field to group documents by (see `reuse.fields`); None: each by itself.
    """
    groups = groups_by(run, by)
    formulas = formulas_of(run)
    known = Dates.of(dates_of(run))
    dates = (known.earliest, known.latest)
    columns = (formulas.positions, formulas.bounds, formulas.tokens.astype(np.int64))
    found = profiles(tokens_of(run), witnesses_of(run), matches_of(run), dates, columns, groups.of_document)
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
        "recycled": _cells(found.recycled),
        "recycled_low": _cells(found.recycled_low),
        "recycled_high": _cells(found.recycled_high),
        "recycled_rarefied": _cells(found.recycled_rarefied),
        "own": _cells(found.own),
        "repeated": _cells(found.repeated),
        "shared": _cells(found.shared),
        "fresh": _cells(found.fresh),
        "formulaic": _cells(found.formulaic),
        "formulas": found.formulas.tolist(),
        "formulas_rarefied": _cells(found.formulas_rarefied),
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


def matrix_table(run: StoredRun, by: str | None = None) -> Columns:
    """Who shares with whom: one row a pair of documents (or groups) that share a match or a formula.

    Args:
        run: The run.
        by: Field to group documents by (see `reuse.fields`); None: each by itself.

    Returns:
        Besides the shares, `place_a` and `place_b`: the place of either in the order that shows the blocks.
    """
    groups = groups_by(run, by)
    tokens = tokens_of(run)
    spans = np.asarray(run.column("match_tokens"), dtype=np.int64).reshape(-1, 4)
    formulas = formulas_of(run)
    inside = groups.of_document >= 0
    words = np.bincount(groups.of_document[inside], np.diff(tokens.bounds)[inside], minlength=len(groups)).astype(
        np.int64
    )
    sides = groups.of_document[tokens.document_of(spans[:, 0])], groups.of_document[tokens.document_of(spans[:, 2])]
    owner = groups.of_document[tokens.document_of(formulas.positions)]
    keys = np.unique((formulas.owners() * max(len(groups), 1) + owner)[owner >= 0])
    found = matrix(words, spans, sides, (keys // max(len(groups), 1), keys % max(len(groups), 1)))
    if len(found) > MOST_PAIRS:
        found = found.take(found.matches > 0)
    places = np.empty(len(groups), dtype=np.int64)
    places[block_order(found, len(groups))] = np.arange(len(groups))
    return {
        "a": [groups.names[unit] for unit in found.a.tolist()],
        "b": [groups.names[unit] for unit in found.b.tolist()],
        "matches": found.matches.tolist(),
        "words_a": found.words_a.tolist(),
        "words_b": found.words_b.tolist(),
        "share_a": found.share_a.tolist(),
        "share_b": found.share_b.tolist(),
        "formulas": found.formulas.tolist(),
        "place_a": places[found.a].tolist(),
        "place_b": places[found.b].tolist(),
    }


def life_table(
    run: StoredRun, by: str = "year", numbers: Iterable[int] | None = None, *, families: bool = False
) -> Columns:
    """The life of formulas: first and last seen, rate by period, born or dropped where enough stands around.

    Args:
        run: The run.
        by: day, month, year, decade or century.
        numbers: Numbers of the formulas; None: the first 1,000.
        families: Follow the families that the formulas head, with all their forms: a formula that only changed its
            wording was not dropped. Formulas that head no family are left out.

    Returns:
        `periods` and `rates` hold a list a row: all periods from the corpus' first to its last, gaps included, and
        the occurrences per 1,000 words in each, None in a gap.

    Raises:
        UsageError: `by` is no period, or no document has a date that says so much.
    """
    formulas, tokens = formulas_of(run), tokens_of(run)
    ids, texts = formula_names(run)
    positions, bounds = formulas.positions, formulas.bounds
    every: Iterable[int] = range(len(formulas))
    if families and len(formulas):
        heads = family_heads(run)
        positions, bounds = family_places(tokens, formulas, heads)
        every = [number for number in every if heads[number] == number]
    chosen = np.array(list(islice(every, FOLLOWED) if numbers is None else numbers), dtype=np.int64)
    chosen = chosen[np.diff(bounds)[chosen] > 0]
    rows, within = spread(np.diff(bounds)[chosen])
    places = positions[bounds[chosen][rows] + within]
    found = life_of(run, places, bounds_of(np.diff(bounds)[chosen]), by)
    names = {
        "formula": [ids[number] for number in chosen.tolist()],
        "text": [texts[number] for number in chosen.tolist()],
    }
    return names | found


def life_of(run: StoredRun, positions: NDArray[np.int64], bounds: NDArray[np.int64], by: str = "year") -> Columns:
    """The life of whatever occurs at some places, such as words that a user typed; columns as in `life_table`.

    Args:
        run: The run.
        positions: int64 (occurrences,): token positions, ascending within a row.
        bounds: int64 (rows + 1,): row r owns the positions bounds[r] to bounds[r + 1].
        by: day, month, year, decade or century.

    Raises:
        UsageError: `by` is no period, or no document has a date that says so much.
    """
    if by not in PERIODS:
        raise UsageError(f"{by!r} is no period; use one of: {', '.join(PERIODS)}")
    numbers = [period_number(date, by) for date in dates_of(run)]
    every = all_periods((number for number in numbers if number is not None), by)
    if not every:
        raise UsageError(f"no document has a date that names a {by}; try --by with another of: {', '.join(PERIODS)}")
    place = {number: row for row, number in enumerate(every)}
    periods = np.array([-1 if number is None else place[number] for number in numbers], dtype=np.int64)
    names = [period_name(number, by) for number in every]
    found = lives(tokens_of(run), positions, bounds, periods, len(names))

    def named(values: NDArray[np.int64]) -> list[str | None]:
        return [names[value] if value >= 0 else None for value in values.tolist()]

    return {
        "first": named(found.first),
        "last": named(found.last),
        "peak": named(found.peak),
        "born": found.born.tolist(),
        "dropped": found.dropped.tolist(),
        "documents_before": found.documents_before.tolist(),
        "documents_after": found.documents_after.tolist(),
        "periods": [names] * len(found.first),
        "rates": [_cells(row) for row in found.rates()],
        "tf": found.tf.tolist(),
        "df": found.df.tolist(),
    }


def edit_table(run: StoredRun, numbers: Iterable[int] | None = None) -> Columns:
    """The edits of matches, one row each.

    Args:
        run: The run.
        numbers: Numbers of the matches; None: the 20,000 of most bits between two documents.
    """
    chosen, edits = _edits(run, numbers)
    ids = dict(run.query("SELECT match, id FROM matches"))
    tokens = tokens_of(run)

    def offsets(first: str, last: str) -> tuple[list[int | None], list[int | None]]:
        starts, ends = [], []
        for edit in edits:
            start, end = getattr(edit, first), getattr(edit, last)
            starts.append(int(tokens.starts[start]) if end > start else None)
            ends.append(int(tokens.ends[end - 1]) if end > start else None)
        return starts, ends

    a_start, a_end = offsets("a_start", "a_end")
    b_start, b_end = offsets("b_start", "b_end")
    return {
        "match": [ids[int(chosen[edit.match])] for edit in edits],
        "kind": [edit.kind for edit in edits],
        "about": [edit.about for edit in edits],
        "a_start": a_start,
        "a_end": a_end,
        "b_start": b_start,
        "b_end": b_end,
        "text_a": [edit.a for edit in edits],
        "text_b": [edit.b for edit in edits],
    }


def change_table(
    run: StoredRun,
    numbers: Iterable[int] | None = None,
    *,
    by: str | None = None,
    between: tuple[str, str] | None = None,
) -> Columns:
    """The same change summed over all matches: "healthy" → "vibrant" is one row; most frequent first.

    A change is read from the earlier document to the later one where the dates say which is which, else from a to b;
    with `between`, from the first group to the second.

    Args:
        run: The run.
        numbers: Numbers of the matches; None: the 20,000 of most bits between two documents.
        by: Field to sum by as well; the change belongs to the group of the later document (of b, where dates fail).
        between: Two groups of that field: only matches between them count, and the column `group` is left out.

    Raises:
        UsageError: There is no such group.
    """
    groups = groups_by(run, by) if by else Groups([""], np.zeros(len(run.document_ids), dtype=np.int64))
    pair = [groups.number(name, str(by)) for name in between or ()]
    chosen, edits = _edits(run, numbers, groups.of_document if pair else None, pair)
    sides = np.asarray(run.column("match_tokens"), dtype=np.int64).reshape(-1, 4)[chosen]
    a_doc, b_doc = tokens_of(run).document_of(sides[:, 0]), tokens_of(run).document_of(sides[:, 2])
    dates = dates_of(run)
    known = Dates.of(dates)
    sequence = known.order(a_doc, b_doc)
    backwards, dated = sequence > 0, sequence != 0
    if pair:
        backwards = groups.of_document[a_doc] == pair[1]
    turned = {"insertion": "deletion", "deletion": "insertion"}
    counts: Counter[tuple[str, str, str, str, str]] = Counter()
    places: dict[tuple[str, str, str, str, str], set[tuple[int, int]]] = {}
    later: dict[tuple[str, str, str, str, str], list[int]] = {}
    for edit in edits:
        swap = bool(backwards[edit.match])
        target = int((a_doc if swap else b_doc)[edit.match])
        group = 0 if pair else int(groups.of_document[target])
        if group < 0:
            continue
        kind = turned.get(edit.kind, edit.kind) if swap else edit.kind
        old, new = (edit.b, edit.a) if swap else (edit.a, edit.b)
        key = (groups.names[group], kind, edit.about, _plain(old), _plain(new))
        counts[key] += 1
        places.setdefault(key, set()).add((int(a_doc[edit.match]), int(b_doc[edit.match])))
        if dated[edit.match]:
            later.setdefault(key, []).append(int(known.ranks[target]))
    order = sorted(counts, key=lambda key: (-counts[key], key))
    table: Columns = {"group": [key[0] for key in order]} if by and not pair else {}
    return table | {
        "kind": [key[1] for key in order],
        "about": [key[2] for key in order],
        "before": [key[3] for key in order],
        "after": [key[4] for key in order],
        "count": [counts[key] for key in order],
        "pairs": [len(places[key]) for key in order],
        "first_date": [known.distinct[min(later[key])] if key in later else None for key in order],
        "last_date": [known.distinct[max(later[key])] if key in later else None for key in order],
    }


def _plain(text: str) -> str:
    return text.strip(' \t.,;:!?()[]*_"“”').casefold()


def _edits(
    run: StoredRun,
    numbers: Iterable[int] | None,
    groups: NDArray[np.int64] | None = None,
    pair: Sequence[int] = (),
) -> tuple[NDArray[np.int64], list[Edit]]:
    """Matches, and their edits; with `groups`, only matches between two of them."""
    if numbers is None:
        numbers = islice(_between_documents(run, groups, pair), MOST_EDITED)
    chosen = np.array(sorted(numbers), dtype=np.int64)
    spans = np.asarray(run.column("match_tokens"), dtype=np.int64).reshape(-1, 4)[chosen]
    return chosen, list(edits_of(tokens_of(run), spans, words_of_run(run), written_in(run)))


def _between_documents(run: StoredRun, groups: NDArray[np.int64] | None, pair: Sequence[int]) -> Iterator[int]:
    """Matches between two documents (of two groups), of most bits first."""
    for number, a, b in run.query("SELECT match, a, b FROM matches WHERE a <> b ORDER BY bits DESC, match"):
        if groups is None or sorted((int(groups[a]), int(groups[b]))) == sorted(pair):
            yield int(number)
