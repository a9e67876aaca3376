"""Work on a run that takes long: in a thread for a small run, in a process of its own for a large one.

A process keeps the screen quick (no thread of it shares the interpreter with the drawing) and gives its memory back.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from reuse.errors import RunError
from reuse.run.run import Run
from tui.child import Child, Tell

Result = TypeVar("Result")

SMALL = 500_000
"""Words of a run up to which a process would take longer to start than the work takes."""


class Computing:
    """Runs functions of a run. Called from threads: it waits until the work is done.

    Args:
        run: The run, opened for threads.
        words: Words of its documents.
    """

    def __init__(self, run: Run, words: int) -> None:
        self._run = run
        self._small = words <= SMALL
        self._children: set[Child] = set()

    def __call__(self, function: Callable[..., Result], *arguments: object) -> Result:
        """The function's result; it takes the run first and is found by its name in another process.

        Raises:
            TextReuseError: What the function raised, or the process died.
        """
        if self._small or self._run.replaced:
            return function(self._run, *arguments)
        child = Child(on_run, self._run.path.resolve(), function, arguments)
        self._children.add(child)
        try:
            last = next(iter(child.messages()), None)
        finally:
            self._children.discard(child)
        if last is None:
            raise RunError(f"{self._run.path}: the work ended without a word; is memory short?")
        if last.kind == "failed":
            raise last.value
        result: Result = last.value
        return result

    def stop(self) -> None:
        """End what is still at work."""
        for child in list(self._children):
            child.kill()


def on_run(_: Tell, path: Path, function: Callable[..., Any], arguments: tuple[Any, ...]) -> object:
    """Call a function with a run that is opened for it."""
    with Run.open(path) as run:
        return function(run, *arguments)
