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


def documents(count: int, seed: int = 1, words: int = 250) -> Iterator[tuple[str, str, list[tuple[int, int]]]]:
    """Documents of about `words` words of generated prose with ten phrases between its sentences.

    Each word of each occurrence is replaced with probability CHANGED.

    Yields:
        (id, text, the spans of the ten occurrences in code points).
    """
    model = prose_model()
    vocabulary = re.findall(r"[^\W\d_]+", next(prose.speeches())[1])
    known = phrases(model, seed)
    source = random.Random(seed)
    for number, text in enumerate(model.documents((round(words * 1.13) for _ in range(count)), seed)):
        parts = [(sentence, False) for sentence in re.split(r"(?<=[.?!])\s+", text)]
        for phrase in source.sample(known, IN_DOCUMENT):
            said = [source.choice(vocabulary) if source.random() < CHANGED else word for word in phrase]
            parts.insert(source.randint(0, len(parts)), (" ".join(said).capitalize() + ".", True))
        spans, length = [], 0
        for part, planted in parts:
            if planted:
                spans.append((length, length + len(part)))
            length += len(part) + 1
        yield f"d{number:06d}", " ".join(part for part, _ in parts), spans


def write_formulas(folder: Path, count: int, seed: int = 1) -> Path:
    """Write `count` documents as `texts/documents.jsonl` into a new folder, the occurrences beside it, and return it.

    Raises:
        BenchmarkError: The folder exists.
    """
    if folder.exists():
        raise BenchmarkError(f"{folder}: exists already; give a new folder or delete it")
    (folder / "texts").mkdir(parents=True)
    with (
        (folder / "texts" / "documents.jsonl").open("w", encoding="utf-8") as file,
        (folder / "occurrences.tsv").open("w", encoding="utf-8") as truth,
    ):
        for name, text, spans in documents(count, seed):
            file.write(json.dumps({"id": name, "text": text}) + "\n")
            truth.writelines(f"{name}\t{start}\t{end}\n" for start, end in spans)
    return folder


def read_occurrences(folder: Path) -> list[tuple[str, int, int]]:
    """The occurrences of phrases in a corpus made before: (document, start, end)."""
    with (folder / "occurrences.tsv").open(encoding="utf-8") as lines:
        rows = (line.split() for line in lines)
        return [(name, int(start), int(end)) for name, start, end in rows]
