from __future__ import annotations

from pathlib import Path

import pytest

from reuse.cli import main
from reuse.display import cells


def compared(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    assert main(["compare", *arguments]) == 0
    return capsys.readouterr().out.splitlines()


def test_passages_stand_side_by_side_with_differences_in_brackets(
    run_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = compared(capsys, str(run_path), "a.txt", "b.txt")
    differing = [line for line in lines if "≠" in line]
    assert len(differing) == 1
    left, right = differing[0].split(" ≠ ")
    assert "[viable]" in left
    assert "[vibrant]" in right


def test_the_first_document_named_is_on_the_left(run_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = compared(capsys, str(run_path), "b.txt", "a.txt")
    left, right = next(line for line in lines if "≠" in line).split(" ≠ ")
    assert "[vibrant]" in left
    assert "[viable]" in right
    assert lines[0].startswith("b.txt  2022")


def test_lines_fit_the_terminal_and_columns_are_straight(
    run_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "61")
    for pair in (["a.txt", "b.txt"], ["조선", "한국"]):
        lines = compared(capsys, str(run_path), *pair)
        assert max(map(cells, lines)) <= 61
        separated = [line for line in lines if " │ " in line or " ≠ " in line]
        assert {cells(line.replace("≠", "│").split(" │ ")[0]) for line in separated} == {29}


def test_text_of_documents_does_not_act_on_the_terminal(run_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = "\n".join(compared(capsys, str(run_path), "조선", "한국"))
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "␛[2J" in out


def test_a_document_can_be_named_by_a_part_of_its_id(run_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert compared(capsys, str(run_path), "a.t", "b.t") == compared(capsys, str(run_path), "a.txt", "b.txt")


@pytest.mark.parametrize(("name", "said"), [("txt", "in the ids of 4 documents"), ("nope", "no document's id")])
def test_a_name_that_is_not_one_document_is_refused(
    run_path: Path, capsys: pytest.CaptureFixture[str], name: str, said: str
) -> None:
    assert main(["compare", str(run_path), name, "a.txt"]) == 2
    assert said in capsys.readouterr().err


def test_documents_that_share_nothing_say_so(run_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert compared(capsys, str(run_path), "a.txt", "조선")[-1] == "No passage in common."
