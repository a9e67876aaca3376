"""Running heads that are told by what they interrupt: a line between the halves of sentences, again and again.

A formula may have full stops and return throughout a text, and so may a running head ("Vol. XII. Morning edition. Not
for sale."). But nobody says a refrain in the middle of a sentence, and a printer sets a head wherever a page begins.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.hashing import mixed, placed
from reuse.arrays.keys import differs
from reuse.arrays.ragged import bounds_of, ranges, row_of_each, spread

_LEAST = 2  # interruptions: once may be a line that has lost its full stop
_INTERRUPTING = 0.25  # least share of the places of a line at which it interrupts: pages end with sentences as well


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines that have words, in order.

    Attributes:
        bounds: int64 (documents + 1,): whose they are.
        words: int64 (n,): words of each.
        initials: (n,): the first code point of each.
        open: bool (n,): no sign stands behind the last word.
        closed: bool (n,): a sentence closes behind it.
    """

    bounds: NDArray[np.int64]
    words: NDArray[np.int64]
    initials: NDArray[np.unsignedinteger]
    open: NDArray[np.bool_]
    closed: NDArray[np.bool_]


def interrupting(lines: Lines, ids: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Which lines (bool) are said word for word at places where they come between the halves of a sentence.

    The line before has no sign behind its last word, the line behind begins with a small letter, and the line itself
    does not and closes a sentence. In scripts without small letters nothing is told.

    Args:
        lines: The lines.
        ids: int (tokens,): number of each word of all lines, -1 for figures, in which heads differ.
    """
    document = row_of_each(lines.bounds)
    heads = np.zeros(len(document), dtype=bool)
    between = _between(lines, document)
    often = np.bincount(document[between], minlength=len(lines.bounds) - 1) >= _LEAST
    own = ranges(lines.bounds[:-1][often], np.diff(lines.bounds)[often])
    if not len(own):
        return heads
    said = _said(ids, bounds_of(lines.words)[own], lines.words[own])
    order = np.lexsort((said, document[own]))
    opens = np.flatnonzero(differs(document[own][order], said[order]))
    sizes = np.diff(np.append(opens, len(order)))
    times = np.add.reduceat(between[own][order].astype(np.int64), opens)
    heads[own[order]] = np.repeat((times >= _LEAST) & (times >= _INTERRUPTING * sizes), sizes)
    return heads


def _between(lines: Lines, document: NDArray[np.int64]) -> NDArray[np.bool_]:
    letters, of_line = np.unique(lines.initials, return_inverse=True)
    small = np.array([chr(letter).islower() for letter in letters.tolist()], dtype=bool)[of_line]
    found = np.zeros(len(document), dtype=bool)
    same = document[:-2] == document[2:]
    found[1:-1] = same & lines.open[:-2] & small[2:] & ~small[1:-1] & lines.closed[1:-1]
    return found


def _said(ids: NDArray[np.integer], starts: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.uint64]:
    """A hash (uint64) of the words of each line, numbers apart."""
    words = ids[ranges(starts, sizes)]
    line = row_of_each(bounds_of(sizes))[words >= 0]
    _, place = spread(np.bincount(line, minlength=len(sizes)))
    said = np.zeros(len(sizes), dtype=np.uint64)
    np.add.at(said, line, placed(mixed(words[words >= 0].astype(np.uint64)), place))
    return said
