"""The order of rows by several columns, found by one plain sort: many times faster than sorting row numbers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_DIGITS = 64  # binary digits of a key


def order_of(*columns: NDArray[np.integer]) -> NDArray[np.int64]:
    """The rows (int64) in ascending order of the columns, the first of which counts most; equal rows stay in order.

    What `np.lexsort` says of the columns reversed. Each column is counted from its least value on, and takes as many
    binary digits of a key as that needs; below them stands the row, if there is room for it.
    """
    count = len(columns[0])
    if count < 2:
        return np.arange(count)
    lowest = [int(column.min()) for column in columns]
    widths = [(int(column.max()) - low).bit_length() for column, low in zip(columns, lowest, strict=True)]
    row_width = (count - 1).bit_length()
    if sum(widths) > _DIGITS:
        return np.lexsort(columns[::-1])
    keys = np.zeros(count, dtype=np.uint64)
    for column, low, width in zip(columns, lowest, widths, strict=True):
        keys <<= np.uint64(width)
        keys |= (column.astype(np.int64) - low).view(np.uint64)
    if sum(widths) + row_width > _DIGITS:
        return np.argsort(keys, kind="stable")
    keys <<= np.uint64(row_width)
    keys |= np.arange(count, dtype=np.uint64)
    keys.sort()
    keys &= np.uint64((1 << row_width) - 1)
    return keys.view(np.int64)
