"""The forms that a date is written in, and what each says: a day, a month or a year.

A date is an ISO 8601 string of the precision that is known: `2022-07-07`, `2022-07` or `2022`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_NAMES = (
    ("January", "Jan"),
    ("February", "Feb"),
    ("March", "Mar"),
    ("April", "Apr"),
    ("May", "May"),
    ("June", "Jun"),
    ("July", "Jul"),
    ("August", "Aug"),
    ("September", "Sept?"),
    ("October", "Oct"),
    ("November", "Nov"),
    ("December", "Dec"),
)

MONTHS = {name[:3].lower(): number for number, (name, _) in enumerate(_NAMES, start=1)}
"""Number of a month by the first three letters of its name."""

MONTH = r"(?:" + "|".join(f"{form}|{form.upper()}" for pair in _NAMES for form in dict.fromkeys(pair)) + r")(?![^\W_])"
"""A month's English name or its abbreviation, as a title or in capitals; `may` and `march` are other words.

Whether a letter stands before it is for the caller to see: with `\\b` in front the search takes twenty times as long.
"""

ORDINAL = r"(?:st|nd|rd|th)"
YEAR = r"(?:1[0-9]|20|21)\d\d"

JUCHE_EPOCH = 1911
"""Juche 1 is 1912."""

_MONTH_NAME = re.compile(MONTH)
_DAY_BEFORE = re.compile(rf"(?<!\d)(\d{{1,2}}){ORDINAL}?(?:\s+of)?\s+\Z")
_AFTER_MONTH = re.compile(
    rf"""\.?\s+(?P<day>\d{{1,2}})(?!\d){ORDINAL}?
        (?:\s?[-–]\s?(?P<last>\d{{1,2}})(?!\d))?
        (?:,?\s+(?P<year>{YEAR})(?!\d)|,?\s*\(?Juche\s?(?P<juche>\d{{1,3}})(?!\d|\.\d))?""",
    re.VERBOSE,
)
_YEAR_AFTER_MONTH = re.compile(rf"\.?,?\s+(?:(?P<year>{YEAR})(?!\d)|Juche\s?(?P<juche>\d{{1,3}})(?!\d|\.\d))")
_NUMERIC = re.compile(
    r"""(?P<year>[12]\d\d\d)(?<![\d.,/-]\d\d\d\d)
        (?:(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?![\d/-]|\.\d)
        |\)?\s?[年년]\s?(?P<month2>\d{1,2})\s?[月월]\s?(?P<day2>\d{1,2})\s?[日일])""",
    re.VERBOSE,
)
JUCHE_STAMP = re.compile(r"Juche\s?(\d{2,3})\.\s?(\d{1,2})\.\s?(\d{1,2})(?!\d)")
JUCHE_YEAR = re.compile(r"Juche\s?(\d{2,3})(?!\d|\.\d)")
_DAY_AND_TIME = re.compile(
    r"[\s.,()]*(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*)?[\s.,()]*(?:\d{1,2}:\d\d(?::\d\d)?\s?[A-Z]{0,4}(?:[+-]\d{4})?)?"
)
_GIVEN = re.compile(rf"({YEAR})(?:-(\d{{2}})(?:-(\d{{2}})(?:[T ].*)?)?)?|({YEAR})(\d{{2}})(\d{{2}})")


@dataclass(frozen=True, slots=True)
class Mention:
    """A day that a text names, with its year or without, and where (code points of the part that was searched)."""

    month: int
    day: int | None
    year: int | None
    start: int
    end: int


def parse_date(value: str) -> str | None:
    """The date that a metadata field gives, or None if it is none or could be read in two ways (`07/08/2022`)."""
    value = value.strip()
    given = _GIVEN.fullmatch(value)
    if given:
        year, month, day = given.group(1, 2, 3) if given[1] else given.group(4, 5, 6)
        return iso_date(int(year), _number(month), _number(day))
    stamp = JUCHE_STAMP.fullmatch(value.strip("()."))
    if stamp:
        return iso_date(int(stamp[1]) + JUCHE_EPOCH, int(stamp[2]), int(stamp[3]))
    for mention in (*numeric_dates(value), *written_dates(value)):
        rest = value[: mention.start] + value[mention.end :]
        if mention.year is not None and _DAY_AND_TIME.fullmatch(rest):
            return iso_date(mention.year, mention.month, mention.day)
    return None


def written_dates(text: str) -> list[Mention]:
    """Dates with the month as a word, in the order of the text: `July 7, 2022`, `7 July`, `July 2022`, `July 2-6`."""
    mentions = []
    for name in _MONTH_NAME.finditer(text):
        if name.start() and text[name.start() - 1].isalnum():
            continue
        month = MONTHS[name[0][:3].lower()]
        before = _DAY_BEFORE.search(text, max(0, name.start() - 12), name.start())
        after = _AFTER_MONTH.match(text, name.end()) if before is None else None
        year = after or _YEAR_AFTER_MONTH.match(text, name.end())
        if before is None and year is None:
            continue
        day = int(before[1]) if before else int(after["day"]) if after and not after["last"] else None
        start = before.start() if before else name.start()
        mention = Mention(month, day, _year(year), start, year.end() if year else name.end())
        if iso_date(mention.year or 2000, month, day):
            mentions.append(mention)
    return mentions


def numeric_dates(text: str) -> list[Mention]:
    """Dates in numbers from the year down: `2022-07-07`, `2022.7.7.`, `2022/7/7`, `2022年7月7日`, `2022년 7월 7일`."""
    found = []
    for match in _NUMERIC.finditer(text):
        month, day = int(match["month"] or match["month2"]), int(match["day"] or match["day2"])
        if iso_date(int(match["year"]), month, day):
            found.append(Mention(month, day, int(match["year"]), match.start(), match.end()))
    return found


def juche_stamp(match: re.Match[str]) -> str | None:
    """The day of a match of JUCHE_STAMP; None if there is no such day."""
    return iso_date(int(match[1]) + JUCHE_EPOCH, int(match[2]), int(match[3]))


def iso_date(year: int | None, month: int | None = None, day: int | None = None) -> str | None:
    """ISO 8601 of reduced precision; None if there is no such day."""
    if year is None:
        return None
    try:
        whole = date(year, month or 1, 1 if day is None else day).isoformat()
    except ValueError:
        return None
    return whole if day is not None else whole[:7] if month is not None else whole[:4]


def _year(match: re.Match[str] | None) -> int | None:
    if match is None:
        return None
    return int(match["year"]) if match["year"] else int(match["juche"]) + JUCHE_EPOCH if match["juche"] else None


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None
