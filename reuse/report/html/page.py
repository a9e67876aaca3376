"""Writes the report: the digest as plain HTML, then the data, then the script that browses it."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from reuse.display import trimmed, visible
from reuse.report.differences import GAP, differences
from reuse.report.files import replacing
from reuse.report.highlights import best_formulas, best_matches
from reuse.report.html.blocks import Blocks, remove_folder, replacing_folder
from reuse.report.html.charts import Chart, bar_chart, doubling_chart, shares_chart, years_chart
from reuse.report.html.content import Content

if TYPE_CHECKING:
    from jinja2 import Environment

    from reuse.run.run import Run

PASSAGES = 25
"""Matches in the digest, which is read without a script and printed."""
FORMULAS = 50
DOCUMENTS = 200
PASSAGE_CELLS = 1_500
"""Longest quotation in the digest, in terminal cells (about as many letters)."""
NAME_CELLS = 160

SCRIPTS = ("data", "dom", "text", "filter", "charts", "matches", "phrases", "documents", "overviews", "main")
"""Parts of the script in the order in which they are joined."""

SIZES = {"inline": "", "compressed": " (compressed)", "folder": ""}


def write_report(run: Run, out: Path, *, where: str | None = None, top: int | None = None) -> None:
    """Write the report as one file; above some 50 MB the texts go into a folder beside it.

    Args:
        run: The run to read.
        out: File to write.
        where: Filter of the matches that are shown.
        top: Most matches that are shown, most surprising first.

    Raises:
        UsageError: The filter cannot be read.
        TextReuseError: The file cannot be written.
    """
    content = Content(run, where, top)
    beside = out.resolve().with_name(f"{out.stem}.files")
    with Blocks() as blocks:
        chunks = content.chunks()
        blocks.add("quotes", content.quotes())
        blocks.add("occurrences", content.occurrences())
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
        else:
            remove_folder(beside)


def _page(content: Content, blocks: Blocks, folder: str | None) -> tuple[bytes, bytes]:
    """The page before and after its data."""
    style, script = _asset("report.css"), _script()
    rendered = (
        _environment()
        .get_template("report.html")
        .render(
            content=content,
            run=content.run,
            style=style,
            script=script,
            policy=_policy(style, script, folder=folder is not None),
            folder=folder,
            tier=blocks.tier,
            size=blocks.size,
            charts=_charts(content),
            matches=[_quoted(match) for match in best_matches(content.run, PASSAGES, content.extent.where)],
            formulas=best_formulas(content.run, FORMULAS),
            documents=_documents(content),
            settings=list(_flat(content.run.meta.get("options", {}))),
            reviews=_reviews(content),
        )
    )
    head, _, tail = rendered.partition("<!-- data -->\n")
    return head.encode("utf-8", "backslashreplace"), tail.encode("utf-8", "backslashreplace")


def _asset(name: str) -> str:
    return (files("reuse.report.html") / "assets" / name).read_text("utf-8")


def _script() -> str:
    """All parts of the script in a scope of their own."""
    parts = "\n".join(_asset(f"{name}.js") for name in SCRIPTS)
    return f'"use strict";\n(() => {{\n{parts}\n}})();'


def _policy(style: str, script: str, *, folder: bool) -> str:
    """The content-security policy: nothing is fetched, and only this style and this script act.

    A report with a folder also loads the scripts that lie beside it.
    """
    beside = " 'self' file:" if folder else ""
    return (
        f"default-src 'none'; script-src {_hashed(script)}{beside}; style-src {_hashed(style)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _hashed(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - not for `--help`
    from markupsafe import Markup  # noqa: PLC0415

    environment = Environment(
        loader=PackageLoader("reuse.report.html", "assets"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["own"] = Markup  # our style and script, which contain no text of a document
    environment.filters["shown"] = lambda text: visible(str(text), one_line=True)
    environment.filters["name"] = lambda text: trimmed(visible(str(text), one_line=True), NAME_CELLS)
    environment.filters["number"] = lambda number: f"{number:,.0f}"
    environment.filters["percent"] = lambda share: f"{share:.0%}"
    environment.filters["plural"] = lambda number, one, several=None: (
        f"{number:,} {one if number == 1 else several or one + 's'}"
    )
    return environment


@dataclass(frozen=True, slots=True)
class Quoted:
    """A match as the digest shows it.

    Attributes:
        row: Its row of the table of matches.
        a, b: Each passage as stretches: whether the other has the same words, and the words.
    """

    row: Mapping[str, Any]
    a: list[tuple[bool, str]]
    b: list[tuple[bool, str]]


def _quoted(row: Mapping[str, Any]) -> Quoted:
    segments = differences(
        trimmed(visible(row["text_a"], one_line=True), PASSAGE_CELLS),
        trimmed(visible(row["text_b"], one_line=True), PASSAGE_CELLS),
    )
    return Quoted(
        row,
        [(segment.same, " ".join(segment.a) or GAP) for segment in segments],
        [(segment.same, " ".join(segment.b) or GAP) for segment in segments],
    )


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


def _documents(content: Content) -> list[dict[str, Any]]:
    """The first documents, for the digest."""
    names = ("id", "title", "date", "date_guessed", "source", "tokens", "sha256")
    columns: Sequence[Sequence[Any]] = [content.documents[name][:DOCUMENTS] for name in names]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


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
