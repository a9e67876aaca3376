"""The base of all panes: a scrolling view that draws line by line, whatever its length, with the keys of motion."""

from __future__ import annotations

from rich.cells import chop_cells
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reuse.display import ELLIPSIS, cells, visible


class Lines(ScrollView, can_focus=True, inherit_bindings=False):
    """A pane of lines under a head that stays in place.

    A subclass says how many lines there are (`set_height`), draws one (`line`), and may keep a head of fixed lines
    (`head_lines`, `head`). Text of documents goes through `segment`, which makes it safe.
    """

    ALLOW_SELECT = False
    head_lines: int = 0

    def __init__(self, identity: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=identity, classes=classes)
        self._plain: Style | None = None

    @property
    def plain(self) -> Style:
        """The style of the pane itself: asked for in every line, so it is kept until a style changes."""
        if self._plain is None:
            self._plain = self.rich_style
        return self._plain

    def notify_style_update(self) -> None:
        """A style changed, or the theme did."""
        self._plain = None
        super().notify_style_update()

    def set_height(self, lines: int, width: int = 0) -> None:
        """Say how many lines there are, and how wide the widest is if it may be wider than the pane."""
        size = Size(width, lines + self.head_lines)
        if size != self.virtual_size:
            self.virtual_size = size
        self.refresh()

    @property
    def body_height(self) -> int:
        """Lines that can be seen at once."""
        return max(self.scrollable_content_region.height - self.head_lines, 1)

    @property
    def body_width(self) -> int:
        """Cells of a line that can be seen at once."""
        bar = self.styles.scrollbar_size_vertical if self.show_vertical_scrollbar else 0
        return max(self.size.width - bar, 1)

    @property
    def top(self) -> int:
        """The first line that is seen."""
        return round(self.scroll_offset.y)

    def line(self, number: int, width: int) -> Strip:
        """Draw a line of the body."""
        raise NotImplementedError

    def head(self, number: int, width: int) -> Strip:
        """Draw a line of the head."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """Draw the line that is seen at y."""
        width = self.body_width
        if y < self.head_lines:
            strip = self.head(y, width)
        else:
            strip = self.line(self.top + y - self.head_lines, width)
            if self.scroll_offset.x:
                strip = strip.crop(self.scroll_offset.x, self.scroll_offset.x + width)
        return strip.adjust_cell_length(self.size.width, self.plain)

    def segment(self, text: str, style: Style) -> Segment:
        """A piece of a line; characters that could act on the terminal are replaced."""
        return Segment(visible(text, one_line=False).replace("\n", " "), style)

    def component(self, name: str) -> Style:
        """The style of a component class, on this widget's background."""
        return self.get_component_rich_style(name)

    def show_line(self, number: int, *, margin: int = 0) -> None:
        """Scroll just so far that a line (and `margin` lines around it) is seen."""
        if number - margin < self.top:
            self.jump_to(number - margin)
        elif number + margin >= self.top + self.body_height:
            self.jump_to(number + margin - self.body_height + 1)

    def jump_to(self, number: int) -> None:
        """Scroll so that a line is the first that is seen."""
        self.scroll_to(y=max(number, 0), animate=False)

    def do_down(self) -> None:
        """One line down."""
        self.jump_to(self.top + 1)

    def do_up(self) -> None:
        """One line up."""
        self.jump_to(self.top - 1)

    def do_left(self) -> None:
        """To the left."""
        self.scroll_to(x=self.scroll_offset.x - 8, animate=False)

    def do_right(self) -> None:
        """To the right."""
        self.scroll_to(x=self.scroll_offset.x + 8, animate=False)

    def do_first(self) -> None:
        """To the beginning."""
        self.jump_to(0)

    def do_last(self) -> None:
        """To the end."""
        self.jump_to(self.virtual_size.height)

    def do_half_down(self) -> None:
        """Half a page down."""
        self.jump_to(self.top + self.body_height // 2)

    def do_half_up(self) -> None:
        """Half a page up."""
        self.jump_to(self.top - self.body_height // 2)

    def do_page_down(self) -> None:
        """A page down."""
        self.jump_to(self.top + self.body_height - 1)

    def do_page_up(self) -> None:
        """A page up."""
        self.jump_to(self.top - self.body_height + 1)


def cut(text: str, width: int) -> str:
    """The text if it fits into `width` cells, else as much of it as does and an ellipsis."""
    if cells(text) <= width:
        return text
    return chop_cells(text[: width + 1], width - 1)[0] + ELLIPSIS if width > 1 else ELLIPSIS[:width]


def centred(message: str, y: int, height: int, width: int, style: Style) -> Strip:
    """Line y of a message in the middle of a pane."""
    rows = message.split("\n")
    at = y - max((height - len(rows)) // 2, 0)
    if not 0 <= at < len(rows):
        return Strip([])
    text = visible(rows[at])
    return Strip([Segment(" " * max((width - cells(text)) // 2, 0) + text, style)])
