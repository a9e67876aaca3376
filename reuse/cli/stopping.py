"""Being told to stop: what SIGTERM and SIGHUP ask for is done as after ctrl+c, so that nothing is left behind."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from reuse.errors import STOPPING, Stopped


@contextmanager
def stoppable() -> Iterator[None]:
    """While the block runs, these signals raise `Stopped` in it; the caller's handlers are back afterwards.

    A signal that is ignored stays ignored (`nohup`), and outside the main thread nothing is changed.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in STOPPING}
    taken = [number for number, handler in before.items() if handler is signal.SIG_DFL]
    for number in taken:
        signal.signal(number, _stop)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, before[number])


def _stop(number: int, _: FrameType | None) -> None:
    signal.signal(number, signal.SIG_IGN)  # once is enough: a second one would disturb the tidying up
    raise Stopped(number)
