from __future__ import annotations

import sys
from pathlib import Path

import pytest

from reuse.cli import main


@pytest.fixture
def browsed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, str | None]]:
    """What the app was opened on; all streams are terminals."""
    calls: list[tuple[Path, str | None]] = []

    def browse(run: Path | list[Path], *, at: str | None) -> None:
        calls.extend((path, at) for path in ([run] if isinstance(run, Path) else run))

    monkeypatch.setattr("tui.browse", browse)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    return calls


def test_a_run_is_opened_as_it_is(run_path: Path, browsed: list[tuple[Path, str | None]]) -> None:
    assert main(["browse", str(run_path), "--at", "match:ab"]) == 0
    assert browsed == [(run_path, "match:ab")]


def test_without_a_terminal_it_says_what_else_there_is(run_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["browse", str(run_path)]) == 2
    assert "textreuse report" in capsys.readouterr().err
