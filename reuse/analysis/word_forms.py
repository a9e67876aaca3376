"""Whether two words are one: in two spellings, or as two of its forms."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from reuse.analysis.english import COMPARED, CONFUSED, IRREGULAR, NO_FORMS, VARIANTS

ALIKE = 75.0
"""Least likeness, in per cent of shared characters, of a rare word and the common one that it is a slip for."""
RARE, COMMON = 2, 20
"""Occurrences up to which a word may be a slip, and from which on another may be what was meant."""
LONG = 9
"""Letters of a word from which on one wrong letter within it makes no other word."""
STEM = 3
"""Least letters that forms of a word share."""
DOUBLED = 6
"""Letters of a word from which on a letter more in a row makes no other word."""

_PAIRS = (
    1 << 16
)  # pairs of words whose answer is remembered: in dense text the same words are exchanged again and again

_EXPANDED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "oe", "å": "aa"})
_MARKS = re.compile(r"[-'’‑.]")
_BRITISH = (
    (re.compile(r"[ao]e"), "e"),
    (re.compile(r"our"), "or"),
    (re.compile(r"y[sz]e|y[sz]i"), "yz"),
    (re.compile(r"is(?=(e|ed|es|er|ers|ing|ation|ations)$)"), "iz"),
    (re.compile(r"(?<=[bcdfghkpt])re(?=s?$)"), "er"),
    (re.compile(r"ogue"), "og"),
    (re.compile(r"ence(?=s?$)"), "ense"),
    (re.compile(r"ll(?=(ed|er|ers|ing|or|ors)$)"), "l"),
)
_RUN = re.compile(r"(.)\1+")


def word_change(old: str, new: str, counts: tuple[int, int] = (1, 1)) -> str:
    """What one word has to do with another: inflection, spelling, or nothing.

    Args:
        old: One word, normalised.
        new: Another.
        counts: How often either occurs in the corpus.
    """
    if inflected(old, new):
        return "inflection"
    return "spelling" if respelt(old, new, counts) else ""


@lru_cache(maxsize=_PAIRS)
def inflected(old: str, new: str) -> bool:
    """Whether two words are forms of one: by a table of irregular ones, else by their endings."""
    if old == new or frozenset((old, new)) in NO_FORMS:
        return False
    if IRREGULAR.get(old, set()) & IRREGULAR.get(new, set()):
        return True
    return bool(_stems(old) & _stems(new)) and _MARKS.sub("", old) != _MARKS.sub("", new)


def _stems(word: str) -> set[str]:
    """What a word may be a form of: itself, and itself without an ending."""
    found = {word}
    for ending, restored in (
        ("'s", ("",)),
        ("’s", ("",)),
        ("ies", ("y",)),
        ("ied", ("y",)),
        ("s", ("",)),
        ("es", ("",)),
        ("d", ("",)),
        ("ed", ("", "e")),
        ("ing", ("", "e")),
        ("n", ("",)),
        ("en", ("",)),
        ("e", ("",)),
        ("t", ("",)),
    ):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= STEM:
            found |= {stem + letters for letters in restored}
            if ending in {"ed", "ing"} and len(stem) > STEM and stem[-1] == stem[-2]:
                found.add(stem[:-1])
    for ending in ("er", "est"):
        stem = word.removesuffix(ending)
        bases = {stem, stem + "e", stem[:-1], stem[:-1] + "y"}
        if stem != word:
            found |= bases & COMPARED
    return found


@lru_cache(maxsize=_PAIRS)
def respelt(old: str, new: str, counts: tuple[int, int] = (1, 1)) -> bool:
    """Whether two words are spellings of one: by rule, as a slip of the pen, or as a rare slip for a common word.

    Args:
        old: One word, normalised.
        new: Another.
        counts: How often either occurs in the corpus.
    """
    pair = frozenset((old, new))
    if old == new or pair in CONFUSED or (old + new).isdigit():
        return False
    if pair in VARIANTS or _plain(old) == _plain(new) or _american(old) == _american(new):
        return True
    if min(counts) <= RARE and max(counts) >= COMMON * min(counts) and ratio(old, new) >= ALIKE:
        return True
    return _slipped(old, new)


def _plain(word: str) -> str:
    """Without hyphens, apostrophes and accents."""
    decomposed = unicodedata.normalize("NFD", _MARKS.sub("", word))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _american(word: str) -> str:
    """One spelling for those on either side of the Atlantic, and for umlauts that were written out."""
    word = _plain(word.translate(_EXPANDED))
    for pattern, replacement in _BRITISH:
        word = pattern.sub(replacement, word)
    return word


def _slipped(old: str, new: str) -> bool:
    """Whether a slip of the pen turns a long word into the other: letters doubled or exchanged, one wrong within it."""
    longer = max(len(old), len(new))
    if longer >= DOUBLED and _RUN.sub(r"\1", old) == _RUN.sub(r"\1", new):
        return True
    if OSA.distance(old, new) != 1 or old[0] != new[0] or old[-1] != new[-1]:
        return False
    return longer >= LONG or (len(old) == len(new) >= DOUBLED and sorted(old) == sorted(new))
