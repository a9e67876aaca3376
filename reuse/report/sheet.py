"""A table as a spreadsheet: the few parts of Office Open XML (ISO/IEC 29500) that a sheet of texts and numbers needs.

Texts are inline strings, which no spreadsheet takes for a formula. The same rows give the same bytes.
"""

from __future__ import annotations

import json
import math
import zipfile
from collections.abc import Iterator, Sequence
from typing import IO, Any

from reuse.columns import Column
from reuse.display import ELLIPSIS
from reuse.errors import UsageError
from reuse.report.xml import text_of
from reuse.run.table import Table

MOST_ROWS = 1_048_575
"""Rows of a sheet, but for its head."""
MOST_UNITS = 32_767
"""UTF-16 units of a cell; a longer text ends in an ellipsis."""

_NAMES = "http://schemas.openxmlformats.org"
_MAIN = f"{_NAMES}/spreadsheetml/2006/main"
_RELATIONS = f"{_NAMES}/officeDocument/2006/relationships"
_PACKAGE = f"{_NAMES}/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">'
    '<sheets><sheet name="textreuse" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
_OPENS = (
    f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>'
)
_CLOSES = "</sheetData></worksheet>"


def write_sheet(file: IO[bytes], columns: Sequence[Column], batches: Iterator[Table]) -> None:
    """Write rows as the only sheet of a workbook, with a head that stays in place.

    Raises:
        UsageError: There are more rows than a sheet may have.
    """
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in _PARTS.items():
            book.writestr(_entry(name), _DECLARED + content)
        with book.open(_entry("xl/worksheets/sheet1.xml"), "w", force_zip64=True) as sheet:
            sheet.write(f"{_DECLARED}{_OPENS}".encode())
            sheet.write(_row([column.name for column in columns]).encode())
            rows = 0
            for batch in batches:
                rows += len(batch)
                if rows > MOST_ROWS:
                    raise UsageError(f"a sheet has {MOST_ROWS:,} rows at most; filter with --where, or write .csv")
                values = zip(*(batch[column.name] for column in columns), strict=True)
                sheet.write("".join(map(_row, values)).encode("utf-8", "backslashreplace"))
            sheet.write(_CLOSES.encode())


def _entry(name: str) -> zipfile.ZipInfo:
    """A part without the time of day."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _row(values: Sequence[Any]) -> str:
    return f"<row>{''.join(map(_cell, values))}</row>"


def _cell(value: Any) -> str:  # noqa: ANN401 - any cell
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return "<c/>"
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f"<c><v>{value!r}</v></c>"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f'<c t="inlineStr"><is><t xml:space="preserve">{text_of(_fitting(text))}</t></is></c>'


def _fitting(text: str) -> str:
    if len(text) * 2 <= MOST_UNITS or len(text.encode("utf-16-le", "surrogatepass")) // 2 <= MOST_UNITS:
        return text
    kept = text.encode("utf-16-le", "surrogatepass")[: 2 * (MOST_UNITS - 1)]
    return kept.decode("utf-16-le", "ignore") + ELLIPSIS
