"""`textreuse export`: a table of a run for other programs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reuse.run.declaration import ExportedTable
    from reuse.run.run import Run

DESCRIPTION = """\
Write a table of a run: documents, matches, clusters, formulas and more; `textreuse export RUN` lists them.

The suffix of the file chooses the format: .jsonl .csv .tsv .xlsx .parquet; --format does where there is none. Without
-o, the rows go to stdout, as JSON Lines unless --format says otherwise. --bom lets Excel know that a CSV is UTF-8.
In CSV and TSV, text that a spreadsheet would take for a formula (it begins with = + - @ or a tab) gets an apostrophe
in front; --no-guard leaves it as it is.

ngrams are all lexical bundles: --length 3-8 and --min-range 5 choose them.

--as writes the layout of other tools: clusters and matches as passim (JSON Lines), matrix as graphml or gexf (Gephi),
sources (who draws directly on whom) as graphml, the edges that are main being a tree,
documents as tei (TEI P5); matches as html-diff, a page with the words compared (of two documents:
--where "doc=ID doc=ID")."""

FORMATS = ("jsonl", "csv", "tsv", "xlsx", "parquet")
"""As `reuse.report.export.FORMATS`, which --help must not import."""

LAYOUTS = {
    ("clusters", "passim"): ("reuse.report.passim", "write_clusters"),
    ("matches", "passim"): ("reuse.report.passim", "write_alignments"),
    ("matches", "html-diff"): ("reuse.report.html.pair", "write_matches"),
    ("matrix", "graphml"): ("reuse.report.graph", "write_graphml"),
    ("matrix", "gexf"): ("reuse.report.graph", "write_gexf"),
    ("sources", "graphml"): ("reuse.report.graph", "write_sources"),
    ("documents", "tei"): ("reuse.report.tei", "write_tei"),
}
"""Table and layout of other tools, and the module and function that write it: `function(run, out, where) -> count`."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    from reuse.cli.listing import number_of_rows

    parser.add_argument("run_path", type=Path, metavar="RUN", help="folder of the run")
    parser.add_argument("table", nargs="?", metavar="TABLE", help="table to write; without it, the tables are listed")
    parser.add_argument("-o", "--out", type=Path, metavar="FILE", help="file to write (default: stdout)")
    parser.add_argument("--format", choices=FORMATS, help="format (default: that of the suffix; JSON Lines on stdout)")
    parser.add_argument("--bom", action="store_true", help="begin CSV and TSV with a byte order mark, for Excel")
    parser.add_argument("--where", metavar="FILTER", help='rows to keep, e.g. "similarity>0.8 words>=20 doc:2022"')
    parser.add_argument("--order", metavar="COLUMN", help="column to sort by (scores high to low, names low to high)")
    parser.add_argument("--reverse", action="store_true", help="sort the other way round")
    parser.add_argument("--limit", type=number_of_rows, metavar="N", help="most rows to write")
    parser.add_argument("--columns", type=_names, metavar="A,B,…", help="columns to write, in this order")
    parser.add_argument(
        "--as",
        dest="layout",
        choices=sorted({layout for _, layout in LAYOUTS}),
        help="layout of another tool, or a page",
    )
    parser.add_argument("--length", type=_lengths, metavar="A-B", help="words of n-grams (default: 3-8); of ngrams")
    parser.add_argument(
        "--min-range", type=number_of_rows, metavar="N", help="fewest documents that have an n-gram (default: 2)"
    )
    parser.add_argument("--no-guard", action="store_true", help="write text as it is, spreadsheet formulas included")


def run(arguments: argparse.Namespace) -> None:
    """Write the table."""
    from reuse.cli.terminal import binary_stdout
    from reuse.report.export import Selection, export
    from reuse.run.run import Run

    with Run.open(arguments.run_path) as opened:
        if arguments.table is None:
            _list_tables()
            return
        if arguments.layout:
            _write_layout(opened, arguments)
            return
        selection = Selection(
            where=arguments.where,
            order=arguments.order,
            reverse=arguments.reverse,
            limit=arguments.limit,
            columns=arguments.columns,
        )
        target = arguments.out or binary_stdout()
        count = export(
            opened,
            _table(arguments),
            target,
            selection,
            format=arguments.format,
            guard=not arguments.no_guard,
            bom=arguments.bom,
        )
        every = count if arguments.limit is None else opened.count(arguments.table, arguments.where)
    if arguments.out or count < every:
        from reuse.cli.listing import part

        print(f"{part(count, every)} written{f' to {arguments.out}' if arguments.out else ''}", file=sys.stderr)


def _table(arguments: argparse.Namespace) -> str | ExportedTable:
    """The table asked for: its name, or n-grams of some lengths and range."""
    from reuse.errors import UsageError

    name: str = arguments.table
    if arguments.length is None and arguments.min_range is None:
        return name
    if name != "ngrams":
        raise UsageError(f"--length and --min-range go with ngrams, not with {name}")
    from reuse.analysis.ngrams import LEAST_RANGE, LENGTHS, ngrams_of
    from reuse.run.computed import Computed

    least = LEAST_RANGE if arguments.min_range is None else arguments.min_range
    return Computed(ngrams_of(arguments.length or LENGTHS, least))


def _write_layout(run: Run, arguments: argparse.Namespace) -> None:
    from importlib import import_module

    from reuse.cli.terminal import binary_stdout
    from reuse.errors import UsageError
    from reuse.report.files import replacing

    chosen = LAYOUTS.get((arguments.table, arguments.layout))
    if chosen is None:
        choices = ", ".join(f"{table} --as {layout}" for table, layout in LAYOUTS)
        raise UsageError(f"{arguments.table} has no layout {arguments.layout}; there are {choices}")
    others = (arguments.order, arguments.reverse, arguments.limit is not None, arguments.columns, arguments.format)
    if any(others) or arguments.bom:
        raise UsageError("--order, --reverse, --limit, --columns, --format and --bom do not go with --as; --where does")
    module, function = chosen
    write = getattr(import_module(module), function)
    if arguments.out:
        with replacing(arguments.out) as file:
            count = write(run, file, arguments.where)
        print(f"{count:,} records written to {arguments.out}", file=sys.stderr)
    else:
        write(run, binary_stdout(), arguments.where)


def _list_tables() -> None:
    from reuse.run.registry import exported_tables

    for table in exported_tables().values():
        print(f"{table.name:<14}{table.description}")


def _lengths(text: str) -> tuple[int, int]:
    """A range of lengths as typed, for argparse: `4`, `3-8`."""
    first, _, last = text.partition("-")
    if not (first.isdecimal() and (last or first).isdecimal()):
        raise argparse.ArgumentTypeError(f"{text!r} is no range of lengths; say 4, or 3-8")
    return int(first), int(last or first)


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",")]
