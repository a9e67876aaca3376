"""Being told to stop while the app has the terminal: it leaves as after `q`, so that the terminal is given back."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from contextlib import suppress

from reuse.errors import STOPPING


def heed(leave: Callable[[int], None]) -> None:
    """Let signals that ask this process to end call `leave` with their number, from the loop that runs.

    One that is ignored stays ignored; outside the main thread, and where loops know no signals, nothing is changed.
    """
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, *STOPPING):
        if signal.getsignal(number) is not signal.SIG_IGN:
            with suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(number, leave, number)
