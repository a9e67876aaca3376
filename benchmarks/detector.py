"""This project's own detector, called as any user would: the command `scan`, its result read from the run's tables."""

from __future__ import annotations

import json
import sqlite3
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.errors import BenchmarkError
from benchmarks.passages import PassagePairs
from benchmarks.process import Cost, run


@dataclass(frozen=True, slots=True)
class Detected:
    """What a detector found, and what that cost.

    Attributes:
        pairs: The matches.
        bits: float64 (matches,): the surprise of each match.
        evalues: float64 (matches,): the E-value of each match.
        passages: int64 (passages, 3): document, start and end of every passage of every cluster.
        cost: Of the whole process.
        timings: Seconds by stage, as the run records them; empty when it records none.
    """

    pairs: PassagePairs
    bits: NDArray[np.float64]
    evalues: NDArray[np.float64]
    passages: NDArray[np.int64]
    cost: Cost
    timings: Mapping[str, float]


def scan(
    folders: Sequence[Path],
    *,
    between: bool = False,
    options: Sequence[str] = (),
    limit: float | None = None,
    python: Path | None = None,
) -> Detected:
    """Scan folders in a process of its own, into a run that is thrown away.

    Args:
        folders: Folders to scan as one corpus.
        between: Compare the documents of two folders with each other only.
        options: Further words for the command, such as `--preset ocr` or `--jobs 2`.
        limit: Seconds after which the scan is ended.
        python: Interpreter of the environment whose detector is run; None: this one.

    Raises:
        BenchmarkError: The scan failed.
    """
    with tempfile.TemporaryDirectory() as temporary:
        out = Path(temporary) / "benchmark.reuse"
        cost = scan_into(out, folders, between=between, options=options, limit=limit, python=python)
        bits, evalues = _scores_of(out)
        return Detected(matches_of(out), bits, evalues, _passages_of(out), cost, timings_of(out))


def scan_into(
    out: Path,
    folders: Sequence[Path],
    *,
    between: bool = False,
    options: Sequence[str] = (),
    limit: float | None = None,
    python: Path | None = None,
    watched: Path | None = None,
) -> Cost:
    """Scan folders in a process of its own, into a run that stays.

    Args:
        out: Folder of the run.
        folders: Folders to scan as one corpus.
        between: As in `scan`.
        options: As in `scan`.
        limit: As in `scan`.
        python: As in `scan`.
        watched: Folder whose disk space is watched; see `process.run`.

    Raises:
        BenchmarkError: The scan failed.
    """
    paths = [folder.absolute() for folder in folders]
    words: list[str | Path] = ["scan", *(["--between"] if between else []), *paths, "-o", out.absolute(), *options]
    return textreuse(words, python, limit=limit, watched=watched)


def textreuse(
    words: Sequence[str | Path],
    python: Path | None = None,
    *,
    limit: float | None = None,
    watched: Path | None = None,
) -> Cost:
    """Run the command `textreuse` of this environment, or of another one, in a process of its own.

    Args:
        words: Its arguments; paths have to be absolute.
        python: Interpreter of the other environment.
        limit: Seconds after which it is ended.
        watched: Folder whose disk space is watched; see `process.run`.

    Raises:
        BenchmarkError: It failed.
    """
    command = [python or sys.executable, "-m", "reuse", *words]
    if python is None:
        return run(command, limit=limit, watched=watched)
    # In a folder of its own and without a path to search first, no package of this environment is in the way.
    with tempfile.TemporaryDirectory() as folder:
        return run(command, folder=Path(folder), environment={"PYTHONPATH": ""}, limit=limit, watched=watched)


def matches_of(folder: Path) -> PassagePairs:
    """All matches of a stored run, by one query."""
    with closing(_database(folder)) as database:
        documents = [name for (name,) in database.execute("SELECT id FROM documents ORDER BY doc")]
        rows = database.execute("SELECT a, a_start, a_end, b, b_start, b_end FROM matches ORDER BY match").fetchall()
    columns = np.array(rows, dtype=np.int64).reshape(-1, 6)
    return PassagePairs.of(documents, list(columns.T))


def _scores_of(folder: Path) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    with closing(_database(folder)) as database:
        rows = database.execute("SELECT bits, evalue FROM matches ORDER BY match").fetchall()
    columns = np.array(rows, dtype=np.float64).reshape(-1, 2)
    return columns[:, 0], columns[:, 1]


def _passages_of(folder: Path) -> NDArray[np.int64]:
    with closing(_database(folder)) as database:
        rows = database.execute('SELECT doc, "start", "end" FROM passages').fetchall()
    return np.array(rows, dtype=np.int64).reshape(-1, 3)


def timings_of(folder: Path) -> dict[str, float]:
    """Seconds by stage, from a run's `meta`."""
    return {str(stage): float(seconds) for stage, seconds in _meta(folder, "timings").items()}


def counts_of(folder: Path) -> dict[str, int]:
    """How much a run holds of what, from its `meta`."""
    return {str(name): int(count) for name, count in _meta(folder, "counts").items()}


def _meta(folder: Path, key: str) -> dict[str, Any]:
    with closing(_database(folder)) as database:
        found = database.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return dict(json.loads(found[0])) if found else {}


def _database(folder: Path) -> sqlite3.Connection:
    path = folder / "run.sqlite"
    if not path.exists():
        raise BenchmarkError(f"{folder}: not a run (no run.sqlite)")
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True)
