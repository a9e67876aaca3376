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
    assert "3 matches were left out as chance may have brought them about" in summary


def test_who_repeats_whom_comes_first_and_says_what_is_known_of_the_order(summary: str) -> None:
    heading = "Who repeats whom  2 of 2 linked pairs of documents, a date is guessed"
    assert summary.index(heading) < summary.index("Passages of two documents")
    assert next(line for line in summary.splitlines() if "repeats 2" in line).endswith(
        "2022 b repeats 2021-06-05 The first"
    )
    assert next(line for line in summary.splitlines() if "shares with" in line).endswith("(order unknown)")


def test_what_says_most_in_its_densest_stretch_comes_first(summary: str) -> None:
    assert summary.index("14 words, 93% alike") < summary.index("90% alike")


def test_it_is_one_screen(summary: str) -> None:
    assert 20 <= len(summary.splitlines()) <= 40


def test_it_fits_80_columns_and_is_plain(summary: str) -> None:
    assert "\x1b" not in summary
    assert max(cells(line) for line in summary.splitlines() if "textreuse " not in line) <= 80


def test_it_says_what_to_type_next(summary: str, run_path: Path) -> None:
    assert f"textreuse report {run_path} -o report.html" in summary
