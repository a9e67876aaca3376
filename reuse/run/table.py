"""A table of a run, as a person with data expects one: rows, columns, slices, and data frames."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, overload

from reuse.errors import MissingExtraError
from reuse.run.arrow import batches_of
from reuse.run.items import ITEMS, Row
from reuse.run.preview import SHOWN_ROWS, as_html

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from reuse.columns import ColumnType, Values

Read = Callable[[range, Sequence[str]], Mapping[str, list[Any]]]
"""From places of rows and names of columns to the cells: a list a column, of the length of the range."""

READ_ROWS = 1_000
"""Rows that are read at a time by who looks at one row after the other."""


class Table:
    """Rows and columns. `len` is the rows; `table["bits"]` is a column, `table[0]` a row, `table[:10]` a table.

    Whoever goes through a table gets its rows as objects (`match.bits`, `match.a.text`). Data frames take it as it is,
    by the Arrow C stream protocol (`polars.DataFrame(table)`, `duckdb.sql("FROM table")`), or with `to_pandas`,
    `to_polars` and `to_arrow`; all of these need pyarrow. A table may be read from its run only as far as it is looked
    at: a column when it is asked for, rows some thousand at a time.

    Args:
        columns: The cells, a list a column, all of one length.
        name: What it is a table of, such as `matches`.
        types: Type of each column; of one that is left out, whatever its values are.

    Attributes:
        columns: Names of the columns, in order.
        name: See above.
        types: See above.
    """

    def __init__(
        self, columns: Mapping[str, Values], *, name: str = "", types: Mapping[str, ColumnType] | None = None
    ) -> None:
        self.columns = tuple(columns)
        self.name = name
        self.types = types or {}
        self._height = len(next(iter(columns.values()), []))
        self._kept = dict(columns)
        self._read: Read | None = None

    @classmethod
    def read_later(
        cls, read: Read, names: Sequence[str], height: int, *, name: str, types: Mapping[str, ColumnType]
    ) -> Table:
        """A table of so many rows that `read` reads as they are asked for."""
        table = cls({}, name=name, types=types)
        table.columns, table._height, table._read = tuple(names), height, read
        return table

    def __len__(self) -> int:
        return self._height

    def __iter__(self) -> Iterator[Row]:
        make = ITEMS.get(self.name, Row)
        return (make(row) for row in self.to_dicts())

    @overload
    def __getitem__(self, key: str) -> Values: ...
    @overload
    def __getitem__(self, key: int) -> Row: ...
    @overload
    def __getitem__(self, key: slice) -> Table: ...

    def __getitem__(self, key: str | int | slice) -> Values | Row | Table:
        if isinstance(key, str):
            if key not in self.columns:
                raise KeyError(f"{self.name or 'the table'} has no column {key!r}; it has {', '.join(self.columns)}")
            return self._whole([key])[key]
        rows = range(self._height)
        if isinstance(key, slice):
            return self._at(rows[key])
        if not -self._height <= key < self._height:
            raise IndexError(f"no row {key}: {self.name or 'the table'} has {self._height:,} rows")
        return next(iter(self._at(rows[key:][:1])))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Table) and self.columns == other.columns and self.to_dict() == other.to_dict()

    __hash__ = None  # type: ignore[assignment]  # columns are lists, which have none either

    def __repr__(self) -> str:
        rows = "1 row" if self._height == 1 else f"{self._height:,} rows"
        return f"<{self.name or 'table'}: {rows} of {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        return as_html(self.name, self.columns, list(self[:SHOWN_ROWS].to_dicts()), self._height)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._batches().__arrow_c_stream__(requested_schema)

    def to_dict(self) -> dict[str, Values]:
        """All columns by name, each a list."""
        return self._whole(self.columns)

    def to_dicts(self) -> Iterator[dict[str, Any]]:
        """Each row as a plain dict of its own."""
        for start in range(0, self._height, READ_ROWS):
            columns = self._cells(range(start, min(start + READ_ROWS, self._height)), self.columns)
            for values in zip(*columns.values(), strict=True):
                yield dict(zip(self.columns, values, strict=True))

    def to_arrow(self) -> pa.Table:
        """The table as a `pyarrow.Table`.

        Raises:
            MissingExtraError: pyarrow is not installed.
        """
        return self._batches().read_all()

    def to_pandas(self) -> pd.DataFrame:
        """The table as a `pandas.DataFrame`.

        Raises:
            MissingExtraError: pandas or pyarrow is not installed.
        """
        try:
            import pandas as pd  # noqa: F401, PLC0415 - of the user's choice; pyarrow uses it
        except ImportError as error:
            raise MissingExtraError("to_pandas needs pandas: pip install pandas 'textreuse[parquet]'") from error
        return self.to_arrow().to_pandas()

    def to_polars(self) -> pl.DataFrame:
        """The table as a `polars.DataFrame`.

        Raises:
            MissingExtraError: polars or pyarrow is not installed.
        """
        try:
            import polars as pl  # noqa: PLC0415 - of the user's choice
        except ImportError as error:
            raise MissingExtraError("to_polars needs polars: pip install polars 'textreuse[parquet]'") from error
        return pl.DataFrame(self)

    def _batches(self) -> pa.RecordBatchReader:
        types = {name: self.types.get(name) for name in self.columns}
        return batches_of(self._height, types, lambda rows: self[rows].to_dict())

    def _at(self, rows: range) -> Table:
        """The rows at these places, read when they are asked for."""

        def read(places: range, names: Sequence[str]) -> Mapping[str, Values]:
            return self._cells(rows[places.start : places.stop : places.step], names)

        return Table.read_later(read, self.columns, len(rows), name=self.name, types=self.types)

    def _whole(self, names: Sequence[str]) -> dict[str, Values]:
        """Columns with all their rows; from now on they are kept."""
        missing = [name for name in names if name not in self._kept]
        if missing and self._read:
            self._kept |= self._read(range(self._height), missing)
        return {name: self._kept[name] for name in names}

    def _cells(self, rows: range, names: Sequence[str]) -> dict[str, Values]:
        """Columns with some of their rows."""
        missing = [name for name in names if name not in self._kept]
        read = self._read(rows, missing) if missing and self._read else {}
        return {name: read[name] if name in read else [self._kept[name][row] for row in rows] for name in names}
