"""Text that is read from right to left, as far as a terminal can show it.

Letters go out in the order in which they are read: a terminal that knows of writing directions (VTE, Konsole, Terminal)
turns each run round, another shows them from left to right. What an app can do for both is to set the lines at the
right edge, and to keep a terminal of the first kind from turning round more than one column at once: what stands
between two runs from right to left counts as a part of them, unless a mark says otherwise.
"""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style

from reuse.display import cells
from reuse.report.html.language import direction_of

LEFT_TO_RIGHT = "\u200e"
"""The mark (U+200E): no cell wide, read from left to right."""


def from_the_right(text: str) -> bool:
    """Whether a text is read from right to left."""
    return direction_of(text) == "rtl"


def set_in(segments: list[Segment], width: int, plain: Style, *, right: bool) -> list[Segment]:
    """Segments filled up to so many cells: at the right edge, between marks, or at the left."""
    free = max(width - sum(cells(segment.text) for segment in segments), 0)
    if not right:
        return [*segments, Segment(" " * free, plain)]
    return [Segment(" " * free + LEFT_TO_RIGHT, plain), *segments, Segment(LEFT_TO_RIGHT, plain)]
