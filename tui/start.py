"""Opens what the user named, and runs the app on it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reuse.errors import UsageError
from reuse.run.run import Run
from tui.actions import ACTIONS, with_keys
from tui.app import Browser
from tui.keymap import keymap_path, read_keymap
from tui.state import read_state

AT = {"match": "matches", "cluster": "clusters", "formula": "formulas", "document": "documents"}
"""What a place may be, and the screen that shows it."""


def start(run: Run | str | Path | Sequence[str | Path], at: str | None = None) -> None:
    """See `tui.browse`."""
    actions = with_keys(read_keymap(keymap_path(), [action.id for action in ACTIONS]))
    if isinstance(run, Run):
        Browser(run, actions, _state(run, at)).run()
        return
    if isinstance(run, str | Path):
        with Run.open(run) as opened:
            Browser(opened, actions, _state(opened, at)).run()


def _state(run: Run, at: str | None) -> dict[str, object]:
    """Where the last session ended, or the place that was asked for."""
    state = dict(read_state(run.path))
    if at is None:
        return state
    kind, _, name = at.partition(":")
    if kind not in AT or not name:
        raise UsageError(f"{at!r} is no place; name one such as match:ab12cd, {', '.join(f'{one}:ID' for one in AT)}")
    found = next(run.query(f"SELECT id FROM {AT[kind]} WHERE substr(id, 1, ?) = ?", (len(name), name)), None)
    if found is None:
        raise UsageError(f"{run.path}: the run has no {kind} {name!r}; it may have gone with a new scan")
    screens = dict(state.get("screens", {}))
    screens[AT[kind]] = {"row": found[0]}
    return {**state, "screen": AT[kind], "screens": screens}
