"""Memory: what was freed goes back to the system, and nobody looks for cycles where there are none."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress

LARGE = 1 << 26
"""Tokens of a corpus from which on a scan spares memory, where that costs time."""


def give_back(tokens: int) -> None:
    """Ask the C library to return freed memory, of which it otherwise keeps a good deal, if the corpus is large.

    Only the GNU library can be asked; elsewhere nothing happens.

    Args:
        tokens: Size of the corpus.
    """
    if tokens >= LARGE:
        with suppress(OSError, AttributeError, TypeError):
            ctypes.CDLL(None).malloc_trim(0)


@contextmanager
def without_cycles() -> Iterator[None]:
    """Keep Python from looking for cycles of objects: a scan makes millions of small objects and hardly a cycle.

    Looking at all of them again and again would cost some per cent of its time. Objects without cycles go as ever.
    """
    looked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looked:
            gc.enable()


def raise_open_files() -> None:
    """Let this process have as many files open as the system allows it: every file that is mapped is one of them."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - Windows has none

        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
