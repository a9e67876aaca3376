"""A code and its revision in which provisions stand twice: copies that cross the line of the whole.

Each of eight provisions has an opening and a close of forty words that stand twice in either version, around a middle
of forty-five words that stands once. So the first copy in one version corresponds to the second copy in the other: two
crossing correspondences a provision, beside the one match of nearly the whole.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

PROVISIONS, SIDE, MIDDLE = 8, 40, 45

_SYLLABLES = [consonant + vowel for consonant in "bcdfglmnprst" for vowel in "aeiou"]

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Versions:
    """Two versions of one code.

    Attributes:
        texts: Name and text of the two versions and of six unrelated texts.
        old, new: Names of the two versions.
        crossing: Spans in `old` and in `new` (code points) that correspond, of which neither lies where the match of
            the whole puts it; two spans, opening and close, are one correspondence.
    """

    texts: dict[str, str]
    old: str
    new: str
    crossing: list[tuple[tuple[Span, Span], tuple[Span, Span]]]


def versions(seed: int, *, appendix: bool = False) -> Versions:
    """Make two versions.

    Args:
        seed: Of all words.
        appendix: Whether the revision ends with an appendix that quotes four short passages of the beginning.
    """
    source = random.Random(seed)
    words = ["".join(source.choice(_SYLLABLES) for _ in range(3)) for _ in range(3000)]
    weights = [1 / (rank + 3) for rank in range(len(words))]

    def drawn(count: int) -> list[str]:
        return source.choices(words, weights, k=count)

    early = [drawn(SIDE) for _ in range(4)]
    code = [word for part in early for word in part + drawn(20)]
    sides = [(drawn(SIDE), drawn(SIDE)) for _ in range(PROVISIONS)]
    places: list[list[tuple[int, int]]] = []
    for _ in range(2):
        placed = []
        for opening, close in sides:
            placed.append((len(code), len(code) + SIDE + MIDDLE))
            code += opening + drawn(MIDDLE) + close + drawn(150)
        places.append(placed)
    code += drawn(300)
    revision = [word if source.random() > 0.02 else source.choice(words) for word in code]
    if appendix:
        revision += drawn(400) + [word for part in early for word in part + drawn(90)]
    (old, old_starts), (new, new_starts) = _text(revision), _text(code)

    def spans(starts: list[int], at: tuple[int, int]) -> tuple[Span, Span]:
        opening, close = at
        return (starts[opening], starts[opening + SIDE] - 1), (starts[close], starts[close + SIDE] - 1)

    crossing = [
        (spans(old_starts, places[which][provision]), spans(new_starts, places[1 - which][provision]))
        for provision in range(PROVISIONS)
        for which in (0, 1)
    ]
    others = {f"other{number}.txt": _text(drawn(1500))[0] for number in range(6)}
    return Versions({"old.txt": old, "new.txt": new, **others}, "old.txt", "new.txt", crossing)


def _text(words: list[str]) -> tuple[str, list[int]]:
    """Words in sentences of twelve, a line each, and where each word begins."""
    parts, starts, length = [], [], 0
    for at, word in enumerate(words):
        closing = ".\n" if at % 12 == 11 or at == len(words) - 1 else " "
        starts.append(length)
        parts.append(word + closing)
        length += len(parts[-1])
    return "".join(parts), starts
