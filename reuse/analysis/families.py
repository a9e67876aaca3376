"""Families: formulas that are forms of one another."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reuse.analysis.stored import (
    Columns,
    StoredRun,
    dates_of,
    family_heads,
    formula_names,
    formulas_of,
    texts_of,
    tokens_of,
)
from reuse.arrays.ragged import bounds_of
from reuse.calendar import Dates
from reuse.columns import Column, ComputedTable
from reuse.formulas.variants import family_counts, family_places


def family_table(run: StoredRun) -> Columns:
    """One row a family, of one form or more, in the order of their heads; each place in the text counts once.

    Columns as in FAMILIES.
    """
    formulas = formulas_of(run)
    ids, texts = formula_names(run)
    head = family_heads(run)
    df, tf = family_counts(tokens_of(run), formulas, head, texts_of(run)) if len(formulas) else (head, head)
    members = np.bincount(head, minlength=len(head))
    order = np.argsort(head, kind="stable")
    bounds = bounds_of(members)
    heads = np.flatnonzero(members).tolist()
    tokens = tokens_of(run)
    places, places_of = family_places(tokens, formulas, head)
    of_heads = np.append(places_of[heads], places_of[-1])  # no other formula has places
    first, last = Dates.of(dates_of(run)).first_and_last(tokens.document_of(places), of_heads)
    return {
        "id": [ids[row] for row in heads],
        "text": [texts[row] for row in heads],
        "variants": members[heads].tolist() if heads else [],
        "df": df[heads].tolist() if heads else [],
        "tf": tf[heads].tolist() if heads else [],
        "first_date": first,
        "last_date": last,
        "bits": formulas.bits[heads].tolist() if heads else [],
        "formulas": [[ids[member] for member in order[bounds[row] : bounds[row + 1]].tolist()] for row in heads],
        "texts": [[texts[member] for member in order[bounds[row] : bounds[row + 1]].tolist()] for row in heads],
    }


def family_occurrences(run: StoredRun, head: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Token ranges (int64, starts and ends) of all forms of a family, in the order of the text; overlaps are one.

    Args:
        run: The run.
        head: Id of the formula that heads the family.
    """
    rows = run.sql("SELECT formula, tokens FROM formulas WHERE family = ? ORDER BY formula", (head,))
    bounds, positions = run.column("formula_bounds"), run.column("formula_positions")
    none = np.zeros(0, dtype=np.int64)
    spans = [(positions[bounds[number] : bounds[number + 1]], words) for number, words in rows]
    starts = np.concatenate([none, *(places for places, _ in spans)])
    ends = np.concatenate([none, *(places + words for places, words in spans)])
    order = np.argsort(starts, kind="stable")
    starts, ends = starts[order], np.maximum.accumulate(ends[order]) if len(order) else ends
    fresh = np.append(True, starts[1:] >= ends[:-1])[: len(starts)]
    first = np.flatnonzero(fresh)
    last = np.append(first[1:], len(starts)) - 1
    return starts[first], ends[last]


FAMILIES = ComputedTable(
    "families",
    "one formula with its forms, or one that has none",
    (
        Column("id", "text", "id of the formula that heads the family"),
        Column("text", "text", "its words"),
        Column("variants", "integer", "forms, the head included", falls=True),
        Column("df", "integer", "documents that have one of the forms, copies of a text counted once", falls=True),
        Column("tf", "integer", "places that have one; overlapping forms count once", falls=True),
        Column("first_date", "text", "earliest date of these documents"),
        Column("last_date", "text", "latest date of these documents"),
        Column("bits", "real", "how surprising the words of its head are together, in bits", falls=True),
        Column("formulas", "texts", "ids of the forms, best first"),
        Column("texts", "texts", "their words"),
    ),
    family_table,
)
