"""Work in threads: NumPy lets go of the interpreter's lock, so that slices of flat columns keep all processors busy."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock, Thread
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

_SHORT_TURN = 0.0005  # seconds
_RANGE = 1 << 19  # keys of a range, so that what is made of it stays in the cache
_SAMPLED = 64  # keys of which one is looked at to find the borders of ranges
_Part = TypeVar("_Part")
_Result = TypeVar("_Result")


def in_threads(function: Callable[[_Part], _Result], parts: Iterable[_Part], jobs: int) -> list[_Result]:
    """What `function` makes of each part, in the order of the parts.

    Args:
        function: Changes nothing that another call reads.
        parts: What is to be done.
        jobs: Threads; with 1 everything happens in the calling one.
    """
    if jobs == 1:
        return [function(part) for part in parts]
    with ThreadPoolExecutor(jobs) as pool:
        return list(pool.map(function, parts))


def one_by_one(function: Callable[[_Part], _Result], parts: Iterable[_Part], jobs: int) -> Iterator[_Result]:
    """As `in_threads`, but parts are taken and results given one by one, so that neither pile up in memory."""
    if jobs == 1:
        yield from map(function, parts)
        return
    with ThreadPoolExecutor(jobs) as pool:
        waiting: deque[Future[_Result]] = deque()
        for part in parts:
            waiting.append(pool.submit(function, part))
            if len(waiting) > jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def in_ranges(
    slices: Sequence[NDArray[np.uint64]],
    function: Callable[[NDArray[np.uint64]], _Result],
    jobs: int,
    *,
    low_bits: int,
    size: int = _RANGE,
) -> list[_Result]:
    """What `function` makes of all keys in ascending order, a range of them at a time, in the order of the ranges.

    So many keys are sorted in threads and in the cache, and no column of temporaries is as long as all of them.

    Args:
        slices: uint64: the keys, in arrays that each ascend.
        function: Changes nothing that another call reads; the keys are its own.
        jobs: Threads.
        low_bits: Keys that differ in so many low bits only are never parted.
        size: Keys of a range, more or less.
    """
    none = np.zeros(0, dtype=np.uint64)
    sample = np.sort(np.concatenate([none, *(keys[_SAMPLED - 1 :: _SAMPLED] for keys in slices)]))
    borders = sample[size // _SAMPLED :: size // _SAMPLED]
    borders = np.unique(borders >> np.uint64(low_bits)) << np.uint64(low_bits)
    cuts = [[0, *np.searchsorted(keys, borders).tolist(), len(keys)] for keys in slices]

    def part(number: int) -> _Result:
        pieces = [keys[cut[number] : cut[number + 1]] for keys, cut in zip(slices, cuts, strict=True)]
        keys = np.concatenate([none, *pieces])
        keys.sort()
        return function(keys)

    return in_threads(part, range(len(borders) + 1), jobs)


def aside(function: Callable[[], _Result]) -> Future[_Result]:
    """Begin with `function` in a thread of its own, which does not keep an interrupted program from ending.

    Until it is done, threads that wait for the interpreter get it within half a millisecond instead of five: NumPy
    gives it back and asks for it again many times a second, and would stand still that long each time.
    """
    future: Future[_Result] = Future()

    def work() -> None:
        try:
            result = function()
        except BaseException as error:  # noqa: BLE001 - whoever asks for the result gets it
            _TURNS.lengthen()
            future.set_exception(error)
        else:
            _TURNS.lengthen()
            future.set_result(result)

    _TURNS.shorten()
    Thread(target=work, daemon=True).start()
    return future


class _Turns:
    """How long a thread may keep the interpreter: as ever, but while something runs aside a short time."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._asides = 0
        self._usual = 0.0

    def shorten(self) -> None:
        """Something begins to run aside."""
        with self._lock:
            if not self._asides:
                self._usual = sys.getswitchinterval()
                sys.setswitchinterval(_SHORT_TURN)
            self._asides += 1

    def lengthen(self) -> None:
        """It is done."""
        with self._lock:
            self._asides -= 1
            if not self._asides:
                sys.setswitchinterval(self._usual)


_TURNS = _Turns()
