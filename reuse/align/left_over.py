"""What strict matches leave over of the fields around them, where reworded and condensed passages are looked for.

Two long documents that are nearly the same have all their matches in one field, and nearly all of its words stand in
matches that are sure of themselves. Only what is near an edge of such a match can tell that the passage goes on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.align.distinct import overlapping
from reuse.align.rectangles import Fields, Passages
from reuse.arrays.order import order_of
from reuse.arrays.records import FlatColumns


@dataclass(frozen=True, slots=True)
class Stretches(FlatColumns):
    """Stretches of one side of fields, ascending by field and place, of which no two overlap.

    Attributes:
        field: int64 (n,): row of the field.
        start, end: int64 (n,): token positions, half-open.
    """

    field: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]


def left_over(
    fields: Fields, matches: Passages, bounds: NDArray[np.int64], *, margin: int
) -> tuple[Stretches, Stretches]:
    """What of either side of each field lies outside of the matches in it, or within `margin` tokens of their edges.

    Args:
        fields: Where is looked.
        matches: Those that are sure of themselves.
        bounds: int64 (documents + 1,): where documents begin.
        margin: Tokens at either end of a match that are left over too.
    """
    inside, field, _ = overlapping(matches, fields, bounds)
    own = matches.take(inside)
    return (
        _between(fields.a_start, fields.a_end, field, own.a_start + margin, own.a_end - margin),
        _between(fields.b_start, fields.b_end, field, own.b_start + margin, own.b_end - margin),
    )


def whole_again(passages: Passages, matches: Passages, bounds: NDArray[np.int64], *, margin: int) -> Passages:
    """The passages, those that reach into what `left_over` took of a match reaching over the whole match."""
    shorter = np.minimum(matches.a_end - matches.a_start, matches.b_end - matches.b_start)
    cut = matches.take(shorter > 2 * margin)
    inside, passage, _ = overlapping(cut, passages, bounds)
    a_start, a_end, b_start, b_end = (
        column.copy() for column in (passages.a_start, passages.a_end, passages.b_start, passages.b_end)
    )
    for column, edge in ((a_start, cut.a_start), (b_start, cut.b_start)):
        np.minimum.at(column, passage, edge[inside])
    for column, edge in ((a_end, cut.a_end), (b_end, cut.b_end)):
        np.maximum.at(column, passage, edge[inside])
    return Passages(a_start, a_end, b_start, b_end, passages.bits)


def _between(
    begin: NDArray[np.int64],
    behind: NDArray[np.int64],
    field: NDArray[np.int64],
    start: NDArray[np.int64],
    end: NDArray[np.int64],
) -> Stretches:
    """What of the spans from `begin` to `behind` lies outside of the spans from `start` to `end` in them.

    Args:
        begin: int64, one a field.
        behind: int64, one a field.
        field: int64, one a span inside: the field in which it lies; what of it lies beyond the field is left out.
        start: int64: of the spans inside.
        end: int64: of the spans inside; where it is not behind the start there is none.
    """
    # At its begin and behind it each field has a span of no length, so that there is a span on either side of a gap.
    numbers = np.arange(len(begin))
    start, end = np.maximum(start, begin[field]), np.minimum(end, behind[field])
    there = end > start
    field, start, end = (
        np.concatenate(parts)
        for parts in (
            (numbers, field[there], numbers),
            (begin, start[there], behind),
            (begin, end[there], behind),
        )
    )
    order = order_of(field, start)
    field, start, end = field[order], start[order], end[order]
    lift = field * (int(behind.max(initial=0)) + 1)
    reach = np.maximum.accumulate(lift + end)[:-1] - lift[:-1]
    gaps = np.flatnonzero((field[1:] == field[:-1]) & (start[1:] > reach))
    return Stretches(field[1:][gaps], reach[gaps], start[1:][gaps])
