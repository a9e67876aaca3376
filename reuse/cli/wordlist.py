"""`textreuse wordlist`: the words of a corpus, how frequent and how evenly spread."""

from __future__ import annotations

import argparse
from pathlib import Path

DESCRIPTION = """\
List the words of all documents, the most frequent first: occurrences, the same per million words, documents that have
the word, their share of all, and how evenly it is spread over them: Gries' DP, DPnorm (0 even, 1 all in one place) and
Juilland's D (1 even, 0 all in one document)."""

SHOWN = {
    "word": "word",
    "tf": "tf",
    "per_million": "per million",
    "df": "df",
    "range": "range",
    "dp": "DP",
    "dp_norm": "DPnorm",
    "juilland_d": "D",
}
ROWS = 50
"""Words shown, unless the user says otherwise."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    from reuse.cli.listing import add_output

    parser.add_argument("run_path", type=Path, metavar="RUN", help="folder of the run")
    add_output(parser)


def run(arguments: argparse.Namespace) -> None:
    """Print the words."""
    from reuse.cli.listing import show
    from reuse.run.run import Run

    if arguments.limit is None and not arguments.out:
        arguments.limit = ROWS
    with Run.open(arguments.run_path) as opened:
        show(opened.table("wordlist"), arguments, SHOWN, shares=("range",))
