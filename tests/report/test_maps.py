"""What the report says of where texts come from, of copies and of guessed dates."""

from __future__ import annotations

from pathlib import Path

import pytest

import reuse
from reuse.report.html.content import Content
from reuse.report.html.maps import PARTS, Bar, copies, drawn, maps
from reuse.report.html.page import write_report
from reuse.run.run import Run
from tests.report.browser import Page

OWN = (
    "it rained on tuesday and the accountants of the guild went home early because nobody had brought an umbrella "
    "while the printers stayed and counted the sheets of the almanac twice over as they did each year"
)
TAKEN = (
    "the harbour master told the assembled captains that no vessel larger than a herring boat would be towed across "
    "the bar before the lanterns on the northern mole had been lit and the pilot had signed the register in ink"
)


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A text with a copy, and one that takes its half from it, of a date that only the name of its file says."""
    folder = tmp_path_factory.mktemp("maps") / "texts"
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(TAKEN, encoding="utf-8")
    (folder / "2001-02-03 c.txt").write_text(f"{OWN}. {TAKEN}.", encoding="utf-8")
    (folder / "metadata.csv").write_text("id,date\na.txt,1990\nb.txt,1991\n", encoding="utf-8")
    with reuse.scan(folder, folder.parent / "maps.reuse", progress=False) as run:
        return run.path


def test_each_document_has_its_map(taken: Path) -> None:
    with Run.open(taken) as run:
        made = dict(zip(run.document_ids, maps(run), strict=True))
        assert made["a.txt"] is None
        signs, legend = made["2001-02-03 c.txt"] or ("", [])
        assert len(signs) <= PARTS
        assert signs.strip("·A") == ""
        assert signs.index("A") > len(signs) / 3
        words = len(TAKEN.split())
        share = round(100 * words / (words + len(OWN.split())))
        assert legend == [["A", run.document_ids.index("b.txt"), words, share, 100, 1]]
        assert made["b.txt"] is not None
        assert made["b.txt"][1][0][:2] == ["A", run.document_ids.index("a.txt")]


def test_the_index_tells_copies_and_guessed_directions(taken: Path) -> None:
    with Run.open(taken) as run:
        first = run.document_ids.index("a.txt")
        found = copies(run)
        assert found["copies"] == [1 if "c" in name else 2 for name in run.document_ids]
        assert found["copyOf"] == [first if name == "b.txt" else -1 for name in run.document_ids]
        index = Content(run).index([0] * 3)
        assert index["documents"]["copies"] == found["copies"]
        by_pair = {
            (a, b): guessed
            for a, b, guessed in zip(run.matches["a"], run.matches["b"], run.matches["direction_guessed"], strict=True)
        }
        shown = Content(run).matches
        assert index["matches"]["directionGuessed"] == [
            int(by_pair[pair]) for pair in zip(shown["a"], shown["b"], strict=True)
        ]
        assert 1 in index["matches"]["directionGuessed"]
        assert 0 in index["matches"]["directionGuessed"]


@pytest.mark.slow
@pytest.mark.timeout(120)
def test_a_reader_sees_where_a_text_comes_from(page: Page, taken: Path, tmp_path: Path) -> None:
    with Run.open(taken) as run:
        write_report(run, tmp_path / "r.html")
    page.open(tmp_path / "r.html")
    page.click("nav a[href='#documents']")
    assert "×2" in page.text("main")
    page.open(tmp_path / "r.html", "#document/2001-02-03%20c.txt")
    page.wait("document.querySelector('#view .whence') !== null")
    said = page.text("#view .whence")
    assert "Where it comes from" in said
    assert "by a guessed date" in said
    page.open(tmp_path / "r.html", "#document/b.txt")
    page.wait("[...document.querySelectorAll('#view .whence a')].some((one) => one.textContent === 'a')")
    assert "a copy of a" in page.text("main")
    assert page.complaints == []


def test_a_map_is_drawn_as_the_script_draws_it() -> None:
    made = drawn(
        ["··AAB+?·", [["A", 1, 1200, 25, 80, 1], ["B", 0, 5, 12, 100, 0], ["+", -1, 5, 12, 95, 0]]], ["one", "two"]
    )
    assert made.parts == 8
    assert made.bars == [Bar("from0", 2, 2), Bar("from1", 4, 1), Bar("from-other", 5, 1), Bar("unnamed", 6, 1)]
    assert made.legend == [
        ("A", "two", "1,200 words, 25%, sure 80%, by a guessed date"),
        ("B", "one", "5 words, 12%"),
        ("+", "", "5 words, 12%"),
    ]


def test_without_a_script_maps_and_copies_are_there(page: Page, taken: Path, tmp_path: Path) -> None:
    with Run.open(taken) as run:
        write_report(run, tmp_path / "m.html")
    page.script(enabled=False)
    page.call("Page.navigate", url=(tmp_path / "m.html").as_uri())
    page.wait("document.readyState === 'complete'")
    shown = page.text("#documents")
    assert "the first of 2 copies" in shown
    assert "a copy of 1990 a, one of 2" in shown
    assert page.run("document.querySelectorAll('#documents svg.map rect.from0').length") == 2
    assert page.run("document.querySelector('#documents svg.map').getBoundingClientRect().width") > 40
    assert "by a guessed date" in shown
