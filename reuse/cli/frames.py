"""`textreuse frames`: formulas with slots, and what fills the slots."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reuse.run.table import Table

DESCRIPTION = """\
Show formulas with slots (p-frames), most widespread and surprising first, and under each what fills its slots: the
fillers with how often they do. With WORDS, only frames that have these words in line.

df: documents that have the frame; tf: its occurrences; bits: how surprising its fixed words are.

--all counts every p-frame of 4 to 8 words with one slot inside, chance ones too, the most widespread first: fillers are
the different words in its slot, var their number in relation to its occurrences, H their entropy in bits."""

FRAMES = 30
"""Frames shown on the terminal, unless the user says otherwise."""
SHOWN = {
    "df": "df",
    "tf": "tf",
    "fillers": "fillers",
    "variability": "var",
    "entropy": "H",
    "pattern": "frame",
    "slot": "slot",
}
"""Columns of p-frames on the terminal."""
FILLERS = 8
"""Fillers shown for each slot."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    from reuse.cli.listing import add_output

    parser.add_argument("run_path", type=Path, metavar="RUN", help="folder of the run")
    parser.add_argument("words", nargs="*", metavar="WORDS", help="words that the frame has")
    parser.add_argument("--all", action="store_true", help="every p-frame of 4 to 8 words, chance ones too")
    parser.add_argument(
        "--min-fillers", type=int, default=2, metavar="N", help="with --all: fewest different fillers (default: 2)"
    )
    add_output(parser)


def run(arguments: argparse.Namespace) -> None:
    """Print the frames."""
    from reuse.analysis.frames import frame_table
    from reuse.api import Run
    from reuse.cli.listing import show
    from reuse.run.table import Table

    with Run.open(arguments.run_path) as opened:
        table = opened.pframes(arguments.min_fillers) if arguments.all else Table(frame_table(opened))
    words = f" {' '.join(arguments.words).casefold()} " if arguments.words else ""
    rows = [row for row, pattern in enumerate(table["pattern"]) if words in f" {pattern.casefold()} "]
    table = Table({name: [values[row] for row in rows] for name, values in table.to_dict().items()})
    if arguments.all and not arguments.out:
        arguments.limit = FRAMES if arguments.limit is None else arguments.limit
        told = {**table.to_dict(), "slot": [_told(slot) for slot in table["slot"]]}
        show(Table(told), arguments, SHOWN)
    elif arguments.out:
        show(table, arguments)
    else:
        _print(table, FRAMES if arguments.limit is None else arguments.limit)


def _told(slot: str) -> str:
    """The commonest fillers of a p-frame: `thunderous (2), stormy (2)`."""
    return ", ".join(f"{text} ({times:,})" for text, times in json.loads(slot)[:FILLERS])


def _print(table: Table, most: int) -> None:
    from rich.text import Text

    from reuse.cli.terminal import console
    from reuse.display import visible, wrapped

    out = console()
    out.print(Text(f"{'df':>6}{'tf':>7}{'bits':>6}  frame", style="dim"))
    for number, row in enumerate(table.to_dicts()):
        if number == most:
            break
        figures = f"{row['df']:>6,}{row['tf']:>7,}{row['bits']:>6,.0f}  "
        for line in wrapped(visible(row["pattern"], one_line=True), out.width - len(figures)):
            out.print(Text.assemble(figures, (line, "bold")))
            figures = " " * len(figures)
        for slot, distinct in zip(json.loads(row["slots"]), row["distinct"], strict=True):
            for line in wrapped(visible(_fillers(slot, distinct), one_line=True), out.width - len(figures) - 2):
                out.print(Text(f"{figures}  {line}", style="dim"))
    print(f"{min(most, len(table)):,} of {len(table):,} frames", file=sys.stderr)


def _fillers(slot: list[list[Any]], distinct: int) -> str:
    """The fillers of a slot: `thunderous (2), stormy (2)`."""
    told = [f"{text or 'nothing'} ({times:,})" for text, times, _ in slot[:FILLERS]]
    left = distinct - len(told)
    return ", ".join(told) + (f" and {left:,} more" if left > 0 else "")
