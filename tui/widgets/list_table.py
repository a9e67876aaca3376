"""A list of any length: ids in memory, rows fetched when they are seen, no widget per row."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from reuse.display import cells, trimmed, visible
from reuse.report.direction import from_the_right
from tui.widgets.lines import Lines, centred
from tui.widgets.list_columns import GAP, ListColumn, Row, fitted, laid_out

Fetch = Callable[[Sequence[int]], list[Row]]

CACHED_ROWS = 4_000
PAGE = 64
"""Rows fetched at once: a screenful or two."""
MEASURED = 200
"""Characters of a cell that are measured: no column is wider than a screen."""


class ListTable(Lines):
    """A list with a cursor and clickable headings."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "list--head",
        "list--head-sorted",
        "list--row",
        "list--cursor",
        "list--cursor-focused",
        "list--faint",
        "list--good",
        "list--bad",
        "list--strong",
        "list--empty",
        "list--key",
        "list--spark",
    }
    DEFAULT_CSS = """
    ListTable {
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        & .list--head { color: $text-muted; }
        & .list--head-sorted { color: $text-accent; text-style: bold; }
        & .list--cursor { background: $boost; text-style: bold; }
        & .list--cursor-focused { background: $primary-muted; color: $foreground; text-style: bold; }
        & .list--faint { color: $text-muted; }
        & .list--good { color: $text-success; }
        & .list--bad { color: $text-error; }
        & .list--strong { text-style: bold; }
        & .list--key { color: $text-accent; text-style: bold; }
        & .list--spark { color: $text-secondary; }
        & .list--empty { color: $text-muted; }
    }
    """

    class Moved(Message):
        """The cursor came to another row (or the list changed under it); `row` is its number in the run, or None."""

        def __init__(self, table: ListTable, row: int | None) -> None:
            super().__init__()
            self.table = table
            self.row = row

        @property
        def control(self) -> ListTable:
            """The list."""
            return self.table

    class Opened(Message):
        """The user wants to read the row of this number."""

        def __init__(self, table: ListTable, row: int) -> None:
            super().__init__()
            self.table = table
            self.row = row

        @property
        def control(self) -> ListTable:
            """The list."""
            return self.table

    class Turned(Message):
        """The user went to the right on a row, into it, or to the left, out of it."""

        def __init__(self, table: ListTable, *, into: bool) -> None:
            super().__init__()
            self.table = table
            self.into = into

        @property
        def control(self) -> ListTable:
            """The list."""
            return self.table

    class HeadingClicked(Message):
        """The user clicked the heading of a column that can be sorted by."""

        def __init__(self, table: ListTable, order: str) -> None:
            super().__init__()
            self.table = table
            self.order = order

        @property
        def control(self) -> ListTable:
            """The list."""
            return self.table

    def __init__(
        self, columns: Sequence[ListColumn], fetch: Fetch, identity: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(identity, classes)
        self.columns = columns
        self.fetch = fetch
        self.numbers: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        self.cursor = 0
        self.order: str | None = None
        self.falling = True
        self.empty = ""
        self.headings = True
        self.preface: Sequence[tuple[str | Callable[[int], str], str]] = ()
        self._rows: OrderedDict[int, Row] = OrderedDict()
        self._needed: list[int] = []
        self._widths: tuple[int, list[tuple[ListColumn, int]]] = (-1, [])
        self._from_right: set[ListColumn] = set()

    def change(self, columns: Sequence[ListColumn], fetch: Fetch) -> None:
        """List something else: `fill` comes next."""
        self.columns, self.fetch = columns, fetch
        self._rows.clear()
        self._needed, self._widths = [], (-1, [])

    @property
    def head_lines(self) -> int:  # type: ignore[override] # here it depends
        """The preface and the headings."""
        return len(self.preface) + self.headings

    def fill(self, numbers: NDArray[np.int64], *, keep: int | None = None) -> None:
        """Show other rows.

        Args:
            numbers: Their numbers, in order.
            keep: Row to put the cursor on, if it is among them; else the cursor goes to the first.
        """
        self.numbers = numbers
        at = np.flatnonzero(numbers == (-1 if keep is None else keep))
        self.cursor = int(at[0]) if at.size else 0
        self._needed, self._widths = [], (-1, [])
        self._from_right.clear()
        if len(numbers):
            self._measure([self._row_at(index) for index in range(min(len(numbers), PAGE))])
        self.set_height(len(numbers))
        self._show_cursor()
        self.post_message(self.Moved(self, self.current))

    def forget(self) -> None:
        """Fetch all rows anew when they are drawn: marks have changed."""
        self._rows.clear()
        self.refresh()

    @property
    def current(self) -> int | None:
        """Number of the row that the cursor is on."""
        return int(self.numbers[self.cursor]) if len(self.numbers) else None

    def row(self, number: int) -> Row:
        """A row by its number."""
        if number not in self._rows:
            self._load([number])
        return self._rows[number]

    @property
    def current_row(self) -> Row | None:
        """The row that the cursor is on."""
        return None if self.current is None else self.row(self.current)

    def move(self, index: int) -> None:
        """Put the cursor on a row by its place in the list."""
        index = min(max(index, 0), len(self.numbers) - 1)
        if len(self.numbers) and index != self.cursor:
            self.cursor = index
            self._show_cursor()
            self.refresh()
            self.post_message(self.Moved(self, self.current))

    def _show_cursor(self) -> None:
        self.show_line(self.cursor)

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._show_cursor()

    def on_focus(self) -> None:
        """Draw the cursor as the one that keys move."""
        self.refresh()

    def on_blur(self) -> None:
        """Draw the cursor as one that waits."""
        self.refresh()

    def do_down(self) -> None:
        """Next row."""
        self.move(self.cursor + 1)

    def do_up(self) -> None:
        """Row before."""
        self.move(self.cursor - 1)

    def do_first(self) -> None:
        """First row."""
        self.move(0)

    def do_last(self) -> None:
        """Last row."""
        self.move(len(self.numbers) - 1)

    def do_half_down(self) -> None:
        """Half a page down."""
        self.move(self.cursor + max(self.body_height // 2, 1))

    def do_half_up(self) -> None:
        """Half a page up."""
        self.move(self.cursor - max(self.body_height // 2, 1))

    def do_page_down(self) -> None:
        """A page down."""
        self.move(self.cursor + max(self.body_height - 1, 1))

    def do_page_up(self) -> None:
        """A page up."""
        self.move(self.cursor - max(self.body_height - 1, 1))

    def do_right(self) -> None:
        """Into the row."""
        self.post_message(self.Turned(self, into=True))

    def do_left(self) -> None:
        """Out of it."""
        self.post_message(self.Turned(self, into=False))

    def do_open(self) -> None:
        """Open the row."""
        if self.current is not None:
            self.post_message(self.Opened(self, self.current))

    def on_click(self, event: events.Click) -> None:
        """A heading sorts, a row takes the cursor, a second click opens it."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        if offset.y < self.head_lines:
            if offset.y < len(self.preface):
                return
            at = 1
            for column, width in self._layout(self.body_width):
                if at <= offset.x < at + width + GAP and column.order:
                    self.post_message(self.HeadingClicked(self, column.order))
                at += width + GAP
            return
        index = self.top + offset.y - self.head_lines
        if index < len(self.numbers):
            self.move(index)
            if event.chain == 2:
                self.do_open()

    def head(self, number: int, width: int) -> Strip:
        """The preface, then the headings; the one that is sorted by shows which way."""
        if number < len(self.preface):
            said, style = self.preface[number]
            text = said if isinstance(said, str) else said(width - 2)
            shown = trimmed(visible(text).replace("\n", " "), width - 2)
            return Strip([Segment(" " + shown, self.component(f"list--{style}"))])
        segments = [Segment(" ", self.plain)]
        for column, cells_wide in self._layout(width):
            name, style = column.name, "list--head"
            if column.order and column.order == self.order:
                name, style = name + ("↓" if self.falling else "↑"), "list--head-sorted"
            from_right = column in self._from_right
            segments.append(Segment(fitted(name, column, cells_wide, from_right=from_right), self.component(style)))
            segments.append(Segment(" " * GAP, self.plain))
        return Strip(segments)

    def line(self, number: int, width: int) -> Strip:
        """One row."""
        if not len(self.numbers):
            return centred(self.empty, number, self.body_height, width, self.component("list--empty"))
        if number >= len(self.numbers):
            return Strip([])
        at_cursor = number == self.cursor
        base = self.plain
        if at_cursor:
            base = self.component("list--cursor-focused" if self.has_focus else "list--cursor")
        row = self._row_at(number)
        segments = [Segment("▌" if at_cursor else " ", base)]
        for column, cells_wide in self._layout(width):
            shown = column.cell(row)
            text, name = (shown, "") if isinstance(shown, str) else shown
            style = base + self._tint(name) if name else base
            text = text if column.marked else visible(text, one_line=True)
            if column.fit and cells(text) > cells_wide:
                text = column.fit(row, cells_wide)
            segments.append(Segment(fitted(text, column, cells_wide), style))
            segments.append(Segment(" " * GAP, base))
        return Strip(segments).adjust_cell_length(width, base)

    def _tint(self, name: str) -> Style:
        style = self.component(f"list--{name}")
        return Style(color=style.color, bold=style.bold, underline=style.underline)

    def _row_at(self, index: int) -> Row:
        number = int(self.numbers[index])
        if number not in self._rows:
            page = index - index % PAGE
            self._load([int(one) for one in self.numbers[page : page + PAGE] if int(one) not in self._rows])
        return self._rows[number]

    def _load(self, numbers: list[int]) -> None:
        rows = self.fetch(numbers)
        self._rows.update(zip(numbers, rows, strict=True))
        self._measure(rows)
        while len(self._rows) > CACHED_ROWS:
            self._rows.popitem(last=False)

    def _measure(self, rows: Sequence[Row]) -> None:
        """Take note of the widest cell that each column has had, and of the columns read from right to left."""
        needed = self._needed or [0] * len(self.columns)
        for at, column in enumerate(self.columns):
            shown = (column.cell(row) for row in rows)
            texts = [cell if isinstance(cell, str) else cell[0] for cell in shown]
            needed[at] = max(needed[at], *(cells(visible(text[:MEASURED], one_line=True)) for text in texts), 0)
            if not self._needed and 2 * sum(map(from_the_right, texts)) > sum(map(bool, texts)):
                self._from_right.add(column)
        if needed != self._needed:
            self._needed, self._widths = needed, (-1, [])
            self.refresh()

    @property
    def orders(self) -> list[str]:
        """What the list can be sorted by, of the columns that are shown."""
        return [column.order for column, _ in self._layout(self.body_width) if column.order]

    def _layout(self, width: int) -> list[tuple[ListColumn, int]]:
        """The columns that fit, with their widths."""
        if self._widths[0] != width:
            self._widths = (width, laid_out(self.columns, self._needed, width))
        return self._widths[1]
