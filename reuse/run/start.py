"""From which folder the relative paths of a run go: that in which it was made, wherever a later command is given.

Recorded is how that folder is reached from the one that the run lies in, so that a collection may move together with
its run. Documents that are added from another folder are recorded as seen from there.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def as_recorded(run: Path, start: Path) -> str:
    """How a folder is reached from the one that a run lies in, with `/`."""
    whole = start.resolve()
    try:
        return Path(os.path.relpath(whole, run.resolve().parent)).as_posix()
    except ValueError:  # another drive
        return whole.as_posix()


def start_of(run: Path, meta: Mapping[str, Any]) -> Path:
    """The folder from which the relative paths of a run go.

    Args:
        run: Its folder.
        meta: What it says of its scan. Where none of its paths is found from there, as when the run alone was moved,
            they may be found from the current folder.
    """
    recorded, here = run.resolve().parent / meta.get("folder", Path.cwd()), Path.cwd()
    return next((start for start in (recorded, here) if _holds(start, meta)), recorded)


def _holds(start: Path, meta: Mapping[str, Any]) -> bool:
    return any(os.path.lexists(start / path) for path in meta.get("paths", ()))


def seen_from(start: Path, path: Path) -> Path:
    """A path, given in the current folder, as it is reached from another one; an absolute one stays."""
    if path.is_absolute() or start.resolve() == Path.cwd().resolve():
        return path
    return Path(os.path.relpath(path, start.resolve()))
