"""Dates as stored: what they span, their order as far as it is sure, their periods."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reuse.calendar import (
    PERIODS,
    Dates,
    all_periods,
    date_order,
    fitting_period,
    iso_date,
    period_name,
    period_of,
    read_date,
)

STORED = [
    "-0300", "-0043", "-0043-03-15", "0044", "0476-09-04", "18XX", "1850", "1850~", "1850?", "185X", "185X~",
    "1850-05", "1850-05-31", "1850/1852", "1850-12-31/1851-01", "2020-02-29",
]  # fmt: skip


@pytest.mark.parametrize("text", STORED)
def test_every_stored_form_is_read(text):
    date = read_date(text)
    assert date.text == text
    assert date.earliest <= date.first <= date.last <= date.latest
    assert date.doubtful == (date.earliest < date.first) == text.endswith(("~", "?"))


@pytest.mark.parametrize(
    "text", ["", "44", "2021-02-29", "2021-13", "1852/1850", "1850-5", "19", "-185X", "1850~?", "x"]
)
def test_what_is_no_stored_date(text):
    assert read_date(text) is None


def order(a, b):
    return int(Dates.of([a, b]).order(np.array([0]), np.array([1]))[0])


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("2021", "2022-07", -1),
        ("2022", "2022-07", 0),  # some time in 2022
        ("2022-07-07", "2022-07-07", 0),
        ("2022-07-06", "2022-07-07", -1),
        ("-0043", "-0044", 1),
        ("-0043", "0044", -1),
        ("1850~", "1855", 0),  # about 1850 may be 1856
        ("1850~", "1861", -1),
        ("1850?", "1839", 1),
        ("185X", "1859", 0),
        ("185X", "1860", -1),
        ("1850/1852", "1852-12", 0),
        ("1850/1852", "1853", -1),
        ("18XX", None, 0),
    ],
)
def test_which_is_earlier_and_whether_that_is_sure(a, b, expected):
    assert order(a, b) == expected
    assert order(b, a) == -expected


def test_dates_sort_by_what_they_begin_with():
    given_order = ["2022-07", "-0043", "2022", None, "1850~", "-0300", "1850", "0044", "2022-07-01"]
    assert Dates.of(given_order).distinct == [
        "-0300", "-0043", "0044", "1850", "1850~", "2022", "2022-07", "2022-07-01",
    ]  # fmt: skip


def test_first_and_last_of_groups():
    dates = Dates.of(["-0043", None, "-0300", "0044"])
    documents, bounds = np.array([0, 1, 2, 1, 3]), np.array([0, 3, 4, 5])
    assert dates.first_and_last(documents, bounds) == (["-0300", None, "0044"], ["-0043", None, "0044"])


@pytest.mark.parametrize(
    ("date", "names"),
    [
        ("2022-07-07", ["2022-07-07", "2022-07", "2022", "2020s", "2000–2099"]),
        ("2022", [None, None, "2022", "2020s", "2000–2099"]),
        ("185X", [None, None, None, "1850s", "1800–1899"]),
        ("1850~", [None, None, "1850", "1850s", "1800–1899"]),
        ("1849/1850", [None, None, None, None, "1800–1899"]),
        ("-0043", [None, None, "-0043", "-0050s", "-0100–-0001"]),
        (None, [None] * 5),
    ],
)
def test_periods(date, names):
    assert [period_of(date, period) for period in PERIODS] == names


def test_periods_from_the_first_to_the_last_have_no_gaps():
    assert [period_name(number, "year") for number in all_periods([1, -2], "year")] == [
        "-0002",
        "-0001",
        "0000",
        "0001",
    ]
    assert len(all_periods([3, 900], "day")) == 2


@pytest.mark.parametrize(
    ("dates", "period"),
    [
        ([None], "month"),
        (["2021-03-07", "2022-07"], "month"),
        (["1901", "1902", "1902"], "year"),  # no month is known
        (["185X", "185X", "1851"], "decade"),
        (["1950", "2020"], "year"),
        (["1790", "2020"], "decade"),
        (["-0300", "1900"], "century"),
    ],
)
def test_the_period_that_fits(dates, period):
    assert fitting_period(dates) == period


DATES = st.sampled_from([*STORED, None])


@given(st.lists(DATES, min_size=3, max_size=3))
def test_earlier_is_an_order(dates):
    known = Dates.of(dates)
    earlier = known.order(np.repeat(np.arange(3), 3), np.tile(np.arange(3), 3)).reshape(3, 3)
    assert (earlier == -earlier.T).all()
    if earlier[0, 1] < 0 and earlier[1, 2] < 0:
        assert earlier[0, 2] < 0


@given(st.integers(-9_999, 9_999), st.integers(1, 12), st.integers(1, 31))
def test_what_is_made_is_read(year, month, day):
    for text in (iso_date(year), iso_date(year, month), iso_date(year, month, day)):
        assert text is None or read_date(text).text == text
    assert iso_date(year, month) is not None
    assert (iso_date(year, month, day) is None) == (day > 28 and iso_date(year % 400 + 1600, month, day) is None)


@given(st.lists(st.sampled_from(STORED), min_size=2, max_size=2))
def test_numbers_sort_dates_as_they_are_ordered(dates):
    one, other = map(read_date, dates)
    if one.key[:2] < other.key[:2]:
        assert date_order(one.text) < date_order(other.text)
    if one.key[:2] == other.key[:2]:
        assert date_order(one.text) == date_order(other.text)


def test_years_before_our_era_come_before_it_and_rise():
    assert sorted(["0014", "-0043", "-0099", "-0043-03", "2022", "185X", "1850"], key=date_order) == [
        *("-0099", "-0043", "-0043-03", "0014", "185X", "1850", "2022")
    ]
    assert date_order(None) is date_order("soon") is None
