"""A field has one value of a document, whoever asks, and however its name is written."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import pytest

import reuse
from reuse.analysis.groups import groups_by
from reuse.cli import main
from reuse.corpus.document import Document
from reuse.errors import UsageError
from reuse.fields import FieldValues, each_document, field_names, in_order, values_of

SHARED = (
    "the town council met on thursday to hear the complaints of the fishermen about the new quay and the price of salt"
)
YEARS = [1850, 1850, 1851, 1851]
DATES = ["2021-03-01", "2021-04", "2022", "undated"]
NAMES = ("year", "Author", "document", "date.year", "decade", "title", "source")


def written(folder: Path) -> Path:
    """Four reports with columns that are named as what the program knows of each; the years speak against the dates."""
    folder.mkdir(parents=True, exist_ok=True)
    records = [
        {
            "id": f"d{number}",
            "year": year,
            "Author": "AB"[number % 2],
            "document": f"charter {number % 2}",
            "source": "Gazette",
            "Title": f"No. {number}",
            "text": f"report number {number * 7919} begins here {SHARED} and ends with {number * 104729} words more",
        }
        | ({"date": date} if date else {})
        for number, (year, date) in enumerate(zip(YEARS, DATES, strict=True))
    ]
    (folder / "t.jsonl").write_text("\n".join(map(json.dumps, records)), "utf-8")
    return folder


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory):
    root = tmp_path_factory.mktemp("fields")
    with reuse.scan(written(root / "in"), root / "r.reuse") as opened:
        yield opened


def in_cases(name: str) -> list[str]:
    return [name, name.lower(), name.upper(), name.title(), f" {name} "]


EXPECTED = {
    "year": ["1850", "1850", "1851", "1851"],
    "Author": ["A", "B", "A", "B"],
    "document": ["charter 0", "charter 1", "charter 0", "charter 1"],
    "date.year": ["2021", "2021", "2022", None],
    "decade": ["2020s", "2020s", "2020s", None],
    "title": ["No. 0", "No. 1", "No. 2", "No. 3"],
    "source": ["Gazette"] * 4,
    "document.id": ["d0", "d1", "d2", "d3"],
    "doc": ["d0", "d1", "d2", "d3"],
}


@pytest.mark.parametrize(("name", "expected"), list(EXPECTED.items()))
def test_a_name_counts_in_any_case(run, name, expected):
    for spelling in in_cases(name):
        assert values_of(run, spelling) == expected


def test_both_fields_of_one_name_are_listed_under_names_that_lead_to_them(run):
    names = field_names(run)
    assert {"year", "date.year", "document", "document.id", "month", "Author"} <= set(names)
    assert len({name.casefold() for name in names}) == len(names)
    assert each_document(run) == "document.id"
    for name in names:
        assert len(values_of(run, name)) == 4


@pytest.mark.parametrize(("name", "command"), [*product(NAMES, ("keyness", "profile", "compare"))])
def test_every_command_groups_by_it(run, name, command, capsys):
    for spelling in in_cases(name)[:4]:
        status = main([command, str(run.path), "--by", spelling])
        told = capsys.readouterr()
        one_group = command == "keyness" and len(set(EXPECTED[name]) - {None}) < 2
        assert status == (2 if one_group else 0), told.err
        if command == "profile":
            groups = {line.split("  ")[0] for line in told.out.splitlines()[1:]}
            assert groups == set(EXPECTED[name]) - {None}


@pytest.mark.parametrize("name", NAMES)
def test_documents_that_agree_in_it_are_not_compared(name, tmp_path):
    folder = written(tmp_path / "in")
    expected = EXPECTED[name]
    apart = {(a, b) for a in range(4) for b in range(a + 1, 4) if expected[a] is None or expected[a] != expected[b]}
    for spelling in {name, name.upper()}:
        with reuse.scan(folder, tmp_path / "r.reuse", across=spelling) as opened:
            assert set(opened.sql("SELECT a, b FROM matches")) == apart


def test_a_column_of_some_documents_leaves_the_others_without_a_value():
    gathered = FieldValues("YEAR")
    gathered.add(Document("a", "", Path("a"), date="1999", metadata={"Year": "1850"}))
    gathered.add(Document("b", "", Path("b"), date="1999"))
    gathered.add(Document("c", "", Path("c"), metadata={"year": "1851", "Year": "1850"}))
    assert gathered.values() == ["1850", None, "1850"]


def test_a_date_that_was_not_understood_is_still_the_date():
    gathered = FieldValues("date")
    gathered.add(Document("a", "", Path("a"), date="1999"))
    gathered.add(Document("b", "", Path("b"), metadata={"date": "some day"}))
    assert gathered.values() == ["1999", "some day"]


def test_a_field_that_no_document_has_is_refused_with_those_there_are(run):
    with pytest.raises(UsageError, match=r"no document has a value of 'place'.*document\.id.*date\.year.*Author"):
        values_of(run, "place")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["10", "9", None, "9"], ["9", "10"]),
        (["1850s", "-0050s", "0990s"], ["-0050s", "0990s", "1850s"]),
        (["b", "10", "a"], ["10", "a", "b"]),
        (["2021-10", "2021-09"], ["2021-09", "2021-10"]),
        ([None, ""], []),
    ],
)
def test_values_are_in_the_order_of_their_numbers(values, expected):
    assert in_order(values) == expected


def test_documents_by_themselves_keep_their_order(run):
    assert groups_by(run).names == groups_by(run, "doc").names == ["d0", "d1", "d2", "d3"]
