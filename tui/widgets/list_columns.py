"""The columns of a list: which of them fit, how wide each is, and its text in exactly so many cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from reuse.display import cells, words_before
from reuse.report.direction import apart, from_the_right
from tui.widgets.lines import cut

Row = dict[str, Any]

GAP = 2
"""Cells between columns."""


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of a list.

    Attributes:
        name: Heading.
        cell: From a row to its text; or to a text and the name of a style (faint, good, bad, strong).
        width: Most cells; the least for a column that grows. Numbers, to the right, have as many as they need.
        order: Column of the run's table that it sorts by; None: cannot be sorted by.
        right: Numbers stand to the right.
        grows: Share of the cells that are left over.
        from_width: Narrowest list that shows it.
        keeps_end: What is too long loses its beginning instead of its end.
        marked: The text was made safe before, and has marks where it is read from right to left.
        fit: From a row and a number of cells to what is shown of a text that is too long.
        edge: `left` or `right`: the edge at which the text stands, whichever way it is read; empty: where it begins.
    """

    name: str
    cell: Callable[[Row], str | tuple[str, str]]
    width: int
    order: str | None = None
    right: bool = False
    grows: int = 0
    from_width: int = 0
    keeps_end: bool = False
    marked: bool = False
    fit: Callable[[Row, int], str] | None = None
    edge: str = ""


def laid_out(columns: Sequence[ListColumn], needed: Sequence[int], width: int) -> list[tuple[ListColumn, int]]:
    """The columns that a list of `width` cells shows, each as wide as what it holds.

    Args:
        columns: All of them.
        needed: Cells that the widest cell of each column takes; nothing: there are no rows.
        width: Cells of a line.
    """
    wanted = dict(zip(columns, needed, strict=True)) if needed else {}
    shown = [
        column
        for column in columns
        if column.from_width <= width and (not column.name or not wanted or wanted[column])  # an empty one is gone
    ]
    while True:
        least = [_least(column, wanted.get(column)) for column in shown]
        free = width - 1 - sum(least) - GAP * (len(shown) - 1)
        last = max(shown, key=lambda column: column.from_width, default=None)
        if free >= 0 or last is None or not last.from_width:
            break
        shown.remove(last)
    most = [
        max(wanted.get(column, width), _heading(column)) if column.grows else cells_wide
        for column, cells_wide in zip(shown, least, strict=True)
    ]
    return list(zip(shown, _shared_out(least, most, [column.grows for column in shown], free), strict=True))


def _heading(column: ListColumn) -> int:
    """Cells of a heading, with the arrow if it can be sorted by."""
    return cells(column.name) + bool(column.order)


def _least(column: ListColumn, needed: int | None) -> int:
    if needed is None or not (column.name or column.grows):  # signs have a place of their own, used or not
        return column.width
    if column.right and not column.keeps_end:
        return max(needed, _heading(column))
    return max(min(needed, column.width), min(_heading(column), column.width))


def _shared_out(least: Sequence[int], most: Sequence[int], shares: Sequence[int], free: int) -> list[int]:
    """Free cells dealt to columns by their shares, to none more than it needs."""
    widths = list(least)
    open_ones = [at for at, share in enumerate(shares) if share and most[at] > widths[at]]
    while free > 0 and open_ones:
        total = sum(shares[at] for at in open_ones)
        lot = free
        for at in open_ones:
            extra = min(max(lot * shares[at] // total, 1), most[at] - widths[at], free)
            widths[at] += extra
            free -= extra
        open_ones = [at for at in open_ones if most[at] > widths[at]]
    return widths


def fitted(text: str, column: ListColumn, width: int, *, from_right: bool = False) -> str:
    """The text in exactly `width` cells; one that is read from right to left stands at their right edge.

    Args:
        text: Any text of one line.
        column: Where it stands.
        width: How many cells.
        from_right: It stands at the right edge whatever it is: the heading of texts that do.
    """
    if cells(text) > width:
        kept = column.keeps_end and width > 1
        text = words_before(text[-width - 1 :], width) if kept else cut(text, width)
    free = " " * (width - cells(text))
    shown = text if column.marked else apart(text)
    at_right = column.right or column.keeps_end or from_right or from_the_right(text)
    return free + shown if (column.edge == "right" if column.edge else at_right) else shown + free
