"""Progress of a scan where a notebook runs it: one line under the cell, which says in the end how long it took."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from time import perf_counter

EVERY = 0.2
"""Seconds between two changes of the line."""


def in_notebook() -> bool:
    """Whether a notebook's kernel runs this program; IPython on a terminal is none."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return hasattr(shell, "kernel")


class NotebookProgress:
    """A line in a notebook that the engine changes: the stage, and how much of it is done."""

    def __init__(self) -> None:
        from IPython.display import HTML, display  # noqa: PLC0415 - there is one where a notebook is

        self._html = HTML
        self._start = self._shown = perf_counter()
        self._stage, self._done = "", 0
        self._total: int | None = None
        self._handle = display(HTML(""), display_id=True)

    def stage(self, name: str, total: int | None) -> None:
        """Begin a stage of `total` steps (None: how many is not known)."""
        self._stage, self._done, self._total = name, 0, total
        self._show()

    def advance(self, n: int) -> None:
        """Count n more steps of the stage as done."""
        self._done += n
        if perf_counter() - self._shown >= EVERY:
            self._show()

    def close(self, outcome: str) -> None:
        """Say how it ended, and when."""
        self._put(f"{outcome} after {perf_counter() - self._start:.1f} s")

    def _show(self) -> None:
        done = f" {self._done:,}" + (f" of {self._total:,}" if self._total else "") if self._done else ""
        self._put(f"{self._stage}{done} …")

    def _put(self, line: str) -> None:
        self._shown = perf_counter()
        self._handle.update(self._html(f"<small>{escape(line)}</small>"))


@contextmanager
def notebook_progress() -> Iterator[NotebookProgress | None]:
    """A line of progress while the block runs, or None where this is no notebook."""
    if not in_notebook():
        yield None
        return
    line = NotebookProgress()
    try:
        yield line
    except BaseException:
        line.close("stopped")
        raise
    line.close("done")
