"""What a screen with a list shows: its rows, in their order, as many as pass the filter, and what the cursor is on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray
from textual import work
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content
from textual.worker import get_current_worker

from reuse.display import visible
from reuse.errors import TextReuseError, UsageError
from reuse.run.notes import Kind
from reuse.run.registry import table_of
from tui.facets import Offered, offered_facets
from tui.filterline import FilterLine
from tui.screens.place import Place
from tui.widgets.list_columns import ListColumn, Row
from tui.widgets.list_table import ListTable
from tui.words import part

if TYPE_CHECKING:
    from reuse.run.run import Run
    from tui.browser import Browser
    from tui.source import Source

AT_ONCE = 5_000
"""Rows of a table that are listed without a thread: they take a few milliseconds."""
FEWEST_ROWS = 5
BORDERS = 2
FIRST_ROWS = 200
"""Rows that stand there while a thread lists the rest."""


class Listed(Place):
    """A list and, beside or below it, what its cursor is on; rows are found in a thread where they are many.

    A subclass gives the table's name, the columns, how rows are fetched, and the panes beside the list.
    """

    table_name: str
    title: str
    kind: Kind | None = None
    default_order: ClassVar[str | None] = None
    filter_hint: ClassVar[str] = ""
    nothing: ClassVar[str] = ""
    first_where: ClassVar[str] = ""
    """The filter that the list begins with, and that a step back leads to."""

    DEFAULT_CSS = """
    Listed {
        layout: vertical;
        & > .list-side { height: 2fr; }
        & > .detail-side { height: 3fr; }
        & .list-side > ListTable { height: 1fr; }
        &.-beside { layout: horizontal; }
        &.-beside > .list-side { height: 1fr; width: 1fr; }
        &.-beside > .detail-side { height: 1fr; width: 1fr; }
        &.-zoom-list > .detail-side { display: none; }
        &.-zoom-detail > .list-side { display: none; }
    }
    """
    beside_from: ClassVar[int] = 160
    """Cells of width from which the list stands beside what it shows."""

    def __init__(self, browser: Browser, source: Source, identity: str) -> None:
        super().__init__(browser, source, identity)
        self.where = self.first_where
        self.order = self.default_order
        self.descending: bool | None = None
        self.total = source.totals.get(self.table_name, 0)
        self._wanted: int | str | None = None
        self._loaded = False
        self._shown_by: tuple[str, str | None, bool | None] = (self.where, self.order, self.descending)
        self._counted = Content("")
        self._offered: Offered | None = None

    @property
    def table(self) -> ListTable:
        """The list."""
        return self.query_one("#list", ListTable)

    def columns(self) -> Sequence[ListColumn]:
        """The columns of the list."""
        raise NotImplementedError

    def fetch(self, numbers: Sequence[int]) -> list[Row]:
        """Rows of the list."""
        raise NotImplementedError

    def detail(self) -> ComposeResult:
        """The panes beside the list."""
        raise NotImplementedError

    def show_row(self, number: int | None) -> None:
        """Show what the cursor is on."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """The list with its filter line, and what is beside it."""
        with Vertical(classes="list-side"):
            table = ListTable(self.columns(), self.fetch, identity="list", classes="pane")
            table.border_title = self.title
            yield table
            yield FilterLine(self.browser.actions, "/", self.filter_hint, identity="filter")
        with Container(classes="detail-side"):
            yield from self.detail()

    def on_mount(self) -> None:
        """Fill the list."""
        self.load()

    def on_resize(self) -> None:
        """Stand the list beside or above, whichever fits."""
        self.set_class(self.size.width >= self.beside_from, "-beside")
        self._fit_height()

    def _fit_height(self) -> None:
        """A short list above what it shows leaves the room to it."""
        beside = self.has_class("-beside") or self.has_class("-zoom-list")
        rows = max(len(self.table.numbers), FEWEST_ROWS) + self.table.head_lines + BORDERS
        self.query_one(".list-side").styles.max_height = None if beside else rows + 1

    def first_focus(self) -> None:
        """Put the focus where reading begins."""
        if not self.has_focus_within:
            self.table.focus()

    # What is listed

    def load(self, keep: int | str | None = None) -> None:
        """List the rows that pass the filter, in order.

        Args:
            keep: Number or id of the row to put the cursor on.
        """
        self._wanted = keep
        self.table.order = self.order
        self.table.falling = self._falls()
        if self.total <= AT_ONCE:
            try:
                self._filled(self._ids(self.source.run), self.where)
            except TextReuseError as error:
                self._failed(error)
            return
        if not self._loaded and keep is None and self.where == self.first_where:
            self.table.fill(self._ids(self.source.run, FIRST_ROWS))
        self.say_working()
        self._load_in_thread()

    def say_working(self) -> None:
        """In the place of the count what a thread does with the list, whose rows stand as they did until then."""
        where, *ordered = self._shown_by
        if not self._loaded:
            said = "reading the list …"
        elif ordered != [self.order, self.descending]:
            names = (column.name for column in self.table.columns if column.order == self.order)
            said = f"sorting by {next(names, self.order or 'their place')} …"
        else:
            said = "filtering …" if where != self.where else "listing anew …"
        self.table.border_title = f"{self.title} · {said}"

    @work(thread=True, exclusive=True, group="list")
    def _load_in_thread(self) -> None:
        worker = get_current_worker()
        where = self.where
        answer: Callable[[], None]
        try:
            answer = partial(self._filled, self._ids(self.source.beside), where)
        except TextReuseError as error:
            answer = partial(self._failed, error)
        if not worker.is_cancelled:
            self.hand_over(answer)
        with suppress(TextReuseError):  # the user may have left; else it is said when the menu is asked for
            if self._offered is None and not worker.is_cancelled:  # so that the menu opens at once
                self._offered = offered_facets(self.source.beside, self.table_name)

    def _ids(self, run: Run, limit: int | None = None) -> NDArray[np.int64]:
        return run.ids(self.table_name, self.effective or None, self.order, descending=self.descending, limit=limit)

    @property
    def effective(self) -> str:
        """The filter with what a screen adds to it."""
        return self.where

    def _filled(self, numbers: NDArray[np.int64], where: str) -> None:
        keep = self._wanted if self._wanted is not None else self.table.current if self._loaded else None
        if isinstance(keep, str):
            keep = self.number_of(keep)
        self._loaded = True
        self._shown_by = (self.where, self.order, self.descending)
        self._wanted = None
        self.table.empty = self._why_empty(where)
        self.table.fill(numbers, keep=keep)
        self._fit_height()
        self._say_count()
        filter_line = self.query_one("#filter", FilterLine)
        filter_line.say(f"{part(len(numbers), self.total)}")

    def _failed(self, error: TextReuseError) -> None:
        self.table.border_title = self._counted  # the rows are those that it counts
        if isinstance(error, UsageError):
            self.query_one("#filter", FilterLine).say(str(error).removeprefix("filter: "), wrong=True)
            if not self.query_one("#filter", FilterLine).has_class("-open"):
                self.browser.complain(error)
        else:
            self.browser.complain(error)

    def _why_empty(self, where: str) -> str:
        if where and where != self.first_where:
            return f"Nothing passes the filter {where}\n\nesc  takes the filter away\n/  changes it"
        return self.nothing

    def _say_count(self) -> None:
        said = part(len(self.table.numbers), self.total)
        if self.where not in ("", self.first_where):
            said += f" · {self.where}"
        self._counted = Content(f"{self.title} · {visible(said, one_line=True)}")
        self.table.border_title = self._counted
        self.say_beneath()

    def say_beneath(self) -> None:
        """Say something in the lower border of the list."""

    def number_of(self, name: str) -> int | None:
        """Number of the row with a stable id."""
        key = {"matches": "match", "clusters": "cluster", "formulas": "formula", "documents": "doc"}[self.table_name]
        found = self.source.run.sql(f"SELECT {key} FROM {self.table_name} WHERE id = ?", (name,))
        return next((int(number) for (number,) in found), None)

    def _falls(self) -> bool:
        return self._usually_falls() if self.descending is None else self.descending

    def _usually_falls(self) -> bool:
        return next((column.falls for column in table_of(self.table_name).columns if column.name == self.order), False)

    # Messages of the list

    def on_list_table_moved(self, event: ListTable.Moved) -> None:
        """Show the row."""
        if event.table is self.table:
            event.stop()
            self.browser.guarded(partial(self.show_row, event.row))
