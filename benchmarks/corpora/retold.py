"""Stories that are told again, and forms that are filled in again: which is a version of which is known.

A story's versions descend from one another: some words change each time, now and then a paragraph is added. A form has
one wording and places that are filled in anew for every event; some of what was filled in is sent again with a
correction, and that is a version of it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from benchmarks.corpora.changes import Level, change
from benchmarks.corpora.model import prose_model

FILLINGS = (3, 8, 30, 120)
"""How often each form is filled in."""
SLOTS = (0.06, 0.12, 0.25, 0.35)
"""Share of a form's words that are filled in."""
REVISED = (0.02, 0.06, 0.12, 0.2)
"""Share of a story's words that each new version changes."""
CORRECTED = 0.15
"""Share of the filled-in forms that are sent once more, corrected."""


@dataclass(frozen=True, slots=True)
class Told:
    """One document.

    Attributes:
        name: Its id.
        text: Its text.
        date: When it was told.
        story: What it tells: documents of one story are versions of one another, no others are.
        previous: Name of the version that it was made from; empty: of none.
        kind: `story` or `form`.
    """

    name: str
    text: str
    date: str
    story: int
    previous: str
    kind: str


def retold(stories: int, seed: int = 1, fillings: Sequence[int] = FILLINGS) -> list[Told]:
    """So many stories in two to nine versions each, and a form for each share of slots and number of fillings."""
    source = random.Random(seed)
    prose = prose_model().documents((source.randint(90, 260) for _ in range(3 * stories + 8 * len(SLOTS))), seed)
    words = next(prose_model().documents([6000], seed + 1)).split()
    told = [one for number in range(stories) for one in _story(number, prose, words, source)]
    number = stories
    for share in SLOTS:
        for times in fillings:
            filled = list(_form(number, next(prose), share, times, words, source))
            number += times
            told += filled
    return told


def _story(number: int, prose: Iterator[str], words: list[str], source: random.Random) -> Iterator[Told]:
    text = f"{next(prose)}\nThe count stood at {source.randint(10, 99)} on that day.\n"
    day = date(2010, 1, 1) + timedelta(days=source.randint(0, 3000))
    share = source.choice(REVISED)
    before = ""
    for version in range(source.randint(2, 9)):
        name = f"s{number:04d}-{version}"
        yield Told(name, text, day.isoformat(), number, before, "story")
        before = name
        day += timedelta(days=1)
        text = change(text, Level(words=(share / 2, share)), words, source)
        if source.random() < 0.2:
            text += f"\n{' '.join(next(prose).split()[: source.randint(20, 60)])}.\n"


def _form(
    number: int, wording: str, share: float, times: int, words: list[str], source: random.Random
) -> Iterator[Told]:
    form = wording.split()
    slots = sorted(source.sample(range(len(form)), max(round(share * len(form)), 2)))
    day = date(2012, 1, 1)
    for at in range(times):
        filled = list(form)
        for slot in slots:
            filled[slot] = source.choice(words) if source.random() < 0.6 else str(source.randint(2, 9999))
        text = " ".join(filled) + ".\n"
        name = f"f{number + at:04d}"
        day += timedelta(days=source.randint(1, 9))
        yield Told(name, text, day.isoformat(), number + at, "", "form")
        if source.random() < CORRECTED:
            again = change(text, Level(words=(0.01, 0.04)), words, source)
            yield Told(f"{name}-2", again, (day + timedelta(days=1)).isoformat(), number + at, name, "form")
