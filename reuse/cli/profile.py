"""`textreuse profile`: how much of each document is recycled and fresh, how formulaic it is, whom it draws on."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from reuse.cli.listing import FIELD

if TYPE_CHECKING:
    from reuse.analysis.stored import Columns
    from reuse.run.table import Table

DESCRIPTION = f"""\
Show how much of each document or group is recycled (an earlier one has it), shared (others have it, and the dates do
not say which was first), repeated (the document has it before itself) and fresh (all else): four shares that add up.
Further, how much of it is formulas, and on whom it draws most: the document (of another group) that most of its words
were directly taken from, as far as the dates say so.

With DOC, one document in full: along its text, which part comes from whom. --sections lists every section with its
source, how near that is and how sure; with -o, to a file.

With --by, "of its own" is the part of what is recycled that an earlier document of the same group has, and the interval
says what share further such documents would have: documents are drawn again and again from the group. Of a single
document the share is counted, so it has none.

{FIELD}"""

SHOWN = {
    "name": "document or group",
    "words": "length",
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
SECTIONS = {
    "start": "from",
    "end": "to",
    "words": "length",
    "kind": "kind",
    "source": "taken from",
    "similarity": "alike",
    "confidence": "sure",
    "guessed": "date guessed",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    from reuse.cli.listing import add_output

    parser.add_argument("run_path", type=Path, metavar="RUN", help="folder of the run")
    parser.add_argument("document", nargs="?", metavar="DOC", help="one document: its id, or a part that only it has")
    parser.add_argument("--by", metavar="FIELD", help="field to group by (default: each document by itself)")
    parser.add_argument("--sections", action="store_true", help="list the sections of DOC: which comes from whom")
    add_output(parser)


def run(arguments: argparse.Namespace) -> None:
    """Print the profiles."""
    from reuse.analysis.profiles import profile_table
    from reuse.analysis.sections import map_table
    from reuse.cli.compare import document_named
    from reuse.cli.listing import show
    from reuse.errors import UsageError
    from reuse.run.run import Run
    from reuse.run.table import Table
    from reuse.shares import KINDS

    if arguments.document and arguments.by:
        raise UsageError("name one document or group them with --by, not both")
    if arguments.sections and not arguments.document:
        raise UsageError("--sections are those of one document: name it after the run")
    with Run.open(arguments.run_path) as opened:
        if arguments.sections:
            found = map_table(opened, document_named(opened, arguments.document))
            show(Table(found), arguments, SECTIONS, {"similarity", "confidence"})
            return
        table = Table(profile_table(opened, arguments.by))
        if arguments.document:
            row = table["name"].index(opened.document_ids[document_named(opened, arguments.document)])
            table = table[row : row + 1]
        if arguments.document and not arguments.out:
            _print_one(table, map_table(opened, opened.ordinal(table["name"][0])))
        else:
            of_groups = {"interval", "own"}
            shown = {name: heading for name, heading in SHOWN.items() if name not in of_groups or arguments.by}
            if not arguments.out:
                table = Table(table.to_dict() | {"interval": _intervals(table)})
            show(table, arguments, shown, SHARES, KINDS)


def _print_one(table: Table, sections: Columns) -> None:
    from rich.text import Text

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
    out.print()
    for line in _map(sections, out.width):
        out.print(Text(line), no_wrap=True, overflow="ignore", crop=False)
    for name, heading in (("characteristic", "most characteristic formulas"), ("borrowed", "most borrowed formulas")):
        if row[name]:
            out.print()
            out.print(heading, style="bold cyan")
            for text in row[name]:
                out.print(f"    {visible(text, one_line=True)}")


def _map(sections: Columns, width: int) -> list[str]:
    """Which part of a document comes from whom: its text as one line of signs, and what they mean."""
    from reuse.analysis.strip import SAID, SIGNS, strip
    from reuse.display import trimmed, visible

    found = strip(sections, width)
    lines = [found.signs]
    for one in found.legend:
        words = f"{one.sign}  {one.words:>7,} words {one.share:>4.0%}  sure {one.confidence:>4.0%}  "
        guessed = "  (by a guessed date)" if one.guessed else ""
        name = visible(one.source, one_line=True) or "other documents"
        lines.append(words + trimmed(name, max(width - len(words) - len(guessed), 12)) + guessed)
    lines += [f"{SIGNS[kind]}  {words:>7,} words  {SAID[kind]}" for kind, words in found.rest.items()]
    return lines


def _intervals(table: Table) -> list[str]:
    """Of each group the interval of what is recycled; none for a single document."""
    return [
        "" if low is None else f"{low:.0%}–{high:.0%}"
        for low, high in zip(table["recycled_low"], table["recycled_high"], strict=True)
    ]
