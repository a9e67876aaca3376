from __future__ import annotations

import json
from pathlib import Path

import pytest

import reuse
from reuse.cli import main
from reuse.display import cells

SEEDS = Path(__file__).parents[2] / "seeds"


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


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("groups") / "seeds.reuse"
    reuse.scan(SEEDS, path).close()
    return path


def test_all_groups_are_compared_with_one_another(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    heading, *rows = compared(capsys, str(seeds), "--by", "year")
    assert heading.split()[:3] == ["a", "b", "matches"]
    assert [row.split()[:2] for row in rows] == [["2021", "2021"], ["2021", "2022"], ["2022", "2022"]]
    assert all("%" in row for row in rows)


@pytest.mark.parametrize("order", [("--by", "year", "2021", "2022"), ("2021", "2022", "--by", "year")])
def test_two_groups_show_what_marks_each_and_what_changes(
    seeds: Path, order: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    lines = compared(capsys, str(seeds), *order, "--limit", "4")
    assert lines[0].startswith("a  2021  2 documents  2021-03-07 to 2021-04-07")
    assert lines[1].startswith("b  2022  3 documents")
    marks = lines[6:14]
    assert [line.split()[0][0] == "-" for line in marks] == [False] * 4 + [True] * 4
    assert marks[0].endswith("chief secretaries of the city and county…")
    assert marks[-1].endswith("the primary Party committees")
    assert any(line.split()[2:] == ["inflection", "meeting", "meetings"] for line in lines)


def test_two_groups_the_other_way_round(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = compared(capsys, str(seeds), "2022", "2021", "--by", "year")
    assert any(line.split()[2:] == ["inflection", "meetings", "meeting"] for line in lines)
    shares = [line.split("  ")[-1] for line in lines[:2]]
    turned = [line.split("  ")[-1] for line in compared(capsys, str(seeds), "2021", "2022", "--by", "year")[:2]]
    assert shares == turned[::-1]


def test_groups_can_be_written_as_tables(seeds: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    matrix, pair = tmp_path / "matrix.jsonl", tmp_path / "pair.jsonl"
    assert main(["compare", str(seeds), "--by", "source", "-o", str(matrix)]) == 0
    assert main(["compare", str(seeds), "2021", "2022", "--by", "year", "-o", str(pair)]) == 0
    (row,) = [json.loads(line) for line in matrix.read_text("utf-8").splitlines()]
    assert (row["a"], row["b"]) == ("KCNA", "KCNA")
    rows = [json.loads(line) for line in pair.read_text("utf-8").splitlines()]
    assert len(rows) > 100
    assert rows[0]["per_million_a"] > rows[0]["per_million_b"]
    assert rows[0]["z"] > 0 > rows[-1]["z"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["a.txt"], "compared with what"),
        ([], "name two documents, or a field"),
        (["--by", "colour"], "no document has a value"),
        (["2021", "1999", "--by", "year"], "no year is named '1999'"),
        (["a", "b", "--by", "year", "--where", "words>3"], "does not go with --by"),
        (["a.txt", "b.txt", "--limit", "3"], "go with --by only"),
    ],
)
def test_groups_that_cannot_be_compared_are_refused(
    seeds: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main(["compare", str(seeds), *arguments]) == 2
    assert said in capsys.readouterr().err
