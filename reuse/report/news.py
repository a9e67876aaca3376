"""What the last additions to a run brought, for whoever reads it every morning: tables, Markdown and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from reuse.analysis.news import DOCUMENTS, additions_since, news_of
from reuse.display import counted
from reuse.report.markdown import escaped, passages_of
from reuse.run.age import age_of
from reuse.run.registry import table_of
from reuse.run.table import Table

if TYPE_CHECKING:
    from reuse.run.run import Run

MOST_LISTED = 50
"""Documents and formulas that a page lists; how many there are is said."""

PASSAGES = 25
"""Pairs of passages on a page."""


@dataclass(frozen=True, slots=True)
class News:
    """What some additions brought.

    Attributes:
        additions: When they were made (ISO 8601), the earliest first.
        documents: The documents that were added, those first that share most words with others.
        matches: Their matches, the most surprising first.
        passages: Of these the ones that tell each stretch of the new documents once.
        elsewhere: In how many further documents each of these passages stands, or a part of it.
        formulas: The formulas that no older document has, best first.
        spread: Those that a single older document has, so that they are formulas only now.
        state: Under which background the run is scored, and how far its words have gone from that; empty: it is of all.
    """

    additions: Sequence[str]
    documents: Table
    matches: Table
    passages: Table
    elsewhere: Sequence[int]
    formulas: Table
    spread: Table
    state: str


def news(run: Run, since: str | None = None, against: str = "old") -> News:
    """What the last additions to a run brought; see `reuse.analysis.news`.

    Args:
        run: The run; keep it open while the tables are read.
        since: A number: so many of the last additions. A date or a time (ISO 8601): those made then or later. None: the
            last one.
        against: With what the new documents are compared: `old` ones, `new` ones or `all`.

    Raises:
        UsageError: One of these is something else.
    """
    found = news_of(run, additions_since(run.meta.get("additions", []), since), against)
    types = {column.name: column.type for column in DOCUMENTS}
    return News(
        found.additions,
        Table(found.documents, name="news", types=types),
        table_of("matches").fetch(run, found.matches, None),
        table_of("matches").fetch(run, found.passages.matches, None),
        found.passages.elsewhere.tolist(),
        table_of("formulas").fetch(run, found.formulas, None),
        table_of("formulas").fetch(run, found.spread, None),
        age_of(run.meta),
    )


def as_json(found: News) -> dict[str, Any]:
    """All of it as JSON can hold it."""
    return {
        "additions": list(found.additions),
        "state": found.state,
        "passages": [
            {"match": match, "elsewhere": count}
            for match, count in zip(found.passages["id"], found.elsewhere, strict=True)
        ],
        **{name: list(getattr(found, name).to_dicts()) for name in ("documents", "matches", "formulas", "spread")},
    }


def as_markdown(run: Run, found: News) -> str:
    """A page of Markdown."""
    return "\n".join(_page(run, found)) + "\n"


def span_of(found: News) -> str:
    """When they were made, in the time of this machine: `2026-11-28 06:00`, `from … to …`; empty: there was none."""
    times = [f"{datetime.fromisoformat(time).astimezone():%Y-%m-%d %H:%M}" for time in found.additions]
    return f"from {times[0]} to {times[-1]}" if len(times) > 1 else "".join(times)


def also_in(documents: int) -> str:
    """That further documents have a passage too; empty if none has."""
    return f"it, or a part of it, is in {counted(documents, 'more document')}" if documents else ""


def _page(run: Run, found: News) -> Iterator[str]:
    yield "# What is new"
    yield ""
    if not len(found.documents):
        yield "Nothing was added."
        return
    yield f"{counted(len(found.documents), 'document')}, added {span_of(found)}."
    if found.state:
        yield f"The run is {found.state}."
    names = run.name_of
    drawing = [row for row in found.documents.to_dicts() if row["shared"]]
    yield ""
    yield f"## Documents that share text with others{_of(drawing, found.documents)}"
    yield ""
    yield "| document | date | length | shared | most of it with |"
    yield "|---|---|---:|---:|---|"
    for row in drawing[:MOST_LISTED]:
        yield (
            f"| {escaped(names[row['document']])} | {escaped(row['date'] or '')} | {row['tokens']:,} "
            f"| {row['shared']:,} | {escaped(names[row['source']])} ({row['source_shared']:,}) |"
        )
    yield ""
    yield f"## Passages: {min(len(found.passages), PASSAGES):,} of {len(found.passages):,}"
    yield from passages_of(found.passages[:PASSAGES].to_dicts(), names, map(also_in, found.elsewhere[:PASSAGES]))
    yield from _formulas("Formulas that no older document has", found.formulas)
    yield from _formulas("Formulas that one older document has", found.spread)


def _formulas(title: str, formulas: Table) -> Iterator[str]:
    yield ""
    yield f"## {title}: {min(len(formulas), MOST_LISTED):,} of {len(formulas):,}"
    yield ""
    for row in formulas[:MOST_LISTED].to_dicts():
        yield f"- {escaped(row['text'])} ({counted(row['df'], 'document')})"


def _of(rows: Sequence[Mapping[str, Any]], table: Table) -> str:
    return f": {min(len(rows), MOST_LISTED):,} of {len(rows):,}, {len(table):,} in all"
