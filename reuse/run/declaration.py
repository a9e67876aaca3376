"""How the tables of `run.sqlite` are declared: one object a table and a column, from which all else follows.

The SQL that makes a table, the names that its rows are inserted by, its export, its filter fields and its page of the
documentation are read off these objects: a further column of a table is one `StoredColumn` and, where rows are made
(`reuse.run.rows`), its values.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from reuse.columns import Column, Values
from reuse.errors import UsageError
from reuse.run import conditions
from reuse.run.conditions import Compiler, Condition, Field
from reuse.run.files import RunFiles
from reuse.run.table import Table
from reuse.run.where import condition_of

SomeColumn = TypeVar("SomeColumn", bound=Column)


@dataclass(frozen=True, slots=True)
class StoredColumn(Column):
    """One column of a stored table, of its export, or of both.

    Attributes:
        stored: Its declaration in SQL, such as `REAL NOT NULL`; empty: it is not stored.
        note: What is stored, where that is not what is exported; for the database's own schema.
        sql: SQL expression that the export reads, where it is not the stored column.
        needs: SQL expressions that `compute` reads.
        compute: From the run and the needed values (a list an expression, all of one length) to the exported cells.
        order: SQL expression to sort by, where it is not the exported one; empty, and computed: cannot be sorted by.
        compare: How a filter compares it, where its type does not say.
        exported: False: it is stored and no more.
    """

    stored: str = ""
    note: str = field(default="", kw_only=True)
    sql: str = field(default="", kw_only=True)
    needs: tuple[str, ...] = field(default=(), kw_only=True)
    compute: Callable[[RunFiles, Mapping[str, Values]], Values] | None = field(default=None, kw_only=True)
    order: str = field(default="", kw_only=True)
    compare: Compiler | None = field(default=None, kw_only=True)
    exported: bool = field(default=True, kw_only=True)

    @property
    def expression(self) -> str:
        """SQL expression of the exported cells; empty for a computed column."""
        return "" if self.compute else self.sql or quoted(self.name)

    def filter_field(self) -> Field | None:
        """The field of a filter that compares this column; None: it cannot be."""
        if self.compare:
            return Field(self.description, self.compare)
        if not self.expression:
            return None
        if self.type == "boolean":
            return Field(self.description, conditions.truth(self.expression))
        by_type = conditions.number if self.type in {"integer", "real"} else conditions.text
        return Field(self.description, by_type(self.expression))


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

    @property
    def fields(self) -> Mapping[str, Field]:
        """Fields of a filter on it, by name; none: it takes no filter."""

    def count(self, run: RunFiles, where: str | None) -> int:
        """How many rows pass the filter."""

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
        """Numbers of the rows asked for, in the order asked for."""

    def fetch(self, run: RunFiles, numbers: NDArray[np.int64], columns: Sequence[str] | None) -> Table:
        """The rows of these numbers, in this order."""


def named(table: str, columns: Sequence[SomeColumn], names: Sequence[str]) -> list[SomeColumn]:
    """Of some columns those of these names, in the order of the names.

    Raises:
        UsageError: There is no such column.
    """
    by_name = {column.name: column for column in columns}
    unknown = [name for name in names if name not in by_name]
    if unknown:
        raise UsageError(f"{table} has no column {', '.join(unknown)}; its columns are {', '.join(by_name)}")
    return [by_name[name] for name in names]


def quoted(name: str) -> str:
    """A name as SQL takes it, keywords included."""
    return f'"{name}"' if name in {"start", "end"} else name


@dataclass(frozen=True, slots=True)
class StoredTable:
    """A table of `run.sqlite`.

    Attributes:
        name: Its name, there and in the export.
        key: The column that numbers its rows; of a table without row numbers, the columns that tell them apart.
        description: What one row is.
        every: All columns in the order of the table and of its export.
        further: Fields of a filter besides its columns; of two of one name, these count.
        indexes: The indexes by name: what they are on, and behind a `WHERE` of which rows. They are made when the table
            is filled: sorting once is cheaper than keeping an index sorted.
        numbered: Whether `key` numbers its rows.
    """

    name: str
    key: str
    description: str
    every: tuple[StoredColumn, ...]
    further: Mapping[str, Field] = field(default_factory=dict)
    indexes: Mapping[str, str] = field(default_factory=dict)
    numbered: bool = True

    @property
    def columns(self) -> tuple[StoredColumn, ...]:
        """Columns of the export."""
        return tuple(column for column in self.every if column.exported)

    @property
    def stored(self) -> list[str]:
        """Names of the columns that are stored."""
        return [column.name for column in self.every if column.stored]

    @property
    def fields(self) -> dict[str, Field]:
        """Fields of a filter: the further ones, then the columns."""
        by_column = {column.name: column.filter_field() for column in self.columns}
        return {**self.further, **{name: one for name, one in by_column.items() if one and name not in self.further}}

    def create(self) -> str:
        """SQL that makes the table, with what its columns mean."""
        columns = [
            (f"{quoted(column.name)} {column.stored}", column.note or column.description)
            for column in self.every
            if column.stored
        ]
        if not self.numbered:
            columns.append((f"PRIMARY KEY ({self.key})", ""))
        last = len(columns) - 1
        lines = [
            f"    {declared}{'' if row == last else ','}{f'  -- {note}' if note else ''}"
            for row, (declared, note) in enumerate(columns)
        ]
        body = "\n".join(lines)
        without = "" if self.numbered else " WITHOUT ROWID"
        return f"CREATE TABLE {self.name} (  -- one row: {self.description}\n{body}\n){without};"

    def insert(self, given: Collection[str]) -> str:
        """SQL that inserts a row; its values are bound in the order of the names given.

        Raises:
            ValueError: The names are not those of the stored columns.
        """
        wrong = set(given) ^ set(self.stored)
        if wrong:
            raise ValueError(
                f"{self.name}: values are missing, or no column is declared, for {', '.join(sorted(wrong))}"
            )
        return f"INSERT INTO {self.name} ({', '.join(map(quoted, given))}) VALUES ({', '.join('?' * len(given))})"

    def index(self) -> list[str]:
        """SQL that makes each index."""
        made = []
        for name, on in self.indexes.items():
            columns, where, rows = on.partition(" WHERE ")
            unique = "UNIQUE " * (columns == "id")
            made.append(f"CREATE {unique}INDEX {name} ON {self.name} ({columns}){where}{rows}")
        return made

    def condition(self, run: RunFiles, where: str | None) -> Condition:
        """A filter as a condition in SQL."""
        return condition_of(where, self.name, self.fields, run) if where and where.strip() else Condition("1")

    def count(self, run: RunFiles, where: str | None = None) -> int:
        """How many rows pass the filter."""
        condition = self.condition(run, where)
        ((count,),) = run.sql(f"SELECT count(*) FROM {self.name} WHERE {condition.sql}", condition.parameters)
        return int(count)

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
        """Numbers of the rows that pass the filter; a table is sorted by a column only once while the run is open."""
        condition = self.condition(run, where)
        ordering = self._ordering(order, descending)
        query = f"SELECT {self.key} FROM {self.name} WHERE {condition.sql}"
        in_this_order = f"{query} ORDER BY {ordering}"
        if limit is not None:  # SQLite keeps only the best ones while it sorts
            return run.numbers(f"{in_this_order} LIMIT {int(limit)} OFFSET {int(offset)}", condition.parameters)
        if ordering == self.key:
            return run.numbers(in_this_order, condition.parameters)[offset:]
        in_order = run.ordering(self.name, self.key, ordering)
        if where is None:
            return in_order[offset:]
        passing = np.zeros(len(in_order), dtype=bool)
        passing[run.numbers(query, condition.parameters)] = True
        return in_order[passing[in_order]][offset:]

    def fetch(self, run: RunFiles, numbers: NDArray[np.int64], columns: Sequence[str] | None) -> Table:
        """The rows of these numbers: one query, then the computed columns as whole columns."""
        wanted = self.columns if columns is None else named(self.name, self.columns, columns)
        needed = dict.fromkeys(
            expression for column in wanted for expression in (column.needs if column.compute else (column.expression,))
        )
        expressions = [self.key, *needed]
        distinct, places = np.unique(numbers, return_inverse=True)
        query = f"SELECT {', '.join(expressions)} FROM {self.name}"
        if len(distinct) and len(distinct) == distinct[-1] + 1 == self.count(run):
            found = run.sql(f"{query} ORDER BY {self.key}")
        else:
            found = run.sql(
                f"{query} WHERE {self.key} IN (SELECT value FROM json_each(?)) ORDER BY {self.key}",
                (str(distinct.tolist()),),
            )
        stored = list(found)
        if len(stored) != len(distinct):
            raise UsageError(f"{self.name} has no row of one of the {len(distinct)} numbers asked for")
        in_order = stored if np.array_equal(places, np.arange(len(stored))) else [stored[at] for at in places.tolist()]
        by_expression = {expression: [row[place] for row in in_order] for place, expression in enumerate(expressions)}
        cells = {}
        for column in wanted:
            values = column.compute(run, by_expression) if column.compute else by_expression[column.expression]
            cells[column.name] = list(map(bool, values)) if column.type == "boolean" else values
        return Table(cells)

    def _ordering(self, order: str | None, descending: bool | None) -> str:
        if order is None:
            return f"{self.key} DESC" if descending else self.key
        (column,) = named(self.name, self.columns, [order])
        expression = column.order or column.expression
        if not expression:
            sortable = [column.name for column in self.columns if column.order or column.expression]
            raise UsageError(f"{self.name} cannot be sorted by {order}; it can be by {', '.join(sortable)}")
        if column.is_date and not column.order:
            expression = f"date_order({expression})"
        falls = column.falls if descending is None else descending
        # NULLs come last either way; falling they do so by themselves, and an index can serve
        return f"{expression} {'DESC' if falls else 'ASC NULLS LAST'}, {self.key}"
