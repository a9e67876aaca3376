"""The date in a file's name, in the folders that it lies in, or in an address, as far as it can only be one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from reuse.calendar import iso_date
from reuse.corpus.given_dates import parse_date
from reuse.corpus.month_names import MONTHS, plain

YEAR = r"(?:1[5-9]|20)\d\d"
"""A year that a name or an address may state, as a regular expression."""

_MONTHS, _MOST_DAYS = 12, 31

_NAME_DAY = re.compile(
    rf"(?<![^\W_])(?:[^\W\d_]{{2,}})?({YEAR})([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])[a-z]?(?![^\W_])"
)  # a word may stand right before it, one letter behind: powell20200117a
_NAME_DAY_BEFORE_TIME = re.compile(rf"(?<![^\W_])({YEAR})(-?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?=T\d)")
_NAME_DAY_OR_MONTH_FIRST = re.compile(rf"(?<![^\W_])(\d\d?)([-_.])(\d\d?)\2({YEAR})(?![^\W_])")
_NAME_MONTH = re.compile(rf"(?<![^\W_])({YEAR})[-_.](0[1-9]|1[0-2])(?![^\W_])")
_NAME_YEAR = re.compile(rf"(?<![^\W_])({YEAR})(?![^\W_])")
_NAME_WORD = re.compile(r"[^\W\d_]+")
_MOST_NAME_WORDS = 5  # of a name that may be dated by a year within it or at its end
_NAMED_AFTER = re.compile(
    r"(?:plan|agenda|vision|goals?|targets?|strategy|horizon|by|since|until|before|after)[\W_]*\Z", re.IGNORECASE
)
_FOLDER_DAY = re.compile(rf"({YEAR})([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])")
_FOLDER_MONTH = re.compile(rf"({YEAR})[-_.](0[1-9]|1[0-2])")
_FOLDER_YEAR = re.compile(YEAR)
_NUMBERED_MONTH = re.compile(r"(0[1-9]|1[0-2])(?:[-_. ]+([^\W\d_]+))?")
_TWO_DIGITS = re.compile(r"\d\d")
_FOLDERS_OF_DATES = (_FOLDER_DAY, _FOLDER_MONTH, _FOLDER_YEAR, _NUMBERED_MONTH, _TWO_DIGITS)
_CRAWL = re.compile(r"https?://web\.archive\.org/web/\d+\w*/")
_URL_DAY = re.compile(rf"[/_-]({YEAR})([/_-]?)(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?![\d])")
_URL_MONTH = re.compile(rf"/({YEAR})/(0[1-9]|1[0-2])/")
_PIECE = re.compile(r"\d+|[A-Z]+(?![^\W\d_A-Z])|[A-Z]?[^\W\d_A-Z]+")  # words, those that a capital sets off among them
_NOT_ALONE = frozenset(("march", "mars", "may"))  # words besides months: "Womens March 2017" was in January
_OTHER_WORDS = frozenset(("ag", "ago", "des", "gen", "mag", "out", "set"))
"""Months behind a day only: "data set 2, 2019"."""

_BETWEEN_PIECES = re.compile(r"[\W_]{0,2}")


def days_first(names: Iterable[str]) -> bool | None:
    """Whether names of a folder have the day first (`29-06-2025`), or the month (`06-29-2025`); None: nothing tells."""
    told = {
        int(match[1]) > _MONTHS
        for name in names
        for match in _NAME_DAY_OR_MONTH_FIRST.finditer(name)
        if (int(match[1]) > _MONTHS) != (int(match[3]) > _MONTHS)
    }
    return told.pop() if len(told) == 1 else None


def date_in_name(name: str, day_first: bool | None = None) -> str | None:
    """The day, the month or the year that a file's name states, or None.

    Args:
        name: The name.
        day_first: Whether `05-12-2021` is in December or in May; None: that is not known.
    """
    for pattern in (_NAME_DAY, _NAME_DAY_BEFORE_TIME):
        for match in pattern.finditer(name):
            found = iso_date(int(match[1]), int(match[3]), int(match[4]))
            if found:
                return found
    for match in _NAME_DAY_OR_MONTH_FIRST.finditer(name):
        one, other, year = int(match[1]), int(match[3]), int(match[4])
        days = {iso_date(year, month, day) for month, day in _orders(one, other, day_first)} - {None}
        if len(days) == 1:
            return days.pop()
    worded = _in_words(name)
    if worded:
        return worded
    month = _NAME_MONTH.search(name)
    if month:
        return iso_date(int(month[1]), int(month[2]))
    dated = [match for match in _NAME_YEAR.finditer(name) if not _NAMED_AFTER.search(name, 0, match.start())]
    years = {match[1] for match in dated}
    if len(years) != 1 or (dated[0].start() and _is_headline(name)):
        return None
    return years.pop()


def _in_words(name: str) -> str | None:
    """The one day or month that a name states with the month as a word (`Dec19_2019`, `5 March 2021`, `2021-mai`).

    Not in a headline, unless it begins with it: there it may be what the report is about.
    """
    found: dict[str, int] = {}
    pieces = list(_PIECE.finditer(name))
    for size in (3, 2):  # with a day; else a month
        for window in zip(*(pieces[first:] for first in range(size)), strict=False):
            together = all(_BETWEEN_PIECES.fullmatch(name, one.end(), next_.start()) for one, next_ in pairwise(window))
            date = _worded([piece[0] for piece in window]) if together else None
            if date:
                found.setdefault(date, window[0].start())
        if found:
            break
    if len(found) != 1:
        return None
    ((date, place),) = found.items()
    return None if place and _is_headline(name) else date


def _worded(words: Sequence[str]) -> str | None:
    """The date that two or three words make, if one is a month, and one a year."""
    months = [at for at, word in enumerate(words) if plain(word) in MONTHS]
    if len(months) != 1 or not any(re.fullmatch(YEAR, word) for word in words):
        return None
    month = plain(words[months[0]])
    behind_a_day = len(words) == 3 and months == [1]
    if month in _OTHER_WORDS and not behind_a_day:
        return None
    if len(words) == 2 and (len(month) <= 3 or month in _NOT_ALONE):
        return None
    return parse_date(" ".join(words))


def _orders(one: int, other: int, day_first: bool | None) -> Iterator[tuple[int, int]]:
    """Month and day, as far as it is not known which of two numbers is which in both orders."""
    if day_first is not False or one > _MONTHS:
        yield other, one
    if day_first is not True or other > _MONTHS:
        yield one, other


def _is_headline(name: str) -> bool:
    """Whether a name is so long that a year in it may be what the report is about (`charged-with-murder-in-1986`)."""
    stem = name.rsplit(".", 1)[0] if "." in name else name
    return len(_NAME_WORD.findall(stem)) > _MOST_NAME_WORDS


def date_in_address(address: str) -> str | None:
    """The day or the month in an address, or None; when an archive of the web took a page is none of its dates."""
    address = _CRAWL.sub("", address)
    for match in _URL_DAY.finditer(address):
        found = iso_date(int(match[1]), int(match[3]), int(match[4]))
        if found:
            return found
    month = _URL_MONTH.search(address)
    return iso_date(int(month[1]), int(month[2])) if month else None


def date_in_folders(folders: Sequence[str], beside: Mapping[tuple[str, ...], Collection[str]]) -> str | None:
    """The day or the month that folders state (`2023/11/14`, `2020/abril`, `2023-11/14`, `2023-11-14`), or None.

    Numbers are no months, or no days, where others beside them are larger: `1875/03` may be the third week.

    Args:
        folders: In which a file lies, the outermost first.
        beside: Of each folder, by its path, the names of the folders in it.
    """
    for last in reversed(range(len(folders))):
        day = _FOLDER_DAY.fullmatch(folders[last])
        if day:
            return iso_date(int(day[1]), int(day[3]), int(day[4]))
        month = _month_of(folders, last, beside)
        if month:
            following = folders[last + 1 : last + 2]
            inner = beside.get(tuple(folders[: last + 1]), ())
            if following and _TWO_DIGITS.fullmatch(following[0]) and _numbers_to(_MOST_DAYS, inner):
                return iso_date(int(month[:4]), int(month[5:]), int(following[0])) or month
            return month
    return None


def dated_end(folders: Sequence[str]) -> tuple[str, ...]:
    """Those folders at the end of a path that can be of years, months or days: none of `/backup/2023-11-14/texts`."""
    end = len(folders)
    while end and any(kind.fullmatch(folders[end - 1]) for kind in _FOLDERS_OF_DATES):
        end -= 1
    return tuple(folders[end:])


def _month_of(folders: Sequence[str], at: int, beside: Mapping[tuple[str, ...], Collection[str]]) -> str | None:
    """The month that a folder states, by itself or in one of a year."""
    whole = _FOLDER_MONTH.fullmatch(folders[at])
    if whole:
        return iso_date(int(whole[1]), int(whole[2]))
    if not at or not _FOLDER_YEAR.fullmatch(folders[at - 1]):
        return None
    numbered = _NUMBERED_MONTH.fullmatch(folders[at])
    named = MONTHS.get(plain(numbered[2] if numbered and numbered[2] else folders[at]))
    number = int(numbered[1]) if numbered else named
    if number is None or (named or number) != number:
        return None
    alone = named is None and not _numbers_to(_MONTHS, beside.get(tuple(folders[:at]), ()))
    return None if alone else iso_date(int(folders[at - 1]), number)


def _numbers_to(most: int, names: Iterable[str]) -> bool:
    return all(int(name) <= most for name in names if name.isdecimal())
