"""How long a stored run takes to be written out as reports and exports.

How quickly the terminal interface answers is measured by `benchmarks.ui`.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.experiments.quality import planted_corpus
from benchmarks.process import run
from benchmarks.results import Record

OUTPUTS = (("report", "report.html"), ("report", "report.md"), ("export", "matches.jsonl"), ("export", "matches.csv"))


def outputs_records(megabytes: float) -> list[Record]:
    """Whole processes that write from one run of a planted corpus of real prose."""
    corpus = planted_corpus(megabytes, real=True)
    records = []
    with tempfile.TemporaryDirectory() as temporary:
        stored = Path(temporary) / "run.reuse"
        run([sys.executable, "-m", "reuse", "scan", corpus.texts, "-o", stored, "-q"])
        for command, file in OUTPUTS:
            what = ["matches"] if command == "export" else []
            out = Path(temporary) / file
            cost = run([sys.executable, "-m", "reuse", command, stored, *what, "-o", out])
            values = {"wall_seconds": cost.wall, "peak_bytes": cost.peak, "bytes": out.stat().st_size}
            records.append(Record("outputs", {"megabytes": megabytes, "output": f"{command} {file}"}, values))
    return records
