"""Text that is read from right to left, among text that is read from left to right.

Letters go out in the order in which they are read; who shows them turns each run of them round. What stands between two
such runs counts as a part of them and is turned round, too, unless a mark says otherwise: two names and the word
between them would change places, and what was changed into what.
"""

from __future__ import annotations

import re

from reuse.display import cells

SAMPLE = 4_000
"""Code points of a text that are looked at."""
LEFT_TO_RIGHT = "\u200e"
"""The mark (U+200E): no cell wide, read from left to right."""

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_LETTER = re.compile(r"[^\W\d_]")


def direction_of(text: str) -> str:
    """`rtl` where most letters of a text's beginning are of a script written from right to left, else `ltr`.

    The first letter alone, which `dir="auto"` goes by, says little of a text that opens with a Latin name or a code.
    """
    sample = text[:SAMPLE]
    if sample.isascii():
        return "ltr"
    return "rtl" if 2 * len(_RIGHT_TO_LEFT.findall(sample)) > len(_LETTER.findall(sample)) else "ltr"


def from_the_right(text: str) -> bool:
    """Whether a text is read from right to left."""
    return direction_of(text) == "rtl"


def apart(text: str) -> str:
    """The text between marks if any of its letters is read from right to left: its neighbours stay where they are."""
    if text.isascii() or not _RIGHT_TO_LEFT.search(text):
        return text
    return f"{LEFT_TO_RIGHT}{text}{LEFT_TO_RIGHT}"


def filled(text: str, width: int) -> str:
    """The text in `width` cells, between marks: at their right edge if it is read from right to left, else at the left.

    Args:
        text: Any text that takes no more cells than these.
        width: How many cells.
    """
    free = " " * (width - cells(text))
    return free + apart(text) if from_the_right(text) else apart(text) + free
