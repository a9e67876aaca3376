"""The page that documents the run's format says what is true."""

import re
import sqlite3
from pathlib import Path

import pytest

from reuse.run.format_page import with_reference
from reuse.run.registry import exported_tables
from reuse.run.run import Run
from reuse.run.schema import COLUMNS
from tests.synthetic import synthetic_run

PAGE = Path(__file__).parents[2] / "docs" / "run-format.md"
QUERIES = re.findall(r"```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory):
    path = synthetic_run(tmp_path_factory.mktemp("reviewed") / "r", documents=40, matches=300, seed=3)
    with Run.open(path) as run:
        run.notes.set_mark("match", run.table("matches", limit=1, columns=["id"])["id"][0], "accepted")
    return path


def test_there_are_ten():
    assert len(QUERIES) == 10


@pytest.mark.parametrize("query", QUERIES, ids=[f"query{number}" for number in range(1, len(QUERIES) + 1)])
def test_each_query_finds_something(reviewed, query, monkeypatch):
    monkeypatch.chdir(reviewed)
    database = sqlite3.connect("file:run.sqlite?mode=ro", uri=True)
    try:
        *setup, select = [part for part in query.strip().split(";") if part.strip()]
        for statement in setup:
            database.execute(statement)
        found = database.execute(select).fetchall()
        assert found
        assert all(any(value is not None for value in row) for row in found)
    finally:
        database.close()


def test_tables_and_files_are_named(reviewed):
    page = PAGE.read_text(encoding="utf-8")
    database = sqlite3.connect(reviewed / "run.sqlite")
    tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    database.close()
    for name in (*(table for table in tables if not table.startswith("sqlite_")), *COLUMNS, "notes"):
        assert f"`{name}`" in page, name


def test_the_reference_is_up_to_date():
    page = PAGE.read_text(encoding="utf-8")
    assert with_reference(page) == page, "run: python -m reuse.run.format_page docs/run-format.md"
    assert all(f"### {name}\n" in page for name in exported_tables())
