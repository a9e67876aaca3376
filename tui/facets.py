"""What there is to choose from: filters that the documents and the reviewer's marks offer, fields to group by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.calendar import PERIODS, period_name
from reuse.display import counted
from reuse.fields import field_names
from reuse.run.found import FOUND_SAYS, RELATION_SAYS
from reuse.run.notes import MARKS, Kind
from reuse.run.periods import RowsByPeriod, rows_by_period
from reuse.run.registry import FILTERED
from reuse.run.run import Run
from tui.dialogs import Choice

MOST_PERIODS = 60
ROWS = {
    "matches": ("match", "matches"),
    "clusters": ("cluster", "clusters"),
    "formulas": ("formula", "formulas"),
    "documents": ("document", "documents"),
}
"""What the rows of a list are called."""
SHORT: Mapping[str, Callable[[str], str]] = {
    "decade": lambda name: f"{name[:-2]}X",
    "century": lambda name: f"{name.partition('–')[0][:-2]}XX",
}
"""How a filter names such a period: 185X, 18XX."""
MOST_SOURCES = 40
KEYS = "123456789"
"""Keys of the first fields."""


Facet = tuple[str, str, str]
"""What it is called, the term of a filter, how many rows or documents there are."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What a run offers for a list, whatever its marks are; as long as the run is, it stays the same.

    Attributes:
        table: The list.
        terms: With what is counted of each.
        periods: Which rows are of which period.
    """

    table: str
    terms: Sequence[Facet]
    periods: RowsByPeriod


def facets(run: Run, kind: Kind | None, where: str, offered: Offered, listed: NDArray[np.int64] | None) -> list[Choice]:
    """Terms that a list can be filtered by, those that are in force marked.

    Args:
        run: The run.
        kind: What its marks are about, if it has any.
        where: The filter in force.
        offered: What the run offers for the list.
        listed: Numbers of the rows that pass the filter: of these it is said how many would remain of a period. None:
            they are not known yet, and all rows of the table are counted.
    """
    found: list[Facet] = []
    if kind is not None:
        marks: Counter[str] = Counter(run.notes.marks(kind).values())
        found += [(mark, f"mark:{mark}", f"{marks[mark]:,}") for mark in MARKS if marks[mark]]
        bookmarks = len(run.notes.bookmarks(kind))
        if bookmarks:
            found.append(("bookmarked", "mark:bookmark", f"{bookmarks:,}"))
        if found:
            found.append(("without a mark", "mark:none", ""))
    found += offered.terms
    found += _periods(offered, where, listed)
    return [Choice("", f"{'●' if _has(where, term) else '○'} {label}", term, note) for label, term, note in found]


def offered_facets(run: Run, table: str) -> Offered:
    """What a run offers for a list.

    Cost: some passes over the table.
    """
    found = _measures(table)
    if table == "matches":
        found += _named(run, "relation", "relation", RELATION_SAYS) + _named(run, "found_by", "found", FOUND_SAYS)
    if "source" in FILTERED[table].fields:
        rows = run.sql(
            "SELECT source, count(*) FROM documents WHERE source IS NOT NULL GROUP BY source "
            f"ORDER BY count(*) DESC, source LIMIT {MOST_SOURCES}"
        )
        found += [
            (f"source {name}", f'source:"{name}"', counted(number, "document"))
            for name, number in rows
            if '"' not in name
        ]
    return Offered(table, found, rows_by_period(run, table))


def field_choices(run: Run) -> list[Choice]:
    """What documents can be grouped by: by dates only where a document has one."""
    names = field_names(run)
    if not has_dates(run):
        names = [name for name in names if name.removeprefix("date.") not in {"date", *PERIODS}]
    return [Choice(KEYS[at : at + 1], f"by {name}", name) for at, name in enumerate(names)]


def has_dates(run: Run) -> bool:
    """Whether any document has a date."""
    ((dated,),) = run.sql("SELECT count(date) FROM documents")
    return bool(dated)


def _periods(offered: Offered, where: str, listed: NDArray[np.int64] | None) -> list[Facet]:
    """Months, years, decades or centuries, whichever are a handful or more, with the rows of the list that remain."""
    by = offered.periods.period
    found = []
    for number, rows in zip(offered.periods.numbers.tolist(), offered.periods.counts(listed).tolist(), strict=True):
        if by in SHORT and number < 0:  # decades and centuries before our era have no short name
            continue
        name = period_name(number, by)
        term = f"date:{SHORT.get(by, str)(name)}"
        if rows or _has(where, term):
            found.append((f"dated {name}", term, counted(rows, *ROWS[offered.table])))
    return found[:MOST_PERIODS]


def _named(run: Run, column: str, field: str, says: Mapping[str, str]) -> list[Facet]:
    """What matches pass on, or how they were found, if it is not the same for all."""
    ways = dict(run.sql(f"SELECT {column}, count(*) FROM matches GROUP BY {column}"))
    return [
        (f"{name}: {said}", f"{field}:{name}", counted(ways[name], "match", "matches"))
        for name, said in says.items()
        if name in ways and len(ways) > 1
    ]


def _measures(table: str) -> list[Facet]:
    """Ranges of the figures that a list is mostly narrowed by, each with the filter that it stands for."""
    terms = {
        "matches": [
            ("nearly word for word", "similarity>=0.9"),
            ("loosely alike", "similarity<0.6"),
            ("20 words and more", "words>=20"),
            ("in 3 places and more", "passages>=3"),
            ("beyond chance", "evalue<0.001"),
            ("not between copies of one text", "copies:false"),
            ("furniture of pages alone", "furniture:any"),
        ],
        "clusters": [
            ("in 3 texts and more, copies counted once", "witnesses>=3"),
            ("10 passages and more", "passages>=10"),
            ("furniture of pages alone", "furniture:any"),
            ("20 words and more", "words>=20"),
        ],
        "formulas": [
            ("in 5 documents and more", "df>=5"),
            ("6 words and more", "words>=6"),
            ("with variants", "variants>1"),
            ("furniture of pages alone", "furniture:any"),
        ],
        "documents": [
            ("1,000 words and more", "words>=1000"),
            ("texts with copies", "copies>=2"),
        ],
    }[table]
    return [(label, term, term) for label, term in terms]


def toggled(where: str, term: str) -> str:
    """The filter with a term added, or taken away if it was there."""
    if _has(where, term):
        return " ".join(f" {where} ".replace(f" {term} ", " ").split())
    return f"{where} {term}".strip()


def _has(where: str, term: str) -> bool:
    """Whether the term is in force: `words>=20` is not in `words>=200`."""
    return f" {term} " in f" {where} "
