"""Tables that are worked out from a run, read like those that are stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from reuse.calendar import date_order
from reuse.columns import Column, ComputedTable, LongTable, Values
from reuse.errors import UsageError
from reuse.run.conditions import Field
from reuse.run.declaration import named
from reuse.run.files import RunFiles
from reuse.run.table import Table


@dataclass(frozen=True, slots=True)
class Computed:
    """A table that is worked out when it is asked for, once for an open run, or row by row if it is long.

    Attributes:
        declared: What it is, and the function that works it out.
    """

    declared: ComputedTable | LongTable

    @property
    def name(self) -> str:
        """Name, as in `textreuse export RUN NAME`."""
        return self.declared.name

    @property
    def description(self) -> str:
        """What one row is."""
        return self.declared.description

    @property
    def columns(self) -> tuple[Column, ...]:
        """Columns in the order of the export."""
        return self.declared.columns

    @property
    def fields(self) -> Mapping[str, Field]:
        """None: it takes no filter."""
        return {}

    def count(self, run: RunFiles, where: str | None = None) -> int:
        """Number of rows."""
        self._refuse(where)
        if isinstance(self.declared, LongTable):
            return self.declared.count(run)
        return len(self._whole(run))

    def numbers(
        self,
        run: RunFiles,
        *,
        where: str | None,
        order: str | None,
        descending: bool | None,
        limit: int | None,
        offset: int,
    ) -> NDArray[np.int64]:
        """Numbers of the rows in the order asked for."""
        self._refuse(where)
        numbers = np.arange(self.count(run), dtype=np.int64)
        if order is not None:
            numbers = self._sorted(run, order, descending)
        elif descending:
            numbers = numbers[::-1]
        return numbers[offset : None if limit is None else offset + limit]

    def fetch(self, run: RunFiles, numbers: NDArray[np.int64], columns: Sequence[str] | None) -> Table:
        """The rows of these numbers."""
        wanted = [
            column.name for column in (self.columns if columns is None else named(self.name, self.columns, columns))
        ]
        if isinstance(self.declared, LongTable):
            rows = self.declared.rows(run, numbers)
            return Table({name: rows[name] for name in wanted})
        whole = self._whole(run)
        return Table({name: [whole[name][at] for at in numbers.tolist()] for name in wanted})

    def _whole(self, run: RunFiles) -> Table:
        def build() -> Table:
            made: Mapping[str, Values] = cast(ComputedTable, self.declared).build(run)
            return Table({column.name: made[column.name] for column in self.columns})

        return run.once(self.name, build)

    def _sorted(self, run: RunFiles, order: str, descending: bool | None) -> NDArray[np.int64]:
        if isinstance(self.declared, LongTable):
            raise UsageError(f"{self.name} takes no order; textreuse concordance RUN WORDS --sort does")
        (column,) = named(self.name, self.columns, [order])
        values = self._whole(run)[order]
        if column.is_date:
            values = list(map(date_order, values))
        present = [number for number, value in enumerate(values) if value is not None]
        present.sort(key=lambda number: values[number], reverse=column.falls if descending is None else descending)
        missing = [number for number, value in enumerate(values) if value is None]
        return np.array(present + missing, dtype=np.int64)

    def _refuse(self, where: str | None) -> None:
        if where and where.strip():
            raise UsageError(f"{self.name} takes no filter; filter the matches or formulas that it is made from")
