"""How the command line behaves as a whole: exit statuses, streams, colour, pipes."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from reuse.cli import main
from reuse.cli.commands import COMMANDS
from reuse.cli.terminal import command_name


def textreuse(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "reuse", *map(str, arguments)]
    clean = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "FORCE_COLOR", "COLUMNS"}}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=clean | environment, timeout=60)


def test_without_a_command_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    out = capsys.readouterr().out
    assert all(f"\n    {name} " in out for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name, "--help"]) == 0
    assert f"usage: textreuse {name}" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["nonsense"], ["compare"], ["export", "x", "y", "z"], ["--nonsense"]])
def test_wrong_usage_is_status_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "textreuse" in err


@pytest.mark.parametrize(
    "arguments", [["export", "{}", "matches"], ["report", "{}", "-o", "x.md"], ["compare", "{}", "a", "b"]]
)
def test_a_missing_run_is_status_1_and_says_what_to_do(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = str(tmp_path / "not\x1b[31m there")
    assert main([argument.replace("{}", missing) for argument in arguments]) == 1
    err = capsys.readouterr().err
    assert err.startswith("textreuse: ")
    assert "textreuse scan" in err
    assert "\x1b" not in err


def test_an_interrupt_is_status_130(
    run_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("reuse.report.markdown.write_report", interrupted)
    assert main(["report", str(run_path), "-o", "x.md"]) == 130
    assert capsys.readouterr().err == "textreuse: interrupted; what stood before stands\n"


def test_a_reader_that_stops_reading_is_no_error(run_path: Path) -> None:
    command = f"'{sys.executable}' -m reuse export '{run_path}' documents | true"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("command", ["export {} documents", "concordance {} the", "profile {}"])
def test_a_reader_that_leaves_after_a_line_is_no_error(command: str, run_path: Path) -> None:
    called = f"'{sys.executable}' -m reuse {command.format(shlex.quote(str(run_path)))} | head -n 1"
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", called], capture_output=True, text=True, check=False, env=environment
    )
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    assert done.stdout.count("\n") == 1


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("command", ["export {} documents", "compare {} a.txt b.txt"])
def test_closed_streams_are_no_error(command: str, closed: str, run_path: Path) -> None:
    called = f"'{sys.executable}' -m reuse {command.format(shlex.quote(str(run_path)))} {closed}"
    done = subprocess.run(["bash", "-c", called], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("command", ["export {} documents", "compare {} a.txt b.txt"])
def test_a_full_disk_behind_the_output_is_an_error_of_one_line(command: str, run_path: Path) -> None:
    called = f"'{sys.executable}' -m reuse {command.format(shlex.quote(str(run_path)))} >/dev/full"
    done = subprocess.run(["bash", "-c", called], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "textreuse: No space left on device\n")


def test_piped_output_is_plain_and_colour_can_be_forced(run_path: Path) -> None:
    plain = textreuse("compare", run_path, "a.txt", "b.txt")
    forced = textreuse("compare", run_path, "a.txt", "b.txt", FORCE_COLOR="1", TERM="xterm-256color")
    refused = textreuse("compare", run_path, "a.txt", "b.txt", FORCE_COLOR="1", NO_COLOR="1", TERM="xterm-256color")
    assert "\x1b" not in plain.stdout
    assert "\x1b[" in forced.stdout
    assert not any(f"\x1b[{code}" in refused.stdout for code in ("31", "32", "36", "1;31", "1;32"))


def test_a_terminal_without_utf_8_still_gets_everything(run_path: Path) -> None:
    done = textreuse("compare", run_path, "조선", "한국", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0
    assert "\\uc870\\uc120" in done.stdout


@pytest.mark.parametrize(
    ("called", "on_path", "name"),
    [
        ("/usr/bin/textreuse", "/usr/bin/textreuse", "textreuse"),
        (".venv/bin/textreuse", None, ".venv/bin/textreuse"),
        (".venv/bin/textreuse", "/usr/bin/textreuse", ".venv/bin/textreuse"),
        ("/site-packages/reuse/__main__.py", None, "python -m reuse"),
        ("/site-packages/textreuse.py", None, "python -m textreuse"),
        ("/usr/bin/pytest", None, "textreuse"),
        ("/site-packages/pytest/__main__.py", None, "textreuse"),
    ],
)
def test_what_to_type_next_can_be_typed(
    called: str, on_path: str | None, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", [called])
    monkeypatch.setattr("shutil.which", lambda _: on_path)
    assert command_name() == name


def test_arguments_of_the_benchmarks_are_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    passed: list[list[str]] = []
    monkeypatch.setattr("benchmarks.cli.main", lambda arguments: passed.append(arguments) or 1)
    assert main(["bench", "--size", "3", "speed", "--help"]) == 1
    assert passed == [["--size", "3", "speed", "--help"]]
