"""Texts of records that are HTML are read as a page shows them; others stay as they are."""

from __future__ import annotations

import csv
import json
import time
from pathlib import Path

import pytest

import reuse
from reuse.cli import main
from reuse.corpus.document import Skipped
from reuse.corpus.html_page import without_tags
from reuse.corpus.read import read_documents
from reuse.options import ReadOptions

STORY = (
    "<p>The <strong>Ministry</strong> of&nbsp;Finance said<br>that growth &amp; trade would slow.</p>\n"
    '<ul><li><a href="https://example.org/news?id=3">Tax</a></li></ul><script>run("p")</script>'
)
SHOWN = "The Ministry of\xa0Finance said\nthat growth & trade would slow.\n\nTax"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (STORY, SHOWN),
        ("one<br>two", "one\ntwo"),
        ("<DIV CLASS=lead>经查</DIV>", "经查"),
        ("if a < b and c > d", None),
        ("the letter <a> is no <b>", None),
        ("Dear <name>,<br>please come", None),
        ("<s>one</s> <doc>two</doc>", None),
        ("</closed> by nobody", None),
        ("see <https://example.org/a> and <joe@example.org>", None),
        ("a & b &amp; c", None),
        ("", None),
    ],
)
def test_what_is_html_and_what_it_shows(text: str, shown: str | None) -> None:
    assert without_tags(text) == shown


@pytest.mark.parametrize("kind", ["jsonl", "csv"])
def test_records_are_read_as_pages_show_them_and_that_is_told(tmp_path: Path, kind: str) -> None:
    rows = [{"id": "a", "text": STORY}, {"id": "b", "text": "Plain: a < b."}, {"id": "c", "text": STORY}]
    file = tmp_path / f"stories.{kind}"
    with file.open("w", encoding="utf-8", newline="") as out:
        if kind == "csv":
            table = csv.DictWriter(out, ["id", "text"])
            table.writeheader()
            table.writerows(rows)
        else:
            out.write("\n".join(map(json.dumps, rows)))
    skipped: list[Skipped] = []
    documents = list(read_documents([file], ReadOptions(), skipped))
    assert [document.text for document in documents] == [SHOWN, "Plain: a < b.", SHOWN]
    assert [left.reason for left in skipped] == ["2 texts are HTML: what a page shows is read"]


def test_what_a_run_quotes_of_them_is_found_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = STORY.replace("Tax", "The reform of taxes comes before the parliament in the autumn of this year")
    rows = [{"id": f"{number}", "text": f"<p>Story {number}.</p>{said}"} for number in range(3)]
    file = tmp_path / "stories.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    with reuse.scan([file], tmp_path / "r.reuse") as run:
        assert all("<" not in row["text_a"] for row in run.table("matches").to_dicts())
        assert len(run.table("matches"))
    assert main(["verify", str(tmp_path / "r.reuse")]) == 0
    assert "3 of 3 documents unchanged" in "".join(capsys.readouterr())


def test_what_is_never_closed_costs_no_more_than_its_length() -> None:
    def seconds(times: int) -> float:
        text, started = "<p>one <b>two" * times + "</b>", time.process_time()
        assert without_tags(text)
        return time.process_time() - started

    seconds(100)
    assert seconds(20_000) < 40 * max(seconds(2_000), 0.01)


def test_texts_in_memory_stay_as_they_are() -> None:
    with reuse.scan(texts={"a": STORY, "b": STORY}) as run:
        assert run.text(0) == STORY
