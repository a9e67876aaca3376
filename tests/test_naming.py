"""What documents are called: no two of one date alike, whatever the lists cut off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reuse.display import cells, cut_apart
from reuse.naming import dated, distinct_names, short_name


def test_what_differs_in_the_ids_tells_editions_apart() -> None:
    ids = ["guide/amd64/ch5.html", "guide/arm64/ch5.html", "guide/arm64/ch6.html"]
    assert distinct_names(ids, ["5. Booting", "5. Booting", "6. Using"], [None] * 3) == [
        "amd64 · 5. Booting",
        "arm64 · 5. Booting",
        "6. Using",
    ]


def test_the_date_tells_apart_as_well() -> None:
    assert distinct_names(["a/x", "b/x"], ["Briefing"] * 2, ["2001", "2002"]) == ["Briefing"] * 2
    assert distinct_names(["a/x", "b/x"], ["Briefing"] * 2, ["2001", "2001"]) == ["a · Briefing", "b · Briefing"]


def test_without_titles_files_are_called_by_their_names_or_by_what_differs() -> None:
    assert distinct_names(["s/one.txt", "s/two.txt"], [None] * 2, [None] * 2) == ["one", "two"]
    assert distinct_names(["s/a/one.txt", "s/b/one.txt", "s/one.md"], [None] * 3, [None] * 3) == [
        "a/one.txt",
        "b/one.txt",
        "one.md",
    ]


@pytest.mark.parametrize(
    ("document", "name"), [("wire.jsonl#852", "wire.jsonl#852"), ("a/.hidden", ".hidden"), ("/", "/")]
)
def test_short_names(document: str, name: str) -> None:
    assert short_name(document, None) == name


NAMES = st.text(st.sampled_from("ab/. -"), min_size=1, max_size=12)


@given(
    st.lists(st.tuples(NAMES, st.sampled_from([None, "T", "a"])), min_size=1, max_size=6, unique_by=lambda one: one[0])
)
def test_titles_that_are_alike_never_stay_so(documents: list[tuple[str, str | None]]) -> None:
    ids, titles = [one[0] for one in documents], [one[1] for one in documents]
    names = distinct_names(ids, titles, [None] * len(ids))
    assert len(set(names)) == len(names)


def test_files_that_neither_folder_nor_name_tells_apart_go_by_their_ids() -> None:
    ids = [f"{year}/{name}.md" for year in (1996, 1997) for name in ("notes", "text")]
    assert distinct_names(ids, [None] * 4, [None] * 4) == ids
    assert distinct_names([*ids, "1998/text.md"], [None] * 5, [None] * 5) == [*ids, "1998"]


def test_a_cut_name_keeps_what_tells_it_apart() -> None:
    names = ("5.1. Booting the Installer on 64-bit ARM", "5.1. Booting the Installer on 64-bit PC, by network")
    assert cut_apart(names, 15) == ("5.1. Bootin…ARM", "5.1.…PC, by ne…")
    assert cut_apart(("one/long/folder/1.txt", "one/long/folder/2.txt"), 12) == ("one/lo…1.txt", "one/lo…2.txt")
    assert cut_apart(("short", "other"), 9) == ("short", "other")


@given(
    st.text("ab c文", max_size=30), st.text("ab c文", max_size=12), st.text("xy z文", max_size=12), st.integers(9, 30)
)
def test_cut_names_fit_and_differ(same: str, one: str, other: str, width: int) -> None:
    names = (f"{same} {one}1", f"{same} {other}2")
    shown = cut_apart(names, width)
    assert all(cells(name) <= width for name in shown)
    assert shown[0] != shown[1] or one[:8] == other[:8]


def test_a_date_that_a_name_begins_with_is_not_said_twice() -> None:
    assert dated("1867", "1867-Johnson-1") == "1867-Johnson-1"
    assert dated("1867", "18670 voters") == "1867 18670 voters"
    assert dated("1867-12-03", "1867-Johnson-1") == "1867-12-03 1867-Johnson-1"
    assert dated(None, "Report") == "Report"
    assert dated("2021-05-04", "2021-05-04") == "2021-05-04"
    assert dated("2021-05-04", "2021_05_04_Report") == "2021_05_04_Report"
    assert dated("2021-05-04", "04.05.2021 Report") == "04.05.2021 Report"
    assert dated("2021-05-04", "05-04-2021 Report") == "2021-05-04 05-04-2021 Report"
    assert dated("1867", "1867-12 Report") == "1867-12 Report"
    assert dated("2021-05-04", "20210504_Report") == "20210504_Report"
    assert dated("2021-05-04", "20210504") == "20210504"
    assert dated("2021-05-04", "202105041 voters") == "2021-05-04 202105041 voters"
    assert dated("2021-05-04", "20210405 Report") == "2021-05-04 20210405 Report"
