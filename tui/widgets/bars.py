"""The line on top with the screens, and the line at the bottom with the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual import events
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from reuse.display import cells, trimmed, visible
from tui.actions import SCREENS, Action, available, key_name

if TYPE_CHECKING:
    from tui.browser import Browser

LONGEST_NAME, SHORTEST_NAME = 12, 4
"""Letters of a screen's name in its tab, where there is room and where there is none."""

SHORT_NAMES = {"Documents": "Docs"}
"""What a tab says before letters are cut off: so all are whole on a line of eighty cells."""


class Bar(Widget):
    """A line of places that can be clicked."""

    ALLOW_SELECT = False

    def __init__(self, browser: Browser) -> None:
        super().__init__()
        self.browser = browser
        self._places: list[tuple[int, int, str]] = []

    def on_click(self, event: events.Click) -> None:
        """Carry out the action that stands there."""
        for start, end, action in self._places:
            if start <= event.x < end:
                self.browser.action_act(action)


class TopBar(Bar):
    """The screens by number, and which run this is."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"top--name", "top--tab", "top--open", "top--run", "top--news"}
    DEFAULT_CSS = """
    TopBar {
        height: 1;
        background: $panel;
        color: $foreground;
        & .top--tab { color: $text-muted; }
        & .top--open { color: $text-accent; text-style: bold reverse; }
        & .top--run { color: $text-muted; }
        & .top--news { color: $text-warning; text-style: bold; }
    }
    """
    here: reactive[str] = reactive("")
    about: reactive[str] = reactive("")
    news: reactive[str] = reactive("")

    def render_line(self, y: int) -> Strip:
        """The line."""
        if y:
            return Strip.blank(self.size.width, self.rich_style)
        plain = self.rich_style
        self._places = []
        segments = [Segment(" ", plain)]
        used = 1
        for action, text in self._tabs(self.size.width - (cells(self.news) + 2 if self.news else 0)):
            style = "top--open" if action.id == self.here else "top--tab"
            self._places.append((used, used + cells(text), action.id))
            segments.append(Segment(text, self.get_component_rich_style(style)))
            used += cells(text)
        right, style = (self.news, "top--news") if self.news else (self.about, "top--run")
        free = self.size.width - used - 2
        shown = trimmed(visible(right, one_line=True), free) if free > 6 else ""
        segments.append(Segment(" " * (self.size.width - used - cells(shown) - 1), plain))
        segments.append(Segment(shown + " ", self.get_component_rich_style(style)))
        return Strip(segments).adjust_cell_length(self.size.width, plain)

    def _tabs(self, room: int) -> list[tuple[Action, str]]:
        """The screens with what their tabs say: closer, shorter, then cut, as far as so many cells ask for."""
        shown = [action for action in self.browser.actions if action.group == SCREENS]
        ways = [(" ", LONGEST_NAME, False), ("", LONGEST_NAME, False)]
        for behind, most, short in [*ways, *(("", most, True) for most in range(LONGEST_NAME, SHORTEST_NAME - 1, -1))]:
            tabs = []
            for action in shown:
                name = action.help.partition(":")[0]
                name = SHORT_NAMES.get(name, name) if short else name
                key = key_name(action.keys[0]) if action.keys else ""
                tabs.append((action, f" {key} {name if action.id == self.here else name[:most]}{behind}"))
            if sum(cells(text) for _, text in tabs) + 1 <= room:
                break
        return tabs


class KeyBar(Bar):
    """The keys that do something here, most useful first, as many as fit."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"keys--key", "keys--label"}
    DEFAULT_CSS = """
    KeyBar {
        height: 1;
        background: $panel;
        & .keys--key { color: $text-accent; text-style: bold; }
        & .keys--label { color: $text-muted; }
    }
    """
    ALWAYS = 90
    """Rank from which actions stand at the right end, whatever the width."""

    def render_line(self, y: int) -> Strip:
        """The line."""
        if y:
            return Strip.blank(self.size.width, self.rich_style)
        shown = [action for action in available(self.browser.actions, self.app.focused or self.screen) if action.rank]
        shown.sort(key=lambda action: action.rank)
        last = [action for action in shown if action.rank >= self.ALWAYS and action.keys]
        width = self.size.width - 1
        kept = sum(self._width(action) for action in last)
        self._places = []
        segments: list[Segment] = [Segment(" ", self.rich_style)]
        used = 1
        for action in shown:
            if action.rank >= self.ALWAYS or not action.keys:
                continue
            if used + self._width(action) > width - kept:
                break
            used = self._add(segments, action, used)
        segments.append(Segment(" " * max(width - kept - used, 0), self.rich_style))
        used = max(width - kept, used)
        for action in last:
            used = self._add(segments, action, used)
        return Strip(segments).adjust_cell_length(self.size.width, self.rich_style)

    def _width(self, action: Action) -> int:
        return cells(key_name(action.keys[0])) + cells(action.label) + 3

    def _add(self, segments: list[Segment], action: Action, used: int) -> int:
        segments.append(Segment(key_name(action.keys[0]), self.get_component_rich_style("keys--key")))
        segments.append(Segment(f" {action.label}  ", self.get_component_rich_style("keys--label")))
        self._places.append((used, used + self._width(action) - 2, action.id))
        return used + self._width(action)
