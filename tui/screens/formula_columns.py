"""What the lines of the screen Formulas say: columns of its lists, figures in words, the strips of the spread."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from reuse.display import cut, visible, words_before
from tui.widgets.list_columns import ListColumn, Row
from tui.widgets.sparks import blocks, buckets
from tui.words import short_bits

FILLERS_SHOWN = 12
LABEL = 13
"""Cells of the name of a strip."""


def strip_of(label: str, places: NDArray[np.int64], size: int, note: str, width: int) -> str:
    """A line that shows where in `size` places something is."""
    return f"{label:<{LABEL}}{blocks(buckets(places, size, width - LABEL - len(note) - 3))}  {note}"


def concordance_columns(keyword: int, width: int) -> Sequence[ListColumn]:
    """The columns of a concordance: the occurrence has its room, what is left is shared by what is around it.

    Of a text that is read from right to left the words before stand at the right of the occurrence.
    """
    return (
        ListColumn("date", lambda row: (row["date"] or "", "faint"), 10, from_width=56),
        ListColumn("document", lambda row: (row["name"], "faint"), 16, from_width=90),
        ListColumn("place", lambda row: (row["place"], "faint"), 12, from_width=120),
        ListColumn("", lambda row: _beside(row)[0], 4, edge="right", fit=_on_the_left, grows=1),
        ListColumn("occurrence", lambda row: (row["keyword"], "key"), min(keyword, width * 2 // 5)),
        ListColumn("", lambda row: _beside(row)[1], 4, edge="left", fit=_on_the_right, grows=1),
    )


def _beside(row: Row) -> tuple[str, str]:
    """What stands at the left of an occurrence, and what at its right."""
    return (row["right"], row["left"]) if row["from_the_right"] else (row["left"], row["right"])


def _on_the_left(row: Row, width: int) -> str:
    return _nearest(row, width, before=not row["from_the_right"])


def _on_the_right(row: Row, width: int) -> str:
    return _nearest(row, width, before=row["from_the_right"])


def _nearest(row: Row, width: int, *, before: bool) -> str:
    """Of the words before or behind an occurrence those next to it."""
    if before and width > 1:
        return words_before(visible(row["left"], one_line=True)[-width - 1 :], width)
    return cut(visible(row["left" if before else "right"], one_line=True), width)


VARIANTS = (
    ListColumn("df", lambda row: f"{row['df']:,}", 5, right=True),
    ListColumn("tf", lambda row: f"{row['tf']:,}", 6, right=True),
    ListColumn("bits", lambda row: short_bits(row["bits"]), 5, right=True),
    ListColumn("form", lambda row: row["text"], 20, grows=1),
    ListColumn("first", lambda row: row["first_date"] or "", 10, from_width=72),
)


def fillers(row: Row) -> str:
    """The fillers of each slot with their occurrences, the commonest first."""
    slots = json.loads(row["slots"]) if isinstance(row["slots"], str) else row["slots"]
    return "   |   ".join(
        ", ".join(f"{filler or '–'} {times}" for filler, times, *_ in slot[:FILLERS_SHOWN]) for slot in slots
    )


def forms(row: Row) -> tuple[str, str]:
    """How many forms a formula has, faint if it has but itself."""
    return f"{row['variants']:,}", "" if row["variants"] > 1 else "faint"


FRAMES = (
    ListColumn("df", lambda row: f"{row['df']:,}", 5, right=True),
    ListColumn("tf", lambda row: f"{row['tf']:,}", 6, right=True),
    ListColumn("frame", lambda row: (row["pattern"], "key"), 20, grows=1),
    ListColumn("what stands in its places", fillers, 20, grows=1),
)
