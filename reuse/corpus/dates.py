"""Dates: as metadata give them, and as a text or a file's name lets one guess them.

A date is an ISO 8601 string of the precision that is known: `2022-07-07`, `2022-07` or `2022`. No year is invented: one
that is neither in the text nor in the file's name is not in the result.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from reuse.corpus.calendar_words import JUCHE_EPOCH, MONTH, MONTHS, ORDINAL, YEAR

_HEAD = 3_000  # code points at the beginning of a text that are searched for a date
_TAIL = 2_000  # and at its end
_LONGEST_DATELINE = 60  # code points before an agency's name
_LONGEST_LEAD = 1_500  # code points of the paragraph that a dateline opens
_NEWS_DELAY = timedelta(days=31)  # a dispatch is about days that lie no further back

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
_JUCHE_STAMP = re.compile(r"Juche\s?(\d{2,3})\.\s?(\d{1,2})\.\s?(\d{1,2})(?!\d)")
_JUCHE_YEAR = re.compile(r"Juche\s?(\d{2,3})(?!\d|\.\d)")
_AGENCY = re.compile(r"\([A-Z][A-Za-z]{1,11}\)")
_COPYRIGHT = re.compile(rf"(?:©|\([cC]\)|Copyright)\s*(?:\([cC]\)|©)?\s*({YEAR})(?!\d)")
_BARE_YEAR = re.compile(r"((?:19|20)\d\d)(?<![\d.,/:-]\d\d\d\d)(?![\d/-]|[.,:]\d|s\b|\s+(?:people|[a-z]{3,}s)\b)")
_YEAR_CUE = re.compile(r"(?:\bin|\byear,?|\()\s?\Z", re.IGNORECASE)
_OTHER_TIME = re.compile(
    r"\b(?:since|until|till|by|before|after|from|to|through|between|than|back|founded|established|born|built|No\.)\b"
    r"[^.!?]{0,40}\Z",
    re.IGNORECASE,
)
_BEFORE_DATELINE = re.compile(
    r"[\s*_#>\[(|-]*(?:(?:Date|Dated|Published|Issued|Updated)\s*:\s*|[^\W\d_][\w.'’ -]{1,40},\s*)?[*_\s]*\Z"
)
_AFTER_DATELINE = re.compile(
    r"(?:\s?\(\d{4}\))?[.,]?(?:[*_ \t]*(?:\([A-Z][\w .]{1,20}\))?[*_ \t]*(?P<rule>--|[–—]|-\s)|[*_ \t)\]]*(?:\r|\n|\Z))"
)
_AGENCY_AFTER = re.compile(r",?\s?(?:\(\d{4}\))?[*_\s]*\([A-Z][A-Za-z]{1,11}\)")

_NAME_DAY = re.compile(rf"(?<![^\W_])({YEAR})([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?![^\W_])")
_NAME_DAY_BEFORE_TIME = re.compile(rf"(?<![^\W_])({YEAR})(-?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?=T\d)")
_NAME_MONTH = re.compile(rf"(?<![^\W_])({YEAR})[-_.](0[1-9]|1[0-2])(?![^\W_])")
_NAME_YEAR = re.compile(r"(?<![^\W_])((?:18|19|20)\d\d)(?![^\W_])")

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
        return _iso(int(year), _number(month), _number(day))
    stamp = _JUCHE_STAMP.fullmatch(value.strip("()."))
    if stamp:
        return _iso(int(stamp[1]) + JUCHE_EPOCH, int(stamp[2]), int(stamp[3]))
    for mention in (*_numeric(value), *_written(value)):
        rest = (value[: mention.start] + value[mention.end :]).strip(" .,()")
        if mention.year is not None and not rest:
            return _iso(mention.year, mention.month, mention.day)
    return None


def guess_date(text: str, name: str, body: tuple[int, int] | None = None) -> str | None:
    """The date that the report itself or its file's name gives, or None.

    In this order: a stamp such as `(Juche111.7.7.)`; the last dateline (`Pyongyang, July 7 (KCNA) --`, or a date on a
    line of its own), whose year may stand elsewhere (`_year_elsewhere`); the day in the file's name; the days named in
    full, a month and its year, a Juche year, of reduced precision where there are several; what else the name says.
    A dateline whose year stands nowhere leaves what the name says, if anything. Datelines are searched everywhere, all
    else in the first 3,000 and the last 2,000 code points.
    """
    start, end = body or (0, len(text))
    head_end = min(end, start + _HEAD)
    head, tail = text[start:head_end], text[max(head_end, end - _TAIL) : end]
    zone = f"{head}\n{tail}"
    named = _date_in_name(name)
    stamps = [found for match in _JUCHE_STAMP.finditer(zone) if (found := _stamp(match))]
    if stamps:
        return stamps[-1]
    mentions = [*_written(zone), *_numeric(zone)]
    dateline = _last_dateline(text, start, end, zone, mentions)
    if dateline is not None:
        mention, lead = dateline
        year = mention.year or _year_elsewhere(mention, mentions, named, zone, lead)
        return named if year is None else _iso(year, mention.month, mention.day) or named
    if named is not None and len(named) == 10:
        return named
    return _from_mentions(mentions, zone, named)


def _from_mentions(mentions: list[Mention], zone: str, named: str | None) -> str | None:
    """Without a dateline: the most precise that all mentions of one kind agree on, if the name does not object."""
    full = [_iso(mention.year, mention.month, mention.day) for mention in mentions if mention.year]
    days = {day for day in full if day and len(day) == 10}
    months = {month for month in full if month and len(month) == 7}
    years = {str(int(match[1]) + JUCHE_EPOCH) for match in _JUCHE_YEAR.finditer(zone)}
    for kind in (days, months, years):
        agreeing = {found for found in kind if named is None or found.startswith(named)}
        if agreeing:
            return _common(agreeing) or named
        if kind and named is None:
            return None
    return named


def _last_dateline(text: str, start: int, end: int, zone: str, mentions: list[Mention]) -> tuple[Mention, str] | None:
    """The last dateline, and its lead: the title block and the paragraph that it opens."""
    title = text[start : min(end, start + 600)].split("\n\n", 1)[0]
    for agency in reversed(list(_AGENCY.finditer(text, start, end))):
        before = text[max(start, agency.start() - _LONGEST_DATELINE) : agency.end() + 8]
        for mention in reversed(_written(before)):
            if _AGENCY_AFTER.match(before, mention.end) and _is_dateline(mention, before):
                return mention, title + "\n" + _paragraph(text, agency.end(), end)
    for mention in sorted(mentions, key=lambda mention: mention.start, reverse=True):
        if mention.day is not None and _is_dateline(mention, zone):
            return mention, title + "\n" + _paragraph(zone, mention.end, len(zone))
    return None


def _is_dateline(mention: Mention, text: str) -> bool:
    """Does the date stand where datelines stand: first in its line, but for a place, or before a dash?"""
    if mention.day is None:
        return False
    line_start = max(text.rfind("\n", 0, mention.start), text.rfind("\r", 0, mention.start)) + 1
    after = _AFTER_DATELINE.match(text, mention.end)
    agency = _AGENCY_AFTER.match(text, mention.end)
    if _BEFORE_DATELINE.match(text[line_start : mention.start]):
        return after is not None or agency is not None
    rule = _AFTER_DATELINE.match(text, agency.end()) if agency else None
    return rule is not None and rule["rule"] is not None


def _paragraph(text: str, start: int, end: int) -> str:
    return text[start : min(end, start + _LONGEST_LEAD)].split("\n\n", 1)[0]


def _year_elsewhere(
    dateline: Mention, mentions: Iterable[Mention], named: str | None, zone: str, lead: str
) -> int | None:
    """The year of a dateline that has none: the only one that the report or its name states for itself, or None.

    That is the year in the name; else of days named in full within the month before the dateline, of the dateline's
    month, of a copyright line; else a year in the title or the lead that is not spoken of as another time ("since
    1945", "by 2025").
    """
    if named is not None:
        return int(named[:4])
    stated = {int(match[1]) for match in _COPYRIGHT.finditer(zone)}
    for mention in mentions:
        if mention.year is None:
            continue
        if mention.day is None and mention.month == dateline.month:
            stated.add(mention.year)
        sent, of = _day(mention.year, dateline), _day(mention.year, mention)
        if sent and of and timedelta(0) <= sent - of <= _NEWS_DELAY:
            stated.add(mention.year)
    if not stated:
        stated = {int(match[1]) + JUCHE_EPOCH for match in _JUCHE_YEAR.finditer(lead)} or _years_of_lead(lead)
        stated -= {mention.year for mention in mentions if mention.year}  # of days too far off, or of other months
    return stated.pop() if len(stated) == 1 else None


def _years_of_lead(lead: str) -> set[int]:
    """The report's own year, said as one: "in 2021", or last in its line; nothing if another could be meant as well."""
    bare = [
        match
        for match in _BARE_YEAR.finditer(lead)
        if not _OTHER_TIME.search(lead, max(0, match.start() - 60), match.start())
    ]
    if len({match[1] for match in bare}) != 1:
        return set()
    said = any(
        _YEAR_CUE.search(lead, max(0, match.start() - 8), match.start())
        or lead[match.end() : match.end() + 1] in {"", "\n", "\r"}
        for match in bare
    )
    return {int(bare[0][1])} if said else set()


def _written(text: str) -> list[Mention]:
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
        if _iso(mention.year or 2000, month, day):
            mentions.append(mention)
    return mentions


def _numeric(text: str) -> list[Mention]:
    """Dates in numbers from the year down: `2022-07-07`, `2022.7.7.`, `2022/7/7`, `2022年7月7日`, `2022년 7월 7일`."""
    found = []
    for match in _NUMERIC.finditer(text):
        month, day = int(match["month"] or match["month2"]), int(match["day"] or match["day2"])
        if _iso(int(match["year"]), month, day):
            found.append(Mention(month, day, int(match["year"]), match.start(), match.end()))
    return found


def _date_in_name(name: str) -> str | None:
    for pattern in (_NAME_DAY, _NAME_DAY_BEFORE_TIME):
        for match in pattern.finditer(name):
            found = _iso(int(match[1]), int(match[3]), int(match[4]))
            if found:
                return found
    month = _NAME_MONTH.search(name)
    if month:
        return _iso(int(month[1]), int(month[2]))
    years = {match[1] for match in _NAME_YEAR.finditer(name)}
    return years.pop() if len(years) == 1 else None


def _common(dates: set[str]) -> str | None:
    """What all dates have in common: day, month, year or nothing."""
    for length in (10, 7, 4):
        parts = {found[:length] for found in dates}
        if len(parts) == 1:
            return parts.pop()
    return None


def _year(match: re.Match[str] | None) -> int | None:
    if match is None:
        return None
    return int(match["year"]) if match["year"] else int(match["juche"]) + JUCHE_EPOCH if match["juche"] else None


def _stamp(match: re.Match[str]) -> str | None:
    return _iso(int(match[1]) + JUCHE_EPOCH, int(match[2]), int(match[3]))


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _day(year: int, mention: Mention) -> date | None:
    try:
        return date(year, mention.month, mention.day or 0)
    except ValueError:
        return None


def _iso(year: int | None, month: int | None = None, day: int | None = None) -> str | None:
    """ISO 8601 of reduced precision; None if there is no such day."""
    if year is None:
        return None
    try:
        whole = date(year, month or 1, 1 if day is None else day).isoformat()
    except ValueError:
        return None
    return whole if day is not None else whole[:7] if month is not None else whole[:4]
