"""Occurrences of a formula, or of any words: in time, spread over documents, and as rows of a concordance."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from reuse.calendar import Dates, read_date
from reuse.report.direction import from_the_right
from tui.screens.formula_columns import strip_of
from tui.source import Source
from tui.widgets.list_columns import Row

AROUND = 160
"""Code points of context on either side of an occurrence: as much as a wide line shows."""

Told = tuple[str | Callable[[int], str], str]
"""A line of a preface (for its width, where it depends on that) and its style."""


class Occurrences:
    """Reads occurrences from a run; dates and names of documents are read once.

    Args:
        source: The run.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._documents: dict[int, tuple[str, str | None]] = {}

    def in_time(self, positions: NDArray[np.int64]) -> NDArray[np.int64]:
        """Places of the occurrences, documents without a date last."""
        documents = self._source.run.tokens.document_of(positions)
        return np.lexsort((positions, self._date_ranks[documents]))

    def spread(self, positions: NDArray[np.int64]) -> list[Told]:
        """How occurrences are spread over the documents, and over time."""
        documents = self._source.run.tokens.document_of(positions)
        order = np.argsort(np.argsort(self._date_ranks, kind="stable"), kind="stable")
        lines: list[Told] = []
        lines.append((partial(strip_of, "documents", order[documents], self._source.totals["documents"], ""), "spark"))
        days = self._days(documents)
        if days is not None:
            lines.append((partial(strip_of, "time", *days), "spark"))
        return lines

    def rows(self, first: NDArray[np.int64], behind: NDArray[np.int64], numbers: Sequence[int]) -> list[Row]:
        """Rows of the concordance, of some of the occurrences from one token to another."""
        run = self._source.run
        tokens = run.tokens
        chosen = np.asarray(numbers, dtype=np.int64)
        at = first[chosen]
        documents = tokens.document_of(at).tolist()
        facts = self._facts(sorted(set(documents)))
        rows = []
        starts, ends = tokens.starts[at].tolist(), tokens.ends[behind[chosen] - 1].tolist()
        for document, start, end in zip(documents, starts, ends, strict=True):
            text = run.text(document)
            name, when = facts[document]
            around = text[max(start - AROUND, 0) : end + AROUND]
            rows.append(
                {
                    "document": name,
                    "name": self._source.document_name(name),
                    "date": when,
                    "place": run.place(document, start, end),
                    "start": start,
                    "end": end,
                    "left": text[max(start - AROUND, 0) : start],
                    "keyword": text[start:end],
                    "right": text[end : end + AROUND],
                    "from_the_right": from_the_right(around),
                }
            )
        return rows

    @cached_property
    def _dates(self) -> Dates:
        return Dates.of([date for (date,) in self._source.run.sql("SELECT date FROM documents ORDER BY doc")])

    @cached_property
    def _date_ranks(self) -> NDArray[np.int64]:
        return np.where(self._dates.ranks < 0, len(self._dates.distinct), self._dates.ranks)

    def _days(self, documents: NDArray[np.int64]) -> tuple[NDArray[np.int64], int, str] | None:
        """Days of the occurrences since the corpus' first one, how many days it spans, and which."""
        dates = self._dates.distinct
        if len(dates) < 2:
            return None
        days = np.array([known.first for date in dates if (known := read_date(date))], dtype=np.int64)
        ranks = self._dates.ranks[documents]
        return days[ranks[ranks >= 0]] - days[0], int(days[-1] - days[0]) + 1, f"{dates[0]} to {dates[-1]}"

    def _facts(self, documents: Sequence[int]) -> dict[int, tuple[str, str | None]]:
        missing = [document for document in documents if document not in self._documents]
        if missing:
            found = self._source.run.sql(
                "SELECT doc, id, date FROM documents WHERE doc IN (SELECT value FROM json_each(?))",
                (json.dumps(missing),),
            )
            self._documents.update((doc, (name, when)) for doc, name, when in found)
        return self._documents
