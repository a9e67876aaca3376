"""Scripts that put no spaces between words, and the words of a text that is shown: where they are parted and joined.

Han, Kana, Thai and their like run on without spaces, and each letter counts as a word (`reuse.corpus.characters`). Two
passages that are set against one another are parted into the same words, else a line would differ as a whole where one
letter does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

SOLO_BLOCKS = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x0F00, 0x0FFF),  # Tibetan
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x2E80, 0x2FFF),  # CJK radicals
    (0x3005, 0x3007),  # iteration mark, closing mark, zero
    (0x3021, 0x30FF),  # Hangzhou numerals, Hiragana, Katakana
    (0x31F0, 0x31FF),  # Katakana extensions
    (0x3400, 0x4DBF),  # Han
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFF66, 0xFF9F),  # half-width Katakana
    (0x1B000, 0x1B16F),
    (0x20000, 0x3FFFF),
)
"""Code points, first and last, whose letters and digits are words by themselves."""

_SOLO = "".join(f"{chr(low)}-{chr(high)}" for low, high in SOLO_BLOCKS)
_OPENING = re.escape("“‘《〈（【「『〔[({<«„‚¿¡")
_SOLO_LETTER = re.compile(rf"(?=\w)[{_SOLO}]")
_ALONE = r"[^\w\s]+(?!\S)"
_CHUNK = re.compile(rf"(?:{_ALONE}\s*)*\S*\s*(?:{_ALONE}\s*)*")
_SPACES = re.compile(r"\s+")
_PIECE = re.compile(
    rf"(?:{_ALONE}\s*)*[^\w\s]*(?=\w)[{_SOLO}](?:(?![{_OPENING}])[^\w\s]|\s+{_ALONE})*\s*"
    rf"|(?:(?!(?=\w)[{_SOLO}]).)*?\s*(?=[{_OPENING}]*(?=\w)[{_SOLO}]|\Z)",
    re.DOTALL,
)
"""A letter of SOLO_BLOCKS with the marks that stand at it, or what comes before the next one."""

_FIRST_LETTER = re.compile(r"[^\w]*(\w)")
_LAST_LETTER = re.compile(r"(\w)[^\w]*\Z")


def words_of(text: str) -> list[str]:
    """The words of a text as they are written, punctuation at them; `joined` puts them together again.

    Marks that stand alone ("—", "###") go with the word before them, so that none of them is taken for a word. Where no
    space stands, a letter of SOLO_BLOCKS is parted from what stands beside it. A word keeps a space behind it where
    white space stands and `joined` would put none.
    """
    words: list[str] = []
    for chunk in filter(None, _CHUNK.findall(_SPACES.sub(" ", text).strip())):
        words += filter(None, _PIECE.findall(chunk)) if _SOLO_LETTER.search(chunk) else [chunk]
    kept = [
        bare if word == bare or space_between(bare, following) else f"{bare} "
        for word, bare, following in zip(words, map(str.rstrip, words), words[1:], strict=False)
    ]
    return kept + [word.rstrip() for word in words[-1:]]


def space_between(left: str, right: str) -> str:
    """What parts two words that follow one another: a space, or nothing beside a letter of SOLO_BLOCKS."""
    last, first = _LAST_LETTER.search(left), _FIRST_LETTER.match(right)
    beside = (last[1] if last else "") + (first[1] if first else "")
    return "" if _SOLO_LETTER.search(beside) or left.endswith(" ") else " "


def appended(line: str, word: str) -> str:
    """A line of words and one more; either may be empty."""
    return f"{line}{space_between(line, word)}{word}" if line and word else line or word


def closed(word: str, sign: str) -> str:
    """A word with a sign behind it, before the space that it may keep."""
    bare = word.rstrip(" ")
    return bare + sign + word[len(bare) :]


def joined(words: Sequence[str]) -> str:
    """Words in a line, as `words_of` parts it."""
    gaps = ["", *(space_between(word, following) for word, following in pairwise(words))]
    return "".join(gap + word for gap, word in zip(gaps, words, strict=False)).rstrip()
