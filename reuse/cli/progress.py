"""Progress on a terminal: the stage, how far it is, the time left. Nothing at all when stderr is not a terminal."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.progress import Progress, TaskID


class TerminalProgress:
    """One line on stderr that the engine moves; it is gone when the work is done."""

    def __init__(self, display: Progress) -> None:
        self._display = display
        self._task: TaskID | None = None

    def stage(self, name: str, total: int | None) -> None:
        """Begin a stage of `total` steps (None: how many is not known)."""
        if self._task is not None:
            self._display.remove_task(self._task)
        self._task = self._display.add_task(name, total=total)

    def advance(self, n: int) -> None:
        """Count n more steps of the stage as done."""
        if self._task is not None:
            self._display.advance(self._task, n)


@contextmanager
def terminal_progress() -> Iterator[TerminalProgress | None]:
    """A progress line while the block runs, or None where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Display

    from reuse.cli.terminal import console

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeRemainingColumn(compact=True),
    )
    with Display(*columns, console=console(sys.stderr), transient=True) as display:
        yield TerminalProgress(display)
