"""CSV and TSV: one record a row, the first row names the columns."""

from __future__ import annotations

import csv
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reuse.corpus.decode import NotTextError
from reuse.corpus.records import Record, Row, records
from reuse.corpus.roles import Roles
from reuse.corpus.streams import LONGEST_RECORD, Lines
from reuse.corpus.troubles import Troubles, reason_of
from reuse.options import ReadOptions

_LONGEST_CELL = 2**31 - 1  # what every platform takes; the csv module's own limit, 131,072, is less than a long report
_LONGEST_HEADER = 50  # lines
_DELIMITERS = ",;\t|"
_TABS_ONLY = (".tsv", ".tsv.gz")
_PATIENCE = 1 << 26  # code points that an open quotation mark may run on for; each mark that is not closed halves it
_LEAST_PATIENCE = 1 << 16
_MOST_OPEN = 200  # marks not closed after which quotation marks count as text
_LOOKS_LIKE_ROWS = 4  # delimiters in the further lines of a row from which on they may be rows of their own
_REMEDY = 'put cells with commas, quotes or line breaks in "…", and double the quotes inside'


def read(path: Path, options: ReadOptions, troubles: Troubles) -> Iterator[Record]:
    """The records of a file."""
    remedy = "name the column that holds the text with --text-field NAME"
    return records(table_rows(path, options.encoding, troubles, "text", options, remedy), options, troubles)


def table_rows(
    path: Path, encoding: str | None, troubles: Troubles, needed: str, options: ReadOptions, remedy: str
) -> Iterator[Row]:
    """The rows of a table that has a column for a role; a broken row is told and the rest goes on.

    Cells are split at the delimiter (of comma, semicolon, tab, bar) that a first line `sep=;` names, else that brings
    the needed column to light, since spreadsheets write `.csv` with either. In TSV a quotation mark is a character like
    any other. A row with more cells than columns is left out: its text would be cut short. Memory: one row, or what
    stands behind a quotation mark that is not closed.

    Args:
        path: The file.
        encoding: As in `ReadOptions`.
        troubles: Where to tell.
        needed: The role that a column must have.
        options: Names of fields.
        remedy: What to do where no column has it.
    """
    csv.field_size_limit(_LONGEST_CELL)
    source = Lines(path, encoding, troubles, universal=True)
    lines = _Numbered(source)
    tabs_only = path.name.lower().endswith(_TABS_ONLY)
    try:
        delimiter, columns = _header(lines, _Needed(needed, options), "\t" if tabs_only else None)
        if not any(columns):
            troubles.file("is empty", "leave it out, or put a row with the columns' names first")
            return
        wanted = getattr(options, f"{needed}_field") or needed
        if not _Needed(needed, options).among(columns):
            troubles.file(f"has no column '{wanted}'; it has: {', '.join(columns)[:300]}", remedy)
            return
        twice = [name for name, times in Counter(columns).items() if name and times > 1]
        if twice:
            troubles.file(
                f"has the column '{twice[0]}' more than once; the first counts", "name each column differently"
            )
        for row in _Rows(lines, delimiter, len(columns), troubles, quoted=not tabs_only):
            fields = dict(zip(reversed(columns[: len(row.cells)]), reversed(row.cells), strict=False))
            yield Row(row.number, row.line, {name: fields[name] for name in columns if name in fields}, source.encoding)
    except NotTextError as error:
        troubles.file(error.reason, error.remedy)
    except OSError as error:
        troubles.file(*reason_of(error))
    except MemoryError:
        troubles.file("has a row that does not fit into memory; what came before is kept", "split it into smaller rows")


@dataclass(frozen=True)
class _Needed:
    """The role that a column must have."""

    role: str
    options: ReadOptions

    def among(self, columns: Iterable[str]) -> bool:
        return self.role in Roles(self.options, Troubles(Path(), [])).of(columns)


class _Numbered:
    """Lines with their numbers, which can be put back."""

    def __init__(self, source: Lines) -> None:
        self._source = enumerate(source, start=1)
        self._back: deque[tuple[int, str]] = deque()

    def __iter__(self) -> Iterator[tuple[int, str]]:
        return self

    def __next__(self) -> tuple[int, str]:
        return self._back.popleft() if self._back else next(self._source)

    def put_back(self, lines: Sequence[tuple[int, str]]) -> None:
        self._back.extendleft(reversed(lines))


def _header(lines: _Numbered, needed: _Needed, delimiter: str | None) -> tuple[str, list[str]]:
    """The delimiter and the names of the columns: of the splits that have the needed one, else that has the most."""
    first = next((line for _, line in lines if line.strip()), "")
    named = first.strip().lower()
    if named.startswith("sep=") and len(named) <= 5:
        delimiter = first.strip()[4:] or "\t"
        first = next((line for _, line in lines if line.strip()), "")
    if delimiter == "\t":
        return delimiter, [name.strip().strip('"') for name in first.strip("\r\n").split("\t")]
    header = [first]
    while sum(line.count('"') for line in header) % 2 and len(header) < _LONGEST_HEADER:
        following = next(lines, None)
        if following is None:
            break
        header.append(following[1])
    splits = []
    for one in delimiter or _DELIMITERS:
        names = [" ".join(name.split()) for name in next(csv.reader(header, delimiter=one, skipinitialspace=True), [])]
        splits.append((needed.among(names), len(names), one, names))
    _, _, delimiter, columns = max(splits, key=lambda split: split[:2])
    return delimiter, columns


@dataclass(frozen=True, slots=True)
class _Cells:
    """A row: its number, the line that it begins on, its cells."""

    number: int
    line: int
    cells: list[str]


class _Rows:
    """The rows behind the header; after a broken one, reading goes on at the line below the one where it begins."""

    def __init__(self, lines: _Numbered, delimiter: str, columns: int, troubles: Troubles, *, quoted: bool) -> None:
        self._lines, self._delimiter, self._columns, self._troubles = lines, delimiter, columns, troubles
        self._quoted = quoted
        self._patience, self._open = _PATIENCE, 0

    def __iter__(self) -> Iterator[_Cells]:
        number = -1
        for line, text in self._lines:
            if not text.strip("\r\n"):
                continue
            number += 1
            cells = self._split(text) if '"' in text and self._quoted else self._plain(text)
            if cells is None:
                cells = self._quoted_over_lines(line, text)
            if cells is None:
                continue
            if len(cells) > self._columns and any(cells[self._columns :]):
                too_many = f": {len(cells):,} for {self._columns:,} columns"
                self._troubles.record(line, "has more cells than there are columns", _REMEDY, too_many)
                continue
            yield _Cells(number, line, cells[: self._columns])

    def _plain(self, text: str) -> list[str]:
        cells = text.rstrip("\r\n").split(self._delimiter)
        return [cell.removeprefix(" ") for cell in cells] if self._quoted else cells

    def _split(self, text: str) -> list[str] | None:
        """The cells of a row that is whole; None if a quotation mark is not closed, or stands where none may."""
        try:
            return next(csv.reader([text], delimiter=self._delimiter, strict=True, skipinitialspace=True), [])
        except csv.Error:
            return None

    def _quoted_over_lines(self, line: int, text: str) -> list[str] | None:
        held = [(line, text)]
        size = 0

        def more() -> Iterator[str]:
            nonlocal size
            yield text
            for further in self._lines:
                held.append(further)
                size += len(further[1])
                yield further[1]
                if size > min(self._patience, LONGEST_RECORD):
                    return

        reader = csv.reader(more(), delimiter=self._delimiter, strict=True, skipinitialspace=True)
        try:
            cells = next(reader)
            trouble = "its quotation mark seems not to be closed" if self._are_rows(held) else None
        except csv.Error as error:
            trouble = str(error)
        if trouble is None:
            return cells
        self._lines.put_back(held[1:])
        if len(held) > 1:
            self._open += 1
            self._patience = max(self._patience // 2, _LEAST_PATIENCE)
            self._quoted = self._open < _MOST_OPEN
        self._troubles.record(line, "is a broken row", _REMEDY, f": {trouble}; reading went on at the next line")
        return None

    def _are_rows(self, held: Sequence[tuple[int, str]]) -> bool:
        """Whether each further line of a row looks like a row itself."""
        further = held[1:]
        if (self._columns - 1) * len(further) < _LOOKS_LIKE_ROWS:
            return False
        return all(text.count(self._delimiter) == self._columns - 1 for _, text in further)
