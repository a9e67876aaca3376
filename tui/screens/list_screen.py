"""What the screens with a list have in common: filter, order, marks, export, the row that is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from textual import work
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content
from textual.worker import get_current_worker

from reuse.display import visible
from reuse.errors import TextReuseError, UsageError
from reuse.report.export import Selection, export
from reuse.run.notes import Kind, Mark
from reuse.run.registry import table_of
from tui.dialogs import Choice
from tui.facets import Facet, facets, offered_facets, toggled
from tui.filterline import FilterLine
from tui.screens.place import Place
from tui.widgets.lines import Lines
from tui.widgets.list_columns import ListColumn, Row
from tui.widgets.list_table import ListTable
from tui.words import count, part

if TYPE_CHECKING:
    from reuse.run.run import Run
    from tui.browser import Browser
    from tui.source import Source

AT_ONCE = 5_000
"""Rows of a table that are listed without a thread: they take a few milliseconds."""
EXPORT_HINT = ".csv .tsv .xlsx .jsonl .parquet   ↵ write   esc leave"
FEWEST_ROWS = 5
BORDERS = 2
FIRST_ROWS = 200
"""Rows that stand there while a thread lists the rest."""


class Listing(Place):
    """A list and, beside or below it, what its cursor is on.

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
    Listing {
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
        self._offered: Sequence[Facet] | None = None

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
            self._say_count("reading the list …")
        self._load_in_thread()

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
        self._wanted = None
        self.table.empty = self._why_empty(where)
        self.table.fill(numbers, keep=keep)
        self._fit_height()
        self._say_count()
        filter_line = self.query_one("#filter", FilterLine)
        filter_line.say(f"{part(len(numbers), self.total)}")

    def _failed(self, error: TextReuseError) -> None:
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

    def _say_count(self, instead: str = "") -> None:
        shown = len(self.table.numbers)
        said = instead or part(shown, self.total)
        if self.where not in ("", self.first_where) and not instead:
            said += f" · {self.where}"
        self.table.border_title = Content(f"{self.title} · {visible(said, one_line=True)}")
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

    def on_list_table_heading_clicked(self, event: ListTable.HeadingClicked) -> None:
        """Sort by the heading; a second click turns the order round."""
        event.stop()
        if event.order == self.order:
            self.do_reverse()
        else:
            self.sort_by(event.order)

    # Finding

    def do_filter(self) -> None:
        """Write a filter."""
        self.query_one("#filter", FilterLine).open(self.where)

    def on_filter_line_changed(self, event: FilterLine.Changed) -> None:
        """Something was typed: Textual calls this method of every class, so a subclass has its say in `typed`."""
        event.stop()
        self.typed(event)

    def typed(self, event: FilterLine.Changed) -> None:
        """Filter as it is typed."""
        self.set_filter(event.text)

    def on_filter_line_closed(self, event: FilterLine.Closed) -> None:
        """Back to the list."""
        event.stop()
        event.line.close()
        self.beneath(event.line).focus()

    def beneath(self, line: FilterLine) -> Lines:  # noqa: ARG002 - a subclass may have several
        """What a filter line is about, which has the focus when that is done."""
        return self.table

    def set_filter(self, where: str, keep: int | str | None = None) -> None:
        """Filter the list."""
        self.where = where.strip()
        self.load(keep if keep is not None else self.table.current)

    def sort_by(self, order: str | None, *, descending: bool | None = None) -> None:
        """Sort the list, the cursor staying on its row."""
        self.order, self.descending = order, descending
        self.load(self.table.current)

    def do_sort(self) -> None:
        """Sort by the next column that is shown."""
        orders = self.table.orders
        if orders:
            at = orders.index(self.order) if self.order in orders else -1
            self.sort_by(orders[(at + 1) % len(orders)])

    def do_reverse(self) -> None:
        """Turn the order round."""
        self.sort_by(self.order, descending=not self._falls())

    def do_facets(self) -> None:
        """Choose a filter from what there is."""
        if self._offered is None:
            self._offered = offered_facets(self.source.run, self.table_name)
        choices = facets(self.source.run, self.kind, self.where, self._offered)
        hint = "↵ takes a filter or lets it go   esc close"
        self.browser.choose(
            f"Show only {self.title.lower()}", choices, lambda term: self.set_filter(toggled(self.where, term)), hint
        )

    def do_export(self) -> None:
        """Write the list to a file."""
        shown = f"{len(self.table.numbers):,} {self.title.lower()}, as they are filtered and sorted"
        self.browser.ask(f"Export {shown}", str(self.source.export_path(self.table_name)), self._named, EXPORT_HINT)

    def _named(self, text: str) -> None:
        path = Path(text).expanduser()
        if text and path.exists():
            self.browser.choose(
                f"{visible(str(path), one_line=True)} is there already",
                [Choice("y", "replace it", "yes"), Choice("n", "leave it as it is", "no")],
                lambda answer: self._export(path) if answer == "yes" else None,
            )
        elif text:
            self._export(path)

    @work(thread=True, group="export")
    def _export(self, path: Path) -> None:
        selection = Selection(where=self.exported or None, order=self.order, reverse=self.turned_round)
        try:
            rows = export(self.source.beside, self.table_name, path, selection)
        except TextReuseError as error:
            self.hand_over(self.browser.complain, error)
        else:
            self.hand_over(self.browser.say, f"{count(rows, 'row')} written to {path}")

    @property
    def exported(self) -> str:
        """The filter of what is exported."""
        return self.effective

    @property
    def turned_round(self) -> bool:
        """Whether the list stands in the other order than is usual for its column."""
        return self.descending is not None and self.descending != self._usually_falls()

    # Motion from wherever one reads

    def do_next_item(self) -> None:
        """Next row."""
        self.table.move(self.table.cursor + 1)

    def do_previous_item(self) -> None:
        """Row before."""
        self.table.move(self.table.cursor - 1)

    def do_back(self) -> None:
        """One step back: out of the zoom, to the list, out of the filter, to the screen before."""
        if self.has_class("-zoom-list") or self.has_class("-zoom-detail"):
            self.do_zoom()
        elif not self.table.has_focus:
            self.table.focus()
        elif self.where not in ("", self.first_where, self.browser.lent(self.id or "")):
            self.set_filter(self.first_where)
        else:
            self.browser.go_back()

    def do_zoom(self) -> None:
        """Give the pane that has the focus the whole screen, or give it back."""
        if self.has_class("-zoom-list") or self.has_class("-zoom-detail"):
            self.remove_class("-zoom-list", "-zoom-detail")
        else:
            self.add_class("-zoom-list" if self.table.has_focus else "-zoom-detail")
        self._fit_height()

    # Review

    def about(self) -> Row | None:
        """The row that marks and notes are about."""
        return self.table.current_row

    def mark(self, mark: Mark) -> None:
        """Give the row a mark, or take it away if it has that one."""
        row = self.about()
        if row is None or self.kind is None:
            return
        had = self.source.run.notes.get(self.kind, row["id"]).mark
        self.source.run.notes.set_mark(self.kind, row["id"], None if had == mark else mark)
        self.marked()

    def marked(self) -> None:
        """Draw the marks anew."""
        self.table.forget()
        self.say_beneath()

    def state(self) -> dict[str, Any]:
        """What to remember for the next session, and for a step back."""
        row = self.table.current_row
        return {
            "where": self.where,
            "order": self.order,
            "descending": self.descending,
            "row": row.get("id") if row else None,
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go back to a remembered state; what does not fit any more is left out."""
        orders = {column.order for column in self.table.columns}
        self.where = str(state["where"] or "") if "where" in state else self.first_where
        if "order" in state and state["order"] in {*orders, self.default_order}:
            self.order = state["order"]
            self.descending = state.get("descending")
        self.load(state.get("row"))
