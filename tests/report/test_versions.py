"""Versions of one story in Markdown and in the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reuse.api import scan
from reuse.report.markdown import write_report as write_markdown
from reuse.report.sentences import changes_said
from reuse.run.run import Run
from tests.analysis.test_versions import OTHER, STORY
from tests.tui.conftest import opened, screen_text, seen


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """first (3 May), second (4 May), third (5 May), and a document of another story."""
    rows = [{"id": name, "text": text, "date": date} for name, (text, date) in STORY.items()]
    made = tmp_path_factory.mktemp("versions") / "v.reuse"
    scan(texts=[*rows, {"id": "other", "text": OTHER, "date": "2020"}], out=made, progress=False).close()
    return made


def test_markdown_tells_of_them(path: Path, tmp_path: Path) -> None:
    with Run.open(path) as run:
        write_markdown(run, tmp_path / "v.md")
    page = (tmp_path / "v.md").read_text("utf-8")
    assert "| 2021-05-03 | first |  |" in page
    assert "| 2021-05-04 | second | twelve → nineteen; the → a |" in page


def test_a_cut_list_of_changes_says_so() -> None:
    changed = json.dumps([{"about": "words", "before": f"b{at}", "after": "c"} for at in range(4)])
    version = {"previous": "a", "changed": changed, "changes": 7}
    assert changes_said(version, 2) == "b0 → c; b1 → c; 5 more"


async def test_a_key_shows_them_and_leads_there(path: Path) -> None:
    async with opened(path) as pilot:
        await pilot.press("3")
        await pilot.pause()
        await pilot.app.open("documents", row="first")
        await pilot.press("V")
        screen = await seen(pilot, "Versions of one story: 3 documents")
        assert "● 2021-05-03" in screen
        assert "twelve → nineteen; the → a" in screen
        await pilot.press("down", "enter")
        await seen(pilot, "nineteen people")
        await pilot.app.open("documents", row="other")
        await pilot.press("V")
        assert "No other document is a version" in await seen(pilot, "No other document is a version")
        assert "Versions of one story:" not in screen_text(pilot)
