"""`textreuse audit`: the recall of a scan, measured on the user's own text."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from reuse.cli.paths import named_path

DESCRIPTION = """\
Plant changed copies of the documents' own passages in a copy of the corpus, scan it, and say how many are found.

Names a run, whose documents and options are taken (and, after `scan --between` or `--across`, which documents are
compared), or folders and files. A copy counts as found when matches with its
source cover half of both. Each share has its exact confidence interval (Clopper and Pearson 1934). Then the words of
every document are shuffled and all is scanned again: how many matches there are by chance in your own text, beside how
many are to be expected. Nothing of yours is changed.

Copies with synonyms take a thesaurus in the format MyThes: one of those that are installed, or the one given."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    from reuse.cli.parameters import add_parameters

    parser.usage = (
        "textreuse audit RUN|PATH… [--seed N] [--rounds N] [--confidence X] [--thesaurus FILE]"
        " [--preset NAME] [PARAMETER…]"
    )
    parser.add_argument(
        "paths", nargs="+", type=named_path, metavar="RUN|PATH", help="a run, or folders and files to read"
    )
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="decides what is planted where (default: 1)")
    parser.add_argument(
        "--rounds",
        type=int,
        default=1,
        metavar="N",
        help="plant and scan so often, for narrower intervals (default: 1)",
    )
    parser.add_argument(
        "--confidence", type=float, default=0.95, metavar="X", help="level of the intervals (default: 0.95)"
    )
    parser.add_argument(
        "--thesaurus",
        type=Path,
        metavar="FILE",
        help="th_*.dat of the texts' language (default: an installed one: apt install mythes-en-us, mythes-de, …)",
    )
    add_parameters(parser)


def run(arguments: argparse.Namespace) -> None:
    """Print recall by degree of change and length, then matches by chance."""
    from reuse.cli.parameters import options_from
    from reuse.errors import UsageError

    if not 0 < arguments.confidence < 1:
        raise UsageError(f"--confidence must be between 0 and 1, not {arguments.confidence}")
    if arguments.rounds < 1:
        raise UsageError(f"--rounds must be at least 1, not {arguments.rounds}")
    given = arguments.preset != "formulaic" or any("." in key for key in vars(arguments))
    options = options_from(arguments) if given else None

    from reuse.audit.audit import SYNONYMS, audit
    from reuse.audit.chance import chance_figures

    measured = audit(
        arguments.paths,
        options,
        seed=arguments.seed,
        rounds=arguments.rounds,
        confidence=arguments.confidence,
        thesaurus=arguments.thesaurus,
    )
    print("words changed\twords\tplanted\tfound\tlow\thigh\tcharacters")
    for row in measured:
        share = row.found
        if share.trials:
            values = f"{share.value:.3f}\t{share.low:.3f}\t{share.high:.3f}\t{row.characters:.3f}"
            print(f"{row.change}\t{row.words}\t{share.trials}\t{values}")
    print(
        f"found: share of copies half covered, and its {arguments.confidence:.0%} interval; "
        "characters: mean share of a copy that is covered",
        file=sys.stderr,
    )
    if all(row.change != SYNONYMS for row in measured):
        print(
            "no copies with synonyms: no thesaurus of the texts' language is installed "
            "(apt install mythes-en-us, mythes-de, …; or --thesaurus th_en_US_v2.dat)",
            file=sys.stderr,
        )
    print("\nE at most\tby chance\texpected")
    for figure in chance_figures(arguments.paths, options, seed=arguments.seed, rounds=arguments.rounds):
        print(f"{figure.evalue:g}\t{figure.observed:g}\t{figure.evalue:g}")
    print(
        "by chance: matches in your documents with the words of each shuffled, the mean of all rounds, "
        "no filter but that of E; expected: what E promises",
        file=sys.stderr,
    )
