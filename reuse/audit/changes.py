"""How a planted copy differs from its source: other words, synonyms, clauses moved, words left out, letters misread."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Level:
    """One degree of change.

    Attributes:
        words: Lowest and highest share of words substituted, deleted or inserted (3 : 1 : 1).
        reordered: Share of words that take part in a swap of two neighbouring groups of one to three words, on top.
        characters: Share of characters hit by the errors of optical character recognition.
        synonyms: Share of words for which a synonym stands, where the thesaurus has so many.
        clauses: Whether the clauses stand in another order.
        kept: Share of words that a condensed copy keeps, in their order.
    """

    words: tuple[float, float] = (0.0, 0.0)
    reordered: float = 0.0
    characters: float = 0.0
    synonyms: float = 0.0
    clauses: bool = False
    kept: float = 1.0


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

LONGEST_CLAUSE = 12
"""Words from which on a clause is cut in two, for long sentences without a comma have clauses as well."""

LONGEST_CUT = 5
"""Most words in a row that a condensed copy leaves out at a time."""

_BLANKS = re.compile(r"\s+")
_WORD = re.compile(r"[^\W\d_]+")
_NO_SYNONYMS: Mapping[str, Sequence[str]] = MappingProxyType({})


def change(
    passage: str,
    level: Level,
    vocabulary: Sequence[str],
    source: random.Random,
    synonyms: Mapping[str, Sequence[str]] = _NO_SYNONYMS,
) -> str:
    """A changed copy of a passage; its first and last word count like any other.

    Args:
        passage: The source's text.
        level: The degree of change.
        vocabulary: Words to substitute and insert, as often as they are to be drawn.
        source: The randomness.
        synonyms: What can stand for a word, by word in lower case.
    """
    copy = passage
    if level.kept < 1:
        copy = " ".join(_condense(_BLANKS.split(copy.strip()), level.kept, source))
    if level.clauses:
        copy = " ".join(word for clause in _another_order(_clauses(copy), source) for word in clause)
    if level.synonyms > 0:
        copy = " ".join(_with_synonyms(_BLANKS.split(copy.strip()), level.synonyms, synonyms, source))
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


def _condense(words: list[str], share: float, source: random.Random) -> list[str]:
    """Leave out runs of up to LONGEST_CUT words until that share is left, in its order."""
    kept = list(range(len(words)))
    while len(kept) > max(1, round(share * len(words))):
        most = min(LONGEST_CUT, len(kept) - max(1, round(share * len(words))))
        start = source.randrange(len(kept))
        del kept[start : start + source.randint(1, most)]
    return [words[place] for place in kept]


def _clauses(passage: str) -> list[list[str]]:
    """The passage cut behind punctuation, long pieces in their middle too."""
    clauses: list[list[str]] = [[]]
    for word in _BLANKS.split(passage.strip()):
        clauses[-1].append(word)
        if not word[-1:].isalnum() and len(clauses[-1]) > 2:
            clauses.append([])
    cut = []
    for clause in clauses:
        pieces = -(-len(clause) // LONGEST_CLAUSE)
        size = -(-len(clause) // max(pieces, 1))
        cut += [clause[at : at + size] for at in range(0, len(clause), size)] if clause else []
    return cut if len(cut) > 1 else [half for half in (cut[0][: len(cut[0]) // 2], cut[0][len(cut[0]) // 2 :]) if half]


def _another_order(clauses: list[list[str]], source: random.Random) -> list[list[str]]:
    """The clauses in another order than theirs, in which as few as may be still follow the one that they followed."""
    orders = [source.sample(range(len(clauses)), len(clauses)) for _ in range(8)]
    best = min(orders, key=lambda order: sum(right == left + 1 for left, right in pairwise(order)))
    return [clauses[place] for place in best] if best != sorted(best) else clauses[::-1]


def _with_synonyms(
    words: list[str], share: float, synonyms: Mapping[str, Sequence[str]], source: random.Random
) -> list[str]:
    """A synonym for that share of the words, or for all that have one; capitals and punctuation stay."""
    changed = list(words)
    cores = [_WORD.search(word) for word in words]
    known = [place for place, core in enumerate(cores) if core and synonyms.get(core[0].lower())]
    for place in source.sample(known, min(round(share * len(words)), len(known))):
        word, core = words[place], cores[place]
        if core is not None:
            other = source.choice(synonyms[core[0].lower()])
            other = other.capitalize() if core[0][0].isupper() else other
            changed[place] = word[: core.start()] + other + word[core.end() :]
    return changed


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
