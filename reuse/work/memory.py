"""Memory: what was freed goes back to the system, and nobody looks for cycles where there are none."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache

LARGE = 1 << 26
"""Tokens of a corpus from which on a scan spares memory, where that costs time."""

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # of the GNU library's mallopt
_KEPT, _MAPPED = 128 << 20, 32 << 20  # bytes; what the library comes to by itself where nobody sets either


def give_back(tokens: int) -> None:
    """Ask the C library to return freed memory, of which it otherwise keeps a good deal, if the corpus is large.

    Only the GNU library can be asked; elsewhere nothing happens.

    Args:
        tokens: Size of the corpus.
    """
    if tokens >= LARGE:
        with suppress(OSError, AttributeError, TypeError):
            ctypes.CDLL(None).malloc_trim(0)


@cache
def keep_freed() -> None:
    """Let the C library keep freed memory for what is needed next; for a process in which somebody forbade it that.

    Dask does, in the processes of its workers. Each column of some hundred kilobytes is then asked of the system and
    handed back to it, which takes longer than what is done with the column. As for `give_back`, nothing happens where
    there is no GNU library.
    """
    with suppress(OSError, AttributeError, TypeError):
        library = ctypes.CDLL(None)
        library.mallopt(_MMAP_THRESHOLD, _MAPPED)
        library.mallopt(_TRIM_THRESHOLD, _KEPT)


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
