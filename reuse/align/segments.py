"""Aligned tokens become segments: the stretches of an alignment whose words say more than its gaps cost.

Every aligned token gains its surprise in bits, every gap costs bits; the best-scoring stretches are local alignments in
the sense of Smith & Waterman (1981), found here for all regions at once with running minima over flat columns.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.align.blocks import Aligned
from reuse.arrays.keys import differs
from reuse.arrays.ragged import bounds_of, ranges
from reuse.arrays.records import FlatColumns
from reuse.options import AlignOptions
from reuse.score.surprise import Surprise

_PER_BIT = 1024  # resolution of scores
_ROUNDS = 4  # how often what is left beside a segment is searched again


@dataclass(frozen=True, slots=True)
class Segments(FlatColumns):
    """Stretches of aligned tokens: rows `first` to `last` (inclusive) of the alignment.

    Attributes:
        first, last: int64 (n,).
        bits: float64 (n,): gains less costs.
    """

    first: NDArray[np.int64]
    last: NDArray[np.int64]
    bits: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scores(FlatColumns):
    """What every row of an alignment gains and costs, in bits.

    Attributes:
        alone: float64 (n,): gain of the token if the passage begins with it.
        gain: float64 (n,): gain of the token after the one before it.
        cost: float64 (n,): cost of the gap before it.
        opens: bool (n,): True where no passage may reach over the gap before the token.
    """

    alone: NDArray[np.float64]
    gain: NDArray[np.float64]
    cost: NDArray[np.float64]
    opens: NDArray[np.bool_]


def score(aligned: Aligned, likeness: NDArray[np.float32] | None, surprise: Surprise, options: AlignOptions) -> Scores:
    """Gains and costs of aligned tokens.

    Args:
        aligned: The alignment.
        likeness: float32 (n,): 1 for equal tokens, less for near-equal ones; None: all are equal.
        surprise: What words say.
        options: Costs and the longest gap.
    """
    count = len(aligned.a)
    skipped_a, skipped_b = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    for skipped, side in ((skipped_a, aligned.a), (skipped_b, aligned.b)):
        np.subtract(side[1:], side[:-1], out=skipped[1:])
        skipped[1:] -= 1
    turns = differs(aligned.region)
    opens = turns | (np.maximum(skipped_a, skipped_b) > options.gap)
    adjacent = (skipped_a == 0) & (skipped_b == 0) & ~opens
    said = surprise.alone_and_after(aligned.a, aligned.b, turns)
    alone = said[0].astype(np.float64)
    gain = np.where(adjacent, said[1], said[0]).astype(np.float64)
    if likeness is not None:
        # A near-equal word is worth its likeness, less what naming the change costs.
        near = np.flatnonzero(likeness < 1)
        for worth in (alone, gain):
            worth[near] = np.maximum(worth[near] * likeness[near] - options.edit_cost, 0.0)
    cost = np.zeros(count)
    after_gap = np.flatnonzero(~adjacent)
    skipped = skipped_a[after_gap] + skipped_b[after_gap]
    cost[after_gap] = options.gap_cost + options.edit_cost * skipped
    return Scores(alone, gain, cost, opens)


def best_segments(scores: Scores, least_bits: float) -> Segments:
    """The stretches of an alignment that score at least `least_bits`, in order."""
    found: list[Segments] = []
    # Whole numbers of small fractions of a bit: sums of them come back exactly.
    step = np.rint((scores.gain - scores.cost) * _PER_BIT).astype(np.int64)
    alone = np.rint(scores.alone * _PER_BIT).astype(np.int64)
    most = bounds_of(np.maximum(np.maximum(step, alone), 0))
    first = np.flatnonzero(scores.opens)
    last = np.append(first[1:], len(scores.opens)) - 1
    for _ in range(_ROUNDS):
        # Where all that its words gain is too little, no stretch is enough.
        hopeful = most[last + 1] - most[first] >= least_bits * _PER_BIT
        first, last = first[hopeful], last[hopeful]
        if not len(first):
            break
        segments, parent = _best_in(step, alone, first, last, least_bits)
        if not len(segments):
            break
        found.append(segments)
        # What lies before and behind each segment may hold another.
        left = first[parent], segments.first - 1
        right = segments.last + 1, last[parent]
        first, last = np.concatenate((left[0], right[0])), np.concatenate((left[1], right[1]))
        filled = first <= last
        first, last = first[filled], last[filled]
        order = np.argsort(first)
        first, last = first[order], last[order]
    result = Segments.concatenate(*found)
    return result.take(np.argsort(result.first))


def trimmed(segments: Segments, scores: Scores, end_bits: float) -> Segments:
    """Segments without the few words at either end that a gap parts from the rest and that add next to nothing.

    Args:
        segments: Stretches of an alignment.
        scores: What each of its rows gains and costs.
        end_bits: What such words must add to stay.
    """
    running = np.cumsum(np.rint((scores.gain - scores.cost) * _PER_BIT))
    alone = np.rint(scores.alone * _PER_BIT)
    # What a segment says up to a row is so much more than the running sum there; these are whole numbers.
    lift = alone[segments.first] - running[segments.first]
    total = running[segments.last] + lift
    gaps = np.flatnonzero(scores.cost > 0)
    owner = np.searchsorted(segments.first, gaps, side="left") - 1  # none at the first row of a segment
    inside = owner >= 0
    inside[inside] = gaps[inside] <= segments.last[owner[inside]]
    gaps, owner = gaps[inside], owner[inside]
    until, before = running[gaps] + lift[owner], running[gaps - 1] + lift[owner]
    little = end_bits * _PER_BIT
    begins = until - alone[gaps] <= little
    ends = total[owner] - before <= little
    first, last = segments.first.copy(), segments.last.copy()
    np.maximum.at(first, owner[begins], gaps[begins])
    np.minimum.at(last, owner[ends], gaps[ends] - 1)
    whole = first > last
    first[whole], last[whole] = segments.first[whole], segments.last[whole]
    return Segments(first, last, (running[last] - running[first] + alone[first]) / _PER_BIT)


def _best_in(
    step: NDArray[np.int64],
    alone: NDArray[np.int64],
    first: NDArray[np.int64],
    last: NDArray[np.int64],
    least_bits: float,
) -> tuple[Segments, NDArray[np.int64]]:
    """The best stretch within each range of rows, if it scores enough; and the number of its range.

    With P the running sum of gain − cost, the stretch from i to j scores P(j) − (P(i) − alone(i)); the running minimum
    of the bracket gives the best beginning for every end.

    Args:
        step: int64 (n,): gain − cost of each row, in parts of a bit.
        alone: int64 (n,): its gain if a stretch begins with it, in parts of a bit.
        first: int64: where each range begins, ascending.
        last: int64: and its last row.
        least_bits: What is enough.
    """
    sizes = last - first + 1
    borders = bounds_of(sizes)[:-1]
    owner = np.repeat(np.arange(len(sizes)), sizes)
    rows = ranges(first, sizes)
    running = np.cumsum(step[rows])
    begin = running - alone[rows]
    # Lowering each range below all before it makes one running minimum serve all ranges.
    lowered = (begin.max() - begin.min() + 1) * owner
    lowest = np.minimum.accumulate(begin - lowered)
    lowest += lowered
    total = running - lowest
    best = np.maximum.reduceat(total, borders)
    enough = best >= least_bits * _PER_BIT
    # The first end that reaches the best total, and the last beginning that gives it.
    ends = np.flatnonzero(total == np.where(enough, best, best + 1)[owner])
    ends = ends[differs(owner[ends])]
    chosen = owner[ends]
    lows = np.flatnonzero(begin == lowest)
    begins = lows[np.searchsorted(lows, ends, side="right") - 1]
    return Segments(rows[begins], rows[ends], best[chosen] / _PER_BIT), chosen
