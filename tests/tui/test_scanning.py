"""Scanning on the way, and work in another process."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest

from reuse.errors import CorpusError, RunError, UsageError
from reuse.run.run import Run
from tests.tui.conftest import seen
from tui.actions import ACTIONS
from tui.child import Child, Tell, Told
from tui.compute import Computing
from tui.scanning import Scanning, Step, ToldProgress, scan_telling, scanned

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


class Script:
    """A child that does its work here, or says what it was given to say; then it may wait until it is stopped."""

    says: list[Told] | None = None
    waits = False
    ended = ""

    def __init__(self, function: Callable[..., object], *arguments: object) -> None:
        self.call = lambda tell: function(tell, *arguments)
        self.stopped = Event()

    def messages(self) -> Iterator[Told]:
        if self.says is not None:
            yield from self.says
            if self.waits:
                self.stopped.wait(20)
            return
        told: list[object] = []
        try:
            result = Told("done", self.call(told.append))
        except (UsageError, CorpusError) as error:
            result = Told("failed", error)
        yield from (Told("told", one) for one in told)
        yield result

    def stop(self) -> None:
        type(self).ended += "stopped "
        self.stopped.set()

    def kill(self) -> None:
        type(self).ended += "killed "


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> type[Script]:
    class One(Script):
        pass

    monkeypatch.setattr("tui.scanning.Child", One)
    monkeypatch.setattr("tui.compute.Child", One)
    return One


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name in ("one", "two"):
        (folder / f"{name}.txt").write_text(f"Report {name}. {SHARED}. End of {name}.")
    return folder


def test_a_scan_tells_its_stages_and_stores_the_run(folder: Path, tmp_path: Path) -> None:
    told: list[object] = []
    scan_telling(told.append, [folder])
    stages = [step.stage for step in told if isinstance(step, Step) and step.stage]
    assert len(stages) == len(set(stages)) > 2
    with Run.open(tmp_path / "reports.reuse") as run:
        assert run.count("matches") == 1


async def test_what_is_told_is_shown_until_the_scan_is_done(folder: Path, script: type[Script]) -> None:
    shown = Scanning([folder], ACTIONS)
    script.says, script.waits = [Told("told", Step("reading", 1_200)), Told("told", Step(None, 1_100))], True
    async with shown.run_test(size=(80, 24)) as pilot:
        screen = await seen(pilot, "reading 1,100 of 1,200")
        assert "reports" in screen
        assert "without scanning again" not in screen
        await pilot.press("enter")  # there is no run to read yet
        assert shown.is_running
        await pilot.press("q")
    assert (shown.return_value, shown.problem, script.ended) == (False, None, "stopped ")
    whole = Scanning([folder], ACTIONS)
    script.says, script.waits = [Told("told", Step("reading", -1)), Told("done", None)], False
    async with whole.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.1)
    assert (whole.return_value, whole.problem) == (True, None)


@pytest.mark.parametrize(
    ("says", "problem"),
    [
        ([Told("failed", CorpusError("nothing could be read"))], "nothing could be read"),
        ([Told("told", Step("reading", 2))], "the scan ended without a word; is memory short?"),
        ([], "the scan ended without a word; is memory short?"),
    ],
)
async def test_a_scan_that_fails_says_why(says: list[Told], problem: str, folder: Path, script: type[Script]) -> None:
    script.says = says
    app = Scanning([folder], ACTIONS)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.1)
    assert (app.return_value, app.problem) == (False, problem)


async def test_a_run_that_is_there_can_be_read_at_once(folder: Path, script: type[Script]) -> None:
    scan_telling(lambda _: None, [folder])
    app = Scanning([folder], ACTIONS)
    script.says, script.waits = [Told("told", Step("reading", 1))], True
    async with app.run_test(size=(80, 24)) as pilot:
        await seen(pilot, "without scanning again")
        await pilot.press("enter")
    assert (app.return_value, script.ended) == (True, "stopped ")


def test_what_comes_of_a_scan(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Scanning, "run", lambda app: True)
    assert scanned([folder], ACTIONS) == Scanning([folder], ACTIONS).target
    monkeypatch.setattr(Scanning, "run", lambda app: False)
    assert scanned([folder], ACTIONS) is None
    monkeypatch.setattr(Scanning, "run", lambda app: setattr(app, "problem", "memory is short"))
    with pytest.raises(CorpusError, match="memory is short"):
        scanned([folder], ACTIONS)


def test_work_on_a_large_run_goes_to_a_child(made: Path, script: type[Script]) -> None:
    with Run.open(made) as run:
        small, large = Computing(run, 500_000), Computing(run, 500_001)
        assert small(count, "matches") == large(count, "matches") == 120
        for computing in (small, large):
            with pytest.raises(UsageError, match="no table"):
                computing(count, "cats")
        large.stop()
        assert script.ended == ""
        script.says = []
        with pytest.raises(RunError, match="is memory short"):
            large(count, "matches")
        assert small(count, "matches") == 120
        one = script(count)
        large._children.add(one)
        large.stop()
        assert script.ended == "killed "


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
