"""Bars count everything once and label what they count."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reuse.calendar import fitting_period
from reuse.report.html.charts import HEIGHT, WIDTH, bar_chart, doubling_chart, shares_chart, years_chart


def counts(chart) -> dict[str, int]:
    return {bar.label: bar.count for bar in chart.bars if bar.count}


@given(st.lists(st.floats(0, 1), min_size=1, max_size=50))
def test_every_share_is_in_one_bar(values: list[float]) -> None:
    chart = shares_chart("t", "u", "c", np.array(values))
    assert sum(bar.count for bar in chart.bars) == len(values)


def test_shares_are_in_steps_of_a_twentieth() -> None:
    chart = shares_chart("t", "u", "c", np.array([0.8, 0.84999, 0.85, 1.0]))
    assert counts(chart) == {"80–85%": 2, "85–90%": 1, "95–100%": 1}
    assert chart.bars[0].label == "80–85%", "empty steps below the lowest are left out"


@given(st.lists(st.floats(0.1, 5000), min_size=1, max_size=50))
def test_every_value_is_in_one_doubling_bar(values: list[float]) -> None:
    chart = doubling_chart("t", "u", "c", np.array(values))
    assert sum(bar.count for bar in chart.bars) == len(values)


def test_doubling_steps() -> None:
    assert counts(doubling_chart("t", "u", "c", np.array([4, 7, 8, 15, 16]))) == {"4–7": 2, "8–15": 2, "16–31": 1}
    assert doubling_chart("t", "u", "c", np.array([])).bars == []


def test_periods_are_neither_few_nor_hundreds() -> None:
    assert fitting_period(["2021-03-07", "2022-07"]) == "month"
    assert fitting_period(["2021-03-07", "2022"]) == "year"
    assert fitting_period(["1950", "2020-01"]) == "year"
    assert fitting_period(["1790", "2020-01"]) == "decade"
    assert counts(years_chart("t", "u", "c", ["1790", "1799-05", None, "2024"])) == {"1790s": 2, "2020s": 1}
    assert [bar.label for bar in years_chart("t", "u", "c", ["2021-11", "2022-02-03"]).bars] == [
        "2021-11",
        "2021-12",
        "2022-01",
        "2022-02",
    ]
    assert years_chart("t", "u", "c", [None]).bars == []


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=60))
def test_bars_stay_in_the_drawing(values: list[int]) -> None:
    chart = bar_chart("t", "u", "c", [str(place) for place in range(len(values))], values)
    for bar, value in zip(chart.bars, values, strict=True):
        assert bar.x >= 0
        assert bar.x + bar.width <= WIDTH + 1
        assert bar.y >= 0
        assert round(bar.y + bar.height, 1) == HEIGHT
        assert (bar.height > 0) == (value > 0), "what is there is seen"


@given(st.lists(st.text("0123456789–", max_size=9), min_size=2, max_size=40))
def test_labels_do_not_run_into_one_another(labels: list[str]) -> None:
    bars = [bar for bar in bar_chart("t", "u", "c", labels, [1] * len(labels)).bars if bar.short]
    for left, right in pairwise(bars):
        middles = right.x - left.x
        assert middles >= 5.5 * (len(left.short) + len(right.short)) / 2
