"""Page, line and element of a passage, wherever a passage is told."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from lxml import etree

import reuse
from reuse.cli import main
from reuse.report.digest import ONE_SCREEN, digest
from reuse.report.overview import Overview
from reuse.report.passim import write_alignments, write_clusters
from reuse.report.tei import write_tei
from tests.clusters.test_furniture import SENTENCE, prose


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> reuse.Run:
    """A sentence on page 2 of a file with pages, and on a line of one without."""
    folder = tmp_path_factory.mktemp("places")
    (folder / "texts").mkdir()
    (folder / "texts" / "book.txt").write_text(f"{prose(1)}\n\f{prose(2)}\n{SENTENCE}\n", encoding="utf-8")
    (folder / "texts" / "leaf.txt").write_text(f"{prose(3)}\n\n{SENTENCE}\n{prose(4)}\n", encoding="utf-8")
    with reuse.scan(folder / "texts", folder / "places.reuse") as made:
        yield made


PLACES = ["p. 2, l. 2", "l. 3"]


def test_passim(run: reuse.Run) -> None:
    out = io.BytesIO()
    write_clusters(run, out)
    assert [json.loads(line)["place"] for line in out.getvalue().splitlines()] == PLACES
    out = io.BytesIO()
    write_alignments(run, out)
    (row,) = map(json.loads, out.getvalue().splitlines())
    assert [row["place"], row["place2"]] == PLACES


def test_tei(run: reuse.Run) -> None:
    out = io.BytesIO()
    write_tei(run, out)
    assert [span.get("n") for span in etree.fromstring(out.getvalue()).iter("{*}span")] == PLACES


def test_why(run: reuse.Run, capsys: pytest.CaptureFixture[str]) -> None:
    (row,) = run.table("matches")
    spans = [f"{row[side]}:{row[f'{side}_start']}-{row[f'{side}_end']}" for side in "ab"]
    assert main(["why", str(run.path), *spans]) in {0, None}
    said = capsys.readouterr().out
    assert all(f"{span} ({place})" in said for span, place in zip(spans, PLACES, strict=True))


def test_the_summary_tells_pages_and_elements_but_no_bare_lines(run: reuse.Run, tmp_path: Path) -> None:
    assert "    p. 2, l. 2 + l. 3" in [line.text for line in digest(Overview(run), 80, ONE_SCREEN)]
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"{prose(ord(name))}\n\n{SENTENCE}\n", encoding="utf-8")
    with reuse.scan(tmp_path, tmp_path.parent / f"{tmp_path.name}.reuse") as plain:
        assert "l. 3" not in "\n".join(line.text for line in digest(Overview(plain), 80, ONE_SCREEN))
