"""When formulas and words were first and last said, how often in each period, and which were born or dropped."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from reuse.analysis.groups import each_text_once
from reuse.analysis.stored import (
    Columns,
    StoredRun,
    cells,
    dates_of,
    family_heads,
    formula_names,
    formulas_of,
    tokens_of,
)
from reuse.analysis.timeline import lives
from reuse.arrays.ragged import bounds_of, spread
from reuse.calendar import PERIODS, all_periods, fitting_period, period_name, period_number, read_date
from reuse.columns import Column, ComputedTable
from reuse.errors import UsageError
from reuse.fields import folded
from reuse.formulas.variants import family_places

FOLLOWED = 1000
"""Formulas whose lives are told, unless some are chosen: the first ones."""


def life_table(
    run: StoredRun, by: str | None = None, numbers: Iterable[int] | None = None, *, families: bool = False
) -> Columns:
    """The life of formulas: first and last seen, rate by period, born or dropped where enough stands around.

    Args:
        run: The run.
        by: day, month, year, decade or century; None: what fits the dates.
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


def life_of(run: StoredRun, positions: NDArray[np.int64], bounds: NDArray[np.int64], by: str | None = None) -> Columns:
    """The life of whatever occurs at some places, such as words that a user typed; columns as in `life_table`.

    Args:
        run: The run.
        positions: int64 (occurrences,): token positions, ascending within a row.
        bounds: int64 (rows + 1,): row r owns the positions bounds[r] to bounds[r + 1].
        by: day, month, year, decade or century; None: what fits the dates.

    Raises:
        UsageError: `by` is no period, or no document has a date that says so much.
    """
    dates = dates_of(run)
    period = fitting_period(dates) if by is None else folded(by)
    if period not in PERIODS:
        raise UsageError(f"{by!r} is no period; use one of: {', '.join(PERIODS)}")
    numbers = [period_number(date, period) for date in dates]
    every = all_periods((number for number in numbers if number is not None), period)
    if not every:
        raise UsageError(_why_no_period(period, any(read_date(date) for date in dates if date)))
    place = {number: row for row, number in enumerate(every)}
    periods = np.array([-1 if number is None else place[number] for number in numbers], dtype=np.int64)
    periods = each_text_once(run, periods)
    names = [period_name(number, period) for number in every]
    found = lives(tokens_of(run), positions, bounds, periods, len(names))

    def named(values: NDArray[np.int64]) -> list[str | None]:
        return [names[value] if value >= 0 else None for value in values.tolist()]

    return {
        "first": named(found.first),
        "last": named(found.last),
        "peak": named(found.peak),
        "born": found.born.tolist(),
        "dropped": found.dropped.tolist(),
        "chance_before": found.chance_before.tolist(),
        "chance_after": found.chance_after.tolist(),
        "documents_before": found.documents_before.tolist(),
        "documents_after": found.documents_after.tolist(),
        "periods": [names] * len(found.first),
        "rates": [cells(row) for row in found.rates()],
        "tf": found.tf.tolist(),
        "df": found.df.tolist(),
    }


def counted_in(run: StoredRun, by: str | None = None) -> tuple[int, str]:
    """How many documents lives are counted in: those whose date names the period; and its name.

    Args:
        run: The run.
        by: day, month, year, decade or century; None: what fits the dates.
    """
    dates = dates_of(run)
    period = fitting_period(dates) if by is None else folded(by)
    return sum(period_number(date, period) is not None for date in dates), period


def _why_no_period(period: str, dated: bool) -> str:
    """What to do where no date of the corpus names a period."""
    if not dated:
        return "no document has a date; a column or sidecar with dates gives them one (docs/guide.md says how)"
    coarser = list(PERIODS)[list(PERIODS).index(period) + 1 :]
    remedy = f"; use one of: {', '.join(coarser)}" if coarser else ""
    return f"no document has a date that names a {period}{remedy}"


def _lives(run: StoredRun) -> Columns:
    """The lives of all families; of none, where no document has a date."""
    dates = dates_of(run)
    by = fitting_period(dates)
    dated = any(period_number(date, by) is not None for date in dates)
    table = life_table(run, by, families=True) if dated else {}
    lists = ("periods", "df", "tf", "rates")
    names = [column.name for column in LIVES.columns]
    return {name: [json.dumps(row) if name in lists else row for row in table.get(name, [])] for name in names}


LIVES = ComputedTable(
    "lives",
    "one family of formulas (or formula without near forms) through time; the first 1,000",
    (
        Column("formula", "text", "id of the formula that heads the family"),
        Column("text", "text", "its words"),
        Column("first", "text", "first period that has one of its forms"),
        Column("last", "text", "last such period"),
        Column("peak", "text", "period of its highest rate"),
        Column("born", "boolean", "so many documents stand before it that its absence there is no accident"),
        Column("dropped", "boolean", "so many documents stand after it that its absence there is no accident"),
        Column("chance_before", "real", "chance of that silence before, had the dates been dealt at random"),
        Column("chance_after", "real", "chance of that silence after"),
        Column("documents_before", "integer", "dated documents before its first period", falls=True),
        Column("documents_after", "integer", "dated documents after its last period", falls=True),
        Column("periods", "json", "all periods of the corpus: decades, years or months, as fits its dates"),
        Column("df", "json", "documents that have one of the forms, by period"),
        Column("tf", "json", "places that have one, by period"),
        Column("rates", "json", "places per 1,000 words, by period; null where the corpus has no text"),
    ),
    _lives,
)
