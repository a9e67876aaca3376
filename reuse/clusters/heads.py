"""Groups of matches that carry one text, each around a head: what belongs to a group shares most of its text with it.

A chain of matches of which each overlaps the next may lead from one text to quite another. So a group has a head, its
longest match, and each match is compared with the head itself. What remains is compared with the next head, and so on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.components import connected_components
from reuse.arrays.keys import differs

SAME_TEXT = 0.7
"""Share of the longer of two texts that they have to have in common, and more, to be one text."""

WITHIN, HALF = 0.9, 0.5
"""The same share of the shorter one, if it is so much of the longer: a text that lacks its beginning or its end."""

_NEIGHBOURS = 3  # spans on either side, in order of begin and of end, that a span is compared with
_FEWER = 0.7  # of the texts for which candidates were last looked for, below which they are looked for again


@dataclass(frozen=True, slots=True)
class Texts:
    """Where each of some texts stands: in one line of positions or in several, each with places of its own.

    Attributes:
        start, end: int64 (lines, texts): a span on each line.
        length: int64 (lines, texts): tokens of the text as it stands there, those between its own ones too.
        line: int64 (lines,): two spans are compared if their lines have the same number here.
    """

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    length: NDArray[np.int64]
    line: NDArray[np.int64]

    def same(self, one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether two texts each (int64, rows) are the same: on some line they have most of the longer in common."""
        mine, theirs = np.nonzero(self.line[:, None] == self.line)
        shared = np.minimum(self.end[np.ix_(mine, one)], self.end[np.ix_(theirs, other)])
        shared -= np.maximum(self.start[np.ix_(mine, one)], self.start[np.ix_(theirs, other)])
        alike = is_same(shared, self.length[np.ix_(mine, one)], self.length[np.ix_(theirs, other)])
        anywhere: NDArray[np.bool_] = np.asarray(alike.any(axis=0))
        return anywhere


def is_same(shared: NDArray[np.int64], one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether two texts each are the same (bool), given the tokens that they share and those of either (int64)."""
    longer, shorter = np.maximum(one, other), np.minimum(one, other)
    same: NDArray[np.bool_] = shared > SAME_TEXT * longer
    return same | ((shared >= WITHIN * shorter) & (shared > HALF * longer))


def head_of_each(texts: Texts, rank: NDArray[np.int64]) -> NDArray[np.int64]:
    """The head of the group that each text belongs to (int64, a row of `texts`).

    Texts are compared with their neighbours in order of begin and of end to see which may be the same, so cost follows
    their number, and the number of groups within a crowd of overlapping texts.

    Args:
        texts: The texts.
        rank: int64 (texts,): a permutation; of two texts the one that stands first in it is the head.
    """
    of_rank = np.argsort(rank)
    head = np.arange(len(rank))
    left, looked_for = np.arange(len(rank)), len(rank) + 1
    crowd = np.zeros(len(rank), dtype=np.int64)
    while len(left):
        if len(left) < _FEWER * looked_for or looked_for > len(rank):
            looked_for = len(left)
            crowd[left] = _crowds(texts, left, rank)
        best = np.full(len(rank), len(rank))
        np.minimum.at(best, crowd[left], rank[left])
        candidate = of_rank[best[crowd[left]]]
        joined = (left == candidate) | texts.same(left, candidate)
        head[left[joined]] = candidate[joined]
        left = left[~joined]
    return head


def _crowds(texts: Texts, rows: NDArray[np.int64], rank: NDArray[np.int64]) -> NDArray[np.int64]:
    """Components (int64, one a row) of texts that may be linked through others that are the same as a neighbour."""
    number = np.full(len(rank), -1)
    number[rows] = np.arange(len(rows))
    line = np.repeat(texts.line, len(rows))
    owner = np.tile(rows, len(texts.line))
    start, end, length = (column[:, rows].ravel() for column in (texts.start, texts.end, texts.length))
    order = np.lexsort((rank[owner], end, start, line))
    opens = differs(line[order], start[order], end[order])
    # Of those with the same span the first stands for all.
    stands = order[np.flatnonzero(opens)[np.cumsum(opens) - 1]]
    edges = [(owner[order], owner[stands])]
    distinct = order[opens]
    for spans in (distinct, distinct[np.lexsort((start[distinct], end[distinct], line[distinct]))]):
        for distance in range(1, _NEIGHBOURS + 1):
            here, there = spans[:-distance], spans[distance:]
            shared = np.minimum(end[here], end[there]) - np.maximum(start[here], start[there])
            same = is_same(shared, length[here], length[there]) & (line[here] == line[there])
            met = np.flatnonzero(same)
            edges.append((owner[here[met]], owner[there[met]]))
    one, other = (np.concatenate(side) for side in zip(*edges, strict=True))
    return connected_components(len(rows), number[one], number[other])
