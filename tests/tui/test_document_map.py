"""The map of a document: the rule above its text, and the menu that leads from a part to its source."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reuse.run.run import Run
from tests.tui.conftest import opened, screen_text, seen
from tui.screens import document_map


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_rule_says_whom_the_text_comes_from(made: Path, size: tuple[int, int]) -> None:
    with Run.open(made) as run:
        taker = next(row["document"] for row in run.table("sources").to_dicts())
    async with opened(made, size, screen="documents", screens={"documents": {"row": taker}}) as pilot:
        await seen(pilot, " map")  # the key, in the footer
        for _ in range(200):
            if found := re.search(r"^┃?│?([─A-H+?=~]{40,})┃?│?$", screen_text(pilot), re.MULTILINE):
                break
            await pilot.pause(0.02)
        assert found
        assert "A" in found[1]


async def test_the_map_leads_to_a_section_and_to_its_source(made: Path) -> None:
    with Run.open(made) as run:
        row = next(row for row in run.table("sources").to_dicts())
        title = dict(run.sql("SELECT id, title FROM documents"))[row["source"]] or row["source"]
    async with opened(made, (80, 24), screen="documents", screens={"documents": {"row": row["document"]}}) as pilot:
        for _ in range(200):
            if pilot.app.shown._sections:
                break
            await pilot.pause(0.02)
        await pilot.press("m")
        screen = await seen(pilot, "Where it comes from")
        assert f"{row['words']} words, " in screen
        sections = pilot.app.shown._sections
        legend = len({source for source in sections["source"] if source})
        await pilot.press(*["j"] * legend, "enter")  # the first section
        first = next(at for at, kind in enumerate(sections["kind"]) if kind != "fresh")
        reader = pilot.app.shown.reader
        assert reader.spans.start[reader.here] == sections["start"][first]
        await pilot.press("m")
        await seen(pilot, "Where it comes from")
        await pilot.press("A")
        await seen(pilot, title[:12])
        assert pilot.app.shown.table.current_row["id"] == row["source"]
        await pilot.press("escape", "escape")  # to the list, and to where one was
        for _ in range(200):
            if pilot.app.shown.table.current_row["id"] == row["document"]:
                break
            await pilot.pause(0.02)
        assert pilot.app.shown.table.current_row["id"] == row["document"]


async def test_a_document_that_shares_nothing_says_so(prose: Path) -> None:
    async with opened(prose, screen="documents", screens={"documents": {"row": "zero.txt"}}) as pilot:
        pilot.app.shown._sections = {"start": [0], "end": [4], "words": [1], "kind": ["fresh"], "source": [None]}
        await pilot.press("m")
        await seen(pilot, "Nothing in this document stands in another one")


def test_a_long_menu_says_that_it_is_cut() -> None:
    many = document_map.MOST + 50
    sections = {
        "start": list(range(many)),
        "end": list(range(1, many + 1)),
        "words": [1] * many,
        "kind": ["shared"] * many,
        "source": [None] * many,
        "confidence": [None] * many,
        "guessed": [False] * many,
    }
    assert document_map.heading(sections) == f"Where it comes from: 0 sources, {document_map.MOST} of {many} sections"
    assert len(document_map.choices(sections, "x" * many, {})) == document_map.MOST
    assert "? others have it, the order unknown" in document_map.hint(sections)
