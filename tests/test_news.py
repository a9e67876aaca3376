"""What the last additions brought: text of older documents in new ones, and formulas that came with them.

scan(a, b) ── add(c, d) ── add(e)        c says what a says; d and e say what nobody said before
"""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reuse
from reuse.analysis.news import _everywhere
from reuse.cli import main
from reuse.corpus.tokenise import tokenise
from reuse.errors import UsageError
from tests.formulas.test_grown import INNER, LONGER
from tests.formulas.test_phrases import Prose
from tests.test_pipeline import prose

OLD = {"a": prose(1), "b": prose(2)}
QUOTED = " ".join(OLD["a"].split()[20:70])
NEW = "Seldom have quiet lanterns drifted over the marble orchard at dawn"
FIRST = {"c": f"{prose(3, 40)} {QUOTED} {prose(4, 40)}", "d": f"{prose(5, 60)} {NEW}. {prose(6, 40)}"}
SECOND = {"e": f"{prose(7, 60)} {NEW}. {prose(8, 40)}"}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("news") / "out.reuse"
    reuse.scan(texts=OLD, out=path).add(texts=FIRST).add(texts=SECOND)
    return path


@pytest.fixture
def run(path: Path) -> reuse.Run:
    return reuse.Run.open(path)


def test_what_new_documents_have_of_old_ones(run: reuse.Run) -> None:
    both = run.news(2)
    assert [row["document"] for row in both.documents.to_dicts()] == ["c", "d", "e"]
    assert (both.documents["source"][0], both.documents["shared"][0]) == ("a", pytest.approx(50, abs=2))
    assert both.documents["shared"][1:] == [0, 0]
    assert {(row["a"], row["b"]) for row in both.matches.to_dicts()} == {("a", "c")}
    assert any(NEW.lower()[:20] in text.lower() for text in both.formulas["text"])


def test_news_begin_where_one_says(run: reuse.Run) -> None:
    assert run.news().documents["document"] == ["e"]
    assert run.news().additions == run.news("1").additions == [run.meta["additions"][-1]["at"]]
    assert {(row["a"], row["b"]) for row in run.news().matches.to_dicts()} == {("d", "e")}
    assert any(NEW.lower()[:20] in text.lower() for text in run.news().spread["text"])
    assert len(run.news("2020-01-01").documents) == 3
    assert len(run.news("2999-01-01").documents) == 0
    assert len(run.news(0).matches) == 0


@pytest.mark.parametrize(
    ("against", "pairs"),
    [("old", {("a", "c")}), ("new", {("d", "e")}), ("all", {("a", "c"), ("d", "e")})],
)
def test_new_documents_are_compared_with_whom_one_says(
    run: reuse.Run, against: str, pairs: set[tuple[str, str]]
) -> None:
    found = run.news(2, against=against)  # type: ignore[arg-type]
    assert {(row["a"], row["b"]) for row in found.matches.to_dicts()} == pairs
    assert found.matches["bits"] == sorted(found.matches["bits"], reverse=True)


def test_a_run_to_which_nothing_was_added_has_no_news(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = reuse.scan(texts=OLD, out=tmp_path / "out.reuse").path
    assert main(["news", str(path)]) == 0
    assert capsys.readouterr().out == "Nothing was added.\n"


def test_news_outlive_a_rescan_and_forget_what_is_gone(run: reuse.Run, tmp_path: Path) -> None:
    path = reuse.scan(texts=OLD, out=tmp_path / "out.reuse").add(texts=FIRST).rescan().remove("d").path
    with reuse.Run.open(path) as now:
        assert now.news().documents["document"] == ["c"]


@pytest.mark.parametrize("since", ["soon", "2022-99-01", "-1"])
def test_what_is_no_date_is_refused(run: reuse.Run, since: str) -> None:
    with pytest.raises(UsageError, match="neither a number of additions nor a date"):
        run.news(since)


def test_the_command_prints_and_writes(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["news", str(path), "--since", "2"]) == 0
    shown = capsys.readouterr().out
    assert re.search(
        r"3 documents added from \S+ \S+ to \S+ \S+, 1 of them with text of others", " ".join(shown.split())
    )
    assert " ".join(QUOTED.split()[:3]) in shown
    assert main(["news", str(path), "--json", "--against", "all"]) == 0
    names = {"additions", "state", "documents", "passages", "matches", "formulas", "spread"}
    assert set(json.loads(capsys.readouterr().out)) == names
    assert main(["news", str(path), "--since", "2", "-o", str(tmp_path / "news.md")]) == 0
    page = (tmp_path / "news.md").read_text("utf-8")
    assert "3 documents, added from" in page
    assert "## Passages: 1 of 1" in page
    assert main(["news", str(path), "-o", str(tmp_path / "news.docx")]) == 2


def test_the_page_of_html_has_all_of_it_and_nothing_that_acts(path: Path, tmp_path: Path) -> None:
    assert main(["news", str(path), "--since", "2", "--against", "all", "-o", str(tmp_path / "news.html")]) == 0
    page = (tmp_path / "news.html").read_text("utf-8")
    assert "3 documents, added from" in page
    assert " ".join(QUOTED.split()[:3]) in page
    assert NEW.lower()[:20] in page.lower()
    assert page.count("<article") == 2
    assert "<script" not in page
    assert not re.search(r"""(src|href)\s*=""", page)


def test_no_text_of_a_document_is_markup_on_the_page(tmp_path: Path) -> None:
    hostile = {"<img src=x>": f"{QUOTED} <script>alert(1)</script> and so on and on for some more words"}
    run = reuse.scan(texts=OLD, out=tmp_path / "out.reuse").add(texts=hostile)
    assert main(["news", str(run.path), "-o", str(tmp_path / "news.html")]) == 0
    page = (tmp_path / "news.html").read_text("utf-8")
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;img src=x&gt;" in page


def test_what_older_documents_have_within_a_longer_formula_is_no_news() -> None:
    prose_of = Prose()
    old = {f"{n}": prose_of.text(LONGER) for n in range(4)}
    new = {f"new {n}": prose_of.text(INNER) for n in range(3)}
    run = reuse.scan(texts=old).add(texts=new, newer=1.0)
    told = {row["text"].lower(): (row["df"], row["df_all"]) for row in run.formulas}
    assert told == {INNER: (3, 7), LONGER: (4, 4)}
    assert not len(run.news().formulas)
    assert not len(run.news().spread)


@given(st.lists(st.lists(st.sampled_from("abc"), max_size=20).map(" ".join), min_size=1, max_size=3), st.data())
def test_phrases_are_found_wherever_they_stand(texts: list[str], data: st.DataObject) -> None:
    tokens = tokenise((text, None) for text in texts)
    bounds = tokens.bounds.tolist()
    spans = [(at, end) for low, high in pairwise(bounds) for at in range(low, high) for end in range(at + 1, high + 1)]
    chosen = data.draw(st.lists(st.sampled_from(spans), max_size=4)) if spans else []
    ids = tokens.ids.tolist()
    expected = [
        (row, at)
        for row, (start, end) in enumerate(chosen)
        for low, high in pairwise(bounds)
        for at in range(low, high - (end - start) + 1)
        if ids[at : at + end - start] == ids[start:end]
    ]
    starts, sizes = ([start for start, _ in chosen], [end - start for start, end in chosen])
    found = _everywhere(tokens, np.array(starts, dtype=np.int64), np.array(sizes, dtype=np.int64))
    assert sorted(zip(*(column.tolist() for column in found), strict=True)) == expected
