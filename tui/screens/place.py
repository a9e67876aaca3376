"""What every screen is: a place that one can come to, leave, and come back to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from textual.containers import Container

from tui.screens.registry import SCREENS

if TYPE_CHECKING:
    from tui.browser import Browser
    from tui.source import Source


class Place(Container):
    """One of the screens.

    Args:
        browser: The app.
        source: The run.
        identity: The id of the screen, which is that of the action that shows it.
    """

    def __init__(self, browser: Browser, source: Source, identity: str) -> None:
        super().__init__(id=identity)
        self.browser = browser
        self.source = source

    def hand_over(self, take: Callable[..., object], *values: object) -> None:
        """From a worker's thread: let the app's own take what was found, unless the screen has gone meanwhile."""

        def unless_gone() -> None:
            if self.is_running:
                take(*values)

        self.app.call_from_thread(unless_gone)

    def first_focus(self) -> None:
        """Put the focus where reading begins."""
        raise NotImplementedError

    def marked(self) -> None:
        """The reviewer's marks have changed: a screen that shows them draws them anew."""

    def state(self) -> dict[str, Any]:
        """What to remember for the next session, and for a step back."""
        raise NotImplementedError

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go back to a remembered state; what does not fit any more is left out."""
        raise NotImplementedError


def screen_class(name: str) -> type[Place]:
    """The class of a screen by its id, imported when it is first shown: the first paint waits for no other."""
    module = import_module(f"tui.screens.{name}_screen")
    return cast("type[Place]", getattr(module, SCREENS[name].name))
