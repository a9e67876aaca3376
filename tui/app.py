"""The app: its screens, one registry of actions, one run."""

from __future__ import annotations

import gc
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import ContentSwitcher, Input

from reuse.display import counted, visible
from reuse.errors import TextReuseError
from reuse.run.folder import is_run
from reuse.run.run import Run
from tui.actions import Action, available, bind_actions, handler
from tui.hangup import TerminalApp
from tui.palette import ActionCommands
from tui.screens.place import Place, screen_class
from tui.screens.registry import SCREENS
from tui.source import Source
from tui.state import write_state
from tui.stopping import heed
from tui.themes import MONOCHROME, OURS, THEMES
from tui.widgets.bars import KeyBar, TopBar

if TYPE_CHECKING:
    from tui.dialogs import Choice

DELETED = "This run was deleted, or moved elsewhere. What is open can still be read; marks can no longer be kept."
WATCH_SECONDS = 2.0
"""How often it is looked whether a scan has replaced the run."""
MOST_STEPS_BACK = 50


@dataclass(frozen=True, slots=True)
class Step:
    """A step from one screen to another.

    Attributes:
        origin: Screen that it began at.
        state: State of that screen.
        target: Screen that it led to.
        own: State that the target had of its own.
        lent: Filter that the target was shown with; None if it was shown as it was.
    """

    origin: str
    state: dict[str, Any]
    target: str
    own: dict[str, Any]
    lent: str | None


class Main(Screen[None], inherit_bindings=False):
    """The one screen of the app; dialogs open over it."""

    def on_descendant_focus(self) -> None:
        """The keys at the bottom are those of the pane that has the focus."""
        for bar in self.query(KeyBar):
            bar.refresh()


class BrowserApp(TerminalApp[Run], inherit_bindings=False):
    """Reads one run. Returns another one to read in its place, or None when the user has left.

    Args:
        run: The run; it stays open when the app ends.
        actions: The registry, with the user's keys.
        state: What the last session left.

    Attributes:
        stopped: The signal that has ended the app; None if none has.
    """

    TITLE = "textreuse"
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = ""
    COMMANDS: ClassVar = {ActionCommands}
    CSS = """
    .pane {
        border: round $foreground 25%;
        border-title-color: $text-muted;
        border-subtitle-color: $text-muted;
        background: $background;
        scrollbar-color: $foreground 30%;
        scrollbar-background: $background;
    }
    .pane:focus {
        border: heavy $primary;
        border-title-color: $text-accent;
        border-title-style: bold;
    }
    ContentSwitcher { height: 1fr; }
    """

    def __init__(self, run: Run, actions: tuple[Action, ...], state: Mapping[str, Any] | None = None) -> None:
        self.actions = actions
        super().__init__()
        self._bindings = bind_actions(actions)
        self._by_key = {key: action.id for action in actions for key in action.keys}
        self.run_opened = run
        self.source = Source(run)
        self.remembered: dict[str, Any] = dict(state or {})
        self._reviews = run.notes.all()
        self._steps: list[Step] = []
        self.stopped: int | None = None
        for theme in OURS:
            self.register_theme(theme)
        remembered = self.remembered.get("theme")
        # NO_COLOR turns our colours to greys; the terminal's own are not known, so they cannot be turned.
        self.looks = tuple(theme.name for theme in OURS) if self.no_color else THEMES
        usual = MONOCHROME.name if self.no_color else THEMES[0]
        self.theme = remembered if remembered in self.looks else usual

    def get_default_screen(self) -> Screen[None]:
        """The one screen."""
        return Main()

    def compose(self) -> ComposeResult:
        """Tabs, the screen, keys. A screen is made when it is first shown."""
        yield TopBar(self)
        yield ContentSwitcher()
        yield KeyBar(self)

    async def on_mount(self) -> None:
        """Open where the last session ended."""
        heed(self._stop)
        bar = self.query_one(TopBar)
        totals = self.source.totals
        bar.about = f"{self.source.name} · {counted(totals['documents'], 'document')}"
        here = self.remembered.get("screen")
        await self._show(here if here in SCREENS else "matches")
        self.set_interval(WATCH_SECONDS, self._watch)
        self.call_after_refresh(self._painted)

    def _painted(self) -> None:
        """The first paint is on the screen: what was put off for it is done."""
        put_off = not gc.isenabled()
        gc.enable()
        self._import_screens(settle=put_off)

    @work(thread=True)
    def _import_screens(self, *, settle: bool) -> None:
        """Import what the other screens need while the first one is read: none of them waits for that then.

        Args:
            settle: Leave all that there is out of further collections of garbage: classes and modules stay, and a key
                that came meanwhile would wait until each was looked at.
        """
        for name in SCREENS:
            screen_class(name)
        import_module("tui.dialogs")
        import_module("tui.help")
        if settle:
            gc.freeze()

    def _watch(self) -> None:
        for bar in self.query(TopBar):
            if not self.source.run.replaced:
                continue
            deleted = not is_run(self.source.run.path)
            news = "deleted" if deleted else "changed: R reads it"
            if bar.news != news:
                bar.news = news
                self.say(DELETED if deleted else "This run has changed. You still read the former one; R reads it.")
        self.guarded(self._see_others_marks)

    def _see_others_marks(self) -> None:
        """Draw the marks anew when somebody else has set some."""
        reviews = self.source.run.notes.all()
        if reviews != self._reviews:
            self._reviews = reviews
            for screen in self.query(Place):
                screen.marked()

    # Actions

    async def on_event(self, event: events.Event) -> None:
        """Carry out an action as soon as its key comes.

        Left to the bindings, a key would wait in the queue of the focused widget, and what is typed right behind a `/`
        would still go to the list.
        """
        if isinstance(event, events.Key) and isinstance(self.screen, Main) and not isinstance(self.focused, Input):
            for key in event.aliases:
                if key in self._by_key:
                    self.action_act(self._by_key[key])
                    return
        await super().on_event(event)

    def action_act(self, action_id: str) -> None:
        """Let the focused widget, or the nearest around it that can, carry out an action."""
        method = handler(action_id, self.focused or self.screen)
        if method is not None:
            self.guarded(method)

    def guarded(self, call: Callable[[], object]) -> None:
        """Call; what goes wrong is said, and the app goes on."""
        try:
            result = call()
        except TextReuseError as error:
            self.complain(error)
            return
        if isinstance(result, Awaitable):
            self.run_worker(self._awaited(result), exit_on_error=False)

    async def _awaited(self, result: Awaitable[object]) -> None:
        try:
            await result
        except TextReuseError as error:
            self.complain(error)

    def say(self, message: str) -> None:
        """Tell the user something in passing."""
        self.notify(visible(message), markup=False, timeout=4)

    def complain(self, error: Exception) -> None:
        """Say what went wrong and what to do."""
        self.notify(visible(str(error)), severity="error", markup=False, timeout=12)

    # Screens

    @property
    def here(self) -> str:
        """Id of the screen that is shown."""
        return self.query_one(ContentSwitcher).current or ""

    @property
    def shown(self) -> Place:
        """The screen that is shown."""
        return self.query_one(ContentSwitcher).get_child_by_id(self.here, Place)

    def lent(self, name: str) -> str | None:
        """The filter that the latest step has lent to a screen, which goes with a step back; None if there is none."""
        if self._steps and self._steps[-1].target == name:
            return self._steps[-1].lent
        return None

    async def _show(self, name: str, state: Mapping[str, Any] | None = None) -> None:
        switcher = self.query_one(ContentSwitcher)
        screen = next((child for child in switcher.query(Place) if child.id == name), None)
        if screen is None:
            screen = screen_class(name)(self, self.source, name)
            remembered = self.remembered.get("screens", {}).get(name)
            screen.display = False
            await switcher.mount(screen)
            state = state if state is not None else remembered
        switcher.current = name
        self.query_one(TopBar).here = name
        if state is not None:
            screen.restore(state)
        screen.first_focus()

    async def open(self, name: str, **state: object) -> None:
        """Show a screen at some place; a step back leads here again, and gives the screen its own state back."""
        if self.here:
            target = next((screen for screen in self.query(Place) if screen.id == name), None)
            own = target.state() if target else self.remembered.get("screens", {}).get(name, {})
            lent = str(state.get("where") or "") if state else None
            self._steps.append(Step(self.here, self.shown.state(), name, own, lent))
            del self._steps[:-MOST_STEPS_BACK]
        await self._show(name, state or None)

    def go_to(self, name: str, **state: object) -> None:
        """`open`, from where nothing can be awaited."""
        self.guarded(partial(self.open, name, **state))

    def go_back(self) -> None:
        """One step back, if there is one."""
        if self._steps:
            step = self._steps.pop()
            if step.lent is not None and step.target != step.origin:
                self.query_one(f"#{step.target}", Place).restore(step.own)
            self.guarded(partial(self._show, step.origin, step.state))

    def do_back(self) -> None:
        """One step back."""
        self.go_back()

    def do_screen(self, name: str) -> None:
        """The screen of this name."""
        if name != self.here:
            self.go_to(name)

    def do_next_pane(self) -> None:
        """The next pane."""
        self.screen.focus_next()

    def do_previous_pane(self) -> None:
        """The pane before."""
        self.screen.focus_previous()

    # Dialogs

    def choose(self, title: str, choices: Sequence[Choice], then: Callable[[str], object], hint: str = "") -> None:
        """Let the user choose, and go on with the choice."""

        def chosen(value: str | None) -> None:
            if value is not None:
                self.guarded(partial(then, value))

        from tui.dialogs import Menu  # noqa: PLC0415 - the first paint waits for no dialog

        self.push_screen(Menu(self.actions, title, choices, hint), chosen)

    def ask(self, title: str, value: str, then: Callable[[str], object], hint: str = "") -> None:
        """Let the user write a line that begins as `value`, and go on with it; nothing happens if the user gives up."""

        def written(text: str | None) -> None:
            if text is not None:
                self.guarded(partial(then, text.strip()))

        from tui.dialogs import Line  # noqa: PLC0415 - as above

        self.push_screen(Line(self.actions, title, value, hint), written)

    def do_keys(self) -> None:
        """The keys of this pane."""
        from tui.help import key_lines  # noqa: PLC0415 - as above

        self._page("Keys of this pane", key_lines(available(self.actions, self.focused or self.screen)))

    def do_help(self) -> None:
        """How everything works."""
        from tui.help import help_lines  # noqa: PLC0415 - as above

        self._page("Help", help_lines(self.actions, getattr(self.shown, "table_name", None)))

    def _page(self, title: str, lines: Sequence[tuple[str, str]]) -> None:
        from tui.dialogs import Page  # noqa: PLC0415 - as above

        self.push_screen(Page(self.actions, title, lines))

    def do_palette(self) -> None:
        """Find a command."""
        self.action_command_palette()

    def copy(self, text: str) -> None:
        """Put a text on the clipboard."""
        self.copy_to_clipboard(text)
        self.say(f"Copied {counted(len(text), 'character')}.")

    def do_theme(self) -> None:
        """The next look."""
        at = self.looks.index(self.theme) if self.theme in self.looks else -1
        self.theme = self.looks[(at + 1) % len(self.looks)]

    def do_quit(self) -> None:
        """Leave; where one was is kept for the next time."""
        self._leave()

    def do_reload(self) -> None:
        """Read the run again, as the latest scan left it; where it cannot be read, one stays with the former."""
        run = self.source.run
        if not run.replaced:
            self.say("The run is the latest one: nothing has been scanned since.")
        elif is_run(run.path):
            self._leave(Run.open(run.path))
        else:
            self.say(DELETED)

    def _leave(self, following: Run | None = None) -> None:
        self.keep_state()
        self.source.close()
        self.exit(following)

    def _stop(self, number: int) -> None:
        self.stopped = number
        self._leave()

    def keep_state(self) -> None:
        """Keep where the session is."""
        screens = dict(self.remembered.get("screens", {}))
        for child in self.query(Place):
            if child.id:
                screens[child.id] = child.state()
        write_state(self.source.run.path, {"screen": self.here, "theme": self.theme, "screens": screens})
