"""Words that are part of no phrase: one or a few said over and over, and numbers that count."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.ragged import ranges
from reuse.corpus.tokens import Tokens, Vocabulary

REPETITION = 6
"""Times in a row that a word, or a cycle of a few, is said, from which on it is no part of a phrase."""

LONGEST_CYCLE = 16
"""Words of a cycle that is looked for."""

COUNT = 4
"""Numbers in a row, each one more or one less than the one before, from which on they count."""

_LONGEST_NUMBER = 9
"""Digits of the longest number that is read."""


def sequences(tokens: Tokens) -> NDArray[np.bool_]:
    """Which tokens stand in such a row within a sentence, or right behind one (bool, each).

    A table of zeros or a rule of dashes has a run of every length at every place, and none of them is a phrase.
    """
    found = np.zeros(len(tokens), dtype=bool)
    sentence = np.cumsum(tokens.opens_sentence, dtype=np.int32)
    for period in range(1, min(LONGEST_CYCLE, len(tokens) - 1) + 1):
        same = (tokens.ids[period:] == tokens.ids[:-period]) & (sentence[period:] == sentence[:-period])
        _mark_rows(found, np.flatnonzero(same) + period, REPETITION * period, period)
    values = number_values(tokens.vocabulary)
    numbers = np.flatnonzero((values >= 0)[tokens.ids])
    behind = numbers[1:][(np.diff(numbers) == 1) & ~tokens.opens_sentence[numbers[1:]]]  # a number
    step = values[tokens.ids[behind]] - values[tokens.ids[behind - 1]]
    for one in (1, -1):
        _mark_rows(found, behind[step == one], COUNT)
    return found


def number_values(vocabulary: Vocabulary) -> NDArray[np.int64]:
    """The value of each word that is a number in digits of any script (int64, words); -1: it is none."""
    values = np.full(len(vocabulary), -1, dtype=np.int64)
    for row, word in enumerate(vocabulary.words):
        if word.isdecimal():
            values[row] = int(word[-_LONGEST_NUMBER:])
    return values


def _mark_rows(found: NDArray[np.bool_], goes_on: NDArray[np.int64], least: int, period: int = 1) -> None:
    """Mark the elements that stand in a row of at least so many, and the one right behind it.

    Args:
        found: bool (n,): the elements; those are set.
        goes_on: int64: elements that go on with the row of the one `period` before, ascending.
        least: Elements of such a row.
        period: Elements of a row that go on with none.
    """
    first = np.flatnonzero(np.diff(goes_on, prepend=-2) > 1)
    sizes = np.diff(first, append=len(goes_on))
    long = sizes + period >= least
    begin, size = goes_on[first[long]] - period, sizes[long] + period + 1
    marked = ranges(begin, size)
    found[marked[marked < len(found)]] = True
