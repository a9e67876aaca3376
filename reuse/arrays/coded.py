"""Columns of integers as strings, which rapidfuzz compares in one call: a character a value."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_FIRST = 0x10000
"""First character that is used: beyond the surrogates, which no string of code points should have."""

_VALUES = 0x110000 - _FIRST
"""Values that have a character of their own."""


def coded(a: NDArray[np.integer], b: NDArray[np.integer]) -> tuple[str, str]:
    """Two columns (m,) and (n,), of values from 0 on, as strings of m and n characters, equal where the values are."""
    dense = np.concatenate([a, b])
    if dense.max(initial=0) >= _VALUES:
        dense = np.unique(dense, return_inverse=True)[1]
    text = (dense.astype("<u4") + _FIRST).tobytes().decode("utf-32-le")
    return text[: len(a)], text[len(a) :]
