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
    from rich.progress import BarColumn, ProgressColumn, SpinnerColumn, Task, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Display
    from rich.progress import TimeRemainingColumn as Left
    from rich.text import Text

    from reuse.cli.terminal import console

    class Count(ProgressColumn):
        """How much is done, of how much if that is known."""

        def render(self, task: Task) -> Text:
            if not task.completed:
                return Text()
            return Text(f"{task.completed:,.0f}" + (f" of {task.total:,.0f}" if task.total else ""))

    class Time(ProgressColumn):
        """The time left if how much there is to do is known, else the time that went by."""

        left, elapsed = Left(compact=True), TimeElapsedColumn()

        def render(self, task: Task) -> Text:
            return Text.assemble(self.left.render(task), " left") if task.total else self.elapsed.render(task)

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        Count(),
        Time(),
    )
    with Display(*columns, console=console(sys.stderr), transient=True) as display:
        yield TerminalProgress(display)
