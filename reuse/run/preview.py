"""A table as a notebook shows it: its first rows, and how many there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from reuse.display import trimmed, visible

SHOWN_ROWS = 10
"""Rows that a notebook shows."""

CELL_WIDTH = 60
"""Terminal cells of a value before it is cut."""


def as_html(name: str, columns: Sequence[str], rows: Sequence[Mapping[str, Any]], height: int) -> str:
    """Rows of a table as HTML, under how many there are in all; whatever a document says stands there as text.

    Args:
        name: What it is a table of.
        columns: Names of its columns.
        rows: Its first rows, by the names of the columns.
        height: How many it has in all.
    """
    shown = len(rows)
    count = f"{shown:,} of {height:,} rows" if shown < height else f"{shown:,} {'row' if shown == 1 else 'rows'}"
    head = "".join(f"<th>{escape(column)}</th>" for column in columns)
    body = "\n".join(f"<tr>{''.join(map(_cell, row.values()))}</tr>" for row in rows)
    return (
        f'<div style="overflow-x: auto"><p>{escape(name)} {count}</p>\n'
        f"<table><thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table></div>"
    )


def _cell(value: Any) -> str:  # noqa: ANN401 - whatever a table holds
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f'<td style="text-align: right">{_number(value)}</td>'
    if value is None:
        return "<td></td>"
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f'<td dir="auto" style="text-align: start">{escape(trimmed(visible(text, one_line=True), CELL_WIDTH))}</td>'


def _number(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"
