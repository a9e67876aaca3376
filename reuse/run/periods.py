"""Rows of a table by the period that they are dated in, as the filter `date:` finds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.ragged import owners_of
from reuse.calendar import fitting_period, period_number

if TYPE_CHECKING:
    from reuse.run.run import Run

_OF_ITS_OWN = {"documents": ("date",), "formulas": ("first_date", "last_date"), "clusters": ("first_date", "last_date")}
"""The columns with the dates of a row."""
_ROW = {"documents": "doc", "formulas": "formula", "clusters": "cluster"}


@dataclass(frozen=True, slots=True)
class RowsByPeriod:
    """Which period each row of a table is dated in.

    Attributes:
        period: Of `reuse.calendar.PERIODS`: the one that fits the dates of the documents.
        numbers: int64 (periods,): the periods of documents, ascending.
        of_rows: int64 (dates, rows): place in `numbers` of each of a row's dates, one or two; -1: none, or it spans
            several. A row that has both dates in one period is in it once.
    """

    period: str
    numbers: NDArray[np.int64]
    of_rows: NDArray[np.int64]

    def counts(self, rows: NDArray[np.int64] | None = None) -> NDArray[np.int64]:
        """How many of some rows (all if None), by their numbers, each period has (int64, periods)."""
        places = self.of_rows if rows is None else self.of_rows[:, rows]
        found = np.bincount(places[0] + 1, minlength=len(self.numbers) + 1)
        for further in places[1:]:
            found += np.bincount(further[further != places[0]] + 1, minlength=len(self.numbers) + 1)
        return found[1:]


def rows_by_period(run: Run, table: str) -> RowsByPeriod:
    """The periods of all rows of documents, matches, clusters or formulas.

    Cost: linear in the rows; 200,000 matches take some hundredths of a second.
    """
    dates = [date for (date,) in run.sql("SELECT date FROM documents ORDER BY doc")]
    period = fitting_period(dates)
    numbers = sorted({number for date in dates if (number := period_number(date, period)) is not None})
    place = {number: at for at, number in enumerate(numbers)}

    def places(column: Sequence[str | None]) -> NDArray[np.int64]:
        at = {
            date: place.get(number, -1) for date in set(column) if (number := period_number(date, period)) is not None
        }
        return np.array([at.get(date, -1) for date in column], dtype=np.int64)

    if table == "matches":
        spans = np.asarray(run.column("match_tokens"), dtype=np.int64).reshape(-1, 4)
        of_document = places(dates)
        of_rows = [of_document[owners_of(np.asarray(run.tokens.bounds), spans[:, side])] for side in (0, 2)]
    else:
        columns = _OF_ITS_OWN[table]
        stored = list(run.sql(f"SELECT {', '.join(columns)} FROM {table} ORDER BY {_ROW[table]}"))
        of_rows = [places([row[at] for row in stored]) for at in range(len(columns))]
    return RowsByPeriod(period, np.array(numbers, dtype=np.int64), np.array(of_rows, dtype=np.int64))
