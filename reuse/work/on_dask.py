"""Workers of a Dask cluster (Rocklin 2015), which schedules tasks on as many machines as it has."""

from __future__ import annotations

import logging
import re
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import TYPE_CHECKING

from reuse.errors import MissingExtraError, UsageError, WorkError
from reuse.work import memory
from reuse.work.apart import WorkersApart
from reuse.work.tasks import Task, refuse_other_versions, versions

if TYPE_CHECKING:
    from distributed import LocalCluster

_ANSWER = 10  # seconds for the scheduler's first answer
_WAIT = 600  # seconds for the first worker, which may stand in a queue of a batch system


class DaskWorkers(WorkersApart):
    """The workers of a Dask scheduler; those that come while the scan runs help as well.

    A script that starts some with `local:N` keeps what it does behind `if __name__ == "__main__":`.

    Args:
        scheduler: Its address (`tcp://…:8786`); the path of its scheduler file; or `local:N`, a scheduler with N
            workers of one thread each on this machine, for as long as the scan takes.
        folder: Where the files lie in between; all workers have it under this name.
        memory: Bytes that each worker may take up, more or less; those of `local:N` are restarted when they take up
            more, to which Dask adds what they map.
        resume: See `WorkersApart`.

    Raises:
        MissingExtraError: Dask is not installed.
        UsageError: The scheduler is named in none of the three ways.
    """

    def __init__(self, scheduler: str, folder: str | Path, *, memory: int = 1 << 30, resume: bool = False) -> None:
        try:
            from distributed import KilledWorker  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise MissingExtraError("workers on Dask need it installed: pip install 'textreuse[dask]'") from error
        if not re.fullmatch(r"local:[1-9]\d*|\w+://.+", scheduler) and not Path(scheduler).is_file():
            raise UsageError(
                f"{scheduler}: no Dask scheduler is named so, and there is no scheduler file; give its address as"
                " tcp://HOST:8786, its scheduler file, or local:N for N workers of this machine"
            )
        far = not scheduler.startswith("local:")
        super().__init__(1, self._connected, Path(folder), memory=memory, resume=resume, died=(KilledWorker,), far=far)
        self._scheduler = scheduler

    def _connected(self, _: int) -> Executor:
        executor = _OnDask(self._scheduler, self._memory)
        self.count = executor.threads
        return executor


class _OnDask(Executor):
    """What a scheduler does, with the interface of `concurrent.futures`.

    Attributes:
        threads: Tasks that its workers can do at the same time, as many as there are of them now.
    """

    def __init__(self, scheduler: str, memory_of_worker: int) -> None:
        from distributed import Client  # noqa: PLC0415 - an extra

        self._cluster = None
        try:
            if scheduler.startswith("local:"):
                self._cluster = _local(int(scheduler.removeprefix("local:")), memory_of_worker)
            named = (
                {"scheduler_file": scheduler} if Path(scheduler).is_file() else {"address": self._cluster or scheduler}
            )
            self._client = Client(**named, timeout=_ANSWER)
            self._client.wait_for_workers(1, timeout=_WAIT)
        except (OSError, TimeoutError) as error:
            raise WorkError(f"{scheduler}: no Dask scheduler that has workers answers there ({error})") from error
        except RuntimeError as error:  # what Dask makes of a worker that died before it had begun
            raise WorkError(f"{scheduler}: the workers did not begin ({error}); see whether memory is short") from error
        try:
            for address, found in self._client.run(versions).items():
                refuse_other_versions(address, found)
        except BaseException:
            self.shutdown()
            raise
        self._tasks = self._client.get_executor(pure=False)
        self.threads = sum(self._client.nthreads().values())

    def submit(self, task: Task, /) -> Future[str]:  # type: ignore[override]
        """Hand a task to the scheduler."""
        sent: Future[str] = self._tasks.submit(_done, task)
        return sent

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002 - as there
        """Leave the scheduler, and end it if it was begun here."""
        self._client.close()
        if self._cluster:
            self._cluster.close()


def _local(count: int, memory_of_worker: int) -> LocalCluster:
    """A scheduler and so many workers of this machine, which are not looked at a hundred times a second."""
    import dask  # noqa: PLC0415 - an extra
    from distributed import LocalCluster  # noqa: PLC0415 - an extra

    with dask.config.set({"distributed.worker.profile.enabled": False}):
        return LocalCluster(
            n_workers=count,
            threads_per_worker=1,
            memory_limit=memory_of_worker,
            dashboard_address="127.0.0.1:0",  # any free port: None takes 8787, or complains
            silence_logs=logging.CRITICAL,
        )


def _done(task: Task) -> str:
    """What a task returns, done at a worker whose process keeps what it frees."""
    memory.keep_freed()
    return task()
