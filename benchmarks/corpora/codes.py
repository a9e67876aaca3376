"""Text like legal codes, in which everything copies everything: a code, its revisions, and sections that recur.

Each document revises an earlier one: sections are kept, changed by some words, moved, struck out or added. Within a
code some sections stand twice or more with small changes (the same procedure for another licence), and every chapter
opens with the same definitions and closes with the same penalties. This is the dearest input for a detector: a passage
has as many partners as there are editions times its repetitions in each.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpora.changes import Level, change
from benchmarks.corpora.model import prose_model
from benchmarks.errors import BenchmarkError

CHAPTER = 20
"""Sections of a chapter."""

SECTION = 170
"""Words of a section, on average."""

REPEATED = 0.15
"""Share of the sections of a first code that repeat another one of it."""

NEXT = 0.5
"""Share of those that repeat the section right before them, so that one section follows its like."""

CHANGED, STRUCK, ADDED, MOVED = 0.25, 0.03, 0.05, 0.02
"""Shares of the sections that a revision changes, strikes out, adds and moves."""

_AMENDMENT = Level(words=(0.02, 0.15))
_ANALOGUE = Level(words=(0.05, 0.1))


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a code: a number that stays with its text through all revisions, and that text."""

    number: int
    text: str


def codes(
    megabytes: float, documents: int = 40, seed: int = 1, families: int = 4
) -> Iterator[tuple[str, list[Section]]]:
    """Make codes of about that size together.

    Args:
        megabytes: Size of all codes together, in millions of characters.
        documents: Number of codes.
        seed: Of all choices.
        families: Codes that are no revision; each further one revises one that came before it.

    Yields:
        (name, its sections in order).
    """
    source = random.Random(seed)
    count = max(4, round(megabytes * 1e6 / documents / (SECTION * 6.1)))
    fresh = _sections(source, seed)
    vocabulary = re.findall(r"[^\W\d_]+", next(prose_model().documents([4000], seed + 1)))
    made: list[list[Section]] = []
    for number in range(documents):
        if number < families:
            made.append(_first(count, fresh, vocabulary, source))
        else:
            made.append(_revised(source.choice(made[-12:]), fresh, vocabulary, source))
        yield f"code{number:03d}.txt", made[-1]


def text_of(sections: list[Section]) -> str:
    """A code as text: chapters, numbered sections, the same opening and closing words in each chapter."""
    parts = []
    for at, section in enumerate(sections):
        if at % CHAPTER == 0:
            parts.append(f"CHAPTER {at // CHAPTER + 1}\n\n{_OPENING}")
        parts.append(f"Sec. {at // CHAPTER + 1}.{at % CHAPTER + 1:02d}. {section.text}")
        if at % CHAPTER == CHAPTER - 1:
            parts.append(_CLOSING)
    return "\n\n".join(parts) + "\n"


def write_codes(folder: Path, megabytes: float, documents: int = 40, seed: int = 1) -> Path:
    """Write codes as a file each into a new folder and return it.

    Raises:
        BenchmarkError: The folder exists.
    """
    if folder.exists():
        raise BenchmarkError(f"{folder}: exists already; give a new folder or delete it")
    folder.mkdir(parents=True)
    for name, sections in codes(megabytes, documents, seed):
        (folder / name).write_text(text_of(sections), encoding="utf-8", newline="")
    return folder


_OPENING = (
    "In this chapter, unless the context otherwise requires, the following words have the meanings given here. "
    '"Department" means the department that is charged with the administration of this chapter. "Person" means a '
    "natural person, a partnership, a corporation or any other body that may sue and be sued."
)
_CLOSING = (
    "A person who violates a provision of this chapter, or a rule adopted under it, is liable for a civil penalty of "
    "not more than one thousand dollars for each violation. Each day on which a violation continues is a violation of "
    "its own. The department may recover the penalty by an action in the county in which the violation took place."
)


def _sections(source: random.Random, seed: int) -> Iterator[Section]:
    """Sections of generated prose without end."""
    number = 0
    while True:
        lengths = [source.randint(SECTION // 3, SECTION * 2) for _ in range(512)]
        for text in prose_model().documents(lengths, seed * 1000 + number):
            yield Section(number, " ".join(text.split()))
            number += 1


def _first(count: int, fresh: Iterator[Section], vocabulary: list[str], source: random.Random) -> list[Section]:
    sections: list[Section] = []
    for _ in range(count):
        if sections and source.random() < REPEATED:
            model = sections[-1] if source.random() < NEXT else source.choice(sections)
            sections.append(Section(model.number, change(model.text, _ANALOGUE, vocabulary, source)))
        else:
            sections.append(next(fresh))
    return sections


def _revised(
    sections: list[Section], fresh: Iterator[Section], vocabulary: list[str], source: random.Random
) -> list[Section]:
    revised: list[Section] = []
    moved: list[Section] = []
    for section in sections:
        fate = source.random()
        if fate < STRUCK:
            continue
        text = change(section.text, _AMENDMENT, vocabulary, source) if source.random() < CHANGED else section.text
        (moved if fate < STRUCK + MOVED else revised).append(Section(section.number, text))
        if source.random() < ADDED:
            revised.append(next(fresh))
    for section in moved:
        revised.insert(source.randint(0, len(revised)), section)
    return revised
