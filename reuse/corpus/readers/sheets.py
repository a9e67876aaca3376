"""Excel workbooks (.xlsx): one record a row of the first sheet that has a column of texts."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from reuse.corpus.decode import NotTextError
from reuse.corpus.markup import Handler, parse_xml
from reuse.corpus.packages import open_package, part_of
from reuse.corpus.records import Record, Row, records
from reuse.corpus.roles import Roles
from reuse.corpus.troubles import Troubles
from reuse.options import ReadOptions

_DAY_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_FIRST_DAY = date(1899, 12, 30)
_COLUMN = re.compile(r"([A-Z]{1,3})\d+")
_MOST_COLUMNS = 16_384


def read(path: Path, options: ReadOptions, troubles: Troubles) -> Iterator[Record]:
    """The records of a workbook."""
    with open_package(path) as package:
        strings = _strings(package)
        days = _day_styles(package)
        sheets = sorted(
            (name for name in package.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)), key=_number
        )
        if not sheets:
            raise NotTextError("is no Excel workbook", "save it as .xlsx or .csv")
        headers = []
        for name in sheets:
            sheet = _Sheet(strings, days)
            with part_of(package, name) as stream:
                parse_xml(stream, sheet)
            header = next(iter(sheet.rows), (0, {}))[1]
            if "text" in Roles(options, Troubles(Path(), [])).of(filter(None, header.values())):
                yield from records(_rows(sheet), options, troubles)
                return
            headers += [value for value in header.values() if value]
    raise NotTextError(
        f"has no column '{options.text_field or 'text'}'; it has: {', '.join(headers)[:300]}",
        "name the column that holds the text with --text-field NAME",
    )


def _rows(sheet: _Sheet) -> Iterator[Row]:
    (_, header), *rows = sheet.rows
    for number, (line, cells) in enumerate(rows):
        if any(cells.values()):
            named = {header[column]: value for column, value in reversed(cells.items()) if header.get(column)}
            yield Row(number, line, named, "utf-8")


class _Sheet(Handler):
    """The cells of a sheet, as they are shown.

    Attributes:
        rows: Number of each row, and its cells by column.
    """

    def __init__(self, strings: list[str], days: set[int]) -> None:
        self.rows: list[tuple[int, dict[int, str]]] = []
        self._strings, self._days = strings, days
        self._kind = self._said = ""
        self._column, self._style = 0, -1

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """A row or a cell."""
        if name == "row":
            number = attributes.get("r", "")
            self.rows.append((int(number) if number.isdecimal() else len(self.rows) + 1, {}))
            self._column = -1
        elif name == "c":
            place = _COLUMN.fullmatch(attributes.get("r", ""))
            self._column = _column(place[1]) if place else self._column + 1
            self._kind, self._said = attributes.get("t", ""), ""
            style = attributes.get("s", "")
            self._style = int(style) if style.isdecimal() else -1
        self._open = name

    def end(self, name: str) -> None:
        """A cell ends."""
        if name == "c" and self.rows and self._said and self._column < _MOST_COLUMNS:
            self.rows[-1][1][self._column] = self._value()
        elif name == "row" and self.rows and not self.rows[-1][1]:
            self.rows.pop()
        self._open = ""

    def data(self, text: str) -> None:
        """The value of a cell, or the text in it."""
        if getattr(self, "_open", "") in {"v", "t"}:
            self._said += text

    def _value(self) -> str:
        if self._kind == "s":
            number = int(self._said) if self._said.isdecimal() else -1
            return self._strings[number] if 0 <= number < len(self._strings) else ""
        if self._kind in {"", "n"} and self._style in self._days:
            try:
                return (_FIRST_DAY + timedelta(days=int(float(self._said)))).isoformat()
            except (ValueError, OverflowError):
                return self._said
        return self._said.removesuffix(".0")


class _Strings(Handler):
    """The shared strings of a workbook; phonetic readings are no part of them."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self._path: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """A string begins."""
        self._path.append(name)
        if name == "si":
            self.strings.append("")

    def end(self, name: str) -> None:
        """It ends."""
        self._path.pop()

    def data(self, text: str) -> None:
        """A part of it."""
        if self.strings and self._path[-1:] == ["t"] and "rPh" not in self._path:
            self.strings[-1] += text


class _Styles(Handler):
    """Which cell styles show a number as a day."""

    def __init__(self) -> None:
        self.days: set[int] = set()
        self._formats: dict[str, str] = {}
        self._path: list[str] = []
        self._count = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """A number format, or a style that has one."""
        self._path.append(name)
        number = attributes.get("numFmtId", "")
        if name == "numFmt":
            self._formats[number] = _LITERAL.sub("", attributes.get("formatCode", "")).lower()
        elif name == "xf" and "cellXfs" in self._path:
            shown = self._formats.get(number)
            if (number.isdecimal() and int(number) in _DAY_FORMATS) if shown is None else bool(set(shown) & set("yd")):
                self.days.add(self._count)
            self._count += 1

    def end(self, name: str) -> None:
        """It ends."""
        self._path.pop()


def _strings(package: zipfile.ZipFile) -> list[str]:
    found = _Strings()
    if "xl/sharedStrings.xml" in package.namelist():
        with part_of(package, "xl/sharedStrings.xml") as stream:
            parse_xml(stream, found)
    return found.strings


def _day_styles(package: zipfile.ZipFile) -> set[int]:
    found = _Styles()
    if "xl/styles.xml" in package.namelist():
        with part_of(package, "xl/styles.xml") as stream:
            parse_xml(stream, found)
    return found.days


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _number(name: str) -> int:
    return int(re.sub(r"\D", "", name) or 0)
