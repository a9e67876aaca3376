"""What detection costs: whole processes, by size of the corpus, in seconds and in units.

Units carry over to other machines: one is the time that plain Python takes to lower-case the texts of the same corpus
and to find their words by a regular expression, measured before and after each scan.
"""

from __future__ import annotations

import json
import math
import re
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.cache import cached
from benchmarks.corpora.formulas import read_occurrences, write_formulas
from benchmarks.detector import scan
from benchmarks.errors import BenchmarkError
from benchmarks.experiments.quality import costs, planted_corpus
from benchmarks.passages import union_lengths
from benchmarks.process import run
from benchmarks.quality.planted import score_planted
from benchmarks.results import Record

_WORD = re.compile(r"\w+")


def unit_seconds(folder: Path) -> float:
    """Seconds that plain Python takes to lower-case and split a corpus, reading it not counted."""
    seconds = 0.0
    for text in _texts(folder):
        begun = time.perf_counter()
        _WORD.findall(text.lower())
        seconds += time.perf_counter() - begun
    return seconds


def _texts(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*.txt")):
        yield path.read_text("utf-8")
    for path in sorted(folder.rglob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)["text"]


def fitted_exponent(sizes: Sequence[float], seconds: Sequence[float]) -> float:
    """The slope of log time over log size, by least squares: 1 is time in proportion to size.

    Raises:
        BenchmarkError: There are fewer than two sizes.
    """
    if len(set(sizes)) < 2:
        raise BenchmarkError("an exponent takes measurements of at least two sizes")
    x = [math.log(size) for size in sizes]
    y = [math.log(second) for second in seconds]
    middle_x, middle_y = sum(x) / len(x), sum(y) / len(y)
    rise = sum((a - middle_x) * (b - middle_y) for a, b in zip(x, y, strict=True))
    return rise / sum((a - middle_x) ** 2 for a in x)


def speed_record(megabytes: float, *, repeat: int = 1, options: Sequence[str] = (), real: bool = False) -> Record:
    """Scans of one planted corpus: cost, cost in units, recall."""
    corpus = planted_corpus(megabytes, real=real)
    runs: list[dict[str, Any]] = []
    for _ in range(repeat):
        before = unit_seconds(corpus.texts)
        found = scan((corpus.texts,), options=options)
        unit = (before + unit_seconds(corpus.texts)) / 2
        runs.append({**costs(found), "unit_seconds": unit, "wall_units": found.cost.wall / unit})
    score = score_planted(corpus, found.pairs)
    characters = sum(path.stat().st_size for path in corpus.texts.rglob("*.txt"))
    best = min(runs, key=lambda one: one["wall_units"])
    values = {
        **best,
        "all_wall_units": [one["wall_units"] for one in runs],
        "bytes": characters,
        "recall": {name: row.characters for name, row in score.levels.items()},
        "matches": len(found.pairs),
    }
    return Record("speed", {"megabytes": megabytes, "real": real, "options": " ".join(options)}, values)


def formulas_record(documents: int, options: Sequence[str] = ()) -> Record:
    """A scan of the dense-formula corpus of so many documents: cost, and how much of the phrases is in clusters."""
    folder = cached(f"formulas-{documents}", lambda path: write_formulas(path, documents))
    texts = folder / "texts"
    before = unit_seconds(texts)
    found = scan((texts,), options=options)
    unit = (before + unit_seconds(texts)) / 2
    occurrences = read_occurrences(folder)
    values = {
        **costs(found),
        "unit_seconds": unit,
        "wall_units": found.cost.wall / unit,
        "matches": len(found.pairs),
        "recall": covered_share(occurrences, found.pairs.documents, found.passages),
        "bytes": (texts / "documents.jsonl").stat().st_size,
    }
    return Record("formulas", {"documents": documents, "options": " ".join(options)}, values)


def covered_share(
    occurrences: Sequence[tuple[str, int, int]], documents: Sequence[str], passages: NDArray[np.int64]
) -> float:
    """Share of the occurrences' characters that passages of clusters cover.

    Args:
        occurrences: (document, start, end), apart from one another.
        documents: Names that the passages count into.
        passages: int64 (n, 3): document, start, end.
    """
    number = {name: index for index, name in enumerate(documents)}
    spans = np.array([(number[name], start, end) for name, start, end in occurrences], dtype=np.int64).reshape(-1, 3)
    everything = np.concatenate((spans, passages))
    groups = len(documents)
    both = union_lengths(everything[:, 0], everything[:, 1], everything[:, 2], groups).sum()
    alone = union_lengths(passages[:, 0], passages[:, 1], passages[:, 2], groups).sum()
    total = (spans[:, 2] - spans[:, 1]).sum()
    return float(1 - (both - alone) / max(total, 1))


def limit_record(megabytes: float) -> Record:
    """The physical limit: reading and splitting alone, in the fastest library at hand (Polars, all cores).

    Raises:
        BenchmarkError: Polars is not installed.
    """
    corpus = planted_corpus(megabytes, real=False)
    program = (
        "import sys, pathlib, polars as pl\n"
        "texts = [p.read_text('utf-8') for p in sorted(pathlib.Path(sys.argv[1]).rglob('*.txt'))]\n"
        "words = pl.Series(texts).str.to_lowercase().str.extract_all(r'\\w+')\n"
        "print(words.list.len().sum())\n"
    )
    cost = run([sys.executable, "-c", program, corpus.texts])
    unit = unit_seconds(corpus.texts)
    values = {
        "wall_seconds": cost.wall,
        "cpu_seconds": cost.cpu,
        "peak_bytes": cost.peak,
        "unit_seconds": unit,
        "wall_units": cost.wall / unit,
    }
    return Record("limit", {"megabytes": megabytes}, values)


def start_records(repeat: int = 3) -> list[Record]:
    """Start-up: bare Python, the command's help, importing the package; the best of some tries."""
    commands = {
        "python": [sys.executable, "-c", "pass"],
        "help": [sys.executable, "-m", "reuse", "--help"],
        "import": [sys.executable, "-c", "import reuse"],
    }
    return [
        Record("start", {"command": name}, {"wall_seconds": min(run(command).wall for _ in range(repeat))})
        for name, command in commands.items()
    ]
