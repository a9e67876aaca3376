"""Passages that are told once.

```
text a   [ opening ]……………………………………
text b   [ opening ]……………………………………
text c   [ opening ]……………………………………
text d   ………………………[ quoted ]……………
new      [ opening ]……………[ quoted ]………      told: the opening, with one of a, b, c, and two more have it; what is quoted
```
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reuse
from reuse.analysis.told_once import first_of_stretches, told_first
from reuse.cli import main
from reuse.report import overview
from reuse.report.highlights import best_matches
from reuse.report.overview import Overview
from tests.test_pipeline import prose

OPENING, QUOTED = prose(1, 40), prose(2, 30)
OLD = {
    "a": f"{OPENING} {prose(3, 90)}",
    "b": f"{OPENING} {prose(5, 90)}",
    "c": f"{OPENING} {prose(6, 90)}",
    "d": f"{prose(9, 60)} {QUOTED} {prose(4, 60)}",
}
NEW = f"{OPENING} {prose(7, 60)} {QUOTED} {prose(8, 60)}"

SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)), max_size=12)


def plain(spans: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """The same, word by word."""
    by: dict[int, int] = {}
    told: list[int] = []
    of_each = []
    for span, (start, size) in enumerate(spans):
        words = range(start, start + size)
        known = [by[word] for word in words if word in by]
        if 2 * (size - len(known)) >= size:
            by |= dict.fromkeys([word for word in words if word not in by], len(told))
            of_each.append(len(told))
            told.append(span)
        else:
            of_each.append(min(set(known), key=lambda one: (-known.count(one), one)))
    return told, of_each


@given(SPANS)
def test_each_stretch_is_told_by_the_first_that_has_it(spans: list[tuple[int, int]]) -> None:
    start = np.array([at for at, _ in spans], dtype=np.int64)
    told, of_each = first_of_stretches(start, start + np.array([size for _, size in spans], dtype=np.int64))
    assert (told.tolist(), of_each.tolist()) == plain(spans)


PLACE = st.tuples(st.integers(0, 2), st.integers(0, 30), st.integers(1, 10)).map(
    lambda one: (one[0], one[1], one[1] + one[2])
)
MATCHES = st.lists(st.tuples(PLACE, PLACE, st.integers(0, 3)), min_size=1, max_size=9)


@given(MATCHES, st.lists(st.tuples(st.integers(0, 3), PLACE), max_size=6), st.integers(1, 4))
def test_what_says_again_what_was_told_comes_behind(matches, further, most):
    passages = [(cluster, place) for one, other, cluster in matches for place in (one, other)] + further
    told: list[int] = []
    again: list[int] = []
    seen: set[tuple[int, int]] = set()
    for number, (one, other, cluster) in enumerate(matches):
        own, before = [letters(one), letters(other)], [letters(place) for row in told for place in matches[row][:2]]
        known = any(2 * len(seen & side) >= len(side) for side in own)
        if known or any(2 * len(side & passage) >= len(passage) for side in own for passage in before):
            again.append(number)
        else:
            told.append(number)
            seen |= {letter for of, place in passages if of == cluster for letter in letters(place)}
        if len(told) == most:
            break
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE documents (doc, characters)")
        database.execute("CREATE TABLE matches (match, a, a_start, a_end, b, b_start, b_end, cluster)")
        database.execute("CREATE TABLE passages (cluster, doc, start, end)")
        database.executemany("INSERT INTO documents VALUES (?, 40)", [(doc,) for doc in range(3)])
        rows = [(number, *one, *other, cluster) for number, (one, other, cluster) in enumerate(matches)]
        database.executemany("INSERT INTO matches VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        database.executemany("INSERT INTO passages VALUES (?, ?, ?, ?)", [(of, *place) for of, place in passages])
        run = SimpleNamespace(sql=database.execute)
        assert told_first(run, range(len(matches)), most) == (told + again)[:most]


def letters(place: tuple[int, int, int]) -> set[tuple[int, int]]:
    """Each letter of a place."""
    doc, start, end = place
    return {(doc, at) for at in range(start, end)}


@pytest.mark.parametrize("looked_at", [0, 500])
def test_a_text_in_many_forms_is_told_once_before_all_else_is_told(
    looked_at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of an opening in six parts each document lacks another one, so that its passages are several clusters."""
    parts = [prose(seed, 27) for seed in range(60, 66)]
    texts = {str(n): " ".join(parts[:n] + parts[n + 1 :]) + prose(20 + n, 60) for n in range(len(parts))}
    texts |= {name: f"{prose(seed, 60)} {QUOTED} {prose(seed + 1, 60)}" for name, seed in (("x", 40), ("y", 50))}
    with reuse.scan(texts=texts) as run:
        assert run.count("clusters") > 2
        monkeypatch.setattr(overview, "LOOKED_AT", looked_at)
        shown = [row["a"] for row in best_matches(run, 9)]
        assert shown.index("x") == 1 < len(shown) - 1
        assert [one.row["a"] for one in Overview(run).passages(2)].count("x") == 1


def test_news_tell_an_opening_once_and_in_how_many_more_documents_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = reuse.scan(texts=OLD, out=tmp_path / "out.reuse").add(texts={"new": NEW}, newer=1.0)
    found = run.news()
    assert len(found.matches) == 4
    assert [max(row["tokens_a"], row["tokens_b"]) for row in found.passages.to_dicts()] == [40, 30]
    assert found.elsewhere == [2, 0]
    assert main(["news", str(run.path)]) == 0
    shown = capsys.readouterr().out
    assert re.search(
        r"1 document added \d{4}-\d\d-\d\d \d\d:\d\d, 1 of them with text of others", " ".join(shown.split())
    )
    assert "Passages  2 of 2" in shown
    assert shown.count("it, or a part of it, is in 2 more documents") == 1
    assert "in 1 more" not in shown


@pytest.mark.parametrize("name", ["news.md", "news.html"])
def test_pages_of_news_tell_it_once(tmp_path: Path, name: str) -> None:
    run = reuse.scan(texts=OLD, out=tmp_path / "out.reuse").add(texts={"new": NEW}, newer=1.0)
    assert main(["news", str(run.path), "-o", str(tmp_path / name)]) == 0
    page = (tmp_path / name).read_text("utf-8")
    assert page.count("it, or a part of it, is in 2 more documents") == 1
    assert page.count("<article") == 2 or page.count("\n### ") == 2


def test_of_several_texts_each_is_told_by_its_own_stretch(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = reuse.scan(texts={"old": OLD["a"]}, out=tmp_path / "out.reuse")
    for name, text in (("one", prose(5, 90)), ("two", prose(6, 90))):
        (tmp_path / f"{name}.txt").write_text(f"{OPENING} {prose(10, 40)} {text}", "utf-8")
    assert (
        main(["query", str(run.path), *(str(tmp_path / f"{name}.txt") for name in ("one", "two")), "--against=all"])
        == 0
    )
    shown = capsys.readouterr().out
    assert "Passages  2 of 2" in shown
    assert shown.count("words in one.txt") == shown.count("words in two.txt") == 1


def test_a_query_tells_it_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = reuse.scan(texts=OLD, out=tmp_path / "out.reuse")
    (tmp_path / "new.txt").write_text(NEW, "utf-8")
    assert main(["query", str(run.path), str(tmp_path / "new.txt")]) == 0
    shown = capsys.readouterr().out
    assert "Passages  2 of 2" in shown
    assert shown.count("it, or a part of it, is in 2 more documents") == 1
