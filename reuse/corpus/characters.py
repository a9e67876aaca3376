"""What each code point is to the tokeniser, and what it folds to.

The tables cover all of Unicode but are filled only for the characters that a corpus has, so that start-up stays quick.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from reuse.spacing import SOLO_BLOCKS

BREAK = 0
"""Separates words: punctuation, symbols, control characters."""
SPACE = 1
"""White space within a line."""
NEWLINE = 2
TERMINATOR = 3
"""Ends a sentence, if what follows looks like the start of another."""
WORD = 4
"""Letters and digits of scripts that put spaces between words. This class and the next three are parts of tokens."""
MARK = 5
"""A combining mark: belongs to the letter before it."""
INNER = 6
"""Inside a token but not part of its normal form; no character has this class by itself, its surroundings give it."""
SOLO = 7
"""A letter that is a token by itself: scripts without spaces (Han, Kana, Thai, Lao, Khmer, Myanmar, Tibetan)."""
SKIP = 8
"""Invisible inside words: zero-width characters, bidi controls, variation selectors. From here on,
surroundings decide."""
APOSTROPHE = 9
"""Part of a word between two letters."""
HYPHEN = 10
"""Invisible between two letters, also over a line end."""
EMPHASIS = 11
"""The asterisk of Markdown: invisible inside a word, else a separator."""

_APOSTROPHES = "'\u2019\u2018\u02bc\uff07\u055a\u201b"
VISIBLE_HYPHENS = "-\u2010\u2011\u2e17\u2e40\ufe63\uff0d"
_HYPHENS = VISIBLE_HYPHENS + "\u00ad\u00ac\ufffe"
"""With the not sign, which scanned books have at line ends, and the noncharacter that PDF readers write there."""
TERMINATORS = ".!?\u2026\u3002\uff01\uff1f\u0964\u0965\u06d4\u061f\u1362\u203c\u2047\u2048\u2049"
CLOSING = "\"'”’»›)]}」』】）"
"""Quotes and brackets that close what was opened."""
LATER_NEWLINES = "\x85\u2028\u2029"
"""Those beyond ASCII."""
_NEWLINES = "\n\r\x0b\x0c" + LATER_NEWLINES
_BY_CHARACTER = (
    (APOSTROPHE, _APOSTROPHES),
    (HYPHEN, _HYPHENS),
    (EMPHASIS, "*"),
    (TERMINATOR, TERMINATORS),
    (NEWLINE, _NEWLINES),
    (MARK, "\uff9e\uff9f"),  # the half-width marks of Kana
    (SKIP, "\u0640"),  # tatweel, which stretches an Arabic word
)
_WITHIN_PARTS = "'#%&*@\\/\u00a7\u00b6\u00b7\u2020\u2021\u30fb"
"""Marks that do not part what stands before and behind them."""
_IOTA_SUBSCRIPT = "\u0345"
_UNKNOWN = 255
_BEHIND_DIGITS = 0x20000  # a code point from which on there are none
_SIZE = 0x110000


def _classify(character: str) -> int:
    for kind, letters in _BY_CHARACTER:
        if character in letters:
            return kind
    if character.isspace():
        return SPACE
    category = unicodedata.category(character)
    if category == "Cf" or 0xFE00 <= ord(character) <= 0xFE0F:
        return SKIP
    if category[0] == "M":
        return MARK
    superscript = category == "No" and unicodedata.decomposition(character).startswith("<super>")
    if category[0] not in "LN" or superscript:  # the number of a note
        return BREAK
    return SOLO if any(low <= ord(character) <= high for low, high in SOLO_BLOCKS) else WORD


def _parts(character: str) -> bool:
    """Whether a mark parts what stands before it from what follows: commas, colons, brackets, quotes, dashes."""
    category = unicodedata.category(character)
    return category[0] == "P" and category != "Pc" and character not in _WITHIN_PARTS + _APOSTROPHES


def fold_case(text: str) -> str:
    """Text in one case and one Unicode form: NFKC, so that full width, ligatures and presentation forms do not count.

    Greek letters with iota subscript keep it, which full case folding would write as a letter.
    """
    text = unicodedata.normalize("NFKC", text)
    if text.isascii():
        return text.lower()
    text = "".join(one.lower() if _has_iota(one) else one.casefold() for one in text)
    return unicodedata.normalize("NFKC", text)


def _has_iota(character: str) -> bool:
    return "\u1f80" <= character <= "\u1ffc" and _IOTA_SUBSCRIPT in unicodedata.normalize("NFD", character)


def codes_of(text: str, errors: str = "strict") -> NDArray[np.unsignedinteger]:
    """The code points of a text in as little memory as they take, for it is gone through often.

    Args:
        text: The text.
        errors: What to do with lone surrogates: strict, or surrogatepass.

    Returns:
        uint8 where all are ASCII, uint16 where none is beyond the Basic Multilingual Plane, else uint32.
    """
    if text.isascii():
        return np.frombuffer(text.encode("ascii"), dtype=np.uint8)
    units = text.encode("utf-16-le", errors)
    if len(units) == 2 * len(text):
        return np.frombuffer(units, dtype="<u2")
    return np.frombuffer(text.encode("utf-32-le", errors), dtype="<u4")


@cache
def decimal_digits() -> str:
    """The decimal digits of all scripts but those of ASCII, ascending; a search is faster than asking of each."""
    return "".join(re.findall(r"\d", "".join(map(chr, range(128, _BEHIND_DIGITS)))))


class CharacterTables:
    """Class, folded form and case of every code point met so far.

    Attributes:
        classes: uint8 (0x110000,): one of the constants of this module.
        folded: uint32 (0x110000,): the code point that it folds to (itself if it folds to several; see `irregular`).
        upper: bool (0x110000,): upper or title case.
        lower: bool (0x110000,): lower case.
        digits: bool (0x110000,): decimal digits.
        parts: bool (0x110000,): marks that part what stands before them from what follows (a hyphen in some places).
        irregular: bool (0x110000,): characters that normalising does not map one to one (a combining mark, a letter
            that folds to several, conjoining Hangul); words that hold one are normalised one by one.
        class_bytes, folded_bytes: `classes` and `folded` of the first 256 code points, for `bytes.translate`.
    """

    def __init__(self) -> None:
        self.classes: NDArray[np.uint8] = np.full(_SIZE, _UNKNOWN, dtype=np.uint8)
        self.folded: NDArray[np.uint32] = np.zeros(_SIZE, dtype=np.uint32)
        self.upper: NDArray[np.bool_] = np.zeros(_SIZE, dtype=bool)
        self.lower: NDArray[np.bool_] = np.zeros(_SIZE, dtype=bool)
        self.digits: NDArray[np.bool_] = np.zeros(_SIZE, dtype=bool)
        self.parts: NDArray[np.bool_] = np.zeros(_SIZE, dtype=bool)
        self.irregular: NDArray[np.bool_] = np.zeros(_SIZE, dtype=bool)
        self._lock = Lock()
        for code in range(256):
            self._learn_one(code)
        self.class_bytes = self.classes[:256].tobytes()
        self.folded_bytes = np.minimum(self.folded[:256], 255).astype(np.uint8).tobytes()

    def learn(self, codes: NDArray[np.uint32]) -> None:
        """Fill the tables for all code points in `codes`."""
        unknown = codes[self.classes[codes] == _UNKNOWN]
        if not len(unknown):
            return
        with self._lock:
            for code in np.unique(unknown).tolist():
                self._learn_one(code)

    def class_of(self, character: str) -> int:
        """Class of one character."""
        code = ord(character)
        if self.classes[code] == _UNKNOWN:
            self.learn(np.array([code], dtype=np.uint32))
        return int(self.classes[code])

    @staticmethod
    def jamo(codes: NDArray[np.unsignedinteger]) -> NDArray[np.bool_]:
        """Which code points are conjoining Hangul letters, which NFC composes to syllables."""
        return (
            ((codes >= 0x1100) & (codes <= 0x11FF))
            | ((codes >= 0xA960) & (codes <= 0xA97F))
            | ((codes >= 0xD7B0) & (codes <= 0xD7FF))
        )

    def _learn_one(self, code: int) -> None:
        character = chr(code)
        kind = _classify(character)
        folded = fold_case(character)
        one_to_one = len(folded) == 1 and kind != MARK and not self.jamo(np.array([code])).any()
        if kind == APOSTROPHE:
            folded = "'"
        self.folded[code] = ord(folded) if len(folded) == 1 else code
        self.irregular[code] = not one_to_one
        self.upper[code] = character.isupper() or character.istitle()
        self.lower[code] = character.islower()
        self.digits[code] = character.isdecimal()
        self.parts[code] = _parts(character)
        self.classes[code] = kind  # last: another thread may read the row as soon as its class is known


TABLES = CharacterTables()
