"""`textreuse collocates`: the words that stand near some words."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from reuse.queries import LANGUAGE

DESCRIPTION = f"""\
Show which words stand near QUERY, and how strongly they are tied to it: the more by G² the higher. In a query there are

{LANGUAGE}

tf: all occurrences of the word; near: those within the window; expected: how many would be if the word were as frequent
there as everywhere; df: documents that have it near; left, right: how many stand on either side. G² (Dunning 1993) says
how sure the tie is, MI (Church & Hanks 1990) how close, whatever the number; MI³ (Daille 1994), logDice (Rychlý 2008;
14 at most) and t weigh both. Words that stand near less often than elsewhere come last.

With -o also ΔP in either direction (Gries 2013), the rate per occurrence of QUERY, and how many stand at each place
(L5 … L1, R1 … R5). A word counts once, at the nearest occurrence of QUERY; copies of a text count once."""

SHOWN = {
    "word": "word",
    "tf": "tf",
    "near": "near",
    "expected": "expected",
    "df": "df",
    "log_likelihood": "G²",
    "mi": "MI",
    "mi3": "MI³",
    "log_dice": "logDice",
    "t": "t",
    "left": "left",
    "right": "right",
}
ROWS = 50
"""Words shown, unless the user says otherwise."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    from reuse.analysis.collocates import LEAST_TOGETHER, ORDERS, WINDOW
    from reuse.cli.listing import add_output, number_of_rows

    parser.add_argument("run_path", type=Path, metavar="RUN", help="folder of the run")
    parser.add_argument("words", nargs="+", metavar="QUERY", help="what to look for")
    for side, width in zip(("left", "right"), WINDOW, strict=True):
        parser.add_argument(
            f"--{side}",
            type=number_of_rows,
            default=width,
            metavar="N",
            help=f"words on the {side} that count as near (default: {width})",
        )
    parser.add_argument(
        "--within",
        choices=("document", "sentence"),
        default="document",
        help="what the window does not reach out of (default: document)",
    )
    parser.add_argument(
        "--least",
        type=number_of_rows,
        default=LEAST_TOGETHER,
        metavar="N",
        help=f"fewest occurrences of a word near QUERY (default: {LEAST_TOGETHER})",
    )
    parser.add_argument(
        "--sort",
        choices=ORDERS,
        default=ORDERS[0],
        metavar="COLUMN",
        help=f"{', '.join(ORDERS)} (default: {ORDERS[0]})",
    )
    add_output(parser)


def run(arguments: argparse.Namespace) -> None:
    """Print the words, the most strongly tied first."""
    from reuse.cli.concordance import notes_on
    from reuse.cli.listing import show
    from reuse.queries.read import read_query
    from reuse.report.collocates import collocates
    from reuse.run.run import Run
    from reuse.run.table import Table

    query = read_query(" ".join(arguments.words))
    with Run.open(arguments.run_path) as opened:
        found = collocates(
            opened,
            query,
            window=(arguments.left, arguments.right),
            within=arguments.within,
            least=arguments.least,
            order=arguments.sort,
        )
    table = Table(found.table)
    if arguments.limit is None and not arguments.out:
        arguments.limit = ROWS
    show(table, arguments, SHOWN)
    nodes = "1 occurrence" if found.nodes == 1 else f"{found.nodes:,} occurrences"
    print(f"{found.window:,} of {found.words:,} words are near {nodes}", file=sys.stderr)
    for note in notes_on(query):
        print(note, file=sys.stderr)
