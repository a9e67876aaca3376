"""Clusters: all witnesses of one passage, collated, the earliest first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual.app import ComposeResult

from reuse.display import counted
from reuse.naming import dated
from tui.dialogs import Choice
from tui.screens.furnished import BITS, STRENGTH, Scored
from tui.source import mark_sign, placed
from tui.widgets.list_columns import ListColumn, Row
from tui.widgets.list_table import ListTable
from tui.widgets.witnesses import Witness, WitnessPane
from tui.words import part

MOST_WITNESSES = 300


class Clusters(Scored):
    """Passages that carry the same text."""

    table_name = "clusters"
    title = "Clusters"
    kind = "cluster"
    default_order = "bits"
    filter_hint = 'passages>=3 witnesses>=3 words>=10 after:2021 doc:002 -boilerplate "closely knitted"'
    nothing = (
        "No passage recurs.\n\nShorter or more common ones may count with other parameters:\ntextreuse scan --help"
    )

    def columns(self) -> Sequence[ListColumn]:
        """What a line says of a cluster."""
        return (
            ListColumn("", mark_sign, 3),
            ListColumn("passages", lambda row: f"{row['passages']:,}", 8, "passages", right=True),
            ListColumn("witnesses", lambda row: f"{row['witnesses']:,}", 9, "witnesses", right=True, from_width=60),
            ListColumn("length", lambda row: f"{row['tokens']:,.0f}", 6, "tokens", right=True),
            BITS if self.scores else STRENGTH,
            ListColumn("first", lambda row: row["first_date"] or "", 10, "first_date", from_width=74),
            ListColumn("last", lambda row: row["last_date"] or "", 10, "last_date", from_width=100),
            ListColumn("text", lambda row: row["text"][:400], 20, grows=1),
        )

    def fetch(self, numbers: Sequence[int]) -> list[Row]:
        """Rows of the list."""
        figures = ("passages", "documents", "witnesses", "tokens", "bits")
        names = ("id", *figures, "furniture", "first_date", "last_date", "text", "mark", "bookmark", "note")
        return self.source.run.rows("clusters", numbers, names)

    def detail(self) -> ComposeResult:
        """The witnesses."""
        pane = WitnessPane("witnesses", "pane")
        pane.border_title = "Witnesses"
        yield pane

    @property
    def witnesses(self) -> WitnessPane:
        """The pane of the witnesses."""
        return self.query_one("#witnesses", WitnessPane)

    def _places(self, number: int) -> list[tuple[int, int, int, str, str | None]]:
        """Document, start, end, id, date of the witnesses, the earliest first."""
        found = self.source.run.sql(
            'SELECT doc, "start", "end", documents.id, date FROM passages JOIN documents USING (doc) '
            'WHERE cluster = ? ORDER BY date_order IS NULL, date_order, doc, "start" LIMIT ?',
            (number, MOST_WITNESSES),
        )
        return list(found)

    def show_row(self, number: int | None) -> None:
        """Show the witnesses."""
        if number is None:
            self.witnesses.show([], "")
            return
        row = self.table.row(number)
        run = self.source.run
        places = self._places(number)
        shown = [
            Witness(
                dated(date or "undated   ", placed(self.source.document_name(name), run.place(doc, start, end))),
                run.passage_text(doc, start, end),
            )
            for doc, start, end, name, date in places
        ]
        kept = f"{part(len(places), row['passages'])} {'passage' if row['passages'] == 1 else 'passages'}"
        several = row["witnesses"] < row["documents"]
        texts = f" ({counted(row['witnesses'], 'witness', 'witnesses')}, copies counted once)" if several else ""
        where = f"in {counted(row['documents'], 'document')}{texts}"
        about = f"{kept} {where}, the earliest first; [in brackets] what differs from it"
        if row["note"]:
            about += f" · note: {row['note']}"
        self.witnesses.show(shown, about)

    def on_list_table_opened(self, event: ListTable.Opened) -> None:
        """Read the witnesses."""
        event.stop()
        self.witnesses.focus()

    def do_open(self) -> None:
        """From the witnesses to a document."""
        number = self.table.current
        if number is None:
            return
        places = self._places(number)
        choices = [
            Choice("", dated(date or "undated   ", self.source.document_name(name)), str(at))
            for at, (_, _, _, name, date) in enumerate(places)
        ]
        self.browser.choose(
            "Read in", [Choice("m", "matches of this cluster", "matches"), *choices], partial(self._open, number)
        )

    def _open(self, number: int, value: str) -> None:
        if value == "matches":
            row = self.table.row(number)
            self.browser.go_to("matches", where=f"cluster:{row['id']}")
            return
        _, start, _, name, *_ = self._places(number)[int(value)]
        self.browser.go_to("documents", row=name, place=start)

    def do_reject(self) -> None:
        """Reject the cluster, or mark it as boilerplate."""
        if self.about() is not None:
            self.browser.choose(
                "Reject",
                [
                    Choice("x", "it is no reuse", "rejected"),
                    Choice("b", "boilerplate: true, but of no interest", "boilerplate"),
                ],
                self._reject,
                hint="holds for all its matches   u takes it back",
            )

    def _reject(self, choice: str) -> None:
        self.mark("rejected" if choice == "rejected" else "boilerplate")

    def do_copy(self) -> None:
        """Copy the earliest passage, or a link."""
        row, number = self.about(), self.table.current
        if row is None or number is None:
            return
        self.browser.choose(
            "Copy",
            [
                Choice("y", "all witnesses with their citations", "all"),
                Choice("p", "the earliest passage", "text"),
                Choice("l", "the command that opens this cluster", "link"),
            ],
            partial(self._copy, row, number),
        )

    def _copy(self, row: Row, number: int, what: str) -> None:
        if what == "all":
            run = self.source.run
            parts = [
                f"{self.source.citation(name, start, end)}\n\n{run.passage_text(doc, start, end).strip()}"
                for doc, start, end, name, _ in self._places(number)
            ]
            self.browser.copy("\n\n".join(parts) + "\n")
        else:
            self.browser.copy(row["text"] if what == "text" else self.source.link("cluster", row["id"]))
