"""Periodic stretches, such as the zeros of a table or a call said again and again, are aligned from where they begin.

Any diagonal through two such stretches on which their words agree is as good as any other to an alignment, and nearly
all leave the beginning of the one and the end of the other over, as if nobody else had them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from reuse.align.matches import Matches
from reuse.align.paths import Paths
from reuse.arrays.ragged import bounds_of, owners_of, ranges
from reuse.corpus.tokens import Tokens

_LONGEST = 16  # words of a period
_TIMES = 2  # that a passage holds its period, at least


def from_beginnings(matches: Matches, tokens: Tokens) -> Matches:
    """Matches of a few words again and again, from where both stretches begin to where the shorter one ends.

    Where the stretches begin with different words of the period, as few words as possible are left over. Bits stay as
    they are: each further word says next to nothing.

    Args:
        matches: Any; those that are not periodic as a whole are not touched.
        tokens: The corpus.
    """
    for period in range(1, _LONGEST + 1):
        matches = _with_period(matches, tokens, period)
    return matches


def are_periodic(matches: Matches, tokens: Tokens) -> NDArray[np.bool_]:
    """Which matches are a few words again and again from beginning to end (bool): their bits are those of a part.

    Cost: the words of the matches that may be, for each period that they may have.
    """
    found = np.zeros(len(matches), dtype=bool)
    for period in range(1, _LONGEST + 1):
        again = matches.a_end - matches.a_start - period
        rows = np.flatnonzero(~found & (again >= (_TIMES - 1) * period))
        start = matches.a_start[rows]
        rows = rows[tokens.ids[start] == tokens.ids[start + period]]
        places = ranges(matches.a_start[rows], again[rows])
        differs = tokens.ids[places] != tokens.ids[places + period]
        found[rows] = np.add.reduceat(differs, bounds_of(again[rows])[:-1], dtype=np.int64) == 0 if len(rows) else False
    return found


@dataclass(frozen=True, slots=True)
class _Stretches:
    """The periodic stretches that hold the sides of some matches.

    Attributes:
        start, end: int64 (n,): token positions.
        whole: bool (n,): whether the side lies in one stretch from beginning to end.
    """

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    whole: NDArray[np.bool_]

    @classmethod
    def around(cls, start: NDArray[np.int64], end: NDArray[np.int64], tokens: Tokens, period: int) -> _Stretches:
        """The stretches of this period in which spans lie that hold it once at least; cost follows their documents."""
        documents = np.unique(owners_of(tokens.bounds, start))
        first, behind = tokens.bounds[documents], tokens.bounds[documents + 1]
        places = ranges(first, behind - first)
        goes_on = tokens.ids[places] == tokens.ids[np.maximum(places - period, 0)]
        goes_on &= places - period >= first[owners_of(first, places)]
        # A stretch reaches from a period before its first word that is said again to the next that is not.
        breaks = np.union1d(places[~goes_on], behind)
        last = np.searchsorted(breaks, start + period, side="right") - 1
        until = breaks[np.minimum(last + 1, len(breaks) - 1)]
        return cls(breaks[last] + 1 - period, until, end <= until)


def _with_period(matches: Matches, tokens: Tokens, period: int) -> Matches:
    """The same matches, those that are periodic with this period from their beginnings."""
    ids = tokens.ids
    sides = ((matches.a_start, matches.a_end), (matches.b_start, matches.b_end))
    long = np.logical_and.reduce([end - start >= _TIMES * period for start, end in sides])
    rows = np.flatnonzero(long)
    for start, end in sides:
        middle = (start + end - period) // 2
        for place in (start, middle, end - 1 - period):
            rows = rows[ids[place[rows]] == ids[place[rows] + period]]
    if not len(rows):
        return matches
    a, b = (_Stretches.around(start[rows], end[rows], tokens, period) for start, end in sides)
    at = _beginnings(a, b, tokens, period)
    # Within one stretch there is nothing to choose.
    moves = a.whole & b.whole & (a.start != b.start) & (at[2] > 0)
    rows = rows[moves]
    a_start, b_start, size = (column[moves] for column in at)
    moved = replace(
        matches.take(rows),
        a_start=a_start,
        a_end=a_start + size,
        b_start=b_start,
        b_end=b_start + size,
        matched=size.astype(np.int32),
        similarity=np.ones(len(rows), dtype=np.float32),
        paths=Paths.straight(a_start, b_start, size),
    )
    others = np.setdiff1d(np.arange(len(matches)), rows)
    order = np.argsort(np.concatenate((others, rows)))
    return Matches.concatenate(matches.take(others), moved).take(order)


def _beginnings(
    a: _Stretches, b: _Stretches, tokens: Tokens, period: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Where two stretches are to be aligned from on either side, and how many words (0: they are of other words)."""
    a_start, b_start, most = a.start, b.start, np.zeros(len(a.start), dtype=np.int64)
    skipped = [(0, 0), *((0, words) for words in range(1, period)), *((words, 0) for words in range(1, period))]
    for in_a, in_b in skipped:
        a_there, b_there = a.start + in_a, b.start + in_b
        size = np.minimum(np.minimum(a.end - a_there, b.end - b_there), np.maximum(b_there - a_there, 0))
        for place in range(period):
            left, right = (np.minimum(start + place, len(tokens) - 1) for start in (a_there, b_there))
            size = np.where(tokens.ids[left] == tokens.ids[right], size, 0)
        # Of two as long the one that begins with the word of the lesser hash, for which of them is a may not matter.
        hashes = tokens.vocabulary.hashes[tokens.ids[np.minimum(np.stack((a_there, a_start)), len(tokens) - 1)]]
        better = (size > most) | ((size == most) & (hashes[0] < hashes[1]))
        a_start, b_start, most = (
            np.where(better, new, old) for new, old in ((a_there, a_start), (b_there, b_start), (size, most))
        )
    return a_start, b_start, most
