"""A text put together from what a layout says: paragraphs, lines, and where its pages and lines begin."""

from __future__ import annotations

import re

from reuse.corpus.places import Place, Places

_BLANKS = re.compile(r"[ \t\r\n\f\v]+")


class Extract:
    """Collects the text of one report.

    Blanks within a line are one; lines and paragraphs are broken where the layout says so, never at its beginning.

    Attributes:
        here: The place that follows.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._size = 0
        self._breaks = 0  # line ends that are due before the next word
        self._blank = False  # whether a blank is
        self.here = Place()
        self._said = Place()  # the place of the last word
        self._places: list[tuple[int, Place]] = []

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
        if self.here != self._said:
            self._places.append((self._size, self.here))
            self._said = self.here
        self._put(bare)

    def line(self) -> None:
        """What follows stands on a line of its own."""
        self._breaks = max(self._breaks, 1)
        self._blank = False

    def paragraph(self) -> None:
        """What follows is a paragraph of its own."""
        self._breaks = 2
        self._blank = False

    def page(self, name: str) -> None:
        """What follows is on that page; of which line is not known."""
        self.here = self.here._replace(page=name, line="")

    def numbered_line(self, name: str | int) -> None:
        """What follows is on a line of its own, which has this number."""
        self.line()
        self.here = self.here._replace(line=str(name))

    def element(self, name: str) -> None:
        """What follows is in that element; empty: in none that has a name."""
        self.here = self.here._replace(element=name)

    def embed(self, text: str, places: Places) -> None:
        """A text that was put together before, as it is; places of its own that it has count, else the one here."""
        here = self.here
        for number, start in enumerate(places.starts):
            if number == 0:
                self._embedded(text[:start], here)
            end = places.starts[number + 1] if number + 1 < len(places) else len(text)
            place = Place(*(own or outer for own, outer in zip(places[number], here, strict=True)))
            self._embedded(text[start:end], place)
        if not places:
            self._embedded(text, here)
        self.here = here

    def _embedded(self, text: str, place: Place) -> None:
        self.here = place
        self.add(text, verbatim=True)

    @property
    def places(self) -> Places:
        """Where pages, lines and elements begin."""
        return Places.of(self._places)

    def text(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._size += len(text)
