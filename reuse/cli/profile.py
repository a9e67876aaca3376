"""`textreuse profile`: how much of each document is recycled and fresh, how formulaic it is, whom it draws on."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from reuse.cli.listing import FIELD

if TYPE_CHECKING:
    from reuse.run.table import Table

DESCRIPTION = f"""\
Show how much of each document or group is recycled (an earlier one has it), shared (others have it, and the dates do
not say which was first), repeated (the document has it before itself) and fresh (all else): four shares that add up.
Further, how much of it is formulas, and on whom it draws most: the earlier document (of another group) that
has most words in matches with it, of several with as many the latest. With DOC, one document in full.

With --by, "of its own" is the part of what is recycled that an earlier document of the same group has, and the interval
says what share further such documents would have: documents are drawn again and again from the group. Of a single
document the share is counted, so it has none.

{FIELD}"""

SHOWN = {
    "name": "document or group",
    "words": "words",
    "recycled": "recycled",
    "interval": "95 % interval",
    "own": "of its own",
    "shared": "shared",
    "repeated": "repeated",
    "fresh": "fresh",
    "formulaic": "formulaic",
    "source": "draws most on",
}
SHARES = {"own", "formulaic"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    from reuse.cli.listing import add_output

    parser.add_argument("run_path", type=Path, metavar="RUN", help="folder of the run")
    parser.add_argument("document", nargs="?", metavar="DOC", help="one document: its id, or a part that only it has")
    parser.add_argument("--by", metavar="FIELD", help="field to group by (default: each document by itself)")
    add_output(parser)


def run(arguments: argparse.Namespace) -> None:
    """Print the profiles."""
    from reuse.analysis.profiles import profile_table
    from reuse.cli.compare import document_named
    from reuse.cli.listing import show
    from reuse.errors import UsageError
    from reuse.run.run import Run
    from reuse.run.table import Table
    from reuse.shares import KINDS

    if arguments.document and arguments.by:
        raise UsageError("name one document or group them with --by, not both")
    with Run.open(arguments.run_path) as opened:
        table = Table(profile_table(opened, arguments.by))
        if arguments.document:
            row = table["name"].index(opened.document_ids[document_named(opened, arguments.document)])
            table = table[row : row + 1]
        if arguments.document and not arguments.out:
            _print_one(table)
        else:
            of_groups = {"interval", "own"}
            shown = {name: heading for name, heading in SHOWN.items() if name not in of_groups or arguments.by}
            if not arguments.out:
                table = Table(table.to_dict() | {"interval": _intervals(table)})
            show(table, arguments, shown, SHARES, KINDS)


def _print_one(table: Table) -> None:
    from reuse.cli.terminal import console
    from reuse.display import visible
    from reuse.shares import KINDS, in_words

    (row,) = table.to_dicts()
    out = console()

    out.print(visible(row["name"], one_line=True), style="bold")
    out.print(f"{row['words']:,} words, {row['formulas']:,} formulas, which make up {row['formulaic']:.0%} of it")
    out.print(f"of the words {in_words([row[kind] for kind in KINDS])}")
    if row["source"]:
        out.print(f"draws most on {visible(row['source'], one_line=True)} ({row['source_words']:,} words)")
    for name, heading in (("characteristic", "most characteristic formulas"), ("borrowed", "most borrowed formulas")):
        if row[name]:
            out.print()
            out.print(heading, style="bold cyan")
            for text in row[name]:
                out.print(f"    {visible(text, one_line=True)}")


def _intervals(table: Table) -> list[str]:
    """Of each group the interval of what is recycled; none for a single document."""
    return [
        "" if low is None else f"{low:.0%}–{high:.0%}"
        for low, high in zip(table["recycled_low"], table["recycled_high"], strict=True)
    ]
