"""The terminal user interface: it reads runs and is never imported by the engine.

import tui

tui.browse("reports.reuse")
"""

from __future__ import annotations

import gc
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reuse.run.run import Run

__all__ = ["browse"]


def browse(run: Run | str | Path | Sequence[str | Path], *, at: str | None = None) -> None:
    """Open the terminal UI and return when the user quits it.

    Args:
        run: A run, the folder of one, or folders and files of documents, which are scanned first in a process of
            their own (into ./NAME.reuse, as `textreuse scan` does).
        at: Where to open: `match:ID`, `cluster:ID`, `formula:ID` or `document:ID`; None: where the last session
            ended.

    Raises:
        RunError: The run is broken or of another version.
        UsageError: There is nothing at the path, or nothing that `at` names.
    """
    from tui.escape import set_delay  # noqa: PLC0415 - as what follows

    set_delay()
    collecting = gc.isenabled()
    gc.disable()  # what is imported and built up to the first paint stays; the app lets garbage be collected then
    try:
        from tui.start import start  # noqa: PLC0415 - textual is imported when the app starts, not before

        start(run, at)
    finally:
        gc.unfreeze()
        if collecting:
            gc.enable()
