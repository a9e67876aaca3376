"""Pairs of copies in the list of matches: one row each, behind the rest, folded until asked for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from reuse.analysis.copied import copies_apart
from reuse.api import scan
from reuse.report.highlights import best_matches, folded_copies
from reuse.report.html.content import Content
from reuse.report.markdown import write_report
from reuse.run.run import Run
from tests.tui.conftest import opened, screen_text, seen, type_text

WHOLE = (
    "The committee met before the winter and resolved that every bridge over the river would rise again in granite. "
    "Nobody objected: carpenters had warned of rotten beams, and the treasurer promised ninety thousand crowns. "
)
PASSAGE = "a long procession of barges brought marble, copper and cedar from the southern quarries to the new harbour"


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """one = two = three, word for word; four and five share a shorter passage."""
    texts = dict.fromkeys(("one", "two", "three"), WHOLE)
    texts |= {"four": f"Yesterday {PASSAGE}.", "five": f"Men of the guild say that {PASSAGE}, and so it was."}
    path = tmp_path_factory.mktemp("copied") / "c.reuse"
    scan(texts=[{"id": name, "text": text} for name, text in texts.items()], out=path).close()
    return path


@pytest.fixture(scope="module")
def only_copies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nothing but copies of one text."""
    path = tmp_path_factory.mktemp("only") / "o.reuse"
    scan(texts=[{"id": name, "text": WHOLE} for name in ("one", "two")], out=path).close()
    return path


def test_matches_between_copies_are_one_a_pair(copied: Path) -> None:
    with Run.open(copied) as run:
        numbers = run.ids("matches", order="bits")
        found = copies_apart(run, numbers)
        assert np.array_equal(found.between, run.ids("matches", "copies:true", "bits"))
        assert np.array_equal(found.rest, run.ids("matches", "copies:false", "bits"))
        pairs = [(row["a"], row["b"]) for row in run.rows("matches", found.pairs.tolist(), ["a", "b"])]
        assert len(set(pairs)) == len(pairs) > 0
        assert np.array_equal(copies_apart(run, np.concatenate([numbers, numbers])).pairs, found.pairs)
        assert copies_apart(run, numbers[:0]).rest.size == 0


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """p and q, three copies of each, and r share a passage."""
    own = {name: " ".join(f"{name}{at * 104729 % 9973}" for at in range(120)) for name in "pqr"}
    texts = {f"{name}{number}": f"{own[name]} {PASSAGE} {own[name][::-1]}" for name in "pq" for number in range(3)}
    path = tmp_path_factory.mktemp("twice") / "t.reuse"
    scan(texts=texts | {"r": f"{own['r']} {PASSAGE}."}, out=path).close()
    return path


@pytest.mark.parametrize(("order", "descending"), [("bits", None), ("similarity", False), ("a", True)])
def test_one_pair_of_documents_stands_for_all_copies_of_two_texts(
    twice: Path, order: str, descending: bool | None
) -> None:
    with Run.open(twice) as run:
        numbers = run.ids("matches", order=order, descending=descending)
        found = copies_apart(run, numbers)
        rows = run.rows("matches", found.rest, ["a", "b"])
        assert sorted((row["a"][0], row["b"][0]) for row in rows[: found.own]) == [("p", "q"), ("p", "r"), ("q", "r")]
        assert len(rows) > found.own
        assert sorted(found.rest.tolist()) == sorted(run.ids("matches", "copies:false").tolist())
        assert Content(run).own == found.own


async def test_the_list_says_from_where_on_copies_repeat_it(twice: Path) -> None:
    async with opened(twice) as pilot:
        await pilot.press("1")
        assert "copies repeat the first 3" in await seen(pilot, "of copies: C shows them")


def test_reports_begin_with_what_is_no_copy(copied: Path, only_copies: Path, tmp_path: Path) -> None:
    with Run.open(copied) as run:
        assert {best_matches(run, 9)[0][side] for side in "ab"} == {"four", "five"}
        write_report(run, tmp_path / "r.md")
        assert f"Left out, as whole texts: {folded_copies(run)} pair" in (tmp_path / "r.md").read_text("utf-8")
    with Run.open(only_copies) as run:
        assert len(best_matches(run, 9)) == 1
        assert folded_copies(run) == 0


async def test_copies_are_folded_until_asked_for(copied: Path) -> None:
    async with opened(copied) as pilot:
        await pilot.press("1")
        screen = await seen(pilot, "of copies: C shows them")
        assert "whole text" not in screen
        await pilot.press("C")
        screen = await seen(pilot, "of copies at the end: C folds them")
        assert screen.index("four") < screen.index("whole text")
        await pilot.press("slash")
        await type_text(pilot, "copies:true")
        await pilot.press("enter")
        screen = await seen(pilot, "copies:true")
        assert "of copies" not in screen


async def test_where_all_are_copies_they_are_listed(only_copies: Path) -> None:
    async with opened(only_copies) as pilot:
        await pilot.press("1")
        await seen(pilot, "whole text")
        await pilot.press("C")
        await seen(pilot, "no copies to fold")
        assert "Matches · 1" in screen_text(pilot)
