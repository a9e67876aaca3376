"""`textreuse concordance`: every occurrence of some words in its context."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reuse.run.table import Table

DESCRIPTION = """\
Show every occurrence of WORDS in its context (KWIC), in every spelling that counts as the same (case, hyphens, words
broken at a line end) and whatever stands between them.

* in a word stands for any letters or none, ? for any one: textreuse concordance RUN closely knit* 'wom?n'"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    from reuse.cli.listing import add_output

    parser.add_argument("run_path", type=Path, metavar="RUN", help="folder of the run")
    parser.add_argument("words", nargs="+", metavar="WORDS", help="words that follow one another")
    parser.add_argument(
        "--sort",
        choices=("text", "left", "right", "date"),
        default="text",
        help="by the text, by the words left or right, or by date",
    )
    add_output(parser)


def run(arguments: argparse.Namespace) -> None:
    """Print the occurrences, one under the other."""
    import numpy as np

    from reuse.cli.listing import show
    from reuse.report.concordance import concordance, places
    from reuse.run.run import Run

    words = " ".join(arguments.words)
    with Run.open(arguments.run_path) as opened:
        starts, _ = places(opened, words)
        found = concordance(opened, words, order=arguments.sort, limit=arguments.limit, width=100)
        documents = len(np.unique(opened.tokens.document_of(starts))), len(opened.document_ids)
    if arguments.out:
        show(found, arguments)
    else:
        _print(found)
    print(_counted(len(found), len(starts), *documents, words), file=sys.stderr)


def _counted(shown: int, occurrences: int, having: int, documents: int, words: str) -> str:
    """`2 of 5 occurrences; all of them are in 3 of 4 documents`."""
    said = "1 occurrence" if occurrences == 1 else f"{occurrences:,} occurrences"
    if shown < occurrences:
        said = f"{shown:,} of {said}; all of them are"
    wildcard = "; ? stands for one letter, leave it out if it is a question mark" if "?" in words else ""
    return f"{said} in {having:,} of {documents:,} documents{wildcard}"


def _print(found: Table) -> None:
    from rich.text import Text

    from reuse.cli.terminal import console
    from reuse.display import cells, end_of, padded, trimmed, visible

    out = console(wide=True)
    names = [trimmed(visible(name, one_line=True), 20) for name in found["doc"]]
    label = max(map(cells, names), default=0)
    for name, row in zip(names, found.to_dicts(), strict=True):
        keyword = visible(row["keyword"], one_line=True)
        side = max(10, (out.width - label - cells(keyword) - 4) // 2)
        left = end_of(visible(row["left"], one_line=True), side)
        right = trimmed(visible(row["right"], one_line=True), side)
        left += " " if row["left"].endswith(" ") else ""
        before = " " * (side + 1 - cells(left)) + left
        after = (" " if row["right"].startswith(" ") else "") + right
        line = Text.assemble((padded(name, label), "dim"), "  ", before, (keyword, "bold"), after)
        out.print(line, no_wrap=True, overflow="ignore", crop=False)
