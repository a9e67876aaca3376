"""Memory that was freed goes back to the system, so that a large corpus is not held up by what is no longer needed."""

from __future__ import annotations

import ctypes
from contextlib import suppress

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
