from __future__ import annotations

import sys
from pathlib import Path

import pytest

from reuse.cli import main

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture
def browsed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, str | None]]:
    """What the app was opened on; all streams are terminals."""
    calls: list[tuple[Path, str | None]] = []
    monkeypatch.setattr("tui.browse", lambda run, *, at: calls.append((run, at)))
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    return calls


def test_a_run_is_opened_as_it_is(run_path: Path, browsed: list[tuple[Path, str | None]]) -> None:
    assert main(["browse", str(run_path), "--at", "match:ab"]) == 0
    assert browsed == [(run_path, "match:ab")]


def test_a_folder_is_scanned_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, browsed: list[tuple[Path, str | None]]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["browse", str(SEEDS)]) == 0
    assert browsed == [(Path("seeds.reuse"), None)]
    assert (tmp_path / "seeds.reuse" / "run.sqlite").exists()


def test_without_a_terminal_it_says_what_else_there_is(run_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["browse", str(run_path)]) == 2
    assert "textreuse report" in capsys.readouterr().err
