"""The progress line on stderr."""

from __future__ import annotations

import io
import sys

import pytest
from rich.console import Console
from rich.progress import Progress, TextColumn

from reuse.cli.progress import TerminalProgress, terminal_progress


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_nothing_is_drawn_where_stderr_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with terminal_progress() as progress:
        assert progress is None
    assert capsys.readouterr() == ("", "")


def test_a_stage_replaces_the_one_before() -> None:
    with Progress(TextColumn("{task.description}"), console=Console(file=Screen())) as display:
        progress = TerminalProgress(display)
        progress.advance(1)  # before any stage: nobody counts it
        progress.stage("reading", 5)
        progress.advance(2)
        progress.advance(1)
        (task,) = display.tasks
        assert (task.description, task.completed, task.total) == ("reading", 3, 5)
        progress.stage("aligning", None)
        (task,) = display.tasks
        assert (task.description, task.completed, task.total) == ("aligning", 0, None)


def test_stage_count_and_time_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    with terminal_progress() as progress:
        assert progress is not None
        progress.stage("reading [b]", 2_000)
        progress.advance(1_500)
        progress._display.refresh()
        progress.stage("aligning", None)
        progress.advance(7)
        progress._display.refresh()
    drawn = screen.getvalue()
    assert "reading [b]" in drawn  # no markup
    assert "1,500 of 2,000" in drawn
    assert "left" in drawn
    assert "0:00:00" in drawn
    assert drawn.endswith("\x1b[2K")  # the line is gone when the work is done
