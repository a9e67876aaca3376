"""A page of lines of which some lead somewhere: the cursor goes from one of these to the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip

from reuse.display import cells
from tui.widgets.lines import Lines, centred, cut

if TYPE_CHECKING:
    from reuse.report.digest import DigestLine


class Digest(Lines):
    """The page."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "digest--heading",
        "digest--faint",
        "digest--strong",
        "digest--differs",
        "digest--cursor",
        "digest--plain",
    }
    DEFAULT_CSS = """
    Digest {
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        & .digest--heading { color: $text-accent; text-style: bold; }
        & .digest--faint { color: $text-muted; }
        & .digest--strong { text-style: bold; }
        & .digest--differs { color: $text-warning; text-style: bold; }
        & .digest--cursor { background: $primary-muted; color: $foreground; }
    }
    """

    class Opened(Message):
        """The user wants to read what a line leads to."""

        def __init__(self, target: tuple[str, str]) -> None:
            super().__init__()
            self.target = target

    def __init__(self, identity: str | None = None, classes: str | None = None) -> None:
        super().__init__(identity, classes)
        self.empty = ""
        self.cursor: tuple[str, str] | None = None
        self._page: Sequence[DigestLine] = ()

    def show(self, page: Sequence[DigestLine], *, whole: bool = True) -> None:
        """Show a page; the cursor stays where it is if its place is still there, or may yet come as it is not whole."""
        self._page = page
        targets = self._targets()
        if self.cursor not in targets and (whole or self.cursor is None):
            self.cursor = targets[0] if targets else None
        self.set_height(len(page))

    def _targets(self) -> list[tuple[str, str]]:
        return list(dict.fromkeys(line.target for line in self._page if line.target is not None))

    def line(self, number: int, width: int) -> Strip:
        """One line."""
        if not self._page:
            return centred(self.empty, number, self.body_height, width, self.component("digest--faint"))
        if not 0 <= number < len(self._page):
            return Strip([])
        shown = self._page[number]
        here = shown.target is not None and shown.target == self.cursor
        base = self.component("digest--cursor") if here else self.plain
        segments = [Segment(" ", base)]
        left = width - 2
        for text, style in shown.pieces:
            piece = cut(text, left)
            segments.append(Segment(piece, base + self.component(f"digest--{style}") if not here else base))
            left -= cells(piece)
            if left <= 0:
                break
        return Strip(segments).adjust_cell_length(width, base) if here else Strip(segments)

    def move(self, by: int) -> None:
        """The cursor goes so many places on."""
        targets = self._targets()
        if not targets:
            self.jump_to(self.top + by)
            return
        at = targets.index(self.cursor) if self.cursor in targets else 0
        self._go(targets[min(max(at + by, 0), len(targets) - 1)])

    def _go(self, target: tuple[str, str]) -> None:
        self.cursor = target
        rows = [number for number, line in enumerate(self._page) if line.target == target]
        before = rows[0]
        while before and self._page[before - 1].target is None:  # headings above it are seen with it
            before -= 1
        self.show_line(rows[-1])
        self.show_line(before)
        self.refresh()

    def do_down(self) -> None:
        """The next place."""
        self.move(1)

    def do_up(self) -> None:
        """The place before."""
        self.move(-1)

    def do_first(self) -> None:
        """The first place."""
        self.move(-len(self._page))

    def do_last(self) -> None:
        """The last place."""
        self.move(len(self._page))

    def do_open(self) -> None:
        """Read what the line leads to."""
        if self.cursor is not None:
            self.post_message(self.Opened(self.cursor))

    def on_click(self, event: events.Click) -> None:
        """A click goes to a place; one on the cursor opens it."""
        number = self.top + event.get_content_offset_capture(self).y
        target = self._page[number].target if 0 <= number < len(self._page) else None
        if target is None:
            return
        if target == self.cursor:
            self.do_open()
        else:
            self._go(target)
