"""Corpora with planted reuse: passages of one document copied into a later one, with truth on both sides.

Written as a stream: only a pool of passages that may still be copied is kept. A source passage is copied once, never
overlaps another one and never lies in a planted copy, so that the truth is complete: no two copies are kin.
"""

from __future__ import annotations

import json
import math
import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.corpora import prose
from benchmarks.corpora.changes import EVEN_LEVELS, LEVELS, Level, change
from benchmarks.corpora.model import ProseModel, prose_model
from benchmarks.errors import BenchmarkError
from benchmarks.passages import PassagePairs

POOL = 4096
"""Most passages kept to be copied; older ones give way at random."""

_SENTENCE_END = re.compile(r"[.?!]\s+(?=\S)")
_BLANK = np.array([chr(code).isspace() for code in range(0x3002)])
"""Whether a code point is white space; the last entry stands for all that follow, of which none is."""


@dataclass(frozen=True, slots=True)
class Case:
    """One planted copy: `a` holds the source, `b` the copy; half-open spans in code points.

    Attributes:
        level: Name of the degree of change.
        words: Length of the source in words.
    """

    level: str
    words: int
    a: str
    a_start: int
    a_end: int
    b: str
    b_start: int
    b_end: int


@dataclass(frozen=True)
class PlantedCorpus:
    """A corpus on disk: `texts/`, `truth.jsonl`, `corpus.json` (how it was made).

    Attributes:
        folder: Where it lies.
        real: True when the base text is real prose, in which reuse occurs of itself.
        megabytes: Size of the base text that was asked for.
    """

    folder: Path
    real: bool
    megabytes: float

    @property
    def texts(self) -> Path:
        """The folder to scan; the names of documents in `cases` are relative to it."""
        return self.folder / "texts"

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """The planted copies, read when they are asked for."""
        with (self.folder / "truth.jsonl").open(encoding="utf-8") as lines:
            return tuple(Case(**json.loads(line)) for line in lines)

    def pairs(self) -> PassagePairs:
        """The cases as columns, in the same order."""
        return PassagePairs.from_rows((c.a, c.a_start, c.a_end, c.b, c.b_start, c.b_end) for c in self.cases)


@dataclass(frozen=True, slots=True)
class _Passage:
    document: str
    start: int
    end: int
    text: str
    words: int


def plant(
    documents: Iterable[tuple[str, str]],
    levels: Mapping[str, Level],
    vocabulary: Sequence[str],
    *,
    seed: int,
    share: float = 0.1,
    words: tuple[int, int] = (15, 400),
) -> Iterator[tuple[str, str, list[Case]]]:
    """Insert copies of earlier documents' passages between the sentences of later ones.

    Args:
        documents: (name, text), in the order of writing.
        levels: The degrees of change; they take turns.
        vocabulary: Words to substitute and insert.
        seed: Of all choices.
        share: Planted words by words of the base text.
        words: Shortest and longest copied passage; lengths are log-uniform.

    Yields:
        (name, text with the copies in it, the cases planted in it).
    """
    source = random.Random(seed)
    pool: list[_Passage] = []
    turns = _turns(list(levels))
    debt = 0.0
    for name, base in documents:
        debt += share * len(word_spans(base)[0])
        chosen: list[tuple[str, _Passage]] = []
        while pool and debt > 0:
            passage = pool.pop(source.randrange(len(pool)))
            debt -= passage.words
            chosen.append((next(turns), passage))
        text, cases = _insert(name, base, chosen, levels=levels, vocabulary=vocabulary, source=source)
        yield name, text, cases
        free = _free_of_copies(text, [(case.b_start, case.b_end) for case in cases])
        pool.extend(_passages(name, text, free, share=share, words=words, source=source))
        while len(pool) > POOL:
            pool.pop(source.randrange(len(pool)))


def _turns(levels: list[str]) -> Iterator[str]:
    while True:
        yield from levels


def _insert(
    name: str,
    base: str,
    chosen: list[tuple[str, _Passage]],
    *,
    levels: Mapping[str, Level],
    vocabulary: Sequence[str],
    source: random.Random,
) -> tuple[str, list[Case]]:
    """Put the chosen passages' copies into a text, each at a sentence end of its own where there are enough."""
    if not chosen:
        return base, []
    gaps = [match.end() for match in _SENTENCE_END.finditer(base)] or [len(base)]
    places = sorted(
        source.sample(gaps, len(chosen)) if len(chosen) <= len(gaps) else source.choices(gaps, k=len(chosen))
    )
    parts: list[str] = []
    cases: list[Case] = []
    length = read = 0
    for place, (level, passage) in zip(places, chosen, strict=True):
        copy = change(passage.text, levels[level], vocabulary, source)
        before = base[read:place]
        if place and not before[-1:].isspace() and (before or parts):
            before += " "
        start = length + len(before)
        cases.append(
            Case(level, passage.words, passage.document, passage.start, passage.end, name, start, start + len(copy))
        )
        parts += [before, copy, " "]
        length = start + len(copy) + 1
        read = place
    parts.append(base[read:])
    return "".join(parts), cases


def _free_of_copies(text: str, copies: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    read = 0
    for start, end in copies:
        yield read, start
        read = end
    yield read, len(text)


def _passages(
    name: str,
    text: str,
    free: Iterable[tuple[int, int]],
    *,
    share: float,
    words: tuple[int, int],
    source: random.Random,
) -> Iterator[_Passage]:
    """Passages to be copied later: about half as many words again as will be needed, apart from one another."""
    starts, ends = word_spans(text)
    for begin, finish in free:
        at, last = np.searchsorted(starts, (begin, finish)).tolist()
        while True:
            length = round(math.exp(source.uniform(math.log(words[0]), math.log(words[1]))))
            at += round(source.expovariate(1.0) * length / (1.5 * share))
            if at + length > last:
                break
            start, end = int(starts[at]), int(ends[at + length - 1])
            yield _Passage(name, start, end, text[start:end], length)
            at += length


def word_spans(text: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Starts and ends (int64, code points) of the runs of characters that are not white space."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    written = np.zeros(len(codes) + 2, dtype=np.int8)
    written[1:-1] = ~_BLANK[np.minimum(codes, len(_BLANK) - 1)]
    steps = np.diff(written)
    return np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)


def write_planted(
    folder: Path,
    megabytes: float,
    *,
    real: bool,
    seed: int = 1,
    levels: Mapping[str, Level] = LEVELS,
    share: float = 0.1,
    document_words: int = 3000,
    documents: int | None = None,
) -> PlantedCorpus:
    """Make a corpus of about that size (before planting) in a new folder.

    Args:
        folder: Must not exist.
        megabytes: Size of the base text in millions of characters.
        real: True: State of the Union messages in random order (12 MB at most); False: generated prose.
        seed: Of all choices; the same seed gives the same corpus.
        levels: The degrees of change.
        share: Planted words by words of the base text.
        document_words: Mean length of a generated document.
        documents: Most documents; None: as many as the size takes.

    Raises:
        BenchmarkError: The folder exists, or there is less real prose than was asked for.
    """
    if folder.exists():
        raise BenchmarkError(f"{folder}: exists already; give a new folder or delete it")
    base = list(prose.speeches())
    vocabulary = [word for _, text in base[::5] for word in re.findall(r"[^\W\d_]+", text)]
    if real:
        random.Random(seed).shuffle(base)
        texts: Iterable[tuple[str, str]] = ((f"{name}.txt", text) for name, text in base)
    else:
        texts = _generated(prose_model(), document_words, seed)
    (folder / "texts").mkdir(parents=True)
    size = made = 0
    with (folder / "truth.jsonl").open("w", encoding="utf-8") as truth:
        for name, text, cases in plant(
            islice(_until(texts, megabytes * 1e6), documents), levels, vocabulary, seed=seed, share=share
        ):
            path = folder / "texts" / name
            path.parent.mkdir(exist_ok=True)
            with path.open("w", encoding="utf-8", newline="") as file:
                size += file.write(text)
            for case in cases:
                truth.write(json.dumps({name: getattr(case, name) for name in Case.__slots__}) + "\n")
            made += len(cases)
    if real and size < megabytes * 1e6:
        raise BenchmarkError(
            f"{folder}: there are only {size / 1e6:.1f} MB of real prose; ask for less, or for generated prose"
        )
    made_how = {
        "megabytes": megabytes,
        "real": real,
        "seed": seed,
        "share": share,
        "characters": size,
        "cases": made,
    }
    (folder / "corpus.json").write_text(json.dumps(made_how, indent=1) + "\n", encoding="utf-8")
    return read_planted(folder)


def generated_prose(folder: Path, *, documents: int = 300, seed: int = 1) -> PlantedCorpus:
    """A small corpus for tests: some 3 MB of generated prose with copies at 0, 5, 15 and 28 % changed words."""
    return write_planted(
        folder,
        documents * 0.02,
        real=False,
        seed=seed,
        levels=EVEN_LEVELS,
        document_words=1750,
        documents=documents,
    )


def read_planted(folder: Path) -> PlantedCorpus:
    """A corpus made before.

    Raises:
        BenchmarkError: The folder is not a planted corpus.
    """
    try:
        made_how = json.loads((folder / "corpus.json").read_text("utf-8"))
    except OSError as error:
        raise BenchmarkError(f"{folder}: not a planted corpus ({error.strerror}: {error.filename})") from error
    return PlantedCorpus(folder, bool(made_how["real"]), float(made_how["megabytes"]))


def _generated(model: ProseModel, words: int, seed: int) -> Iterator[tuple[str, str]]:
    lengths = random.Random(seed)
    wanted = (max(200, round(words * 1.13 * lengths.lognormvariate(-0.18, 0.6))) for _ in iter(int, 1))
    for number, text in enumerate(model.documents(wanted, seed)):
        yield f"{number // 1000:04d}/{number:07d}.txt", text


def _until(documents: Iterable[tuple[str, str]], characters: float) -> Iterator[tuple[str, str]]:
    size = 0
    for name, text in documents:
        if size >= characters:
            return
        size += len(text)
        yield name, text
