"""`textreuse export`: a table of a run for other programs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

DESCRIPTION = """\
Write a table of a run: documents, matches, clusters, formulas and more; `textreuse export RUN` lists them.

The suffix of the file chooses the format: .jsonl .csv .tsv .parquet. Without -o, JSON Lines go to stdout.
In CSV and TSV, text that a spreadsheet would take for a formula (it begins with = + - @ or a tab) gets an apostrophe
in front; --no-guard leaves it as it is."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("run_path", type=Path, metavar="RUN", help="folder of the run")
    parser.add_argument("table", nargs="?", metavar="TABLE", help="table to write; without it, the tables are listed")
    parser.add_argument("-o", "--out", type=Path, metavar="FILE", help="file to write (default: stdout)")
    parser.add_argument("--where", metavar="FILTER", help='rows to keep, e.g. "similarity>0.8 words>=20 doc:2022"')
    parser.add_argument("--order", metavar="COLUMN", help="column to sort by (scores high to low, names low to high)")
    parser.add_argument("--reverse", action="store_true", help="sort the other way round")
    parser.add_argument("--limit", type=_rows, metavar="N", help="most rows to write")
    parser.add_argument("--columns", type=_names, metavar="A,B,…", help="columns to write, in this order")
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
        selection = Selection(
            where=arguments.where,
            order=arguments.order,
            reverse=arguments.reverse,
            limit=arguments.limit,
            columns=arguments.columns,
        )
        target = arguments.out or binary_stdout()
        count = export(opened, arguments.table, target, selection, guard=not arguments.no_guard)
    if arguments.out:
        print(f"{count:,} rows written to {arguments.out}", file=sys.stderr)


def _list_tables() -> None:
    from reuse.run.columns import TABLES

    for table in TABLES.values():
        print(f"{table.name:<14}{table.description}")


def _rows(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of rows")
    return int(text)


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",")]
