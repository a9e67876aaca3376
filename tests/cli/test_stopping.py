"""Signals that ask a command to end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from reuse.cli import main
from reuse.cli.stopping import stoppable
from reuse.errors import STOPPING, Stopped


def end_oneself(number: int) -> None:
    os.kill(os.getpid(), number)
    time.sleep(5)


@pytest.mark.parametrize("number", STOPPING)
def test_a_signal_is_raised_where_one_works_and_its_handler_comes_back(number: int) -> None:
    before = signal.getsignal(number)
    with pytest.raises(Stopped, match=signal.Signals(number).name) as stopped, stoppable():
        end_oneself(number)
    assert stopped.value.status == 128 + number
    assert signal.getsignal(number) == before


def test_what_is_ignored_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with stoppable():
            os.kill(os.getpid(), signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, before)


def test_other_threads_leave_signals_alone() -> None:
    before = signal.getsignal(signal.SIGTERM)
    seen: list[object] = []

    def look() -> None:
        with stoppable():
            seen.append(signal.getsignal(signal.SIGTERM))

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [before]


def test_a_command_that_is_stopped_says_so(
    run_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(*_: object, **__: object) -> None:
        end_oneself(signal.SIGTERM)

    monkeypatch.setattr("reuse.report.markdown.write_report", stopped)
    assert main(["report", str(run_path), "-o", "x.md"]) == 143
    assert capsys.readouterr().err == "textreuse: stopped by SIGTERM; what stood before stands\n"


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, *STOPPING])
@pytest.mark.parametrize("seconds", [0.3, 1.0, 2.0])
def test_a_scan_that_is_stopped_leaves_nothing_behind(seconds: float, number: int, tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    for at in range(400):
        (texts / f"{at}.txt").write_text(" ".join(f"word{at * 7 + place}" for place in range(500)))
    out = tmp_path / "out"
    out.mkdir()
    command = [sys.executable, "-m", "textreuse", "scan", str(texts), "-o", str(out / "texts.reuse")]
    scan = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    time.sleep(seconds)
    scan.send_signal(number)
    _, err = scan.communicate(timeout=60)
    assert "Traceback" not in err
    if scan.returncode > 0:  # 0 or below: it was done already, and at most on its way out
        assert scan.returncode == 128 + number
        assert err.endswith("what stood before stands\n")
        assert list(out.iterdir()) == []
