from __future__ import annotations

from pathlib import Path

import pytest

from reuse.cli.summary import print_summary
from reuse.display import cells
from reuse.run.run import Run


@pytest.fixture
def summary(run_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.delenv("COLUMNS", raising=False)
    with Run.open(run_path) as run:
        print_summary(run)
    return capsys.readouterr().out


def test_it_says_what_was_read_found_and_left_out(summary: str, run_path: Path) -> None:
    lines = summary.splitlines()
    with Run.open(run_path) as run:
        words, formulas = sum(run.documents["tokens"]), run.count("formulas")
    assert lines[0] == f"4 documents, {words} words, dated 2021-06-05 to 2022 (1 guessed, 2 without a date)"
    assert lines[1] == f"2 matches in 2 clusters and {formulas} formulas in 0.2 s"
    assert "this is not text; convert it" in summary
    assert "3 matches left out that chance alone may have brought about" in summary


def test_the_most_surprising_passages_come_first_aligned(summary: str) -> None:
    assert summary.index("80 bits, 93% alike, 14 words") < summary.index("60 bits, 90% alike")
    viable = next(line for line in summary.splitlines() if "[viable]" in line)
    vibrant = next(line for line in summary.splitlines() if "[vibrant]" in line)
    assert viable.index("[viable]") == vibrant.index("[vibrant]")


def test_it_says_what_was_not_found_by_words_in_order(summary: str) -> None:
    at = summary.index("60 bits, 90% alike")
    assert "reworded: rarer words agree, in any order" in summary[at:]
    assert "reworded" not in summary[:at]


def test_it_fits_80_columns_and_is_plain(summary: str) -> None:
    assert "\x1b" not in summary
    assert max(cells(line) for line in summary.splitlines() if "textreuse " not in line) <= 80


def test_it_says_what_to_type_next(summary: str, run_path: Path) -> None:
    assert f"textreuse report {run_path} -o report.html" in summary
