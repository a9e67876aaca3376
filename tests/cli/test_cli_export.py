from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet
import pytest

from reuse.cli import export as export_command
from reuse.cli import main
from reuse.errors import MissingExtraError
from reuse.report.export import FORMATS, export
from reuse.run.registry import table_of
from reuse.run.run import Run
from reuse.run.schema import SCHEMA_VERSION

STORED = ["documents", "matches", "clusters", "formulas"]


def from_csv(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


@pytest.mark.parametrize("table", STORED)
def test_stdout_is_json_lines_and_nothing_else(run_path: Path, table: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(run_path), table]) == 0
    out, err = capfd.readouterr()
    with Run.open(run_path) as run:
        expected = list(run.table(table).to_dicts())
    rows = [json.loads(line) for line in out.split("\n")[:-1]]
    assert [list(row) for row in rows] == [list(row) for row in expected]
    assert [row["id"] for row in rows] == [row["id"] for row in expected]
    assert err == ""


@pytest.mark.parametrize(("suffix", "delimiter"), [(".csv", ","), (".tsv", "\t")])
@pytest.mark.parametrize("table", STORED)
def test_tables_of_text_give_the_values_back(
    run_path: Path, tmp_path: Path, table: str, suffix: str, delimiter: str
) -> None:
    with Run.open(run_path) as run:
        expected = list(run.table(table).to_dicts())
        out = tmp_path / f"table{suffix}"
        assert export(run, table, out, guard=False) == len(expected)
    rows = from_csv(out.read_bytes().decode(), delimiter)
    for row, values in zip(rows, expected, strict=True):
        assert list(row) == list(values)
        for column in table_of(table).columns:
            cell, value = row[column.name], values[column.name]
            if value is None:
                assert cell == ""
            elif column.type == "boolean":
                assert cell == str(value).lower()
            elif column.type == "texts":
                assert json.loads(cell) == value
            else:
                assert type(value)(cell) == value


def test_a_filter_may_begin_with_a_term_turned_round(run_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(run_path), "matches", "--where", "-found:aligned", "--columns", "found_by"]) == 0
    assert capsys.readouterr().out == '{"found_by": "reworded"}\n'


@pytest.mark.parametrize("table", STORED)
def test_parquet_is_typed_and_gives_the_values_back(run_path: Path, tmp_path: Path, table: str) -> None:
    out = tmp_path / "table.parquet"
    with Run.open(run_path) as run:
        export(run, table, out)
        expected = run.table(table).to_dict()
    read = pyarrow.parquet.read_table(out)
    assert read.to_pydict() == expected
    assert read.schema.metadata[b"textreuse_schema_version"] == str(SCHEMA_VERSION).encode()
    kinds = {"text": "string", "json": "string", "integer": "int64", "real": "double", "boolean": "bool"}
    for column in table_of(table).columns:
        field = read.schema.field(column.name)
        assert str(field.type) == kinds.get(column.type, "list<element: string>")
        assert field.metadata[b"description"].decode() == column.description


def test_a_spreadsheet_computes_nothing(run_path: Path, tmp_path: Path) -> None:
    out = tmp_path / "documents.csv"
    with Run.open(run_path) as run:
        export(run, "documents", out)
        texts = [cell for row in from_csv(out.read_bytes().decode()) for cell in row.values()]
    assert not [text for text in texts if text and text[0] in "=+-@\t\r\n"]


@pytest.mark.parametrize(("flags", "before"), [([], "'"), (["--no-guard"], "")])
def test_text_that_a_spreadsheet_would_compute_gets_an_apostrophe(
    run_path: Path, tmp_path: Path, flags: list[str], before: str
) -> None:
    out = tmp_path / "titles.csv"
    assert main(["export", str(run_path), "documents", "--columns", "title,date", "-o", str(out), *flags]) == 0
    rows = from_csv(out.read_bytes().decode())
    assert rows[2]["title"].startswith(f"{before}=1+1 <b>")
    assert rows[0] == {"title": "The first", "date": "2021-06-05"}


def test_rows_and_columns_can_be_chosen(run_path: Path, tmp_path: Path) -> None:
    out = tmp_path / "some.jsonl"
    arguments = ["--where", "bits>70", "--columns", "bits,id", "--order", "bits", "-o", str(out)]
    assert main(["export", str(run_path), "matches", *arguments]) == 0
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [list(row) for row in rows] == [["bits", "id"]]
    assert rows[0]["bits"] == 80


@pytest.mark.parametrize(("reverse", "expected"), [([], [80, 60]), (["--reverse"], [60, 80])])
def test_scores_fall_unless_reversed(
    run_path: Path, capfd: pytest.CaptureFixture[str], reverse: list[str], expected: list[int]
) -> None:
    assert main(["export", str(run_path), "matches", "--order", "bits", *reverse]) == 0
    assert [json.loads(line)["bits"] for line in capfd.readouterr().out.splitlines()] == expected


def test_without_a_table_all_tables_are_listed_in_a_process_that_has_read_none(run_path: Path) -> None:
    command = [sys.executable, "-m", "reuse", "export", str(run_path)]
    listed = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout
    assert [line.split()[0] for line in listed.splitlines()] == [
        *("documents", "matches", "clusters", "passages", "formulas", "wordlist"),
        *(
            "families",
            "lives",
            "frames",
            "ngrams",
            "concordance",
            "dispersion",
            "matrix",
            "sources",
            "profiles",
            "edits",
            "changes",
            "versions",
        ),
    ]


def test_a_failed_export_leaves_the_old_file(run_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "old.jsonl"
    out.write_text("old")

    def full(*_: object, **__: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("reuse.report.export.json.dumps", full)
    assert main(["export", str(run_path), "matches", "-o", str(out)]) == 1
    assert out.read_text() == "old"
    assert list(tmp_path.iterdir()) == [out]


def test_parquet_without_pyarrow_says_what_to_install(
    run_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with Run.open(run_path) as run, pytest.raises(MissingExtraError, match=r"pip install 'textreuse\[parquet\]'"):
        export(run, "matches", tmp_path / "x.parquet")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing"], "no table"),
        (["matches", "-o", "x.ods"], ".parquet"),
        (["matches", "--columns", "id,nope"], "nope"),
        (["matches", "--where", "nope>1"], "nope"),
    ],
)
def test_wrong_usage_is_explained(
    run_path: Path, capfd: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main(["export", str(run_path), *arguments]) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert err.startswith("textreuse: ")
    assert said in err


@pytest.mark.parametrize(("name", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_tables_of_text_go_to_stdout_too(
    run_path: Path, capfdbinary: pytest.CaptureFixture[bytes], name: str, delimiter: str
) -> None:
    assert main(["export", str(run_path), "documents", "--format", name]) == 0
    rows = from_csv(capfdbinary.readouterr().out.decode(), delimiter)
    assert [row["id"] for row in rows] == ["a.txt", "b.txt", "조선.txt", "한국.txt"]


def test_parquet_goes_to_stdout_too(run_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["export", str(run_path), "documents", "--format", "parquet"]) == 0
    assert pyarrow.parquet.read_table(io.BytesIO(capfdbinary.readouterr().out)).num_rows == 4


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".txt"])
def test_a_byte_order_mark_tells_excel_that_it_is_utf8(run_path: Path, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"documents{suffix}"
    further = ["--format", "csv"] if suffix == ".txt" else []
    assert main(["export", str(run_path), "documents", "-o", str(out), "--bom", *further]) == 0
    assert out.read_bytes().startswith("\ufeffid".encode())
    assert out.read_bytes().count("\ufeff".encode()) == 1


def test_the_formats_offered_are_those_there_are() -> None:
    assert export_command.FORMATS == FORMATS
