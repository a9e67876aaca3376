"""Documents: the list with profiles, and the whole text to read, reused passages shaded."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from textual import work
from textual.app import ComposeResult
from textual.worker import get_current_worker

from reuse.analysis.profiles import profile_table
from reuse.analysis.sections import map_table
from reuse.analysis.stored import Columns
from reuse.errors import QueryError, UsageError
from reuse.run.run import Run
from reuse.run.search import find_in
from reuse.run.terms import Term, terms_of
from reuse.shares import KINDS, whole_percents
from tui.browser import Browser
from tui.dialogs import Choice
from tui.filterline import FilterLine
from tui.screens import document_map, versions_menu
from tui.screens.list_screen import Listing
from tui.source import Source, dated
from tui.widgets.lines import Lines
from tui.widgets.list_table import ListColumn, ListTable, Row
from tui.widgets.text import Spans, TextPane
from tui.words import count, percent, size_of

MOST_COUNTERPARTS = 200
SHARES = ("formulaic",)
"""Figures of the profile that the list shows and that the run does not store."""


def by_name(typed: str) -> str:
    """A filter in which words without a field are looked for in names; the text is looked through by `text:`."""
    try:
        terms = terms_of(typed)
    except QueryError:
        return typed  # which says what is wrong with it
    return " ".join(
        f"{'-' if term.negated else ''}{term.field or 'name'}{term.operator or ':'}{_quoted(term)}" for term in terms
    )


def _quoted(term: Term) -> str:
    if term.quoted and not term.field:
        return term.value
    quote = "'" if '"' in term.value else '"'
    return f"{quote}{term.value}{quote}" if term.quoted or " " in term.value else term.value


class Documents(Listing):
    """All documents, and the one that is read."""

    table_name = "documents"
    title = "Documents"
    filter_hint = 'a name   text:harbour text:"closely knitted" words>=500 source:north after:2021-06'
    nothing = "The run has no document.\n\ntextreuse scan FOLDER  makes one that has"

    def __init__(self, browser: Browser, source: Source, identity: str) -> None:
        super().__init__(browser, source, identity)
        self._document: int | None = None
        self._sections: Columns = {}
        self._shares: dict[str, NDArray[np.float64]] = {}

    def columns(self) -> Sequence[ListColumn]:
        """What a line says of a document."""
        return (
            ListColumn("date", lambda row: row["date"] or "", 10, "date"),
            ListColumn("title", lambda row: self.source.document_name(row["id"]), 16, "title", grows=4),
            ListColumn("source", lambda row: row["source"] or "", 8, "source", grows=1, from_width=90),
            ListColumn("words", lambda row: f"{row['tokens']:,}", 7, "tokens", right=True),
            ListColumn(
                "copies", lambda row: f"×{row['copies']:,}" if row["copies"] > 1 else "", 6, "copies", right=True
            ),
            ListColumn("passages", lambda row: f"{row['passages']:,}", 8, right=True, from_width=48),
            *(
                ListColumn(kind, partial(_of_kind, kind=kind), 8, kind, right=True, from_width=64 if shown else 100)
                for kind, shown in zip(KINDS, (True, True, False, True), strict=True)
            ),
            ListColumn("formulaic", partial(self._share, "formulaic"), 9, "formulaic", right=True, from_width=100),
            ListColumn("file", lambda row: (row["id"], "faint"), 12, "id", grows=1, from_width=110),
        )

    def on_mount(self) -> None:
        """Add up the profiles; the base fills the list."""
        self._profile()

    @work(thread=True, group="profiles")
    def _profile(self) -> None:
        worker = get_current_worker()
        table = self.source.compute(profile_table)
        shares = {
            name: np.array([np.nan if share is None else share for share in table[name]], dtype=np.float64)
            for name in SHARES
        }
        if not worker.is_cancelled:
            self.app.call_from_thread(self._profiled, shares)

    def _profiled(self, shares: dict[str, NDArray[np.float64]]) -> None:
        self._shares = shares
        self.table.forget()
        if self.order in SHARES:
            self.load(self.table.current)

    def _share(self, name: str, row: Row) -> tuple[str, str]:
        if not self._shares:
            return "…", "faint"
        share = float(self._shares[name][row["number"]])
        return ("unknown", "faint") if np.isnan(share) else (percent(share), "")

    def _ids(self, run: Run, limit: int | None = None) -> NDArray[np.int64]:
        """Also in the order of a share, those of which it is unknown last."""
        if self.order not in SHARES:
            return super()._ids(run, limit)
        numbers = run.ids(self.table_name, self.where or None)
        if not self._shares:
            return numbers
        shares = self._shares[self.order][numbers]
        order = np.argsort(-shares if self._falls() else shares, kind="stable")
        return numbers[order][:limit]

    def _usually_falls(self) -> bool:
        return self.order in SHARES or super()._usually_falls()

    def fetch(self, numbers: Sequence[int]) -> list[Row]:
        """Rows of the list."""
        columns = ("id", "title", "date", "date_guessed", "source", "characters", "tokens", "copies", *KINDS)
        rows = self.source.run.rows("documents", numbers, columns)
        passages = dict(
            self.source.run.sql(
                "SELECT doc, count(*) FROM passages WHERE doc IN (SELECT value FROM json_each(?)) GROUP BY doc",
                (json.dumps(list(numbers)),),
            )
        )
        for number, row in zip(numbers, rows, strict=True):
            row["passages"] = passages.get(number, 0)
            row["number"] = number
            row["percents"] = dict(zip(KINDS, whole_percents([row[kind] for kind in KINDS]), strict=True))
        return rows

    def detail(self) -> ComposeResult:
        """The reading view and its search."""
        pane = TextPane(identity="text", classes="pane")
        pane.border_title = "Text"
        yield pane
        yield FilterLine(
            self.browser.actions,
            "search",
            "words to find in the text: closely knit*  (peace|war) ..3 nation*",
            identity="search",
        )

    @property
    def reader(self) -> TextPane:
        """The reading view."""
        return self.query_one("#text", TextPane)

    def show_row(self, number: int | None) -> None:
        """Show the document."""
        if number is None:
            self._document = None
            self.reader.clear()
            return
        if number == self._document:
            return
        self._document = number
        row = self.table.row(number)
        run = self.source.run
        spans = Spans.of(
            list(
                run.sql(
                    'SELECT "start", "end", clusters.passages, cluster FROM passages JOIN clusters USING (cluster) '
                    "WHERE doc = ?",
                    (number,),
                )
            )
        )
        guessed = " (date found in the text)" if row["date_guessed"] else ""
        known = [
            *([f"{row['date']}{guessed}"] if row["date"] else ["undated"]),
            *([row["source"]] if row["source"] else []),
            count(row["tokens"], "word"),
            f"{size_of(row['characters'])} characters",
            row["id"],
        ]
        self.reader.show(run.text(number), self.source.document_name(row["id"]), " · ".join(known), spans)
        self.say_place()
        self._sections = {}
        self._map(number)

    @work(thread=True, exclusive=True, group="map")
    def _map(self, number: int) -> None:
        worker = get_current_worker()
        sections = map_table(self.source.run, number)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._mapped, number, sections)

    def _mapped(self, number: int, sections: Columns) -> None:
        if number == self._document:
            self._sections = sections
            self.reader.show_rule(partial(document_map.rule, sections))

    def do_map(self) -> None:
        """Which part of the text comes from whom."""
        sections = self._sections
        if not sections:
            self.browser.say("No document is shown, or its map is still being made.")
            return
        names = {str(source) for source in sections.get("source", ()) if source is not None}
        rows = self.source.run.sql(
            "SELECT id, date FROM documents WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(names)),),
        )
        named = {name: dated(date or "undated   ", self.source.document_name(name)) for name, date in rows}
        found = document_map.choices(sections, self.reader.text, named)
        if not found:
            self.browser.say("Nothing in this document stands in another one, or in itself again.")
            return
        self.browser.choose(
            document_map.heading(sections),
            found,
            self._to_section,
            hint=document_map.hint(sections),
        )

    def do_versions(self) -> None:
        """The versions of the document's story, and what changed in each."""
        row = self.about()
        if row is not None:
            versions_menu.show(self.browser, self.source.run, row["id"])

    async def _to_section(self, value: str) -> None:
        what, _, row = value.partition(" ")
        if what == "section":
            self.reader.focus()
            self._to_place(self._sections["start"][int(row)])
        elif what == "source":
            place = self._sections["source_start"][int(row)]
            await self.browser.open("documents", row=self._sections["source"][int(row)], place=place, where=self.where)

    def say_place(self) -> None:
        """Say in the borders of the text which passage or hit this is, and of how many."""
        reader = self.reader
        said = f"Text · {count(len(reader.spans.start), 'recurring passage')}"
        if reader.hits and reader.hit is not None:
            said = f"Text · hit {reader.hit + 1:,} of {len(reader.hits):,}"
        elif reader.here is not None:
            witnesses = count(int(reader.spans.witnesses[reader.here]), "witness", "witnesses")
            said = f"Text · passage {reader.here + 1:,} of {len(reader.spans.start):,}, {witnesses}"
        reader.border_title = said
        reader.border_subtitle = "▏ in 2 places  ▎ 3–4  ▌ 5–9  █ 10 and more"

    def on_list_table_opened(self, event: ListTable.Opened) -> None:
        """Read the text."""
        event.stop()
        self.reader.focus()

    def on_text_pane_clicked(self) -> None:
        """Say which passage it is."""
        self.say_place()

    def do_open(self) -> None:
        """From a passage to its counterparts."""
        reader = self.reader
        if reader.here is None:
            reader.step(1)
        if reader.here is None:
            self.browser.say("This document has no passage that recurs.")
            return
        self.say_place()
        cluster = int(reader.spans.cluster[reader.here])
        own = (self._document, int(reader.spans.start[reader.here]))
        rows = self.source.run.sql(
            'SELECT doc, "start", passages.tokens, documents.id, date FROM passages JOIN documents USING (doc) '
            'WHERE cluster = ? ORDER BY date_order IS NULL, date_order, doc, "start" LIMIT ?',
            (cluster, MOST_COUNTERPARTS + 1),
        )
        choices = [
            Choice(
                "",
                dated(date or "undated   ", self.source.document_name(name)),
                f"{doc} {start}",
                count(tokens, "word"),
            )
            for doc, start, tokens, name, date in rows
            if (doc, start) != own
        ]
        witnesses = int(reader.spans.witnesses[reader.here])
        self.browser.choose(
            f"Counterparts: {min(len(choices), MOST_COUNTERPARTS):,} of {witnesses - 1:,}",
            [Choice("c", "all of them, line under line", f"cluster {cluster}"), *choices],
            self._to_counterpart,
        )

    async def _to_counterpart(self, value: str) -> None:
        first, second = value.split()
        run = self.source.run
        if first == "cluster":
            ((name,),) = run.sql("SELECT id FROM clusters WHERE cluster = ?", (int(second),))
            await self.browser.open("clusters", row=name)
        else:
            await self.browser.open("documents", row=run.document_ids[int(first)], place=int(second), where=self.where)

    def _step(self, by: int) -> None:
        if not self.reader.step(by):
            what = "hit" if self.reader.hits else "passage"
            self.browser.say(f"No further {what} in this direction; ] goes to the next document.")
        self.say_place()

    def do_next_passage(self) -> None:
        """Next passage or hit."""
        self._step(1)

    def do_previous_passage(self) -> None:
        """Previous passage or hit."""
        self._step(-1)

    def do_wrap(self) -> None:
        """Break long lines, or let them run on."""
        self.reader.do_wrap()

    def do_filter(self) -> None:
        """Search the text if it has the focus, else filter the list."""
        if self.reader.has_focus:
            self.query_one("#search", FilterLine).open("")
        else:
            super().do_filter()

    def typed(self, event: FilterLine.Changed) -> None:
        """Search or filter as it is typed."""
        if event.line.id == "search":
            self._search(event.line, event.text.strip())
        else:
            self.set_filter(by_name(event.text))

    def _search(self, line: FilterLine, query: str) -> None:
        """Mark what a query finds in the text, and say how often."""
        hits: list[tuple[int, int]] = []
        if query and self._document is not None:
            try:
                hits = find_in(self.source.run, query, self._document)
            except UsageError as error:
                line.say(str(error), wrong=True)
                return
        self.reader.show_hits(hits)
        at = f"{(self.reader.hit or 0) + 1:,} of {len(hits):,}" if hits else "not found" if query else ""
        line.say(at, wrong=at == "not found")
        self.say_place()

    def beneath(self, line: FilterLine) -> Lines:
        """The text or the list."""
        return self.reader if line.id == "search" else super().beneath(line)

    def do_back(self) -> None:
        """First out of a search, then as everywhere."""
        if self.reader.hits:
            self.reader.show_hits([])
            self.say_place()
        else:
            super().do_back()

    def do_copy(self) -> None:
        """Copy the passage or a citation."""
        reader, row = self.reader, self.table.current_row
        if row is None or reader.here is None:
            self.browser.say("n goes to a passage; then it can be copied.")
            return
        start, end = int(reader.spans.start[reader.here]), int(reader.spans.end[reader.here])
        passage = reader.text[start:end]
        self.browser.choose(
            "Copy",
            [
                Choice("y", "the passage with its citation", "cited"),
                Choice("p", "the passage", "passage"),
                Choice("l", "the command that opens this document", "link"),
            ],
            lambda what: self.browser.copy(
                {
                    "cited": f"{passage}\n\n{self.source.citation(row['id'], start, end)}\n",
                    "passage": passage,
                    "link": self.source.link("document", row["id"]),
                }[what]
            ),
        )

    def state(self) -> dict[str, Any]:
        """Also the place in the text."""
        return {**super().state(), "place": self.reader.place}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Also the place in the text."""
        super().restore(state)
        place = state.get("place")
        if isinstance(place, int):
            self.call_after_refresh(partial(self._to_place, place))

    def _to_place(self, place: int) -> None:
        reader = self.reader
        at = reader.spans.start == place
        if at.any():
            reader.stand_on(int(at.argmax()))
            self.say_place()
        else:
            reader.go_to(place)


def _of_kind(row: Row, kind: str) -> str:
    """How much of a document is of one kind, rounded so that the kinds add up."""
    return f"{row['percents'][kind]} %"
