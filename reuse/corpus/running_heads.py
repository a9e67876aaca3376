"""Running heads that are told by what they interrupt: a line between the halves of sentences, again and again.

A formula may have full stops and return throughout a text, and so may a running head ("Vol. XII. Morning edition. Not
for sale."). But nobody says a refrain in the middle of a sentence, and a printer sets a head wherever a page begins.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.hashing import mixed, placed
from reuse.arrays.keys import differs

_LEAST = 2  # interruptions: once may be a line that has lost its full stop
_INTERRUPTING = 0.25  # least share of the places of a line at which it interrupts: pages end with sentences as well


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines that have words, in order.

    Attributes:
        document: int64 (n,): whose they are.
        said: uint64 (n,): hash of their words, numbers apart.
        small: bool (n,): they begin with a small letter.
        open: bool (n,): no sign stands behind the last word.
        closed: bool (n,): a sentence closes behind it.
    """

    document: NDArray[np.int64]
    said: NDArray[np.uint64]
    small: NDArray[np.bool_]
    open: NDArray[np.bool_]
    closed: NDArray[np.bool_]

    @classmethod
    def of(
        cls,
        document: NDArray[np.int64],
        words: NDArray[np.integer],
        opens: NDArray[np.bool_],
        initials: NDArray[np.unsignedinteger],
        ends_open: NDArray[np.bool_],
        ends_closed: NDArray[np.bool_],
    ) -> Self:
        """The lines of some tokens.

        Args:
            document: int64 (lines,).
            words: int (tokens,): number of each word, -1 for figures.
            opens: bool (tokens,): the token is the first of a line.
            initials: (lines,): the first code point of each.
            ends_open: bool (lines,).
            ends_closed: bool (lines,).
        """
        kept = words >= 0
        line = np.cumsum(opens)[kept] - 1
        first = np.flatnonzero(differs(line))
        place = np.arange(len(line)) - np.repeat(first, np.diff(np.append(first, len(line))))
        said = np.zeros(len(document), dtype=np.uint64)
        np.add.at(said, line, placed(mixed(words[kept].astype(np.uint64)), place))
        letters, of_line = np.unique(initials, return_inverse=True)
        small = np.array([chr(letter).islower() for letter in letters.tolist()], dtype=bool)
        return cls(document, said, small[of_line], ends_open, ends_closed)


def interrupting(lines: Lines) -> NDArray[np.bool_]:
    """Which lines (bool) are said word for word at places where they come between the halves of a sentence.

    The line before has no sign behind its last word, the line behind begins with a small letter, and the line itself
    does not and closes a sentence. In scripts without small letters nothing is told.
    """
    count = len(lines.document)
    found = np.zeros(count, dtype=bool)
    if count < 3:
        return found
    same = lines.document[:-2] == lines.document[2:]
    between = lines.open[:-2] & lines.small[2:]
    found[1:-1] = same & between & ~lines.small[1:-1] & lines.closed[1:-1]
    at = np.flatnonzero(np.isin(lines.said, lines.said[found]))
    order = at[np.lexsort((lines.said[at], lines.document[at]))]
    opens = np.flatnonzero(differs(lines.document[order], lines.said[order]))
    sizes = np.diff(np.append(opens, len(order)))
    times = np.add.reduceat(found[order].astype(np.int64), opens) if len(opens) else opens
    enough = (times >= _LEAST) & (times >= _INTERRUPTING * sizes)
    found[:] = False
    found[order] = np.repeat(enough, sizes)
    return found
