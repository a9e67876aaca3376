"""Query: a text that is pasted, or opened from a file, read beside what it draws on in the run."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rich.segment import Segment
from textual import events, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.worker import get_current_worker

from reuse.api import Run as AskedRun
from reuse.display import counted, visible
from reuse.errors import TextReuseError, UsageError
from reuse.naming import dated
from reuse.report.sentences import match_in_words
from reuse.report.strength import strength_bar
from tui.browser import Browser
from tui.passages import Shown
from tui.screens.place import Place
from tui.source import Source
from tui.widgets.list_columns import ListColumn, Row
from tui.widgets.list_table import ListTable
from tui.widgets.pair_pane import PassagesPane
from tui.widgets.text import MARGIN, Spans, TextPane

WIDE = 100
"""Cells of the screen from which on the two passages stand beside the list."""
EMPTY = (
    "What does a text draw on?\n\n"
    "Paste it here (your terminal's own key, often ctrl+shift+v),\nor press i to name a file."
)
HINT = "a file or a folder, or some words; a whole text is pasted into the screen itself"
_LINE_END = re.compile(r"\r\n?")
"""Of a text that is pasted: terminals send what the enter key would."""
_PATH = re.compile(r"(?:[/~.]|\w:\\)\S*|\S+\.[A-Za-z][A-Za-z0-9]{0,6}")
"""What begins like a path, or ends like the name of a file."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a text draws on.

    Attributes:
        text: The text.
        name: What it is called; of several, which of them it is.
        words: Its words.
        spans: Its passages, one a row; `cluster` is the number of the row, `witnesses` how many places have it.
        rows: The matches, the best first: a passage of the text and one of a document.
        documents: How many documents it draws on.
    """

    text: str
    name: str
    words: int
    spans: Spans
    rows: list[Row]
    documents: int


def in_margin(number: int) -> str:
    """A number as the margin has it, where it fits: a part of it would be another one."""
    return (f"{number}" if len(f"{number}") <= MARGIN - 2 else "…").rjust(MARGIN - 2)


class AskedPane(TextPane):
    """The text, in whose margin each passage has the number of the row below that leads to its source."""

    def __init__(self, identity: str | None = None, classes: str | None = None) -> None:
        super().__init__(identity, classes)
        self.empty = EMPTY

    def _margin(self, start: int, end: int) -> Segment:
        begins = np.flatnonzero((self.spans.start >= start) & (self.spans.start < max(end, start + 1)))
        margin = super()._margin(start, end)
        if not len(begins):
            return margin
        number = in_margin(int(self.spans.cluster[begins].min()))
        return Segment(number + margin.text[MARGIN - 2 :], margin.style)


class Query(Place):
    """The text above, the passages that it shares below, the best first."""

    DEFAULT_CSS = """
    Query { layout: vertical; }
    Query > #asked { height: 3fr; }
    Query > .found { height: 2fr; layout: horizontal; }
    Query .found > ListTable { width: 3fr; }
    Query .found > PassagesPane { width: 2fr; display: none; }
    Query.-wide .found > PassagesPane { display: block; }
    Query.-zoom-text > .found { display: none; }
    Query.-zoom-list > #asked { display: none; }
    """

    def __init__(self, browser: Browser, source: Source, identity: str) -> None:
        super().__init__(browser, source, identity)
        self._asked: AskedRun | None = None
        self._rows: list[Row] = []
        self._file = ""

    def compose(self) -> ComposeResult:
        """The text, and what it shares."""
        text = AskedPane("asked", "pane")
        text.border_title = "Query"
        yield text
        with Vertical(classes="found"):
            table = ListTable(_COLUMNS, self._fetch, "query-list", "pane")
            table.border_title = "Draws on"
            yield table
            pair = PassagesPane("query-pair", "pane")
            pair.border_title = "Passages"
            pair.arrangement = "stacked"
            yield pair

    @property
    def reader(self) -> AskedPane:
        """The text."""
        return self.query_one("#asked", AskedPane)

    @property
    def table(self) -> ListTable:
        """The list of passages."""
        return self.query_one("#query-list", ListTable)

    def _fetch(self, numbers: Sequence[int]) -> list[Row]:
        return [self._rows[number] for number in numbers]

    def on_resize(self, event: events.Resize) -> None:
        """Both passages where there is room."""
        self.set_class(event.size.width >= WIDE, "-wide")

    def first_focus(self) -> None:
        """Where a text can be pasted."""
        if not self.has_focus_within:
            self.reader.focus()

    # The question

    def on_paste(self, event: events.Paste) -> None:
        """Ask about what is pasted."""
        event.stop()
        if event.text.strip():
            self._file = ""
            self._say_reading()
            self._ask(_LINE_END.sub("\n", event.text), None)

    def do_ask(self) -> None:
        """Ask about a file, or about words."""
        self.browser.ask("What does it draw on?", self._file, self._typed, HINT)

    def _typed(self, typed: str) -> None:
        if not typed:
            return
        path = Path(typed).expanduser()
        there = path.exists()
        if not there and _may_be_path(typed):
            self.browser.say(f"There is no file or folder {visible(typed, one_line=True)}.")
            return
        self._file = typed
        self._say_reading()
        self._ask(None if there else typed, path if there else None)

    def _say_reading(self) -> None:
        self.reader.border_title = "Query · looking it up …"

    @work(thread=True, exclusive=True, group="query")
    def _ask(self, text: str | None, path: Path | None) -> None:
        worker = get_current_worker()
        try:
            if self._asked is None or self._asked.replaced:
                self._asked = AskedRun.open(self.source.run.path)
            found = self._asked.query(text) if path is None else self._asked.query(paths=path)
            answer = _answer(found, path)
        except TextReuseError as error:
            if not worker.is_cancelled:
                self.hand_over(self._failed, error)
            return
        if not worker.is_cancelled:
            self.hand_over(self._show, answer)

    def _failed(self, error: TextReuseError) -> None:
        self.reader.border_title = "Query"
        self.browser.complain(error)

    def _show(self, answer: _Answer) -> None:
        reader, table = self.reader, self.table
        self._rows = answer.rows
        drawn = f"draws on {counted(answer.documents, 'document')}" if answer.rows else "nothing of it is in this run"
        about = f"{counted(answer.words, 'word')} · {drawn}"
        reader.show(answer.text, answer.name, about, answer.spans)
        reader.border_title = f"Query · {counted(len(answer.spans.start), 'passage')}"
        reader.border_subtitle = "i another text  ▏ in 1 document  ▎ 2  ▌ 4  █ 9 and more"
        table.empty = "No document of this run shares a passage with it."
        table.border_title = f"Draws on {counted(answer.documents, 'document')} · the best passage first"
        table.forget()
        table.fill(np.arange(len(answer.rows)))
        self.query_one("#query-pair", PassagesPane).show(None)
        self._to_row(0 if answer.rows else None)
        (table if answer.rows else reader).focus()

    # The answer

    def on_list_table_moved(self, event: ListTable.Moved) -> None:
        """Show where the row's passage stands in the text."""
        event.stop()
        self._to_row(event.row)

    def _to_row(self, number: int | None) -> None:
        pane = self.query_one("#query-pair", PassagesPane)
        if number is None or number >= len(self._rows):
            pane.show(None)
            return
        row = self._rows[number]
        pane.show(row["shown"])
        self.reader.stand_on(row["passage"])

    def on_list_table_opened(self, event: ListTable.Opened) -> None:
        """Read on in the source."""
        event.stop()
        self._to_source(self._rows[event.row])

    def on_text_pane_clicked(self) -> None:
        """Go to the row of the passage."""
        self._to_passage()

    def do_open(self) -> None:
        """From the passage that is read to its source."""
        row = self.table.current_row
        if row is None:
            self.do_ask()
        else:
            self._to_source(row)

    def _to_source(self, row: Row) -> None:
        try:
            self.source.run.ordinal(row["document"])
        except UsageError:
            self.browser.say("That document came after this run was opened; R reads the run anew.")
            return
        self.browser.go_to("documents", row=row["document"], place=_passage_start(self.source, row), where="")

    def _step(self, by: int) -> None:
        if not self.reader.step(by):
            self.browser.say("No further passage in this direction.")
            return
        self._to_passage()

    def _to_passage(self) -> None:
        here = self.reader.here
        if here is not None:
            self.table.move(int(self.reader.spans.cluster[here]) - 1)

    def do_next_passage(self) -> None:
        """Next passage of the text."""
        self._step(1)

    def do_previous_passage(self) -> None:
        """Previous passage of the text."""
        self._step(-1)

    def do_next_item(self) -> None:
        """Next row."""
        self.table.move(self.table.cursor + 1)

    def do_previous_item(self) -> None:
        """Row before."""
        self.table.move(self.table.cursor - 1)

    def do_wrap(self) -> None:
        """Break long lines, or let them run on."""
        self.reader.do_wrap()

    def do_zoom(self) -> None:
        """Give the pane the whole screen, or give it back."""
        if self.has_class("-zoom-text") or self.has_class("-zoom-list"):
            self.remove_class("-zoom-text", "-zoom-list")
        else:
            self.add_class("-zoom-text" if self.reader.has_focus else "-zoom-list")

    def do_back(self) -> None:
        """Out of the zoom, to the screen before."""
        if self.has_class("-zoom-text") or self.has_class("-zoom-list"):
            self.do_zoom()
        else:
            self.browser.go_back()

    def do_copy(self) -> None:
        """Copy both passages."""
        row = self.table.current_row
        if row is None:
            self.browser.say("There is no passage to copy.")
            return
        shown: Shown = row["shown"]
        self.browser.copy(f"{shown.a.text.strip()}\n\n{shown.b.heading}\n\n{shown.b.text.strip()}\n\n({shown.said})\n")

    def state(self) -> dict[str, Any]:
        """The file; a text that was pasted is not kept."""
        return {"file": self._file, "row": self.table.current}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Ask about the same file again, if nothing is shown."""
        row = state.get("row")
        if self._rows and isinstance(row, int):
            self.table.move(row)
        elif not self._rows and isinstance(state.get("file"), str):
            self._typed(state["file"])


def _may_be_path(typed: str) -> bool:
    """Whether what was typed looks like the name of a file, and not like words."""
    return _PATH.fullmatch(typed) is not None


def _answer(found: AskedRun, path: Path | None) -> _Answer:
    """What was found, ready to be shown; of several texts the first that draws on anything."""
    asked = found.meta["query"]["documents"]
    matches = list(found.table("matches", order="bits").to_dicts())
    sides = ["a" if match["a"] in asked else "b" for match in matches]
    drawing = [match[side] for match, side in zip(matches, sides, strict=True)]
    name = next((one for one in asked if one in drawing), asked[0])
    source = Source(found)
    own = [(match, side) for match, side in zip(matches, sides, strict=True) if match[side] == name]
    rows = [_row(source, match, side, number) for number, (match, side) in enumerate(own, 1)]
    source.close()
    spans = Spans.of(
        [
            (match[f"{side}_start"], match[f"{side}_end"], match["cluster_passages"], number)
            for number, (match, side) in enumerate(own, 1)
        ]
    )
    for passage, number in enumerate(spans.cluster.tolist()):
        rows[number - 1]["passage"] = passage
    shown = str(path) if path else "the text that you gave"
    if len(asked) > 1:
        shown = f"{name}, {asked.index(name) + 1:,} of {len(asked):,} texts in {shown}"
    row = found.ordinal(name)
    words = int(found.tokens.bounds[row + 1] - found.tokens.bounds[row])
    return _Answer(found.text(name), shown, words, spans, rows, len({row["document"] for row in rows}))


def _row(source: Source, match: Mapping[str, Any], side: str, number: int) -> Row:
    other = "b" if side == "a" else "a"
    title = source.document_name(match[other])
    own = source.passage(match[side], match[f"{side}_start"], match[f"{side}_end"], "the text")
    theirs = source.passage(
        match[other], match[f"{other}_start"], match[f"{other}_end"], dated(match[f"date_{other}"], title)
    )
    return {
        "number": number,
        "document": match[other],
        "start": match[f"{other}_start"],
        "title": title,
        "date": match[f"date_{other}"] or "",
        "shared": match["matched_tokens"],
        "bits": match["bits"],
        "opening": visible(own.text[:200], one_line=True),
        "shown": Shown(own, theirs, match_in_words(match), "·"),
    }


def _passage_start(source: Source, row: Row) -> int:
    """Where a passage of the document begins in which the row's lies; the row's own beginning if there is none."""
    found = source.run.sql(
        'SELECT "start" FROM passages WHERE doc = ? AND "start" <= ? AND "end" > ? ORDER BY "start" LIMIT 1',
        (source.run.ordinal(row["document"]), row["start"], row["start"]),
    )
    return next((int(start) for (start,) in found), int(row["start"]))


_COLUMNS = (
    ListColumn("", lambda row: (f"{row['number']:,}", "faint"), 4, right=True),
    ListColumn("date", lambda row: row["date"], 10),
    ListColumn("source", lambda row: row["title"], 14, grows=2),
    ListColumn("shared", lambda row: f"{row['shared']:,}", 6, right=True),
    ListColumn("strength", lambda row: strength_bar(row["bits"]), 9),
    ListColumn("passage", lambda row: (row["opening"], "faint"), 12, grows=3, from_width=70),
)
