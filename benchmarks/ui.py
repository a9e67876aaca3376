"""How quickly the terminal UI answers: from the command to the first paint, and from a key to the changed screen.

The real command runs on a pseudo-terminal, as a user's terminal would run it. A key's time ends with the first output
that follows it: what is measured is the wait, terminal drawing aside.

    python -m benchmarks.ui            100,000 matches, 10,000 documents
    python -m benchmarks.ui RUN        a run of your own
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import statistics
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

    def settle(self) -> None:
        """Wait until nothing is drawn any more."""
        end = time.perf_counter() + PATIENCE
        while self.read(QUIET) and time.perf_counter() < end:
            pass

    def press(self, key: str) -> float | None:
        """Seconds until the screen answers a key; None if it has nothing to say."""
        begin = time.perf_counter()
        os.write(self._master, key.encode())
        answered = self.read(1.0)
        taken = time.perf_counter() - begin
        self.settle()
        return taken if answered else None

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
        return _session(Terminal([sys.executable, "-m", "reuse", "browse", str(run)], Path(state)))


def _session(terminal: Terminal) -> Answer:
    first_paint = terminal.until(FIRST_PAINT)
    terminal.settle()
    keys: dict[str, list[float]] = {}
    for name, pressed in KEYS.items():
        terminal.press("1")
        times = [terminal.press(key) for key in pressed]
        keys[name] = [taken for taken in times if taken is not None]
    megabytes = terminal.megabytes()
    terminal.leave()
    return Answer(first_paint, keys, megabytes)


def report(answer: Answer) -> str:
    """The figures as text."""
    lines = [f"first paint  {answer.first_paint:.2f} s", f"memory       {answer.megabytes:.0f} MB", ""]
    lines.append(f"{'keys':<26}{'median ms':>10}{'worst ms':>10}")
    for name, times in answer.keys.items():
        lines.append(f"{name:<26}{1000 * statistics.median(times):>10.0f}{1000 * max(times):>10.0f}")
    everything = [taken for times in answer.keys.values() for taken in times]
    lines.append(f"{'all':<26}{1000 * statistics.median(everything):>10.0f}{1000 * max(everything):>10.0f}")
    return "\n".join(lines)


def main() -> None:
    """Measure a run that is named, or a made one of the size that the program is meant for."""
    if len(sys.argv) > 1:
        print(report(measure(Path(sys.argv[1]))))
        return
    from tests.synthetic import synthetic_run  # noqa: PLC0415 - a clone has it, an installed package need not

    with tempfile.TemporaryDirectory() as folder:
        print(report(measure(synthetic_run(Path(folder) / "large.reuse", documents=10_000, matches=100_000))))


if __name__ == "__main__":
    main()
