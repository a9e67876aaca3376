"""Phrases inside longer phrases, planted in real speeches: how often each stands alone is known.

The phrases are of nouns, words that speakers often pause behind, so that they begin and end as phrases do:

    inner               "harbor treaty of the frontier", in so many documents
    inner + more        "harbor treaty of the frontier and the session vessels", or more + inner, in so many others
"""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import dataclass

from benchmarks.corpora import prose

FEWEST, MOST = 2, 12
"""Documents that have a phrase."""

NOUNS = 0.2
"""Share (0–1) of its uses in which a word that phrases are made of stands before a mark, at least."""

COMMON = 5
"""Times that such a word stands in the speeches, at least."""

JOINTS = ("of the", "and the", "for the", "in the", "to the")


@dataclass(frozen=True, slots=True)
class NestedPhrases:
    """A corpus and what was planted in it.

    Attributes:
        texts: The documents.
        own: Each phrase, in lower case, and how often it stands by itself.
    """

    texts: list[str]
    own: dict[str, int]


def nested_phrases(pairs: int = 250, documents: int = 200, words: int = 5000, seed: int = 1) -> NestedPhrases:
    """Plant so many phrases, each in a longer one as well, in the first words of so many speeches."""
    source = random.Random(seed)
    speeches = [" ".join(text.split()[:words]) for _, text in prose.speeches()][:documents]
    nouns = iter(_nouns(source))
    places: list[list[str]] = [[] for _ in speeches]
    own: dict[str, int] = {}
    for number in range(pairs):
        inner = " ".join([next(nouns), next(nouns), source.choice(JOINTS), next(nouns)])
        more, joint = [next(nouns), next(nouns)], source.choice(JOINTS)
        longer = [inner, joint, *more] if number % 2 else [*more, joint, inner]
        for phrase in (inner, " ".join(longer)):
            own[phrase] = source.randint(FEWEST, MOST)
            for document in source.sample(range(len(speeches)), own[phrase]):
                places[document].append(phrase)
    return NestedPhrases([_planted(text, here, source) for text, here in zip(speeches, places, strict=True)], own)


def _nouns(source: random.Random) -> list[str]:
    """Words of five letters or more that often stand before a mark, each once, in random order."""
    every: Counter[str] = Counter()
    before: Counter[str] = Counter()
    for _, text in prose.speeches():
        for word, mark in re.findall(r"\b([a-z]{5,})\b([.,;:?!])?", text):
            every[word] += 1
            before[word] += bool(mark)
    nouns = sorted(word for word, times in every.items() if times >= COMMON and before[word] >= NOUNS * times)
    source.shuffle(nouns)
    return nouns


def _planted(text: str, phrases: list[str], source: random.Random) -> str:
    """The text with each phrase between two words of one of its sentences."""
    words = text.split(" ")
    inside = [at for at in range(1, len(words)) if words[at - 1].isalpha() and words[at].isalpha()]
    for at, phrase in sorted(zip(source.sample(inside, len(phrases)), phrases, strict=True), reverse=True):
        words[at:at] = [phrase]
    return " ".join(words)
