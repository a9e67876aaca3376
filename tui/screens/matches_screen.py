"""Matches: pairs of passages, and the two passages in their context."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from textual.app import ComposeResult

from reuse.display import counted, cut_apart, visible
from reuse.run.review import precision_at
from tui.dialogs import Choice
from tui.screens.copies_folded import CopiesFolded
from tui.screens.furnished import BITS, STRENGTH, Scored
from tui.source import ARROWS, mark_sign
from tui.widgets.list_columns import ListColumn, Row
from tui.widgets.pair_pane import ARRANGEMENTS, PassagesPane
from tui.words import percent, short_bits

if TYPE_CHECKING:
    from reuse.run.run import Run
    from tui.browser import Browser
    from tui.source import Source

LOOKED_AT = 200
"""Rows looked through at once for another pair of documents."""
LEAST_E = 1e-99
"""E-value below which no number says more."""
JUDGED_FIRST = 100
"""Matches from the top of the list whose verdicts give the precision."""


class Matches(Scored):
    """Pairs of passages that share their words."""

    table_name = "matches"
    title = "Matches"
    kind = "match"
    default_order = "bits"
    filter_hint = 'similarity>0.8 words>=20 doc:002 after:2021-06 -boilerplate "closely knitted"'
    nothing = (
        "No two documents share a passage.\n\n"
        "Shorter or more common ones may count with other parameters:\n"
        "textreuse scan --help"
    )

    def __init__(self, browser: Browser, source: Source, identity: str) -> None:
        super().__init__(browser, source, identity)
        self.copies = CopiesFolded()

    def columns(self) -> Sequence[ListColumn]:
        """What a line says of a match."""
        return (
            ListColumn("", mark_sign, 3),
            ListColumn("length", _length, 6, right=True),
            ListColumn("alike", lambda row: percent(row["similarity"]), 6, "similarity", right=True),
            ListColumn(
                "shared", lambda row: f"{row['matched_tokens']:,}", 6, "matched_tokens", right=True, from_width=110
            ),
            *(_EVIDENCE if self.scores else (STRENGTH,)),
            ListColumn("passes on", _passes_on, 10, "relation", from_width=120),
            ListColumn("places", _places, 6, "cluster_passages", right=True, from_width=62),
            ListColumn("date", lambda row: row["date_a"] or "", 10, "date_a", from_width=96),
            ListColumn("document", lambda row: row["name_a"], 12, "a", grows=2, fit=partial(_apart, side=0)),
            ListColumn("", _arrow, 1),
            ListColumn("date", lambda row: row["date_b"] or "", 10, "date_b", from_width=96),
            ListColumn("document", _second, 12, "b", grows=2, fit=partial(_apart, side=1)),
            ListColumn("passage", lambda row: (row["opening"], "faint"), 16, grows=3, from_width=150),
        )

    def load(self, keep: int | str | None = None) -> None:
        """Also open what is folded, if the row to go to is there."""
        if isinstance(keep, str) and (number := self.number_of(keep)) is not None:
            self.copies.opened |= bool(self.source.run.rows("matches", [number], ["copies"])[0]["copies"])
        super().load(keep)

    def _ids(self, run: Run, limit: int | None = None) -> NDArray[np.int64]:
        """Those between copies of one text behind the others, or folded."""
        if limit is not None:  # the first rows, while a thread finds the others: surely none of the copies
            where = f"copies:false {self.effective}"
            return run.ids(self.table_name, where, self.order, descending=self.descending, limit=limit)
        return self.copies.listed(run, super()._ids(run), self.where)

    @property
    def exported(self) -> str:
        """Without those between copies, if they are folded."""
        return f"copies:false {self.effective}" if self.copies.pairs and not self.copies.opened else self.effective

    def do_copies(self) -> None:
        """Show the pairs of copies behind the other matches, or fold them."""
        if not self.copies.pairs:
            self.browser.say("There are no copies to fold here.")
            return
        self.copies.opened = not self.copies.opened
        self.load(self.table.current)

    def fetch(self, numbers: Sequence[int]) -> list[Row]:
        """Rows of the list."""
        return self.source.match_rows(numbers)

    def detail(self) -> ComposeResult:
        """The two passages."""
        pane = PassagesPane(identity="passages", classes="pane")
        pane.border_title = "Passages"
        yield pane

    @property
    def passages(self) -> PassagesPane:
        """The pane of the two passages."""
        return self.query_one("#passages", PassagesPane)

    def show_row(self, number: int | None) -> None:
        """Show the two passages."""
        self.passages.empty = "" if number is not None else "Nothing to show"
        self.passages.show(None if number is None else self.source.shown_match(number))

    def on_list_table_opened(self) -> None:
        """Read the passages."""
        self.passages.focus()

    def do_open(self) -> None:
        """From the passages on into the document."""
        row = self.about()
        if row is not None:
            self.browser.choose(
                "Read in",
                [
                    Choice("a", row["name_a"], "a"),
                    Choice("b", row["name_b"], "b"),
                    Choice("c", f"the cluster of {counted(row['cluster_passages'], 'passage')}", "cluster"),
                ],
                partial(self._open, row),
            )

    def _open(self, row: Row, where: str) -> None:
        if where == "cluster":
            self.browser.go_to("clusters", row=row["cluster"])
            return
        ((start,),) = self.source.run.sql(f"SELECT {where}_start FROM matches WHERE id = ?", (row["id"],))
        self.browser.go_to("documents", row=row[where], place=int(start))

    def do_view(self) -> None:
        """Another arrangement, from wherever the focus is."""
        self.passages.do_view()
        self.browser.say(f"Passages: {self.passages.arrangement}")

    def do_more_context(self) -> None:
        """More text around the passages."""
        self.passages.do_more_context()

    def do_less_context(self) -> None:
        """Less text around them."""
        self.passages.do_less_context()

    def do_next_pair(self) -> None:
        """The next row about another pair of documents."""
        self._to_other_pair(1)

    def do_previous_pair(self) -> None:
        """Back to a row about another pair of documents."""
        self._to_other_pair(-1)

    def _to_other_pair(self, step: int) -> None:
        table = self.table
        if table.current is None:
            return
        pair = self._pairs(np.array([table.current]))[0]
        at = table.cursor + step
        while 0 <= at < len(table.numbers):
            block = np.arange(at, at + step * LOOKED_AT, step)
            block = block[(block >= 0) & (block < len(table.numbers))]
            for index, other in zip(block.tolist(), self._pairs(table.numbers[block]), strict=True):
                if other != pair:
                    table.move(index)
                    return
            at += step * LOOKED_AT
        self.browser.say("No further pair of documents in this direction.")

    def _pairs(self, numbers: NDArray[np.int64]) -> list[tuple[int, int]]:
        found = {
            number: (a, b)
            for number, a, b in self.source.run.sql(
                "SELECT match, a, b FROM matches WHERE match IN (SELECT value FROM json_each(?))",
                (json.dumps(numbers.tolist()),),
            )
        }
        return [found[number] for number in numbers.tolist()]

    def do_reject(self) -> None:
        """Reject the match, or mark its whole cluster as boilerplate."""
        row = self.about()
        if row is None:
            return
        places = counted(row["cluster_passages"], "passage")
        self.browser.choose(
            "Reject",
            [
                Choice("x", "this match: it is no reuse", "rejected"),
                Choice("b", f"boilerplate: its whole cluster of {places}", "boilerplate"),
            ],
            partial(self._reject, row),
            hint="u takes it back   esc close",
        )

    def _reject(self, row: Row, choice: str) -> None:
        if choice == "rejected":
            self.mark("rejected")
            return
        notes = self.source.run.notes
        had = notes.get("cluster", row["cluster"]).mark
        notes.set_mark("cluster", row["cluster"], None if had == "boilerplate" else "boilerplate")
        self.marked()

    def marked(self) -> None:
        """Draw marks and notes anew, in the passages as well."""
        super().marked()
        top = self.passages.top
        self.show_row(self.table.current)
        self.passages.jump_to(top)

    def say_beneath(self) -> None:
        """What the verdicts say of the precision so far."""
        said = [self.copies.said()] if self.copies.pairs else []
        if self.source.run.notes.marks("match") or self.source.run.notes.marks("cluster"):
            share = precision_at(self.source.run, JUDGED_FIRST, order="bits")
            if share.trials:
                said.append(
                    f"of the {JUDGED_FIRST} with most bits {share.trials} judged, {share.hits} accepted: "
                    f"precision {share.value:.2f}, 95 % {share.low:.2f}–{share.high:.2f}"
                )
        self.table.border_subtitle = " · ".join(filter(None, (*said, self.furniture_hidden())))

    def do_copy(self) -> None:
        """Copy the passages."""
        row, number = self.about(), self.table.current
        if row is None or number is None:
            return
        self.browser.choose(
            "Copy",
            [
                Choice("a", "the left passage", "a"),
                Choice("b", "the right passage", "b"),
                Choice("y", "both, with citations", "both"),
                Choice("l", "the command that opens this match", "link"),
            ],
            partial(self._copy, number),
        )

    def _copy(self, number: int, what: str) -> None:
        (row,) = self.source.run.rows("matches", [number], ("id", "text_a", "text_b"))
        if what == "both":
            self.browser.copy(self.source.both_with_citations(number))
        elif what == "link":
            self.browser.copy(self.source.link("match", row["id"]))
        else:
            self.browser.copy(row[f"text_{what}"])

    def state(self) -> dict[str, Any]:
        """Also how the passages are arranged."""
        return {
            **super().state(),
            "arrangement": self.passages.arrangement,
            "context": self.passages.context,
            "copies": self.copies.opened,
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Also how the passages were arranged, and whether copies were shown."""
        self.copies.opened = state.get("copies") is True
        if state.get("arrangement") in ARRANGEMENTS:
            self.passages.arrangement = state["arrangement"]
        if isinstance(state.get("context"), int):
            self.passages.context = state["context"]
        super().restore(state)


def _evalue(row: Row) -> str:
    return f"{row['evalue']:.0e}" if row["evalue"] >= LEAST_E else f"<{LEAST_E:.0e}"


_EVIDENCE = (
    BITS,
    ListColumn("E", _evalue, 7, "evalue", right=True),
    ListColumn("rare", lambda row: short_bits(row["bits_rare"]), 6, "bits_rare", right=True, from_width=140),
)


def _passes_on(row: Row) -> str | tuple[str, str]:
    return row["relation"] if row["furniture"] == "none" else (f"({row['furniture']})", "faint")


def _length(row: Row) -> str | tuple[str, str]:
    return ("whole text", "faint") if row["copies"] else f"{max(row['tokens_a'], row['tokens_b']):,}"


def _arrow(row: Row) -> str:
    """Which of the two is earlier, or that they are copies of one text."""
    return "=" if row["copies"] else ARROWS.get(row["direction"], "·")


def _places(row: Row) -> tuple[str, str]:
    return f"{row['cluster_passages']:,}", "" if row["cluster_passages"] > 2 else "faint"


def _apart(row: Row, width: int, side: int) -> str:
    """The name of one of the two documents, with what tells it from the other's."""
    names = visible(row["name_a"], one_line=True), visible(row["name_b"], one_line=True)
    return cut_apart(names, width)[side]


def _second(row: Row) -> str | tuple[str, str]:
    if row["a"] == row["b"]:
        return "the same", "faint"
    return str(row["name_b"])
