"""Where a session ended, kept for the next one: outside the run, which is read only."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from platformdirs import user_state_path

from tui.keymap import APP

VERSION = 1


def state_path(run: Path) -> Path:
    """The file that belongs to a run, by the run's place."""
    name = hashlib.sha256(os.fsencode(run.resolve())).hexdigest()[:24]
    return user_state_path(APP) / "sessions" / f"{name}.json"


def read_state(run: Path) -> dict[str, Any]:
    """What was kept; nothing if there is none or it cannot be read."""
    try:
        state = json.loads(state_path(run).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return state if isinstance(state, dict) and state.get("version") == VERSION else {}


def write_state(run: Path, state: Mapping[str, Any]) -> None:
    """Keep a state. Where nothing can be written the next session begins at the beginning, and that is all."""
    path = state_path(run)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(f".{os.getpid()}")
        partial.write_text(json.dumps({**state, "version": VERSION}, ensure_ascii=True), "utf-8")
        partial.replace(path)
