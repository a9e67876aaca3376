"""The document that is chosen, to be read: reused passages shaded, where they come from, what changed, words found."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from textual import work
from textual.app import ComposeResult
from textual.worker import get_current_worker

from reuse.analysis.sections import map_table
from reuse.analysis.stored import Columns
from reuse.display import counted
from reuse.errors import UsageError
from reuse.naming import dated
from reuse.run.search import find_in
from tui.browser import Browser
from tui.dialogs import Choice
from tui.filterline import FilterLine
from tui.screens import document_map, versions_menu
from tui.screens.list_screen import Listing
from tui.source import Source
from tui.widgets.lines import Lines
from tui.widgets.list_table import ListTable
from tui.widgets.text import Spans, TextPane
from tui.words import size_of

MOST_COUNTERPARTS = 200


class DocumentReading(Listing):
    """A list of documents beside the text of the one that is chosen."""

    def __init__(self, browser: Browser, source: Source, identity: str) -> None:
        super().__init__(browser, source, identity)
        self._document: int | None = None
        self._sections: Columns = {}

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
            counted(row["tokens"], "word"),
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
            self.hand_over(self._mapped, number, sections)

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
            self._versions(row["id"])

    @work(thread=True, exclusive=True, group="versions")
    def _versions(self, document: str) -> None:
        worker = get_current_worker()
        versions = versions_menu.versions_of(self.source.beside, document)
        if not worker.is_cancelled:
            self.hand_over(versions_menu.show, self.browser, self.source.run, document, versions)

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
        said = f"Text · {counted(len(reader.spans.start), 'recurring passage')}"
        if reader.hits and reader.hit is not None:
            said = f"Text · hit {reader.hit + 1:,} of {len(reader.hits):,}"
        elif reader.here is not None:
            witnesses = counted(int(reader.spans.witnesses[reader.here]), "witness", "witnesses")
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
                counted(tokens, "word"),
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
            super().typed(event)

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
