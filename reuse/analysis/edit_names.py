"""What a change of words is about: a number, a date, a title, a name, a spelling, an inflection, or other words.

Number words, months, titles and irregular forms are English (`english`); capitals tell names in languages that write
these with capitals and other words without.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reuse.analysis.english import (
    AMBIGUOUS_MONTHS,
    AUXILIARY,
    DAYS,
    LINKING,
    MONTHS,
    NO_NAMES,
    NUMBERS,
    PERHAPS_NUMBERS,
    TITLES,
)
from reuse.analysis.word_forms import inflected, respelt

_DATES = MONTHS | DAYS
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"1[4-9]\d\d|20\d\d")
_DAY = re.compile(r"(0?[1-9]|[12]\d|3[01])(st|nd|rd|th)?")
_ROMAN = re.compile(r"[IVXLC]{2,}")
_COMMON_ENDING = re.compile(r"(s|ed|ing|ly|ion|ment|ness|ity)$")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a change.

    Attributes:
        text: Normalised.
        written: As it is written here.
        usual: As the corpus writes it most often.
        opens: It opens a sentence, so a capital says nothing.
        count: How often the corpus has it.
    """

    text: str
    written: str
    usual: str
    opens: bool
    count: int


def subject(old: Sequence[Word], new: Sequence[Word], before: Sequence[Word], after: Sequence[Word]) -> str:
    """What a change is about.

    Args:
        old: The words on the one side; may be empty.
        new: The words on the other.
        before: The words before the change, as far as they are at hand.
        after: The words after it.

    Returns:
        number, date, title, name, spelling, inflection, or words.
    """
    every = [word for word in (*old, *new) if word.text not in LINKING] or [*old, *new]
    if _is_date(every, before, after):
        return "date"
    if _are_numbers(every):
        return "number"
    if forms := _forms(old, new):
        return forms
    if all(word.text in TITLES and word.written[:1].isupper() for word in every):
        return "title"
    follows = after[0].written if after else ""
    if all(_may_be_name(word, follows) for word in every):
        common = all(word.usual[:1].islower() for word in every)
        return "title" if common and follows[:1].isupper() else "words" if common else "name"
    return "words"


def _forms(old: Sequence[Word], new: Sequence[Word]) -> str:
    """Spelling or inflection, when the sides are the same words otherwise written, or in other forms."""
    texts = [word.text for word in old], [word.text for word in new]
    if texts[0] == texts[1]:
        return ""
    if old and new and "".join(texts[0]) == "".join(texts[1]):
        return "spelling"
    if len(old) == len(new) == 1 and respelt(texts[0][0], texts[1][0], (old[0].count, new[0].count)):
        return "spelling"
    bare = [[text for text in side if text not in AUXILIARY] for side in texts]
    if len(bare[0]) == len(bare[1]) and all(a == b or inflected(a, b) for a, b in zip(*bare, strict=True)):
        return "inflection"
    return ""


def _is_date(every: Sequence[Word], before: Sequence[Word], after: Sequence[Word]) -> bool:
    """Whether all words are days, months, years, or numbers beside one."""
    if not all(_dates(word) or _is_number(word) for word in every):
        return False
    numbered = any(_DIGIT.search(word.text) for word in every)
    if any(_dates(word) and (word.text not in AMBIGUOUS_MONTHS or not word.opens or numbered) for word in every):
        return True
    if all(map(_YEAR.fullmatch, (word.text for word in every))):
        return True
    beside = [word for word in [*_near(before[::-1]), *_near(after)] if _dates(word)]
    days = all(_DAY.fullmatch(word.text) for word in every)
    return days and any(word.text in MONTHS for word in beside)


def _near(words: Sequence[Word]) -> Sequence[Word]:
    """The next word, or the one behind "of"."""
    return words[:2] if words and words[0].text in LINKING else words[:1]


def _dates(word: Word) -> bool:
    """Whether a word is a month or a day of the week: written with a capital, as these are in English."""
    return word.text in _DATES and word.written[:1].isupper()


def _are_numbers(every: Sequence[Word]) -> bool:
    """Whether all words are numbers, or such as are numbers beside one."""
    sure = 0
    for word in every:
        if _is_number(word):
            sure += 1
        elif word.text not in PERHAPS_NUMBERS:
            return False
    return sure > 0


def _is_number(word: Word) -> bool:
    """Whether a word is a number, in digits, as a word (forty-five), or in Roman figures."""
    parts = word.text.replace("‑", "-").split("-")
    return (
        bool(_DIGIT.search(word.text)) or all(part in NUMBERS for part in parts) or bool(_ROMAN.fullmatch(word.written))
    )


def _may_be_name(word: Word, follows: str) -> bool:
    """Whether a word may be a name: with a capital that does not come from the place where it stands alone.

    Args:
        word: The word.
        follows: What follows the change, as it is written.
    """
    if not word.written[:1].isupper() or word.text in NO_NAMES:
        return False
    # Where a sentence begins, only other places tell; and where there are none, a plural or a verb is hardly a name.
    named = follows[:1].isupper() or not _COMMON_ENDING.search(word.text)
    return not word.opens or (word.usual[:1].isupper() and named)
