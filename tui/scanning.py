"""Scans documents on the way to reading them: in a process of its own, its stage shown, with a way out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import ProgressBar, Static

from reuse.display import visible
from reuse.errors import CorpusError, Stopped
from reuse.pipeline import default_run, scan
from reuse.run.folder import is_run
from tui.actions import Action, bind_actions, handler
from tui.child import Child, Tell, Told
from tui.hangup import TerminalApp
from tui.stopping import heed
from tui.themes import DARK, OURS


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the scan.

    Attributes:
        stage: Name of a stage that begins; None: the same one goes on.
        number: Total of the stage (-1: unknown), or how much more is done.
    """

    stage: str | None
    number: int


class ToldProgress:
    """Tells another process of a scan's progress."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell

    def stage(self, name: str, total: int | None) -> None:
        """A stage begins."""
        self._tell(Step(name, -1 if total is None else total))

    def advance(self, n: int) -> None:
        """So much more is done."""
        self._tell(Step(None, n))


def scan_telling(tell: Tell, paths: Sequence[Path]) -> None:
    """Scan, in the child."""
    scan(paths, progress=ToldProgress(tell)).close()


class Scanning(TerminalApp[bool], inherit_bindings=False):
    """Shows a scan. Returns True when the run can be opened, False when the user left.

    Attributes:
        problem: Why the scan failed, if it did.
        signal: The signal that has ended the app, if one has.
    """

    ENABLE_COMMAND_PALETTE = False
    CSS: ClassVar[str] = """
    Scanning { align: center middle; }
    Screen { align: center middle; background: $background; }
    Vertical {
        width: 64; max-width: 96%; height: auto; border: round $primary; padding: 1 2;
        border-title-color: $text-accent; border-title-style: bold;
    }
    ProgressBar { margin: 1 0; width: 100%; }
    Bar { width: 1fr; }
    .stage { text-style: bold; }
    .hint { color: $text-muted; }
    """

    def __init__(self, paths: Sequence[Path], actions: Sequence[Action]) -> None:
        super().__init__()
        self.paths = list(paths)
        self.target = default_run(self.paths)
        self.problem: str | None = None
        self._bindings = bind_actions([action for action in actions if action.id in {"quit", "back", "open"}])
        for theme in OURS:
            self.register_theme(theme)
        self.theme = DARK.name
        self._child: Child | None = None
        self._stopped = False
        self.signal: int | None = None
        self._stage = ""
        self._total = -1
        self._done = 0

    def compose(self) -> ComposeResult:
        """What is scanned, the stage, the way out."""
        with Vertical() as box:
            box.border_title = Content("Looking for what these texts share")
            yield Static(Content(visible(", ".join(map(str, self.paths)), one_line=True)))
            yield Static("starting …", classes="stage")
            yield ProgressBar(show_eta=False, show_percentage=False)
            way = "q  leave; what stood before stands"
            if is_run(self.target):
                way += f"\n↵  read {self.target} as it is, without scanning again"
            yield Static(Content(visible(way)), classes="hint")

    def on_mount(self) -> None:
        """Start the scan."""
        heed(self._signalled)
        self._child = Child(scan_telling, self.paths)
        self._listen(self._child)

    @work(thread=True)
    def _listen(self, child: Child) -> None:
        last = None
        for last in child.messages():
            if last.kind == "told":
                self.call_from_thread(self._step, last.value)
        if not self._stopped:
            self.call_from_thread(self._ended, last)

    def action_act(self, action_id: str) -> None:
        """Carry out an action."""
        method = handler(action_id, self)
        if method is not None:
            method()

    def _step(self, step: Step) -> None:
        if step.stage is not None:
            self._stage, self._total, self._done = step.stage, step.number, 0
        else:
            self._done += step.number
        of = f" of {self._total:,}" if self._total > 0 else ""
        counted = f" {self._done:,}{of}" if self._done or of else ""
        self.query_one(".stage", Static).update(Content(visible(f"{self._stage}{counted}", one_line=True)))
        self.query_one(ProgressBar).update(total=self._total if self._total > 0 else None, progress=self._done)

    def _ended(self, last: Told | None) -> None:
        if last is None or last.kind == "told":
            self.problem = "the scan ended without a word; is memory short?"
        elif last.kind == "failed":
            self.problem = str(last.value)
        self.exit(self.problem is None)

    def do_quit(self) -> None:
        """Stop the scan and leave."""
        self.stop()
        self.exit(False)

    def _signalled(self, number: int) -> None:
        self.signal = number
        self.do_quit()

    def do_open(self) -> None:
        """Read the run that is there."""
        if is_run(self.target):
            self.stop()
            self.exit(True)

    def stop(self) -> None:
        """End the scanning process."""
        self._stopped = True
        if self._child is not None:
            self._child.stop()


def scanned(paths: Sequence[Path], actions: Sequence[Action]) -> Path | None:
    """Scan and return the run's folder; None when the user left before it was done.

    Raises:
        CorpusError: The scan failed; the message says why and what to do.
        Stopped: A signal asked the program to end, which it did.
    """
    app = Scanning(paths, actions)
    done = app.run()
    app.stop()
    if app.signal is not None:
        raise Stopped(app.signal)
    if app.problem:
        raise CorpusError(app.problem)
    return app.target if done else None
