"""Draws the picture of the README: what `textreuse scan seeds` prints. `make pictures`."""

from __future__ import annotations

import contextlib
import io
import re
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme

import reuse
from reuse.cli.summary import print_summary

HERE = Path(__file__).resolve().parent
WIDTH = 84
"""Cells."""
PAPER = TerminalTheme(
    (252, 251, 248),
    (40, 42, 48),
    [
        (40, 42, 48),
        (176, 48, 40),
        (34, 118, 64),
        (150, 104, 10),
        (40, 90, 160),
        (130, 60, 140),
        (20, 110, 125),
        (90, 90, 90),
    ],
    [
        (110, 110, 110),
        (176, 48, 40),
        (34, 118, 64),
        (150, 104, 10),
        (40, 90, 160),
        (130, 60, 140),
        (20, 110, 125),
        (20, 20, 20),
    ],
)


def summary_picture() -> str:
    """The summary of the seeds as SVG; it fetches no font."""
    out = Console(
        record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor", highlight=False
    )
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        Path("seeds").symlink_to(HERE.parent / "seeds")  # so that the paths shown are short
        with reuse.scan("seeds") as run:
            out.print("$ textreuse scan seeds", style="bold")
            print_summary(run, out)
    drawn = out.export_svg(title="textreuse", theme=PAPER, unique_id="summary")
    return re.sub(r"@font-face\s*\{[^}]*\}\s*", "", drawn)


if __name__ == "__main__":
    (HERE / "summary.svg").write_text(summary_picture(), "utf-8")
    sys.stderr.write("docs/summary.svg\n")
