"""Processes of this machine as workers."""

from __future__ import annotations

import multiprocessing
import os
import signal
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import suppress
from multiprocessing.context import SpawnContext, SpawnProcess
from pathlib import Path
from threading import Thread

from reuse.errors import STOPPING
from reuse.work.apart import WorkersApart


class ProcessWorkers(WorkersApart):
    """So many processes of this machine.

    A script that makes them keeps what it does behind `if __name__ == "__main__":`, for each of them imports it.

    Args:
        count: How many; 0: as many as there are processors for this process.
        folder: Where the files lie in between; see `WorkersApart`.
        memory: Bytes that each may take up, mapped files apart; a part that needs more fails, where the system can see
            to that (Linux).
        resume: See there.
    """

    def __init__(self, count: int, folder: str | Path, *, memory: int = 1 << 30, resume: bool = False) -> None:
        super().__init__(
            count, lambda count: _processes(count, memory), Path(folder), memory=memory, resume=resume, far=False
        )


def _processes(count: int, memory: int) -> Executor:
    return ProcessPoolExecutor(count, _Context(), initializer=_prepare, initargs=(memory,))


class _Process(SpawnProcess):
    """A worker, which leaves to the scan the signals that ask a process to end.

    So where its executor ends it, because another worker died, it is one that cannot be left: the dead one may hold the
    lock of the queue, and this one would wait for it for ever, and the scan for this one.
    """

    def terminate(self) -> None:
        """End it at once."""
        self.kill()


class _Context(SpawnContext):
    """Not forked: that is not safe where threads run, and they do."""

    Process = _Process


def _prepare(memory: int) -> None:
    """Leave it to the scan to stop this process, end with it however it ends, and take up so much memory at most."""
    for number in (signal.SIGINT, *STOPPING):
        signal.signal(number, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - Windows has none

        resource.setrlimit(resource.RLIMIT_DATA, (memory, resource.RLIM_INFINITY))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
