"""What it costs the scan's own process that each range of keys is put together from a piece of each slice."""

from __future__ import annotations

import time
from concurrent.futures import Executor, Future
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from reuse.work.apart import WorkersApart
from reuse.work.files import Shelf
from reuse.work.tasks import Task

PIECE = 16
"""Keys of a piece: so few that it matters how many pieces there are, and not how large they are."""


def seconds_of_a_piece(slices: int = 1000, ranges: int = 1000) -> float:
    """Seconds of the processor that one piece of one range takes where parts are handed out."""
    source = np.random.default_rng(1)
    columns = [np.sort(source.integers(0, 1 << 62, ranges * PIECE, dtype=np.uint64)) for _ in range(slices)]
    with TemporaryDirectory() as folder:
        workers = WorkersApart(1, lambda _: _Idle(), Path(folder) / "work", ranges=ranges)
        with workers:
            begun = time.thread_time()
            workers.by_range(columns, _nothing, low_width=0)
            return (time.thread_time() - begun) / (slices * ranges)


class _Idle(Executor):
    """Does nothing with what it is given, and says that it did it."""

    def submit(self, task: Task, /) -> Future[str]:  # type: ignore[override]
        """Make an empty result."""
        Shelf(task.folder).put(task.made, None)
        done: Future[str] = Future()
        done.set_result(task.made)
        return done


def _nothing(keys: NDArray[np.uint64]) -> None:
    """Takes keys, and makes nothing of them."""
