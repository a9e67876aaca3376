"""The six screens by name."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from tui.screens.place import Place

SCREENS = {
    "matches": "Matches",
    "formulas": "Formulas",
    "documents": "Documents",
    "matrix": "Matrix",
    "clusters": "Clusters",
    "compare": "Compare",
}
"""The class of each screen, by the name of the action that shows it; its module is called NAME_screen."""


def screen_class(name: str) -> type[Place]:
    """The class of a screen, imported when it is first shown: the first paint waits for no other."""
    return cast("type[Place]", getattr(import_module(f"tui.screens.{name}_screen"), SCREENS[name]))
