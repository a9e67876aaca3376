"""`textreuse concordance`: every occurrence of some words in its context."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from reuse.queries import LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reuse.queries.tree import Query
    from reuse.run.table import Table

DESCRIPTION = f"""\
Show every occurrence of QUERY in its context (KWIC). In a query there are

{LANGUAGE}

Put a query with brackets, quotes, * or ? between single quotes, or the shell reads them:
textreuse concordance RUN '(freedom|liberty) ..2 speech'

--sort text (as they stand in the documents), date, left, right, or places of words: 1L-2L-3L by the first word on the
left, then the second and the third; 1R-2R; 0-1R by the words found, then the next."""

WIDTH = 100
"""Code points of context in a file, unless the user says otherwise."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    from reuse.cli.listing import add_output, number_of_rows

    parser.add_argument("run_path", type=Path, metavar="RUN", help="folder of the run")
    parser.add_argument("words", nargs="+", metavar="QUERY", help="what to look for")
    parser.add_argument("--sort", default="text", metavar="ORDER", help="text, date, left, right, or as 1L-2L-3L, 0-1R")
    parser.add_argument(
        "--width",
        type=number_of_rows,
        metavar="N",
        help=f"characters of context on either side (default: what fits, {WIDTH} in a file)",
    )
    add_output(parser)


def run(arguments: argparse.Namespace) -> None:
    """Print the occurrences, one under the other."""
    import numpy as np

    from reuse.analysis.concordance import concordance_table
    from reuse.cli.listing import show
    from reuse.queries.read import read_query
    from reuse.run.run import Run
    from reuse.run.search import find
    from reuse.run.table import Table

    query = read_query(" ".join(arguments.words))
    width = WIDTH if arguments.width is None else arguments.width
    with Run.open(arguments.run_path) as opened:
        spans = find(opened, query)
        cells = concordance_table(
            opened, spans.starts, spans.ends, order=arguments.sort, limit=arguments.limit, width=width
        )
        documents = len(np.unique(opened.tokens.document_of(spans.starts))), len(opened.document_ids)
    found = Table(cells, name="concordance")
    if arguments.out:
        show(found, arguments, every=len(spans))
    else:
        _print(found, arguments.width)
    print(_counted(len(found), len(spans), *documents), file=sys.stderr)
    for note in notes_on(query):
        print(note, file=sys.stderr)


def notes_on(query: Query) -> list[str]:
    """How a query was understood, where that does not go without saying."""
    return [*([] if query.plain else [f"looked for: {query.tree}"]), *query.notes]


def _counted(shown: int, occurrences: int, having: int, documents: int) -> str:
    """`5 of 737 occurrences in 131 of 150 documents`."""
    said = "1 occurrence" if occurrences == 1 else f"{occurrences:,} occurrences"
    cut = f"{shown:,} of " if shown < occurrences else ""
    return f"{cut}{said} in {having:,} of {documents:,} documents"


def _print(found: Table, width: int | None) -> None:
    from rich.text import Text

    from reuse.cli.terminal import console
    from reuse.display import cells, padded, trimmed, visible
    from reuse.report.direction import from_the_right

    out = console(wide=True)
    names = [trimmed(visible(name, one_line=True), 20) for name in found["doc"]]
    label = max(map(cells, names), default=0)
    places = [trimmed(visible(place, one_line=True), 20) for place in found["place"]]
    if any(places):
        label += 2 + max(map(cells, places))
        widest = max(map(cells, names))
        names = [f"{padded(name, widest)}  {place}" for name, place in zip(names, places, strict=True)]
    words = [visible(text, one_line=True) for text in found["keyword"]]
    widest = max(map(cells, words), default=0)
    for name, word, row in zip(names, words, found.to_dicts(), strict=True):
        turned = from_the_right(f"{row['left']}{row['keyword']}{row['right']}")
        side = max(10, (out.width - label - (widest if turned else cells(word)) - 4) // 2) if width is None else width
        before, keyword, after = _from_the_right(row, word, side, widest) if turned else _from_the_left(row, word, side)
        if out.color_system is None:  # several times as quick, and some words stand a hundred thousand times
            print(f"{padded(name, label)}  {before}{keyword}{after}", file=out.file)
            continue
        line = Text.assemble((padded(name, label), "dim"), "  ", before, (keyword, "bold"), after)
        out.print(line, no_wrap=True, overflow="ignore", crop=False)


def _from_the_left(row: Mapping[str, str], keyword: str, side: int) -> tuple[str, str, str]:
    """What stands before an occurrence, up to it, then the occurrence, then what stands behind it."""
    from reuse.display import cells, trimmed, visible, words_before

    left = words_before(visible(row["left"], one_line=True), side)
    right = trimmed(visible(row["right"], one_line=True), side)
    left += " " if row["left"].endswith(" ") else ""
    return " " * (side + 1 - cells(left)) + left, keyword, (" " if row["right"].startswith(" ") else "") + right


def _from_the_right(row: Mapping[str, str], keyword: str, side: int, widest: int) -> tuple[str, str, str]:
    """What stands behind an occurrence, at its left, then the occurrence, then what stands before it.

    Occurrences begin at one right edge; each of the three is between marks, so that who shows them turns them round
    one by one.

    Args:
        row: Of the concordance.
        keyword: The occurrence as it is shown.
        side: Cells of what is around it, on either side.
        widest: Cells of the widest occurrence.
    """
    from reuse.display import cells, trimmed, visible, words_before
    from reuse.report.direction import apart

    behind = trimmed(visible(row["right"], one_line=True), side)
    before = words_before(visible(row["left"], one_line=True), side)
    free = " " * (side + 1 + widest - cells(keyword) - cells(behind) - row["right"].startswith(" "))
    left = free + apart(behind) + (" " if row["right"].startswith(" ") else "")
    return left, apart(keyword), (" " if row["left"].endswith(" ") else "") + apart(before)
