"""`textreuse query`: what a text draws on."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reuse.display import percent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.text import Text

    from reuse.corpus.document import Document, Skipped
    from reuse.run.run import Run

DESCRIPTION = """\
Show what a text draws on: the documents of a run that share passages with it, and the passages beside each other, the
best first. The run stays as it is; the scores are those that a scan of both would give.

TEXT is a file or a folder, as for scan, or - for text from standard input; of several, --against new compares each with
the others. The status is 0 when something was found and 3 when nothing was."""

INDENT = "    "


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    from reuse.cli.listing import number_of_rows
    from reuse.report.pages import FORMATS

    parser.add_argument("run_path", type=Path, metavar="RUN", help="folder of the run")
    parser.add_argument("texts", nargs="+", metavar="TEXT", help="files and folders to ask about, or -")
    parser.add_argument(
        "--against",
        choices=("old", "new", "all"),
        default="old",
        help="compare several texts with the run, with each other, or with both (default: old)",
    )
    parser.add_argument("--json", action="store_true", help="write the matches as JSON Lines to stdout instead")
    parser.add_argument(
        "-o",
        "--out",
        type=Path,
        metavar="FILE",
        help=f"write a report instead ({FORMATS}), or a run (.reuse) to browse and export from",
    )
    parser.add_argument("--top", type=number_of_rows, default=10, metavar="N", help="most passages shown (default: 10)")


def run(arguments: argparse.Namespace) -> int:
    """Ask, and show what was found."""
    from tempfile import TemporaryDirectory

    from reuse.cli import DONE, NOTHING_FOUND
    from reuse.cli.change import narrate
    from reuse.corpus.document import grouped
    from reuse.query import query
    from reuse.run.run import Run

    skipped: list[Skipped] = []
    kept: Path | None = arguments.out if arguments.out and arguments.out.suffix == ".reuse" else None
    with TemporaryDirectory(prefix="textreuse-") as folder:
        target = kept or Path(folder, "query.reuse")
        with Run.open(arguments.run_path) as opened:
            documents = _documents(arguments.texts, opened, skipped)
            query(opened, documents, target, skipped, against=arguments.against, lasting=kept is not None)
        for one in grouped(skipped):
            narrate(f"{one.path}: {one.reason}; {one.remedy}")
        with Run.open(target) as found:
            matches = found.count("matches")
            _show(found, arguments, kept)
    return DONE if matches else NOTHING_FOUND


def _documents(texts: Sequence[str], run: Run, skipped: list[Skipped]) -> Iterator[Document]:
    from reuse.corpus.decode import decode
    from reuse.corpus.read import read_documents
    from reuse.corpus.texts import Texts

    options = run.options.read
    paths = [Path(text) for text in texts if text != "-"]
    if len(paths) < len(texts):
        typed = decode(sys.stdin.buffer.read(), options.encoding).text
        yield from Texts([{options.id_field or "id": "stdin", options.text_field or "text": typed}]).documents(
            options, skipped
        )
    if paths:
        yield from read_documents(paths, options, skipped)


def _show(found: Run, arguments: argparse.Namespace, kept: Path | None) -> None:
    """Write what was found where the user wants it."""
    from reuse.cli.change import narrate
    from reuse.cli.terminal import binary_stdout, console
    from reuse.report.export import Selection, export
    from reuse.report.pages import write_report

    if arguments.json:
        export(found, "matches", binary_stdout(), Selection(order="bits"), format="jsonl")
    if kept:
        narrate(f"what was found is kept in {kept}")
    elif arguments.out:
        beside = write_report(found, arguments.out)
        narrate(f"report written to {arguments.out}" + (f"; keep {beside} together with it" if beside else ""))
    elif not arguments.json:
        out = console()
        for line in _lines(found, out.width, arguments.top):
            out.print(line, no_wrap=True, overflow="ignore", crop=False)


def _lines(found: Run, width: int, top: int) -> Iterator[Text | str]:
    from rich.text import Text

    from reuse.analysis.asked import passages_told, source_table
    from reuse.report.news import also_in
    from reuse.run.registry import table_of

    asked = [found.ordinal(name) for name in found.meta["query"]["documents"]]
    sources = source_table(found, asked, found.meta["query"]["against"])
    if not sources["document"]:
        yield "Nothing was found." if len(asked) > 1 else "The run has no passage of this text."
        return
    yield from _sources(sources, width, top)
    told = passages_told(found, asked)
    matches = table_of("matches").fetch(found, told.matches[:top], None)
    names = set(found.meta["query"]["documents"])
    yield ""
    yield Text.assemble(("Passages", "bold cyan"), (f"  {len(matches):,} of {len(told.matches):,}", "dim"))
    for number, (match, further) in enumerate(zip(matches.to_dicts(), told.elsewhere[:top].tolist(), strict=True), 1):
        yield ""
        yield from _passage(number, match, names, width)
        if further:
            yield Text(INDENT + also_in(further), style="dim")


def _sources(sources: Mapping[str, list[Any]], width: int, top: int) -> Iterator[Text]:
    """The documents that share most words, the earliest first."""
    from rich.text import Text

    from reuse.calendar import date_order
    from reuse.display import trimmed, visible

    count = len(sources["document"])
    best = sorted(
        range(min(count, top)), key=lambda row: (not sources["date"][row], date_order(sources["date"][row]) or 0, row)
    )
    yield Text.assemble(("Shares passages with", "bold cyan"), (f"  {len(best):,} of {count:,} documents", "dim"))
    yield Text()
    for row in best:
        words = sources["shared"][row]
        figures = f"{words:>7,} word{' ' if words == 1 else 's'}  {sources['date'][row] or 'no date':<10}  "
        name = "  ".join(filter(None, (sources["document"][row], sources["title"][row])))
        yield Text.assemble((figures, "dim"), trimmed(visible(name, one_line=True), width - len(figures)))


def _passage(number: int, match: Mapping[str, Any], asked: set[str], width: int) -> Iterator[Text]:
    """A passage of the text above the one that it shares words with."""
    from rich.text import Text

    from reuse.cli.passages import aligned, named
    from reuse.display import trimmed

    own, other = ("b", "a") if match["b"] in asked else ("a", "b")  # of two texts, the one whose stretch is told
    at = ", ".join(filter(None, (match[own] if len(asked) > 1 else "", match[f"{own}_place"])))
    where = f" in {at}" if at else ""
    facts = f"{match['bits']:,.0f} bits, {percent(match['similarity'])} alike, {match[f'tokens_{own}']:,} words{where}"
    yield Text.assemble((f"{number:>2}  ", "bold"), facts)
    yield Text(INDENT + trimmed(f"b  {named(match, other)}", width - len(INDENT)), style="dim")
    for line in aligned(match[f"text_{own}"], match[f"text_{other}"], width=width - len(INDENT), most_lines=4):
        yield Text.assemble(INDENT, line)
