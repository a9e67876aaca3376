"""Versions of one story in the overview: by date, with what changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from reuse.api import scan
from reuse.report.digest import ONE_SCREEN, PAGE, digest
from reuse.report.html.page import write_report
from reuse.report.overview import Overview
from reuse.run.run import Run

STORY = (
    "A barge sank in the northern harbour on Monday night and {} sailors drowned, said the {} of the port, who had "
    "warned of {} rotten timber since spring. Divers will search the mud for the missing cargo until the weather turns."
)
FIRST, SECOND, THIRD = (
    STORY.format(*words) for words in (("four", "master", "the"), ("seven", "master", "a"), ("seven", "warden", "a"))
)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """1 ─▶ 2 ─▶ 3 by date."""
    texts = [("3", THIRD, "2001-03-07"), ("1", FIRST, "2001-03-05"), ("2", SECOND, "2001-03-06")]
    rows = [{"id": name, "text": text, "date": date} for name, text, date in texts]
    return scan(texts=rows, out=tmp_path_factory.mktemp("stories") / "s.reuse")


def test_the_overview_tells_what_changed_numbers_first(run: Run) -> None:
    lines = [line.text for line in digest(Overview(run), 120, PAGE)]
    at = lines.index("Versions of one story  1 of 1 story")
    assert lines[at + 1] == "3 versions  2001-03-05 1"
    assert "2001-03-06, 95% as before: four → seven; the → a" in lines[at + 2]
    assert lines[at + 3].endswith("as before: master → warden")
    assert not any("Versions" in line.text for line in digest(Overview(run), 120, ONE_SCREEN))


def test_the_report_has_them_as_a_table(run: Run, tmp_path: Path) -> None:
    write_report(run, tmp_path / "s.html")
    page = (tmp_path / "s.html").read_text("utf-8")
    assert "<h2>Versions of one story</h2>" in page
    assert '<bdi dir="ltr">four → seven; the → a</bdi>' in page


def test_without_dates_no_story_is_told(tmp_path: Path) -> None:
    with scan(texts=[{"id": "1", "text": FIRST}, {"id": "2", "text": SECOND}], out=tmp_path / "u.reuse") as undated:
        assert not any("Versions" in line.text for line in digest(Overview(undated), 80, PAGE))


def test_what_is_only_repeated_word_for_word_is_no_version(tmp_path: Path) -> None:
    text = "A fire in the old harbour of Lisbon killed twelve people on Monday, the mayor said, and firemen fought it."
    rows = [{"id": f"{number:02}", "date": f"19{number:02}", "text": text} for number in range(20)]
    with scan(texts=rows, out=tmp_path / "r.reuse") as run:
        assert len(run.table("versions")) == 20
        assert Overview(run).versions(9, 9) == []
