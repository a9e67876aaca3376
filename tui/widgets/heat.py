"""A heat map of any size: only the cells that are seen are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip

from reuse.display import padded, trimmed, visible
from tui.widgets.lines import Lines, centred, cut
from tui.words import percent

CELL = 3
"""Terminal cells of one cell of the matrix, at the least."""
ROOMY = 8
"""Terminal cells of a cell that has its share written beside it."""
LABEL = 26
NARROW_LABEL = 14
MOST_LABEL = 60
GLYPHS = ("  ", "··", "░░", "▒▒", "▓▓", "██")
LEVELS = (0.0, 0.01, 0.05, 0.15, 0.35)
"""A share above the n-th of these numbers has glyph n + 1."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A symmetric matrix in which most cells are empty.

    Attributes:
        names: What each row and column stands for.
        short: The same in fewer cells, where there is no room for names.
        keys: int64 (pairs,): row · size + column of every pair, row < column or equal, rising.
        shares: float64 (pairs,): 0 to 1.
    """

    names: Sequence[str]
    short: Sequence[str]
    keys: NDArray[np.int64]
    shares: NDArray[np.float64]

    def at(self, row: int, columns: NDArray[np.int64]) -> NDArray[np.int64]:
        """Places of the pairs (row, column) among `keys`; -1 where there is none."""
        wanted = np.minimum(row, columns) * len(self.names) + np.maximum(row, columns)
        places = np.searchsorted(self.keys, wanted)
        places[places == len(self.keys)] = 0
        if not len(self.keys):
            return np.full(len(columns), -1)
        return np.where(self.keys[places] == wanted, places, -1)


class HeatMap(Lines):
    """The matrix with a cursor on a cell."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "heat--label",
        "heat--label-here",
        "heat--cell",
        "heat--empty",
        "heat--cursor",
        "heat--said",
    }
    DEFAULT_CSS = """
    HeatMap {
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        & .heat--label { color: $text-muted; }
        & .heat--label-here { color: $text-accent; text-style: bold; }
        & .heat--cell { color: $primary; }
        & .heat--empty { color: $foreground 30%; }
        & .heat--cursor { color: $text-accent; text-style: bold reverse; }
        & .heat--said { color: $text-accent; }
    }
    """

    class Moved(Message):
        """The cursor came to another cell: place of its pair, or None."""

        def __init__(self, heat: HeatMap, pair: int | None) -> None:
            super().__init__()
            self.heat = heat
            self.pair = pair

        @property
        def control(self) -> HeatMap:
            """The heat map."""
            return self.heat

    class Opened(Moved):
        """The user wants to see what the cell stands for."""

    def __init__(self, identity: str | None = None, classes: str | None = None) -> None:
        super().__init__(identity, classes)
        self.sheet = Sheet([], [], np.zeros(0, dtype=np.int64), np.zeros(0))
        self.row, self.column_here = 0, 0
        self.left_column = 0
        self.empty = ""
        self.said: list[str] = []

    def show(self, sheet: Sheet) -> None:
        """Show a matrix, the cursor on its strongest pair."""
        self.sheet = sheet
        self.left_column = self.row = self.column_here = 0
        apart = np.where(
            sheet.keys // max(len(sheet.names), 1) != sheet.keys % max(len(sheet.names), 1), sheet.shares, 0
        )
        if len(apart):
            self.row, self.column_here = divmod(int(sheet.keys[int(apart.argmax())]), len(sheet.names))
        self._say([])
        self.call_after_refresh(self._moved)

    def _say(self, said: list[str]) -> None:
        self.said = said
        self.head_lines = 4 if self.sheet.names else 0
        self.set_height(len(self.sheet.names))

    def tell(self, said: list[str]) -> None:
        """Say, above the matrix, what is at the cursor: two lines."""
        self._say(said)

    @property
    def label(self) -> int:
        """Cells of the names: more where the matrix leaves room."""
        least = LABEL if self.size.width >= 90 else NARROW_LABEL
        return max(min(self.body_width - len(self.sheet.names) * ROOMY - 4, MOST_LABEL), least)

    @property
    def cell(self) -> int:
        """Cells of one cell of the matrix."""
        return ROOMY if self.body_width - self.label - 2 >= len(self.sheet.names) * ROOMY else CELL

    @property
    def columns_seen(self) -> int:
        """How many columns fit."""
        return max((self.body_width - self.label - 2) // self.cell, 1)

    @property
    def pair(self) -> int | None:
        """Place of the pair at the cursor."""
        if not self.sheet.names:
            return None
        place = int(self.sheet.at(self.row, np.array([self.column_here]))[0])
        return place if place >= 0 else None

    def move(self, row: int, column: int) -> None:
        """Put the cursor on a cell."""
        last = len(self.sheet.names) - 1
        self.row, self.column_here = min(max(row, 0), last), min(max(column, 0), last)
        self._moved()

    def _moved(self) -> None:
        if not self.sheet.names:
            self.refresh()
            return
        self.left_column = min(self.left_column, self.column_here)
        self.left_column = max(self.left_column, self.column_here - self.columns_seen + 1)
        self.left_column = min(self.left_column, max(len(self.sheet.names) - self.columns_seen, 0))
        self.show_line(self.row)
        self.refresh()
        self.post_message(self.Moved(self, self.pair))

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._moved()

    def do_down(self) -> None:
        """Next row."""
        self.move(self.row + 1, self.column_here)

    def do_up(self) -> None:
        """Row before."""
        self.move(self.row - 1, self.column_here)

    def do_left(self) -> None:
        """Column before."""
        self.move(self.row, self.column_here - 1)

    def do_right(self) -> None:
        """Next column."""
        self.move(self.row, self.column_here + 1)

    def do_first(self) -> None:
        """To the first cell."""
        self.move(0, 0)

    def do_last(self) -> None:
        """To the last cell."""
        self.move(len(self.sheet.names), len(self.sheet.names))

    def do_half_down(self) -> None:
        """Half a page down."""
        self.move(self.row + self.body_height // 2, self.column_here)

    def do_half_up(self) -> None:
        """Half a page up."""
        self.move(self.row - self.body_height // 2, self.column_here)

    def do_page_down(self) -> None:
        """A page down."""
        self.move(self.row + self.body_height, self.column_here)

    def do_page_up(self) -> None:
        """A page up."""
        self.move(self.row - self.body_height, self.column_here)

    def do_next_pair(self) -> None:
        """The next pair that shares something."""
        self._to_pair(1)

    def do_previous_pair(self) -> None:
        """The pair before that shares something."""
        self._to_pair(-1)

    def _to_pair(self, step: int) -> None:
        size = max(len(self.sheet.names), 1)
        here = min(self.row, self.column_here) * size + max(self.row, self.column_here)
        at = int(np.searchsorted(self.sheet.keys, here, side="right" if step > 0 else "left")) + (0 if step > 0 else -1)
        if 0 <= at < len(self.sheet.keys):
            self.move(*divmod(int(self.sheet.keys[at]), size))

    def do_open(self) -> None:
        """See what the cell stands for."""
        if self.pair is not None:
            self.post_message(self.Opened(self, self.pair))

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor on a cell, a second one opens it."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        row, column = self.top + offset.y - self.head_lines, (offset.x - self.label - 2) // self.cell
        if offset.y >= self.head_lines and row < len(self.sheet.names) and 0 <= column < self.columns_seen:
            self.move(row, self.left_column + column)
            if event.chain == 2:
                self.do_open()

    def head(self, number: int, width: int) -> Strip:
        """What is at the cursor, then the numbers of the columns."""
        if number < 2:
            text = self.said[number] if number < len(self.said) else ""
            return Strip(
                [Segment(" " + trimmed(visible(text, one_line=True), width - 2), self.component("heat--said"))]
            )
        if number == 2:
            return Strip([Segment("─" * width, self.component("heat--label"))])
        segments = [Segment(" " * (self.label + 2), self.plain)]
        for column in range(self.left_column, min(self.left_column + self.columns_seen, len(self.sheet.names))):
            style = "heat--label-here" if column == self.column_here else "heat--label"
            seldom = len(self.sheet.names) >= 100 and self.cell < 4  # three digits leave no space between them
            shown = not seldom or (column + 1) % 5 == 0
            segments.append(Segment(f"{column + 1 if shown else '':>2}".ljust(self.cell), self.component(style)))
        return Strip(segments)

    def line(self, number: int, width: int) -> Strip:
        """One row of the matrix."""
        names = self.sheet.names
        if not names:
            return centred(self.empty, number, self.body_height, width, self.component("heat--label"))
        if number >= len(names):
            return Strip([])
        here = number == self.row
        short = self.label <= NARROW_LABEL
        name = visible(f"{number + 1} {(self.sheet.short if short else names)[number]}", one_line=True)
        name = cut(name, self.label)
        style = self.component("heat--label-here" if here else "heat--label")
        segments = [Segment(f" {padded(name, self.label)} ", style)]
        columns = np.arange(self.left_column, min(self.left_column + self.columns_seen, len(names)))
        places = self.sheet.at(number, columns)
        shares = np.where(places >= 0, self.sheet.shares[places] if len(self.sheet.shares) else 0.0, -1.0)
        levels = np.where(places >= 0, np.maximum(np.searchsorted(LEVELS, shares, side="left"), 1), 0)
        for column, level, share in zip(columns.tolist(), levels.tolist(), shares.tolist(), strict=True):
            glyph = GLYPHS[level] if level else " ·" if column == number else GLYPHS[0]
            if self.cell == ROOMY and level:
                glyph += f" {percent(share).replace(' ', '')}"
            name = "cell" if level else "empty"
            if here and column == self.column_here:
                name, glyph = "cursor", glyph if level > 1 else "[]" + glyph[2:]
            segments.append(Segment(glyph, self.component(f"heat--{name}")))
            segments.append(Segment(" " * (self.cell - len(glyph)), self.plain))
        return Strip(segments)
