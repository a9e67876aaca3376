"""The line in which a list is filtered and a text is searched, live."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, Static

from reuse.display import visible
from tui.actions import Action, bind_actions

DELAY = 0.12
"""Seconds without a keystroke before a long list is filtered."""


class FilterLine(Vertical):
    """A prompt, the text, and beside it how many pass; beneath it, as long as need be, what is wrong."""

    DEFAULT_CSS = """
    FilterLine {
        height: auto;
        display: none;
        background: $surface;
        & Horizontal { height: 1; }
        & Input, & Input:focus { border: none; height: 1; padding: 0; width: 1fr; background: $boost; }
        & .prompt { width: auto; color: $text-accent; text-style: bold; padding: 0 1; }
        & .said { width: auto; color: $text-muted; padding: 0 1; }
        & .wrong {
            display: none; overlay: screen; constrain: inside inside;
            width: 100%; height: auto; padding: 0 1;
            background: $surface; color: $text-error; text-style: bold;
        }
        &.-wrong .wrong { display: block; }
        &.-wrong .said { display: none; }
    }
    """

    class Changed(Message):
        """The text changed and rested for a moment."""

        def __init__(self, line: FilterLine, text: str) -> None:
            super().__init__()
            self.line = line
            self.text = text

        @property
        def control(self) -> FilterLine:
            """The line."""
            return self.line

    class Closed(Message):
        """The user is done: `kept` tells whether the text is to stay in force."""

        def __init__(self, line: FilterLine, *, kept: bool) -> None:
            super().__init__()
            self.line = line
            self.kept = kept

        @property
        def control(self) -> FilterLine:
            """The line."""
            return self.line

    def __init__(self, actions: Iterable[Action], prompt: str, placeholder: str, identity: str | None = None) -> None:
        super().__init__(id=identity)
        self.prompt = prompt
        self.placeholder = placeholder
        self._before = ""
        self._timer: Timer | None = None
        # Letters are written here; only leaving has a key.
        self._bindings = bind_actions([action for action in actions if action.id in {"back", "down"}])

    def compose(self) -> ComposeResult:
        """Prompt, text, answer."""
        with Horizontal():
            yield Static(Content(self.prompt), classes="prompt")
            yield Input(placeholder=self.placeholder, select_on_focus=False)
            yield Static("", classes="said")
        yield Static("", classes="wrong")

    @property
    def text(self) -> str:
        """What is written."""
        return self.query_one(Input).value

    def open(self, text: str) -> None:
        """Show the line, with the text that is in force, and write in it."""
        self._before = text
        self.add_class("-open")
        self.display = True
        line = self.query_one(Input)
        with line.prevent(Input.Changed):
            line.value = text
        line.cursor_position = len(text)
        line.can_focus = True
        self.screen.set_focus(line)  # at once: the next key is the first letter

    def close(self) -> None:
        """Hide the line."""
        self.query_one(Input).can_focus = False
        self.remove_class("-open")
        self.display = False

    def say(self, message: str, *, wrong: bool = False) -> None:
        """Answer beside the text, or say beneath it what is wrong."""
        self.set_class(wrong, "-wrong")
        self.query_one(".wrong" if wrong else ".said", Static).update(Content(visible(message, one_line=not wrong)))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Wait until the typing rests."""
        event.stop()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(DELAY, self._rested)

    def _rested(self) -> None:
        self._timer = None
        self.post_message(self.Changed(self, self.text))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter keeps the text and goes back."""
        event.stop()
        if self._timer is not None:
            self._timer.stop()
            self._rested()
        self.post_message(self.Closed(self, kept=True))

    def do_down(self) -> None:
        """Down to the list, the text kept."""
        self.post_message(self.Closed(self, kept=True))

    def do_back(self) -> None:
        """Give up: what was in force before is in force again."""
        if self._timer is not None:
            self._timer.stop()
        if self.text != self._before:
            self.post_message(self.Changed(self, self._before))
        self.post_message(self.Closed(self, kept=False))
