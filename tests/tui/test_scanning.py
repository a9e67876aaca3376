"""Scanning on the way, and work in another process."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reuse.errors import RunError, UsageError
from reuse.run.run import Run
from tui.actions import ACTIONS
from tui.child import Child, Tell
from tui.compute import Computing
from tui.scanning import Scanning, Step, ToldProgress

SHARED = "nobody will be left without a boat when the winter comes to the harbour of the northern town this year"


def twice(tell: Tell, number: int) -> int:
    os.write(1, b"this must not reach the pipe")
    tell("working")
    return 2 * number


def wrong(_: Tell) -> None:
    raise UsageError("that was wrong")


def count(run: Run, table: str) -> int:
    return run.count(table)


def die(_: Run) -> None:
    os._exit(3)


@pytest.fixture
def findable(monkeypatch: pytest.MonkeyPatch) -> None:
    """A child finds the functions of this module."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))


@pytest.mark.slow
def test_a_child_tells_and_answers(findable: None) -> None:
    assert [(told.kind, told.value) for told in Child(twice, 21).messages()] == [("told", "working"), ("done", 42)]
    (told,) = Child(wrong).messages()
    assert (told.kind, str(told.value)) == ("failed", "that was wrong")


@pytest.mark.slow
def test_a_large_run_is_read_in_a_process_of_its_own(made: Path, findable: None) -> None:
    with Run.open(made) as run:
        assert Computing(run, 10)(count, "matches") == Computing(run, 10**9)(count, "matches") == 120
        with pytest.raises(UsageError, match="no table"):
            Computing(run, 10**9)(count, "cats")
        with pytest.raises(RunError, match="memory"):
            Computing(run, 10**9)(die)


def test_progress_is_told_step_by_step() -> None:
    told: list[object] = []
    progress = ToldProgress(told.append)
    progress.stage("read", None)
    progress.advance(3)
    assert told == [Step("read", -1), Step(None, 3)]


@pytest.mark.slow
async def test_stage_and_way_out(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name in ("one", "two"):
        (folder / f"{name}.txt").write_text(f"Report {name}. {SHARED}. End of {name}.")
    app = Scanning([folder], ACTIONS)
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(600):
            if app.return_value is not None:
                break
            await pilot.pause(0.05)
    app.stop()
    assert app.problem is None
    assert app.return_value is True
    again = Scanning([folder], ACTIONS)
    async with again.run_test(size=(80, 24)) as pilot:
        await pilot.press("q")
    assert again.return_value is False
    assert (tmp_path / "reports.reuse" / "run.sqlite").exists()
