"""Dates sort in time wherever rows are sorted: also before our era, where the years fall as texts."""

from __future__ import annotations

import pytest

import reuse
from reuse.report.overview import Overview
from tests.synthetic import build_run

IN_TIME = ["-0099", "-0043", "-0043-03", "0014", "185X", "1850", "2022", None]
TEXTS = {f"{letter}.txt": f"{letter} said Gallia est omnis divisa in partes tres." for letter in "hgfedcba"}
DATES = {name: date for name, date in zip(TEXTS, IN_TIME, strict=True) if date}


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    path = tmp_path_factory.mktemp("dated") / "r.reuse"
    phrase = "Gallia est omnis divisa"
    build_run(path, TEXTS, [("a.txt", phrase, "h.txt", phrase), ("c.txt", phrase, "g.txt", phrase)], dates=DATES)
    with reuse.Run.open(path) as opened:
        yield opened


def test_tables_sort_by_date(run):
    assert list(run.table("documents", order="date")["date"]) == IN_TIME
    assert list(run.table("documents", order="date", descending=True)["date"]) == [*IN_TIME[-2::-1], None]
    assert list(run.table("matches", order="date_b")["date_b"]) == ["-0099", "-0043"]


def test_sql_sorts_by_date(run):
    rows = run.sql("SELECT date FROM documents WHERE date NOTNULL ORDER BY date_order")
    assert [date for (date,) in rows] == IN_TIME[:-1]


def test_concordances_sort_by_date(run):
    assert list(run.concordance("gallia", order="date")["date"]) == IN_TIME


def test_reports_say_the_first_and_the_last(run):
    assert Overview(run).dated == "dated -0099 to 2022 (1 without a date)"
