"""Rectangles of the plane of two documents: a span of the one beside a span of the other, or of the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.keys import differs
from reuse.arrays.order import order_of
from reuse.arrays.ragged import owners_of
from reuse.arrays.records import FlatColumns


@dataclass(frozen=True, slots=True)
class Rectangles(FlatColumns):
    """Two spans each.

    Attributes:
        a_start, a_end, b_start, b_end: int64 (n,): token positions, half-open.
    """

    a_start: NDArray[np.int64]
    a_end: NDArray[np.int64]
    b_start: NDArray[np.int64]
    b_end: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Weighed(Rectangles):
    """Rectangles that say something.

    Attributes:
        bits: float32 (n,): surprise of the words that the two sides are known to share.
    """

    bits: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Chains(Weighed):
    """Anchors in line; `bits` is the surprise of the words that the anchors cover."""


@dataclass(frozen=True, slots=True)
class Regions(Rectangles):
    """Where alignment looks for matches."""


@dataclass(frozen=True, slots=True)
class Fields(Rectangles):
    """Where reworded and condensed passages are looked for: around strict matches, and beyond."""


@dataclass(frozen=True, slots=True)
class Passages(Weighed):
    """What may be a reused passage; `bits` is the surprise of the words that speak for it."""


_Some = TypeVar("_Some", bound=Rectangles)


def joined(rectangles: _Some, component: NDArray[np.int64]) -> _Some:
    """The rectangle around each component (int64, one a rectangle), in order of the components; bits are summed."""
    if not len(rectangles):
        return rectangles
    order = order_of(component)
    first = np.flatnonzero(differs(component[order]))
    rectangles = rectangles.take(order)
    columns: dict[str, NDArray[np.int64] | NDArray[np.float32]] = {
        "a_start": np.minimum.reduceat(rectangles.a_start, first),
        "a_end": np.maximum.reduceat(rectangles.a_end, first),
        "b_start": np.minimum.reduceat(rectangles.b_start, first),
        "b_end": np.maximum.reduceat(rectangles.b_end, first),
    }
    if isinstance(rectangles, Weighed):
        columns["bits"] = np.add.reduceat(rectangles.bits, first)
    return rectangles.with_columns(columns)


def widened(rectangles: Rectangles, bounds: NDArray[np.int64], by: int) -> Rectangles:
    """Rectangles that reach `by` tokens further on every side, within their documents."""
    a, b = owners_of(bounds, rectangles.a_start), owners_of(bounds, rectangles.b_start)
    return Rectangles(
        np.maximum(rectangles.a_start - by, bounds[a]),
        np.minimum(rectangles.a_end + by, bounds[a + 1]),
        np.maximum(rectangles.b_start - by, bounds[b]),
        np.minimum(rectangles.b_end + by, bounds[b + 1]),
    )
