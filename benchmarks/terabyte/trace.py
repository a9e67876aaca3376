"""A scan by workers that share no memory, measured part by part; `python -m benchmarks.terabyte.trace TEXTS` prints it.

What the scan's own process does while parts are under way is told apart from what it does between them, for which all
workers wait. Seconds are those of the processor, so that other programs on the machine hardly change them.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reuse.pipeline import scan
from reuse.work.apart import WorkersApart
from reuse.work.files import Shelf
from reuse.work.tasks import Task

_PAUSE = 0.5  # seconds between two looks at the folder of the workers' files


@dataclass(slots=True)
class Step:
    """One function and all of its parts, which workers do at the same time.

    Attributes:
        stage: Of the scan.
        name: The function.
        aside: Whether it runs beside the stages, with what finds formulas.
        driver: Seconds of the scan's own process while the parts are under way; 0 of what runs aside.
        tasks: Of each part, seconds of its worker.
        made: Bytes that came back from all.
        slices: Columns of keys of which each part takes a piece; 0 of parts that are no ranges of keys, and aside.
    """

    stage: str
    name: str
    aside: bool = False
    driver: float = 0.0
    tasks: list[float] = field(default_factory=list)
    made: int = 0
    slices: int = 0


@dataclass(slots=True)
class Trace:
    """What a scan was made of.

    Attributes:
        characters, tokens, documents: Of the corpus.
        steps: In the order in which they began.
        serial: Seconds of the scan's own process by stage, between its steps.
        beside: Seconds of its other threads in all: formulas, and the writing of words.
        written: Bytes that this process wrote, of columns and of the run.
        disk: Most bytes that the workers' files took up at a time, as far as seen.
        run: Bytes of the run.
        memory: Most bytes of this process that no file backs, as far as seen.
        counts: Rows of what was found, as the run says.
    """

    characters: int = 0
    tokens: int = 0
    documents: int = 0
    steps: list[Step] = field(default_factory=list)
    serial: dict[str, float] = field(default_factory=dict)
    beside: float = 0.0
    written: int = 0
    disk: int = 0
    run: int = 0
    memory: int = 0
    counts: dict[str, int] = field(default_factory=dict)


def traced(texts: Path, folder: Path, count: int = 1, memory: int = 1 << 30) -> Trace:
    """Scan texts by so many processes, and measure.

    Args:
        texts: Folder of the corpus.
        folder: Where the run and the files of the workers go.
        count: Workers.
        memory: Of each, in bytes.
    """
    clock = _Clock()
    workers = _Traced(count, clock, folder / "work", memory)
    out = folder / "traced.reuse"
    with _watched(folder / "work", clock.trace):
        run = scan([texts], out, workers=workers, progress=clock)
    clock.stage("", None)
    trace = clock.trace
    trace.beside = time.process_time() - time.thread_time()
    trace.written = _of_process("io", "wchar:")
    trace.run = _bytes_in(out) + _bytes_in(out / "index")
    with run:
        trace.counts = {name: count for name, count in run.meta["counts"].items() if isinstance(count, int)}
    trace.characters, trace.tokens = trace.counts["characters"], trace.counts["tokens"]
    trace.documents = trace.counts["documents"]
    return trace


class _Clock:
    """Told of the stages; knows which one it is, and how long the main thread has been at it."""

    def __init__(self) -> None:
        self.trace = Trace()
        self.now = "start"
        self._here = threading.local()
        self._since = time.thread_time()
        self._in_steps = 0.0

    def stage(self, name: str, total: int | None) -> None:  # noqa: ARG002 - as Progress has it
        """A stage begins."""
        at = time.thread_time()
        self.trace.serial[self.now] = at - self._since - self._in_steps
        self.now, self._since, self._in_steps = name, at, 0.0

    def advance(self, n: int) -> None:
        """As Progress has it."""

    @property
    def step(self) -> Step | None:
        """The step that this thread is in."""
        return getattr(self._here, "step", None)

    @contextmanager
    def within(self, step: Step) -> Iterator[None]:
        """This thread is in a step while the block runs; a step within another one is a part of that."""
        if self.step:
            yield
            return
        if not step.driver:
            self.trace.steps.append(step)
        self._here.step, begun = step, time.thread_time()
        try:
            yield
        finally:
            spent = time.thread_time() - begun
            step.driver += spent
            self._in_steps += spent
            self._here.step = None


class _Traced(WorkersApart):
    """Processes of this machine whose parts are measured."""

    def __init__(self, count: int, clock: _Clock, folder: Path, memory: int) -> None:
        super().__init__(count, lambda count: _Measuring(count, clock), folder, memory=memory)
        self._clock, self._slices = clock, 0

    def by_range(self, slices: Sequence[NDArray[np.uint64]], *others: Any, **named: Any) -> list[Any]:  # noqa: ANN401
        """As there."""
        self._slices = len(slices)
        try:
            return super().by_range(slices, *others, **named)
        finally:
            self._slices = 0

    def map(
        self, function: Callable[[Any], Any], parts: Iterable[Any], into: Callable[[Any], Any] | None = None
    ) -> list[Any]:
        """As there."""
        with self._clock.within(Step(self._clock.now, name_of(function), slices=self._slices)):
            return super().map(function, parts) if into is None else super().map(function, parts, into)

    def stream(self, function: Callable[[Any], Any], parts: Iterable[Any]) -> Iterator[Any]:
        """As there."""
        step, results = Step(self._clock.now, name_of(function)), super().stream(function, parts)
        while True:
            with self._clock.within(step):
                try:
                    made = next(results)
                except StopIteration:
                    return
            yield made


class _Measuring(Executor):
    """Processes that say how long they took for each task, and how much they made of it."""

    def __init__(self, count: int, clock: _Clock) -> None:
        self._pool = ProcessPoolExecutor(count, multiprocessing.get_context("spawn"))
        self._clock = clock
        self._aside: dict[str, Step] = {}

    def submit(self, task: Task, /) -> Future[str]:  # type: ignore[override]
        """Send a task."""
        step = self._clock.step or self._step_aside(task)
        sent: Future[str] = Future()
        self._pool.submit(_measured, task).add_done_callback(partial(_noted, sent, step))
        return sent

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes."""
        self._pool.shutdown(wait=wait, cancel_futures=cancel_futures)

    def _step_aside(self, task: Task) -> Step:
        """The step of a thread that runs beside the stages, by the file of its function."""
        if task.function not in self._aside:
            name = name_of(Shelf(task.folder).get(task.function))
            self._aside[task.function] = Step("formulas", name, aside=True)
            self._clock.trace.steps.append(self._aside[task.function])
        return self._aside[task.function]


def _measured(task: Task) -> tuple[str, float, int]:
    """What a task returns, the seconds that it took and the bytes that it made."""
    begun = time.process_time()
    made = task()
    return made, time.process_time() - begun, (task.folder / made).stat().st_size


def _noted(sent: Future[str], step: Step, inner: Future[tuple[str, float, int]]) -> None:
    """Hand on the name of a file that was made, or the error; note what it cost."""
    error = inner.exception()
    if error is not None:
        sent.set_exception(error)
        return
    name, seconds, size = inner.result()
    step.tasks.append(seconds)
    step.made += size
    sent.set_result(name)


def name_of(function: object) -> str:
    """Module and name of what a function does in the end: of the one that others wrap."""
    while isinstance(function, partial):
        inner = next((one for one in function.args if callable(one)), None)
        function = function.func if inner is None else inner
    named = function if hasattr(function, "__qualname__") else type(function)
    return f"{named.__module__.rpartition('.')[2]}.{named.__qualname__.lstrip('_')}"


@contextmanager
def _watched(folder: Path, trace: Trace) -> Iterator[None]:
    """While the block runs, look at how much lies in a folder and in the memory of this process."""
    done = threading.Event()

    def look() -> None:
        while not done.wait(_PAUSE):
            trace.disk = max(trace.disk, _bytes_in(folder))
            trace.memory = max(trace.memory, 1024 * _of_process("status", "RssAnon:"))

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def _bytes_in(folder: Path) -> int:
    found = 0
    with suppress(FileNotFoundError):
        for entry in os.scandir(folder):
            with suppress(FileNotFoundError):
                found += entry.stat().st_size if entry.is_file() else 0
    return found


def _of_process(file: str, field: str) -> int:
    """A number that the system tells of this process."""
    lines = Path(f"/proc/self/{file}").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(field))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(dir=sys.argv[2] if len(sys.argv) > 2 else None) as temporary:
        print(json.dumps(asdict(traced(Path(sys.argv[1]), Path(temporary)))))
