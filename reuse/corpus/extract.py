"""A text put together from what a layout says: paragraphs, lines, and where its pages and lines begin."""

from __future__ import annotations

import re

_BLANKS = re.compile(r"[ \t\r\n\f\v]+")


class Extract:
    """Collects the text of one report.

    Blanks within a line are one; lines and paragraphs are broken where the layout says so, never at its beginning.

    Attributes:
        places: Where a page, a line or an element begins: offset in the text (code points) and what it is called.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._size = 0
        self._breaks = 0  # line ends that are due before the next word
        self._blank = False  # whether a blank is
        self._named: list[str] = []  # places that begin with the next word
        self.places: list[tuple[int, str]] = []

    def add(self, text: str, *, verbatim: bool = False) -> None:
        """More of the line; `verbatim` keeps its line ends."""
        text = text if verbatim else _BLANKS.sub(" ", text)
        bare = text.strip(" ")
        if not bare:
            self._blank = self._blank or bool(text)
            return
        if self._size and self._breaks:
            self._put("\n" * self._breaks)
        elif self._size and (self._blank or text[0] == " "):
            self._put(" ")
        self._breaks, self._blank = 0, text[-1] == " "
        self.places += [(self._size, name) for name in self._named]
        self._named = []
        self._put(bare)

    def line(self) -> None:
        """What follows stands on a line of its own."""
        self._breaks = max(self._breaks, 1)
        self._blank = False

    def paragraph(self) -> None:
        """What follows is a paragraph of its own."""
        self._breaks = 2
        self._blank = False

    def place(self, name: str) -> None:
        """What follows is on that page or line, or in that element; a later name of the same kind replaces it."""
        kind = name.split(" ", 1)[0]
        self._named = [one for one in self._named if one.split(" ", 1)[0] != kind]
        self._named.append(name)

    def text(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._size += len(text)
