"""`textreuse life`: when words or formulas were born, how often they were said, whether they were dropped."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reuse.run.table import Table

DESCRIPTION = """\
Show when QUERY was said: first and last, how often in each period, and whether it was born or dropped. That is said
only where so many documents stand before or after that its absence is no accident: had the dates been dealt at
random, it would be said of no more than one phrase in twenty. Alternatives count as one, and each has a row of its own
besides; `textreuse concordance --help` shows all that may stand in a query:

  textreuse life RUN state of the union is strong* OR state of our union is strong*

Without QUERY, the lives of the families of formulas, the most widespread and surprising first. PERIOD is day, month,
year, decade or century."""

SHOWN = {"text": "words", "first": "first", "last": "last", "documents": "df", "times": "tf", "verdict": "verdict"}
PERIODS = {"period": "period", "documents": "df", "times": "tf", "rate": "per 1,000", "bar": ""}
FAMILIES = 30
"""Families shown, unless the user says otherwise."""
BAR = 40
"""Cells of the longest bar."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    from reuse.cli.listing import add_output

    parser.add_argument("run_path", type=Path, metavar="RUN", help="folder of the run")
    parser.add_argument("words", nargs="*", metavar="QUERY", help="what to look for; OR between forms")
    parser.add_argument("--by", metavar="PERIOD", help="period to count by (default: what fits the dates)")
    add_output(parser)


def run(arguments: argparse.Namespace) -> None:
    """Print the lives; of words, period by period as well."""
    from reuse.analysis.lives import counted_in
    from reuse.cli.concordance import notes_on
    from reuse.cli.listing import show
    from reuse.queries.read import read_query
    from reuse.report.life import life_of_words, lives_of_families
    from reuse.run.run import Run
    from reuse.run.table import Table

    query = read_query(" ".join(arguments.words)) if arguments.words else None
    with Run.open(arguments.run_path) as opened:
        if query:
            table = life_of_words(opened, query.choices, arguments.by)
        else:
            limit = FAMILIES if arguments.limit is None and not arguments.out else arguments.limit
            table = lives_of_families(opened, arguments.by, limit)
        dated, period = counted_in(opened, arguments.by)
        every = opened.count("documents")
    for note in notes_on(query) if query else ():
        print(note, file=sys.stderr)
    if dated < every:
        print(f"counted in {dated:,} of {every:,} documents, those with a date that names a {period}", file=sys.stderr)
    if arguments.out:
        show(table, arguments)
        return
    rows = list(table.to_dicts())
    show(Table({name: [_summary(row)[name] for row in rows] for name in SHOWN}), arguments, SHOWN)
    if arguments.words and any(rows[0]["tf"]):
        print()
        show(_periods(rows[0]), argparse.Namespace(limit=None, out=None), PERIODS)


def _summary(row: Mapping[str, Any]) -> dict[str, Any]:
    said = []
    if row["born"]:
        said.append(f"born ({row['documents_before']:,} documents before)")
    if row["dropped"]:
        said.append(f"dropped ({row['documents_after']:,} documents after)")
    times = sum(row["tf"])
    return {
        "text": row["text"],
        "first": row["first"],
        "last": row["last"],
        "documents": sum(row["df"]),
        "times": times,
        "verdict": ", ".join(said) or ("" if times else "in no dated document"),
    }


def _periods(row: Mapping[str, Any]) -> Table:
    """One line a period from the first to the last of the corpus; a gap in the corpus has no rate."""
    from reuse.run.table import Table

    most = max(rate for rate in row["rates"] if rate is not None) or 1.0
    return Table(
        {
            "period": row["periods"],
            "documents": row["df"],
            "times": row["tf"],
            "rate": row["rates"],
            "bar": ["no text" if rate is None else "▇" * round(BAR * rate / most) for rate in row["rates"]],
        }
    )
