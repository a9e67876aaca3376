"""`textreuse keyness`: what marks one group of documents against the others."""

from __future__ import annotations

import argparse
from pathlib import Path

from reuse.cli.listing import FIELD

DESCRIPTION = f"""\
Show which formulas mark each group of documents against the rest: the log-odds ratio with an informative prior
(Monroe, Colaresi & Quinn 2008). A z above 1.96 is beyond chance at 5 %.

df: documents of the group that have the formula; tf: its occurrences in the group; per 1,000: occurrences per 1,000
words of the group; rest: the same of all other documents. A formula that only says again what a better one says is
passed over.

With --reference, the whole corpus is compared with that of another run: what is formulaic here and not just common
there.

{FIELD}"""

SHOWN = {
    "group": "group",
    "z": "z",
    "df": "df",
    "tf": "tf",
    "rate": "per 1,000",
    "rest_rate": "rest",
    "text": "formula",
}
ROWS = 10
"""Rows a group, unless the user says otherwise."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    from reuse.cli.listing import add_output, number_of_rows

    parser.add_argument("run_path", type=Path, metavar="RUN", help="folder of the run")
    against = parser.add_mutually_exclusive_group(required=True)
    against.add_argument("--by", metavar="FIELD", help="field to group documents by")
    against.add_argument("--reference", type=Path, metavar="RUN", help="run to compare the whole corpus with")
    parser.add_argument(
        "--top", type=number_of_rows, default=ROWS, metavar="N", help=f"most formulas a group (default: {ROWS})"
    )
    parser.add_argument(
        "--min-documents", type=int, default=1, metavar="N", help="fewest documents of the group that have a formula"
    )
    add_output(parser)


def run(arguments: argparse.Namespace) -> None:
    """Print the formulas, highest z first."""
    from reuse.analysis.keyness import keyness_table
    from reuse.analysis.reference import reference_table
    from reuse.cli.listing import show
    from reuse.run.run import Run
    from reuse.run.table import Table

    with Run.open(arguments.run_path) as opened:
        if arguments.by:
            table = Table(
                keyness_table(opened, arguments.by, limit=arguments.top, min_documents=arguments.min_documents)
            )
        else:
            with Run.open(arguments.reference) as reference:
                table = Table(reference_table(opened, reference, limit=arguments.top))
        show(table, arguments, {name: heading for name, heading in SHOWN.items() if name in table.columns})
