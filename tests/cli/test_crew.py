"""Who does the work of a scan, as the command line is asked."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from reuse.cli import main
from reuse.cli.crew import add_arguments, workers_from
from reuse.work.apart import WorkersApart


def asked(*flags: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return parser.parse_args(flags)


@pytest.mark.parametrize(
    ("said", "size"), [("2G", 2 << 30), ("1.5GB", 3 << 29), ("500m", 500 << 20), ("2 GiB", 2 << 30)]
)
def test_memory_is_said_with_its_unit(said: str, size: int) -> None:
    assert asked("--memory", said).memory == size


@pytest.mark.parametrize(("said", "why"), [("2", "at least, not 2"), ("much", "write it as 2G"), ("-2G", "expected")])
def test_memory_that_makes_no_sense_is_refused(said: str, why: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        asked("--memory", said)
    assert why in capsys.readouterr().err


def test_threads_unless_asked_otherwise(tmp_path: Path) -> None:
    assert workers_from(asked(), tmp_path) is None
    workers = workers_from(asked("--workers", "3"), tmp_path)
    assert isinstance(workers, WorkersApart)
    assert workers.count == 3


@pytest.mark.parametrize("flags", [("--memory", "2G"), ("--resume",), ("--workers", "-1")])
@pytest.mark.parametrize(
    "command", [("scan", "nowhere"), ("add", "no.reuse", "x"), ("remove", "no.reuse", "x"), ("rescan", "no.reuse")]
)
def test_what_does_not_fit_together_is_refused(
    command: tuple[str, ...], flags: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*command, *flags]) == 2
    assert "--workers" in capsys.readouterr().err
