from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from reuse.cli.listing import add_output, show
from reuse.run.table import Table

TABLE = Table(
    {
        "n": [1, 20_000, None],
        "share": [0.5, 1.0, 0.25],
        "where": [["a", "b"], [], ["조선"]],
        "text": ["short", "a text that is much too long for a terminal of sixty cells to show", "\x1b[2J"],
    }
)


def arguments(*flags: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_output(parser)
    return parser.parse_args(flags)


def test_columns_are_straight_and_fit(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    show(TABLE, arguments(), {"n": "number", "share": "share", "where": "where", "text": "text"})
    assert capsys.readouterr().out.splitlines() == [
        "number  share  where  text",
        "     1   0.50  a, b   short",
        "20,000   1.00         a text that is much too long for a…",
        "         0.25  조선   ␛[2J",
    ]


def test_fewer_columns_and_rows_can_be_shown(capsys: pytest.CaptureFixture[str]) -> None:
    show(TABLE, arguments("--limit", "1"), {"text": "what it says"})
    assert capsys.readouterr().out.splitlines() == ["what it says", "short"]


def test_a_file_gets_all_columns_as_they_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "table.jsonl"
    show(TABLE, arguments("-o", str(out)), {"text": "text"})
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert rows == list(TABLE.to_dicts())
    assert capsys.readouterr().out == ""


def test_names_that_begin_alike_are_cut_where_they_do(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    ids = [f"news/of/the/year/2024010{day}.md" for day in (1, 2, 3)]
    show(Table({"name": ids, "text": ["one and the same long text", "one and the same long word", ""]}), arguments())
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("name")
    assert [line.split()[0][-5:] for line in said[1:]] == ["01.md", "02.md", "03.md"]
    assert said[1].endswith("one and the…")  # of text the beginning is kept
    monkeypatch.setenv("COLUMNS", "200")
    show(Table({"name": ids}), arguments())
    assert capsys.readouterr().out.split() == ["name", *ids]


def test_an_empty_table_has_its_headings(capsys: pytest.CaptureFixture[str]) -> None:
    show(Table({"n": [], "text": []}), arguments())
    assert capsys.readouterr().out == "n  text\n"
