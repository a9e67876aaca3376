"""`textreuse report`: a run as a page for others to read."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from reuse.report.pages import FORMATS, write_report

DESCRIPTION = f"""\
Write a report of a run for others to read.

The suffix of the file chooses the format: {FORMATS}."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    from reuse.cli.listing import number_of_rows

    parser.add_argument("run_path", type=Path, metavar="RUN", help="folder of the run")
    parser.add_argument("-o", "--out", type=Path, metavar="FILE", required=True, help=f"file to write: {FORMATS}")
    parser.add_argument("--where", metavar="FILTER", help='matches to show, e.g. "similarity>0.8 words>=20 doc:2022"')
    parser.add_argument("--top", type=number_of_rows, metavar="N", help="most matches to show")
    parser.add_argument("--brief", action="store_true", help="one page (.md): figures, pairs, passages, formulas")


def run(arguments: argparse.Namespace) -> None:
    """Write the report."""
    from reuse.run.run import Run

    with Run.open(arguments.run_path) as opened:
        beside = write_report(opened, arguments.out, where=arguments.where, top=arguments.top, brief=arguments.brief)
    print(f"report written to {arguments.out}", file=sys.stderr)
    if beside:
        print(f"its documents are in {beside}; keep the two together", file=sys.stderr)
