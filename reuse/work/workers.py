"""Workers: what a stage hands its parts to, so that no stage knows how many there are or where they run.

A stage gives them a function and its parts. The function stands at module level, or is a small record with `__call__`
that holds the columns which it reads; it changes none of them. So the same stage runs in threads, which share the
columns (NumPy lets go of the interpreter's lock), or through any other executor that has the interface of
`concurrent.futures`: in processes, or on a cluster.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from threading import Event, Lock
from types import TracebackType
from typing import Any, Generic, Self, TypeVar, overload

import numpy as np
from numpy.typing import DTypeLike, NDArray

from reuse.arrays.ragged import bounds_of
from reuse.work.aside import Aside

_RANGE = 1 << 19  # keys of a range, so that what is made of it stays in the cache
_SAMPLED = 64  # keys of which one is looked at to find the borders of ranges
_BLOCK_DIGITS = 8  # binary digits of the number of a block of a column that is filled from all over
_WAITING = 2  # parts handed out at a time for each worker: one that it works on, one that it finds when that is done
_Part = TypeVar("_Part")
_Made = TypeVar("_Made")
_Result = TypeVar("_Result")


class StoppedError(Exception):
    """What was going on is not wanted any more: a stage beside it failed, or the scan was interrupted."""


class Workers:
    """So many workers, which do the parts of a stage at the same time.

    Use as a context manager around what may fail: when the block is left, nothing that was begun aside goes on.

    Args:
        count: How many; 0: as many as there are processors for this process. One thread is the calling one.
        executor: Where they run: makes an executor for so many workers. None: threads.

    Attributes:
        count: How many there are.
    """

    def __init__(self, count: int = 0, executor: Callable[[int], Executor] | None = None) -> None:
        self.count = count or processors()
        self._executor = executor
        self._pool: Executor | None = None
        self._lock = Lock()
        self._stopping = Event()
        self._asides: list[Aside[Any]] = []
        self._column: Callable[[int | tuple[int, ...], DTypeLike], NDArray[Any]] = np.zeros

    def __enter__(self) -> Self:
        self._stopping = Event()
        self._asides = []
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping.set()
        for begun in self._asides:
            begun.wait()
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    @overload
    def map(self, function: Callable[[_Part], _Made], parts: Iterable[_Part]) -> list[_Made]: ...

    @overload
    def map(
        self, function: Callable[[_Part], _Made], parts: Iterable[_Part], into: Callable[[_Made], _Result]
    ) -> list[_Result]: ...

    def map(
        self,
        function: Callable[[_Part], Any],
        parts: Iterable[_Part],
        into: Callable[[Any], Any] | None = None,
    ) -> list[Any]:
        """What `function` makes of each part, in the order of the parts.

        Args:
            function: Changes nothing that another call reads.
            parts: What is to be done; taken one by one, a few more than there are workers.
            into: Takes what was made where the caller's columns are, at the same time as others but in no order; then
                what it returns is the result. So nothing piles up that has its place in a column: see `Into`.

        Raises:
            StoppedError: The block of these workers was left.
        """
        if self._here:
            return [function(part) if into is None else into(function(part)) for part in self._until_stopped(parts)]
        if into and not self._executor:
            function, into = _Then(function, into), None
        results: dict[int, Any] = {}
        running: dict[Future[Any], int] = {}
        try:
            for number, part in enumerate(self._until_stopped(parts)):
                running[self._submit(function, part)] = number
                if len(running) >= _WAITING * self.count:
                    _collect(running, results, into)
            while running:
                _collect(running, results, into)
        finally:
            _give_up(running)
        return [results[number] for number in range(len(results))]

    def stream(self, function: Callable[[_Part], _Made], parts: Iterable[_Part]) -> Iterator[_Made]:
        """As `map`, but results are given one by one in the order of the parts, so that they do not pile up either."""
        if self._here:
            yield from map(function, self._until_stopped(parts))
            return
        waiting: deque[Future[_Made]] = deque()
        try:
            for part in self._until_stopped(parts):
                waiting.append(self._submit(function, part))
                if len(waiting) > self.count:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            _give_up(waiting)

    @overload
    def by_range(
        self,
        slices: Sequence[NDArray[np.uint64]],
        function: Callable[[NDArray[np.uint64]], _Made],
        *,
        low_width: int,
        size: int = _RANGE,
    ) -> list[_Made]: ...

    @overload
    def by_range(
        self,
        slices: Sequence[NDArray[np.uint64]],
        function: Callable[[NDArray[np.uint64]], _Made],
        *,
        low_width: int,
        into: Callable[[_Made], _Result],
        size: int = _RANGE,
    ) -> list[_Result]: ...

    def by_range(
        self,
        slices: Sequence[NDArray[np.uint64]],
        function: Callable[[NDArray[np.uint64]], Any],
        *,
        low_width: int,
        into: Callable[[Any], Any] | None = None,
        size: int = _RANGE,
    ) -> list[Any]:
        """What `function` makes of all keys in ascending order, a range of them at a time, in the order of the ranges.

        So many keys are sorted by many and in the cache, and no column of temporaries is as long as all of them.

        Args:
            slices: uint64: the keys, in arrays that each ascend, but for their low digits.
            function: Changes nothing that another call reads; the keys are its own.
            low_width: Keys that differ in so many low binary digits only are never parted.
            into: As in `map`.
            size: Keys of a range, more or less.
        """
        step = max(self._range(size, sum(map(len, slices))) // _SAMPLED, 1)
        sample = np.sort(np.concatenate([_NO_KEYS, *(keys[_SAMPLED - 1 :: _SAMPLED] for keys in slices)]))
        borders = sample[step::step]
        borders = np.unique(borders >> np.uint64(low_width)) << np.uint64(low_width)
        cuts = [[0, *np.searchsorted(keys, borders).tolist(), len(keys)] for keys in slices]
        ranges = (
            [keys[cut[number] : cut[number + 1]] for keys, cut in zip(slices, cuts, strict=True)]
            for number in range(len(borders) + 1)
        )
        in_order = partial(_in_order, function)
        return self.map(in_order, ranges) if into is None else self.map(in_order, ranges, into)

    def scatter(
        self,
        function: Callable[[_Part], tuple[NDArray[np.integer], NDArray[Any]]],
        parts: Iterable[_Part],
        column: NDArray[Any],
    ) -> None:
        """Put what `function` makes of each part into a column: rows from anywhere in it, and the value of each.

        Args:
            function: As in `map`.
            parts: As in `map`.
            column: From `column`; no row is told twice, unless with the same value.
        """
        if not self._executor:
            self.map(function, parts, into=Into(column))
            return
        # A mapped file that is written to all over again and again is again and again written to the disk.
        width = max((len(column) - 1).bit_length() - _BLOCK_DIGITS, 0)
        made = self.map(partial(_by_block, function, width), parts)
        for block in range(1 << _BLOCK_DIGITS):
            for rows, values, bounds in made:
                here = slice(int(bounds[block]), int(bounds[block + 1]))
                column[rows[here]] = values[here]

    def shared(self, value: _Made) -> _Made:
        """The same, its columns where all workers have them: memory for threads, else files that are mapped.

        Nothing that it holds can be changed afterwards.
        """
        return value

    def column(self, shape: int | tuple[int, ...], dtype: DTypeLike) -> NDArray[Any]:
        """A column of zeros for the caller to fill from many parts: in memory for threads, else in a mapped file.

        So what grows with the corpus takes up no memory that the system cannot have back where workers share none. As
        soon as workers are told of it, it cannot be changed any more.

        Args:
            shape: How many rows; or a tuple, rows first.
            dtype: Of its values.
        """
        return self._column(shape, dtype)

    def aside(self, function: Callable[[Workers], _Result], *, held: bool = False) -> Aside[_Result]:
        """Begin with something beside the stages that follow; with one worker, it is done when its result is wanted.

        Args:
            function: Is given the workers that it may use, which stop when the block is left: one where they are
                threads, else these.
            held: Do not begin before `Aside.begin`.
        """
        executor = None if self._executor is None else lambda _: self._started()
        beside = Workers(1 if executor is None else self.count, executor)
        beside._stopping = self._stopping
        beside._column = self._column
        begun = Aside(partial(function, beside))
        self._asides.append(begun)
        if self._here:
            begun.defer()
        elif not held:
            begun.begin()
        return begun

    @property
    def _here(self) -> bool:
        """Whether all is done in the calling thread."""
        return self.count == 1 and self._executor is None

    def _submit(self, function: Callable[[_Part], _Made], part: _Part) -> Future[_Made]:
        return self._started().submit(function, part)

    def _started(self) -> Executor:
        with self._lock:
            if self._pool is None:
                self._pool = (self._executor or ThreadPoolExecutor)(self.count)
            return self._pool

    def _range(self, size: int, total: int) -> int:  # noqa: ARG002 - workers elsewhere look at it
        """Keys that a range should have, of so many in all, where a thread would take `size`."""
        return size

    def _until_stopped(self, parts: Iterable[_Part]) -> Iterator[_Part]:
        for part in parts:
            if self._stopping.is_set():
                raise StoppedError
            yield part


ALONE = Workers(1)
"""The calling thread: who works where nobody else was asked for."""


@dataclass(frozen=True, slots=True)
class Into:
    """Puts what a function makes of a part where it belongs: rows of a column, and their values."""

    column: NDArray[Any]

    def __call__(self, made: tuple[slice | NDArray[np.integer], NDArray[Any]]) -> None:
        """Put them there."""
        rows, values = made
        self.column[rows] = values


def processors() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_NO_KEYS = np.zeros(0, dtype=np.uint64)


def _by_block(
    function: Callable[[_Part], tuple[NDArray[np.integer], NDArray[Any]]], width: int, part: _Part
) -> tuple[NDArray[np.integer], NDArray[Any], NDArray[np.int64]]:
    """Rows and values that a function makes, by blocks of 2 to the power of `width` rows, and where each begins."""
    rows, values = function(part)
    block = (rows >> width).astype(np.uint8)
    order = np.argsort(block, kind="stable")
    return rows[order], values[order], bounds_of(np.bincount(block, minlength=1 << _BLOCK_DIGITS))


def _in_order(function: Callable[[NDArray[np.uint64]], _Made], pieces: Sequence[NDArray[np.uint64]]) -> _Made:
    """What a function makes of the keys of all pieces, in ascending order."""
    keys = np.concatenate([_NO_KEYS, *pieces])
    keys.sort()
    return function(keys)


@dataclass(frozen=True, slots=True)
class _Then(Generic[_Part, _Made, _Result]):
    """One function after the other."""

    first: Callable[[_Part], _Made]
    second: Callable[[_Made], _Result]

    def __call__(self, part: _Part) -> _Result:
        return self.second(self.first(part))


def _collect(running: dict[Future[Any], int], results: dict[int, Any], into: Callable[[Any], Any] | None) -> None:
    """Wait until something is done, and take what is."""
    for future in wait(running, return_when=FIRST_COMPLETED).done:
        number = running.pop(future)
        made = future.result()
        results[number] = made if into is None else into(made)


def _give_up(futures: Iterable[Future[Any]]) -> None:
    """Begin with none of these any more, and wait for those that are under way."""
    futures = list(futures)
    for future in futures:
        future.cancel()
    wait(futures)
