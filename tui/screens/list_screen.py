"""What the keys of every screen with a list do: filter, sort, mark, export, move on, step back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from textual import work

from reuse.display import counted, visible
from reuse.errors import TextReuseError
from reuse.report.export import Selection, export
from reuse.run.notes import Mark
from tui.dialogs import Choice
from tui.facets import facets, offered_facets, toggled
from tui.filterline import FilterLine
from tui.screens.listed import Listed
from tui.widgets.lines import Lines
from tui.widgets.list_columns import Row
from tui.widgets.list_table import ListTable

EXPORT_HINT = ".csv .tsv .xlsx .jsonl .parquet   ↵ write   esc leave"


class Listing(Listed):
    """A list with what its keys do.

    A subclass gives the table's name, the columns, how rows are fetched, and the panes beside the list.
    """

    # Messages of the list

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
        listed = self.table.numbers if self._shown_by[0] == self.where and self._loaded else None
        choices = facets(self.source.run, self.kind, self.where, self._offered, listed)
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
            self.hand_over(self.browser.say, f"{counted(rows, 'row')} written to {path}")

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
