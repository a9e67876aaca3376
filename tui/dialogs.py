"""What opens over the screen: menus, a line to write, the keys of a pane, help."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from reuse.display import cells, visible, wrapped
from tui.actions import MOVE, Action, bind_actions
from tui.widgets.list_columns import ListColumn, Row
from tui.widgets.list_table import ListTable

MOST_KEYS = 20
"""Cells of the left column of a page."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a menu.

    Attributes:
        key: The letter that chooses it; may be empty.
        label: What it says.
        value: What the menu returns.
        note: Said faintly beside it, such as a count; nothing in it acts on a terminal.
    """

    key: str
    label: str
    value: str
    note: str = ""


class Behind:
    """The screen below a dialog as it was when the dialog came: tinted once, not each time that the box is drawn.

    Args:
        screen: What draws it.
    """

    def __init__(self, screen: RenderableType) -> None:
        self._screen = screen
        self._drawn: list[Segment] = []

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The segments of all its lines."""
        self._drawn = self._drawn or list(console.render(self._screen, options))
        return self._drawn


class Dialog(ModalScreen[str | None]):
    """A box over the screen; `esc` and a click beside it close it."""

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: $background 40%;
        & > Vertical {
            border: round $border;
            border-title-color: $text-accent;
            border-title-style: bold;
            background: $surface;
            padding: 1 2;
            width: auto;
            min-width: 40;
            max-width: 90%;
            height: auto;
            max-height: 90%;
        }
        & ListTable { background: $surface; scrollbar-color: $foreground 30%; scrollbar-background: $surface; }
        & .hint { color: $text-muted; margin-top: 1; }
        & Input, & Input:focus { border: none; height: 1; padding: 0 1; background: $boost; width: 100%; }
    }
    """

    def __init__(self, actions: Iterable[Action], title: str) -> None:
        super().__init__()
        self.heading = title
        self._bindings = bind_actions(action for action in actions if self.takes(action))
        self._behind: tuple[Size, Behind] | None = None

    def render(self) -> RenderableType:
        """What is behind the box."""
        behind = super().render()
        if not isinstance(behind, BackgroundScreen):
            return behind
        if self._behind is None or self._behind[0] != self.size:
            self._behind = self.size, Behind(behind)
        return self._behind[1]

    @staticmethod
    def takes(action: Action) -> bool:
        """Whether the keys of an action do something here."""
        return action.group == MOVE or action.id == "quit"

    def box(self) -> Vertical:
        """The box, with the title in its border."""
        box = Vertical()
        box.border_title = Content(self.heading)
        return box

    def do_back(self) -> None:
        """Close without an answer."""
        self.dismiss(None)

    def do_quit(self) -> None:
        """Close: the program is left from the screen below."""
        self.dismiss(None)

    def on_click(self, event: events.Click) -> None:
        """A click beside the box closes it."""
        if event.widget is self:
            self.dismiss(None)


class Menu(Dialog):
    """A list to choose from, by letter, cursor or mouse. Returns the choice's value."""

    def __init__(self, actions: Iterable[Action], title: str, choices: Sequence[Choice], hint: str = "") -> None:
        super().__init__(actions, title)
        self.choices = choices
        self.hint = hint

    def compose(self) -> ComposeResult:
        """The list and the hint."""
        keys = max((len(choice.key) for choice in self.choices), default=0)
        labels = max((len(choice.label) for choice in self.choices), default=10)
        notes = max((len(choice.note) for choice in self.choices), default=0)
        columns = [
            ListColumn("", lambda row: (row["key"], "strong"), keys),
            ListColumn("", lambda row: row["label"], min(labels, 60), grows=1),
            ListColumn("", lambda row: (row["note"], "faint"), notes, right=True, marked=True),
        ]
        table = ListTable(columns, self._rows)
        table.headings = False
        table.styles.height = min(len(self.choices), max(self.app.size.height - 10, 3))
        table.styles.width = min(labels, 60) + keys + notes + 10
        with self.box():
            yield table
            yield Static(Content(self.hint or "↵ choose   esc close"), classes="hint")

    def _rows(self, numbers: Sequence[int]) -> list[Row]:
        return [
            {"key": choice.key, "label": choice.label, "note": choice.note}
            for choice in (self.choices[number] for number in numbers)
        ]

    def on_mount(self) -> None:
        """Fill the list."""
        table = self.query_one(ListTable)
        table.fill(np.arange(len(self.choices)))
        table.focus()

    def on_key(self, event: events.Key) -> None:
        """A choice's letter chooses it."""
        for choice in self.choices:
            if choice.key and event.character == choice.key:
                event.stop()
                event.prevent_default()
                self.dismiss(choice.value)

    def on_list_table_opened(self, event: ListTable.Opened) -> None:
        """Enter or a double click chooses."""
        self.dismiss(self.choices[event.row].value)


class Line(Dialog):
    """One line to write. Returns the text; None if the user gave up."""

    def __init__(self, actions: Iterable[Action], title: str, value: str = "", hint: str = "") -> None:
        super().__init__(actions, title)
        self.value = value
        self.hint = hint

    def compose(self) -> ComposeResult:
        """The line and the hint."""
        with self.box() as box:
            box.styles.width = 72
            yield Input(self.value, select_on_focus=False)
            yield Static(Content(self.hint), classes="hint")

    @staticmethod
    def takes(action: Action) -> bool:
        """Letters are written; only leaving has a key."""
        return action.id == "back"

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter gives the text back."""
        self.dismiss(event.value)


class Page(Dialog):
    """A page to read: keys of a pane, help."""

    def __init__(self, actions: Iterable[Action], title: str, lines: Sequence[tuple[str, str]]) -> None:
        super().__init__(actions, title)
        self.lines = lines
        self.rows: list[Row] = []

    def compose(self) -> ComposeResult:
        """The lines as a list of two columns; a line without text is a heading."""
        keys = min(max((len(key) for key, text in self.lines if text), default=8), MOST_KEYS)
        texts = max((len(text) for _, text in self.lines), default=20)
        width = min(max(keys + texts + 6, 44), max(self.app.size.width - 12, 30))
        self.rows = [row for key, text in self.lines for row in _page_rows(key, text, keys, width - keys - 6)]
        columns = [
            ListColumn("", lambda row: (row["key"], "key" if row["heading"] else "strong"), keys),
            ListColumn("", lambda row: row["text"], 10, grows=1),
        ]
        table = ListTable(columns, lambda numbers: [self.rows[number] for number in numbers])
        table.headings = False
        table.styles.width = width
        table.styles.height = min(len(self.rows), max(self.app.size.height - 12, 3))
        with self.box():
            yield table
            yield Static(Content("j k scroll   esc close"), classes="hint")

    def on_mount(self) -> None:
        """Fill the page."""
        table = self.query_one(ListTable)
        table.fill(np.arange(len(self.rows)))
        table.focus()


def _page_rows(key: str, text: str, keys: int, width: int) -> list[Row]:
    """Rows of a page for one line of it: what is too long goes on in the next row."""
    shown = wrapped(visible(text, one_line=True), width)
    heading = not text
    terms = [visible(key)] + [""] * (len(shown) - 1)
    if cells(terms[0]) > keys and not heading:
        terms, shown = ["", *terms[1:], ""], [terms[0], *shown]
    return [{"key": term, "text": said, "heading": heading} for term, said in zip(terms, shown, strict=True)]
