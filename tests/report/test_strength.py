"""The bar of a match's strength, in all places the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reuse.api import scan
from reuse.report.html.page import write_report
from reuse.report.markdown import write_report as write_markdown
from reuse.report.strength import strength, strength_bar
from reuse.run.run import Run
from tests.report.browser import Page


@pytest.mark.parametrize(("bits", "bar"), [(0, "▮▯▯▯▯"), (50, "▮▮▯▯▯"), (249.9, "▮▮▮▯▯"), (1e6, "▮▮▮▮▮")])
def test_parts_of_the_bar(bits: float, bar: str) -> None:
    assert strength_bar(bits) == bar
    assert strength(bits) == bar.count("▮")


def test_length_and_likeness_come_first_in_markdown(tmp_path: Path) -> None:
    said = "a long procession of barges brought marble, copper and cedar from the southern quarries to the new harbour"
    texts = [{"id": "one", "text": f"Yesterday {said}."}, {"id": "two", "text": f"The guild holds that {said}."}]
    with scan(texts=texts, out=tmp_path / "s.reuse") as run:
        write_markdown(run, tmp_path / "r.md")
    heads = re.findall(r"^### .*", (tmp_path / "r.md").read_text("utf-8"), re.MULTILINE)
    assert heads
    assert all(re.match(r"### \d+\. [\d,]+ words, \d+% alike, strength ▮+▯*", head) for head in heads)


def test_the_browser_draws_the_same_bar(few: Path, page: Page, tmp_path: Path) -> None:
    with Run.open(few) as run:
        write_report(run, tmp_path / "r.html")
        best = run.rows("matches", run.ids("matches", order="bits", limit=1))[0]
    page.open(tmp_path / "r.html", "#matches")
    bar = "document.querySelector('.results .strength')"
    assert page.run(f"{bar}.innerText") == strength_bar(best["bits"])
    assert page.run(f"{bar}.title").startswith(f"strength {strength(best['bits'])} of 5: ")
    assert re.match(r"[\d,]+ words · \d+% alike · ", page.text(".results li p"))
