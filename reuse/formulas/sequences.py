"""What is said over and over, and numbers that count.

A few words in a row again and again ("ha ho ha ho …", the zeros of a table) are part of no phrase, nor are numbers that
count. More words than that are a refrain: each time that it is said is a sentence of its own, whatever marks it has.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.counting import counted_up_to
from reuse.arrays.hashing import mixed
from reuse.arrays.keys import differs, shared_places, with_places
from reuse.arrays.ragged import ranges, slices_of, spread
from reuse.corpus.tokens import Tokens, Vocabulary
from reuse.work.workers import ALONE, Workers

REPETITION = 6
"""Times in a row that a word, or a cycle of a few, is said, from which on it is no part of a phrase."""

LONGEST_CYCLE = 16
"""Words of a cycle that is no phrase; a longer one is a refrain."""

COUNT = 4
"""Numbers in a row, each one more or one less than the one before, from which on they count."""

_SLICE = 1 << 18  # tokens looked at at a time, so that temporaries stay in the cache
_NOWHERE = np.zeros(0, dtype=np.int64)

_LONGEST_NUMBER = 9
"""Digits of the longest number that is read."""


def sequences(tokens: Tokens, workers: Workers = ALONE) -> NDArray[np.bool_]:
    """Which tokens stand in such a row within a sentence, or right behind one (bool, each).

    A table of zeros or a rule of dashes has a run of every length at every place, and none of them is a phrase.

    Args:
        tokens: The corpus.
        workers: Have a place for columns.
    """
    found: NDArray[np.bool_] = workers.column(len(tokens), bool)
    sentence = counted_up_to(tokens.opens_sentence, workers.column(len(tokens), np.int32))
    for period in range(1, min(LONGEST_CYCLE, len(tokens) - 1) + 1):
        again = _going_on(tokens.ids, period, (REPETITION - 1) * period)
        again = again[sentence[again] == sentence[again - period]]
        _mark_rows(found, again, REPETITION * period, period)
    values = number_values(tokens.vocabulary)
    numbers = _where(tokens.ids, values >= 0)
    behind = numbers[1:][(np.diff(numbers) == 1) & ~tokens.opens_sentence[numbers[1:]]]  # a number
    step = values[tokens.ids[behind]] - values[tokens.ids[behind - 1]]
    for one in (1, -1):
        _mark_rows(found, behind[step == one], COUNT)
    return found


def _where(ids: NDArray[np.int32], wanted: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Places (int64, ascending) of the words that are wanted (bool, words)."""
    slices = range(0, len(ids), _SLICE)
    return np.concatenate(
        [_NOWHERE, *(start + np.flatnonzero(wanted[ids[start : start + _SLICE]]) for start in slices)]
    )


def _going_on(ids: NDArray[np.int32], period: int, least: int) -> NDArray[np.int64]:
    """Places (int64, ascending) whose word is that of the place `period` before; of rows of so many of them, all.

    Every such row has one of the places that are `least` apart from the first: where few of these have that word, only
    what lies around them is looked at.
    """
    lots = [_NOWHERE]
    for start in range(period, len(ids), least * _SLICE):
        places = np.arange(start, min(start + least * _SLICE, len(ids)), least)
        lots.append(places[ids[places] == ids[places - period]])
    at, found = np.concatenate(lots), [_NOWHERE]
    if len(at) * least > len(ids) // 8:
        for start in range(period, len(ids), _SLICE):
            here = ids[start : start + _SLICE]
            found.append(np.flatnonzero(here == ids[start - period : start - period + len(here)]) + start)
        return np.concatenate(found)
    begin = np.maximum(at - least + 1, period)
    begin[1:] = np.maximum(begin[1:], at[:-1] + least)  # up to there it is looked at already
    sizes = np.minimum(at + least, len(ids)) - begin
    for some in slices_of(sizes, _SLICE):
        near = ranges(begin[some], sizes[some])
        found.append(near[ids[near] == ids[near - period]])
    return np.concatenate(found)


def refrains(tokens: Tokens, workers: Workers = ALONE) -> NDArray[np.bool_]:
    """Which tokens begin a refrain: more than LONGEST_CYCLE words, REPETITION times in a row within a sentence (bool).

    A stretch of n such words has runs of each length at each place, of which only the refrain is a phrase. Cost: a sort
    of the words of the sentences that are long enough to have one.

    Args:
        tokens: The corpus.
        workers: Have a place for columns.
    """
    found: NDArray[np.bool_] = workers.column(len(tokens), bool)
    starts = np.flatnonzero(tokens.opens_sentence)
    sizes = np.diff(starts, append=len(tokens))
    long = np.flatnonzero(sizes > REPETITION * LONGEST_CYCLE)
    starts, sizes = starts[long], sizes[long]
    for some in slices_of(sizes, _SLICE):
        found[_refrains_in(tokens, starts[some], sizes[some])] = True
    return found


def _refrains_in(tokens: Tokens, starts: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where refrains begin (int64, token positions) in some long sentences, given where these do and their words."""
    sentence, within = spread(sizes)
    at = starts[sentence] + within
    hashes = tokens.vocabulary.hashes[tokens.ids[at]]
    size = 1
    while size < LONGEST_CYCLE:  # words of each place and those behind it: twice as many in each round
        hashes = mixed(hashes[:-size]) + hashes[size:]
        size *= 2
    inside = np.flatnonzero(within[: len(hashes)] <= sizes[sentence[: len(hashes)]] - LONGEST_CYCLE)
    at, sentence, hashes = at[inside], sentence[inside], hashes[inside]
    # The same words stand together, in the order of the text: how far is each place from the one before it?
    width = len(at).bit_length()
    keys = with_places(mixed(hashes), np.arange(len(at)), width)
    keys.sort()
    places, is_first = shared_places(keys, width)
    again = ~(is_first | differs(sentence[places]))
    distance = np.zeros(len(at), dtype=np.int64)
    distance[places[again]] = at[places[again]] - at[places[np.flatnonzero(again) - 1]]
    goes_on = np.flatnonzero(distance > LONGEST_CYCLE)
    first = goes_on[differs(distance[goes_on], at[goes_on] - np.arange(len(goes_on)))]
    behind = np.searchsorted(goes_on, first)
    places = np.diff(behind, append=len(goes_on))
    words = places + distance[first] + LONGEST_CYCLE - 1
    row, turn = spread(np.where(words >= REPETITION * distance[first], -(-words // distance[first]), 0))
    return np.asarray(at[first][row] + (turn - 1) * distance[first][row], dtype=np.int64)


def number_values(vocabulary: Vocabulary) -> NDArray[np.int64]:
    """The value of each word that is a number in digits of any script (int64, words); -1: it is none."""
    values = np.full(len(vocabulary), -1, dtype=np.int64)
    for row in np.flatnonzero(list(map(str.isdecimal, vocabulary.words))).tolist():  # hardly any
        values[row] = int(vocabulary.words[row][-_LONGEST_NUMBER:])
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
