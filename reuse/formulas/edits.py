"""Which words two formulas do not share, for many pairs of formulas at once.

The edits of a pair are those of `Levenshtein.editops` of rapidfuzz, of several equally short scripts the same one. What
two formulas have in common at their beginnings and ends is cut off first; most pairs have a word or two left then.
Pairs with equally many words left are compared together: the table of edit distances (Wagner & Fischer 1974) is filled
cell by cell, each cell for all pairs at once, and read backwards step by step.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from reuse.formulas.groups import bounds_of, spread

FIRST_CHARACTER = 0x10000
"""Words are written as characters from the first code point above the surrogates' plane."""

LARGEST = 16
"""Words of either formula that are left to compare; pairs with more are compared one by one."""

SLICE = 1 << 14
"""Pairs whose tables are filled at once, so that they stay in the cache."""


@dataclass(frozen=True, slots=True)
class Edits:
    """The edits of many pairs; those of one pair stand in the order of the text, though not side by side.

    Attributes:
        pair: int64 (edits,): the pair.
        old: int64 (edits,): row of the word of its first formula that is deleted or replaced; -1 for an insertion.
        new: int64 (edits,): row of the word of its second formula that is inserted or stands instead; -1 where none is.
    """

    pair: NDArray[np.int64]
    old: NDArray[np.int64]
    new: NDArray[np.int64]


def as_text(words: NDArray[np.integer]) -> str:
    """Numbers of words as a string with one character a word."""
    return (words.astype("<u4") + np.uint32(FIRST_CHARACTER)).tobytes().decode("utf-32-le")


def edits_of(
    words: NDArray[np.int32], bounds: NDArray[np.int64], first: NDArray[np.int64], second: NDArray[np.int64]
) -> Edits:
    """What turns one formula into another, for pairs of formulas.

    Args:
        words: int32 (words of all formulas,): numbers of words, formula after formula; fewer than a million distinct.
        bounds: int64 (formulas + 1,): formula f owns the rows bounds[f] to bounds[f + 1] of `words`.
        first: int64 (pairs,): one formula of each pair.
        second: int64 (pairs,): the other.
    """
    begins, others = bounds[first], bounds[second]
    rows, columns = bounds[first + 1] - begins, bounds[second + 1] - others
    before = _in_common(words, begins, others, np.minimum(rows, columns), 1)
    rest = np.minimum(rows, columns) - before
    behind = _in_common(words, bounds[first + 1] - 1, bounds[second + 1] - 1, rest, -1)
    begins, others = begins + before, others + before
    rows, columns = rows - before - behind, columns - before - behind
    found = [_no_edits()]
    for row_count, column_count, pairs in _of_equal_shape(rows, columns):
        if _quicker_together(row_count, column_count, len(pairs)):
            slices = np.split(pairs, np.arange(SLICE, len(pairs), SLICE))
            found += [_together(words, begins[some], others[some], row_count, column_count, some) for some in slices]
        else:
            found.append(_one_by_one(words, begins, others, rows, columns, pairs))
    return Edits(
        np.concatenate([edits.pair for edits in found]),
        np.concatenate([edits.old for edits in found]),
        np.concatenate([edits.new for edits in found]),
    )


def _no_edits() -> Edits:
    none = np.zeros(0, dtype=np.int64)
    return Edits(none, none, none)


def _in_common(
    words: NDArray[np.int32],
    begins: NDArray[np.int64],
    others: NDArray[np.int64],
    most: NDArray[np.int64],
    step: int,
) -> NDArray[np.int64]:
    """How many words (int64, pairs) are the same, of `most`, from two rows on, forwards or backwards by `step`."""
    some = np.flatnonzero(most)
    rows, within = spread(most[some])
    differs = words[begins[some][rows] + step * within] != words[others[some][rows] + step * within]
    same = np.where(differs, within, len(words))
    agreed = np.zeros(len(most), dtype=np.int64)
    if len(some):
        agreed[some] = np.minimum(np.minimum.reduceat(same, bounds_of(most[some])[:-1]), most[some])
    return agreed


def _of_equal_shape(
    rows: NDArray[np.int64], columns: NDArray[np.int64]
) -> Iterator[tuple[int, int, NDArray[np.int64]]]:
    """The pairs (int64) with so many words left of either formula; those with too many all at once, as the last."""
    size = LARGEST + 1
    fits = (rows < size) & (columns < size)
    shape = np.where(fits, rows * size + columns, size * size)
    order = np.argsort(shape, kind="stable")
    counts = np.bincount(shape, minlength=size * size + 1)
    for number, pairs in enumerate(np.split(order, np.cumsum(counts)[:-1])):
        if number and len(pairs):
            yield number // size, number % size, pairs


def _quicker_together(rows: int, columns: int, pairs: int) -> bool:
    """Whether the calls for a table cost less than a call a pair."""
    return rows <= LARGEST and pairs >= rows * columns + 5 * (rows + columns)


def _together(
    words: NDArray[np.int32],
    begins: NDArray[np.int64],
    others: NDArray[np.int64],
    rows: int,
    columns: int,
    pairs: NDArray[np.int64],
) -> Edits:
    """The edits of pairs with equally many words to compare."""
    olds = words[begins + np.arange(rows)[:, None]]
    news = words[others + np.arange(columns)[:, None]]
    table = np.empty((rows + 1, columns + 1, len(pairs)), dtype=np.int8)
    table[:, 0] = np.arange(rows + 1, dtype=np.int8)[:, None]
    table[0] = np.arange(columns + 1, dtype=np.int8)[:, None]
    for i in range(rows):
        for j in range(columns):
            cell = np.minimum(table[i, j + 1], table[i + 1, j], out=table[i + 1, j + 1])
            cell += np.int8(1)
            np.minimum(cell, table[i, j] + (olds[i] != news[j]), out=cell)
    # Backwards: a deletion wherever the shortest way may come from one, else an insertion where it must, as rapidfuzz.
    lanes = np.arange(len(pairs))
    row, column = np.full(len(pairs), rows), np.full(len(pairs), columns)
    steps: list[Edits] = []
    while len(lanes):
        here = table[row, column, lanes]
        above = np.maximum(row - 1, 0)
        left = np.maximum(column - 1, 0)
        aslant = table[above, left, lanes]
        deletes = (row > 0) & ((column == 0) | (table[above, column, lanes] < here))
        inserts = ~deletes & (column > 0) & ((row == 0) | (table[row, left, lanes] < aslant))
        both = ~deletes & ~inserts
        row, column = row - (deletes | both), column - (inserts | both)
        edited = np.flatnonzero(~both | (aslant < here))
        of = lanes[edited]
        old = np.where(inserts[edited], -1, begins[of] + row[edited])
        new = np.where(deletes[edited], -1, others[of] + column[edited])
        steps.append(Edits(pairs[of], old, new))
        on = (row > 0) | (column > 0)
        lanes, row, column = lanes[on], row[on], column[on]
    steps.reverse()
    return Edits(
        np.concatenate([step.pair for step in steps]),
        np.concatenate([step.old for step in steps]),
        np.concatenate([step.new for step in steps]),
    )


def _one_by_one(
    words: NDArray[np.int32],
    begins: NDArray[np.int64],
    others: NDArray[np.int64],
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
    pairs: NDArray[np.int64],
) -> Edits:
    """The edits of pairs by a call each."""
    found = []
    for pair in pairs.tolist():
        begin, other = int(begins[pair]), int(others[pair])
        old = as_text(words[begin : begin + int(rows[pair])])
        new = as_text(words[other : other + int(columns[pair])])
        for kind, at, to in cast("list[tuple[str, int, int]]", Levenshtein.editops(old, new).as_list()):
            found.append((pair, -1 if kind == "insert" else begin + at, -1 if kind == "delete" else other + to))
    columns_of = np.array(found, dtype=np.int64).reshape(-1, 3)
    return Edits(columns_of[:, 0], columns_of[:, 1], columns_of[:, 2])
