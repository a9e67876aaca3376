"""Opens what the user named, and runs the app on it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reuse.errors import UsageError
from reuse.run.folder import is_run
from reuse.run.run import Run
from tui.actions import ACTIONS, with_keys
from tui.app import BrowserApp
from tui.keymap import keymap_path, read_keymap
from tui.state import read_state

AT = {"match": "matches", "cluster": "clusters", "formula": "formulas", "document": "documents"}
"""What a place may be, and the screen that shows it."""


def start(run: Run | str | Path | Sequence[str | Path], at: str | None = None) -> None:
    """See `tui.browse`."""
    actions = with_keys(read_keymap(keymap_path(), [action.id for action in ACTIONS]))
    if isinstance(run, Run):
        if BrowserApp(run, actions, _state(run, at)).run():
            start(run.path)
        return
    paths = [Path(run)] if isinstance(run, str | Path) else [Path(path) for path in run]
    path: Path | None = paths[0]
    if len(paths) > 1 or (paths[0].exists() and not is_run(paths[0])):
        from tui.scanning import scanned  # noqa: PLC0415 - brings the whole engine

        path = scanned(paths, actions)
    again = path is not None
    while path is not None and again:
        with Run.open(path) as opened:
            again = bool(BrowserApp(opened, actions, _state(opened, at)).run())
        at = None


def _state(run: Run, at: str | None) -> dict[str, Any]:
    """Where the last session ended, or the place that was asked for."""
    state = read_state(run.path)
    if at is None:
        return state
    kind, _, name = at.partition(":")
    if kind not in AT or not name:
        raise UsageError(f"{at!r} is no place; name one such as match:ab12cd ({', '.join(f'{one}:ID' for one in AT)})")
    found = next(run.query(f"SELECT id FROM {AT[kind]} WHERE substr(id, 1, ?) = ?", (len(name), name)), None)
    if found is None:
        raise UsageError(f"{run.path}: the run has no {kind} {name!r}; it may have gone with a new scan")
    screens = dict(state.get("screens", {}))
    screens[AT[kind]] = {"row": found[0]}
    return {**state, "screen": AT[kind], "screens": screens}
