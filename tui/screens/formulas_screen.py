"""Formulas: set phrases with their concordance, their variants, and how they spread over documents and time."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from textual import work
from textual.app import ComposeResult
from textual.worker import get_current_worker

from reuse.analysis.formula_tables import frame_table
from reuse.calendar import Dates, read_date
from reuse.errors import TextReuseError
from tui.browser import Browser
from tui.dialogs import Choice
from tui.screens.reviewed import Reviewed
from tui.source import Source, document_name, mark_sign
from tui.widgets.list_table import ListColumn, ListTable, Row
from tui.widgets.sparks import blocks, buckets
from tui.words import count, part, short_bits

View = Literal["concordance", "variants", "frames"]
VIEWS: tuple[View, ...] = ("concordance", "variants", "frames")
FILLERS_SHOWN = 12

AROUND = 160
"""Code points of context on either side of an occurrence: as much as a wide line shows."""
LABEL = 13


class Formulas(Reviewed):
    """Phrases that recur, and every occurrence of the chosen one in its context."""

    table_name = "formulas"
    title = "Formulas"
    kind = "formula"
    filter_hint = 'df>=5 words>=6 bits>40 variants>1 after:2021 doc:002 "closely knitted"'
    nothing = (
        "No phrase recurs.\n\nShorter or rarer ones may count with other parameters:\n"
        "textreuse scan --formulas-min-tokens 3 …"
    )

    def __init__(self, browser: Browser, source: Source, identity: str) -> None:
        super().__init__(browser, source, identity)
        self.viewed: View = "concordance"
        self._frames: list[Row] | None = None
        self._documents: dict[int, tuple[str, str | None, str | None]] = {}

    def columns(self) -> Sequence[ListColumn]:
        """What a line says of a formula."""
        return (
            ListColumn("", mark_sign, 3),
            ListColumn("df", lambda row: f"{row['df']:,}", 5, "df", right=True),
            ListColumn("tf", lambda row: f"{row['tf']:,}", 6, "tf", right=True),
            ListColumn("bits", lambda row: short_bits(row["bits"]), 5, "bits", right=True),
            ListColumn("words", lambda row: f"{row['tokens']:,}", 6, "tokens", right=True, from_width=64),
            ListColumn("forms", _forms, 6, "variants", right=True, from_width=84),
            ListColumn("formula", lambda row: row["text"], 24, "text", grows=1),
            ListColumn("first", lambda row: row["first_date"] or "", 10, "first_date", from_width=72),
            ListColumn("last", lambda row: row["last_date"] or "", 10, "last_date", from_width=100),
        )

    def fetch(self, numbers: Sequence[int]) -> list[Row]:
        """Rows of the list."""
        names = ("id", "text", "tokens", "df", "tf", "bits", "first_date", "last_date", "dispersion", "family")
        return self.source.run.rows("formulas", numbers, (*names, "variants", "mark", "bookmark", "note"))

    def detail(self) -> ComposeResult:
        """The concordance, or the variants."""
        table = ListTable((), self.fetch, identity="concordance", classes="pane")
        table.border_title = "Concordance"
        yield table

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
        row = self.table.row(number)
        positions = self.source.run.formula_occurrences(number)
        pane.preface = self._preface(row, positions)
        pane.border_title = self.viewed.capitalize()
        pane.empty = ""
        if self.viewed == "frames":
            self._show_frames(row)
        elif self.viewed == "variants":
            pane.change(_VARIANTS, self.fetch)
            found = self.source.run.query("SELECT formula FROM formulas WHERE family = ?", (row["family"],))
            pane.fill(np.array([other for (other,) in found], dtype=np.int64))
        else:
            pane.change(
                _concordance(len(row["text"]) + 2, pane.size.width or self.app.size.width),
                partial(self._occurrences, positions, row["tokens"]),
            )
            pane.fill(self._in_time(positions))
        following = VIEWS[(VIEWS.index(self.viewed) + 1) % len(VIEWS)]
        pane.border_subtitle = f"v {following}"

    def _show_frames(self, row: Row) -> None:
        """The frames that the formula stands in, or all of them if it stands in none."""
        pane = self.concordance
        pane.change(_FRAMES, self._fetch_frames)
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
                self.app.call_from_thread(self.browser.complain, error)
            return
        names = list(table)
        frames = [dict(zip(names, values, strict=True)) for values in zip(*table.values(), strict=True)]
        if not worker.is_cancelled:
            self.app.call_from_thread(self._framed, frames)

    def _framed(self, frames: list[Row]) -> None:
        self._frames = frames
        if self.viewed == "frames":
            self.show_row(self.table.current)

    def _in_time(self, positions: NDArray[np.int64]) -> NDArray[np.int64]:
        """Places of the occurrences, documents without a date last."""
        documents = self.source.run.tokens.document_of(positions)
        return np.lexsort((positions, self._date_ranks[documents]))

    @cached_property
    def _dates(self) -> Dates:
        return Dates.of([date for (date,) in self.source.run.query("SELECT date FROM documents ORDER BY doc")])

    @property
    def _date_ranks(self) -> NDArray[np.int64]:
        if not hasattr(self, "_ranks"):
            known = self._dates
            self._ranks = np.where(known.ranks < 0, len(known.distinct), known.ranks)
        return self._ranks

    def _preface(self, row: Row, positions: NDArray[np.int64]) -> list[tuple[str | Callable[[int], str], str]]:
        """The phrase, its figures, its spread over documents and over time."""
        run = self.source.run
        documents = run.tokens.document_of(positions)
        order = np.argsort(np.argsort(self._date_ranks, kind="stable"), kind="stable")
        figures = [
            f"{count(row['tf'], 'time')} in {count(row['df'], 'document')}",
            f"{short_bits(row['bits'])} bits",
            f"{_evenly(row['dispersion'])} (DP {row['dispersion']:.2f})",
            *([f"note: {row['note']}"] if row["note"] else []),
        ]
        lines: list[tuple[str | Callable[[int], str], str]] = [
            (f"“{row['text']}”", "strong"),
            (" · ".join(figures), "faint"),
        ]
        lines.append((partial(_strip, "documents", order[documents], self.source.totals["documents"], ""), "spark"))
        days = self._days(documents)
        if days is not None:
            lines.append((partial(_strip, "time", *days), "spark"))
        return lines

    def _days(self, documents: NDArray[np.int64]) -> tuple[NDArray[np.int64], int, str] | None:
        """Days of the occurrences since the corpus' first one, how many days it spans, and which."""
        dates = self._dates.distinct
        if len(dates) < 2:
            return None
        days = np.array([known.first for date in dates if (known := read_date(date))], dtype=np.int64)
        ranks = self._dates.ranks[documents]
        return days[ranks[ranks >= 0]] - days[0], int(days[-1] - days[0]) + 1, f"{dates[0]} to {dates[-1]}"

    def _facts(self, documents: Sequence[int]) -> dict[int, tuple[str, str | None, str | None]]:
        missing = [document for document in documents if document not in self._documents]
        if missing:
            found = self.source.run.query(
                "SELECT doc, id, title, date FROM documents WHERE doc IN (SELECT value FROM json_each(?))",
                (json.dumps(missing),),
            )
            self._documents.update((doc, (name, title, when)) for doc, name, title, when in found)
        return self._documents

    def _occurrences(self, positions: NDArray[np.int64], length: int, numbers: Sequence[int]) -> list[Row]:
        """Rows of the concordance."""
        run = self.source.run
        tokens = run.tokens
        at = positions[np.asarray(numbers, dtype=np.int64)]
        documents = tokens.document_of(at).tolist()
        facts = self._facts(sorted(set(documents)))
        rows = []
        starts, ends = tokens.starts[at].tolist(), tokens.ends[at + length - 1].tolist()
        for document, start, end in zip(documents, starts, ends, strict=True):
            text = run.text(document)
            name, title, when = facts[document]
            rows.append(
                {
                    "document": name,
                    "name": document_name(name, title),
                    "date": when,
                    "start": start,
                    "end": end,
                    "left": text[max(start - AROUND, 0) : start],
                    "keyword": text[start:end],
                    "right": text[end : end + AROUND],
                }
            )
        return rows

    def on_list_table_opened(self, event: ListTable.Opened) -> None:
        """From the list to the concordance, from there to the document."""
        event.stop()
        if event.table is self.table:
            self.concordance.focus()
        elif self.viewed == "variants":
            self.set_filter("", keep=event.row)
            self.table.focus()
        elif self.viewed == "frames":
            self.browser.say(_fillers(self._fetch_frames([event.row])[0]))
        else:
            row = event.table.row(event.row)
            self.browser.go_to("documents", row=row["document"], place=row["start"], span=(row["start"], row["end"]))

    def do_view(self) -> None:
        """Concordance or variants."""
        self.viewed = VIEWS[(VIEWS.index(self.viewed) + 1) % len(VIEWS)]
        self.show_row(self.table.current)

    def do_copy(self) -> None:
        """Copy the phrase, or the line of the concordance."""
        row, line = self.about(), self.concordance.current_row
        if row is None:
            return
        choices = [Choice("y", "the phrase", "phrase"), Choice("l", "the command that opens this formula", "link")]
        if line is not None and "keyword" in line:
            choices.insert(1, Choice("c", "this occurrence with its citation", "occurrence"))
        self.browser.choose("Copy", choices, partial(self._copy, row, line))

    def _copy(self, row: Row, line: Row | None, what: str) -> None:
        if what == "occurrence" and line is not None:
            quoted = f"{line['left'][-80:]}{line['keyword']}{line['right'][:80]}".strip()
            cited = self.source.citation(line["document"], line["start"], line["end"])
            self.browser.copy(f"… {quoted} …\n\n{cited}\n")
        else:
            self.browser.copy(row["text"] if what == "phrase" else self.source.link("formula", row["id"]))

    def state(self) -> dict[str, Any]:
        """Also what is beside the list."""
        return {**super().state(), "viewed": self.viewed}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Also what was beside the list."""
        if state.get("viewed") in VIEWS:
            self.viewed = state["viewed"]
        super().restore(state)


def _strip(label: str, places: NDArray[np.int64], size: int, note: str, width: int) -> str:
    """A line that shows where in `size` places something is."""
    return f"{label:<{LABEL}}{blocks(buckets(places, size, width - LABEL - len(note) - 3))}  {note}"


def _concordance(keyword: int, width: int) -> Sequence[ListColumn]:
    """The columns of a concordance: the occurrence has its room, what is left is shared by what is around it."""
    return (
        ListColumn("date", lambda row: (row["date"] or "", "faint"), 10, from_width=56),
        ListColumn("document", lambda row: (row["name"], "faint"), 16, from_width=90),
        ListColumn("", lambda row: row["left"], 4, right=True, keeps_end=True, grows=1),
        ListColumn("occurrence", lambda row: (row["keyword"], "key"), min(keyword, width * 2 // 5)),
        ListColumn("", lambda row: row["right"], 4, grows=1),
    )


_VARIANTS = (
    ListColumn("df", lambda row: f"{row['df']:,}", 5, right=True),
    ListColumn("tf", lambda row: f"{row['tf']:,}", 6, right=True),
    ListColumn("bits", lambda row: short_bits(row["bits"]), 5, right=True),
    ListColumn("form", lambda row: row["text"], 20, grows=1),
    ListColumn("first", lambda row: row["first_date"] or "", 10, from_width=72),
)


def _fillers(row: Row) -> str:
    """The fillers of each slot with their occurrences, the commonest first."""
    slots = json.loads(row["slots"]) if isinstance(row["slots"], str) else row["slots"]
    return "   |   ".join(
        ", ".join(f"{filler or '–'} {times}" for filler, times, *_ in slot[:FILLERS_SHOWN]) for slot in slots
    )


def _forms(row: Row) -> tuple[str, str]:
    return f"{row['variants']:,}", "" if row["variants"] > 1 else "faint"


def _evenly(dispersion: float) -> str:
    if dispersion < 0.35:
        return "spread evenly"
    return "spread unevenly" if dispersion < 0.7 else "gathered in few places"


_FRAMES = (
    ListColumn("df", lambda row: f"{row['df']:,}", 5, right=True),
    ListColumn("tf", lambda row: f"{row['tf']:,}", 6, right=True),
    ListColumn("frame", lambda row: (row["pattern"], "key"), 20, grows=1),
    ListColumn("what stands in its places", _fillers, 20, grows=1),
)
