"""Words that are part of no phrase: one said over and over, and numbers that count."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.keys import differs
from reuse.corpus.tokens import Tokens, Vocabulary

REPETITION = 6
"""Equal words in a row from which on they are no part of a phrase."""

COUNT = 4
"""Numbers in a row, each one more or one less than the one before, from which on they count."""

_LONGEST_NUMBER = 9
"""Digits of the longest number that is read."""


def sequences(tokens: Tokens) -> NDArray[np.bool_]:
    """Which tokens stand in such a row within a sentence, or right behind one (bool, each).

    A table of zeros or a rule of dashes has a run of every length at every place, and none of them is a phrase.
    """
    same = ~(differs(tokens.ids) | tokens.opens_sentence)
    found = _in_rows(same, REPETITION)
    values = number_values(tokens.vocabulary)
    if (values >= 0).any():
        value = values[tokens.ids]
        number = (value >= 0) & ~tokens.opens_sentence
        number[1:] &= value[:-1] >= 0
        number[:1] = False
        step = np.diff(value, prepend=-1)
        found |= _in_rows(number & (step == 1), COUNT) | _in_rows(number & (step == -1), COUNT)
    return found


def number_values(vocabulary: Vocabulary) -> NDArray[np.int64]:
    """The value of each word that is a number in digits of any script (int64, words); -1: it is none."""
    values = np.full(len(vocabulary), -1, dtype=np.int64)
    for row, word in enumerate(vocabulary.words):
        if word.isdecimal():
            values[row] = int(word[-_LONGEST_NUMBER:])
    return values


def _in_rows(goes_on: NDArray[np.bool_], least: int) -> NDArray[np.bool_]:
    """Which elements stand in a row of at least so many, or right behind one.

    Args:
        goes_on: bool (n,): whether an element goes on with the row of the one before.
        least: Elements of such a row.
    """
    count = len(goes_on)
    begins = np.append(np.flatnonzero(~goes_on), count)
    rows = np.flatnonzero(np.diff(begins) >= least)
    edges = np.zeros(count + 2, dtype=np.int8)
    edges[begins[rows]] += 1
    edges[begins[rows + 1] + 1] -= 1
    return np.cumsum(edges[:count], dtype=np.int32) > 0
