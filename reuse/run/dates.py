"""Dates of reduced precision, compared only as far as they are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class DocumentDates:
    """The dates of all documents as columns.

    Attributes:
        parts: int32 (documents, 3): year, month, day; 0 where unknown.
        ranks: int64 (documents,): place of the date among the distinct dates; -1 for a document without one.
        distinct: The distinct dates, rising. A date of reduced precision comes before the dates that it contains.
    """

    parts: NDArray[np.int32]
    ranks: NDArray[np.int64]
    distinct: list[str]

    @classmethod
    def of(cls, dates: Sequence[str | None]) -> DocumentDates:
        """Columns from ISO 8601 dates: `2022-07-07`, `2022-07`, `2022` or None."""
        distinct = sorted({date for date in dates if date})
        rank = {date: place for place, date in enumerate(distinct)}
        parts = np.zeros((len(dates), 3), dtype=np.int32)
        for row, date in enumerate(dates):
            for place, part in enumerate((date or "").split("-")[:3]):
                parts[row, place] = int(part) if part.isdigit() else 0
        ranks = np.array([rank[date] if date else -1 for date in dates], dtype=np.int64)
        return cls(parts, ranks, distinct)

    def order(self, a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.int8]:
        """-1 where document a is earlier than b, 1 where it is later, 0 where they are equal or it cannot be said.

        2022 against 2022-07 cannot be said; 2021 against 2022-07 can.
        """
        result = np.zeros(len(a), dtype=np.int8)
        undecided = np.ones(len(a), dtype=bool)
        for place in range(3):
            left, right = self.parts[a, place], self.parts[b, place]
            undecided &= (left > 0) & (right > 0)
            differs = undecided & (left != right)
            result[differs] = np.sign(left - right)[differs]
            undecided &= ~differs
        return result

    def first_and_last(
        self, documents: NDArray[np.int64], bounds: NDArray[np.int64]
    ) -> tuple[list[str | None], list[str | None]]:
        """Earliest and latest date of each group; group g owns the rows bounds[g] to bounds[g + 1], at least one."""
        if len(bounds) < 2:
            return [], []
        ranks = self.ranks[documents]
        last = np.maximum.reduceat(ranks, bounds[:-1])
        first = np.minimum.reduceat(np.where(ranks < 0, len(self.distinct), ranks), bounds[:-1])
        names: list[str | None] = [*self.distinct, None]  # both -1 and len(distinct) read the None at the end
        return [names[rank] for rank in first.tolist()], [names[rank] for rank in last.tolist()]
