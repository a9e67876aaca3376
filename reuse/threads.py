"""Work in threads: NumPy lets go of the interpreter's lock, so that slices of flat columns keep all processors busy."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Thread
from typing import TypeVar

_SHORT_TURN = 0.0005  # seconds
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
    """Begin with `function` in a thread of its own, which does not keep an interrupted program from ending.

    Until it is done, threads that wait for the interpreter get it within half a millisecond instead of five: NumPy
    gives it back and asks for it again many times a second, and would stand still that long each time.
    """
    future: Future[_Result] = Future()
    usual = sys.getswitchinterval()

    def work() -> None:
        try:
            result = function()
        except BaseException as error:  # noqa: BLE001 - whoever asks for the result gets it
            sys.setswitchinterval(usual)
            future.set_exception(error)
        else:
            sys.setswitchinterval(usual)
            future.set_result(result)

    sys.setswitchinterval(_SHORT_TURN)
    Thread(target=work, daemon=True).start()
    return future
