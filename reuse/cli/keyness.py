"""`textreuse keyness`: what marks one group of documents against the others."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from reuse.cli.listing import FIELD

if TYPE_CHECKING:
    from reuse.analysis.units import Kind

DESCRIPTION = f"""\
Show which formulas, or with --words which words, mark each group of documents against the rest, by the log-odds ratio
with an informative prior (Monroe, Colaresi & Quinn 2008), in standard deviations (z). With -o, also G², log ratio,
%DIFF and more.

q says what is beyond chance: the documents are dealt to the groups anew, many times. Of the formulas whose q is .05 or
less, 5 % or fewer are to be expected to mark the group by chance alone (Benjamini & Hochberg 1995). It is empty where
no deal could tell: for a single document, or where too few documents have the formula. z does not say that: it takes
occurrences for independent, and one document may say a thing fifty times.

df: documents of the group that have the formula; tf: its occurrences in the group; per million: occurrences per million
words of the group; rest: the same of all other documents. A formula that only says again what a better one says is
passed over.

With --reference, the whole corpus is compared with another: a run, texts (a folder or a file), or, for words, a list of
them with their counts (.csv or .tsv, as `wordlist`, AntConc and others write it). q then says whether the difference
would be there had the documents been dealt to the two corpora anew; a list has no documents, and so no q.

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
    "word": "word",
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
    against.add_argument(
        "--reference", type=Path, metavar="PATH", help="run, texts or list of words to compare the whole corpus with"
    )
    parser.add_argument("--words", action="store_true", help="compare words in place of formulas")
    parser.add_argument(
        "--reference-words",
        type=number_of_rows,
        metavar="N",
        help="words of the corpus behind a list (default: the sum of its counts)",
    )
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
    """Print the formulas or words, highest z first."""
    import sys

    from reuse.analysis.keyness import keyness_table
    from reuse.analysis.reference import reference_table
    from reuse.cli.listing import show
    from reuse.corpus.document import Skipped
    from reuse.run.references import open_reference
    from reuse.run.run import Run
    from reuse.run.table import Table

    of: Kind = "words" if arguments.words else "formulas"
    prior = arguments.prior
    with Run.open(arguments.run_path) as opened:
        if arguments.by:
            fewest = arguments.min_documents
            cells = keyness_table(opened, arguments.by, of=of, limit=arguments.top, min_documents=fewest, prior=prior)
        else:
            skipped: list[Skipped] = []
            reference = open_reference(arguments.reference, opened.options.read, skipped, arguments.reference_words)
            for one in skipped:
                print(f"{one.path} {one.reason}", file=sys.stderr)
            cells = reference_table(opened, reference, of=of, limit=arguments.top, prior=prior)
    show(Table(cells), arguments, {name: heading for name, heading in SHOWN.items() if name in cells})
