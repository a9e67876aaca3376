"""How quickly the terminal UI answers: from the command to the first paint, and from a key to the changed screen.

The real command runs on a pseudo-terminal, as a user's terminal would run it: what is measured is the wait, terminal
drawing aside. A key is answered with the first output that follows it, and its screen is whole with the last one.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import sys
import tempfile
import termios
import time
from dataclasses import dataclass
from pathlib import Path

SIZE = (40, 120)
PATIENCE = 20.0
QUIET = 0.12
"""Seconds without output after which the screen counts as settled."""
ANSWER = 1.0
"""Seconds after which a key counts as one that changes nothing."""
FIRST_PAINT = "0 Overview"
KEYS = {
    "from the overview to the matches": "1",
    "list, one row": "jjjjjjjjjjkkkkk",
    "list, half a page": "\x04\x04\x04\x15\x15",
    "list, last and first": "GgGg",
    "passages, one line": "\tjjjkkk\t",
    "context, arrangement": "++--vvv",
    "screens": "23456123451",
    "documents, next passage": "3nnnnnNNN",
    "formulas, one row": "2jjjjjkkk",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What was measured.

    Attributes:
        first_paint: Seconds from the command to the first list on the screen.
        keys: Seconds from each key to the screen's answer, by what the keys do.
        megabytes: Most memory that the process held.
    """

    first_paint: float
    keys: dict[str, list[float]]
    megabytes: float


@dataclass(frozen=True, slots=True)
class Wait:
    """What a user waits for after a key.

    Attributes:
        first: Seconds until the screen begins to answer.
        whole: Seconds until the last output before it is quiet: what is worked out in the background is shown, too.
        busy: Processor seconds of the thread that draws: what the wait is on a machine that does nothing else. Linux;
            elsewhere 0.
    """

    first: float
    whole: float
    busy: float


class Terminal:
    """The command on a pseudo-terminal."""

    def __init__(self, command: list[str], state: Path) -> None:
        """Start it, with a folder for the session that it remembers, which is not the user's."""
        self.started = time.perf_counter()
        self.process, self._master = pty.fork()
        if self.process == 0:
            size = {"COLUMNS": str(SIZE[1]), "LINES": str(SIZE[0])}
            os.environ.update(TERM="xterm-256color", XDG_STATE_HOME=str(state), **size)
            os.execvp(command[0], command)  # noqa: S606 - the command under measurement
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", *SIZE, 0, 0))

    def read(self, seconds: float) -> bytes:
        """What comes within so many seconds; nothing if nothing comes."""
        if not select.select([self._master], [], [], seconds)[0]:
            return b""
        try:
            return os.read(self._master, 1 << 16)
        except OSError:
            return b""

    def until(self, text: str) -> float:
        """Seconds since the start until a text is on the screen."""
        seen = b""
        while time.perf_counter() - self.started < PATIENCE:
            seen += self.read(0.1)
            if text.encode() in seen:
                return time.perf_counter() - self.started
        raise TimeoutError(f"{text!r} did not appear within {PATIENCE:g} s")

    def settle(self, quiet: float = QUIET) -> float:
        """Wait until nothing has been drawn for so many seconds; when the last output came."""
        last = time.perf_counter()
        end = last + PATIENCE
        while self.read(quiet) and last < end:
            last = time.perf_counter()
        return last

    def press(self, key: str, quiet: float = QUIET) -> Wait | None:
        """How long the screen takes to answer a key; None if it has nothing to say."""
        busy, begin = self._busy(), time.perf_counter()
        os.write(self._master, key.encode())
        if not self.read(ANSWER):
            return None
        first = time.perf_counter() - begin
        whole = self.settle(quiet) - begin
        return Wait(first, whole, self._busy() - busy)

    def _busy(self) -> float:
        """Seconds that a processor has given to the thread that draws."""
        spent = Path(f"/proc/{self.process}/task/{self.process}/schedstat")
        return int(spent.read_text("ascii").split()[0]) / 1e9 if spent.exists() else 0.0

    def megabytes(self) -> float:
        """Most memory that the process held so far."""
        status = Path(f"/proc/{self.process}/status").read_text("utf-8")
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024

    def leave(self) -> None:
        """Quit and wait for the end."""
        os.write(self._master, b"q")
        while self.read(0.5):
            pass
        os.close(self._master)
        os.waitpid(self.process, 0)


def measure(run: Path) -> Answer:
    """Open a run and go through a session.

    Raises:
        TimeoutError: Nothing was painted.
    """
    with tempfile.TemporaryDirectory() as state:
        return _session(browse(run, Path(state)))


def browse(run: Path, state: Path) -> Terminal:
    """The terminal UI on a run, with a folder for what it remembers of the session."""
    return Terminal([sys.executable, "-m", "reuse", "browse", str(run)], state)


def _session(terminal: Terminal) -> Answer:
    first_paint = terminal.until(FIRST_PAINT)
    terminal.settle()
    keys: dict[str, list[float]] = {}
    for name, pressed in KEYS.items():
        terminal.press("1")
        times = [terminal.press(key) for key in pressed]
        keys[name] = [taken.first for taken in times if taken is not None]
    megabytes = terminal.megabytes()
    terminal.leave()
    return Answer(first_paint, keys, megabytes)
