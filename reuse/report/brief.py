"""One page for an editor, in Markdown: headline figures, who repeats whom, passages, formulas, reuse over time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reuse.display import counted, percent
from reuse.naming import dated
from reuse.report.digest import BLOCKS
from reuse.report.files import replacing
from reuse.report.html.drawn import timeline
from reuse.report.markdown import NAME_CELLS, escaped
from reuse.report.overview import ORDER_NOTES, ORDER_SAYS, Highlight, Link, Overview
from reuse.run.run import Run
from reuse.shares import KINDS, whole_percents

PAIRS, PASSAGES, FORMULAS = 5, 5, 10
"""How many of each fit the page."""
QUOTED = 200
"""Longest quotation, in terminal cells."""


def write_brief(run: Run, out: Path, *, where: str | None = None, top: int | None = None) -> None:
    """Write the page.

    Args:
        run: The run to read.
        out: File to write.
        where: Filter of the matches that count.
        top: How many passages are quoted.

    Raises:
        UsageError: The filter cannot be read.
        TextReuseError: The file cannot be written.
    """
    page = "\n".join(_page(run, Overview(run, where), PASSAGES if top is None else top)) + "\n"
    with replacing(out) as file:
        file.write(page.encode("utf-8", "backslashreplace"))


def _page(run: Run, overview: Overview, passages: int) -> Iterator[str]:
    yield from _figures(overview)
    yield from _over_time(run)
    yield from _pairs(overview, run)
    yield from _passages(overview, passages, run)
    yield from _formulas(overview)
    yield ""
    yield from (
        f"*{said}.*" for said in (overview.letters, overview.copies, overview.furniture, overview.hidden) if said
    )


def _figures(overview: Overview) -> Iterator[str]:
    when = f", {overview.dated}" if overview.dated else ""
    shares = zip(KINDS, whole_percents(overview.shares), strict=True)
    yield f"# What {counted(overview.documents, 'document')} {'shares' if overview.documents == 1 else 'share'}"
    yield ""
    yield f"- {counted(overview.documents, 'document')}, {counted(overview.words, 'word')}{when}"
    yield f"- matches: {overview.kept:,}; families of formulas: {overview.families:,}"
    yield f"- of the words are {', '.join(f'{share}% {kind}' for kind, share in shares if share)}"


def _over_time(run: Run) -> Iterator[str]:
    names = ["date", "tokens", "furniture_tokens", *KINDS]
    documents = run.table("documents", columns=names)
    drawn = timeline({name: documents[name] for name in names})
    if drawn is None:
        return
    reused = [sum(part.share for part in column.parts) for column in drawn.columns]
    most = max(reused)
    if not most:
        return
    blocks = "".join(
        BLOCKS[min(int(share / most * len(BLOCKS)), len(BLOCKS) - 1)] if column.words else "·"
        for share, column in zip(reused, drawn.columns, strict=True)
    )
    peak = drawn.columns[reused.index(most)].label
    between = f"{drawn.columns[0].label} {blocks} {drawn.columns[-1].label}"
    yield f"- reused, by {drawn.by}: {between}; most in {peak}, {percent(most)}"


def _pairs(overview: Overview, run: Run) -> Iterator[str]:
    links = overview.links(PAIRS)
    if not links:
        return
    every = "" if overview.all_linked else "at least "
    yield ""
    yield f"## Who repeats whom: {len(links)} of {every}{overview.linked:,} linked pairs of documents"
    yield ""
    for at, link in enumerate(links, 1):
        yield f"{at}. {_link(link, run)}"


def _link(link: Link, run: Run) -> str:
    later, earlier = (_named(run.name_of[row["id"]], row["date"]) for row in (link.later, link.earlier))
    note = f" ({ORDER_NOTES[link.order]})" if ORDER_NOTES[link.order] else ""
    return f"{later} {ORDER_SAYS[link.order]} {earlier}{note}: {link.words:,} words, {percent(link.share)} of it"


def _passages(overview: Overview, most: int, run: Run) -> Iterator[str]:
    found = overview.passages(most)
    if not found:
        return
    yield ""
    yield f"## Passages of two documents: {len(found)} of {overview.between:,} clusters"
    yield ""
    for at, passage in enumerate(found, 1):
        yield f"{at}. {_passage(passage, run)}"


def _passage(passage: Highlight, run: Run) -> str:
    row = passage.row
    a, b = (_named(run.name_of[row[side]], row[f"date_{side}"]) for side in "ab")
    places = f", in {row['cluster_passages']:,} places" if row["cluster_passages"] > 2 else ""
    begins = "" if passage.begins else "… "
    return f"{passage.said()}{places}: {a} + {b}: “{begins}{escaped(passage.text_a, QUOTED)}”"


def _formulas(overview: Overview) -> Iterator[str]:
    found = overview.formulas(FORMULAS)
    if not found:
        return
    yield ""
    yield f"## Formulas: {len(found)} of {overview.families:,} families"
    yield ""
    for row in found:
        yield f"- {escaped(row['text'], NAME_CELLS)}: {counted(row['tf'], 'time')} in {counted(row['df'], 'document')}"


def _named(name: str, date: str | None) -> str:
    return escaped(dated(date, name), NAME_CELLS + (len(date) + 1 if date else 0))
