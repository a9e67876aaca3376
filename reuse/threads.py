"""Work in threads: NumPy lets go of the interpreter's lock, so that slices of flat columns keep all processors busy."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Thread
from typing import TypeVar

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


def aside(function: Callable[[], _Result]) -> Future[_Result]:
    """Begin with `function` in a thread of its own, which does not keep an interrupted program from ending."""
    future: Future[_Result] = Future()

    def work() -> None:
        try:
            future.set_result(function())
        except BaseException as error:  # noqa: BLE001 - whoever asks for the result gets it
            future.set_exception(error)

    Thread(target=work, daemon=True).start()
    return future
