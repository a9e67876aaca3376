"""Newswire-like text: stories, reposts, follow-ups, messages made from a template, and stories that are mostly lists.

Everything is made up: bodies are generated prose, names and offices are drawn from small pools. What a real newswire
does to a detector is all here: half of the stories are copies of others, short messages differ in their slots only,
and lists ("minister of trade of the Republic of …") repeat the same few words without being copied.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpora.changes import Level, change
from benchmarks.corpora.model import prose_model
from benchmarks.errors import BenchmarkError

STORY, LIST, TEMPLATE, REPOST, FOLLOW_UP = "story", "list", "template", "repost", "follow-up"

SHARES = {STORY: 0.4, LIST: 0.1, TEMPLATE: 0.15, REPOST: 0.25, FOLLOW_UP: 0.1}
"""Kinds of stories and how often they are drawn."""

_ONSETS, _NUCLEI, _CODAS = ("b", "d", "g", "h", "k", "l", "m", "n", "r", "s", "t", "v"), "aeiou", ("", "n", "r", "l")
_OFFICES = ("trade", "agriculture", "foreign affairs", "culture", "railways", "education", "finance", "public health")
_RANKS = ("minister of", "vice-minister of", "state secretary for", "director of the department of")
_REALMS = ("Republic of", "Kingdom of", "Democratic Republic of", "Federation of")
_OCCASIONS = ("the national day", "the new year", "his birthday", "the anniversary of independence", "his re-election")
_MONTHS = ("January", "March", "April", "June", "July", "September", "October", "December")
_EDIT = Level(words=(0.05, 0.15))


@dataclass(frozen=True, slots=True)
class Story:
    """One story.

    Attributes:
        name: File name.
        kind: A key of SHARES.
        text: Its text.
        origin: Name of the story that a repost or follow-up was taken from; else empty.
    """

    name: str
    kind: str
    text: str
    origin: str = ""


def stories(count: int, seed: int = 1, words: int = 220) -> Iterator[Story]:
    """Make so many stories.

    Args:
        count: Number of stories.
        seed: Of all choices.
        words: Mean length of a story's own prose, in words.
    """
    source = random.Random(seed)
    people, places = [_person(source) for _ in range(120)], [_name(source) for _ in range(60)]
    bodies = prose_model().documents((source.randint(words // 3, words * 2) for _ in range(count)), seed)
    vocabulary = next(prose_model().documents([4000], seed + 1)).split()
    told: list[Story] = []
    for number, body in enumerate(bodies):
        kind = source.choices(list(SHARES), list(SHARES.values()))[0]
        kind = kind if told or kind not in (REPOST, FOLLOW_UP) else STORY
        origin = source.choice(told) if kind in (REPOST, FOLLOW_UP) else None
        dateline = f"{source.choice(places).upper()}, {source.choice(_MONTHS)} {source.randint(1, 28)} (Agency) -- "
        if origin is not None:
            text = _repost(origin.text, source) if kind == REPOST else _follow_up(dateline, origin.text, body, source)
            text = text if source.random() < 0.4 or kind == REPOST else change(text, _EDIT, vocabulary, source)
        elif kind == LIST:
            text = dateline + _attendance(people, places, source)
        elif kind == TEMPLATE:
            text = dateline + _message(people, places, source)
        else:
            text = dateline + body
        story = Story(f"{number:05d}.txt", kind, text, origin.name if origin is not None else "")
        told.append(story)
        yield story


def write_newswire(folder: Path, megabytes: float, seed: int = 1) -> Path:
    """Write stories of about that size (millions of characters) as a file each into a new folder and return it.

    Raises:
        BenchmarkError: The folder exists.
    """
    if folder.exists():
        raise BenchmarkError(f"{folder}: exists already; give a new folder or delete it")
    folder.mkdir(parents=True)
    written = 0
    for story in stories(round(megabytes * 1500) + 100, seed):
        if written >= megabytes * 1e6:
            break
        (folder / story.name).write_text(story.text, encoding="utf-8", newline="")
        written += len(story.text)
    return folder


def lists(count: int, seed: int = 1, names: int = 25) -> Iterator[str]:
    """Lists of guests alone, each drawn by itself: the same few words in them all, and nothing copied."""
    source = random.Random(seed)
    people, places = [_person(source) for _ in range(4000)], [_name(source) for _ in range(600)]
    for _ in range(count):
        yield _attendance(people, places, source, names)


def _name(source: random.Random) -> str:
    syllables = (source.choice(_ONSETS) + source.choice(_NUCLEI) + source.choice(_CODAS) for _ in range(3))
    return "".join(syllables).capitalize()


def _person(source: random.Random) -> str:
    return f"{_name(source)} {_name(source)}"


def _attendance(people: list[str], places: list[str], source: random.Random, names: int = 12) -> str:
    """A list of guests with their offices."""
    guests = [
        f"{source.choice(people)}, {source.choice(_RANKS)} {source.choice(_OFFICES)} of the {source.choice(_REALMS)} "
        f"{source.choice(places)}"
        for _ in range(source.randint(names // 2, names * 2))
    ]
    return "Present at the ceremony were " + "; ".join(guests) + ".\n"


def _message(people: list[str], places: list[str], source: random.Random) -> str:
    """A message of congratulation: one wording, other slots."""
    sender, receiver, place = source.choice(people), source.choice(people), source.choice(places)
    occasion = source.choice(_OCCASIONS)
    return (
        f"{sender} sent a floral basket to {receiver}, president of the {source.choice(_REALMS)} {place}, on the "
        f"occasion of {occasion}.\n\nThe basket was conveyed to the {source.choice(_OFFICES)} official concerned by "
        f"the ambassador in {source.choice(places)} on {source.choice(_MONTHS)} {source.randint(1, 28)}. The message "
        f"wished {receiver} good health and greater success in the work for the prosperity of {place}.\n"
    )


def _repost(text: str, source: random.Random) -> str:
    """The story as it was, or its beginning, or under another date."""
    how = source.random()
    if how < 0.6:
        return text
    paragraphs = text.split("\n\n")
    if how < 0.8:
        return "\n\n".join(paragraphs[: max(1, len(paragraphs) * 2 // 3)])
    return f"Updated {source.choice(_MONTHS)} {source.randint(1, 28)}\n\n{text}"


def _follow_up(dateline: str, text: str, body: str, source: random.Random) -> str:
    """New paragraphs, and two or three of the earlier story between them."""
    fresh, old = body.split("\n\n"), text.split("\n\n")
    first = source.randrange(len(old))
    at = source.randint(0, len(fresh))
    return dateline + "\n\n".join(fresh[:at] + old[first : first + source.randint(2, 3)] + fresh[at:])
