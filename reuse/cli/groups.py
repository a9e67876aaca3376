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
MARKS = {"z": "z", "df_a": "df a", "tf_a": "tf a", "df_b": "df b", "tf_b": "tf b", "text": "formula"}
CHANGES = {"count": "times", "pairs": "pairs", "about": "about", "before": "in a", "after": "in b"}
FORMULAS = 10
"""Formulas shown for either group, unless the user says otherwise."""
SHOWN_CHANGES = 15


def compare_all(run: Run, arguments: argparse.Namespace) -> None:
    """Print or write the matrix of all groups: who shares with whom."""
    from reuse.analysis.tables import matrix_table
    from reuse.cli.listing import show
    from reuse.run.table import Table

    show(Table(matrix_table(run, arguments.by)), arguments, MATRIX, {"share_a", "share_b"})


def compare_two(run: Run, arguments: argparse.Namespace) -> None:
    """Print what two groups share, what marks each against the other and what changes between them.

    With a file, write all their formulas with the figures of both instead.
    """
    from reuse.analysis.groups import groups_by
    from reuse.analysis.keyness_tables import pair_table
    from reuse.analysis.tables import change_table
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
        out.print()
        out.print(f"what changes from a to b, most often first ({len(changes):,} in all)", style="bold cyan")
        show(changes[:SHOWN_CHANGES], arguments, CHANGES)


def _heading(run: Run, out: Console, by: str, a: str, b: str) -> None:
    from reuse.analysis.groups import dates_of, groups_by
    from reuse.analysis.tables import matrix_table
    from reuse.display import visible

    table = matrix_table(run, by)
    between = sorted((a, b))
    row = next((row for row in range(len(table["a"])) if [table["a"][row], table["b"][row]] == between), None)
    groups, dates = groups_by(run, by), dates_of(run)
    for name, letter in ((a, "a"), (b, "b")):
        inside = (groups.of_document == groups.names.index(name)).nonzero()[0].tolist()
        known = sorted(date for number in inside if (date := dates[number]))
        words = sum(int(run.tokens.bounds[number + 1] - run.tokens.bounds[number]) for number in inside)
        side = "a" if name == between[0] else "b"
        share = 0.0 if row is None else table[f"share_{side}"][row]
        parts = [
            f"{letter}  {visible(name, one_line=True)}",
            f"{len(inside):,} {'document' if len(inside) == 1 else 'documents'}",
            f"{known[0]} to {known[-1]}" if known else "no dates",
            f"{words:,} words",
            f"{share:.0%} shared",
        ]
        out.print("  ".join(parts), style="bold")
    if row is None:
        out.print("No passage and no formula in common.")
    else:
        out.print(f"{table['matches'][row]:,} matches, {table['formulas'][row]:,} formulas in common")
