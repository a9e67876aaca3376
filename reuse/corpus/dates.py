"""The date of a report that no metadata give, as its text or its file's name lets one guess it.

No year is invented: one that is neither in the text nor in the file's name is not in the result.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from reuse.corpus.date_forms import (
    JUCHE_EPOCH,
    JUCHE_STAMP,
    JUCHE_YEAR,
    YEAR,
    Mention,
    iso_date,
    juche_stamp,
    numeric_dates,
    written_dates,
)

_HEAD = 3_000  # code points at the beginning of a text that are searched for a date
_TAIL = 2_000  # and at its end
_EDGE = 300  # code points at both ends in which a date in running prose is taken for the report's own
_LONGEST_DATELINE = 60  # code points before an agency's name
_LONGEST_LEAD = 1_500  # code points of the paragraph that a dateline opens
_NEWS_DELAY = timedelta(days=31)  # a dispatch is about days that lie no further back

_SEAM = "\n\0\n"  # between parts that do not follow each other: no date reaches from the one into the other
_EMPTY_LINE = re.compile(r"\n[ \t\r]*\n")
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
_NAME_YEAR = re.compile(r"(?<![^\W_])((?:1[5-9]|20)\d\d)(?![^\W_])")


def guess_date(text: str, name: str, body: tuple[int, int] | None = None) -> str | None:
    """The date that the report itself or its file's name gives, or None.

    In this order: a stamp such as `(Juche111.7.7.)`; the last dateline (`Pyongyang, July 7 (KCNA) --`, or a date on a
    line of its own), whose year may stand elsewhere (`_year_elsewhere`); the day in the file's name; what is named in
    the first and the last 300 code points, of reduced precision where there is more than one day, month or year; what
    else the name says. A dateline whose year stands nowhere leaves what the name says, if anything. An agency's
    datelines are searched everywhere, stamps and other datelines in the first 3,000 and the last 2,000 code points.
    """
    start, end = body or (0, len(text))
    zone = _ends(text, start, end, _HEAD, _TAIL)
    named = _date_in_name(name)
    stamps = [found for match in JUCHE_STAMP.finditer(zone) if (found := juche_stamp(match))]
    if stamps:
        return stamps[-1]
    mentions = [*written_dates(zone), *numeric_dates(zone)]
    dateline = _last_dateline(text, start, end, zone, mentions)
    if dateline is not None:
        mention, lead = dateline
        year = mention.year or _year_elsewhere(mention, mentions, named, zone, lead)
        return named if year is None else iso_date(year, mention.month, mention.day) or named
    if named is not None and len(named) == 10:
        return named
    return _from_prose(_ends(text, start, end, _EDGE, _EDGE), named)


def _ends(text: str, start: int, end: int, head: int, tail: int) -> str:
    """The first and the last code points of a text, its whole where they meet."""
    if end - start <= head + tail:
        return text[start:end]
    return text[start : start + head] + _SEAM + text[end - tail : end]


def _from_prose(edges: str, named: str | None) -> str | None:
    """Without a dateline: the most precise that all dates at the ends of the text agree on, if the name agrees too.

    Further in, a date in running prose is as often as not that of something else.
    """
    full = [
        iso_date(mention.year, mention.month, mention.day) for mention in (*written_dates(edges), *numeric_dates(edges))
    ]
    days = {day for day in full if day and len(day) == 10}
    months = {month for month in full if month and len(month) == 7}
    years = {str(int(match[1]) + JUCHE_EPOCH) for match in JUCHE_YEAR.finditer(edges)}
    for kind in (days, months, years):
        agreeing = {found for found in kind if named is None or found.startswith(named)}
        if agreeing:
            return _common(agreeing) or named
        if kind and named is None:
            return None
    return named


def _last_dateline(text: str, start: int, end: int, zone: str, mentions: list[Mention]) -> tuple[Mention, str] | None:
    """The last dateline, and its lead: the title block and the paragraph that it opens."""
    title = _paragraph(text, start, end)
    for agency in reversed(list(_AGENCY.finditer(text, start, end))):
        before = text[max(start, agency.start() - _LONGEST_DATELINE) : agency.end() + 8]
        for mention in reversed(written_dates(before)):
            if _AGENCY_AFTER.match(before, mention.end) and _is_dateline(mention, before):
                return mention, title + _SEAM + _paragraph(text, agency.end(), end)
    for mention in sorted(mentions, key=lambda mention: mention.start, reverse=True):
        if mention.day is not None and _is_dateline(mention, zone):
            return mention, title + _SEAM + _paragraph(zone, mention.end, len(zone))
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
    return _EMPTY_LINE.split(text[start : min(end, start + _LONGEST_LEAD)], maxsplit=1)[0]


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
        stated = {int(match[1]) + JUCHE_EPOCH for match in JUCHE_YEAR.finditer(lead)} or _years_of_lead(lead)
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


def _date_in_name(name: str) -> str | None:
    for pattern in (_NAME_DAY, _NAME_DAY_BEFORE_TIME):
        for match in pattern.finditer(name):
            found = iso_date(int(match[1]), int(match[3]), int(match[4]))
            if found:
                return found
    month = _NAME_MONTH.search(name)
    if month:
        return iso_date(int(month[1]), int(month[2]))
    years = {match[1] for match in _NAME_YEAR.finditer(name)}
    return years.pop() if len(years) == 1 else None


def _common(dates: set[str]) -> str | None:
    """What all dates have in common: day, month, year or nothing."""
    for length in (10, 7, 4):
        parts = {found[:length] for found in dates}
        if len(parts) == 1:
            return parts.pop()
    return None


def _day(year: int, mention: Mention) -> date | None:
    try:
        return date(year, mention.month, mention.day or 0)
    except ValueError:
        return None
