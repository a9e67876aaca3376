"""The part of a run that is shown first: the best match of each cluster, the best formula of each family."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reuse.run.run import Run

Row = dict[str, Any]

LOOKED_AT = 500
"""Matches and formulas looked at: enough that clusters and families of dozens do not crowd the others out."""

NOT_DISMISSED = "-rejected -boilerplate"
"""Filter: what the reviewer has set aside is not shown first."""


def best_matches(run: Run, most: int, where: str | None = None) -> list[Row]:
    """The most surprising match of each cluster, most surprising first.

    Args:
        run: The run to read.
        most: Most matches.
        where: Filter; matches that the reviewer rejected or marked as boilerplate are left out in any case.
    """
    numbers = run.ids("matches", not_dismissed(where), "bits", limit=LOOKED_AT + most)
    best: dict[str, Row] = {}
    for row in run.rows("matches", numbers):
        best.setdefault(row["cluster"], row)
    return list(best.values())[:most]


def best_formulas(run: Run, most: int, where: str | None = None) -> list[Row]:
    """The most widespread and surprising formulas (the run's own order), one a family.

    A formula that contains a better one, or is contained in it, is passed over: readers have seen it.

    Returns:
        Rows of the table of formulas, each with its `number` for `Run.formula_occurrences`.
    """
    numbers = run.ids("formulas", not_dismissed(where), limit=LOOKED_AT + most)
    best: list[Row] = []
    families: set[str] = set()
    for number, row in zip(numbers.tolist(), run.rows("formulas", numbers), strict=True):
        words = f" {row['text']} "
        if row["family"] in families or any(
            words in f" {other['text']} " or f" {other['text']} " in words for other in best
        ):
            continue
        families.add(row["family"])
        best.append(row | {"number": number})
        if len(best) == most:
            break
    return best


def not_dismissed(where: str | None) -> str:
    """A filter that also leaves out what the reviewer has set aside."""
    return f"{NOT_DISMISSED} {where or ''}".strip()
