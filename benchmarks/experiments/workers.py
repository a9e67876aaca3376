"""What it costs that workers share files and no memory: the same scan by threads, by processes and on Dask."""

from __future__ import annotations

import hashlib
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from benchmarks.detector import counts_of, scan_into, timings_of
from benchmarks.experiments.dense import dense_corpus
from benchmarks.experiments.quality import planted_corpus
from benchmarks.experiments.speed import unit_seconds
from benchmarks.results import Record

_SMALL = 64 << 20  # bytes; what holds less is no worker, but something that helps one


def ways_of(count: int, memory: str) -> Mapping[str, tuple[str, ...]]:
    """Each way to have so many workers, as words for the command; threads come first."""
    bounded = ("--memory", memory)
    return {
        "threads": ("--jobs", str(count)),
        "processes": ("--workers", str(count), *bounded),
        "Dask": ("--dask", f"local:{count}", *bounded),
    }


def workers_records(
    megabytes: float, count: int, memory: str, ways: Sequence[str] = (), options: Sequence[str] = (), kind: str = ""
) -> Iterator[Record]:
    """One scan of a corpus in each way; none named: in all of them.

    Args:
        megabytes: Size of the corpus.
        count: Workers.
        memory: Of each, as the command has it.
        ways: Keys of `ways_of`.
        options: Further words for the scan.
        kind: Of dense text (a key of `dense.KINDS`); empty: generated prose with planted copies.
    """
    texts = dense_corpus(kind, megabytes) if kind else planted_corpus(megabytes, real=False).texts
    first = ""
    for way, words in ways_of(count, memory).items():
        if ways and way not in ways:
            continue
        with tempfile.TemporaryDirectory() as temporary:
            out = Path(temporary) / "benchmark.reuse"
            before = unit_seconds(texts)
            cost = scan_into(out, (texts,), options=(*options, *words), watched=out.parent)
            unit = (before + unit_seconds(texts)) / 2
            found = content(out)
            first = first or found
            large = [size for size in cost.private if size >= _SMALL]
            values = {
                "wall_seconds": cost.wall,
                "cpu_seconds": cost.cpu,
                "peak_bytes": cost.peak,
                "unit_seconds": unit,
                "wall_units": cost.wall / unit,
                "cpu_units": cost.cpu / unit,
                "driver_bytes": large[0] if large else 0,
                "worker_bytes": max(large[1:], default=0),
                "disk_bytes": cost.disk,
                "run_bytes": sum(path.stat().st_size for path in out.rglob("*") if path.is_file()),
                "counts": counts_of(out),
                "stage_seconds": dict(timings_of(out)),
                "same": found == first,
            }
        parameters = {"kind": kind, "megabytes": megabytes, "way": way, "workers": count, "memory": memory}
        yield Record("workers", {**parameters, "options": " ".join(options)}, values)


def content(run: Path) -> str:
    """A digest of all that a run holds, but for when it was made and how long that took."""
    digest = hashlib.sha256()
    with closing(sqlite3.connect(run / "run.sqlite")) as database:
        named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_stat%' ORDER BY name"
        for (name,) in database.execute(named).fetchall():
            for row in database.execute(f'SELECT * FROM "{name}"'):
                if name != "meta" or row[0] not in {"created", "timings", "options"}:
                    digest.update(repr(row).encode())
    for path in sorted((run / "index").iterdir()):
        with path.open("rb") as column:
            digest.update(path.name.encode() + hashlib.file_digest(column, "sha256").digest())
    return digest.hexdigest()
