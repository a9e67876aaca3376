"""The user's own keys, read from `keys.toml` in the program's config folder.

accept = "y"
next_item = ["]", "ctrl+n"]
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_config_path
from textual.keys import _character_to_key, format_key

from reuse.errors import UsageError

APP = "textreuse"


@dataclass(frozen=True, slots=True)
class Keymap:
    """Keys that the user chose, by the action's id; an action without an entry keeps its own."""

    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def keymap_path() -> Path:
    """Where the user's keys are looked for."""
    return user_config_path(APP) / "keys.toml"


def read_keymap(path: Path, action_ids: Collection[str]) -> Keymap:
    """The user's keys; an empty map where there is no file.

    Raises:
        UsageError: The file cannot be read, names an unknown action, or gives one key to two actions.
    """
    try:
        entries = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return Keymap()
    except (OSError, UnicodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f'{path}: the keys cannot be read ({error}); a line looks like: accept = "y"') from error
    found: dict[str, tuple[str, ...]] = {}
    owners: dict[str, str] = {}
    for action, value in entries.items():
        if action not in action_ids:
            raise UsageError(f"{path}: there is no action {action!r}; the actions are {', '.join(action_ids)}")
        keys = [value] if isinstance(value, str) else value
        if not isinstance(keys, list) or not all(isinstance(key, str) and key.strip() for key in keys):
            raise UsageError(f'{path}: {action} needs a key or a list of keys, such as "y" or ["y", "ctrl+y"]')
        found[action] = tuple(_normal(key) for key in keys)
        for key in found[action]:
            if owners.setdefault(key, action) != action:
                raise UsageError(f"{path}: {format_key(key)} is given to {owners[key]} and to {action}; keep one")
    return Keymap(found)


def _normal(key: str) -> str:
    """A key as Textual names it: a sign stands for its name."""
    return _character_to_key(key) if len(key) == 1 else key.strip().lower()
