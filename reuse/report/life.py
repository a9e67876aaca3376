"""The life of words or formulas in a run: when they were born, how often they were said, whether they were dropped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from reuse.analysis.lives import life_of, life_table
from reuse.errors import UsageError
from reuse.run.search import find
from reuse.run.table import Table

if TYPE_CHECKING:
    from reuse.run.run import Run


def life_of_words(run: Run, forms: Sequence[str], by: str | None = None) -> Table:
    """When some words were said: one row for all forms together, and one for each where there are several.

    Args:
        run: The run.
        forms: Queries as typed (`reuse.queries.LANGUAGE`).
        by: day, month, year, decade or century; None: what fits the span of the dates.

    Returns:
        Columns `text`, then those of `reuse.analysis.lives.life_of`.

    Raises:
        UsageError: There is no form, one is not understood, or no document has a date that says so much.
    """
    if not forms:
        raise UsageError("there is no word to look for")
    each = [find(run, form).starts for form in forms]
    rows = [np.unique(np.concatenate(each)), *each] if len(forms) > 1 else each
    names = [" | ".join(forms), *forms] if len(forms) > 1 else list(forms)
    bounds = np.cumsum([0, *map(len, rows)])
    found = life_of(run, np.concatenate(rows), bounds, by)
    return Table({"text": names} | found, name="life")


def lives_of_families(run: Run, by: str | None = None, limit: int | None = None) -> Table:
    """When the families of formulas were said, all forms of one together; the most widespread and surprising first."""
    table = Table(life_table(run, by, families=True), name="life")
    return table if limit is None else table[:limit]
