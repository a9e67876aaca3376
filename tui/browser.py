"""What screens, bars and panes may ask of the app that they are in.

The app (`tui.app`) puts them together and hands itself to each; they know it only as this.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from tui.actions import Action
    from tui.dialogs import Choice


class Browser(Protocol):
    """The app as its parts see it.

    Attributes:
        actions: The registry, with the user's keys.
    """

    actions: tuple[Action, ...]

    def action_act(self, action_id: str) -> None:
        """Let the focused widget, or the nearest around it that can, carry out an action."""

    def guarded(self, call: Callable[[], object]) -> None:
        """Call; what goes wrong is said, and the app goes on."""

    def say(self, message: str) -> None:
        """Tell the user something in passing."""

    def complain(self, error: Exception) -> None:
        """Say what went wrong and what to do."""

    def copy(self, text: str) -> None:
        """Put a text on the clipboard."""

    def choose(self, title: str, choices: Sequence[Choice], then: Callable[[str], object], hint: str = "") -> None:
        """Let the user choose, and go on with the choice."""

    def ask(self, title: str, value: str, then: Callable[[str], object], hint: str = "") -> None:
        """Let the user write a line that begins as `value`, and go on with it; nothing happens if the user gives up."""

    async def open(self, name: str, **state: object) -> None:
        """Show a screen at some place; a step back leads here again, and gives the screen its own state back."""

    def go_to(self, name: str, **state: object) -> None:
        """`open`, from where nothing can be awaited."""

    def go_back(self) -> None:
        """One step back, if there is one."""

    def lent(self, name: str) -> str | None:
        """The filter that the latest step has lent to a screen, which goes with a step back; None if there is none."""
