"""Chance corpora: text in which nothing was copied, so that every match is one by chance."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from benchmarks.corpora import prose
from benchmarks.corpora.model import prose_model
from benchmarks.errors import BenchmarkError

Kind = Literal["shuffled", "generated"]


def write_chance(folder: Path, kind: Kind, megabytes: float, seed: int) -> Path:
    """Write a chance corpus of about that size into a new folder and return it.

    Args:
        folder: Must not exist.
        kind: `shuffled`: the words of State of the Union messages, drawn by seed, in random order over all documents,
            a full stop after every twentieth; `generated`: a bigram model of all messages without smoothing.
        megabytes: Size in millions of characters, about.
        seed: Of all choices.

    Raises:
        BenchmarkError: The folder exists.
    """
    if folder.exists():
        raise BenchmarkError(f"{folder}: exists already; give a new folder or delete it")
    folder.mkdir(parents=True)
    texts = _shuffled(megabytes, seed) if kind == "shuffled" else _generated(megabytes, seed)
    for number, text in enumerate(texts):
        (folder / f"{number:05d}.txt").write_text(text, encoding="utf-8", newline="")
    return folder


def _shuffled(megabytes: float, seed: int) -> Iterator[str]:
    source = random.Random(seed)
    messages = [text for _, text in prose.speeches()]
    source.shuffle(messages)
    words: list[str] = []
    lengths: list[int] = []
    while messages and sum(lengths) < megabytes * 1e6 / 6:
        found = re.findall(r"[^\W\d_]+", messages.pop())
        words += found
        lengths.append(len(found))
    source.shuffle(words)
    start = 0
    for length in lengths:
        mixed = words[start : start + length]
        yield "\n".join(" ".join(mixed[at : at + 20]) + "." for at in range(0, length, 20))
        start += length


def _generated(megabytes: float, seed: int) -> Iterator[str]:
    model = prose_model(smoothed=False)
    documents = max(2, round(megabytes * 1e6 / 20_000))
    yield from model.documents([4000] * documents, seed)
