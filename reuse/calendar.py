"""Dates and periods: what a date can mean, which of two is earlier and whether that is sure, which period it lies in.

A date is stored as text, in the forms of ISO 8601 and of its extension for uncertain dates (EDTF, ISO 8601-2:2019):
`2022-07-07`, `2022-07`, `2022`; `0044` and, before our era, `-0043` (44 BC: there is a year 0); `185X` a decade and
`18XX` a century; `1850/1852` from one to the other; `1850~` about 1850, `1850?` 1850 if that is right. No other room
takes a date apart.

Days are counted as year · 372 + (month − 1) · 31 + day − 1, so that each period is a fixed number of them; days that
no month has are never stored.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date as gregorian
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

PERIODS = {"day": 1, "month": 31, "year": 372, "decade": 3_720, "century": 37_200}
"""Periods that documents are grouped by, finest first, and the days of each as this module counts them."""

FORMS = "2022, 2022-07, 2022-07-07, -0043 (44 BC), 185X, 1850/1852, 1850~"
"""Examples of every stored form, for messages."""

_DOUBT = ((37_200, 18_600), (372, 3_720), (31, 372), (1, 31))
"""How far a doubtful date may be off (days, either way), by the days it spans: half a century for a century, ten years
for a decade or a year, a year for a month, a month for a day."""
_SPAN_OF_CENTURIES, _SPAN_OF_DECADES, _SPAN_OF_YEARS = 800, 81, 3  # years from which on such periods are counted
_MOST = 0.9  # share of the dates that must lie in one period each, or a coarser one is counted

_POINT = r"(-?\d{4})(?:-(\d{2})(?:-(\d{2}))?)?"
_STORED = re.compile(rf"(?:{_POINT}(?:/{_POINT})?|(\d{{3}})X|(\d{{2}})XX)([~?])?")
_SPAN_BITS = 24  # of the days that any date can span: twice 9,999 years of 372
_LEAP_YEARS = 2_000  # any year may be moved by that many without a change in its months


@dataclass(frozen=True, slots=True)
class Date:
    """A date as far as it is known.

    Attributes:
        text: As it is stored.
        first, last: First and last day that it spans.
        earliest, latest: First and last day that it can mean: wider where it is doubtful.
    """

    text: str
    first: int
    last: int
    earliest: int
    latest: int

    @property
    def doubtful(self) -> bool:
        """Whether it is only about right, or may be wrong."""
        return self.text.endswith(("~", "?"))

    @property
    def key(self) -> tuple[int, int, str]:
        """Sorts dates: by their first day, then what spans more, then what is stated plainly."""
        return self.first, -self.last, self.text


@lru_cache(maxsize=1 << 16)
def read_date(text: str) -> Date | None:
    """The date that a stored text is; None if it is none (or no such day exists)."""
    match = _STORED.fullmatch(text)
    if match is None:
        return None
    year, month, day, year_to, month_to, day_to, decade, century, doubt = match.groups()
    if decade or century:
        width = PERIODS["decade" if decade else "century"]
        first = int(decade or century) * width
        last = first + width - 1
    else:
        spans = [_span(*point) for point in ((year, month, day), (year_to, month_to, day_to)) if point[0]]
        if None in spans:
            return None
        known = [span for span in spans if span]
        first, last = known[0][0], known[-1][1]
        if known[-1][0] < first:
            return None
    off = next(days for width, days in _DOUBT if last - first + 1 >= width) if doubt else 0
    return Date(text, first, last, first - off, last + off)


def date_order(text: str | None) -> int | None:
    """A number that sorts stored dates as `Date.key` does, doubts aside; None for what is none.

    As texts, the years before our era would fall, and a decade would come behind its years.
    """
    date = read_date(text) if text else None
    return None if date is None else (date.first << _SPAN_BITS) - (date.last - date.first)


def iso_date(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """The stored form of a day, a month or a year; None if there is no such day, or if the year has five digits."""
    if not -9_999 <= year <= 9_999:
        return None
    text = _year(year)
    if month is not None:
        text += f"-{month:02}"
    if day is not None:
        text += f"-{day:02}"
    return text if read_date(text) else None


def period_number(date: str | None, period: str) -> int | None:
    """Number of the period (of PERIODS) that a stored date lies in; None if it spans several, or there is no date."""
    known = read_date(date) if date else None
    if known is None:
        return None
    width = PERIODS[period]
    number = known.first // width
    return number if known.last // width == number else None


def period_name(number: int, period: str) -> str:
    """Name of a period: 2022-07-07, 2022-07, 2022, 2020s, 2000–2099."""
    first = number * PERIODS[period]
    year, rest = divmod(first, PERIODS["year"])
    named = _year(year)
    if period == "decade":
        return f"{named}s"
    if period == "century":
        return f"{named}–{_year(year + 99)}"
    if period == "year":
        return named
    month = f"{named}-{rest // 31 + 1:02}"
    return month if period == "month" else f"{month}-{rest % 31 + 1:02}"


def period_of(date: str | None, period: str) -> str | None:
    """Name of the period that a stored date lies in, as `period_number`."""
    number = period_number(date, period)
    return None if number is None else period_name(number, period)


def all_periods(numbers: Iterable[int], period: str) -> list[int]:
    """Numbers of the periods from the first to the last, in order; days have no gaps (there would be too many)."""
    known = sorted(set(numbers))
    return known if period == "day" or not known else list(range(known[0], known[-1] + 1))


def fitting_period(dates: Iterable[str | None]) -> str:
    """The period that gives a handful of rows or more, and that nearly all of the dates lie in: century to month."""
    known = [found for date in dates if date and (found := read_date(date))]
    if not known:
        return "month"
    first, last = min(date.first for date in known), max(date.first for date in known)
    years = last // PERIODS["year"] - first // PERIODS["year"]
    bounds = ((_SPAN_OF_CENTURIES, "century"), (_SPAN_OF_DECADES, "decade"), (_SPAN_OF_YEARS, "year"))
    finest = next((period for least, period in bounds if years >= least), "month")
    names = list(PERIODS)
    for period in names[names.index(finest) :]:
        width = PERIODS[period]
        if sum(date.first // width == date.last // width for date in known) >= _MOST * len(known):
            return period
    return finest


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of all documents as columns.

    Attributes:
        earliest: int64 (documents,): first day that the date can mean; without a date, the least number there is.
        latest: int64 (documents,): last such day; without a date, the greatest number there is.
        ranks: int64 (documents,): place of the date among the distinct ones; -1 for a document without one.
        distinct: The distinct dates, in order; what spans more comes before what lies at its beginning.
    """

    earliest: NDArray[np.int64]
    latest: NDArray[np.int64]
    ranks: NDArray[np.int64]
    distinct: list[str]

    @classmethod
    def of(cls, dates: Sequence[str | None]) -> Dates:
        """Columns from stored dates; what is none counts as no date."""
        known = {date: found for date in set(dates) if date and (found := read_date(date))}
        distinct = sorted(known, key=lambda date: known[date].key)
        rank = {date: place for place, date in enumerate(distinct)}
        ranks = np.array([rank.get(date, -1) if date else -1 for date in dates], dtype=np.int64)
        limits = np.iinfo(np.int64)
        earliest = np.array([*(known[date].earliest for date in distinct), limits.min], dtype=np.int64)
        latest = np.array([*(known[date].latest for date in distinct), limits.max], dtype=np.int64)
        return cls(earliest[ranks], latest[ranks], ranks, distinct)  # -1 reads the last row

    def order(self, a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.int8]:
        """-1 where document a is earlier than b, 1 where it is later, 0 where they are equal or it is not sure.

        2022 against 2022-07 is not sure, nor 1850~ against 1855; 2021 against 2022-07 is.
        """
        later = self.latest[b] < self.earliest[a]
        return later.astype(np.int8) - (self.latest[a] < self.earliest[b]).astype(np.int8)

    def first_and_last(
        self, documents: NDArray[np.int64], bounds: NDArray[np.int64]
    ) -> tuple[list[str | None], list[str | None]]:
        """Earliest and latest date of each group; group g owns the rows bounds[g] to bounds[g + 1], at least one."""
        if len(bounds) < 2:
            return [], []
        ranks = self.ranks[documents]
        last = np.maximum.reduceat(ranks, bounds[:-1])
        first = np.minimum.reduceat(np.where(ranks < 0, len(self.distinct), ranks), bounds[:-1])
        names: list[str | None] = [*self.distinct, None]  # both -1 and len(distinct) read the None at the end
        return [names[rank] for rank in first.tolist()], [names[rank] for rank in last.tolist()]


def _year(year: int) -> str:
    return f"{year:05}" if year < 0 else f"{year:04}"


def _span(year: str, month: str | None, day: str | None) -> tuple[int, int] | None:
    """First and last day of a year, a month or a day; None if there is no such one."""
    first = int(year) * PERIODS["year"]
    if month is None:
        return first, first + PERIODS["year"] - 1
    try:
        gregorian(int(year) % _LEAP_YEARS + _LEAP_YEARS, int(month), int(day or 1))
    except ValueError:
        return None
    first += (int(month) - 1) * PERIODS["month"]
    if day is None:
        return first, first + PERIODS["month"] - 1
    return first + int(day) - 1, first + int(day) - 1
