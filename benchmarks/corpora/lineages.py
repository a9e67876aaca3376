"""Passages that were handed on, with the truth of who took them from whom: chains, and stars.

In a chain A → B → C → D every text copies the one before it, changes of the earlier ones included, and adds changes of
its own: so D is nearest to C. In a star A → B, A → C, A → D each copies the first one, with changes of its own: so D is
nearest to A. All documents are dated, and what was copied stands between prose of the document's own.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.corpora.changes import Level, change
from benchmarks.corpora.model import prose_model
from benchmarks.errors import BenchmarkError

CHAIN, STAR = "chain", "star"

FIRST_YEAR = 1850

_SENTENCE_END = re.compile(r"[.?!]\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Heir:
    """A passage that was handed on; spans are half-open, in code points of the documents.

    Attributes:
        kind: CHAIN or STAR.
        doc: Document that it stands in.
        start, end: Where.
        source: Document that it was taken from; empty for the first of its line.
        source_start, source_end: Where it stands there.
        link: How many texts of its line are older.
    """

    kind: str
    doc: str
    start: int
    end: int
    source: str
    source_start: int
    source_end: int
    link: int


@dataclass(frozen=True, slots=True)
class _Piece:
    line: int
    link: int
    text: str


def lineages(
    lines: int = 40,
    documents: int = 40,
    links: int = 4,
    *,
    words: tuple[int, int] = (40, 300),
    rate: tuple[float, float] = (0.03, 0.1),
    seed: int = 1,
) -> tuple[dict[str, str], list[Heir]]:
    """Make documents, a year apart, with chains and stars in turn.

    Args:
        lines: Chains and stars together.
        documents: How many; each line takes `links` of them, at random.
        links: Texts of a line, the first one included.
        words: Shortest and longest passage.
        rate: Lowest and highest share of words that are changed each time.
        seed: Of all choices.

    Returns:
        The documents by name, oldest first, and every passage of every line.
    """
    source = random.Random(seed)
    model = prose_model()
    vocabulary = re.findall(r"[^\W\d_]+", next(model.documents([4000], seed + 1)))
    names = [f"{FIRST_YEAR + number}.txt" for number in range(documents)]
    held: dict[str, list[_Piece]] = {name: [] for name in names}
    told: list[list[str]] = []
    firsts = model.documents((round(source.randint(*words) * 1.13) for _ in range(lines)), seed + 2)
    for line, first in enumerate(firsts):
        holders = sorted(source.sample(names, links))
        texts = [" ".join(first.split())]
        for _ in range(links - 1):
            model_text = texts[-1] if kind_of(line) == CHAIN else texts[0]
            texts.append(change(model_text, Level(words=rate), vocabulary, source))
        for link, (name, text) in enumerate(zip(holders, texts, strict=True)):
            held[name].append(_Piece(line, link, text))
        told.append(holders)
    own = model.documents([900] * documents, seed)
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    made = {name: _written(text, held[name], spans, source) for name, text in zip(names, own, strict=True)}
    return made, list(_heirs(told, spans))


def kind_of(line: int) -> str:
    """Chains and stars take turns."""
    return (CHAIN, STAR)[line % 2]


def _written(
    text: str, pieces: list[_Piece], spans: dict[tuple[int, int], tuple[int, int]], source: random.Random
) -> str:
    """The document's own text with the pieces between its sentences; where they stand is put down in `spans`."""
    gaps = [match.end() for match in _SENTENCE_END.finditer(text)]
    places = sorted(source.sample(gaps, len(pieces)))
    parts, length, read = [], 0, 0
    for place, piece in zip(places, pieces, strict=True):
        before = text[read:place]
        start = length + len(before)
        spans[piece.line, piece.link] = (start, start + len(piece.text))
        parts += [before, piece.text, " "]
        length, read = start + len(piece.text) + 1, place
    return "".join([*parts, text[read:]])


def _heirs(told: list[list[str]], spans: dict[tuple[int, int], tuple[int, int]]) -> Iterator[Heir]:
    for line, holders in enumerate(told):
        kind = kind_of(line)
        for link, name in enumerate(holders):
            if not link:
                yield Heir(kind, name, *spans[line, 0], "", 0, 0, 0)
                continue
            of = link - 1 if kind == CHAIN else 0
            yield Heir(kind, name, *spans[line, link], holders[of], *spans[line, of], link)


def write_lineages(folder: Path, lines: int = 40, documents: int = 40, links: int = 4, seed: int = 1) -> list[Heir]:
    """Write documents, dates and truth into a new folder: `texts/` with `metadata.jsonl`, and `truth.jsonl`.

    Raises:
        BenchmarkError: The folder exists.
    """
    if folder.exists():
        raise BenchmarkError(f"{folder}: exists already; give a new folder or delete it")
    texts, heirs = lineages(lines, documents, links, seed=seed)
    (folder / "texts").mkdir(parents=True)
    for name, text in texts.items():
        (folder / "texts" / name).write_text(text, encoding="utf-8", newline="")
    dates = (json.dumps({"id": name, "date": f"{name[:4]}-06-01"}) + "\n" for name in texts)
    (folder / "texts" / "metadata.jsonl").write_text("".join(dates), encoding="utf-8")
    truth = "".join(json.dumps(asdict(heir)) + "\n" for heir in heirs)
    (folder / "truth.jsonl").write_text(truth, encoding="utf-8")
    return heirs
