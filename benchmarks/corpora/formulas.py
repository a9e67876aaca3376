"""Dense formulas: every document uses ten of the same forty phrases, with words changing.

This is formulaic prose at its worst for a detector: a phrase's occurrences pair with one another by their square.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpora import prose
from benchmarks.corpora.model import ProseModel, prose_model
from benchmarks.errors import BenchmarkError

PHRASES = 40
IN_DOCUMENT = 10
CHANGED = 0.1


def phrases(model: ProseModel, seed: int) -> list[list[str]]:
    """Forty phrases of 8 to 24 words, generated, each of words alone."""
    source = random.Random(seed)
    text = " ".join(model.documents([4000], seed + 1))
    words = re.findall(r"[^\W\d_]+", text)
    found = []
    for number in range(PHRASES):
        start = number * 60
        found.append([word.lower() for word in words[start : start + source.randint(8, 24)]])
    return found


def documents(count: int, seed: int = 1, words: int = 250) -> Iterator[tuple[str, str]]:
    """(id, text) of documents of about `words` words of generated prose with ten phrases between its sentences.

    Each word of each occurrence is replaced with probability CHANGED.
    """
    model = prose_model()
    vocabulary = re.findall(r"[^\W\d_]+", next(prose.speeches())[1])
    known = phrases(model, seed)
    source = random.Random(seed)
    for number, text in enumerate(model.documents((round(words * 1.13) for _ in range(count)), seed)):
        sentences = re.split(r"(?<=[.?!])\s+", text)
        for phrase in source.sample(known, IN_DOCUMENT):
            said = [source.choice(vocabulary) if source.random() < CHANGED else word for word in phrase]
            sentences.insert(source.randint(0, len(sentences)), " ".join(said).capitalize() + ".")
        yield f"d{number:06d}", " ".join(sentences)


def write_formulas(folder: Path, count: int, seed: int = 1) -> Path:
    """Write `count` documents as JSON Lines into a new folder and return it.

    Raises:
        BenchmarkError: The folder exists.
    """
    if folder.exists():
        raise BenchmarkError(f"{folder}: exists already; give a new folder or delete it")
    folder.mkdir(parents=True)
    with (folder / "documents.jsonl").open("w", encoding="utf-8") as file:
        for name, text in documents(count, seed):
            file.write(json.dumps({"id": name, "text": text}) + "\n")
    return folder
