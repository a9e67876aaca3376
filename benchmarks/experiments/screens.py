"""Whether large runs are shown as quickly as small ones: the terminal's first paint, its keys, its screens, the report.

A run of made-up documents is written without a scan. Every key of the registry is pressed on every screen, in the real
command on a pseudo-terminal; the report is opened in headless Chromium.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.errors import BenchmarkError
from benchmarks.process import run
from benchmarks.results import Record
from tui.actions import KEY_NAMES

if TYPE_CHECKING:
    from benchmarks.ui import Terminal, Wait

LEFT_OUT = frozenset({"quit", "reload", "export", "theme", "palette"})
"""Actions that end the session, write files, or draw every screen anew."""
TIMES = {"j": 6, "k": 6, "n": 3, "N": 3, "\x04": 3, "\x15": 3}
"""Keys that are pressed more than once in a row."""
SENT = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "pagedown": "\x1b[6~",
    "pageup": "\x1b[5~",
    "ctrl+d": "\x04",
    "ctrl+u": "\x15",
    "f1": "\x1bOP",
    **{name: sign for name, sign in KEY_NAMES.items() if len(sign) == 1 and sign.isascii()},
}
"""What a terminal sends for keys that have a name."""
QUIET = 0.25
"""Seconds without output after which a screen counts as whole."""


def screens_records(sizes: Sequence[int], opened: Sequence[int], documents: int) -> Iterator[Record]:
    """For runs of so many matches a session in the terminal, for runs of so many the opening of the report.

    Raises:
        BenchmarkError: The tests' maker of runs, a pseudo-terminal or Chromium is missing.
    """
    try:
        from benchmarks import ui  # noqa: PLC0415 - only systems with pseudo-terminals have what it needs
        from tests.synthetic import synthetic_run  # noqa: PLC0415 - a clone has it, an installed package need not
    except ImportError as error:
        raise BenchmarkError(
            f"screens cannot be measured here, a clone on Linux or macOS is needed: {error}"
        ) from error
    with tempfile.TemporaryDirectory() as temporary:
        for matches in sorted({*sizes, *opened}):
            size = {"matches": matches, "documents": documents}
            stored = synthetic_run(Path(temporary) / f"{matches}.reuse", documents=documents, matches=matches)
            if matches in sizes:
                with tempfile.TemporaryDirectory() as state:
                    yield Record("screens", size, _session(ui.browse(stored, Path(state))))
            if matches in opened:
                yield Record("opened", size, _opened(stored, Path(temporary)))


def _session(terminal: Terminal) -> dict[str, Any]:
    """Every key of every screen: seconds until it is answered, and until the screen is whole."""
    from benchmarks.ui import FIRST_PAINT  # noqa: PLC0415 - only systems with pseudo-terminals have what it needs
    from tui.actions import ACTIONS  # noqa: PLC0415 - takes Textual along
    from tui.screens.registry import DECLARED, SCREENS  # noqa: PLC0415

    first_paint = terminal.until(FIRST_PAINT)
    terminal.settle(QUIET)
    keys: dict[str, list[Wait]] = {}
    changes: dict[str, list[Wait]] = {}
    for screen in DECLARED:
        for action in ACTIONS:
            if action.id in LEFT_OUT or action.id in SCREENS:
                continue
            _note(changes, screen.id, terminal.press(screen.key, QUIET))
            sent = SENT.get(action.keys[0], action.keys[0])
            for _ in range(TIMES.get(sent, 1)):
                _note(keys, f"{screen.id}: {action.id}", terminal.press(sent, QUIET))
            _note(keys, f"{screen.id}: close", terminal.press(SENT["escape"], QUIET))
    values = {
        "first_paint_seconds": first_paint,
        "keys": {name: _waited(waits) for name, waits in keys.items()},
        "changes": {name: _waited(waits) for name, waits in changes.items()},
        "peak_bytes": terminal.megabytes() * 2**20,
    }
    terminal.leave()
    return values


def _note(waits: dict[str, list[Wait]], name: str, wait: Wait | None) -> None:
    if wait is not None:
        waits.setdefault(name, []).append(wait)


def _waited(waits: Sequence[Wait]) -> dict[str, float]:
    first, whole = [wait.first for wait in waits], [wait.whole for wait in waits]
    busy = statistics.median(wait.busy for wait in waits)
    return {"first": statistics.median(first), "whole": statistics.median(whole), "worst": max(whole), "busy": busy}


def _opened(stored: Path, folder: Path) -> dict[str, Any]:
    """The HTML report of a run: its size, and the seconds in which each page of it can be used."""
    from tests.report.browser import browsing, chromium  # noqa: PLC0415 - a clone has it

    if chromium() is None:
        raise BenchmarkError("there is no Chromium to open the report in: install chromium")
    report = folder / "report.html"
    cost = run([sys.executable, "-m", "reuse", "report", stored, "-o", report])
    opened = []
    with tempfile.TemporaryDirectory() as profile, browsing(Path(profile)) as browser, browser.tab() as page:
        for _ in range(3):
            page.open(report)
            opened.append(float(page.run("performance.now()")) / 1000)
    return {
        "wall_seconds": cost.wall,
        "bytes": report.stat().st_size,
        "opened_seconds": statistics.median(opened),
    }
