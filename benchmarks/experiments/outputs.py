"""How long a stored run takes to be written out as reports and exports, and how quickly the terminal UI shows it."""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.detector import matches_of
from benchmarks.errors import BenchmarkError
from benchmarks.experiments.quality import planted_corpus
from benchmarks.process import run
from benchmarks.results import Record

OUTPUTS = (("report", "report.html"), ("report", "report.md"), ("export", "matches.jsonl"), ("export", "matches.csv"))


def outputs_records(megabytes: float) -> Iterator[Record]:
    """Whole processes that write from one run of a planted corpus of real prose, and a session in the terminal UI."""
    corpus = planted_corpus(megabytes, real=True)
    with tempfile.TemporaryDirectory() as temporary:
        stored = Path(temporary) / "run.reuse"
        run([sys.executable, "-m", "reuse", "scan", corpus.texts, "-o", stored, "-q"])
        for command, file in OUTPUTS:
            what = ["matches"] if command == "export" else []
            out = Path(temporary) / file
            cost = run([sys.executable, "-m", "reuse", command, stored, *what, "-o", out])
            values = {"wall_seconds": cost.wall, "peak_bytes": cost.peak, "bytes": out.stat().st_size}
            yield Record("outputs", {"megabytes": megabytes, "output": f"{command} {file}"}, values)
        yield ui_record(stored, megabytes)


def ui_record(stored: Path, megabytes: float) -> Record:
    """A session in the terminal UI on a stored run: the first paint, and the wait after each key.

    Raises:
        BenchmarkError: Nothing was painted, or this system has no pseudo-terminals.
    """
    try:
        from benchmarks import ui  # noqa: PLC0415 - only systems with pseudo-terminals have what it needs

        answer = ui.measure(stored)
    except (ImportError, OSError) as error:
        raise BenchmarkError(f"the terminal UI cannot be measured here: {error}") from error
    every = [seconds for key in answer.keys.values() for seconds in key]
    values = {
        "first_paint_seconds": answer.first_paint,
        "median_seconds": statistics.median(every),
        "worst_seconds": max(every),
        "key_seconds": {
            name: {"median": statistics.median(seconds), "worst": max(seconds)}
            for name, seconds in answer.keys.items()
            if seconds
        },
        "peak_bytes": answer.megabytes * 1024 * 1024,
        "matches": len(matches_of(stored)),
    }
    return Record("ui", {"megabytes": megabytes}, values)
