"""What a strict match pairs is not paired anew: shared words that it accounts for are no evidence of anything else."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reuse.align.distinct import overlapping
from reuse.align.rare_words import Points
from reuse.align.rectangles import Fields, Rectangles
from reuse.arrays.order import order_of


def not_paired_elsewhere(points: Points, fields: Fields, strict: Rectangles, bounds: NDArray[np.int64]) -> Points:
    """Shared words without those of which a strict match says that they stand for another occurrence.

    Two documents on one subject repeat its words; beside a copied passage each repetition would be paired with the copy
    on the other side, and the passage would seem to reach further there.

    Args:
        points: Shared words of fields.
        fields: The fields, which `points.field` numbers.
        strict: Matches that are sure of themselves.
        bounds: int64 (documents + 1,): where documents begin.
    """
    inside, field, _ = overlapping(strict, fields, bounds)
    if not len(inside):
        return points
    stride = int(bounds[-1]) + 1
    covered, agreed = np.zeros(len(points.a), dtype=bool), np.zeros(len(points.a), dtype=bool)
    sides = ((strict.a_start[inside], strict.a_end[inside]), (strict.b_start[inside], strict.b_end[inside]))
    for (start, end), (other_start, other_end), place, other in (
        (sides[0], sides[1], points.a, points.b),
        (sides[1], sides[0], points.b, points.a),
    ):
        keys = field * stride + start
        order = order_of(field, start)
        row = order[np.maximum(np.searchsorted(keys[order], points.field * stride + place, side="right") - 1, 0)]
        here = (field[row] == points.field) & (start[row] <= place) & (place < end[row])
        covered |= here
        agreed |= here & (other_start[row] <= other) & (other < other_end[row])
    return points.take(~covered | agreed)
