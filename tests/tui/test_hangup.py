"""A terminal that is gone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tui.hangup import Lossy


def test_what_is_written_to_a_terminal_that_is_gone_is_lost() -> None:
    near, far = os.openpty()
    with os.fdopen(far, "w", buffering=1, encoding="utf-8") as terminal:
        lossy = Lossy(terminal)
        assert (lossy.write("seen"), lossy.fileno()) == (4, far)
        lossy.flush()
        assert os.read(near, 10) == b"seen"
        os.close(near)
        with pytest.raises(OSError, match="Input/output"):
            os.write(far, b"lost")
        assert lossy.write("lost\n" * 1000) == 5000
        lossy.flush()
        os.dup2(os.open(os.devnull, os.O_WRONLY), far)  # closing it flushes it


@pytest.mark.slow
def test_a_program_that_is_told_to_go_on_and_to_end_ends(prose: Path) -> None:
    """What a terminal that is closed tells: first it draws all anew, then there is nothing to draw on."""
    near, far = os.openpty()
    command = [sys.executable, "-m", "reuse", "browse", str(prose)]
    environment = {**os.environ, "TERM": "xterm-256color"}
    process = subprocess.Popen(command, stdin=far, stdout=far, stderr=far, env=environment, start_new_session=True)
    os.close(far)
    shown, end = b"", time.monotonic() + 30
    while b"Matches" not in shown and time.monotonic() < end:
        shown += os.read(near, 65536)
    time.sleep(0.5)
    process.send_signal(signal.SIGCONT)
    time.sleep(0.05)
    os.close(near)
    process.send_signal(signal.SIGHUP)
    try:
        process.wait(timeout=20)
    finally:
        process.kill()
