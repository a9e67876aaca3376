"""How long a stored run takes to be shown: reports, exports, and the first screen of the terminal interface."""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.experiments.quality import planted_corpus
from benchmarks.process import run
from benchmarks.results import Record
from reuse.run.run import Run

OUTPUTS = (("report", "report.html"), ("report", "report.md"), ("export", "matches.jsonl"), ("export", "matches.csv"))


def outputs_records(megabytes: float) -> list[Record]:
    """Whole processes that write from one run of a planted corpus, and the terminal interface on it."""
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
        first, key = asyncio.run(_interface(stored))
    for name, seconds in (("terminal: first screen", first), ("terminal: one key", key)):
        records.append(Record("outputs", {"megabytes": megabytes, "output": name}, {"wall_seconds": seconds}))
    return records


async def _interface(stored: Path) -> tuple[float, float]:
    """Seconds until the terminal interface shows a run, and until it has answered a key, the mean of fifty."""
    from tui.actions import ACTIONS  # noqa: PLC0415 - no other benchmark needs the interface
    from tui.app import Browser  # noqa: PLC0415

    with Run.open(stored) as opened:
        begun = time.perf_counter()
        async with Browser(opened, ACTIONS, {}).run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            first = time.perf_counter() - begun
            begun = time.perf_counter()
            for _ in range(50):
                await pilot.press("down")
            return first, (time.perf_counter() - begun) / 50
