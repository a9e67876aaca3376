"""Workers that share a folder and no memory with the scan: processes of this machine, or of others.

An *engine* is whatever runs functions elsewhere: it makes an executor with the interface of `concurrent.futures` for so
many workers. All else is done here, once for all engines: functions and parts go out as pickles that refer to files,
results come back as files, what a dead worker leaves undone is done once more, and what a scan before this one has done
already is not done again.
"""

from __future__ import annotations

import errno
import shutil
import threading
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

import numpy as np
from numpy.typing import DTypeLike, NDArray

from reuse.errors import WorkError
from reuse.work.files import LARGE, Shelf
from reuse.work.memory import raise_open_files
from reuse.work.tasks import Task, versions
from reuse.work.workers import StoppedError, Workers

Engine = Callable[[int], Executor]
"""Makes an executor for so many workers; called again when one is broken."""

_Value = TypeVar("_Value")
_TRIES = 2  # of a part, when the worker that has it dies
_REMOVALS, _PAUSE = 20, 0.1  # times that removing a folder is tried, and seconds in between
_BYTES_OF_KEY = 128  # that a worker takes up, more or less, for each key of a range


class WorkersApart(Workers):
    """Workers that an engine runs, wherever that is.

    Args:
        count: How many; 0: as many as there are processors for this process.
        engine: What runs them.
        folder: Where the files lie in between: all workers have it under this name. It is made, and removed afterwards.
        memory: Bytes that each of them may take up, more or less.
        resume: Whether the folder stays when the block is left by an error, and what lies there is not done again.
        ranges: Ranges into which keys are parted; 0: as many as `memory` asks for.
        died: Errors by which an engine that sends the tasks of dead workers to others tells that it gave one up.
        far: Whether some of them may be on other machines, which see what was mapped when it is on the disk.
    """

    def __init__(
        self,
        count: int,
        engine: Engine,
        folder: Path,
        *,
        memory: int = 1 << 30,
        resume: bool = False,
        ranges: int = 0,
        died: tuple[type[BaseException], ...] = (),
        far: bool = True,
    ) -> None:
        super().__init__(count, self._begin)
        self._column = self._new_column
        self._engine, self._folder, self._resume = engine, folder.resolve(), resume
        self._memory, self._ranges, self._died, self._far = memory, ranges, died, far

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            super().__exit__(kind, error, trace)
        finally:
            if kind is None or not self._resume:
                _remove(self._folder)

    def shared(self, value: _Value) -> _Value:
        """As there; columns that nobody else holds take up no memory any more that the system cannot have back."""
        executor = self._started()
        return executor.mapped(value) if isinstance(executor, _Sender) else value

    def _begin(self, count: int) -> Executor:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WorkError(
                f"{self._folder}: this folder for the workers' files cannot be made ({error.strerror}); "
                "choose another place with -o"
            ) from error
        raise_open_files()
        shelf = Shelf(self._folder, lasting=self._resume, far=self._far)
        return _Sender(lambda: self._engine(count), shelf, died=self._died)

    def _new_column(self, shape: int | tuple[int, ...], dtype: DTypeLike) -> NDArray[Any]:
        executor = self._started()
        if not isinstance(executor, _Sender):
            return np.zeros(shape, dtype)
        return executor.column((shape,) if isinstance(shape, int) else shape, np.dtype(dtype))

    def _range(self, size: int, total: int) -> int:
        if self._ranges:
            return max(total // self._ranges, 1)
        return max(min(total // (32 * self.count), self._memory // _BYTES_OF_KEY), size)


def _remove(folder: Path) -> None:
    """Remove a folder, in which a worker that heard too late that it is stopped may still write a file."""
    for _ in range(_REMOVALS):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.is_dir():
            return
        time.sleep(_PAUSE)


class _Sender(Executor):
    """Makes tasks of functions and parts, and sends them to an engine's executor."""

    def __init__(self, engine: Callable[[], Executor], shelf: Shelf, *, died: tuple[type[BaseException], ...]) -> None:
        self._engine, self._folder, self._died = engine, shelf.folder, died
        self._shelf = shelf
        self._done = self._shelf.has()
        self._executor = engine()
        self._lock = threading.RLock()
        self._last = threading.local()  # the function of which a thread sent a part last, and its file

    def submit(self, function: Callable[..., Any], /, *parts: Any, **_: Any) -> Future[Any]:  # noqa: ANN401 - as Executor has it
        """Send one part; what comes back is read when the result is asked for."""
        (part,) = parts
        with self._lock:
            pickled = self._shelf.dumps(part)
            task = self._task(self._file_of(function), pickled)
        sent = _Sent(self._shelf, task, (function, part))
        if task.made in self._done:
            sent.set_result(task.made)
        else:
            self._send(sent, _TRIES)
        return sent

    def mapped(self, value: _Value) -> _Value:
        """The same, its large columns mapped files."""
        same: _Value = self._shelf.loads(self._shelf.dumps(value, words=True))
        return same

    def column(self, shape: tuple[int, ...], dtype: np.dtype[Any]) -> NDArray[Any]:
        """A column of zeros to be filled.

        Raises:
            WorkError: The disk is full.
        """
        try:
            return self._shelf.new(shape, dtype)
        except OSError as error:
            raise _explained(error, self._folder) from None

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the engine's executor."""
        self._executor.shutdown(wait=wait, cancel_futures=cancel_futures)

    def _task(self, function: str, pickled: bytes) -> Task:
        name = self._shelf.name_of(function.encode() + pickled)
        part: bytes | str = pickled
        if len(pickled) >= LARGE:
            part = f"part-{name}"
            if part not in self._done:
                self._shelf.put_pickled(part, pickled)
        return Task(self._folder, function, part, f"made-{name}", versions())

    def _file_of(self, function: object) -> str:
        """The file of a function, which is written for the first of its parts."""
        known, name = getattr(self._last, "function", (None, ""))
        if known is not function:
            pickled = self._shelf.dumps(function, words=True)
            name = f"function-{self._shelf.name_of(versions().encode() + pickled)}"
            if name not in self._done:
                self._shelf.put_pickled(name, pickled)
            self._last.function = function, name
        return name

    def _send(self, sent: _Sent, tries: int) -> None:
        with self._lock:
            executor = self._executor
            try:
                inner = executor.submit(sent.task)
            except BrokenExecutor:
                inner = self._instead_of(executor).submit(sent.task)
            sent.inner = inner
        inner.add_done_callback(partial(self._ended, sent, executor, tries))

    def _ended(self, sent: _Sent, executor: Executor, tries: int, inner: Future[str]) -> None:
        """Tell whoever waits for a part, or send it again."""
        if inner.cancelled():
            sent.set_exception(WorkError("whoever hands out the parts of the scan let go of them; see its log"))
            return
        error = inner.exception()
        if error is None:
            sent.set_result(inner.result())
        elif isinstance(error, self._died):
            sent.set_exception(WorkError(_DIED))
        elif not isinstance(error, BrokenExecutor):
            sent.set_exception(_explained(error, self._folder))
        elif tries > 1:
            with self._lock:
                self._instead_of(executor)
            try:
                self._send(sent, tries - 1)
            except RuntimeError:  # nothing is sent any more
                sent.set_exception(StoppedError())
        else:
            sent.set_exception(WorkError(_DIED))

    def _instead_of(self, broken: Executor) -> Executor:
        """Another executor, or the one that another part has got in its place already."""
        if self._executor is broken:
            broken.shutdown(wait=False)
            self._executor = self._engine()
        return self._executor


class _Sent(Future[Any]):
    """What becomes of a part; its result is read from its file when it is asked for.

    Attributes:
        task: What was sent.
        inner: What the engine makes of it; None: it was done before.
    """

    def __init__(self, shelf: Shelf, task: Task, held: tuple[object, object]) -> None:
        super().__init__()
        self.task = task
        self.inner: Future[str] | None = None
        self._shelf = shelf
        self._held: tuple[object, object] | None = held  # with the columns whose files the worker reads

    def cancel(self) -> bool:
        """Do not begin with it any more, if that has not happened."""
        return self.inner is not None and self.inner.cancel() and super().cancel()

    def result(self, timeout: float | None = None) -> Any:  # noqa: ANN401 - whatever was made
        """What was made, its large columns mapped; once only."""
        super().result(timeout)
        made = self._shelf.get(self.task.made)
        self._held = None
        self._shelf.used_up(self.task.made)
        if isinstance(self.task.part, str):
            self._shelf.used_up(self.task.part)
        return made


_DIED = (
    "workers died more than once at the same part of the scan: for want of memory (take fewer of them, or give each"
    ' more with --memory), or because a Python script scans outside of a block `if __name__ == "__main__":`'
)


def _explained(error: BaseException, folder: Path) -> BaseException:
    """What went wrong at a worker, with a remedy if the reason is none of the scan's own."""
    if isinstance(error, MemoryError):
        return WorkError("a part of the scan did not fit into the memory of a worker; allow it more with --memory")
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return WorkError(f"{folder}: the disk is full; free some space, or name with -o a run on another disk")
    return error
