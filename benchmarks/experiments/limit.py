"""The physical limit: what reading a corpus, and splitting it into words, costs when nothing else is done."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.experiments.quality import planted_corpus
from benchmarks.experiments.speed import unit_seconds
from benchmarks.process import run
from benchmarks.results import Record

PROGRAM = Path(__file__).with_name("bare_reading.py")
KINDS = {"reading": "reading alone", "re": "reading and splitting by re", "polars": "reading and splitting by Polars"}
"""What is measured, each with its name on the page; the last, on all cores, is the fastest at hand."""


def limit_records(megabytes: float, *, repeat: int = 3) -> Iterator[Record]:
    """The least of some runs of each kind on one planted corpus, start-up not counted; the files are in memory by then.

    Polars is left out where it is not installed.
    """
    corpus = planted_corpus(megabytes, real=False)
    before = unit_seconds(corpus.texts)
    best: dict[str, dict[str, Any]] = {}
    for kind in KINDS:
        if kind == "polars" and importlib.util.find_spec("polars") is None:
            continue
        for _ in range(repeat):
            cost = run([sys.executable, PROGRAM, kind, corpus.texts])
            found = json.loads(cost.output)
            if kind not in best or found["wall"] < best[kind]["wall_seconds"]:
                best[kind] = {"wall_seconds": found["wall"], "cpu_seconds": found["cpu"], "peak_bytes": cost.peak}
    unit = (before + unit_seconds(corpus.texts)) / 2
    for kind, values in best.items():
        yield Record(
            "limit",
            {"megabytes": megabytes, "kind": kind},
            {**values, "unit_seconds": unit, "wall_units": values["wall_seconds"] / unit},
        )
