"""Scans documents on the way to reading them: in a process of its own, its stage shown, with a way out."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import ProgressBar, Static

from reuse.display import visible
from reuse.errors import CorpusError, TextReuseError
from reuse.pipeline import default_run
from reuse.run.folder import is_run
from tui.actions import Action, bind_actions, handler
from tui.themes import DARK, OURS

LOOK_SECONDS = 0.1
PATIENCE_SECONDS = 3.0
"""How long a scan that was told to stop may take to tidy up."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the scanning process says.

    Attributes:
        kind: stage, advance, done or failed.
        text: Name of the stage, or what went wrong.
        number: Total of the stage (-1: unknown), or how much more is done.
    """

    kind: str
    text: str = ""
    number: int = 0


class PipeProgress:
    """Hands a scan's progress to another process."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe

    def stage(self, name: str, total: int | None) -> None:
        """A stage begins."""
        self._pipe.send(Told("stage", name, -1 if total is None else total))

    def advance(self, n: int) -> None:
        """So much more is done."""
        self._pipe.send(Told("advance", "", n))


def _scan(paths: Sequence[Path], pipe: Connection) -> None:
    """The scanning process: what it prints would spoil the screen, so it prints nothing."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(devnull, stream)
    sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115, PTH123 - for the life of the process
    from reuse.pipeline import scan  # noqa: PLC0415 - after the streams are silent

    try:
        scan(paths, progress=PipeProgress(pipe)).close()
        pipe.send(Told("done"))
    except TextReuseError as error:
        pipe.send(Told("failed", str(error)))
    except KeyboardInterrupt:
        pass  # the scan has tidied up after itself
    except Exception as error:  # noqa: BLE001 - whatever it was, the user must be told
        pipe.send(Told("failed", f"the scan stopped: {type(error).__name__}: {error}"))


class Scanning(App[bool], inherit_bindings=False):
    """Shows a scan. Returns True when the run can be opened, False when the user left.

    Attributes:
        problem: Why the scan failed, if it did.
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
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe(duplex=False)
        self._process = context.Process(target=_scan, args=(self.paths, theirs), daemon=True)
        self._theirs = theirs
        self._total = -1
        self._done = 0

    def compose(self) -> ComposeResult:
        """What is scanned, the stage, the way out."""
        with Vertical() as box:
            box.border_title = Content("Looking for what these texts share")
            yield Static(Content(visible(", ".join(map(str, self.paths)), one_line=True)))
            yield Static("starting …", classes="stage")
            yield ProgressBar(show_eta=False)
            way = "q  leave; what stood before stands"
            if is_run(self.target):
                way += f"\n↵  read {self.target} as it is, without scanning again"
            yield Static(Content(visible(way)), classes="hint")

    def on_mount(self) -> None:
        """Start the scan."""
        self._process.start()
        self._theirs.close()
        self.set_interval(LOOK_SECONDS, self._look)

    def action_act(self, action_id: str) -> None:
        """Carry out an action."""
        method = handler(action_id, self)
        if method is not None:
            method()

    def _look(self) -> None:
        """Read what the scan says."""
        try:
            while self._pipe.poll():
                self._hear(self._pipe.recv())
        except (EOFError, OSError):
            if self._process.exitcode is not None or not self._process.is_alive():
                self._leave(f"the scan ended without a word (exit status {self._process.exitcode}); is memory short?")
            return
        stage = self.query_one(ProgressBar)
        stage.update(total=self._total if self._total > 0 else None, progress=self._done)

    def _hear(self, told: Told) -> None:
        if told.kind == "stage":
            self._total, self._done = told.number, 0
            self._say(told.text)
        elif told.kind == "advance":
            self._done += told.number
            self._say()
        elif told.kind == "done":
            self.exit(True)
        else:
            self._leave(told.text)

    def _say(self, stage: str | None = None) -> None:
        label = self.query_one(".stage", Static)
        if stage is not None:
            self._stage = stage
        counted = f"  {self._done:,}" + (f" of {self._total:,}" if self._total > 0 else "") if self._done else ""
        label.update(Content(visible(f"{getattr(self, '_stage', '')}{counted}", one_line=True)))

    def _leave(self, problem: str) -> None:
        self.problem = problem
        self.exit(False)

    def do_quit(self) -> None:
        """Stop the scan and leave."""
        self.stop()
        self.exit(False)

    def do_open(self) -> None:
        """Read the run that is there."""
        if is_run(self.target):
            self.stop()
            self.exit(True)

    def stop(self) -> None:
        """End the scanning process: an interrupt lets it tidy up."""
        if self._process.pid is not None and self._process.is_alive():
            with suppress(OSError):
                os.kill(self._process.pid, signal.SIGINT)
            self._process.join(PATIENCE_SECONDS)
            if self._process.is_alive():
                self._process.kill()


def scanned(paths: Sequence[Path], actions: Sequence[Action]) -> Path | None:
    """Scan and return the run's folder; None when the user left before it was done.

    Raises:
        CorpusError: The scan failed; the message says why and what to do.
    """
    app = Scanning(paths, actions)
    done = app.run()
    app.stop()
    if app.problem:
        raise CorpusError(app.problem)
    return app.target if done else None
