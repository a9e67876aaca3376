"""Where lines break: a text of any size laid out in terminal cells, by offsets, without copying it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from reuse.display import cells, visible

MOST_BLANK_LINES = 1
"""Blank lines in a row that are shown; the others of a run are passed over."""


def wrap(text: str, width: int) -> NDArray[np.int64]:
    """Break a text into lines of at most `width` cells, at spaces where there are any.

    Args:
        text: Any text; its line breaks are kept, but only one of several blank lines in a row.
        width: Cells of a line; 0: lines are broken at the text's own line breaks only.

    Returns:
        int64 (lines, 2): half-open spans of the text. Cost follows the length of the text (10 to 30 ms a megabyte).
    """
    reached = _cells_before(text)
    flat = [offset for line in _lines(text, width, reached) for offset in line]
    return np.array(flat, dtype=np.int64).reshape(-1, 2)


def _cells_before(text: str) -> memoryview | None:
    """Cells that come before each character, as `visible` shows them; None if each character takes one cell."""
    if text.isascii():
        return None
    odd = {ord(character): cells(visible(character)) for character in set(text) if character > "\x7e"}
    if all(width == 1 for width in odd.values()):
        return None
    of_code = np.ones(max(odd) + 1, dtype=np.uint8)
    of_code[list(odd)] = list(odd.values())
    widths = of_code[np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)]
    before = np.zeros(len(widths) + 1, dtype=np.int64)
    np.cumsum(widths, out=before[1:])
    return memoryview(before.data)


def _lines(text: str, width: int, before: memoryview | None) -> Iterator[tuple[int, int]]:
    start, size, blank = 0, len(text), 0
    while start < size:
        end = text.find("\n", start)
        if end < 0:
            end = size
        last = end - 1 if end > start and text[end - 1] == "\r" else end
        if not text[start:last].strip():
            blank += 1
            if blank <= MOST_BLANK_LINES:
                yield start, start
        elif width:
            blank = 0
            yield from _broken(text, start, last, width, before)
        else:
            blank = 0
            yield start, last
        start = end + 1


def _broken(text: str, start: int, end: int, width: int, before: memoryview | None) -> Iterator[tuple[int, int]]:
    while start < end:
        reach = start + width
        if before is not None:
            # No character has more cells than a code point spelt out, so the line's end is not far.
            most = min(reach + width, end) + 1
            reach = max(bisect_right(before, before[start] + width, start, most) - 1, start + 1)
        if reach >= end:
            yield start, end
            return
        cut = text.rfind(" ", start + 1, reach + 1)
        if cut < 0:
            cut = reach
        yield start, cut
        start = cut
        while start < end and text[start] == " ":
            start += 1
