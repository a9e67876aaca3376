"""Asking about a text in the terminal: paste it, or name a file, and read on in its sources."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

import reuse
from reuse.options import IndexOptions, ScanOptions
from reuse.run.run import Run
from tests.test_pipeline import prose as invented
from tests.tui.conftest import opened, screen_text, seen, type_text
from tui.screens.query_screen import in_margin

TEXTS = {f"{n}.txt": invented(n, 200) for n in range(12)}
PASSAGE = " ".join(TEXTS["7.txt"].split()[60:110])
ASKED = f"{invented(90, 40)} {PASSAGE} {invented(91, 40)} {' '.join(TEXTS['3.txt'].split()[:30])}."


@pytest.fixture(scope="module")
def run_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return reuse.scan(texts=TEXTS, out=tmp_path_factory.mktemp("asked") / "out.reuse").path


async def paste(pilot: Pilot[Run], text: str) -> None:
    """Paste, as a terminal does."""
    focused = pilot.app.screen.focused
    assert focused is not None
    focused.post_message(events.Paste(text))
    await pilot.pause()


async def test_a_pasted_text_is_read_beside_its_sources(run_path: Path) -> None:
    async with opened(run_path, (120, 40), screen="matches") as pilot:
        await pilot.press("7")
        await seen(pilot, "What does a text draw on?")
        await paste(pilot, ASKED)
        await seen(pilot, "draws on 2 documents")
        await seen(pilot, "Query · 2 passages")
        await seen(pilot, " 50 ")
        shown = await seen(pilot, " 30 ")
        assert re.search(r"[┃│]▌? *1 +7 +50 ", shown)
        assert re.search(r"[┃│]▌? *2 +3 +30 ", shown)
        await pilot.pause(0.1)  # the list gets the focus
        await pilot.press("enter")
        await seen(pilot, "Documents · 12")
        await seen(pilot, "0 recurring passages")
        await pilot.press("escape")
        await seen(pilot, "draws on 2 documents")


async def test_passages_of_the_text_and_rows_go_together(run_path: Path) -> None:
    async with opened(run_path, (80, 24), screen="query") as pilot:
        await seen(pilot, "What does a text draw on?")
        await paste(pilot, ASKED)
        await seen(pilot, "draws on 2 documents")
        await seen(pilot, " 30 ")
        query = pilot.app.query_one("#query")
        reader, table = query.query_one("#asked"), query.query_one("#query-list")
        starts = [int(reader.spans.start[row["passage"]]) for row in query._rows]
        assert [ASKED[start : start + 12] for start in starts] == [PASSAGE[:12], TEXTS["3.txt"][:12]]
        assert (table.cursor, int(reader.spans.start[reader.here])) == (0, starts[0])
        await pilot.press("n")
        await pilot.pause(0.1)
        assert (table.cursor, int(reader.spans.start[reader.here])) == (1, starts[1])
        await pilot.press("N")
        await pilot.pause(0.1)
        assert table.cursor == 0


async def test_a_file_is_opened_and_asked_about_again_the_next_time(run_path: Path, tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text(ASKED)
    async with opened(run_path, screen="query") as pilot:
        await seen(pilot, "What does a text draw on?")
        await pilot.press("i")
        await seen(pilot, "a file or a folder")
        await type_text(pilot, "draft.txt")
        await pilot.press("enter")
        await seen(pilot, "draws on 2 documents")
        state = pilot.app.query_one("#query").state()
    async with opened(run_path, screen="query", screens={"query": state}) as pilot:
        await seen(pilot, "draws on 2 documents")


async def test_lines_end_as_in_a_file_however_the_terminal_sends_them(run_path: Path) -> None:
    async with opened(run_path, (120, 40), screen="query") as pilot:
        await seen(pilot, "What does a text draw on?")
        await paste(pilot, f"First line\r\rSecond line\r\n{PASSAGE}\r")
        shown = await seen(pilot, f"{4 + len(PASSAGE.split())} words · draws on 1 document")
        assert "␍" not in shown
        assert re.search(r"First line *│", shown.replace("┃", "│"))


async def test_words_are_counted_as_everywhere_else(tmp_path: Path) -> None:
    letters = "การประชุมคณะรัฐมนตรีวันนี้มีมติเห็นชอบให้ขยายระยะเวลาการดำเนินการ"
    path = reuse.scan(texts={"a": letters, "b": letters[::-1]}, out=tmp_path / "out.reuse").path
    async with opened(path, screen="query") as pilot:
        await seen(pilot, "What does a text draw on?")
        await paste(pilot, f"{letters} — ---")
        words = reuse.Run.open(path).documents["tokens"][0]
        await seen(pilot, f"{words} words · draws on 1 document")


async def test_of_several_texts_it_is_told_which_one_is_read(run_path: Path, tmp_path: Path) -> None:
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "one.txt").write_text(invented(500, 60))
    (tmp_path / "drafts" / "two.txt").write_text(ASKED)
    async with opened(run_path, (120, 40), screen="query") as pilot:
        await seen(pilot, "What does a text draw on?")
        await pilot.press("i")
        await seen(pilot, "a file or a folder")
        await type_text(pilot, "drafts")
        await pilot.press("enter")
        await seen(pilot, "two.txt, 2 of 2 texts in drafts")


@pytest.mark.parametrize("typed", ["draft.txt", "./drafts/two"])
async def test_a_file_that_is_not_there_is_not_taken_for_words(run_path: Path, typed: str) -> None:
    async with opened(run_path, (120, 40), screen="query") as pilot:
        await seen(pilot, "What does a text draw on?")
        await pilot.press("i")
        await seen(pilot, "a file or a folder")
        await type_text(pilot, typed)
        await pilot.press("enter")
        await seen(pilot, f"There is no file or folder {typed}")


def test_a_number_that_does_not_fit_the_margin_is_not_cut_to_another_one() -> None:
    assert [in_margin(number) for number in (7, 1_377, 12_345)] == ["   7", "1377", "   …"]


async def test_what_draws_on_nothing_says_so(run_path: Path) -> None:
    async with opened(run_path, screen="query") as pilot:
        await seen(pilot, "What does a text draw on?")
        await paste(pilot, invented(500, 60))
        await seen(pilot, "nothing of it is in this run")
        await seen(pilot, "No document of this run shares a passage with it.")


async def test_a_run_without_an_index_says_what_to_do(tmp_path: Path) -> None:
    options = ScanOptions(index=IndexOptions(keep=False))
    path = reuse.scan(texts=TEXTS, out=tmp_path / "bare.reuse", options=options).path
    async with opened(path, screen="query") as pilot:
        await seen(pilot, "What does a text draw on?")
        await paste(pilot, "Some words.")
        await seen(pilot, "--no-index")
        await pilot.pause(0.1)
        assert "looking" not in screen_text(pilot)
