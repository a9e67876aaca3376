"""Matches run on as long as the words directly before and behind them are equal.

The stretch of an alignment that says most may begin behind words that are equal too: a word says less after a common
one than by itself, and an alignment may have paired a common word with another one nearby. Whatever such words say, a
reader who lays the two texts side by side sees them copied.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from reuse.align.matches import Matches
from reuse.arrays.ragged import owners_of


def run_on(matches: Matches, ids: NDArray[np.int32], bounds: NDArray[np.int64]) -> Matches:
    """Widen matches by the equal words next to them; their bits stay as they are.

    Args:
        matches: Any.
        ids: int32 (tokens,): vocabulary ids.
        bounds: int64 (documents + 1,): where documents begin.
    """
    home_a, home_b = (owners_of(bounds, start) for start in (matches.a_start, matches.b_start))
    start_a, start_b, end_a, end_b = (
        column.copy() for column in (matches.a_start, matches.b_start, matches.a_end, matches.b_end)
    )
    # Within one document the passages must not run into each other.
    room = np.where(start_a < start_b, start_b - end_a, start_a - end_b)
    rows = np.arange(len(matches))
    while len(rows):
        rows = rows[(start_a[rows] > bounds[home_a[rows]]) & (start_b[rows] > bounds[home_b[rows]]) & (room[rows] > 0)]
        rows = rows[ids[start_a[rows] - 1] == ids[start_b[rows] - 1]]
        for column in (start_a, start_b, room):
            column[rows] -= 1
    rows = np.arange(len(matches))
    while len(rows):
        rows = rows[(end_a[rows] < bounds[home_a[rows] + 1]) & (end_b[rows] < bounds[home_b[rows] + 1])]
        rows = rows[(room[rows] > 0) & (ids[end_a[rows]] == ids[end_b[rows]])]
        end_a[rows] += 1
        end_b[rows] += 1
        room[rows] -= 1
    gained = (matches.a_start - start_a) + (end_a - matches.a_end)
    before, after = (
        (matches.a_end - matches.a_start + matches.b_end - matches.b_start).astype(np.float64),
        (end_a - start_a + end_b - start_b).astype(np.float64),
    )
    similarity = (matches.similarity * before + 2 * gained) / np.maximum(after, 1)
    return replace(
        matches,
        a_start=start_a,
        a_end=end_a,
        b_start=start_b,
        b_end=end_b,
        matched=(matches.matched + gained).astype(np.int32),
        similarity=similarity.astype(np.float32),
        paths=matches.paths.lengthened(matches.a_start - start_a, end_a - matches.a_end),
    )
