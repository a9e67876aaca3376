from __future__ import annotations

import re
from pathlib import Path

from reuse.report.digest import PAGE, digest, digest_parts
from reuse.report.overview import Overview
from reuse.run.run import Run
from tests.tui.conftest import opened, seen
from tui.start import _state
from tui.widgets.digest import Digest


async def test_a_pair_leads_to_its_matches_and_escape_back_to_it(prose: Path) -> None:
    async with opened(prose, screen="overview") as pilot:
        shown = await seen(pilot, "Who repeats whom")
        first = next(line for line in shown.splitlines() if "repeats" in line and "words" in line)
        await pilot.press("j", "enter")
        shown = await seen(pilot, "Matches · 1 of 10")
        assert "repeats" in first
        await pilot.press("escape")
        await seen(pilot, "Who repeats whom")
        assert pilot.app.query_one("#overview").state()["cursor"][0] == "pair"


async def test_a_passage_and_a_formula_lead_to_theirs(prose: Path) -> None:
    async with opened(prose, screen="overview") as pilot:
        await seen(pilot, "Passages of two documents")
        await pilot.press("G", "enter")
        await seen(pilot, "Formulas · 2")
        await pilot.press("escape")
        await seen(pilot, "Who repeats whom")


async def test_nothing_that_acts_on_the_terminal_is_drawn(prose: Path) -> None:
    async with opened(prose, (200, 60), screen="overview") as pilot:
        assert "\x1b" not in await seen(pilot, "Who repeats whom")


async def test_the_tabs_fit_whatever_the_width(prose: Path) -> None:
    for width in (60, 80, 120):
        async with opened(prose, (width, 24), screen="overview") as pilot:
            first = (await seen(pilot, "Overview")).splitlines()[0]
            assert "0 Overview" in first
            assert "6 Comp" in first
            if width >= 80:
                assert re.sub(" +", " ", first).startswith(" 0 Overview 1 Matches 2 Formulas 3 Doc")
                assert "5 Clusters 6 Compare 7 Query" in re.sub(" +", " ", first)


def test_a_run_that_was_not_read_before_opens_with_its_overview(prose: Path) -> None:
    with Run.open(prose) as run:
        assert _state(run, None)["screen"] == "overview"


async def test_what_was_judged_meanwhile_is_seen(prose: Path) -> None:
    async with opened(prose, screen="overview") as pilot:
        await seen(pilot, "Who repeats whom")
        await pilot.press("1", "x")
        await seen(pilot, "boilerplate: its whole cluster")
        await pilot.press("b", "0")
        assert "Who repeats whom" not in await seen(pilot, "All matches are set aside")
        await pilot.press("1", "u", "0")
        await seen(pilot, "Who repeats whom")


async def test_the_cursor_waits_for_its_place_while_the_page_is_read(prose: Path) -> None:
    async with opened(prose, screen="overview") as pilot:
        await seen(pilot, "Who repeats whom")
        await pilot.press("G")
        page = pilot.app.query_one(Digest)
        whole, last = list(page._page), page.cursor
        begun = [line for line in whole if line.target != last]
        page.show(begun, whole=False)
        assert page.cursor == last
        page.show(whole)
        assert page.cursor == last
        page.show(begun)
        assert page.cursor not in (last, None)


def test_a_digest_is_its_parts(prose: Path) -> None:
    with Run.open(prose) as run:
        parts = [list(part) for part in digest_parts(Overview(run), 100, PAGE)]
        assert [line for part in parts for line in part] == list(digest(Overview(run), 100, PAGE))
        assert parts[0][0].text.startswith("5 documents")
        assert parts[2][1].text.startswith("Who repeats whom")
