"""The second, looser pass: reworded and reordered passages around what the strict pass found.

Where two documents already touch, a *field* of the plane of their positions is searched again for shared rare words,
whatever their order. Points (position in a, position in b) of such words are joined to clusters; a cluster is a passage
if its words together are surprising and stand densely. So copies are found whole whose words were replaced, translated
back and forth or shuffled, and the fragments that the strict pass found of them become one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.align.chains import join_near
from reuse.align.left_over import Stretches
from reuse.align.rectangles import Fields, Rectangles, widened
from reuse.align.segments import Scores, best_segments
from reuse.arrays.components import connected_components
from reuse.arrays.keys import differs
from reuse.arrays.order import order_of
from reuse.arrays.ragged import ranges, spread
from reuse.arrays.records import FlatColumns

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_WORD = 0xFFFFFFFF  # the half of a key that is the word
_SPARE_WIDTH = 2  # of the table of marks, beyond what numbers every word: one mark in eight is chance


@dataclass(frozen=True, slots=True)
class Points(FlatColumns):
    """Shared rare words: token positions `a` and `b` in field `field`, sorted by (field, a, b).

    Attributes:
        field, a, b: int64 (n,).
        bits: float32 (n,): surprise of the word.
        pairs: int64 (n,): pairs of occurrences that the word has in the field.
    """

    field: NDArray[np.int64]
    a: NDArray[np.int64]
    b: NDArray[np.int64]
    bits: NDArray[np.float32]
    pairs: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Boxes(FlatColumns):
    """Clusters of points.

    Attributes:
        field: int64 (n,): where the cluster lies.
        a_start, a_end, b_start, b_end: int64 (n,): token positions, half-open.
        bits: float64 (n,): surprise of its words, each word counted once, where it is least surprising.
    """

    field: NDArray[np.int64]
    a_start: NDArray[np.int64]
    a_end: NDArray[np.int64]
    b_start: NDArray[np.int64]
    b_end: NDArray[np.int64]
    bits: NDArray[np.float64]


def shared_words(
    ids: NDArray[np.int32],
    word_bits: NDArray[np.float32],
    sides: tuple[Stretches, Stretches],
    fields: int,
    *,
    least_bits: float,
    most_pairs: int,
    least_sum: float = 0.0,
) -> Points:
    """The rare words that the two sides of each field share.

    Args:
        ids: int32 (tokens,): vocabulary ids.
        word_bits: float32 (words,): surprise of each word.
        sides: Where to look: stretches of side a of each field, and of side b.
        fields: How many fields there are.
        least_bits: Words less surprising are left out.
        most_pairs: A word that has more pairs of occurrences within a field is left out there.
        least_sum: Bits that the shared words of a field say together; one in which they say less may be left out.
    """
    rare = word_bits >= least_bits

    def says_enough(keys: NDArray[np.int64]) -> NDArray[np.bool_]:
        enough: NDArray[np.bool_] = (
            np.bincount(keys >> 32, weights=word_bits[keys & _WORD], minlength=fields) >= least_sum
        )
        return enough

    (keys_a, places_a), (keys_b, places_b) = _maybe_shared(
        _rare_words(ids, rare, sides[0]), _rare_words(ids, rare, sides[1]), says_enough
    )
    distinct, first = _groups(keys_a)
    sizes_a = np.diff(np.append(first, len(keys_a)))
    low = np.searchsorted(keys_b, distinct, side="left")
    sizes_b = np.searchsorted(keys_b, distinct, side="right") - low
    chosen = np.flatnonzero((sizes_b > 0) & (sizes_a * sizes_b <= most_pairs))
    first, sizes_a, low, sizes_b = first[chosen], sizes_a[chosen], low[chosen], sizes_b[chosen]
    count = sizes_a * sizes_b
    rows, within = spread(count)
    a = places_a[first[rows] + within // sizes_b[rows]]
    b = places_b[low[rows] + within % sizes_b[rows]]
    field = distinct[chosen][rows] >> 32
    order = order_of(field, a, b)
    a, b, field = a[order], b[order], field[order]
    return Points(field, a, b, word_bits[ids[a]], count[rows[order]])


_Words = tuple[NDArray[np.int64], NDArray[np.int64]]
"""Keys of field (high half) and word (low half), and the place of each."""


def _rare_words(ids: NDArray[np.int32], rare: NDArray[np.bool_], side: Stretches) -> _Words:
    """The rare words of one side of all fields."""
    sizes = side.end - side.start
    places = ranges(side.start, sizes)
    words = ids[places]
    chosen = np.flatnonzero(rare[words])
    keys = np.repeat(side.field << 32, sizes)[chosen]
    keys |= words[chosen]
    return keys, places[chosen]


def _maybe_shared(
    left: _Words, right: _Words, says_enough: Callable[[NDArray[np.int64]], NDArray[np.bool_]]
) -> tuple[_Words, _Words]:
    """What two sides may have in common, sorted by key: words whose hash the other side does not have are left out.

    So are the fields that `says_enough` rejects when it is given the keys that are left of the one side.
    """
    width = max(len(left[0]), len(right[0]), 1).bit_length() + _SPARE_WIDTH
    slots = [(keys.astype(np.uint64) * _MULTIPLIER) >> np.uint64(64 - width) for keys, _ in (left, right)]
    rows = [np.flatnonzero(_marks(others, width)[own]) for own, others in (slots, slots[::-1])]
    enough = says_enough(left[0][rows[0]])
    kept = []
    for (keys, places), marked in zip((left, right), rows, strict=True):
        chosen = marked[enough[keys[marked] >> 32]]
        order = chosen[order_of(keys[chosen] >> 32, keys[chosen] & _WORD)]
        kept.append((keys[order], places[order]))
    return kept[0], kept[1]


def _marks(slots: NDArray[np.uint64], width: int) -> NDArray[np.bool_]:
    marks = np.zeros(1 << width, dtype=bool)
    marks[slots] = True
    return marks


def cluster_points(points: Points, *, gap: int, neighbours: int = 24) -> NDArray[np.int64]:
    """Components (int64, one a point) of points of one field within `gap` tokens of each other on both sides."""
    count = len(points)
    # Lifting each field above the one before it lets one difference tell how far apart two points are in a, if they
    # are of one field at all.
    along = points.field * (int(points.a.max(initial=0)) + gap + 1) + points.a

    def near(here: slice | NDArray[np.int64], there: slice | NDArray[np.int64]) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = along[there] - along[here] <= gap
        found &= np.abs(points.b[there] - points.b[here]) <= gap
        return found

    # Most points are near the next one: that gives runs. Of further ones only those matter that lie in different runs.
    opens = np.ones(count, dtype=bool)
    opens[1:] = ~near(slice(None, -1), slice(1, None))
    run = np.cumsum(opens) - 1
    rows = np.flatnonzero(run != run[np.minimum(np.arange(count) + neighbours, count - 1)])
    edges_a, edges_b = [rows[:0]], [rows[:0]]
    for distance in range(2, neighbours + 1):
        rows = rows[: np.searchsorted(rows, count - distance)]
        # What is too far on in a is so for all further ones.
        rows = rows[along[rows + distance] - along[rows] <= gap]
        apart = rows[run[rows] != run[rows + distance]]
        apart = apart[near(apart, apart + distance)]
        edges_a.append(apart)
        edges_b.append(apart + distance)
    first = np.flatnonzero(opens)
    edges = (run[np.concatenate(side)] for side in (edges_a, edges_b))
    component: NDArray[np.int64] = first[connected_components(len(first), *edges)][run]
    return component


def boxes_of(points: Points, component: NDArray[np.int64], ids: NDArray[np.int32]) -> Boxes:
    """What each component of points spans and how much its words say.

    Args:
        points: Shared rare words.
        component: int64 (n,): component of each point.
        ids: int32 (tokens,): vocabulary ids.
    """
    if not len(component):
        return Boxes.empty()
    word = ids[points.a]
    order = order_of(component, word)
    component, word = component[order], word[order]
    first = np.flatnonzero(differs(component))
    new_word = np.flatnonzero(differs(component, word))
    least = np.minimum.reduceat(points.bits[order], new_word)
    a, b = points.a[order], points.b[order]
    return Boxes(
        points.field[order[first]],
        np.minimum.reduceat(a, first),
        np.maximum.reduceat(a, first) + 1,
        np.minimum.reduceat(b, first),
        np.maximum.reduceat(b, first) + 1,
        np.add.reduceat(least, np.searchsorted(new_word, first), dtype=np.float64),
    )


def _groups(ascending: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Distinct values of a sorted array and the row of the first of each."""
    first = np.flatnonzero(differs(ascending))
    return ascending[first], first


def fields_around(matches: Rectangles, bounds: NDArray[np.int64], reach: int) -> Fields:
    """Fields that reach `reach` tokens beyond the matches on every side, joined where they overlap."""
    wide = widened(matches, bounds, reach)
    return join_near(Fields(wide.a_start, wide.a_end, wide.b_start, wide.b_end), bounds, gap=0)


def dense_stretches(
    points: Points, component: NDArray[np.int64], side: str, *, token_cost: float, least_bits: float
) -> tuple[Points, NDArray[np.int64]]:
    """Cut clusters down to where their points stand densely on one side.

    Each cluster is replaced by its best-scoring stretches: a point gains the surprise of its word, every token between
    two points costs `token_cost` bits. So words that stand alone at an edge fall away, and passages that thin ground
    separates come apart.

    Args:
        points: Shared rare words.
        component: int64 (n,): cluster of each point.
        side: `a` or `b`.
        token_cost: In bits.
        least_bits: Stretches that score less are dropped.

    Returns:
        The points that are left, and the cluster of each, numbered from 0.
    """
    place = getattr(points, side)
    order = order_of(component, place)
    component, place = component[order], place[order]
    if not len(place):
        return points, component
    opens = differs(component)
    skipped = np.diff(place, prepend=0)
    gain = np.where((skipped == 0) & ~opens, 0.0, points.bits[order].astype(np.float64))
    cost = np.where(opens, 0.0, token_cost * skipped)
    stretches = best_segments(Scores(gain, gain, cost, opens), least_bits)
    size = stretches.last - stretches.first + 1
    return points.take(order[ranges(stretches.first, size)]), np.repeat(np.arange(len(size)), size)
