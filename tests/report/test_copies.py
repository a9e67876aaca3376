"""The report's list of matches in a browser: pairs of copies are folded, and shown behind the rest."""

from __future__ import annotations

from pathlib import Path

from reuse.api import scan
from reuse.report.html.page import write_report
from tests.report.browser import Page

WHOLE = (
    "The committee met before the winter and resolved that every bridge over the river would rise again in granite. "
    "Nobody objected: carpenters had warned of rotten beams, and the treasurer promised ninety thousand crowns. "
)
PASSAGE = "a long procession of barges brought marble, copper and cedar from the southern quarries to the new harbour"


def test_copies_are_folded_until_asked_for(page: Page, tmp_path: Path) -> None:
    texts = {"one": WHOLE, "two": WHOLE, "four": f"Yesterday {PASSAGE}.", "five": f"The guild says that {PASSAGE}."}
    with scan(texts=[{"id": name, "text": text} for name, text in texts.items()], out=tmp_path / "c.reuse") as run:
        write_report(run, tmp_path / "c.html")
    page.open(tmp_path / "c.html", "#matches")
    assert page.text("#total") == "1 of 2 matches"
    assert page.text("#whole") == "1 pair of copies of one text is left out. Show"
    page.click("#whole a")
    rows = page.run("[...document.querySelectorAll('.results > li')].map((row) => row.innerText)")
    assert "four" in rows[0]
    assert "whole text" in rows[1]
    page.type("input[name=q]", "granite")
    assert page.text("#total") == "1 of 2 matches"
    page.open(tmp_path / "c.html", "#matches?copies=shown")
    page.click("#whole a")
    assert page.text("#total") == "1 of 2 matches"
    assert page.complaints == []
