"""How a planted copy differs from its source: words changed at a stated rate, or characters misread."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Level:
    """One degree of change.

    Attributes:
        words: Lowest and highest share of words substituted, deleted or inserted (3 : 1 : 1).
        reordered: Share of words that take part in a swap of two neighbouring groups of one to three words, on top.
        characters: Share of characters hit by the errors of optical character recognition.
    """

    words: tuple[float, float] = (0.0, 0.0)
    reordered: float = 0.0
    characters: float = 0.0


CONFUSIONS: Mapping[str, Sequence[str]] = {
    "l": ("I", "1"),
    "I": ("l", "1"),
    "i": ("l", "1"),
    "m": ("rn",),
    "n": ("u", "ri"),
    "u": ("n", "ii"),
    "e": ("c", "o"),
    "c": ("e", "o"),
    "o": ("0", "c"),
    "a": ("o", "u"),
    "h": ("b", "li"),
    "b": ("h", "6"),
    "t": ("f", "l"),
    "f": ("t", "l"),
    "s": ("5", "f"),
    "d": ("cl", "ci"),
    "w": ("vv",),
    "g": ("q", "9"),
    ",": (".",),
    ".": (",",),
}
"""What a letter is misread as."""

_BLANKS = re.compile(r"\s+")


def change(passage: str, level: Level, vocabulary: Sequence[str], source: random.Random) -> str:
    """A changed copy of a passage; its first and last word count like any other.

    Args:
        passage: The source's text.
        level: The degree of change.
        vocabulary: Words to substitute and insert, as often as they are to be drawn.
        source: The randomness.
    """
    copy = passage
    if level.words[1] > 0 or level.reordered > 0:
        words = _BLANKS.split(copy.strip())
        rate = source.uniform(*level.words)
        if level.reordered > 0:
            _reorder(words, level.reordered, source)
        copy = " ".join(_change_words(words, round(rate * len(words)), vocabulary, source))
    if level.characters > 0:
        copy = _misread(copy, level.characters, source)
    return copy


def _change_words(words: list[str], changes: int, vocabulary: Sequence[str], source: random.Random) -> list[str]:
    kinds = dict.fromkeys(source.sample(range(len(words)), min(changes, len(words) - 1)), "")
    for place in kinds:
        kinds[place] = source.choices(("substitute", "delete", "insert"), weights=(3, 1, 1))[0]
    changed = []
    for place, word in enumerate(words):
        kind = kinds.get(place, "keep")
        if kind == "insert":
            changed.append(source.choice(vocabulary))
        if kind in ("keep", "insert"):
            changed.append(word)
        elif kind == "substitute":
            changed.append(source.choice(vocabulary))
    return changed


def _reorder(words: list[str], share: float, source: random.Random) -> None:
    """Swap neighbouring groups of one to three words in place until `share` of the words have moved."""
    moved = 0
    while moved < share * len(words) and len(words) >= 2:
        left, right = source.randint(1, 3), source.randint(1, 3)
        if left + right > len(words):
            left = right = 1
        start = source.randint(0, len(words) - left - right)
        middle = start + left
        words[start : middle + right] = words[middle : middle + right] + words[start:middle]
        moved += left + right


def _misread(text: str, share: float, source: random.Random) -> str:
    pieces = list(text)
    for place in source.sample(range(len(text)), round(share * len(text))):
        pieces[place] = _misread_character(text[place], source)
    return "".join(pieces).strip()


def _misread_character(character: str, source: random.Random) -> str:
    if character.isspace():
        return source.choice(("", "  ", "\n"))
    error = source.random()
    if error < 0.6 and character in CONFUSIONS:
        return source.choice(CONFUSIONS[character])
    if error < 0.75:
        return ""
    if error < 0.9:
        return character * 2
    return character + source.choice((" ", "-\n"))
