"""Writes the report: the digest as plain HTML, then the data, then the script that browses it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from reuse.display import ELLIPSIS
from reuse.naming import dated
from reuse.report.files import replacing
from reuse.report.highlights import best_formulas, best_matches, folded_copies, furniture_said
from reuse.report.html import analyses
from reuse.report.html.blocks import Blocks, remove_folder, replacing_folder
from reuse.report.html.charts import Chart, bar_chart, doubling_chart, shares_chart, years_chart
from reuse.report.html.content import Content
from reuse.report.html.drawn import network, timeline
from reuse.report.html.maps import drawn
from reuse.report.html.template import Quoted, environment, page_script, page_style, policy, quoted
from reuse.report.overview import ORDER_NOTES, ORDER_SAYS, Highlight, Overview
from reuse.run.found import LOOSE

if TYPE_CHECKING:
    from reuse.run.run import Run

PASSAGES = 25
"""Matches in the digest, which is read without a script and printed."""
FORMULAS = 50
PAIRS, FIRST_PASSAGES, FIRST_FORMULAS = 5, 5, 10
"""What the overview shows of each: one page when it is printed."""
STORIES, VERSIONS_TOLD = 4, 8
"""Stories in the overview, and versions of each."""
LINKS = 24
"""Links that the network is drawn from."""
STRETCH_CELLS = 330
"""Longest quotation in the overview, in terminal cells: about four lines."""
FURNITURE_SHOWN = "a filter shows these matches, textreuse export RUN formulas --where furniture:any these formulas"
FRAMES = 20
FILLERS = 8
DOCUMENTS = 200


def write_report(run: Run, out: Path, *, where: str | None = None, top: int | None = None) -> Path | None:
    """Write the report as one file; above some 50 MB the texts go into a folder beside it.

    Args:
        run: The run to read.
        out: File to write.
        where: Filter of the matches that are shown.
        top: Most matches that are shown, most surprising first.

    Returns:
        The folder, if there is one.

    Raises:
        UsageError: The filter cannot be read.
        TextReuseError: The file cannot be written.
    """
    content = Content(run, where, top)
    beside = out.resolve().with_name(f"{out.stem}.files")
    with Blocks() as blocks:
        chunks = content.chunks()
        blocks.add("quotes", content.quotes())
        blocks.add("occurrences", analyses.occurrences(run, content.phrase_numbers, content.phrases["tokens"]))
        blocks.add("edits", analyses.edits(run, content.match_numbers, content.matches["id"]))
        texts = [f"texts-{number}" for number in dict.fromkeys(chunks)]
        for number, block in content.texts():
            blocks.add(f"texts-{number}", block)
        index = content.index(chunks)
        blocks.add("index", index)
        outside = texts if blocks.tier == "folder" else []
        head, tail = _page(content, blocks, beside.name if outside else None)
        with replacing(out) as file:
            file.write(head)
            file.writelines(blocks.elements(outside))
            file.write(tail)
        if outside:
            with replacing_folder(beside) as folder:
                blocks.write_folder(folder, outside)
            return beside
        remove_folder(beside)
        return None


def _page(content: Content, blocks: Blocks, folder: str | None) -> tuple[bytes, bytes]:
    """The page before and after its data."""
    style, script = page_style(), page_script()
    overview = Overview(content.run, content.extent.where)
    links = overview.links(LINKS)
    rendered = (
        environment()
        .get_template("report.html")
        .render(
            content=content,
            run=content.run,
            names=content.run.name_of,
            style=style,
            script=script,
            policy=policy(style, script, folder=folder is not None),
            folder=folder,
            tier=blocks.tier,
            size=blocks.size,
            charts=_charts(content),
            overview=overview,
            furniture=furniture_said(content.run, FURNITURE_SHOWN) if overview.furniture else "",
            links=links[:PAIRS],
            order_says=ORDER_SAYS,
            order_notes=ORDER_NOTES,
            passages=[(one, _quoted_stretch(content, one)) for one in overview.passages(FIRST_PASSAGES)],
            repetitions=overview.repetitions(1),
            stories=overview.versions(STORIES, VERSIONS_TOLD),
            versions_told=VERSIONS_TOLD,
            timeline=timeline(content.documents.to_dict()),
            network=network(links, content.run.name_of),
            matches=_quoted_matches(content),
            folded=folded_copies(content.run, content.extent.where),
            loose=LOOSE,
            formulas=best_formulas(content.run, FORMULAS),
            first_formulas=FIRST_FORMULAS,
            frames=_frames(content),
            documents=_documents(content),
            settings=list(_flat(content.run.meta.get("options", {}))),
            reviews=_reviews(content),
        )
    )
    head, _, tail = rendered.partition("<!-- data -->\n")
    return head.encode("utf-8", "backslashreplace"), tail.encode("utf-8", "backslashreplace")


def _quoted_matches(content: Content) -> list[Quoted]:
    languages = dict(zip(content.run.document_ids, content.languages, strict=True))
    return [
        quoted(match, languages, content.run.name_of)
        for match in best_matches(content.run, PASSAGES, content.extent.where)
    ]


def _quoted_stretch(content: Content, passage: Highlight) -> Quoted:
    """A match with its densest stretch in place of its texts; where that is cut, it is cut behind words that agree."""
    languages = dict(zip(content.run.document_ids, content.languages, strict=True))
    shown = quoted(
        {**passage.row, "text_a": passage.text_a, "text_b": passage.text_b},
        languages,
        content.run.name_of,
        STRETCH_CELLS,
    )
    for side in shown.sides:
        if len(side.stretches) > 1 and not side.stretches[-1][0]:
            side.stretches.pop()
            same, words, _ = side.stretches.pop()
            side.stretches.append((same, f"{words.rstrip(ELLIPSIS)} {ELLIPSIS}", ""))
    return shown


def _charts(content: Content) -> list[Chart]:
    """How the matches shown and the documents are distributed."""
    matches = content.matches
    sizes = np.array([row[2] for row in content.clusters], dtype=np.int64)
    longer = np.maximum(np.array(matches["tokens_a"]), np.array(matches["tokens_b"]))
    recurring = [("2", 2, 2), ("3–5", 3, 5), ("6–10", 6, 10), ("11–20", 11, 20), ("21–50", 21, 50), ("over 50", 51, 0)]
    counts = [int(((sizes >= low) & ((sizes <= high) | (high == 0))).sum()) for _, low, high in recurring]
    while len(counts) > 1 and not counts[-1]:
        counts.pop()
    charts = [
        shares_chart("How alike the passages are", "alike", "matches", np.array(matches["similarity"])),
        doubling_chart("How surprising they are", "bits", "matches", np.array(matches["bits"])),
        doubling_chart("How long they are", "words", "matches", longer),
        bar_chart(
            "How often a text recurs",
            "passages",
            "texts",
            [label for label, _, _ in recurring[: len(counts)]],
            counts,
        ),
        years_chart("When the documents date from", "period", "documents", content.documents["date"]),
    ]
    return [chart for chart in charts if any(bar.count for bar in chart.bars)]


def _frames(content: Content) -> list[dict[str, Any]]:
    """The first formulas with slots, for the digest; each slot as one line of text."""
    found = content.frames
    if found is None:
        return []
    rows = zip(found["pattern"], found["slots"], found["df"], found["tf"], strict=True)
    return [
        {
            "pattern": pattern,
            "slots": [
                ", ".join(f"{text or 'nothing'} ({times})" for text, times, _ in slot[:FILLERS]) for slot in slots
            ],
            "df": df,
            "tf": tf,
        }
        for pattern, slots, df, tf in islice(rows, FRAMES)
    ]


def _documents(content: Content) -> list[dict[str, Any]]:
    """The first documents, for the digest."""
    names = ("id", "title", "date", "date_guessed", "source", "tokens", "sha256")
    columns: Sequence[Sequence[Any]] = [content.documents[name][:DOCUMENTS] for name in names]
    dates = content.documents["date"]
    rows = [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
    called = [dated(date, name) for date, name in zip(dates, content.run.document_names, strict=True)]
    copies = content.copies
    for row, found, first, times in zip(rows, content.maps, copies["copyOf"], copies["copies"], strict=False):
        row["map"] = drawn(found, called) if found else None
        row["copies"] = times
        row["copy_of"] = called[first] if first >= 0 else None
    return rows


def _reviews(content: Content) -> list[Any]:
    """What the reviewer wrote or marked, but for things that this run does not have."""
    orphans = {(review.kind, review.id) for review in content.run.orphaned_notes()}
    return [review for review in content.run.notes.all() if (review.kind, review.id) not in orphans]


def _flat(values: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield re.sub("_", " ", f"{prefix}{name}"), value
