"""Rows by period are those that a filter of that period finds."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from reuse.calendar import period_name
from reuse.run.periods import rows_by_period
from reuse.run.run import Run
from tests.synthetic import build_run, synthetic_run

SHORT = {"decade": lambda name: f"{name[:-2]}X", "century": lambda name: f"{name.partition('–')[0][:-2]}XX"}
SAID = "we shall build the harbour before the winter comes and nobody will be left without a boat"


DATES = [
    [
        "1904",
        "1904-05",
        "1911-01-02",
        "1919/1921",
        None,
        "1931",
        "1938-12-30",
        "192X",
        *(f"19{n}-02" for n in range(40, 90, 4)),
    ],
    ["-0044-03-15", "1604", "1711-01-02", "1800", "1899", None, "17XX", "2001-05-06"],
    ["2021-03-04", "2021-03", "2021-04-01", "2021", None, *(f"2021-{n:02}-07" for n in range(2, 13))],
]


@pytest.fixture(scope="module", params=[None, *DATES], ids=["made", "decades", "centuries", "months"])
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    path = tmp_path_factory.mktemp("dated") / "dated.reuse"
    if request.param is None:
        synthetic_run(path, documents=60, matches=300)
    else:
        texts = {f"{number}.txt": f"{SAID} {number}" for number in range(len(request.param))}
        names = list(texts)
        pairs = [(a, SAID, b, SAID) for at, a in enumerate(names) for b in names[at + 1 :]]
        known = {name: date for name, date in zip(names, request.param, strict=True) if date}
        build_run(path, texts, pairs, ["nobody will be left without a boat"], dates=known)
    with Run.open(path) as opened:
        yield opened


@pytest.mark.parametrize("table", ["documents", "matches", "clusters", "formulas"])
def test_rows_of_a_period_are_those_that_its_filter_finds(run: Run, table: str) -> None:
    found = rows_by_period(run, table)
    some = np.sort(np.random.default_rng(5).permutation(run.count(table))[: max(run.count(table) // 2, 1)])
    everything, part = found.counts().tolist(), found.counts(some).tolist()
    assert len(found.numbers) > 2
    assert sum(everything) >= sum(part) > 0
    for number, rows, of_some in zip(found.numbers.tolist(), everything, part, strict=True):
        if found.period in SHORT and number < 0:
            continue
        name = period_name(number, found.period)
        passing = run.ids(table, f"date:{SHORT.get(found.period, str)(name)}")
        assert rows == len(passing)
        assert of_some == len(np.intersect1d(passing, some))
