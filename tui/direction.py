"""Lines of text that is read from right to left, as far as a terminal can show them.

A terminal that knows of writing directions (VTE, Konsole, Terminal) turns each run round, another shows its letters
from left to right. What an app can do for both is to set the lines at the right edge, and to keep a terminal of the
first kind from turning round more than one column at once.
"""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style

from reuse.display import cells
from reuse.report.direction import LEFT_TO_RIGHT


def set_in(segments: list[Segment], width: int, plain: Style, *, right: bool) -> list[Segment]:
    """Segments filled up to so many cells: at the right edge, between marks, or at the left."""
    free = max(width - sum(cells(segment.text) for segment in segments), 0)
    if not right:
        return [*segments, Segment(" " * free, plain)]
    return [Segment(" " * free + LEFT_TO_RIGHT, plain), *segments, Segment(LEFT_TO_RIGHT, plain)]
