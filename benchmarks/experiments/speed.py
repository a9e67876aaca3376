"""What detection costs: whole processes, by size of the corpus, in seconds and in units.

Units carry over to other machines: one is the time that plain Python takes to lower-case the texts of the same corpus
and to find their words by a regular expression, measured before and after each scan.
"""

from __future__ import annotations

import json
import math
import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.cache import cached
from benchmarks.corpora.formulas import read_occurrences, write_formulas
from benchmarks.corpora.planted import PlantedCorpus
from benchmarks.detector import scan
from benchmarks.errors import BenchmarkError
from benchmarks.experiments.quality import costs, planted_corpus
from benchmarks.passages import union_lengths
from benchmarks.process import run
from benchmarks.quality.planted import score_planted
from benchmarks.results import Record

LEAST, MOST = 0.25, 10
"""Seconds that a unit is measured for, and how often at most."""

SAMPLED = 10_000
"""Text files, more or less, by which a unit is told of many more."""

_WORD = re.compile(r"\w+")


def unit_seconds(folder: Path, clock: Callable[[], float] = time.perf_counter) -> float:
    """Seconds that plain Python takes to lower-case and split a corpus, reading it not counted.

    Of a small corpus, the mean of as many times as take LEAST seconds, or of MOST. Of a large one, every so many
    documents are taken for all.

    Args:
        folder: Of the corpus.
        clock: What tells the time: of the wall, or of the processor, which other processes do not slow down.
    """
    seconds = [_split(folder, clock)]
    while sum(seconds) < LEAST and len(seconds) < MOST:
        seconds.append(_split(folder, clock))
    return sum(seconds) / len(seconds)


def _split(folder: Path, clock: Callable[[], float]) -> float:
    seconds = 0.0
    files = sorted(folder.rglob("*.txt"))
    every = max(len(files) // SAMPLED, 1)
    for text in _texts(folder, files[::every]):
        begun = clock()
        _WORD.findall(text.lower())
        seconds += clock() - begun
    return seconds * len(files) / len(files[::every]) if files else seconds


def _texts(folder: Path, files: Sequence[Path]) -> Iterator[str]:
    for path in files:
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


def speed_records(sizes: Sequence[float], *, repeat: int = 1, options: Sequence[str] = ()) -> Iterator[Record]:
    """Scans of planted corpora of generated prose: cost of the fastest, cost in units of all, recall."""
    for megabytes in sizes:
        values = _scanned(planted_corpus(megabytes, real=False), repeat, options)
        yield Record("speed", {"megabytes": megabytes, "real": False, "options": " ".join(options)}, values)


def jobs_records(
    megabytes: float, series: Sequence[int] = (), *, repeat: int = 1, options: Sequence[str] = ()
) -> Iterator[Record]:
    """The same with so many jobs; an empty series: 1, 2, 4 … up to the number of processors."""
    for jobs in series or jobs_series(os.cpu_count() or 1):
        values = _scanned(planted_corpus(megabytes, real=False), repeat, (*options, "--jobs", str(jobs)))
        yield Record("jobs", {"megabytes": megabytes, "jobs": jobs, "options": " ".join(options)}, values)


def jobs_series(processors: int) -> list[int]:
    """Powers of two up to the number of processors, and that number."""
    return sorted({*(1 << power for power in range(processors.bit_length())), processors})


def _scanned(corpus: PlantedCorpus, repeat: int, options: Sequence[str]) -> dict[str, Any]:
    """The values of a record: of the fastest of some scans, in units."""
    runs: list[dict[str, Any]] = []
    for _ in range(repeat):
        before = unit_seconds(corpus.texts)
        found = scan((corpus.texts,), options=options)
        unit = (before + unit_seconds(corpus.texts)) / 2
        runs.append({**costs(found), "unit_seconds": unit, "wall_units": found.cost.wall / unit})
    score = score_planted(corpus, found.pairs)
    characters = sum(path.stat().st_size for path in corpus.texts.rglob("*.txt"))
    best = min(runs, key=lambda one: one["wall_units"])
    return {
        **best,
        "all_wall_units": [one["wall_units"] for one in runs],
        "bytes": characters,
        "recall": {name: row.characters for name, row in score.levels.items()},
        "matches": len(found.pairs),
    }


def formulas_records(series: Sequence[int], options: Sequence[str] = ()) -> Iterator[Record]:
    """Scans of dense formulas in so many documents: cost, and how much of the phrases is in clusters."""
    for documents in series:
        folder = cached(f"formulas-{documents}", partial(write_formulas, count=documents))
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
        yield Record("formulas", {"documents": documents, "options": " ".join(options)}, values)


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
