"""OpenITI mARkdown (Romanov 2020): what files of it begin with, and its marks, which are no words.

Pages of the printed book end with `PageV01P228`; `ms0134` stands every 300 words; `@QB@` and `@QE@` enclose verses of
the Qur'an, and other marks of the kind what else is tagged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

OPENING = "######OpenITI#"
"""What files of OpenITI begin with, which have no suffix of their own."""

PAGE_END = re.compile(r"PageV(\d{1,6})P(\d{1,6})")
_MARK = re.compile(r"\bPageV\w+P\w+|\bms[A-Z]?\d+\b|@[A-Z][A-Z0-9_]*@?")


def marks(batch: str, bounds: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Spans of the marks in those of some texts that are of OpenITI.

    Args:
        batch: Documents, joined by separators of one code point.
        bounds: Where each document begins, and behind the last one's separator.
    """
    at = batch.find(OPENING, bounds[0])
    document = 0
    while at >= 0:
        while bounds[document + 1] <= at:
            document += 1
        end = bounds[document + 1] - 1
        if bounds[document] == at:
            yield from (mark.span() for mark in _MARK.finditer(batch, at, end))
        at = batch.find(OPENING, end)
