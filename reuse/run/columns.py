"""The exported tables: for each, its columns in order, what they mean, their types, and where their values come from.

Headers, order, types of Parquet and the documentation are all read off these objects. A further table is registered
with `register` by one of TABLE_MODULES: a `StoredTable` if its rows are rows of `run.sqlite`, a `ComputedTable` if they
are worked out from it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from reuse.errors import UsageError
from reuse.run.table import Table

if TYPE_CHECKING:
    from reuse.run.run import Run

ColumnType = Literal["text", "integer", "real", "boolean", "texts", "json"]
"""`texts` is a list of texts; `json` is an object of text values, as JSON text. Any cell may be None."""

Values = list[Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an exported table.

    Attributes:
        name: Header.
        type: Type of its cells.
        description: What it says, with its unit.
        sql: SQL expression over the stored table; empty for a computed column.
        needs: SQL expressions that `compute` reads.
        compute: From the run and the needed values (a list an expression, all of one length) to the cells.
        order: SQL expression to sort by, where it is not `sql`; empty and without `sql`: cannot be sorted by.
        falls: True if it sorts from high to low unless the reader says otherwise.
    """

    name: str
    type: ColumnType
    description: str
    sql: str = ""
    needs: tuple[str, ...] = ()
    compute: Callable[[Run, Mapping[str, Values]], Values] | None = None
    order: str = ""
    falls: bool = False


class ExportedTable(Protocol):
    """What every exported table offers."""

    @property
    def name(self) -> str:
        """Name, as in `textreuse export RUN NAME`."""

    @property
    def description(self) -> str:
        """What one row is."""

    @property
    def columns(self) -> Sequence[Column]:
        """Columns in the order of the export."""

    def numbers(
        self,
        run: Run,
        *,
        where: str | None,
        order: str | None,
        descending: bool | None,
        limit: int | None,
        offset: int,
    ) -> NDArray[np.int64]:
        """Numbers of the rows asked for, in the order asked for."""

    def fetch(self, run: Run, numbers: NDArray[np.int64], columns: Sequence[str] | None) -> Table:
        """The rows of these numbers, in this order."""


def chosen(table: ExportedTable, names: Sequence[str] | None) -> list[Column]:
    """The columns of these names, in the order of the names; all for None.

    Raises:
        UsageError: The table has no such column.
    """
    if names is None:
        return list(table.columns)
    by_name = {column.name: column for column in table.columns}
    unknown = [name for name in names if name not in by_name]
    if unknown:
        raise UsageError(f"{table.name} has no column {', '.join(unknown)}; its columns are {', '.join(by_name)}")
    return [by_name[name] for name in names]


@dataclass(frozen=True, slots=True)
class StoredTable:
    """A table whose rows are rows of `run.sqlite`.

    Attributes:
        name: Name of the export and of the stored table.
        key: Column of the stored table that numbers its rows.
        description: What one row is.
        columns: Columns of the export.
    """

    name: str
    key: str
    description: str
    columns: tuple[Column, ...]

    def numbers(
        self,
        run: Run,
        *,
        where: str | None,
        order: str | None,
        descending: bool | None,
        limit: int | None,
        offset: int,
    ) -> NDArray[np.int64]:
        """Numbers of the rows that pass the filter; a table is sorted by a column only once while the run is open."""
        condition = run.condition(self.name, where)
        ordering = self._ordering(order, descending)
        query = f"SELECT {self.key} FROM {self.name} WHERE {condition.sql} ORDER BY "
        if limit is not None:  # SQLite keeps only the best ones while it sorts
            return run.numbers(f"{query}{ordering} LIMIT {int(limit)} OFFSET {int(offset)}", condition.parameters)
        if ordering == self.key:
            return run.numbers(query + ordering, condition.parameters)[offset:]
        in_order = run.ordering(self.name, self.key, ordering)
        if where is None:
            return in_order[offset:]
        passing = np.zeros(len(in_order), dtype=bool)
        passing[run.numbers(query + self.key, condition.parameters)] = True
        return in_order[passing[in_order]][offset:]

    def fetch(self, run: Run, numbers: NDArray[np.int64], columns: Sequence[str] | None) -> Table:
        """The rows of these numbers: one query, then the computed columns as whole columns."""
        wanted = chosen(self, columns)
        needed = dict.fromkeys(
            expression for column in wanted for expression in ((column.sql,) if column.sql else column.needs)
        )
        expressions = [self.key, *needed]
        distinct, places = np.unique(numbers, return_inverse=True)
        query = f"SELECT {', '.join(expressions)} FROM {self.name}"
        if len(distinct) and len(distinct) == distinct[-1] + 1 == run.count(self.name):
            found = run.query(f"{query} ORDER BY {self.key}")
        else:
            found = run.query(
                f"{query} WHERE {self.key} IN (SELECT value FROM json_each(?)) ORDER BY {self.key}",
                (str(distinct.tolist()),),
            )
        stored = list(found)
        if len(stored) != len(distinct):
            raise UsageError(f"{self.name} has no row of one of the {len(distinct)} numbers asked for")
        in_order = stored if np.array_equal(places, np.arange(len(stored))) else [stored[at] for at in places.tolist()]
        by_expression = {expression: [row[place] for row in in_order] for place, expression in enumerate(expressions)}
        table = Table()
        for column in wanted:
            values = column.compute(run, by_expression) if column.compute else by_expression[column.sql]
            table[column.name] = list(map(bool, values)) if column.type == "boolean" else values
        return table

    def _ordering(self, order: str | None, descending: bool | None) -> str:
        if order is None:
            return f"{self.key} DESC" if descending else self.key
        (column,) = chosen(self, [order])
        expression = column.order or column.sql
        if not expression:
            sortable = [column.name for column in self.columns if column.order or column.sql]
            raise UsageError(f"{self.name} cannot be sorted by {order}; it can be by {', '.join(sortable)}")
        falls = column.falls if descending is None else descending
        # NULLs come last either way; falling they do so by themselves, and an index can serve
        return f"{expression} {'DESC' if falls else 'ASC NULLS LAST'}, {self.key}"


@dataclass(frozen=True, slots=True)
class ComputedTable:
    """A table that is worked out from the run when it is asked for.

    Attributes:
        name: Name of the export.
        description: What one row is.
        columns: Columns; their `sql`, `needs`, `compute` and `order` are not used.
        build: From the run to all rows, with the columns in order.
    """

    name: str
    description: str
    columns: tuple[Column, ...]
    build: Callable[[Run], Table]

    def numbers(
        self,
        run: Run,
        *,
        where: str | None,
        order: str | None,
        descending: bool | None,
        limit: int | None,
        offset: int,
    ) -> NDArray[np.int64]:
        """Numbers of the rows in the order asked for."""
        if where:
            raise UsageError(f"{self.name} takes no filter; filter the matches or formulas that it is made from")
        table = run.computed(self)
        numbers = list(range(table.height))
        if order is not None:
            (column,) = chosen(self, [order])
            values = table[order]
            present = [number for number in numbers if values[number] is not None]
            falls = column.falls if descending is None else descending
            present.sort(key=lambda number: values[number], reverse=falls)
            numbers = present + [number for number in numbers if values[number] is None]
        elif descending:
            numbers.reverse()
        stop = None if limit is None else offset + limit
        return np.array(numbers[offset:stop], dtype=np.int64)

    def fetch(self, run: Run, numbers: NDArray[np.int64], columns: Sequence[str] | None) -> Table:
        """The rows of these numbers."""
        table = run.computed(self)
        return Table(
            {column.name: [table[column.name][at] for at in numbers.tolist()] for column in chosen(self, columns)}
        )


TABLES: dict[str, ExportedTable] = {}
"""The tables registered so far; `exported_tables` knows all."""

TABLE_MODULES = ("reuse.run.tables", "reuse.run.comparisons")
"""The modules that register tables, in the order of the documentation. They are imported when a table is asked for."""


def register(table: ExportedTable) -> None:
    """Offer a table under its name: to `Run.table`, to the exports and to the documentation."""
    TABLES[table.name] = table


def exported_tables() -> dict[str, ExportedTable]:
    """All exported tables by name, in the order in which they are documented."""
    for module in TABLE_MODULES:
        import_module(module)
    return TABLES


def table_of(name: str) -> ExportedTable:
    """The table of this name.

    Raises:
        UsageError: There is none.
    """
    tables = exported_tables()
    if name not in tables:
        raise UsageError(f"there is no table {name!r}; the tables are {', '.join(tables)}")
    return tables[name]
