"""The screen Matches, driven by its keys."""

from __future__ import annotations

import re
from pathlib import Path

from reuse.api import scan
from reuse.run.notes import Notes
from tests.clusters.test_furniture import LINKS, SENTENCE
from tests.clusters.test_furniture import prose as prose_of
from tests.tui.conftest import opened, screen_text, seen, type_text


def notes(path: Path) -> dict[str, object]:
    found = Notes(path / "notes.sqlite")
    try:
        return {f"{review.kind}": (review.mark, review.bookmark, review.note) for review in found.all()}
    finally:
        found.close()


async def test_list_and_passages_are_there_at_once(prose: Path) -> None:
    async with opened(prose) as pilot:
        screen = screen_text(pilot)
        assert "Matches · 10" in screen
        assert re.search(r"\d+ of \d+ words shared|all \d+ words shared", screen)
        assert "expected once in" in screen or "chance alone" in screen
        assert "? keys" in screen


async def test_differences_are_told_apart_without_colour(prose: Path) -> None:
    async with opened(prose) as pilot:
        await pilot.press("slash")
        await type_text(pilot, "a=anna.txt b=bert.txt")
        await pilot.press("enter")
        screen = await seen(pilot, "1 of 10")
        assert "[winter]" in screen
        assert "[summer]" in screen
        assert "{new}" in screen
        assert "{at all}" in screen
        assert "≠" in screen
        assert "2021-03-04 anna" in screen
        assert "→" in screen


async def test_filter_is_live_and_says_what_is_wrong(prose: Path) -> None:
    async with opened(prose) as pilot:
        await pilot.press("slash")
        await type_text(pilot, "doc:korea")
        await seen(pilot, "4 of 10")
        await type_text(pilot, " nonsense:1")
        await seen(pilot, "no field 'nonsense'")
        await pilot.press("escape")
        await seen(pilot, "Matches · 10")


async def test_what_is_wrong_with_a_filter_is_said_in_full(prose: Path) -> None:
    async with opened(prose, (80, 24)) as pilot:
        await pilot.press("slash")
        await type_text(pilot, "nonsense:1")
        await seen(pilot, "no field 'nonsense'")
        said = str(pilot.app.screen.query_one("#filter .wrong").content)
        words = re.sub(r"[│┃▌]", " ", screen_text(pilot)).split()
        assert " ".join(said.split()) in " ".join(words)
        assert len(said) > 200


async def test_an_empty_list_says_why_and_what_to_do(prose: Path) -> None:
    async with opened(prose) as pilot:
        await pilot.press("slash")
        await type_text(pilot, "words>500")
        await pilot.press("enter")
        screen = await seen(pilot, "Nothing passes the filter words>500")
        assert "esc  takes the filter away" in screen
        await pilot.press("escape")
        await seen(pilot, "Matches · 10")


async def test_motion(made: Path) -> None:
    async with opened(made) as pilot:
        table = pilot.app.screen.query_one("#list")
        await pilot.press("j", "j", "down", "k")
        assert table.cursor == 2
        await pilot.press("G")
        assert table.cursor == 119
        await pilot.press("up", "ctrl+u")
        assert table.cursor < 118
        await pilot.press("g", "ctrl+d", "pagedown", "pageup")
        assert table.cursor > 0
        await pilot.press("g", "right_square_bracket", "right_square_bracket", "left_square_bracket")
        assert table.cursor == 1
        pair = table.current_row["a"], table.current_row["b"]
        await pilot.press("full_stop")
        assert (table.current_row["a"], table.current_row["b"]) != pair
        await pilot.press("comma")
        assert table.cursor <= 1


async def test_sort_reverse_and_headings(made: Path) -> None:
    async with opened(made) as pilot:
        table = pilot.app.screen.query_one("#list")
        bits = [table.row(int(number))["bits"] for number in table.numbers]
        assert bits == sorted(bits, reverse=True)
        await pilot.press("S")
        bits = [table.row(int(number))["bits"] for number in table.numbers]
        assert bits == sorted(bits)
        await pilot.press("s")
        assert table.order == "cluster_passages"
        await pilot.click("#list", offset=(34, 1))
        assert table.order == "bits"
        assert "strength↓" in screen_text(pilot)


async def test_context_arrangement_zoom_and_panes(prose: Path) -> None:
    async with opened(prose) as pilot:
        pane = pilot.app.screen.query_one("#passages")
        before = pane.virtual_size.height
        await pilot.press("minus")
        assert pane.virtual_size.height < before
        await pilot.press("plus", "plus")
        assert pane.virtual_size.height >= before
        assert pane.in_columns
        await pilot.press("v", "v")
        assert not pane.in_columns
        assert " a  " in screen_text(pilot)
        await pilot.press("tab")
        assert pane.has_focus
        await pilot.press("z")
        assert "Matches ·" not in screen_text(pilot)
        await pilot.press("escape")
        assert "Matches ·" in screen_text(pilot)
        await pilot.press("escape")
        assert pilot.app.screen.query_one("#list").has_focus


async def test_marks_notes_and_undo_go_into_the_run(prose: Path) -> None:
    async with opened(prose) as pilot:
        await pilot.press("a")
        assert notes(prose) == {"match": ("accepted", False, None)}
        assert "✓" in screen_text(pilot)
        await seen(pilot, "precision 1.00")
        await pilot.press("b", "c")
        await seen(pilot, "Note")
        await type_text(pilot, "look again")
        await pilot.press("enter")
        await seen(pilot, "note: look")
        assert notes(prose) == {"match": ("accepted", True, "look again")}
        await pilot.press("u", "u", "u")
        assert notes(prose) == {}
        await pilot.press("u")
        await seen(pilot, "no mark or note of this session left")


async def test_reject_a_match_or_its_cluster(prose: Path) -> None:
    async with opened(prose) as pilot:
        await pilot.press("x")
        await seen(pilot, "boilerplate: its whole cluster")
        await pilot.press("x")
        assert notes(prose) == {"match": ("rejected", False, None)}
        await pilot.press("u", "x", "b")
        assert notes(prose) == {"cluster": ("boilerplate", False, None)}
        assert screen_text(pilot).count("≡") > 3
        await pilot.press("slash")
        await type_text(pilot, "-boilerplate")
        await pilot.press("enter")
        await seen(pilot, "Nothing passes the filter")


async def test_copy(prose: Path) -> None:
    async with opened(prose) as pilot:
        for key, expected in (("a", "We shall"), ("b", "we shall"), ("y", "characters"), ("l", "--at match:")):
            await pilot.press("y", key)
            await seen(pilot, "Copied")
            assert expected in pilot.app.clipboard


async def test_export_writes_what_is_shown(prose: Path) -> None:
    async with opened(prose, screen="matches", screens={"matches": {"where": "doc:korea"}}) as pilot:
        await seen(pilot, "4 of 10")
        await pilot.press("e")
        await seen(pilot, "prose-matches.csv")
        await pilot.press("enter")
        await seen(pilot, "4 rows written")
        assert len(Path("prose-matches.csv").read_text("utf-8").splitlines()) >= 5
        await pilot.press("e", "enter")
        await seen(pilot, "is there already")
        await pilot.press("n")


async def test_facets(prose: Path) -> None:
    async with opened(prose) as pilot:
        await pilot.press("f")
        await seen(pilot, "dated 2022")
        await pilot.press("j", "j", "j", "enter")
        await seen(pilot, "passages>=3")
        await pilot.press("f", "j", "j", "j", "enter")
        assert pilot.app.shown.where == ""


async def test_how_matches_were_found(made: Path) -> None:
    async with opened(made) as pilot:
        await pilot.press("slash")
        await type_text(pilot, "found:reworded")
        await pilot.press("enter")
        await seen(pilot, "30 of 120")
        await seen(pilot, "reworded: rarer words agree, in any order (")
        await pilot.press("f")
        screen = await seen(pilot, "● reworded: rarer words agree, in any order")
        assert re.search(r"○ condensed: one side sums up the other +30 matches", screen)


async def test_from_the_passages_into_the_document(prose: Path) -> None:
    async with opened(prose) as pilot:
        await pilot.press("enter", "enter")
        await seen(pilot, "Read in")
        await pilot.press("a")
        screen = await seen(pilot, "Documents ·")
        assert "passage 1 of" in screen
        await pilot.press("escape", "escape")
        await seen(pilot, "Matches ·")


async def test_furniture_is_hidden_until_it_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "pages.reuse"
    texts = [f"{LINKS}\n\n{prose_of(seed)}\n\n{SENTENCE}" for seed in range(3)]
    scan(texts=texts, out=path).close()
    async with opened(path) as pilot:
        screen = await seen(pilot, "Matches · 3 of 6")
        assert "3 furniture of pages hidden, F shows" in screen
        await pilot.press("F")
        screen = await seen(pilot, "Matches · 6")
        assert screen.count("▫") == 3
        await pilot.press("F")
        await seen(pilot, "Matches · 3 of 6")
        await pilot.press("slash")
        await type_text(pilot, "furniture:edges")
        assert "F shows" not in await seen(pilot, "3 of 6 · furniture:edges")


async def test_formulas_that_are_furniture_are_hidden_until_they_are_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "pages.reuse"
    scan(texts=[f"{LINKS}\n\n{prose_of(seed)}\n\n{SENTENCE}" for seed in range(3)], out=path).close()
    async with opened(path) as pilot:
        await pilot.press("2")
        screen = await seen(pilot, "1 furniture of pages hidden, F shows")
        assert "Harbour Weather" not in screen
        await pilot.press("F")
        assert "▫" in await seen(pilot, "Harbour Weather")
        await pilot.press("F")
        await seen(pilot, "1 furniture of pages hidden, F shows")


async def test_bits_and_e_are_one_key_away(prose: Path) -> None:
    async with opened(prose) as pilot:
        screen = screen_text(pilot)
        assert re.search(r"▮+▯*", screen)
        assert "bits" not in screen.splitlines()[2]
        await pilot.press("E")
        await seen(pilot, "bits↓")
        assert re.search(r"\de-\d\d", screen_text(pilot))
        await pilot.press("E")
        await seen(pilot, "strength↓")
