"""Matrix: which document, year or source shares how much with which."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from textual import work
from textual.app import ComposeResult
from textual.worker import get_current_worker

from reuse.analysis.matrix import MOST_CLUSTERED, matrix_table
from reuse.display import counted
from reuse.errors import TextReuseError
from reuse.fields import each_document
from reuse.naming import dated
from tui.browser import Browser
from tui.facets import field_choices, has_dates
from tui.screens.place import Place
from tui.source import Source
from tui.widgets.heat import HeatMap, Sheet
from tui.words import percent


class Matrix(Place):
    """The heat map, and the figures of the pair at its cursor."""

    DEFAULT_CSS = """
    Matrix > HeatMap { height: 1fr; }
    """

    def __init__(self, browser: Browser, source: Source, identity: str) -> None:
        super().__init__(browser, source, identity)
        self.each = each_document(source.run)
        self.by = self.each if source.totals["documents"] <= MOST_CLUSTERED or not has_dates(source.run) else "year"
        self._table: dict[str, list[Any]] = {}
        self._order = np.zeros(0, dtype=np.int64)
        self._titles: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """The heat map."""
        heat = HeatMap("heat", "pane")
        heat.border_title = "Matrix"
        heat.empty = "Adding up who shares with whom …\n\nthe other screens work meanwhile"
        yield heat

    @property
    def heat(self) -> HeatMap:
        """The heat map."""
        return self.query_one(HeatMap)

    def on_mount(self) -> None:
        """Add up the pairs."""
        self.heat.border_subtitle = "share of the smaller text:  ·· <1 %  ░░ <5 %  ▒▒ <15 %  ▓▓ <35 %  ██ more"
        self._read()

    def first_focus(self) -> None:
        """The heat map has the focus."""
        self.heat.focus()

    @work(thread=True, exclusive=True, group="matrix")
    def _read(self) -> None:
        worker, by = get_current_worker(), self.by
        try:
            table = self.source.compute(matrix_table, by)
            if by == self.each:
                self._titles = {
                    name: dated(date, self.source.document_name(name))
                    for name, date in self.source.beside.sql("SELECT id, date FROM documents")
                }
        except TextReuseError as error:
            if not worker.is_cancelled:
                self.hand_over(self._failed, error)
            return
        if not worker.is_cancelled:
            self.hand_over(self._show, table, by)

    def _failed(self, error: TextReuseError) -> None:
        self.by = self.each
        self.browser.complain(error)

    def _show(self, table: dict[str, list[Any]], by: str) -> None:
        places: dict[int, str] = dict(zip(table["place_a"], table["a"], strict=True))
        places.update(zip(table["place_b"], table["b"], strict=True))
        size = max(places, default=-1) + 1
        names = [self._shown(places.get(place, "")) for place in range(size)]
        short = [self._titled(places.get(place, "")) for place in range(size)]
        a, b = (np.array(table[side], dtype=np.int64) for side in ("place_a", "place_b"))
        keys = np.minimum(a, b) * size + np.maximum(a, b)
        self._order = np.argsort(keys, kind="stable")
        self._table = table
        share = np.maximum(np.array(table["share_a"]), np.array(table["share_b"]))
        if not names:
            self.heat.empty = "No two documents share a passage or a formula."
        self.heat.border_title = f"Matrix · {counted(size, by)} · v other groups"
        self.heat.show(Sheet(names, short, keys[self._order], share[self._order]))

    def _shown(self, name: str) -> str:
        """A document by its date and title, a group by its name."""
        return self._titles.get(name, name) if self.by == self.each else name

    def _titled(self, name: str) -> str:
        """A document by its title alone."""
        return self.source.document_name(name) if name in self._titles and self.by == self.each else name

    def _pair(self, place: int) -> dict[str, Any]:
        row = int(self._order[place])
        return {name: values[row] for name, values in self._table.items()}

    def on_heat_map_moved(self, event: HeatMap.Moved) -> None:
        """Say the figures of the pair."""
        heat = self.heat
        names = (heat.sheet.names[heat.row], heat.sheet.names[heat.column_here])
        heading = f"{names[0]} within itself" if names[0] == names[1] else f"{names[0]}  ×  {names[1]}"
        if event.pair is None:
            heat.tell([heading, "share nothing"])
            return
        pair = self._pair(event.pair)
        matches = counted(pair["matches"], "match", "matches")
        of_column = "" if pair["a"] == pair["b"] else f" and {percent(pair['share_b'])}"
        heat.tell(
            [
                heading,
                f"{matches} over {percent(pair['share_a'])}{of_column} of the words · "
                f"{counted(pair['formulas'], 'formula')} in common" + (" · ↵ the matches" if pair["matches"] else ""),
            ]
        )

    def on_heat_map_opened(self, event: HeatMap.Opened) -> None:
        """The matches of the pair."""
        if event.pair is None:
            return
        pair = self._pair(event.pair)
        if not pair["matches"]:
            self.browser.say("These two share formulas, but no passage.")
        elif self.by != self.each:
            self.browser.say("Single matches are shown for documents: v changes the groups.")
        elif '"' in pair["a"] + pair["b"]:
            self.browser.say("An id with a quotation mark in it cannot be put into a filter.")
        else:
            self.browser.go_to("matches", where=f'a="{pair["a"]}" b="{pair["b"]}"')

    def do_view(self) -> None:
        """Other groups; where no document has a date, it is said why these are so few."""
        run = self.source.run
        hint = "" if has_dates(run) else "no document has a date: not by day, month, year …   ↵ choose   esc close"
        self.browser.choose("Matrix of", field_choices(run), self._group, hint)

    def _group(self, by: str) -> None:
        self.by = by
        self._read()

    def do_back(self) -> None:
        """One step back."""
        self.browser.go_back()

    def state(self) -> dict[str, Any]:
        """What the groups are."""
        return {"by": self.by, "row": self.heat.row, "column": self.heat.column_here}

    def restore(self, state: Mapping[str, Any]) -> None:
        """The same groups, and the same cell where it is there."""
        by = state.get("by")
        if isinstance(by, str) and by != self.by:
            self._group(by)
        elif isinstance(state.get("row"), int) and isinstance(state.get("column"), int) and self.heat.sheet.names:
            self.heat.move(state["row"], state["column"])
