"""Formulas, Documents, Matrix, Clusters, Compare, driven by their keys."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reuse.api import Run
from tests.tui.conftest import opened, screen_text, seen, type_text


async def test_formulas_and_their_concordance(prose: Path) -> None:
    async with opened(prose) as pilot:
        await pilot.press("2")
        screen = await seen(pilot, "Formulas · 2")
        assert "nobody will be left without a boat" in screen
        assert "in 4 documents" in screen
        assert "2021-03-04 to 2023" in screen
        await pilot.press("v")
        await seen(pilot, "Variants")
        await pilot.press("v", "v", "v", "enter", "j", "enter")
        await seen(pilot, "Documents ·")


async def test_words_ngrams_and_frames_are_listed_in_place_of_formulas(prose: Path) -> None:
    with Run.open(prose) as run:
        words, bundles = run.count("wordlist"), run.count("ngrams")
        first, times = run.table("wordlist")["word"][0], run.table("wordlist")["tf"][0]
    async with opened(prose, screen="formulas") as pilot:
        await pilot.press("L", "w")
        screen = await seen(pilot, f"Words · {words}")
        assert "per million" in screen
        await seen(pilot, f"“{first}”")
        await seen(pilot, f"{times} times in")
        await pilot.press("v")
        await seen(pilot, "Collocates")
        await pilot.press("L", "n")
        await seen(pilot, f"N-grams · {bundles}")
        await pilot.press("f")
        await seen(pilot, "takes no filter")
        await pilot.press("escape")  # back to the formulas
        await seen(pilot, "Formulas · 2")
        await pilot.press("L", "r")
        await seen(pilot, "What stands in its places")


async def test_collocates_of_a_formula_and_of_any_words(prose: Path) -> None:
    with Run.open(prose) as run:
        expected = run.collocates("boat*")
    async with opened(prose, screen="formulas", screens={"formulas": {"viewed": "collocates"}}) as pilot:
        await seen(pilot, "logDice")
        await pilot.press("tab", "slash")
        await type_text(pilot, "boat*")
        await pilot.press("enter")
        await seen(pilot, "“boat*”")
        await seen(pilot, expected["word"][0])
        rows = [pilot.app.shown.concordance.row(number) for number in range(len(expected))]
        for name in ("word", "near", "df", "log_likelihood", "L1"):
            assert [row[name] for row in rows] == expected[name]


async def test_any_words_in_their_contexts(prose: Path) -> None:
    async with opened(prose, screen="formulas") as pilot:
        await pilot.press("tab", "slash")
        await type_text(pilot, "the winter")
        await seen(pilot, "Concordance of any words")
        screen = await seen(pilot, "“the winter”")
        assert screen.count("before the winter comes") + screen.count("the winter  comes") >= 3
        await type_text(pilot, " and near")
        await seen(pilot, "stands in no text")
        await pilot.press(*["backspace"] * 9, "enter")
        await seen(pilot, "3 times in 3 documents")
        await pilot.press("enter")
        await seen(pilot, "Documents ·")
        await pilot.press("escape")
        await seen(pilot, "Concordance of any words")
        await pilot.press("escape")
        screen = await seen(pilot, "(DP ")
        assert "Concordance of any words" not in screen


async def test_a_query_that_is_not_understood_is_said_in_full(prose: Path) -> None:
    async with opened(prose, (80, 24), screen="formulas") as pilot:
        await pilot.press("tab", "slash")
        await type_text(pilot, "boat [harbour]")
        await pilot.pause(0.4)
        said = pilot.app.screen.query_one("#sought .wrong").content
        assert len(str(said)) > 20
        assert squeezed(str(said)) in squeezed(screen_text(pilot))
        await pilot.press("escape", "escape")
        await seen(pilot, "Concordance")


def squeezed(text: str) -> str:
    """A text without what lines and borders put between its letters."""
    return re.sub(r"[\s│┃▌▅▄▃▁]+", "", text)


async def test_documents_are_found_by_name_and_by_their_text(prose: Path) -> None:
    async with opened(prose, screen="documents") as pilot:
        await pilot.press("slash")
        await type_text(pilot, "BER")
        screen = await seen(pilot, "1 of 5")
        assert "name:BER" in screen
        await pilot.press(*["backspace"] * 3)
        await type_text(pilot, "text:rained")
        screen = await seen(pilot, "1 of 5")
        assert "bert" in screen
        await type_text(pilot, " -bert")
        await seen(pilot, "0 of 5")


async def test_concordance_copy_and_marks(prose: Path) -> None:
    async with opened(prose, screen="formulas") as pilot:
        await pilot.press("a")
        assert "✓" in screen_text(pilot)
        await pilot.press("y", "c")
        await seen(pilot, "Copied")
        assert "anna.txt, characters" in pilot.app.clipboard
        await pilot.press("y", "y")
        assert "boat" in pilot.app.clipboard or "harbour" in pilot.app.clipboard


async def test_frames_with_their_slots(made: Path) -> None:
    async with opened(made, screen="formulas", screens={"formulas": {"viewed": "frames"}}) as pilot:
        await seen(pilot, "Frames")
        assert pilot.app.shown.concordance.empty == "" or "No frame" in screen_text(pilot) or "…" in screen_text(pilot)


async def test_document_reading(prose: Path) -> None:
    async with opened(prose) as pilot:
        await pilot.press("3", "n")
        screen = await seen(pilot, "passage 1 of 1, 5 witnesses")
        assert "×5" in screen
        assert "We shall build the harbour" in screen
        await pilot.press("n")
        await seen(pilot, "No further passage")
        await pilot.press("enter", "enter")
        await seen(pilot, "Counterparts: 4 of 4")
        await pilot.press("j", "enter")
        await seen(pilot, "All agreed")
        await pilot.press("escape", "escape")
        await seen(pilot, "Report of the north")


async def test_search_in_a_text(prose: Path) -> None:
    async with opened(prose) as pilot:
        await pilot.press("3", "tab", "slash")
        await type_text(pilot, "the  WINTER")
        await seen(pilot, "1 of 1")
        await pilot.press("enter")
        await seen(pilot, "hit 1 of 1")
        await pilot.press("n")
        await seen(pilot, "No further hit")
        await pilot.press("escape")
        assert "hit 1" not in screen_text(pilot)
        await pilot.press("w", "w")
        await pilot.press("slash")
        await type_text(pilot, "xyzzy")
        await seen(pilot, "not found")


async def test_profiles_in_the_list_of_documents(made: Path) -> None:
    async with opened(made, screen="documents") as pilot:
        await seen(pilot, " %")
        await pilot.press("s", "s", "s", "s", "s")
        assert pilot.app.shown.order == "recycled"
        recycled = pilot.app.shown.source.run.table("documents")["recycled"]
        shown = [recycled[number] for number in pilot.app.shown.table.numbers.tolist()]
        assert shown == sorted(recycled, reverse=True)
        assert shown[0] > shown[-1]


async def test_matrix_to_matches_and_back(prose: Path) -> None:
    async with opened(prose) as pilot:
        await pilot.press("4")
        await seen(pilot, "1 match over")
        assert "5 documents" in screen_text(pilot)
        await pilot.press("j", "l", "h", "k", "full_stop", "comma", "enter")
        screen = await seen(pilot, "1 of 10")
        assert 'a="' in screen
        await pilot.press("escape")
        await seen(pilot, "Matrix ·")
        await pilot.press("v")
        await seen(pilot, "by year")
        await pilot.press("escape", "1")
        screen = await seen(pilot, "Matches · 10")
        assert 'a="' not in screen


async def test_a_filter_of_ones_own_goes_before_the_step_back(prose: Path) -> None:
    async with opened(prose) as pilot:
        await pilot.press("2", "1", "slash")
        await type_text(pilot, "doc:korea")
        await pilot.press("enter")
        await seen(pilot, "4 of 10")
        await pilot.press("escape")
        await seen(pilot, "Matches · 10")
        await pilot.press("escape")
        await seen(pilot, "Formulas ·")


async def test_witnesses_under_one_another(prose: Path) -> None:
    async with opened(prose) as pilot:
        await pilot.press("5")
        screen = await seen(pilot, "5 passages in 5 documents")
        assert "[new]" in screen
        assert "[summer]" in screen
        assert screen.index("2021-03-04 anna") < screen.index("2022-07-07 bert")
        await pilot.press("enter", "enter")
        await seen(pilot, "matches of this cluster")
        await pilot.press("m")
        await seen(pilot, "cluster:")
        await pilot.press("escape", "x", "b")
        assert "≡" in screen_text(pilot)
        await pilot.press("y", "y")
        await seen(pilot, "Copied")


async def test_compare_groups(made: Path) -> None:
    async with opened(made) as pilot:
        await pilot.press("6")
        await seen(pilot, "What marks Report")
        await pilot.press("s", "S", "v")
        screen = await seen(pilot, "by source")
        await pilot.press(re.search(r"(\d) +by source", screen)[1])
        await seen(pilot, "North")
        await pilot.press("o", "j")
        await seen(pilot, "against East")
        await pilot.press("tab", "v")
        await seen(pilot, "What changes from")
        await pilot.press("escape")
        assert pilot.app.shown.groups.has_focus


@pytest.mark.slow
@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_every_screen_fits_every_size(made: Path, size: tuple[int, int]) -> None:
    async with opened(made, size) as pilot:
        for key in "123456":
            await pilot.press(key)
            await pilot.pause()
            lines = screen_text(pilot).split("\n")
            assert len(lines) == size[1]
            assert lines[-1].rstrip().endswith("q quit")


async def test_clusters_show_their_strength_and_bits_one_key_away(prose: Path) -> None:
    async with opened(prose) as pilot:
        await pilot.press("5")
        screen = await seen(pilot, "strength↓")
        assert "▮" in screen
        await pilot.press("E")
        screen = await seen(pilot, "bits↓")
        assert "▮" not in screen
