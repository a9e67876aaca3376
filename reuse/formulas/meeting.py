"""Which formulas are compared with which: those that meet under a key, since comparing all with all has no end.

Formulas that differ by an edit or two have much in common, and keys are made of what that may be.

* A short formula has a key for every way to leave out no word, one word or two: "in the name of" and "in the good name
  of" meet under "in the name of", which the latter gives when "good" is left out.
* Of a long formula that would be too many keys. Two edits leave three words in a row untouched somewhere, so it has a
  key for each such run of three words near its ends. Its length, roughly, is part of the key: else the best formula
  with a run is often some short part that hundreds of longer formulas have in common, and these would each meet that
  part and never one another.

Under a key, a formula meets only the best formula there and its neighbour in rank, so that cost follows the number of
keys. What meets is a candidate; `likeness` decides whether it is a form.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.hashing import mixed
from reuse.arrays.keys import distinct_in, pair_keys, pair_numbers, shared_places, with_places
from reuse.arrays.logarithm import log2
from reuse.arrays.ragged import bounds_of

SHORT = 8
"""Longer formulas meet under runs of words instead of deletions, whose number grows with the square of the length."""

RUN = 3
"""Words in a run: two edits leave one such run in any nine words."""

BIN = 1.5
"""Formulas meet under runs only where they are of like length: lengths are put into bins, each so many times as wide as
the one before, in two rows, one shifted by half a bin; so 1.22 times a length always shares a bin with it."""

ENDS = 24
"""Runs at either end that make the keys of a formula that is longer than twice as many words."""

_POWERS = np.array([pow(0x9E3779B97F4A7C15, power, 1 << 64) for power in range(16)], dtype=np.uint64)

Keys = Iterator[tuple[NDArray[np.uint64], NDArray[np.int64]]]
"""Keys and the formulas that they belong to."""


def meeting(ids: NDArray[np.int32], lengths: NDArray[np.int32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of formulas (better, worse; int64 both) that share a key, a few for each; sorted by worse, then better.

    Args:
        ids: int32 (sum of lengths,): words of all formulas end to end, the best formula first.
        lengths: int32 (formulas,): words of each formula.
    """
    bounds = bounds_of(lengths)[:-1]
    none = (np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int64))
    keyed = [none, *_short_keys(ids, bounds, lengths), *_long_keys(ids, bounds, lengths)]
    key, owner = (np.concatenate(column) for column in zip(*keyed, strict=True))
    # A chance collision costs one comparison.
    number_width = len(lengths).bit_length()
    key = with_places(mixed(key), owner, number_width)
    key.sort()
    owner, begins = shared_places(key, number_width)
    best = owner[np.flatnonzero(begins)][np.cumsum(begins) - 1]
    before = np.where(begins, owner, np.roll(owner, 1))
    left = np.concatenate([best, before])
    right = np.concatenate([owner, owner])
    pairs = pair_keys(right, left)[left < right]
    pairs.sort()
    worse, better = pair_numbers(distinct_in(pairs))
    return better, worse


def _short_keys(ids: NDArray[np.int32], bounds: NDArray[np.int64], lengths: NDArray[np.int32]) -> Keys:
    """Keys of formulas of up to SHORT words: what is left when words are deleted."""
    for length in range(1, SHORT + 1):
        rows = np.flatnonzero(lengths == length)
        prefixes = [np.zeros(len(rows), dtype=np.uint64)]  # hashes of the first 0, 1, 2 … words
        for column in range(length if len(rows) else 0):
            prefixes.append((prefixes[-1] + ids[bounds[rows] + column].view(np.uint32) + np.uint64(1)) * _POWERS[1])
        for kept in _kept_runs(length) if len(rows) else ():
            key = np.zeros(len(rows), dtype=np.uint64)
            for start, end in kept:
                key = key * _POWERS[end - start] + (prefixes[end] - prefixes[start] * _POWERS[end - start])
            if len(kept) == 1 and kept[0][1] - kept[0][0] == RUN < length:
                yield from ((key + bins, rows) for bins in _bins(lengths[rows]))
            else:
                yield key, rows


def _bins(lengths: NDArray[np.int32]) -> Iterator[NDArray[np.uint64]]:
    """A hash of the bin of each length, in either row of bins."""
    place = log2(lengths) / log2(BIN)
    for row in (0, 1):
        yield mixed(2 * (place + row / 2).astype(np.uint64) + np.uint64(row + 1))


def _long_keys(ids: NDArray[np.int32], bounds: NDArray[np.int64], lengths: NDArray[np.int32]) -> Keys:
    """Keys of longer formulas: their first and their last ENDS runs."""
    rows = np.flatnonzero(lengths > SHORT)
    runs = lengths[rows].astype(np.int64) - RUN + 1
    for nth in range(ENDS):
        for start, some in ((np.full(len(rows), nth), runs > nth), (runs - 1 - nth, runs - 1 - nth >= ENDS)):
            of, at = rows[some], bounds[rows[some]] + start[some]
            key = np.zeros(len(of), dtype=np.uint64)
            for column in range(RUN):
                key = (key + ids[at + column].view(np.uint32) + np.uint64(1)) * _POWERS[1]
            for bins in _bins(lengths[of]):
                yield key + bins, of


def _kept_runs(length: int) -> list[list[tuple[int, int]]]:
    """The runs of a short formula that make each of its keys: with so many edits, one key stays whole."""
    kept = [
        list(_runs_between((-1, *deleted, length)))
        for count in range(3 if length > 5 else 2)
        for deleted in combinations(range(length), count)
    ]
    runs = [[(start, start + RUN)] for start in range(length - RUN + 1)]
    return kept + runs if length >= SHORT - 1 else kept  # so that short and long ones meet


def _runs_between(fences: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """The half-open runs between neighbouring fences, empty ones left out."""
    for before, after in pairwise(fences):
        if before + 1 < after:
            yield before + 1, after
