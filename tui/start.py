"""Opens what the user named, and runs the app on it."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reuse.errors import Stopped, UsageError
from reuse.run.folder import is_run
from reuse.run.run import Run
from tui.actions import ACTIONS, Action, with_keys
from tui.app import BrowserApp
from tui.keymap import keymap_path, read_keymap
from tui.state import read_state

AT = {"match": "matches", "cluster": "clusters", "formula": "formulas", "document": "documents"}
"""What a place may be, and the screen that shows it."""

FIRST_VISIT: dict[str, Any] = {"screen": "overview"}
"""Where a run is opened that was not read before."""


def start(run: Run | str | Path | Sequence[str | Path], at: str | None = None) -> None:
    """See `tui.browse`."""
    actions = with_keys(read_keymap(keymap_path(), [action.id for action in ACTIONS]))
    if isinstance(run, Run):
        following = _read(run, actions, at)
    else:
        path = _run_of(run, actions)
        if path is None:
            return
        with Run.open(path) as opened:
            following = _read(opened, actions, at)
    while following is not None:
        with following as opened:
            following = _read(opened, actions)


def _run_of(run: str | Path | Sequence[str | Path], actions: tuple[Action, ...]) -> Path | None:
    """The run that is meant, scanned first if need be; None if the user left meanwhile."""
    paths = [Path(run)] if isinstance(run, str | Path) else [Path(path) for path in run]
    if len(paths) > 1 or (paths[0].exists() and not is_run(paths[0])):
        from tui.scanning import scanned  # noqa: PLC0415 - brings the whole engine

        gc.enable()  # a scan may take long
        return scanned(paths, actions)
    return paths[0]


def _read(run: Run, actions: tuple[Action, ...], at: str | None = None) -> Run | None:
    """Read a run; returns one to read in its place.

    Raises:
        Stopped: A signal asked the program to end, which it did.
    """
    app = BrowserApp(run, actions, _state(run, at))
    following = app.run()
    if app.stopped is not None:
        raise Stopped(app.stopped)
    return following


def _state(run: Run, at: str | None) -> dict[str, Any]:
    """Where the last session ended, or the place that was asked for."""
    state = read_state(run.path) or FIRST_VISIT
    if at is None:
        return state
    kind, _, name = at.partition(":")
    if kind not in AT or not name:
        raise UsageError(f"{at!r} is no place; name one such as match:ab12cd ({', '.join(f'{one}:ID' for one in AT)})")
    found = next(run.sql(f"SELECT id FROM {AT[kind]} WHERE substr(id, 1, ?) = ?", (len(name), name)), None)
    if found is None:
        raise UsageError(f"{run.path}: the run has no {kind} {name!r}; it may have gone with a new scan")
    screens = dict(state.get("screens", {}))
    screens[AT[kind]] = {"row": found[0]}
    return {**state, "screen": AT[kind], "screens": screens}
