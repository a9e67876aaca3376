"""What runs beside the stages of a scan, in a thread of its own."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock, Thread
from time import perf_counter
from typing import Generic, TypeVar

_SHORT_TURN = 0.0005  # seconds
_Result = TypeVar("_Result")


class Aside(Generic[_Result]):
    """One function that runs in a thread of its own, which does not keep an interrupted program from ending.

    Until it is done, threads that wait for the interpreter get it within half a millisecond instead of five: NumPy
    gives it back and asks for it again many times a second, and would stand still that long each time.

    Attributes:
        seconds: How long it took, as soon as it is done.
    """

    def __init__(self, function: Callable[[], _Result]) -> None:
        self._to_do = [function]  # empty when it has begun, so that what the function holds is let go when it is done
        self._future: Future[_Result] = Future()
        self._begun = self._deferred = False
        self.seconds = 0.0

    def begin(self) -> None:
        """Begin, unless that has happened or it was put off until the result is wanted."""
        if not self._begun and not self._deferred:
            self._begun = True
            _TURNS.shorten()
            Thread(target=self._run, args=(_TURNS.lengthen,), daemon=True).start()

    def defer(self) -> None:
        """Put it off until the result is wanted, and then do it in the thread that wants it."""
        self._deferred = True

    def result(self) -> _Result:
        """What the function returns, when it is done; it is done here and now if nothing has begun.

        Raises:
            BaseException: Whatever it raised.
        """
        if not self._begun:
            self._begun = True
            self._run()
        return self._future.result()

    def wait(self) -> None:
        """Wait until it is done, however it comes to its end, if it has begun."""
        if self._begun:
            self._future.exception()

    def _run(self, ended: Callable[[], None] = lambda: None) -> None:
        start = perf_counter()
        try:
            result = self._to_do.pop()()
        except BaseException as error:  # noqa: BLE001 - whoever asks for the result gets it
            ended()
            self._future.set_exception(error)
        else:
            self.seconds = perf_counter() - start
            ended()
            self._future.set_result(result)


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
