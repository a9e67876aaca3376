"""Which words two formulas do not share, for many pairs of formulas at once.

The edits of a pair are those of `Levenshtein.editops` of rapidfuzz, of several equally short scripts the same one. What
two formulas have in common at their beginnings and ends is cut off first; most pairs have a word or two left then.
Pairs with about as many words left are compared together: the table of edit distances (Wagner & Fischer 1974) is filled
cell by cell, each cell for all pairs at once, and read backwards step by step.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from reuse.arrays.ragged import bounds_of, spread
from reuse.arrays.records import FlatColumns

SIZES = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32)
"""Words that are left of the longer formula, at most, in tables of each size; pairs with more go one by one."""

CELLS = 1 << 19
"""Cells of all tables that are filled at once, a byte each, so that they stay in the cache."""


@dataclass(frozen=True, slots=True)
class Edits(FlatColumns):
    """The edits of many pairs; those of one pair stand in the order of the text, though not side by side.

    Attributes:
        pair: int64 (edits,): the pair.
        old: int64 (edits,): row of the word of its first formula that is deleted or replaced; -1 for an insertion.
        new: int64 (edits,): row of the word of its second formula that is inserted or stands instead; -1 for a
            deletion.
    """

    pair: NDArray[np.int64]
    old: NDArray[np.int64]
    new: NDArray[np.int64]


def edits_of(
    words: NDArray[np.int32],
    bounds: NDArray[np.int64],
    texts: NDArray[np.object_],
    first: NDArray[np.int64],
    second: NDArray[np.int64],
) -> Edits:
    """What turns one formula into another, for pairs of formulas.

    Args:
        words: int32 (words of all formulas,): numbers of words, formula after formula.
        bounds: int64 (formulas + 1,): formula f owns the rows bounds[f] to bounds[f + 1] of `words`.
        texts: object (formulas,): the formulas as strings with one character a word.
        first: int64 (pairs,): one formula of each pair.
        second: int64 (pairs,): the other.
    """
    begins, others = bounds[first], bounds[second]
    rows, columns = bounds[first + 1] - begins, bounds[second + 1] - others
    before = _in_common(words, begins, others, np.minimum(rows, columns), 1)
    rest = np.minimum(rows, columns) - before
    behind = _in_common(words, bounds[first + 1] - 1, bounds[second + 1] - 1, rest, -1)
    rows, columns = rows - before - behind, columns - before - behind
    tables = _Tables(words, begins + before, others + before, rows, columns)
    longer = np.maximum(rows, columns)
    found: list[Edits] = []
    for least, size in zip((0, *SIZES), SIZES, strict=False):
        pairs = np.flatnonzero((longer > least) & (longer <= size))
        if _quicker_together(size, len(pairs)):
            slices = np.split(pairs, np.arange(0, len(pairs), max(CELLS // (size + 1) ** 2, 1))[1:])
            found += [tables.edits(some, size) for some in slices]
            longer[pairs] = 0
    alone = np.flatnonzero(longer)
    found.append(_one_by_one(texts, first[alone], second[alone], alone, bounds))
    return Edits.concatenate(*found)


def _in_common(
    words: NDArray[np.int32], begins: NDArray[np.int64], others: NDArray[np.int64], most: NDArray[np.int64], step: int
) -> NDArray[np.int64]:
    """How many words (int64, pairs) are the same, of `most`, from two rows on, forwards or backwards by `step`."""
    some = np.flatnonzero(most)
    agreed = np.zeros(len(most), dtype=np.int64)
    if len(some):
        rows, within = spread(most[some])
        within *= step
        same = words[begins[some][rows] + within] == words[others[some][rows] + within]
        within *= step
        within[same] = len(words)
        agreed[some] = np.minimum(np.minimum.reduceat(within, bounds_of(most[some])[:-1]), most[some])
    return agreed


def _quicker_together(size: int, pairs: int) -> bool:
    """Whether the calls for a table of that size cost less than a call a pair."""
    return pairs > size * size // 2 + 8 * size


@dataclass(frozen=True, slots=True)
class _Tables:
    """What is left to compare: for each pair the first row and the number of rows of `words`, of either formula."""

    words: NDArray[np.int32]
    begins: NDArray[np.int64]
    others: NDArray[np.int64]
    rows: NDArray[np.int64]
    columns: NDArray[np.int64]

    def edits(self, pairs: NDArray[np.int64], size: int) -> Edits:
        """The edits of pairs that have so many words at most on either side."""
        table = self._filled(pairs, size)
        # Backwards, each from its own corner: a deletion wherever a shortest way may come from one, else an insertion
        # where it must: so rapidfuzz chooses.
        lanes, row, column = np.arange(len(pairs)), self.rows[pairs], self.columns[pairs]
        steps: list[Edits] = []
        while len(lanes):
            here = table[row, column, lanes]
            above, left = np.maximum(row - 1, 0), np.maximum(column - 1, 0)
            aslant = table[above, left, lanes]
            deletes = (row > 0) & ((column == 0) | (table[above, column, lanes] < here))
            inserts = ~deletes & (column > 0) & ((row == 0) | (table[row, left, lanes] < aslant))
            row, column = row - ~inserts, column - ~deletes
            edited = np.flatnonzero(deletes | inserts | (aslant < here))
            of = pairs[lanes[edited]]
            old = np.where(inserts[edited], -1, self.begins[of] + row[edited])
            new = np.where(deletes[edited], -1, self.others[of] + column[edited])
            steps.append(Edits(of, old, new))
            on = (row > 0) | (column > 0)
            lanes, row, column = lanes[on], row[on], column[on]
        steps.reverse()
        return Edits.concatenate(*steps)

    def _filled(self, pairs: NDArray[np.int64], size: int) -> NDArray[np.int8]:
        """The distances (int8, size + 1, size + 1, pairs); cells beyond a pair's own words mean nothing."""
        places, last = np.arange(size)[:, None], len(self.words) - 1
        olds = self.words[np.minimum(self.begins[pairs] + places, last)]
        news = self.words[np.minimum(self.others[pairs] + places, last)]
        table = np.empty((size + 1, size + 1, len(pairs)), dtype=np.int8)
        table[:, 0] = table[0] = np.arange(size + 1, dtype=np.int8)[:, None]
        for row in range(size):
            for column in range(size):
                cell = np.minimum(table[row, column + 1], table[row + 1, column], out=table[row + 1, column + 1])
                cell += np.int8(1)
                np.minimum(cell, table[row, column] + (olds[row] != news[column]), out=cell)
        return table


def _one_by_one(
    texts: NDArray[np.object_],
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    pairs: NDArray[np.int64],
    bounds: NDArray[np.int64],
) -> Edits:
    """The edits of some pairs by a call each."""
    columns = zip(
        pairs.tolist(),
        texts[first].tolist(),
        texts[second].tolist(),
        bounds[first].tolist(),
        bounds[second].tolist(),
        strict=True,
    )
    found = [
        (pair, -1 if kind == "insert" else begin + at, -1 if kind == "delete" else other + to)
        for pair, one, two, begin, other in columns
        for kind, at, to in cast("list[tuple[str, int, int]]", Levenshtein.editops(one, two).as_list())
    ]
    rows = np.array(found, dtype=np.int64).reshape(-1, 3)
    return Edits(rows[:, 0], rows[:, 1], rows[:, 2])
