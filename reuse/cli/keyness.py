"""`textreuse keyness`: what marks one group of documents against the others."""

from __future__ import annotations

import argparse
from pathlib import Path

from reuse.cli.listing import FIELD

DESCRIPTION = f"""\
Show which formulas mark each group of documents against the rest, by the log-odds ratio with an informative prior
(Monroe, Colaresi & Quinn 2008), in standard deviations (z). With -o, also G², log ratio, %DIFF and more.

q says what is beyond chance: the documents are dealt to the groups anew, many times. Of the formulas whose q is .05 or
less, 5 % or fewer are to be expected to mark the group by chance alone (Benjamini & Hochberg 1995). It is empty where
no deal could tell: for a single document, or where too few documents have the formula. z does not say that: it takes
occurrences for independent, and one document may say a thing fifty times.

df: documents of the group that have the formula; tf: its occurrences in the group; per million: occurrences per million
words of the group; rest: the same of all other documents. A formula that only says again what a better one says is
passed over.

With --reference, the whole corpus is compared with that of another run: what is formulaic here and not just common
there. There is no q: the other corpus is one.

{FIELD}"""

SHOWN = {
    "group": "group",
    "z": "z",
    "q": "q",
    "df": "df",
    "tf": "tf",
    "per_million": "per million",
    "rest_per_million": "rest",
    "text": "formula",
}
ROWS = 10
"""Rows a group, unless the user says otherwise."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    from reuse.analysis.association import PRIOR
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
    parser.add_argument(
        "--prior",
        type=_share,
        default=PRIOR,
        metavar="X",
        help="weight of the prior, as a share of the words of either side: more of it holds back what is rare "
        f"(default: {PRIOR})",
    )
    add_output(parser)


def _share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is no number above 0")
    return value


def run(arguments: argparse.Namespace) -> None:
    """Print the formulas, highest z first."""
    from reuse.analysis.keyness import keyness_table
    from reuse.analysis.reference import reference_table
    from reuse.cli.listing import show
    from reuse.run.run import Run
    from reuse.run.table import Table

    with Run.open(arguments.run_path) as opened:
        if arguments.by:
            fewest, prior = arguments.min_documents, arguments.prior
            table = Table(keyness_table(opened, arguments.by, limit=arguments.top, min_documents=fewest, prior=prior))
        else:
            with Run.open(arguments.reference) as reference:
                table = Table(reference_table(opened, reference, limit=arguments.top, prior=arguments.prior))
        show(table, arguments, {name: heading for name, heading in SHOWN.items() if name in table.columns})
