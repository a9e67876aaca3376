"""The same table is the same cell by cell, whoever shows it: command line, exports, reports, terminal."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import reuse
from reuse.analysis.changes import change_table
from reuse.analysis.edits import edited_matches
from reuse.cli import main
from reuse.report.html import analyses
from reuse.run.run import Run
from tests.tui.conftest import opened, seen

SEEDS = Path(__file__).parents[1] / "seeds"


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("shown") / "seeds.reuse"
    reuse.scan(SEEDS, path).close()
    return path


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("STATE", "CONFIG"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))


def written(tmp_path: Path, *arguments: object) -> list[dict]:
    """The rows that a command writes."""
    out = tmp_path / "rows.jsonl"
    assert main([*map(str, arguments), "-o", str(out)]) == 0
    return [json.loads(line) for line in out.read_text("utf-8").splitlines()]


def same(shown: list[dict], expected: list[dict]) -> None:
    """Every cell that both have is the same, and they have some in common."""
    assert len(shown) == len(expected) > 0
    common = shown[0].keys() & expected[0].keys()
    assert common
    for left, right in zip(shown, expected, strict=True):
        assert {name: left[name] for name in common} == {name: right[name] for name in common}


async def test_what_marks_a_group(seeds: Path, tmp_path: Path) -> None:
    rows = written(tmp_path, "keyness", seeds, "--by", "year", "--top", 500)
    async with opened(seeds, screen="compare", screens={"compare": {"by": "year", "row": "2022"}}) as pilot:
        await seen(pilot, "What marks 2022 against all others")
        same(pilot.app.shown._found, [row for row in rows if row["group"] == "2022"])


async def test_what_marks_one_group_against_another(seeds: Path, tmp_path: Path) -> None:
    rows = {row["formula"]: row for row in written(tmp_path, "compare", seeds, "--by", "year", "2022", "2021")}
    state = {"by": "year", "row": "2022", "against": "2021"}
    async with opened(seeds, screen="compare", screens={"compare": state}) as pilot:
        await seen(pilot, "against 2021 (b)")
        shown = pilot.app.shown._found
        same(shown, [rows[row["formula"]] for row in shown])
        assert shown[0]["z"] > 0 > shown[-1]["z"]


async def test_what_changes_between_two_groups(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", str(seeds), "--by", "year", "2022", "2021"]) == 0
    printed = capsys.readouterr().out.split("what changes")[1].splitlines()[2:]
    state = {"by": "year", "row": "2022", "against": "2021", "viewed": "changes"}
    async with opened(seeds, screen="compare", screens={"compare": state}) as pilot:
        await seen(pilot, "What changes from 2022 (a) to 2021 (b)")
        shown = pilot.app.shown._found
    with Run.open(seeds) as run:
        table = change_table(run, by="year", between=("2022", "2021"))
    same(shown, [dict(zip(table, values, strict=True)) for values in zip(*table.values(), strict=True)])
    assert len(printed) == 15
    for line, row in zip(printed, shown, strict=False):
        assert line.split()[:3] == [str(row["count"]), str(row["pairs"]), row["about"]]
        assert row["before"][:10] in line
        assert row["after"][:10] in line


def test_changes_and_edits_of_all_matches(seeds: Path, tmp_path: Path) -> None:
    changes, edits = (written(tmp_path, "export", seeds, table) for table in ("changes", "edits"))
    with Run.open(seeds) as run:
        numbers = edited_matches(run)
        shown = analyses.changes(run, numbers)
        named = analyses.edits(run, numbers, [row["id"] for row in run.rows("matches", numbers)])
    names = [name for name in shown if isinstance(shown[name], list)]
    same(
        [dict(zip(names, values, strict=True)) for values in zip(*(shown[name] for name in names), strict=True)],
        changes[: analyses.CHANGES],
    )
    listed = sorted([row["kind"], row["about"], row["text_a"], row["text_b"]] for row in edits)
    assert sorted(edit for match in named for edit in match) == listed


async def test_who_shares_with_whom(seeds: Path, tmp_path: Path) -> None:
    rows = written(tmp_path, "export", seeds, "matrix")
    every = written(tmp_path, "compare", seeds, "--by", "document")
    same(every, rows)
    async with opened(seeds, screen="matrix") as pilot:
        await seen(pilot, "5 documents")
        table = pilot.app.shown._table
    same([dict(zip(table, values, strict=True)) for values in zip(*table.values(), strict=True)], rows)
    with Run.open(seeds) as run:
        html = analyses.matrix(run, run.ids("matches"))
        ids = run.document_ids
    columns = ("a", "b", "matches", "wordsA", "wordsB")
    shown = [
        {"a": ids[a], "b": ids[b], "matches": matches, "words_a": words_a, "words_b": words_b}
        for a, b, matches, words_a, words_b in zip(*(html[name] for name in columns), strict=True)
    ]
    with_matches = [row for row in rows if row["matches"]]
    same(shown, with_matches)
    assert main(["report", str(seeds), "-o", str(tmp_path / "r.md")]) == 0
    page = (tmp_path / "r.md").read_text("utf-8")
    lines = page.split("## Who shares with whom")[1].split("## ")[0].splitlines()
    cells = {}
    for line in lines:
        if found := re.match(r"\| (\d+)\. .*? \| (.*) \|$", line):
            for column, cell in enumerate(found[2].split(" | ")):
                cells[int(found[1]) - 1, column] = cell
    assert len(cells) == 25
    for row in with_matches:
        a, b = ids.index(row["a"]), ids.index(row["b"])
        assert cells[a, b] == f"{row['matches']:,} ({row['words_a']:,})"
        assert cells[b, a] == f"{row['matches']:,} ({row['words_b']:,})"


async def test_profiles(seeds: Path, tmp_path: Path) -> None:
    rows = written(tmp_path, "export", seeds, "profiles")
    same(written(tmp_path, "profile", seeds), rows)
    async with opened(seeds, screen="compare") as pilot:
        await seen(pilot, "What marks")
        same(pilot.app.shown._profiles, rows)
    by_year = written(tmp_path, "profile", seeds, "--by", "Year")
    async with opened(seeds, screen="compare", screens={"compare": {"by": "year"}}) as pilot:
        await seen(pilot, "What marks")
        same(pilot.app.shown._profiles, by_year)


async def test_frames(seeds: Path, tmp_path: Path) -> None:
    rows = written(tmp_path, "export", seeds, "frames")
    told = written(tmp_path, "frames", seeds)
    told = [row | {"slots": json.loads(row["slots"])} for row in told]
    same(told, rows)
    async with opened(seeds, screen="formulas", screens={"formulas": {"viewed": "frames"}}) as pilot:
        await seen(pilot, "Frames ·", within=30)
        shown = [row | {"slots": json.loads(row["slots"])} for row in pilot.app.shown._frames]
        same(shown, told)
    with Run.open(seeds) as run:
        html = analyses.frames(run, run.formulas["id"])
    assert html is not None
    for name in ("id", "pattern", "df", "tf", "distinct"):
        assert html[name] == [row[name] for row in told[: analyses.FRAMES]]


@pytest.mark.parametrize(
    "dates", [["1901", "1902", "1902"], ["1901-05", "1902", "1903-01-02"], ["1050", "1200", "1900"]]
)
def test_lives_have_the_same_periods(tmp_path: Path, dates: list[str]) -> None:
    shared = "the town council met on thursday to hear the complaints of the fishermen about the new quay"
    records = [
        {"id": f"d{number}", "date": date, "text": f"number {number * 7919} said that {shared} as {number * 104729}"}
        for number, date in enumerate(dates)
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, records)), "utf-8")
    path = tmp_path / "r.reuse"
    with reuse.scan(tmp_path / "in.jsonl", path) as run:
        html = analyses.lives(run, dates, list(range(run.count("formulas"))))
        ids = run.formulas["id"]
    exported = written(tmp_path, "export", path, "lives")
    told = written(tmp_path, "life", path)
    same(told, exported)
    assert html is not None
    assert html["periods"] == told[0]["periods"]
    for row in told:  # of families: a family of one form lives as that form does
        place = ids.index(row["formula"])
        assert html["periods"][html["first"][place]] == row["first"]
        assert [bool(html["born"][place]), bool(html["dropped"][place])] == [row["born"], row["dropped"]]
        assert [use[1] for use in html["uses"][place]] == [count for count in row["tf"] if count]
    assert main(["life", str(path), "town", "council"]) == 0
    assert main(["report", str(path), "-o", str(tmp_path / "r.html")]) == 0
