"""Formulas: set phrases with their concordance, their variants, and how they spread over documents and time."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from textual import work
from textual.app import ComposeResult
from textual.worker import get_current_worker

from reuse.analysis.collocates import find_collocates
from reuse.analysis.frames import frame_table
from reuse.display import counted
from reuse.errors import TextReuseError
from reuse.report.sentences import evenly
from reuse.run.notes import Kind
from reuse.run.search import find
from tui.browser import Browser
from tui.dialogs import Choice
from tui.filterline import FilterLine
from tui.screens.formula_columns import FRAMES, VARIANTS, concordance_columns, fillers, forms
from tui.screens.formula_lists import COLLOCATES, FILLERS, OtherList, rows_of, slot_rows
from tui.screens.many_lists import ManyLists
from tui.screens.occurrences import Occurrences, Told
from tui.source import Source, mark_sign
from tui.widgets.lines import Lines
from tui.widgets.list_columns import ListColumn, Row
from tui.widgets.list_table import ListTable
from tui.words import part, short_bits

View = Literal["concordance", "variants", "frames", "collocates"]
VIEWS: tuple[View, ...] = ("concordance", "variants", "frames", "collocates")
OF_ANY_WORDS: tuple[View, ...] = ("concordance", "collocates")
"""What can be shown of words that are no formula."""

Spans = tuple[NDArray[np.int64], NDArray[np.int64]]
"""Token positions where occurrences begin and end."""


class Formulas(ManyLists):
    """Phrases that recur, and every occurrence of the chosen one in its context."""

    table_name = "formulas"
    title = "Formulas"
    kind: Kind | None = "formula"
    filter_hint = 'df>=5 words>=6 bits>40 variants>1 after:2021 doc:002 "closely knitted"'
    first_where = "head:true"
    of_one = "family:"
    nothing = (
        "No phrase recurs.\n\nShorter or rarer ones may count with other parameters:\n"
        "textreuse scan --formulas-min-tokens 3 …"
    )

    def __init__(self, browser: Browser, source: Source, identity: str) -> None:
        super().__init__(browser, source, identity)
        self.viewed: View = "concordance"
        self._folded, self._family = self.first_where, ""
        self.sought = ""
        self._collocates: tuple[Spans, list[Row]] | None = None
        self._frames: list[Row] | None = None
        self.occurrences = Occurrences(source)

    def on_list_table_turned(self, event: ListTable.Turned) -> None:
        """Unfold the family of the row, or fold it again."""
        event.stop()
        row = self.table.current_row
        if event.table is not self.table or self.other or row is None:
            return
        family = f"family:{row['family']}"
        if event.into and row["variants"] < 2:
            self.browser.say("This formula has no other forms.")
        elif event.into and self.where != family:
            self._folded, self._family = self.where, row["family"]
            self.set_filter(family)
        elif not event.into and self.where == family:
            self.set_filter(self._folded, keep=row["family"])

    def say_beneath(self) -> None:
        """How families are unfolded and folded, and how much is hidden: both have to fit the narrowest terminal."""
        hidden = "" if self.other else self.furniture_hidden()
        said = {
            self.first_where: "→ opens a family" if hidden else "one form of each family: → opens it",
            f"family:{self._family}": "← folds the family",
        }
        how = "" if self.other else said.get(self.where, "")
        self.table.border_subtitle = " · ".join(filter(None, (how, hidden)))

    def columns(self) -> Sequence[ListColumn]:
        """What a line says of a formula."""
        return (
            ListColumn("", mark_sign, 3),
            ListColumn("df", lambda row: f"{row['df']:,}", 5, "df", right=True),
            ListColumn("tf", lambda row: f"{row['tf']:,}", 6, "tf", right=True),
            ListColumn("bits", lambda row: short_bits(row["bits"]), 5, "bits", right=True),
            ListColumn("length", lambda row: f"{row['tokens']:,}", 6, "tokens", right=True, from_width=64),
            ListColumn("forms", forms, 6, "variants", right=True, from_width=84),
            ListColumn("formula", lambda row: row["text"], 24, "text", grows=1),
            ListColumn("first", lambda row: row["first_date"] or "", 10, "first_date", from_width=72),
            ListColumn("last", lambda row: row["last_date"] or "", 10, "last_date", from_width=100),
        )

    def fetch_stored(self, numbers: Sequence[int]) -> list[Row]:
        """Rows of the formulas."""
        names = ("id", "text", "tokens", "df", "tf", "bits", "first_date", "last_date", "dispersion", "family")
        return self.source.run.rows("formulas", numbers, (*names, "variants", "furniture", "mark", "bookmark", "note"))

    def detail(self) -> ComposeResult:
        """The concordance, or the variants."""
        table = ListTable((), self.fetch, identity="concordance", classes="pane")
        table.border_title = "Concordance"
        yield table
        yield FilterLine(
            self.browser.actions,
            "words",
            "any words: closely knit*  (peace|war) ..3 nation*  /(un)?just/",
            identity="sought",
        )

    @property
    def concordance(self) -> ListTable:
        """The pane beside the list."""
        return self.query_one("#concordance", ListTable)

    def show_row(self, number: int | None) -> None:
        """Show the occurrences or the variants."""
        pane = self.concordance
        if number is None:
            pane.preface, pane.empty = [], "No formula is chosen"
            pane.fill(np.zeros(0, dtype=np.int64))
            return
        if self.sought:
            return
        row = self.table.row(number)
        if self.other:
            self._show_other(self.other, row)
            return
        positions = self.source.run.formula_occurrences(number)
        pane.preface = self._preface(row, positions)
        pane.border_title = self.viewed.capitalize()
        pane.empty = ""
        if self.viewed == "frames":
            self._show_frames(row)
        elif self.viewed == "variants":
            pane.change(VARIANTS, self.fetch_stored)
            found = self.source.run.sql("SELECT formula FROM formulas WHERE family = ?", (row["family"],))
            pane.fill(np.array([other for (other,) in found], dtype=np.int64))
        elif self.viewed == "collocates":
            self._show_collocates((positions, positions + row["tokens"]))
        else:
            self._show_occurrences(positions, positions + row["tokens"], self.occurrences.in_time(positions))
        pane.border_subtitle = f"v {self._following()} · / any words"

    def _following(self) -> View:
        """The view after this one."""
        views = OF_ANY_WORDS if self.sought or self.other else VIEWS
        return views[(views.index(self.viewed) + 1) % len(views)] if self.viewed in views else views[0]

    def _show_other(self, what: OtherList, row: Row) -> None:
        """What there is of a word, an n-gram or a frame."""
        pane = self.concordance
        pane.preface = [(f"“{row[what.text]}”", "strong")]
        if what.table == "frames":
            rows = slot_rows(json.loads(row["slots"]))
            pane.border_title, pane.border_subtitle = "What stands in its places", "/ any words"
            pane.change(FILLERS, lambda numbers: [rows[number] for number in numbers])
            pane.fill(np.arange(len(rows)))
            return
        pane.border_title = "Looking …"
        self._seek(f'="{row[what.text]}"', row[what.text])

    def _show_collocates(self, spans: Spans) -> None:
        """The words near some occurrences, worked out in a thread if they are not those shown last."""
        pane = self.concordance
        pane.border_title = "Collocates"
        known = self._collocates is not None and all(map(np.array_equal, self._collocates[0], spans))
        rows = self._collocates[1] if known and self._collocates else []
        pane.empty = "No word stands near three times or more." if known else "Counting what stands near …"
        pane.change(COLLOCATES, lambda numbers: [rows[number] for number in numbers])
        pane.fill(np.arange(len(rows)))
        if not known:
            self._collocate(spans)

    @work(thread=True, exclusive=True, group="collocates")
    def _collocate(self, spans: Spans) -> None:
        worker = get_current_worker()
        try:
            found = self.source.compute(find_collocates, spans)
        except TextReuseError as error:
            if not worker.is_cancelled:
                self.hand_over(self.browser.complain, error)
            return
        if not worker.is_cancelled:
            self.hand_over(self._collocated, spans, rows_of(found.table))

    def _collocated(self, spans: Spans, rows: list[Row]) -> None:
        self._collocates = spans, rows
        if self.viewed == "collocates":
            self._show_collocates(spans)

    def _show_occurrences(self, starts: NDArray[np.int64], ends: NDArray[np.int64], order: NDArray[np.int64]) -> None:
        pane, tokens = self.concordance, self.source.run.tokens
        keyword = int((tokens.ends[ends - 1] - tokens.starts[starts]).max(initial=0))
        pane.change(
            concordance_columns(keyword + 2, pane.size.width or self.app.size.width),
            partial(self.occurrences.rows, starts, ends),
        )
        pane.fill(order)

    @work(thread=True, exclusive=True, group="sought")
    def _seek(self, words: str, row: str = "") -> None:
        """Find any words in all texts; `row`: those of a row of the list."""
        worker = get_current_worker()
        answer: Callable[[], None]
        try:
            spans = find(self.source.beside, words)
            answer = partial(self._show_sought, row or words, (spans.starts, spans.ends), bool(row))
        except TextReuseError as error:
            answer = partial(self.browser.complain, error) if row else partial(self._not_sought, words, error)
        if not worker.is_cancelled:
            self.hand_over(answer)

    def _not_sought(self, words: str, error: TextReuseError) -> None:
        if words == self.sought:
            self.query_one("#sought", FilterLine).say(str(error), wrong=True)

    def _show_sought(self, words: str, spans: Spans, of_row: bool) -> None:
        """Occurrences of what was typed, or of the row that the cursor is on."""
        row = self.table.current_row if self.other else None
        if of_row and (self.sought or row is None or row[self.other.text if self.other else ""] != words):
            return
        if not of_row and words != self.sought:
            return
        starts, ends = spans
        pane = self.concordance
        documents = len(np.unique(self.source.run.tokens.document_of(starts)))
        said = f"{counted(len(starts), 'time')} in {counted(documents, 'document')}"
        if not of_row:
            self.query_one("#sought", FilterLine).say(said)
        pane.preface = [(f"“{words}”", "strong"), (said, "faint"), *self.occurrences.spread(starts)]
        back = "/ any words" if of_row else "esc back to the list"
        pane.border_subtitle = f"v {self._following()} · {back}"
        if self.viewed == "collocates":
            self._show_collocates(spans)
            return
        pane.border_title = "Concordance" if of_row else "Concordance of any words"
        pane.empty = f"“{words}” stands in no text."
        self._show_occurrences(starts, ends, self.occurrences.in_time(starts))

    def _show_frames(self, row: Row) -> None:
        """The frames that the formula stands in, or all of them if it stands in none."""
        pane = self.concordance
        pane.change(FRAMES, self._fetch_frames)
        if self._frames is None:
            pane.empty = "Looking for frames: formulas with places that change …"
            pane.fill(np.zeros(0, dtype=np.int64))
            self._find_frames()
            return
        own = [number for number, frame in enumerate(self._frames) if row["id"] in frame["formulas"]]
        chosen = own or range(len(self._frames))
        pane.border_title = f"Frames · {part(len(chosen), len(self._frames))}"
        pane.empty = "No frame: no formula of this run has a place that changes."
        pane.fill(np.array(chosen, dtype=np.int64))

    def _fetch_frames(self, numbers: Sequence[int]) -> list[Row]:
        return [(self._frames or [])[number] for number in numbers]

    @work(thread=True, exclusive=True, group="frames")
    def _find_frames(self) -> None:
        worker = get_current_worker()
        try:
            table = self.source.compute(frame_table)
        except TextReuseError as error:
            if not worker.is_cancelled:
                self.hand_over(self.browser.complain, error)
            return
        frames = rows_of(table)
        if not worker.is_cancelled:
            self.hand_over(self._framed, frames)

    def _framed(self, frames: list[Row]) -> None:
        self._frames = frames
        if self.viewed == "frames":
            self.show_row(self.table.current)

    def _preface(self, row: Row, positions: NDArray[np.int64]) -> list[Told]:
        """The phrase, its figures, its spread over documents and over time."""
        figures = [
            f"{counted(row['tf'], 'time')} in {counted(row['df'], 'document')}",
            f"{short_bits(row['bits'])} bits",
            f"{evenly(row['dispersion'])} (DP {row['dispersion']:.2f})",
            *([f"note: {row['note']}"] if row["note"] else []),
        ]
        return [(f"“{row['text']}”", "strong"), (" · ".join(figures), "faint"), *self.occurrences.spread(positions)]

    def on_list_table_opened(self, event: ListTable.Opened) -> None:
        """From the list to the concordance, from there to the document."""
        event.stop()
        if event.table is self.table:
            self.concordance.focus()
        elif self.viewed == "collocates" or self.table_name == "frames":
            return
        elif self.viewed == "variants" and not self.sought:
            self.set_filter("", keep=event.row)
            self.table.focus()
        elif self.viewed == "frames" and not self.sought:
            self.browser.say(fillers(self._fetch_frames([event.row])[0]))
        else:
            row = event.table.row(event.row)
            self.browser.go_to("documents", row=row["document"], place=row["start"], span=(row["start"], row["end"]))

    def do_filter(self) -> None:
        """Seek any words if the concordance has the focus or there is no filter, else filter the list."""
        if self.concordance.has_focus or self.other:
            self.query_one("#sought", FilterLine).open(self.sought)
        else:
            super().do_filter()

    def typed(self, event: FilterLine.Changed) -> None:
        """Seek or filter as it is typed."""
        if event.line.id != "sought":
            super().typed(event)
        elif event.text.strip():
            self.sought = event.text.strip()
            self._seek(self.sought)
        else:
            self._forget_sought()

    def _forget_sought(self) -> None:
        self.sought = ""
        self.query_one("#sought", FilterLine).say("")
        self.show_row(self.table.current)

    def beneath(self, line: FilterLine) -> Lines:
        """The concordance or the list."""
        return self.concordance if line.id == "sought" else super().beneath(line)

    def do_back(self) -> None:
        """First back to the formula, then to the formulas, then as everywhere."""
        if self.sought:
            self._forget_sought()
        elif self.other and self.table.has_focus:
            self._list("")
        else:
            super().do_back()

    def do_view(self) -> None:
        """Concordance, variants, frames or collocates."""
        self.viewed = self._following()
        if self.sought:
            self._seek(self.sought)
        else:
            self.show_row(self.table.current)

    def do_copy(self) -> None:
        """Copy the phrase, or the line of the concordance."""
        row, line = self.about(), self.concordance.current_row
        if row is None:
            return
        choices = [Choice("y", "the words", "phrase")]
        if not self.other:
            choices.append(Choice("l", "the command that opens this formula", "link"))
        if line is not None and "keyword" in line:
            choices.insert(1, Choice("c", "this occurrence with its citation", "occurrence"))
        self.browser.choose("Copy", choices, partial(self._copy, row, line))

    def _copy(self, row: Row, line: Row | None, what: str) -> None:
        if what == "occurrence" and line is not None:
            quoted = f"{line['left'][-80:]}{line['keyword']}{line['right'][:80]}".strip()
            cited = self.source.citation(line["document"], line["start"], line["end"])
            self.browser.copy(f"… {quoted} …\n\n{cited}\n")
        else:
            text = row[self.other.text] if self.other else row["text"]
            self.browser.copy(text if what == "phrase" else self.source.link("formula", row["id"]))

    def state(self) -> dict[str, Any]:
        """Also what is beside the list."""
        return {**super().state(), "viewed": self.viewed, "listed": self.other.key if self.other else ""}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Also what was beside the list."""
        if state.get("viewed") in VIEWS:
            self.viewed = state["viewed"]
        if state.get("listed"):
            self._list(str(state["listed"]))
            return
        row = state.get("row")
        if (
            isinstance(row, str)
            and "where" not in state
            and not self.source.run.count("formulas", f"id={row} head:true")
        ):
            state = {**state, "where": ""}  # one of the other forms, which the folded list does not have
        if isinstance(row, str) and self.source.run.count("formulas", f"id={row} furniture:any"):
            self.with_furniture = True
        super().restore(state)
