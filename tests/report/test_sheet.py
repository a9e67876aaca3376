"""A table as a spreadsheet: the values that went in come out, and nothing in it is computed."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from lxml import etree

from reuse.columns import Column
from reuse.errors import UsageError
from reuse.report import sheet
from reuse.report.sheet import MOST_UNITS, write_sheet
from reuse.run.table import Table

COLUMNS = (
    Column("name", "text", ""),
    Column("times", "integer", ""),
    Column("share", "real", ""),
    Column("sure", "boolean", ""),
    Column("places", "texts", ""),
)
ROWS: dict[str, list[Any]] = {
    "name": ["=1+1", "  <b>&\x00조선 𝄞\r\n", None],
    "times": [3, -1, None],
    "share": [0.25, float("inf"), 1e-9],
    "sure": [True, False, None],
    "places": [["a", "b"], [], None],
}


def written(rows: dict[str, list[Any]]) -> bytes:
    out = io.BytesIO()
    write_sheet(out, COLUMNS, iter([Table(rows)]))
    return out.getvalue()


def cells(book: bytes) -> list[list[tuple[str | None, str | None]]]:
    """Type and value of each cell."""
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        root = etree.fromstring(parts.read("xl/worksheets/sheet1.xml"))
    names = {"s": root.nsmap[None]}
    return [
        [(cell.get("t"), "".join(cell.itertext()) if len(cell) else None) for cell in row.findall("s:c", names)]
        for row in root.iterfind(".//s:row", names)
    ]


def test_values_come_out_as_they_went_in() -> None:
    head, first, second, third = cells(written(ROWS))
    assert [value for _, value in head] == list(ROWS)
    assert first == [("inlineStr", "=1+1"), (None, "3"), (None, "0.25"), ("b", "1"), ("inlineStr", '["a", "b"]')]
    assert second[:3] == [("inlineStr", "  <b>&\ufffd조선 𝄞\r\n"), (None, "-1"), (None, None)]
    assert third == [(None, None), (None, None), (None, "1e-09"), (None, None), (None, None)]


def test_nothing_in_it_is_a_formula() -> None:
    with zipfile.ZipFile(io.BytesIO(written(ROWS))) as parts:
        assert not etree.fromstring(parts.read("xl/worksheets/sheet1.xml")).findall(".//{*}f")


def test_the_same_rows_give_the_same_bytes() -> None:
    assert written(ROWS) == written(ROWS)


def test_a_text_that_no_cell_can_hold_says_that_it_goes_on() -> None:
    long = {name: values[:1] for name, values in ROWS.items()} | {"name": ["𝄞" * 20_000]}
    shown = cells(written(long))[1][0][1]
    assert shown is not None
    assert shown.endswith("…")
    assert len(shown.encode("utf-16-le")) // 2 <= MOST_UNITS


def test_more_rows_than_a_sheet_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "MOST_ROWS", 2)
    with pytest.raises(UsageError, match=r"2 rows at most.*csv"):
        written(ROWS)
