"""What a change of words is about: a number, a date, a title, a name, a spelling, an inflection, or other words."""

from __future__ import annotations

import re

from rapidfuzz.fuzz import ratio

SAME_WORD = 75.0
"""Least likeness, in per cent of shared characters, of two spellings of one word."""

_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_TENS = "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million"
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth"
_MONTHS = "january february march april may june july august september october november december"
_DAYS = "monday tuesday wednesday thursday friday saturday sunday"
_ENDINGS = "s es ed d t ing er est ly en n y ies ied 's ’s e"

NUMBER_WORDS = frozenset(f"{_UNITS} {_TENS} {_ORDINALS}".split())
DATE_WORDS = frozenset(f"{_MONTHS} {_DAYS}".split())
ENDINGS = frozenset(["", *_ENDINGS.split()])

_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"1[4-9]\d\d|20\d\d")
_LETTERS = re.compile(r"[^\W\d_]+")


def subject(old: list[str], new: list[str], written: tuple[str, str], follows: str) -> str:
    """What a change is about.

    Capitals tell titles and names: a capitalised run before a capitalised word that stays is a title ("Comrade" in
    "Comrade Kim"), any other a name. Number words, months and endings are English.

    Args:
        old: Normalised words on the one side; may be empty.
        new: Normalised words on the other.
        written: Both sides as they are written.
        follows: What follows the change, as it is written; empty at the end.

    Returns:
        number, date, title, name, spelling, inflection, or words.
    """
    every = old + new
    if all(word in DATE_WORDS or is_number(word) for word in every) and any(word in DATE_WORDS for word in every):
        return "date"
    if all(map(is_number, every)):
        return "date" if all(map(_YEAR.fullmatch, every)) else "number"
    if old != new and "".join(old) == "".join(new):
        return "spelling"
    if len(old) == len(new) == 1 and (change := word_change(old[0], new[0])):
        return change
    if all(part[0].isupper() for text in written for part in _LETTERS.findall(text)):
        return "title" if follows[:1].isupper() else "name"
    return "words"


def is_number(word: str) -> bool:
    """Whether a normalised word is a number, in digits or as a word."""
    return bool(_DIGIT.search(word)) or word in NUMBER_WORDS


def word_change(old: str, new: str) -> str:
    """Spelling or inflection, when two words are forms of one; else nothing."""
    shared = 0
    while shared < min(len(old), len(new)) and old[shared] == new[shared]:
        shared += 1
    # "knit" and "knitted": a letter doubled before the ending belongs to the ending
    rests = [rest.removeprefix(old[shared - 1]) or rest for rest in (old[shared:], new[shared:])] if shared else []
    if shared >= 3 and all(rest in ENDINGS for rest in rests):
        return "inflection"
    return "spelling" if not (is_number(old) or is_number(new)) and ratio(old, new) >= SAME_WORD else ""
