"""What detection costs where everything copies everything: codes of law that revise one another, a newswire."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.cache import cached
from benchmarks.corpora.codes import write_codes
from benchmarks.corpora.newswire import write_newswire
from benchmarks.detector import scan
from benchmarks.experiments.quality import costs
from benchmarks.experiments.speed import unit_seconds
from benchmarks.results import Record

DOCUMENTS = 40
"""Codes of a corpus, of whatever size: the larger the corpus, the longer they are."""

KINDS: Mapping[str, Callable[[Path, float], object]] = {
    "codes": lambda folder, megabytes: write_codes(folder, megabytes, DOCUMENTS),
    "more codes": lambda folder, megabytes: write_codes(folder, megabytes, max(4, round(megabytes / 0.35))),
    "newswire": write_newswire,
}
"""The kinds of dense text: as many codes of whatever length, the more codes of one length, a newswire."""


def dense_records(
    kinds: Sequence[str], sizes: Sequence[float], options: Sequence[str] = (), python: Path | None = None
) -> Iterator[Record]:
    """One record a kind and size: the cost of a scan, in units as well, and how many matches it finds.

    Args:
        kinds: Keys of KINDS.
        sizes: In millions of characters.
        options: Further words for the scan.
        python: Interpreter of the environment whose detector is run; None: this one.
    """
    for kind in kinds:
        for size in sizes:
            yield _record(kind, size, options, python)


def dense_corpus(kind: str, megabytes: float) -> Path:
    """The texts of a dense corpus of the cache, made when it is not there."""
    name = f"dense-{kind.replace(' ', '-')}-{megabytes:g}MB"
    return cached(name, lambda folder: KINDS[kind](folder, megabytes))


def _record(kind: str, megabytes: float, options: Sequence[str], python: Path | None) -> Record:
    texts = dense_corpus(kind, megabytes)
    before = unit_seconds(texts)
    found = scan((texts,), options=options, python=python)
    unit = (before + unit_seconds(texts)) / 2
    busy = unit_seconds(texts, time.process_time)
    values = {
        **costs(found),
        "unit_seconds": unit,
        "wall_units": found.cost.wall / unit,
        "cpu_units": found.cost.cpu / busy,
        "bytes": sum(path.stat().st_size for path in texts.rglob("*.txt")),
        "matches": len(found.pairs),
    }
    return Record("dense", {"kind": kind, "megabytes": megabytes, "options": " ".join(options)}, values)
