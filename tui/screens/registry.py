"""The list of the screens: a further one is a module of this folder and one line here.

The line gives the screen its key, its tab, its place in help and palette, and the action that shows it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Declared:
    """One screen, as the app knows it before it is shown.

    Attributes:
        name: Its class; the action that shows it and its id are called so in small letters, its module NAME_screen.
        key: The key that shows it.
        help: What it shows.
    """

    name: str
    key: str
    help: str

    @property
    def id(self) -> str:
        """Id of the screen and of the action that shows it."""
        return self.name.lower()


DECLARED = (
    Declared("Overview", "0", "who repeats whom, and what else to read first"),
    Declared("Matches", "1", "pairs of passages that share their words"),
    Declared("Formulas", "2", "set phrases, each in its contexts"),
    Declared("Documents", "3", "whole texts, what is reused in them shaded"),
    Declared("Matrix", "4", "which document shares how much with which"),
    Declared("Clusters", "5", "all witnesses of one passage, line under line"),
    Declared("Compare", "6", "what marks one document or group against another"),
    Declared("Query", "7", "a text that you paste or open, and what it draws on"),
)
"""In the order of the tabs."""

SCREENS = {screen.id: screen for screen in DECLARED}
