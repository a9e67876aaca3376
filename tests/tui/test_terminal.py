"""The main path in a real terminal: open, filter, read, mark, export, quit."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from reuse.run.notes import Notes

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed: apt install tmux"),
]


class Terminal:
    """A tmux session of its own server."""

    def __init__(self, folder: Path) -> None:
        self.socket = f"textreuse-{uuid.uuid4().hex[:8]}"
        self.folder = folder

    def tmux(self, *words: str) -> str:
        return subprocess.run(
            ["tmux", "-L", self.socket, *words], capture_output=True, text=True, check=True, cwd=self.folder
        ).stdout

    def start(self, command: str, width: int = 120, height: int = 40) -> None:
        state = f"XDG_STATE_HOME={self.folder / 'state'} XDG_CONFIG_HOME={self.folder / 'config'}"
        shell = f"env -u COLUMNS -u LINES {state} {command}; echo status $?; sleep 60"
        self.tmux("-f", os.devnull, "new-session", "-d", "-x", str(width), "-y", str(height), shell)

    def press(self, *keys: str) -> None:
        self.tmux("send-keys", *keys)

    def screen(self) -> str:
        return self.tmux("capture-pane", "-p")

    def seen(self, text: str, within: float = 20.0) -> str:
        end = time.monotonic() + within
        while text not in (screen := self.screen()):
            assert time.monotonic() < end, f"{text!r} is not on the screen:\n{screen}"
            time.sleep(0.1)
        return screen


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    one = Terminal(tmp_path)
    yield one
    subprocess.run(["tmux", "-L", one.socket, "kill-server"], check=False, capture_output=True)


def test_open_filter_read_mark_export_quit(terminal: Terminal, prose: Path) -> None:
    terminal.start(f"{sys.executable} -m reuse browse {prose}")
    terminal.seen("Who repeats whom")
    terminal.press("1")
    terminal.seen("Matches · 10")
    terminal.press("/")
    terminal.press("-l", "doc:bert doc:anna")
    terminal.seen("1 of 10")
    screen = terminal.seen("[summer]")
    assert "{new}" in screen
    terminal.press("Enter")
    terminal.seen("┏━ Matches")  # the next key is the list's and no longer the filter's
    terminal.press("Enter")
    terminal.seen("┏━ Passages")
    terminal.press("Down", "Escape")
    terminal.seen("┏━ Matches")  # an escape and a letter at once would be alt and the letter
    terminal.press("a")
    terminal.seen("✓")
    terminal.press("e")
    terminal.seen("prose-matches.csv")
    terminal.press("Enter")
    terminal.seen("written to")
    terminal.press("q")
    terminal.seen("status 0")
    assert len((prose.parent / "prose-matches.csv").read_text("utf-8").splitlines()) == 2
    notes = Notes(prose / "notes.sqlite")
    assert list(notes.marks("match").values()) == ["accepted"]
    notes.close()


def test_a_folder_is_scanned_on_the_way(terminal: Terminal, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    shared = "nobody will be left without a boat when the winter comes to the harbour of the northern town this year"
    for name in ("one", "two", "three"):
        (folder / f"{name}.txt").write_text(f"This is report {name}. {shared}. That was {name} of them.")
    terminal.start(f"{sys.executable} -m reuse browse {folder}")
    terminal.seen("reports.reuse · 3 documents", within=40)
    terminal.press("3")
    terminal.seen("recurring passage")
    terminal.press("q")
    terminal.seen("status 0")
    assert (tmp_path / "reports.reuse" / "run.sqlite").exists()


def process_below(terminal: Terminal) -> int:
    """The program that the terminal's shell runs."""
    shell = terminal.tmux("list-panes", "-F", "#{pane_pid}").strip()
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", shell], capture_output=True, text=True, check=True).stdout
    return int(found.split()[0])


def test_a_signal_gives_the_terminal_back(terminal: Terminal, prose: Path) -> None:
    terminal.start(f"{sys.executable} -m reuse browse {prose}")
    terminal.seen("Who repeats whom")
    os.kill(process_below(terminal), signal.SIGTERM)
    screen = terminal.seen("status 143")
    assert "textreuse: stopped by SIGTERM" in screen
    assert "Matches" not in screen


def test_a_terminal_that_is_closed_ends_the_program(terminal: Terminal, prose: Path) -> None:
    terminal.start(f"{sys.executable} -m reuse browse {prose}")
    terminal.seen("Who repeats whom")
    terminal.press("3")
    terminal.seen("Documents ·")
    process = process_below(terminal)
    terminal.tmux("kill-server")
    end = time.monotonic() + 20
    while Path(f"/proc/{process}").exists():
        assert time.monotonic() < end, "the program goes on without a terminal"
        time.sleep(0.1)
    (kept,) = (terminal.folder / "state").rglob("*.json")
    assert json.loads(kept.read_text("utf-8"))["screen"] == "documents"


def test_what_cannot_be_scanned_is_said(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    terminal.start(f"{sys.executable} -m reuse browse {tmp_path / 'nothing'}")
    screen = terminal.seen("status 1", within=40)
    assert "textreuse:" in screen
