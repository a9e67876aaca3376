"""What `textreuse compare --by FIELD` prints: all groups with one another, or two of them side by side."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from reuse.run.run import Run

MATRIX = {
    "a": "a",
    "b": "b",
    "matches": "matches",
    "words_a": "words of a",
    "words_b": "words of b",
    "share_a": "share of a",
    "share_b": "share of b",
    "formulas": "formulas",
}
MARKS = {"z": "z", "q": "q", "df_a": "df a", "tf_a": "tf a", "df_b": "df b", "tf_b": "tf b", "text": "formula"}
CHANGES = {"count": "times", "pairs": "pairs", "about": "about", "before": "in a", "after": "in b"}
FORMULAS = 10
"""Formulas shown for either group, unless the user says otherwise."""
SHOWN_CHANGES = 15


def compare_all(run: Run, arguments: argparse.Namespace) -> None:
    """Print or write the matrix of all groups: who shares with whom."""
    from reuse.analysis.matrix import matrix_table
    from reuse.cli.listing import show
    from reuse.run.table import Table

    show(Table(matrix_table(run, arguments.by)), arguments, MATRIX, {"share_a", "share_b"})


def compare_two(run: Run, arguments: argparse.Namespace) -> None:
    """Print what two groups share, what marks each against the other and what changes between them.

    With a file, write all their formulas with the figures of both instead.
    """
    from reuse.analysis.changes import change_table, matches_between
    from reuse.analysis.contrast import pair_table
    from reuse.analysis.edits import MOST_EDITED
    from reuse.analysis.groups import groups_by
    from reuse.cli.listing import show
    from reuse.cli.terminal import console
    from reuse.run.table import Table

    groups = groups_by(run, arguments.by)
    a, b = (groups.names[groups.number(name, arguments.by)] for name in (arguments.a, arguments.b))
    if arguments.out:
        show(Table(pair_table(run, arguments.by, a, b)), arguments)
        return
    out = console(wide=True)
    _heading(run, out, arguments.by, a, b)
    marks = Table(pair_table(run, arguments.by, a, b, limit=arguments.limit or FORMULAS))
    arguments.limit = None
    if len(marks):
        out.print()
        out.print("formulas that mark a (z above 0) and b (below 0)", style="bold cyan")
        show(marks, arguments, MARKS)
    changes = Table(change_table(run, by=arguments.by, between=(a, b)))
    if len(changes):
        among = len(matches_between(run, groups, groups.names.index(a), groups.names.index(b)))
        cut = f", in the {MOST_EDITED:,} matches of most bits of {among:,}" if among > MOST_EDITED else ""
        shown = f"{min(SHOWN_CHANGES, len(changes)):,} of {len(changes):,}{cut}"
        out.print()
        out.print(f"what changes from a to b, most often first ({shown})", style="bold cyan")
        show(changes[:SHOWN_CHANGES], arguments, CHANGES)


def _heading(run: Run, out: Console, by: str, a: str, b: str) -> None:
    from reuse.analysis.contrast import side_facts
    from reuse.display import visible

    sides, matches, formulas = side_facts(run, by, a, b)
    for letter, side in zip("ab", sides, strict=True):
        parts = [
            f"{letter}  {visible(side.name, one_line=True)}",
            f"{side.documents:,} {'document' if side.documents == 1 else 'documents'}",
            f"{side.first_date} to {side.last_date}" if side.first_date else "no dates",
            f"{side.words:,} words",
            f"{side.share:.0%} shared",
        ]
        out.print("  ".join(parts), style="bold")
    if matches or formulas:
        out.print(f"{matches:,} matches, {formulas:,} formulas in common")
    else:
        out.print("No passage and no formula in common.")
