"""The inner loops alone, timed by pytest-benchmark in a process of its own."""

from __future__ import annotations

import importlib.util
import json
import os
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.errors import BenchmarkError
from benchmarks.experiments.quality import planted_corpus
from benchmarks.experiments.speed import unit_seconds
from benchmarks.process import run
from benchmarks.results import Record

FILE = Path(__file__).parents[1] / "kernels.py"
MEGABYTES = 1.0


def kernels_records(folder: Path | None = None) -> Iterator[Record]:
    """Time every kernel on the texts of a folder (None: 1 MB of generated prose with planted copies).

    Raises:
        BenchmarkError: pytest-benchmark is not installed, or a kernel failed.
    """
    if importlib.util.find_spec("pytest_benchmark") is None:
        raise BenchmarkError("the kernels need pytest-benchmark; run: pip install pytest-benchmark")
    texts = folder or planted_corpus(MEGABYTES, real=False).texts
    with tempfile.TemporaryDirectory() as temporary:
        kept = Path(temporary) / "kernels.json"
        before = unit_seconds(texts)
        # No configuration file: whose project this runs in makes no difference.
        plain = ("-c", os.devnull, "--rootdir", temporary, "-p", "no:cacheprovider", "-q")
        run(
            [sys.executable, "-m", "pytest", *plain, f"--benchmark-json={kept}", FILE],
            # In a worker of pytest-xdist nothing is timed; the process that times is none, wherever it is begun.
            environment={"TEXTREUSE_KERNELS": str(texts), "PYTEST_XDIST_WORKER": ""},
        )
        unit = (before + unit_seconds(texts)) / 2
        measured = json.loads(kept.read_text("utf-8"))["benchmarks"]
    for one in measured:
        rounds = one["stats"]["data"]
        values = {
            "wall_seconds": min(rounds),
            "median_seconds": statistics.median(rounds),
            "all_seconds": rounds,
            "unit_seconds": unit,
            "wall_units": min(rounds) / unit,
        }
        yield Record("kernels", {"kernel": one["params"]["kernel"], "megabytes": MEGABYTES}, values)
