"""`textreuse news`: what the last additions to a run brought."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.text import Text

    from reuse.report.news import News
    from reuse.run.run import Run
    from reuse.run.table import Table

DESCRIPTION = """\
Show what the last additions to a run brought: the new documents that have text of older ones, the passages, and the
formulas that are new.

--since 3 takes the last three additions together, --since 2026-11-28 or 2026-11-28T06:00 those made then or later, in
the time of this machine. It suits a timer:

  textreuse add RUN FOLDER && textreuse news RUN -o news.html"""

SHOWN = {
    "name": "document",
    "date": "date",
    "tokens": "length",
    "shared": "shared",
    "source": "most of it with",
    "source_shared": "there",
}
DOCUMENTS, PASSAGES, FORMULAS = 20, 5, 10
"""How many of each are printed."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    from reuse.analysis.news import AGAINST

    parser.add_argument("run_path", type=Path, metavar="RUN", help="folder of the run")
    parser.add_argument("--since", metavar="DATE|N", help="a date, or how many of the last additions (default: 1)")
    parser.add_argument(
        "--against",
        choices=AGAINST,
        default="old",
        help="compare new documents with old ones, with each other, or with all (default: old)",
    )
    parser.add_argument("--json", action="store_true", help="write all of it as one JSON object to stdout instead")
    parser.add_argument("-o", "--out", type=Path, metavar="FILE", help="write a page instead: .html, .md, or .json")


def run(arguments: argparse.Namespace) -> None:
    """Show what is new."""
    from reuse.cli.change import narrate
    from reuse.cli.terminal import binary_stdout, console
    from reuse.errors import UsageError
    from reuse.report.files import replacing
    from reuse.report.html.news import as_html
    from reuse.report.news import as_json, as_markdown, news
    from reuse.run.run import Run

    suffix = arguments.out.suffix.lower() if arguments.out else ""
    if suffix not in {"", ".html", ".md", ".json"}:
        raise UsageError(f"{arguments.out}: the format is chosen by the suffix; it can be .html, .md or .json")
    with Run.open(arguments.run_path) as opened:
        found = news(opened, arguments.since, arguments.against)
        if arguments.json or suffix == ".json":
            page = json.dumps(as_json(found), ensure_ascii=False) + "\n"
        elif suffix == ".html":
            page = as_html(opened, found)
        elif arguments.out:
            page = as_markdown(opened, found)
        else:
            _print(opened, found, console().width)
            return
    if arguments.out:
        with replacing(arguments.out) as file:
            file.write(page.encode("utf-8", "backslashreplace"))
        narrate(f"news written to {arguments.out}")
    else:
        binary_stdout().write(page.encode("utf-8", "backslashreplace"))


def _print(run: Run, found: News, width: int) -> None:
    from reuse.cli.terminal import console
    from reuse.display import counted
    from reuse.report.news import span_of

    out = console()
    if not len(found.documents):
        out.print("Nothing was added.")
        return
    drawing = sum(map(bool, found.documents["shared"]))
    added = counted(len(found.documents), "document")
    out.print(f"{added} added {span_of(found)}, {drawing:,} of them with text of others", style="bold", highlight=False)
    if found.state:
        out.print(f"The run is {found.state}.", style="dim", highlight=False)
    if drawing:
        out.print()
        _print_documents(run, found.documents, drawing)
    for line in _passages(found, width):
        out.print(line, no_wrap=True, overflow="ignore", crop=False)
    for title, formulas in (("no older document has", found.formulas), ("one older document has", found.spread)):
        for line in _formulas(title, formulas, width):
            out.print(line, no_wrap=True, overflow="ignore", crop=False)


def _print_documents(run: Run, documents: Table, drawing: int) -> None:
    from reuse.cli.listing import show
    from reuse.naming import dated
    from reuse.run.table import Table

    shown = documents[: min(DOCUMENTS, drawing)].to_dict()
    dates = dict(
        zip(run.document_ids, (date for (date,) in run.sql("SELECT date FROM documents ORDER BY doc")), strict=True)
    )
    named = {
        "name": [run.name_of[name] for name in shown["document"]],
        "source": [dated(dates[name], run.name_of[name]) for name in shown["source"]],
    }
    show(Table({**shown, **named}), argparse.Namespace(limit=None, out=None), SHOWN, every=drawing)


def _heading(title: str, shown: int, total: int) -> Iterator[Text]:
    from rich.text import Text

    yield Text()
    yield Text.assemble((title, "bold cyan"), (f"  {shown:,} of {total:,}", "dim"))


def _passages(found: News, width: int) -> Iterator[Text]:
    from rich.text import Text

    from reuse.cli.passages import aligned, named
    from reuse.display import trimmed
    from reuse.report.news import also_in

    if not len(found.passages):
        return
    shown = found.passages[:PASSAGES]
    yield from _heading("Passages", len(shown), len(found.passages))
    for match, further in zip(shown.to_dicts(), map(also_in, found.elsewhere[:PASSAGES]), strict=True):
        yield Text()
        for side in "ab":
            yield Text("    " + trimmed(f"{side}  {named(match, side)}", width - 4), style="dim")
        for line in aligned(match["text_a"], match["text_b"], width=width - 4, most_lines=2):
            yield Text.assemble("    ", line)
        if further:
            yield Text(f"    {further}", style="dim")


def _formulas(title: str, formulas: Table, width: int) -> Iterator[Text]:
    from rich.text import Text

    from reuse.display import trimmed, visible

    if not len(formulas):
        return
    yield from _heading(f"Formulas that {title}", min(FORMULAS, len(formulas)), len(formulas))
    yield Text()
    for row in formulas[:FORMULAS].to_dicts():
        yield Text(trimmed(f"{row['df']:>5,} documents  {visible(row['text'], one_line=True)}", width))
