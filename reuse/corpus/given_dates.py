"""Dates as people write them in metadata, read as the dates of `reuse.calendar`.

What could be read in two ways (`07/08/2022`), or says no more than before or after, is none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from reuse.calendar import iso_date, read_date
from reuse.corpus.month_names import BESIDE, MONTHS, plain

_LONGEST = 80  # code points

JUCHE_EPOCH = 1911
"""Juche 1 is 1912."""

_DASHES = re.compile("[\u2010-\u2015\u2212]")
_BRACKETS = str.maketrans("", "", '[]()<>{}\u27e8\u27e9"\u201c\u201d')
_I = re.IGNORECASE
_ABOUT = re.compile(
    r"(?:(?:circa|circ|cca|approximately|approx|about|around|abt|gegen|etwa|environ|env|vers|hacia|около|ок|um)\b\.?|"
    r"ca?\b\.?|c(?=\d)|[~\u2248])\s*(?=\S)",
    _I,
)
_ABOUT_BEHIND = re.compile(r"\s*(?:~|\b(?:ca|circa|approx)\.?|\bor so)\Z", _I)
_PERHAPS = re.compile(r"(?:probably|prob|possibly|perhaps|maybe|wohl|vermutlich|peut-être|вероятно)\b\.?\s*", _I)
_PERHAPS_BEHIND = re.compile(r"\s*[?%]+\Z")
_PART = re.compile(r"(?:early|mid|late|beginning of|end of|anfang|mitte|ende|début|fin|milieu)\b(?: the)?[ -]*", _I)

_BEFORE_CHRIST = re.compile(
    r"(.+?)\s*(?:\b(?i:b\.?\s?c\.?(?:\s?e\.?)?|v\.?\s?chr\.?|v\.?\s?u\.?\s?z\.?|av(?:ant)?\.?\s?j\.?\s?-?c\.?"
    r"|до н\.?\s?э\.?)|\ba\.\s?C\.?)\Z"
)
_AFTER_CHRIST = re.compile(
    r"(?:(?:a\.?\s?d\.?|anno domini|ce)\s*(\d{1,4})|(\d{1,4})\s*(?:a\.?\s?d\.?|c\.?\s?e\.?|n\.?\s?chr\.?"
    r"|ap(?:r[eè]s)?\.?\s?j\.?\s?-?c\.?|d\.\s?c\.?|н\.?\s?э\.?))",
    _I,
)
_FROM = re.compile(r"(?:between|from|entre|zwischen|von|tra|fra|между|с)\s+", _I)
_TO = r"\s*(?:-|/|\b(?:to|until|till|and|or|bis|und|oder|à|au|et|ou|y|e|al|до|по|и)\b)\s*"
_YEARS = re.compile(rf"(\d{{3,4}}){_TO}(\d{{2,4}})", _I)
_SIDES = re.compile(rf"(?<=\w){_TO}(?=\w)", _I)
_DAYS = re.compile(r"(?<!\d)(\d{1,2})\s*[-/]\s*(\d{1,2})(?!\d)")
_CENTURY = re.compile(
    r"(?:(?:s|sec|saec|siglo|sec\.)\.?\s*([ivx]+)|(\d{1,2})(?:st|nd|rd|th|\.|e|o|-й)?\s*(?:century|cent|c|jahrhundert|jhd?"
    r"|siècle|eeuw|århundre|век|в)\.?|([ivx]+)\.?(?:e|th)?\s*(?:century|cent|siècle|secolo|wiek|век|в)\.?)",
    _I,
)
_DECADE = re.compile(
    r"(?:(?:the|années|anni|años|década de|de jaren)\s)?(\d{3})0(?:\s?['’]?s|-?er(?: jahre)?|-?[ех](?: гг?\.?)?)", _I
)
_DECADE_BEFORE = re.compile(r"(?:années|anni|años|década de(?: los)?|jaren)\s(\d{3})0", _I)
_UNKNOWN_DIGITS = re.compile(r"(\d{2,3})([-_?ux]{1,2})", _I)
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,4})(?:XC|XL|L?X{0,4})(?:IX|IV|V?I{0,4})", _I)

_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1_000}
_ROMAN_MONTH = re.compile(r"(\d{1,2})[. ]\s?([IVX]+)[. ]\s?(\d{4})")

_TIME = (
    r"(?:(?:T|,?\s+(?:at\s+)?)\d{1,2}(?:[:h.]\d\d)?(?:[:.]\d\d(?:[.,]\d+)?)?\s*(?:[ap]\.?m\.?)?"
    r"\s*(?:Z|UTC|GMT|[+-]\d\d:?\d\d)?)?"
)
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?:[T_]?\d{4}(?:\d\d)?Z?)?(?:\.0+)?")
_YEAR_FIRST = re.compile(
    rf"(?P<year>-?\d{{4}})(?P<mark>[-/.])(?P<month>\d{{1,2}})(?:(?P=mark)(?P<day>\d{{1,2}})\.?)?{_TIME}"
)
_YEAR_LAST = re.compile(rf"(?:(\d{{1,2}})([-/.])\s?)?(\d{{1,2}})([-/.])\s?(\d{{4}}){_TIME}")
_ASIAN = re.compile(r"(?P<year>\d{4})\s?[年년](?:\s?(?P<month>\d{1,2})\s?[月월](?:\s?(?P<day>\d{1,2})\s?[日일])?)?")
_JUCHE = re.compile(r"Juche\s?(\d{1,3})(?:\.\s?(\d{1,2})\.\s?(\d{1,2}))?\.?", _I)
_CLOCK = re.compile(
    r"\b\d{1,2}(?::\d\d){1,2}(?:\.\d+)?\s*(?:[ap]\.?m\b\.?)?(?:\s?[+-]\d\d:?\d\d\b)?|\b\d{1,2}\s?[ap]\.?m\b\.?", _I
)
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|er|re|e|ème|de|ste|[ºª°oa]|-?го|-?[еэй]|η|ης)(?![^\W\d_])", _I)
_WORD_OR_NUMBER = re.compile(r"\d+|[^\W\d_]+")
_BETWEEN_WORDS = re.compile(r"[\s.,;:'’/-]*")


@lru_cache(maxsize=1 << 16)
def parse_date(value: str) -> str | None:
    """The date that a metadata field gives, as it is stored; None if it is none or could be read in two ways."""
    text = unicodedata.normalize("NFKC", value).translate(_BRACKETS)
    text = " ".join(_DASHES.sub("-", text).split()).strip(" ,;")
    if not text or len(text) > _LONGEST:
        return None
    if read_date(text):
        return text
    doubt = ""
    for pattern, mark in ((_PERHAPS, "?"), (_ABOUT, "~")):
        if match := pattern.match(text):
            text, doubt = text[match.end() :], mark
    for pattern, mark in ((_PERHAPS_BEHIND, "?"), (_ABOUT_BEHIND, "~")):
        if (match := pattern.search(text)) and not _UNKNOWN_DIGITS.fullmatch(text):
            text, doubt = text[: match.start()], doubt or mark
    found = _first_of(text, _before_christ, _year, _interval, _dated)
    stored = found and (found if found.endswith(("~", "?")) else found + doubt)
    return stored if stored and read_date(stored) else None


def _first_of(text: str, *rules: Callable[[str], str | None]) -> str | None:
    return next((found for rule in rules if (found := rule(text))), None)


def _dated(text: str) -> str | None:
    """One date, without doubts or eras."""
    return _first_of(text, _numeric, _century_or_decade, _written, _roman)


def _before_christ(text: str) -> str | None:
    """44 BC is the year -43."""
    match = _BEFORE_CHRIST.fullmatch(text)
    if match is None:
        return None
    rest = match[1].removeprefix("in ").strip()
    century = _CENTURY.fullmatch(rest)
    if century:
        number = _century_number(century)
        return f"{iso_date(1 - 100 * number)}/{iso_date(100 - 100 * number)}" if number else None
    if re.fullmatch(r"\d{1,4}(?:\s*-\s*\d{1,4})?", rest):
        return "/".join(iso_date(1 - int(year)) or "" for year in rest.split("-"))
    words = re.fullmatch(r"(.*\D)(\d{1,4})", rest)
    written = _written(f"{words[1]} {int(words[2]):04}") if words else None
    return (iso_date(1 - int(written[:4])) or "") + written[4:] if written else None


def _year(text: str) -> str | None:
    """A year of our era: said to be one, or of three digits or more."""
    said = _AFTER_CHRIST.fullmatch(text)
    digits = (said[1] or said[2]) if said else text if re.fullmatch(r"\d{3,4}", text) else None
    if digits is None:
        short = re.fullmatch(r"(\d{3,4})\.0+", text)  # as a table of numbers writes it
        digits = short[1] if short else None
    return iso_date(int(digits)) if digits and int(digits) else None


def _interval(text: str) -> str | None:
    """From one date to another, both included."""
    opening = _FROM.match(text)
    text = text[opening.end() :] if opening else text
    years = _YEARS.fullmatch(text)
    if years and not (_YEAR_FIRST.fullmatch(text) and int(years[2]) <= int(years[1]) % 100):
        first, last = years.groups()
        last = first[: len(first) - len(last)] + last
        return f"{int(first):04}/{int(last):04}" if int(first) < int(last) else None
    days = _DAYS.search(text)
    if days and not _numeric(text):  # 2-6 July 2022
        before, after = text[: days.start()], text[days.end() :]
        return _joined(_written(before + days[1] + after), _written(before + days[2] + after))
    sides = _SIDES.split(text)
    if len(sides) != 2 or _dated(text):
        return None
    last = _dated(sides[1])
    year = last[:4] if last else ""
    return _joined(_dated(sides[0]) or _dated(f"{sides[0]} {year}"), last)


def _joined(first: str | None, last: str | None) -> str | None:
    plain_dates = first and last and not ("X" in first + last or "/" in first + last)
    return f"{first}/{last}" if plain_dates and first != last else None


def _numeric(text: str) -> str | None:
    year_down = _COMPACT.fullmatch(text) or _YEAR_FIRST.fullmatch(text) or _ASIAN.fullmatch(text)
    if year_down:
        return _calendar_day(year_down["year"], year_down["month"], year_down["day"])
    juche = _JUCHE.fullmatch(text)
    if juche:
        return _calendar_day(str(int(juche[1]) + JUCHE_EPOCH), juche[2], juche[3])
    last = _YEAR_LAST.fullmatch(text)
    return _year_last(last) if last else None


def _year_last(match: re.Match[str]) -> str | None:
    """`13/01/2020`, `1/13/2020` and, with full stops, the day first; `07/08/2022` could be read in two ways."""
    one, mark, other, last_mark, year = match.groups()
    if one is None:
        return _calendar_day(year, other, None)
    day, month = int(one), int(other)
    if month > 12:
        day, month = month, day
    elif mark != "." and day <= 12 and day != month:
        return None
    return iso_date(int(year), month, day) if mark == last_mark else None


def _calendar_day(year: str, month: str | None, day: str | None) -> str | None:
    """A day, a month or a year in numbers; 00 stands for what is not known."""
    if not int(month or 0):
        return None if int(day or 0) else iso_date(int(year))
    return iso_date(int(year), int(month or 0), int(day or 0) or None)


def _century_or_decade(text: str) -> str | None:
    part = _PART.match(text)
    text = text[part.end() :] if part else text
    decade = _DECADE.fullmatch(text) or _DECADE_BEFORE.fullmatch(text)
    if decade:
        # "1800s" may be the decade or the century: the century holds both.
        return f"{decade[1]}X" if decade[1][2] != "0" else f"{decade[1][:2]}XX"
    century = _CENTURY.fullmatch(text)
    if century and (number := _century_number(century)):
        return f"{number - 1:02}XX"
    unknown = _UNKNOWN_DIGITS.fullmatch(text)
    if unknown and len(unknown[1] + unknown[2]) == 4:
        return unknown[1] + "X" * len(unknown[2])
    return None


def _century_number(match: re.Match[str]) -> int | None:
    roman = match[1] or match[3]
    number = _roman_number(roman) if roman else int(match[2])
    return number if number and number <= 21 else None


def _written(text: str) -> str | None:
    """A date with the month as a word, or a year among words that say nothing."""
    text = _ORDINAL.sub(" ", _CLOCK.sub(" ", text))
    if _BETWEEN_WORDS.fullmatch(_WORD_OR_NUMBER.sub("", text)) is None:
        return None
    months: list[int] = []
    years: list[int] = []
    days: list[int] = []
    for word in _WORD_OR_NUMBER.findall(text):
        if word.isdecimal():
            (years if len(word) in {3, 4} else days).append(int(word))
        elif (known := plain(word)) in MONTHS:
            months.append(MONTHS[known])
        elif known not in BESIDE:
            return None
    if len(years) != 1 or len(months) > 1 or len(days) > len(months):
        return None
    return iso_date(years[0], *months, *days)


def _roman(text: str) -> str | None:
    """A year, as printers wrote it, or a day with its month in Roman numerals: MDCCL, 3.V.1850."""
    day = _ROMAN_MONTH.fullmatch(text)
    if day:
        return iso_date(int(day[3]), _roman_number(day[2]) or 0, int(day[1]))
    number = _roman_number(text.replace(".", "").replace(" ", "")) if text.isupper() else None
    return iso_date(number) if number and 1_400 <= number <= 2_100 else None


def _roman_number(text: str) -> int | None:
    if not text or _ROMAN.fullmatch(text) is None:
        return None
    values = [_ROMAN_DIGITS[letter] for letter in text.upper()]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
