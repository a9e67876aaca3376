"""Compare: documents or groups by what they repeat, what marks each, and what changes from one to another."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Literal

import numpy as np
from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.worker import get_current_worker

from reuse.analysis.changes import change_table
from reuse.analysis.contrast import pair_table
from reuse.analysis.keyness import keyness_table
from reuse.analysis.profiles import profile_table
from reuse.analysis.stored import Columns
from reuse.display import counted, visible
from reuse.errors import TextReuseError
from reuse.fields import each_document
from reuse.run.run import Run
from reuse.shares import KINDS, whole_percents
from tui.browser import Browser
from tui.facets import field_choices
from tui.screens.place import Place
from tui.source import Source
from tui.widgets.list_columns import ListColumn, Row
from tui.widgets.list_table import ListTable
from tui.words import percent

View = Literal["formulas", "changes"]
FEWEST_ROWS = 3
SURE = 0.05
"""Up to this q a formula marks its group beyond chance."""
PAUSE_SECONDS = 0.15
"""A group that the cursor only passes is not compared."""
MOST_FORMULAS = 500
"""Formulas that mark a group, of which no more are listed."""


class Compare(Place):
    """Groups with their profiles; beside them what marks the chosen one against another or against all others."""

    DEFAULT_CSS = """
    Compare { layout: vertical; }
    Compare > .groups { height: 2fr; }
    Compare > .marks { height: 3fr; }
    Compare .groups > ListTable, Compare .marks > ListTable { height: 1fr; }
    Compare.-zoom-list > .marks { display: none; }
    Compare.-zoom-detail > .groups { display: none; }
    """

    def __init__(self, browser: Browser, source: Source, identity: str) -> None:
        super().__init__(browser, source, identity)
        self.each = each_document(source.run)
        self.by = self.each if source.totals["documents"] <= 2_000 else "year"
        self.viewed: View = "formulas"
        self.against: str | None = None
        self._profiles: list[Row] = []
        self._found: list[Row] = []
        self._wanted: str | None = None

    def compose(self) -> ComposeResult:
        """The groups and what marks them."""
        with Vertical(classes="groups"):
            table = ListTable(_PROFILES, self._fetch_profiles, "list", "pane")
            table.border_title = "Compare"
            table.empty = "Adding up what each document repeats …\n\nthe other screens work meanwhile"
            yield table
        with Vertical(classes="marks"):
            yield ListTable(_MARKS, self._fetch_found, "marks", "pane")

    @property
    def groups(self) -> ListTable:
        """The list of groups."""
        return self.query_one("#list", ListTable)

    @property
    def marks(self) -> ListTable:
        """What marks the chosen group."""
        return self.query_one("#marks", ListTable)

    def _fetch_profiles(self, numbers: Sequence[int]) -> list[Row]:
        return [self._profiles[number] for number in numbers]

    def _fetch_found(self, numbers: Sequence[int]) -> list[Row]:
        return [self._found[number] for number in numbers]

    def on_mount(self) -> None:
        """Add up the profiles."""
        self._read()

    def first_focus(self) -> None:
        """The list has the focus."""
        if not self.has_focus_within:
            self.groups.focus()

    @work(thread=True, exclusive=True, group="profiles")
    def _read(self) -> None:
        worker, by = get_current_worker(), self.by
        run = self.source.beside
        try:
            table = self.source.compute(profile_table, by)
            named: dict[str | None, str] = {None: ""}
            named.update(run.name_of)
        except TextReuseError as error:
            if not worker.is_cancelled:
                self.hand_over(self._failed, error)
            return
        names = list(table)
        rows: list[Row] = [dict(zip(names, values, strict=True)) for values in zip(*table.values(), strict=True)]
        for row in rows:
            row["shown"] = named[row["name"]] if by == self.each else row["name"]
            row["percents"] = dict(zip(KINDS, whole_percents([row[kind] for kind in KINDS]), strict=True))
            row["drawn_from"] = named[row["source"]]
        if not worker.is_cancelled:
            self.hand_over(self._show, rows)

    def _failed(self, error: TextReuseError) -> None:
        self.by = self.each
        self.browser.complain(error)

    def _show(self, rows: list[Row]) -> None:
        self._profiles = rows
        known = {row["name"] for row in rows}
        if self.against not in known:
            self.against = None
        self._order(keep=self._wanted)
        self._wanted = None

    def _order(self, keep: str | None = None) -> None:
        """Put the groups in order; those of which nothing can be said stand last."""
        table = self.groups
        order = table.order
        numbers = list(range(len(self._profiles)))
        if order:
            present = [number for number in numbers if self._profiles[number][order] is not None]
            present.sort(key=lambda number: self._profiles[number][order], reverse=table.falling)
            numbers = present + [number for number in numbers if self._profiles[number][order] is None]
        current = next((number for number in numbers if self._profiles[number]["name"] == keep), table.current)
        table.forget()
        table.empty = "The run has no document."
        table.fill(np.array(numbers, dtype=np.int64), keep=current)
        self.query_one(".groups").styles.max_height = max(len(numbers), FEWEST_ROWS) + table.head_lines + 2
        other = next((row["shown"] for row in self._profiles if row["name"] == self.against), "all others")
        against = f" · against {other}"
        said = visible(f"{counted(len(numbers), self.by)}{against} · v groups · o against this one", one_line=True)
        table.border_title = Content(f"Compare · {said}")

    def on_list_table_moved(self, event: ListTable.Moved) -> None:
        """See what marks the group."""
        event.stop()
        if event.table is self.groups:
            self._look()

    def on_list_table_heading_clicked(self, event: ListTable.HeadingClicked) -> None:
        """Sort by the heading; a second click turns the order round."""
        event.stop()
        if event.table is self.groups:
            self.groups.falling = not self.groups.falling if event.order == self.groups.order else True
            self.groups.order = event.order
            self._order(self._chosen())

    def do_sort(self) -> None:
        """Sort by the next column."""
        orders = [column.order for column in self.groups.columns if column.order]
        at = orders.index(self.groups.order) if self.groups.order in orders else -1
        self.groups.order, self.groups.falling = orders[(at + 1) % len(orders)], True
        self._order(self._chosen())

    def do_reverse(self) -> None:
        """Turn the order round."""
        self.groups.falling = not self.groups.falling
        self._order(self._chosen())

    def _chosen(self) -> str | None:
        row = self.groups.current_row
        return row["name"] if row else None

    def _look(self) -> None:
        name = self._chosen()
        if name is None:
            self._found = []
            self.marks.fill(np.zeros(0, dtype=np.int64))
            return
        self.marks.border_title = Content(
            f"{'What marks' if self.viewed == 'formulas' else 'What changes'} · reading …"
        )
        self._compare(name, None if self.against == name else self.against)

    @work(thread=True, exclusive=True, group="marks")
    def _compare(self, name: str, against: str | None) -> None:
        worker = get_current_worker()
        time.sleep(PAUSE_SECONDS)
        if worker.is_cancelled:
            return
        work = _marks if self.viewed == "formulas" else _changes
        try:
            rows = self.source.compute(work, self.by, name, against)
        except TextReuseError as error:
            if not worker.is_cancelled:
                self.hand_over(self.browser.complain, error)
            return
        if not worker.is_cancelled:
            self.hand_over(self._compared, name, against, rows)

    def _compared(self, name: str, against: str | None, rows: list[Row]) -> None:
        self._found = rows
        marks = self.marks
        of_formulas = _CONTRAST if against else _MARKS
        marks.change(of_formulas if self.viewed == "formulas" else _CHANGES, self._fetch_found)
        profile = next((row for row in self._profiles if row["name"] == name), None)
        marks.preface = _profile_in_words(profile) if profile else ()
        shown = {row["name"]: row["shown"] for row in self._profiles}
        name, other = shown.get(name, name), shown.get(against, against) if against else "all others"
        title = (
            f"What marks {name}{' (a, z above 0)' if against else ''} against {other}{' (b)' if against else ''}"
            if self.viewed == "formulas"
            else f"What changes from {name} (a) to {other} (b)"
        )
        marks.border_title = Content(visible(title, one_line=True))
        marks.border_subtitle = "v what changes" if self.viewed == "formulas" else "v what marks it"
        marks.empty = (
            "No formula marks it." if self.viewed == "formulas" else "They share no passage with a change in it."
        )
        marks.fill(np.arange(len(rows)))

    def on_list_table_opened(self, event: ListTable.Opened) -> None:
        """From the groups to what marks them, from there to the formula."""
        event.stop()
        if event.table is self.groups:
            self.marks.focus()
        elif self.viewed == "formulas":
            self.browser.go_to("formulas", row=self._found[event.row]["formula"])

    def do_against(self) -> None:
        """Compare with this group; again: with all others."""
        name = self._chosen()
        self.against = None if self.against == name else name
        self._order(name)

    def do_view(self) -> None:
        """Other groups if the list has the focus, else formulas or changes."""
        if self.groups.has_focus:
            self.browser.choose("Compare", field_choices(self.source.run), self._group)
        else:
            self.viewed = "changes" if self.viewed == "formulas" else "formulas"
            self._look()

    def _group(self, by: str) -> None:
        self.by, self.against = by, None
        self._read()

    def do_next_item(self) -> None:
        """Next group."""
        self.groups.move(self.groups.cursor + 1)

    def do_previous_item(self) -> None:
        """Group before."""
        self.groups.move(self.groups.cursor - 1)

    def do_zoom(self) -> None:
        """Give the pane the whole screen, or give it back."""
        if self.has_class("-zoom-list") or self.has_class("-zoom-detail"):
            self.remove_class("-zoom-list", "-zoom-detail")
        else:
            self.add_class("-zoom-list" if self.groups.has_focus else "-zoom-detail")

    def do_back(self) -> None:
        """Out of the zoom, to the list, to the screen before."""
        if self.has_class("-zoom-list") or self.has_class("-zoom-detail"):
            self.do_zoom()
        elif not self.groups.has_focus:
            self.groups.focus()
        else:
            self.browser.go_back()

    def state(self) -> dict[str, Any]:
        """Groups, sides, view."""
        return {"by": self.by, "against": self.against, "viewed": self.viewed, "row": self._chosen()}

    def restore(self, state: Mapping[str, Any]) -> None:
        """The same groups, sides and view."""
        self.viewed = "changes" if state.get("viewed") == "changes" else "formulas"
        self.against = state.get("against")
        self._wanted = state.get("row")
        if isinstance(state.get("by"), str) and state["by"] != self.by:
            self.by = state["by"]
        self._read()


def _marks(run: Run, by: str, name: str, against: str | None) -> list[Row]:
    """What marks the group against all others, or against another one and that one against it."""
    if against is None:
        return _rows(keyness_table(run, by, name, limit=MOST_FORMULAS))
    return _rows(pair_table(run, by, name, against, limit=MOST_FORMULAS))


def _changes(run: Run, by: str, name: str, against: str | None) -> list[Row]:
    """What changes from the group to another one, or to all others."""
    return _rows(change_table(run, by=by, between=(name, against)))


def _rows(table: Columns) -> list[Row]:
    return [dict(zip(table, values, strict=True)) for values in zip(*table.values(), strict=True)]


def _share(row: Row, name: str) -> tuple[str, str]:
    return ("unknown", "faint") if row[name] is None else (percent(row[name]), "")


def _of_kind(row: Row, kind: str) -> str:
    """How much of a document or group is of one kind, rounded so that the kinds add up."""
    return f"{row['percents'][kind]} %"


def _chance(q: float | None) -> tuple[str, str]:
    """A q-value: up to .05 it stands out, and where nothing can be said there is none."""
    if q is None:
        return "", ""
    return ("<.01" if q < 0.01 else f"{q:.2f}".removeprefix("0")), "" if q <= SURE else "faint"


def _profile_in_words(row: Row) -> Sequence[tuple[str, str]]:
    low, high = row["recycled_low"], row["recycled_high"]
    interval = f" (95 %: {percent(low)}–{percent(high)})" if low is not None else ""
    shares = [f"{share} % {kind}" for kind, share in row["percents"].items()]
    shares[0] += interval
    drawn = [counted(row["words"], "word"), *shares]
    own = [f"{percent(row['formulaic'])} formulas"]
    if row["source"]:
        own.append(f"draws most on {row['drawn_from']}")
    return (" · ".join(drawn), "faint"), (" · ".join(own), "faint"), ("", "faint")


_PROFILES = (
    ListColumn("document or group", lambda row: row["shown"], 18, "name", grows=2),
    ListColumn("length", lambda row: f"{row['words']:,}", 8, "words", right=True),
    ListColumn("recycled", partial(_of_kind, kind="recycled"), 8, "recycled", right=True),
    ListColumn("shared", partial(_of_kind, kind="shared"), 7, "shared", right=True),
    ListColumn("repeated", partial(_of_kind, kind="repeated"), 8, "repeated", right=True, from_width=70),
    ListColumn("fresh", partial(_of_kind, kind="fresh"), 7, "fresh", right=True),
    ListColumn("formulaic", partial(_share, name="formulaic"), 9, "formulaic", right=True, from_width=80),
    ListColumn("formulas", lambda row: f"{row['formulas']:,}", 8, "formulas", right=True, from_width=90),
    ListColumn("draws most on", lambda row: (row["drawn_from"], "faint"), 14, grows=1, from_width=110),
)
_MARKS = (
    ListColumn("z", lambda row: f"{row['z']:.1f}", 6, right=True),
    ListColumn("q", lambda row: _chance(row["q"]), 5, right=True),
    ListColumn("df", lambda row: f"{row['df']:,}", 6, right=True),
    ListColumn("tf", lambda row: f"{row['tf']:,}", 6, right=True),
    ListColumn("per million", lambda row: f"{row['per_million']:,.0f}", 11, right=True, from_width=76),
    ListColumn("others", lambda row: f"{row['rest_tf']:,}", 6, right=True),
    ListColumn("per million", lambda row: f"{row['rest_per_million']:,.0f}", 11, right=True, from_width=76),
    ListColumn("formula", lambda row: row["text"], 20, grows=1),
)
_CONTRAST = (
    ListColumn("z", lambda row: f"{row['z']:.1f}", 6, right=True),
    ListColumn("q", lambda row: _chance(row["q"]), 5, right=True),
    ListColumn("df a", lambda row: f"{row['df_a']:,}", 6, right=True),
    ListColumn("tf a", lambda row: f"{row['tf_a']:,}", 6, right=True),
    ListColumn("df b", lambda row: f"{row['df_b']:,}", 6, right=True),
    ListColumn("tf b", lambda row: f"{row['tf_b']:,}", 6, right=True),
    ListColumn("formula", lambda row: row["text"], 20, grows=1),
)
_CHANGES = (
    ListColumn("times", lambda row: f"{row['count']:,}", 6, right=True),
    ListColumn("kind", lambda row: (row["kind"], "faint"), 12),
    ListColumn("about", lambda row: (row["about"], "faint"), 10, from_width=80),
    ListColumn("in a", lambda row: row["before"] or ("–", "faint"), 16, grows=1),
    ListColumn("in b", lambda row: row["after"] or ("–", "faint"), 16, grows=1),
    ListColumn("first", lambda row: row["first_date"] or "", 10, from_width=110),
)
