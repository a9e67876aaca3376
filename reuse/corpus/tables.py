"""CSV and TSV: one record a row, the first row names the columns."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from reuse.corpus.decode import NotTextError
from reuse.corpus.records import Row
from reuse.corpus.streams import Lines
from reuse.corpus.troubles import Troubles, reason_of

_LONGEST_CELL = 2**31 - 1  # what every platform takes; the csv module's own limit, 131,072, is less than a long report
_DELIMITERS = ",;\t|"
_REMEDY = 'put cells with commas, quotes or line breaks in "…", and double the quotes inside'


def table_rows(path: Path, encoding: str | None, troubles: Troubles, needed: str, remedy: str) -> Iterator[Row]:
    """The rows of a table that has the column `needed`; a broken row is told and the rest goes on. Memory: one row.

    Cells are split at the delimiter (of comma, semicolon, tab, bar) that brings the needed column to light, since
    spreadsheets write `.csv` with either. A row with more cells than columns is left out: its text would be cut short.
    """
    csv.field_size_limit(_LONGEST_CELL)
    source = Lines(path, encoding, troubles, universal=True)
    lines = iter(source)
    try:
        delimiter, columns = _columns(next(lines, ""), needed)
        if not any(columns):
            troubles.file("is empty", "leave it out, or put a row with the columns' names first")
        elif needed not in columns:
            troubles.file(f"has no column '{needed}'; it has: {', '.join(columns)}", remedy)
        else:
            yield from _rows(lines, delimiter, columns, source, troubles)
    except NotTextError as error:
        troubles.file(error.reason, error.remedy)
    except OSError as error:
        troubles.file(*reason_of(error))


def _columns(header: str, needed: str) -> tuple[str, list[str]]:
    """The delimiter and the names of the columns: of the splits that have the needed one, else that has the most."""
    splits = []
    for delimiter in _DELIMITERS:
        names = [name.strip() for name in next(csv.reader([header], delimiter=delimiter), [])]
        splits.append((needed in names, len(names), delimiter, names))
    _, _, delimiter, columns = max(splits, key=lambda split: split[:2])
    return delimiter, columns


def _rows(lines: Iterator[str], delimiter: str, columns: list[str], source: Lines, troubles: Troubles) -> Iterator[Row]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    record = -1
    while True:
        line = reader.line_num + 2  # the header is line 1 and not the reader's
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            record += 1
            troubles.record(line, "is a broken row", _REMEDY, f": {error}")
            continue
        if not cells:
            continue
        record += 1
        if len(cells) > len(columns):
            too_many = f": {len(cells):,} for {len(columns):,} columns"
            troubles.record(line, "has more cells than there are columns", _REMEDY, too_many)
            continue
        yield Row(record, line, dict(zip(columns, cells, strict=False)), source.encoding)
