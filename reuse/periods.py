"""Periods of dates, and the days that a date can mean."""

from __future__ import annotations

PERIODS = {"day": 10, "month": 7, "year": 4, "decade": 3, "century": 2}
"""Periods that documents are grouped by, and how many characters of a date they keep."""


def period_of(date: str | None, period: str) -> str | None:
    """The period of a date, named by its first day's digits: 2022-07, 2022, 2020s, 2000–2099; else None."""
    kept = PERIODS[period]
    if not date or len(date) < kept:
        return None
    if period == "decade":
        return f"{date[:3]}0s"
    return f"{date[:2]}00–{date[:2]}99" if period == "century" else date[:kept]
