"""Tables of a run written for other programs: JSON Lines, CSV, TSV, spreadsheets, Parquet.

Rows are read and written in batches, so that a table larger than memory can be exported. Header, order and types are
those that the tables declare (`reuse.run.registry` lists them).
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from reuse.columns import Column, ColumnType
from reuse.errors import UsageError
from reuse.report.files import replacing
from reuse.report.sheet import write_sheet
from reuse.run.arrow import arrow_type, import_pyarrow, record_batch
from reuse.run.declaration import ExportedTable, named
from reuse.run.registry import table_of
from reuse.run.schema import SCHEMA_VERSION

if TYPE_CHECKING:
    from reuse.run.run import Run
    from reuse.run.table import Table

BATCH = 5_000
"""Rows read and written at a time: a few MB of passages."""

FORMULA_SIGNS = frozenset("=+-@\t\r\n＝＋－＠")
"""A spreadsheet takes a cell that begins with one of these for a formula to compute."""

FORMATS = ("jsonl", "csv", "tsv", "xlsx", "parquet")
"""Formats, by the suffix of the file; the first is that of stdout."""

LINE_SEPARATORS = {code: f"\\u{code:04x}" for code in (0x85, 0x2028, 0x2029)}
"""Line ends that JSON lets stand within a text, but at which some readers of JSON Lines split."""

Batches = Iterator["Table"]
Writer = Callable[[IO[bytes], Sequence[Column], Batches], None]


@dataclass(frozen=True, slots=True)
class Selection:
    """Which part of a table to export.

    Attributes:
        where: Filter, in the language of `--where`; None: all rows.
        order: Column to sort by; None: the table's own order.
        reverse: Sort the other way round than is usual for the column or table.
        limit: Most rows; None: all.
        columns: Columns in the order wanted; None: all.
    """

    where: str | None = None
    order: str | None = None
    reverse: bool = False
    limit: int | None = None
    columns: Sequence[str] | None = None


def export(
    run: Run,
    table: str | ExportedTable,
    out: Path | IO[bytes],
    selection: Selection | None = None,
    *,
    format: str | None = None,  # noqa: A002 - what it is called everywhere
    guard: bool = True,
    bom: bool = False,
) -> int:
    """Write a table.

    Args:
        run: The run to read.
        table: The table, or its name; see `reuse.run.registry`.
        out: File to write, or an open binary stream.
        selection: Which rows and columns; None: all.
        format: One of FORMATS; None: what the file's suffix names; JSON Lines on a stream.
        guard: Put an apostrophe before text in CSV and TSV that a spreadsheet would take for a formula.
        bom: Begin CSV and TSV with a byte order mark, by which Excel knows that it is UTF-8.

    Returns:
        Number of rows written.

    Raises:
        UsageError: No such table, column or format, or a filter that cannot be read.
        MissingExtraError: Parquet was asked for and pyarrow is not installed.
        TextReuseError: The file cannot be written.
    """
    selection = selection or Selection()
    source = table_of(table) if isinstance(table, str) else table
    columns = source.columns if selection.columns is None else named(source.name, source.columns, selection.columns)
    numbers = source.numbers(
        run,
        where=selection.where,
        order=selection.order,
        descending=_descending(source, selection),
        limit=selection.limit,
        offset=0,
    )
    names = [column.name for column in columns]
    batches = (source.fetch(run, numbers[at : at + BATCH], names) for at in range(0, len(numbers), BATCH))
    _write(out, columns, batches, _writer(_format_of(out, format), guard=guard, bom=bom))
    return len(numbers)


def write_table(table: Table, out: Path | IO[bytes], *, guard: bool = True) -> int:
    """Write a table that was worked out, in the formats of `export`.

    Returns:
        Number of rows written.
    """
    columns = [Column(name, table.types.get(name) or _type_of(table[name]), "") for name in table.columns]
    _write(out, columns, iter([table]), _writer(_format_of(out), guard=guard))
    return len(table)


def _type_of(values: list[Any]) -> ColumnType:
    kinds = {type(value) for value in values if value is not None}
    if kinds == {bool}:
        return "boolean"
    if kinds == {int}:
        return "integer"
    if kinds and kinds <= {int, float}:
        return "real"
    return "texts" if kinds == {list} else "text"


def _write(out: Path | IO[bytes], columns: Sequence[Column], batches: Batches, write: Writer) -> None:
    if isinstance(out, Path):
        with replacing(out) as file:
            write(file, columns, batches)
    else:
        write(out, columns, batches)


def _format_of(out: Path | IO[bytes], name: str | None = None) -> str:
    """The format asked for, else that of the file's suffix; a stream gets JSON Lines."""
    if name is None:
        name = out.suffix.lower().removeprefix(".") if isinstance(out, Path) else FORMATS[0]
    if name not in FORMATS:
        raise UsageError(
            f"{out}: the format is chosen by the suffix, which can be .{', .'.join(FORMATS)}, or by --format of export"
        )
    return name


def _descending(table: ExportedTable, selection: Selection) -> bool | None:
    if not selection.reverse:
        return None
    usual = selection.order is not None and named(table.name, table.columns, [selection.order])[0].falls
    return not usual


def _writer(name: str, *, guard: bool, bom: bool = False) -> Writer:
    writers: dict[str, Writer] = {
        "jsonl": _write_jsonl,
        "csv": _delimited(",", guard=guard, bom=bom),
        "tsv": _delimited("\t", guard=guard, bom=bom),
        "xlsx": write_sheet,
        "parquet": _parquet(),
    }
    return writers[name]


def _write_jsonl(file: IO[bytes], columns: Sequence[Column], batches: Batches) -> None:
    objects = [column.name for column in columns if column.type == "json"]
    for batch in batches:
        lines = []
        for row in batch.to_dicts():
            for name in objects:
                row[name] = None if row[name] is None else json.loads(row[name])
            lines.append(json.dumps(_finite(row), ensure_ascii=False).translate(LINE_SEPARATORS))
        # A file name that is not UTF-8 holds lone surrogates; \udcff is how JSON spells them.
        file.write("".join(line + "\n" for line in lines).encode("utf-8", "backslashreplace"))


def _finite(row: dict[str, Any]) -> dict[str, Any]:
    """JSON has no infinity."""
    return {
        name: None if isinstance(value, float) and not math.isfinite(value) else value for name, value in row.items()
    }


def _delimited(delimiter: str, *, guard: bool, bom: bool) -> Writer:
    def write(file: IO[bytes], columns: Sequence[Column], batches: Batches) -> None:
        # newline="": the line ends within passages stay what they are; rows end with \r\n as RFC 4180 has it, which
        # also makes every passage with a lone \r or \n be quoted.
        text = io.TextIOWrapper(file, encoding="utf-8-sig" if bom else "utf-8", errors="backslashreplace", newline="")
        writer = csv.writer(text, delimiter=delimiter)
        writer.writerow([column.name for column in columns])
        for batch in batches:
            cells = [_as_cells(batch[column.name], column, guard=guard) for column in columns]
            writer.writerows(zip(*cells, strict=True))
        text.flush()
        text.detach()

    return write


def _as_cells(values: list[Any], column: Column, *, guard: bool) -> list[Any]:
    """Values as a table of text has them: lists as JSON, booleans as true and false, nothing as nothing."""
    match column.type:
        case "boolean":
            return ["" if value is None else str(value).lower() for value in values]
        case "integer" | "real":
            return values
        case "texts":
            values = [None if value is None else json.dumps(value, ensure_ascii=False) for value in values]
        case _:
            pass
    if guard:
        return [f"'{value}" if value and value[0] in FORMULA_SIGNS else value for value in values]
    return values


def _parquet() -> Writer:
    def write(file: IO[bytes], columns: Sequence[Column], batches: Batches) -> None:
        pyarrow = import_pyarrow()
        from pyarrow import parquet  # noqa: PLC0415 - an extra, looked for when it is needed

        schema = pyarrow.schema(
            [
                pyarrow.field(column.name, arrow_type(column.type), metadata={"description": column.description})
                for column in columns
            ],
            metadata={"textreuse_schema_version": str(SCHEMA_VERSION)},
        )
        with parquet.ParquetWriter(file, schema) as writer:
            for batch in batches:
                writer.write_batch(record_batch(batch.to_dict(), schema))

    return write
