"""Documents: the list with profiles; the one that is chosen is read beside it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray
from textual import work
from textual.worker import get_current_worker

from reuse.analysis.profiles import profile_table
from reuse.errors import QueryError
from reuse.naming import short_name
from reuse.run.run import Run
from reuse.run.terms import Term, terms_of
from reuse.shares import KINDS, whole_percents
from tui.browser import Browser
from tui.filterline import FilterLine
from tui.screens.document_reading import DocumentReading
from tui.source import Source
from tui.widgets.list_columns import ListColumn, Row
from tui.words import percent

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


class Documents(DocumentReading):
    """All documents, and the one that is read."""

    table_name = "documents"
    title = "Documents"
    filter_hint = 'a name   text:harbour text:"closely knitted" words>=500 source:north after:2021-06'
    nothing = "The run has no document.\n\ntextreuse scan FOLDER  makes one that has"

    def __init__(self, browser: Browser, source: Source, identity: str) -> None:
        super().__init__(browser, source, identity)
        self._shares: dict[str, NDArray[np.float64]] = {}

    def columns(self) -> Sequence[ListColumn]:
        """What a line says of a document."""
        return (
            ListColumn("date", lambda row: row["date"] or "", 10, "date"),
            ListColumn("title", lambda row: self.source.document_name(row["id"]), 16, "title", grows=4),
            ListColumn("source", lambda row: row["source"] or "", 8, "source", grows=1, from_width=90),
            ListColumn("length", lambda row: f"{row['tokens']:,}", 7, "tokens", right=True),
            ListColumn(
                "copies", lambda row: f"×{row['copies']:,}" if row["copies"] > 1 else "", 6, "copies", right=True
            ),
            ListColumn("passages", lambda row: f"{row['passages']:,}", 8, right=True, from_width=48),
            *(
                ListColumn(kind, partial(_of_kind, kind=kind), 8, kind, right=True, from_width=64 if shown else 100)
                for kind, shown in zip(KINDS, (True, True, False, True), strict=True)
            ),
            ListColumn("formulaic", partial(self._share, "formulaic"), 9, "formulaic", right=True, from_width=100),
            ListColumn("file", self._file, 12, "id", grows=1, from_width=110),
        )

    def _file(self, row: Row) -> tuple[str, str]:
        """The id, where the title does not say it all."""
        return "" if short_name(row["id"], None) == self.source.document_name(row["id"]) else row["id"], "faint"

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
            self.hand_over(self._profiled, shares)

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

    def typed(self, event: FilterLine.Changed) -> None:
        """Search or filter as it is typed."""
        if event.line.id == "search":
            super().typed(event)
        else:
            self.set_filter(by_name(event.text))


def _of_kind(row: Row, kind: str) -> str:
    """How much of a document is of one kind, rounded so that the kinds add up."""
    return f"{row['percents'][kind]} %"
