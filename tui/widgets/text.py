"""A whole document to read: reused passages shaded by how often they recur, a strip of their density beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip

from reuse.display import cells, padded, trimmed, visible
from reuse.report.direction import from_the_right
from tui.cells import wrap
from tui.direction import set_in
from tui.widgets.lines import Lines, centred

LEVELS = (2, 3, 5, 10)
"""A passage has the level of the last of these numbers of witnesses that it reaches."""
BARS = " ▏▎▌█"
"""Said in the margin for each level, so that no colour is needed."""
DENSITY = " ░▒▓█"
RULE = "─"
"""What the line between the head and the text is made of where it says nothing."""
MARGIN = 6
STRIP = 2
SIDEWAYS = 16_000
"""Widest line, in cells, that can be scrolled through when lines are not broken."""


@dataclass(frozen=True, slots=True)
class Spans:
    """Passages of a document, by where they begin.

    Attributes:
        start, end: int64 (passages,): half-open, in code points of the text.
        witnesses: int64 (passages,): passages in the cluster of each.
        cluster: int64 (passages,): number of that cluster.
    """

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    witnesses: NDArray[np.int64]
    cluster: NDArray[np.int64]

    @classmethod
    def of(cls, rows: Sequence[tuple[int, int, int, int]]) -> Spans:
        """From rows of start, end, witnesses, cluster."""
        columns = np.array(sorted(rows), dtype=np.int64).reshape(-1, 4).T
        return cls(*columns)

    def levels(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where the shading changes (int64), and the level from there on (int64; 0: not reused)."""
        edges = np.unique(np.concatenate([[0], self.start, self.end]))
        level = np.zeros(len(edges), dtype=np.int64)
        rank = np.searchsorted(LEVELS, self.witnesses, side="right")
        first, last = np.searchsorted(edges, self.start), np.searchsorted(edges, self.end)
        for at in np.argsort(rank, kind="stable").tolist():
            level[first[at] : last[at]] = max(rank[at], 1)
        return edges, level


def _plain_rule(width: int) -> str:
    return RULE * width


class TextPane(Lines):
    """The reading view."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "text--title",
        "text--about",
        "text--level1",
        "text--level2",
        "text--level3",
        "text--level4",
        "text--here",
        "text--hit",
        "text--hit-here",
        "text--margin",
        "text--map",
        "text--strip",
        "text--window",
    }
    DEFAULT_CSS = """
    TextPane {
        scrollbar-size: 0 0;
        & .text--title { text-style: bold; }
        & .text--about { color: $text-muted; }
        & .text--level1 { background: $primary 12%; }
        & .text--level2 { background: $primary 22%; }
        & .text--level3 { background: $primary 33%; }
        & .text--level4 { background: $primary 46%; }
        & .text--here { background: $accent 45%; text-style: bold underline; }
        & .text--hit { background: $warning 45%; text-style: bold; }
        & .text--hit-here { text-style: bold reverse; }
        & .text--margin { color: $text-muted; }
        & .text--map { color: $primary; text-style: bold; }
        & .text--strip { color: $primary; }
        & .text--window { color: $text-accent; }
    }
    """

    class Clicked(Message):
        """A passage was clicked: its place among the document's passages."""

        def __init__(self, pane: TextPane, passage: int) -> None:
            super().__init__()
            self.pane = pane
            self.passage = passage

        @property
        def control(self) -> TextPane:
            """The pane."""
            return self.pane

    def __init__(self, identity: str | None = None, classes: str | None = None) -> None:
        super().__init__(identity, classes)
        self.text = ""
        self.heading = ""
        self.about = ""
        self.empty = "No document is chosen"
        self.spans = Spans.of([])
        self.here: int | None = None
        self.hits: list[tuple[int, int]] = []
        self._hit_starts = np.zeros(0, dtype=np.int64)
        self.hit: int | None = None
        self.broken = True
        self._from_the_right = False
        self._rule: Callable[[int], str] = _plain_rule
        self._edges, self._levels = self.spans.levels()
        self._lines: NDArray[np.int64] = np.zeros((0, 2), dtype=np.int64)
        self._laid_out: tuple[int, bool] = (-1, True)
        self._density: tuple[int, NDArray[np.int64]] = (-1, np.zeros(0, dtype=np.int64))

    def show(self, text: str, heading: str, about: str, spans: Spans) -> None:
        """Show a document, from its beginning."""
        self.text, self.heading, self.about, self.spans = text, heading, about, spans
        self._from_the_right = from_the_right(text)
        self._edges, self._levels = spans.levels()
        self.here, self.hits, self.hit = None, [], None
        self._rule = _plain_rule
        self._laid_out = (-1, True)
        self._density = (-1, self._density[1])
        self.head_lines = 3
        self._lay_out()
        self.jump_to(0)

    def show_rule(self, rule: Callable[[int], str]) -> None:
        """Draw another rule between the head and the text: from its width in cells to what it says."""
        self._rule = rule
        self.refresh()

    def clear(self) -> None:
        """Show no document."""
        self.show("", "", "", Spans.of([]))
        self.head_lines = 0

    def on_resize(self) -> None:
        """Break the lines anew, the text staying where it is."""
        place = self.place
        self._lay_out()
        self.go_to(place)

    @property
    def text_width(self) -> int:
        """Cells of a line of text."""
        return max(self.size.width - MARGIN - STRIP - 1, 10)

    @property
    def place(self) -> int:
        """Offset in the text of the first line that is seen."""
        return int(self._lines[min(self.top, len(self._lines) - 1), 0]) if len(self._lines) else 0

    def go_to(self, offset: int, *, above: int = 0) -> None:
        """Scroll to an offset, with so many lines above it."""
        self.jump_to(self.line_of(offset) - above)

    def line_of(self, offset: int) -> int:
        """Number of the line that has an offset."""
        return max(int(np.searchsorted(self._lines[:, 0], offset, side="right")) - 1, 0)

    def _lay_out(self) -> None:
        wanted = (self.text_width if self.broken else 0, self.broken)
        if self._laid_out != wanted and self.size.width:
            self._laid_out = wanted
            self._lines = wrap(self.text, wanted[0])
        widest = 0
        if not self.broken and len(self._lines):
            widest = min(int((self._lines[:, 1] - self._lines[:, 0]).max()) * 2, SIDEWAYS) + MARGIN
        self.set_height(len(self._lines), widest)

    def do_wrap(self) -> None:
        """Break long lines, or let them run on."""
        place = self.place
        self.broken = not self.broken
        self.scroll_to(x=0, animate=False)
        self._lay_out()
        self.go_to(place)

    def step(self, by: int) -> bool:
        """Go to the next (1) or previous (-1) hit of the search, or passage if there is no search; False at the end."""
        starts = self._hit_starts if self.hits else self.spans.start
        now = self.hit if self.hits else self.here
        if now is None:
            after = int(np.searchsorted(starts, self.place, side="left"))
            now = after - 1 if by > 0 else after
        now += by
        if not 0 <= now < len(starts):
            return False
        if self.hits:
            self.hit = now
        else:
            self.here = now
        self.go_to(int(starts[now]), above=min(3, self.body_height // 3))
        self.refresh()
        return True

    def stand_on(self, passage: int) -> None:
        """Make a passage the current one and show it."""
        self.here = passage
        self.go_to(int(self.spans.start[passage]), above=min(3, self.body_height // 3))
        self.refresh()

    def show_hits(self, hits: list[tuple[int, int]]) -> None:
        """Mark what a search found, as spans of the text, and go to the nearest."""
        self.hits = hits
        self._hit_starts = np.array([start for start, _ in self.hits], dtype=np.int64)
        self.hit = None
        if self.hits:
            self.hit = min(int(np.searchsorted(self._hit_starts, self.place)), len(self.hits) - 1)
            self.go_to(self.hits[self.hit][0], above=min(3, self.body_height // 3))
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """A click on the strip goes there; one on a passage stands on it."""
        offset = event.get_content_offset(self)
        if offset is None or not len(self._lines):
            return
        row = offset.y - self.head_lines
        if row < 0:
            return
        if offset.x >= self.size.width - STRIP:
            self.go_to(len(self.text) * row // self.body_height)
            return
        number = self.top + row
        if number >= len(self._lines):
            return
        start, end = self._lines[number].tolist()
        at = min(start + max(offset.x - MARGIN - self._free(start, end), 0), end)
        inside = np.flatnonzero((self.spans.start <= at) & (self.spans.end > at))
        if len(inside):
            self.here = int(inside[-1])
            self.refresh()
            self.post_message(self.Clicked(self, self.here))

    def head(self, number: int, width: int) -> Strip:
        """Title, what is known of the document, a rule in which letters stand out."""
        if number == 2:
            styles = {True: self.component("text--map"), False: self.component("text--margin")}
            parts = groupby(self._rule(width), key=lambda sign: sign != RULE)
            return Strip([Segment("".join(signs), styles[said]) for said, signs in parts])
        text, style = (self.heading, "text--title") if number == 0 else (self.about, "text--about")
        return Strip([Segment(" " + trimmed(visible(text, one_line=True), width - 2), self.component(style))])

    def render_line(self, y: int) -> Strip:
        """The line, with the strip of density at its end."""
        strip = super().render_line(y)
        if y < self.head_lines or not self.text:
            return strip
        width = self.size.width
        return Strip.join([strip.crop(0, width - STRIP), self._strip(y - self.head_lines)])

    def line(self, number: int, width: int) -> Strip:
        """A line of text with its margin."""
        if not len(self._lines):
            return centred(self.empty, number, self.body_height, width, self.component("text--about"))
        if number >= len(self._lines):
            return Strip([])
        start, end = self._lines[number].tolist()
        segments = [self._margin(start, end)]
        for first, last, name in self._pieces(start, end):
            style = self.component(f"text--{name}") if name else self.plain
            segments.append(self.segment(self.text[first:last], style))
        if self._from_the_right and self.broken:
            segments[1:] = set_in(segments[1:], self.text_width, self.plain, right=True)
        return Strip(segments)

    def _free(self, start: int, end: int) -> int:
        """Cells before a line that stands at the right edge."""
        if not (self._from_the_right and self.broken):
            return 0
        return max(self.text_width - cells(visible(self.text[start:end]).replace("\n", " ")), 0)

    def _margin(self, start: int, end: int) -> Segment:
        """How many witnesses the passage has that begins in the line, else a bar as broad as its text recurs."""
        begins = np.flatnonzero((self.spans.start >= start) & (self.spans.start < max(end, start + 1)))
        style = self.component("text--margin")
        level = self._level_between(start, end)
        if len(begins):
            most = int(self.spans.witnesses[begins].max())
            return Segment(
                padded(trimmed(f"×{most}", MARGIN - 2).rjust(MARGIN - 2), MARGIN - 2) + BARS[level] + " ", style
            )
        return Segment(" " * (MARGIN - 2) + BARS[level] + " ", style)

    def _level_between(self, start: int, end: int) -> int:
        first = max(int(np.searchsorted(self._edges, start, side="right")) - 1, 0)
        last = max(int(np.searchsorted(self._edges, end, side="left")), first + 1)
        return int(self._levels[first:last].max())

    def _pieces(self, start: int, end: int) -> list[tuple[int, int, str]]:
        """The line cut where its shading changes: span and name of the style."""
        cuts = {start, end}
        first, last = np.searchsorted(self._edges, (start, end))
        cuts.update(self._edges[first:last].tolist())
        here = None
        if self.here is not None:
            here = (int(self.spans.start[self.here]), int(self.spans.end[self.here]))
            cuts.update(place for place in here if start < place < end)
        hits = self._hits_between(start, end)
        cuts.update(place for _, *span in hits for place in span if start < place < end)
        places = sorted(cuts)
        pieces = []
        for low, high in pairwise(places):
            level = int(self._levels[max(int(np.searchsorted(self._edges, low, side="right")) - 1, 0)])
            name = f"level{level}" if level else ""
            if here is not None and here[0] <= low < here[1]:
                name = "here"
            for number, first_of, last_of in hits:
                if first_of <= low < last_of:
                    name = "hit-here" if number == self.hit else "hit"
            pieces.append((low, high, name))
        return pieces

    def _hits_between(self, start: int, end: int) -> list[tuple[int, int, int]]:
        if not self.hits:
            return []
        low = max(int(np.searchsorted(self._hit_starts, start, side="right")) - 1, 0)  # one may reach in from before
        high = int(np.searchsorted(self._hit_starts, end, side="left"))
        return [(number, *self.hits[number]) for number in range(low, high) if self.hits[number][1] > start]

    def _strip(self, row: int) -> Strip:
        """Row of the strip: how much of that part of the text is reused, and whether it is on the screen."""
        height = self.body_height
        if self._density[0] != height:
            self._density = (height, self._densities(height))
        top, seen = self.top, max(len(self._lines), 1)
        window = top * height // seen <= row <= (top + height - 1) * height // seen
        glyph = DENSITY[int(self._density[1][row])] if row < height else " "
        return Strip(
            [
                Segment(glyph, self.component("text--strip")),
                Segment("┃" if window else "│", self.component("text--window" if window else "text--margin")),
            ]
        )

    def _densities(self, height: int) -> NDArray[np.int64]:
        """Share of reused text in each of `height` parts, as 0 to 4."""
        covered = np.where(self._levels > 0, np.diff(np.append(self._edges, max(len(self.text), 1))), 0)
        before = np.concatenate([[0], np.cumsum(covered)])
        borders = np.linspace(0, len(self.text), height + 1)
        edges = np.append(self._edges, max(len(self.text), 1))
        share = np.diff(np.interp(borders, edges, before)) / max(len(self.text) / height, 1e-9)
        density: NDArray[np.int64] = np.ceil(np.clip(share, 0, 1) * 4 - 1e-6).astype(np.int64)
        return density
