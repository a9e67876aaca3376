"""The date of a report that no metadata give, where the report, its file's name or its address state it as such.

A date that a text merely mentions is not that of the text. Taken are: a stamp such as `(Juche111.7.7.)`; a header
(`Published: 7 July 2022`); a dateline (`Pyongyang, July 7 (KCNA) --`); a date on a line of its own at the beginning or
the end; the file's name; the address; the folders of a day or a month that it lies in. No year is invented: a dateline
without one takes that of the name, the address or the folders, or of an earlier dateline, or is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

from reuse.calendar import iso_date, read_date
from reuse.corpus.dated_names import YEAR, date_in_address, date_in_name
from reuse.corpus.given_dates import JUCHE_EPOCH, parse_date

_HEAD = 3_000  # code points at the beginning of a text that are searched
_TAIL = 1_000  # and at its end
_HEADER_LINES = 15  # lines at the beginning, empty ones apart, in which headers are looked for
_FIRST_LINES, _LAST_LINES = 8, 3  # lines at either end among which a date may stand alone
_LONGEST_LINE = 80  # code points of a header, a dateline's place and date, or a date with its place
_EARLIEST = "1000"  # year that a header may state: "March 2, 0202" is a slip
_NEAR = 31  # days by which dates of one report differ at most

_STAMP = re.compile(r"\(?Juche\s?(\d{2,3})\.\s?(\d{1,2})\.\s?(\d{1,2})\.?\)?[*_\s]*$", re.MULTILINE)
_JUCHE = re.compile(rf",?\s*\(?Juche\s?(\d{{2,3}})\)?(?:\s?\({YEAR}\))?")
_LABELS = (
    r"(?:date|dated|published|publication date|date of publication|issued|released|release date|posted|posted on"
    r"|published on|for (?:immediate )?release|datum|veröffentlicht(?: am)?|erschienen(?: am)?|publié le"
    r"|date de publication|fecha|publicado(?: el| em)?|data|pubblicato il|дата|опубликовано|data publikacji)"
)
_HEADER = re.compile(_LABELS + r"\s*:\s*(.+)", re.IGNORECASE)
_LABEL = re.compile(_LABELS + r"\s*:?", re.IGNORECASE)
_AGENCY = re.compile(
    r"^[ \t*_#>|\"“(]*([^\n]{4,80}?)[ \t*_.]*(?:\([A-Za-z][\w ./-]{1,24}\)|/[^\W\d_]{2,12}/)[*_]*"
    r"[ \t]*(?:\.|--?|[–—:])?(?!\w)",
    re.MULTILINE,
)
_DASH = re.compile(r"([^\n]{4,80}?)[*_ \t]*(?:--|[–—]|\s-\s)")
_XINHUA = re.compile(r"新华社[^\d\n]{1,12}?(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日[电電]")
_MARKS = ' \t\r*_#>|()[]"“”–—-'
_PLACE = re.compile(
    r"(?:[^\W\d_a-z][\w.'’-]*+|am|an|der|de|del|la|le|sur|of|upon|the|und|/|\s|,)+(?<![,\s])", re.UNICODE
)
_WORD_OR_ISO = re.compile(r"[^\W\d_]{3,}|\d{4}\s?[年년]|\d{4}[-./]\d")
_DAY_OR_MONTH = re.compile(r"\d{4}-\d\d(?:-\d\d)?")


def guess_date(
    text: str,
    name: str,
    body: tuple[int, int] | None = None,
    address: str = "",
    day_first: bool | None = None,
    filed_under: str | None = None,
) -> str | None:
    """The date that the report itself, its file's name or its address states, or None.

    Args:
        text: The text.
        name: The file's name, or "" where it says nothing.
        body: Span of the text that holds the report; None: all of it.
        address: Where it was published (URL), or "".
        day_first: Whether `05-12-2021` in the name is in December or in May; None: that is not known.
        filed_under: The date that the folders state, or None; when a text came into a collection may be what it is.
    """
    start, end = body or (0, len(text))
    addressed = date_in_address(address)
    named = addressed or date_in_name(name, day_first)
    placed = filed_under if filed_under and filed_under.startswith(named or "") else named
    head = text[start : min(end, start + _HEAD)]
    tail = text[max(end - _TAIL, start + len(head)) : end]
    both = f"{head}\n\0\n{tail}"
    stamps = [match.groups() for match in _STAMP.finditer(both)] if "Juche" in both else ()
    if stamps:
        year, month, day = map(int, stamps[-1])
        return iso_date(year + JUCHE_EPOCH, month, day) or placed
    lines = [line.strip(_MARKS) for line in islice(filter(str.strip, head.splitlines()), _HEADER_LINES)]
    stated = _common(date for date in _headers(lines) if date >= _EARLIEST)
    if stated:
        return stated
    sent = _last_dateline(_datelines(text, start, end), placed)
    if sent is not None:
        return sent or None
    said = _last_dateline(_before_dashes(lines, named), placed)
    if said is None:
        last_lines = [line.strip(_MARKS) for line in filter(str.strip, (tail or head).splitlines())][-_LAST_LINES:]
        said = _common(filter(None, map(_date_alone, [*lines[:_FIRST_LINES], *last_lines]))) or placed
    # A text may be about another day than its own ("18 April 1945 – the last weeks of the war"). Where it was published
    # at a known address that is told; a file's name may as well be about another day, so then nothing is.
    return said if said and _agree(said, named) else addressed if said else None


def _headers(lines: Sequence[str]) -> Iterator[str]:
    """Dates of headers; a label on a line of its own ("Published") is that of a day or month on the next one."""
    for line, below in pairwise([*lines, ""]):
        header = _HEADER.match(line) if len(line) <= _LONGEST_LINE else None
        date = parse_date(header[1].strip(_MARKS)) if header else None
        if date:
            yield date
        elif len(below) <= _LONGEST_LINE and _LABEL.fullmatch(line):
            date = parse_date(below)
            if date and _DAY_OR_MONTH.fullmatch(date):
                yield date


def _datelines(text: str, start: int, end: int) -> Iterator[str]:
    """Dates of the datelines of agencies, wherever they stand, as `_day_after_place` gives them."""
    for match in _agencies(text, start, end):
        date = _day_after_place(match[1])
        if date:
            yield date
    for match in _XINHUA.finditer(text, start, end):
        day = f"{int(match[2]):02}-{int(match[3]):02}"
        yield f"{match[1]}-{day}" if match[1] else day


def _before_dashes(lines: Iterable[str], named: str | None) -> list[str]:
    """Dates of datelines before a dash, in the order of the lines: those that can be what is named, else all."""
    dashes = filter(None, map(_DASH.match, lines))
    dates = [date for dash in dashes if (date := _day_after_place(dash[1]))]
    return [date for date in dates if len(date) < 10 or _agree(date, named)] or dates


def _agencies(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """What `_AGENCY` finds, ascending: it is tried only at lines with a sign that an agency's name has before it."""
    lines = {line for sign in "(/" for line in _lines_with(sign, text, start, end)}
    for line in sorted(lines):
        match = _AGENCY.match(text, line, end)
        if match:
            yield match


def _lines_with(sign: str, text: str, start: int, end: int) -> Iterator[int]:
    """Where each line of a span begins that has the sign, if it begins in the span."""
    at = text.find(sign, start, end)
    while at >= 0:
        line = text.rfind("\n", 0, at) + 1
        if line >= start:
            yield line
        line_end = text.find("\n", at, end)
        at = text.find(sign, line_end, end) if line_end >= 0 else -1


def _day_after_place(text: str) -> str | None:
    """The day that follows a place (`Washington, D.C., 5 March 2021`): `2021-03-05`, or `03-05` without a year."""
    text = _JUCHE.sub(lambda juche: f" {int(juche[1]) + JUCHE_EPOCH}", text)
    for part in _after_place(text):
        date = parse_date(part)
        if date and len(date) == 10 and _DAY_OR_MONTH.fullmatch(date):
            return date
        date = parse_date(f"{part.rstrip('.')} 2000")  # a leap year: 29 February is a day
        if date and len(date) == 10 and date.startswith("2000-"):
            return date[5:]
    return None


def _after_place(line: str) -> Iterator[str]:
    """What may be the date in "place, date", "PLACE date" or the date alone."""
    line = line.replace("*", "").replace("_", " ").strip(_MARKS + ",.")
    yield line
    for at in [match.end() for match in re.finditer(r",", line)] + [match.end() for match in re.finditer(r"\s+", line)]:
        place, rest = line[:at].strip(" ,."), line[at:].strip()
        if _PLACE.fullmatch(place) and (line[at - 1] == "," or (place.isupper() and place.count(" ") < 2)):
            yield rest


def _last_dateline(datelines: Iterable[str], named: str | None) -> str | None:
    """The day of the last dateline; "" where its year is not known, None where there is no dateline."""
    year_of_earlier, last = None, None
    for date in datelines:
        if len(date) == 5 and year_of_earlier and last and date >= last[-5:]:
            date = f"{year_of_earlier}-{date}"  # noqa: PLW2901 - a dispatch below that of the same year
        year_of_earlier = date[:4] if len(date) == 10 else None
        last = date
    if last is None:
        return None
    if len(last) == 10:
        return last
    if named is None:
        return ""
    years = (int(named[:4]) + off for off in ((0,) if len(named) == 4 else (-1, 0, 1)))
    days = (iso_date(year, int(last[:2]), int(last[3:])) for year in years)
    return next((day for day in days if day and _agree(day, named)), "")


def _date_alone(line: str) -> str | None:
    """The day or the month of a line that is nothing but a date, or a place and a date."""
    if len(line) > _LONGEST_LINE or not any(map(str.isdigit, line)) or _WORD_OR_ISO.search(line) is None:
        return None
    for part in _after_place(line):
        date = parse_date(part)
        if date and _DAY_OR_MONTH.fullmatch(date) and _WORD_OR_ISO.search(part):
            return date
    return None


def _agree(date: str, named: str | None) -> bool:
    """Whether a date can be that of a report whose name says another: within a month, if the name says so much."""
    one, other = read_date(date), read_date(named) if named else None
    if one is None or other is None:
        return True
    apart = _NEAR if len(named or "") > 4 else 0
    return one.first <= other.last + apart and other.first <= one.last + apart


def _common(dates: Iterable[str]) -> str | None:
    """What all dates have in common: the date, the month, the year or nothing."""
    distinct = set(dates)
    for length in (10, 7, 4):
        parts = {date[:length] for date in distinct}
        if len(parts) == 1:
            return parts.pop()
    return None
