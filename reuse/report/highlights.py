"""The part of a run that is shown first: the best match of each cluster, the best formula of each family."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from reuse.analysis.copied import copies_apart
from reuse.analysis.told_once import told_first
from reuse.run.found import FURNITURE_SAYS
from reuse.run.terms import terms_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from reuse.run.run import Run

Row = dict[str, Any]

LOOKED_AT = 500
"""Rows that are read at once."""

NOT_DISMISSED = "-rejected -boilerplate"
"""Filter: what the reviewer has set aside is not shown first."""

TEXT_ONLY = "furniture:none"
"""Filter: nor what recurs because of where it stands on a page, unless it is asked for."""


def best_matches(run: Run, most: int, where: str | None = None) -> list[Row]:
    """The most surprising match of each cluster, most surprising first; between copies of one text only if all are.

    What says again what a better one says, in whatever documents, comes behind all that do not (`told_first`).

    Args:
        run: The run to read.
        most: Most matches.
        where: Filter; what the reviewer rejected or marked as boilerplate is left out in any case, furniture unless the
            filter asks for it.
    """
    numbers = run.ids("matches", f"copies:false {shown_first(where)}", "bits")
    if not len(numbers):
        numbers = run.ids("matches", shown_first(where), "bits")
    first = islice(_first_of_clusters(run, numbers), LOOKED_AT + most)
    return run.rows("matches", told_first(run, first, most))


def _first_of_clusters(run: Run, numbers: NDArray[np.int64]) -> Iterator[int]:
    """The first match of each cluster, as it is asked for."""
    met: set[str] = set()
    for start in range(0, len(numbers), LOOKED_AT):
        block = numbers[start : start + LOOKED_AT]
        for number, row in zip(block.tolist(), run.rows("matches", block, ["cluster"]), strict=True):
            if row["cluster"] not in met:
                met.add(row["cluster"])
                yield number


def folded_copies(run: Run, where: str | None = None) -> int:
    """How many pairs of copies of one text `best_matches` leaves out: 0 where all matches are of such pairs."""
    found = copies_apart(run, run.ids("matches", shown_first(where)))
    return len(found.pairs) if len(found.rest) else 0


def best_formulas(run: Run, most: int, where: str | None = None) -> list[Row]:
    """The most widespread and surprising formulas (the run's own order), one a family.

    A formula that contains a better one, or is contained in it, is passed over: readers have seen it. What the reviewer
    has set aside and furniture are left out as with matches.

    Returns:
        Rows of the table of formulas, each with its `number` for `Run.formula_occurrences`.
    """
    numbers = run.ids("formulas", shown_first(where))
    best: dict[int, str] = {}
    families: set[str] = set()
    for number, family, text in _read(run, numbers):
        if len(best) == most:
            break
        words = f" {text} "
        if family not in families and not any(words in other or other in words for other in best.values()):
            families.add(family)
            best[number] = words
    rows = run.rows("formulas", list(best))
    return [row | {"number": number} for number, row in zip(best, rows, strict=True)]


def _read(run: Run, numbers: NDArray[np.int64]) -> Iterator[tuple[int, str, str]]:
    """Number, family and text of some formulas, read as they are asked for: ever more at once."""
    start, size = 0, LOOKED_AT
    while start < len(numbers):
        block = numbers[start : start + size]
        for number, row in zip(block.tolist(), run.rows("formulas", block, ["family", "text"]), strict=True):
            yield number, row["family"], row["text"]
        start, size = start + size, 2 * size


def not_dismissed(where: str | None) -> str:
    """A filter that also leaves out what the reviewer has set aside."""
    return f"{NOT_DISMISSED} {where or ''}".strip()


def shown_first(where: str | None) -> str:
    """The same, and furniture is left out too, unless the filter says which."""
    return not_dismissed(text_only(where))


def text_only(where: str | None) -> str:
    """A filter that also leaves out furniture, unless it says which it wants."""
    asked = any(term.field == "furniture" for term in terms_of(where or ""))
    return where or "" if asked else f"{TEXT_ONLY} {where or ''}".strip()


def furniture_said(run: Run, how: str) -> str:
    """A sentence on what is furniture, of which kinds the matches are, and how to see it; empty if nothing is."""
    kinds = [(name, run.count("matches", f"furniture:{name}")) for name in list(FURNITURE_SAYS)[1:]]
    total = sum(count for _, count in kinds)
    formulas = run.count("formulas", "furniture:any")
    further = "" if total else "further "
    named = ", ".join(f"{name} {count:,}" for name, count in kinds if count)
    said = [f"{_times(total, 'further match', 'further matches')} ({named})"] * (total > 0)
    said += [_times(formulas, *(f"{further}{noun}" for noun in ("formula", "formulas")))] * (formulas > 0)
    verb = "is" if total + formulas == 1 else "are"
    return f"{' and '.join(said)} {verb} furniture of pages: hidden, {how}" if said else ""


def _times(count: int, one: str, more: str) -> str:
    return f"1 {one}" if count == 1 else f"{count:,} {more}"
