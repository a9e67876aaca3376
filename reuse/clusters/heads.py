"""Groups of matches that carry one text, each around a head: what belongs to a group shares most of its text with it.

A chain of matches of which each overlaps the next may lead from one text to quite another. So a group has a head, its
first match in a given order, and each match is the same text as the head itself. In that order, each match joins the
first head that is the same text, or is a head. All that does not wait for an earlier one is decided at once, so that
matches in no particular order need few rounds (Blelloch, Fineman & Shun 2012).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.keys import differs
from reuse.options import ClusterOptions

_UNDECIDED = -1
_NEIGHBOURS = 3  # spans on either side, in order of begin and of end, that a span is compared with


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


def is_same(
    shared: NDArray[np.int64], one: NDArray[np.int64], other: NDArray[np.int64], options: ClusterOptions
) -> NDArray[np.bool_]:
    """Whether two texts each are the same (bool), given the tokens that they share and those of either (int64)."""
    longer, shorter = np.maximum(one, other), np.minimum(one, other)
    same: NDArray[np.bool_] = shared > options.same * longer
    return same | ((shared >= options.within * shorter) & (shared > options.half * longer))


def head_of_each(texts: Texts, rank: NDArray[np.int64], options: ClusterOptions) -> NDArray[np.int64]:
    """The head of the group that each text belongs to (int64, a row of `texts`).

    Texts are compared with their neighbours in order of begin and of end, again in each round with those that are left:
    cost follows their number, times the rounds.

    Args:
        texts: The texts.
        rank: int64 (texts,): a permutation; of two texts that are the same the one that stands first in it is the head.
        options: When two texts are the same.
    """
    of_rank = np.argsort(rank)
    in_order = _InOrder.of(texts, rank)
    head = np.full(len(rank), _UNDECIDED)
    while True:
        left = np.flatnonzero((head == _UNDECIDED) | (head == np.arange(len(rank))))
        best = _first_neighbours(in_order, left, options)
        first = left[best > rank[left]]
        decided = bool((head[first] == first).all())
        head[first] = first
        joining = left[best < rank[left]]
        to = of_rank[best[best < rank[left]]]
        joining, to = joining[head[to] == to], to[head[to] == to]
        if decided and not len(joining):
            return head
        # A head that turns out to be the same as an earlier one, now that those between are gone, sets its group free.
        ended = np.zeros(len(rank) + 1, dtype=bool)  # the last one stands for _UNDECIDED
        ended[joining[head[joining] == joining]] = True
        head[ended[head]] = _UNDECIDED
        head[joining] = np.where(ended[to], _UNDECIDED, to)


@dataclass(frozen=True, slots=True)
class _InOrder:
    """The spans of all texts, put in order once: that of some of them is the same.

    Attributes:
        line, start, end, length, rank, row: int64 (spans,): by line, begin, end, length and rank; of each the text too.
        by_end: int64 (spans,): their rows in order of line, end, begin and length.
    """

    line: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    length: NDArray[np.int64]
    rank: NDArray[np.int64]
    row: NDArray[np.int64]
    by_end: NDArray[np.int64]

    @classmethod
    def of(cls, texts: Texts, rank: NDArray[np.int64]) -> _InOrder:
        """Sort the spans of some texts, of which `rank` is as in `head_of_each`."""
        line = np.repeat(texts.line, len(rank))
        row = np.tile(np.arange(len(rank)), len(texts.line))
        start, end, length = (column.ravel() for column in (texts.start, texts.end, texts.length))
        order = np.lexsort((rank[row], length, end, start, line))
        line, start, end, length, row = (column[order] for column in (line, start, end, length, row))
        return cls(line, start, end, length, rank[row], row, np.lexsort((length, start, end, line)))


@dataclass(frozen=True, slots=True)
class _Near:
    """Spans that have most of their tokens in common with a neighbour; of equal spans one stands for all.

    Attributes:
        row, rank: int64 (spans,): the text of each span, and its rank.
        which: int64 (spans,): the number of the distinct span that each is.
        leader: int64 (distinct spans,): the first rank of each.
        here, there: int64 (pairs,): numbers of two distinct spans that are neighbours.
    """

    row: NDArray[np.int64]
    rank: NDArray[np.int64]
    which: NDArray[np.int64]
    leader: NDArray[np.int64]
    here: NDArray[np.int64]
    there: NDArray[np.int64]

    @classmethod
    def of(cls, spans: _InOrder, rows: NDArray[np.int64], options: ClusterOptions) -> _Near:
        """Among the spans of some texts (rows) only."""
        looked_at = np.zeros(int(spans.row.max(initial=-1)) + 1, dtype=bool)
        looked_at[rows] = True
        chosen = np.flatnonzero(looked_at[spans.row])
        line, start, end, length, rank = (
            column[chosen] for column in (spans.line, spans.start, spans.end, spans.length, spans.rank)
        )
        opens = differs(line, start, end, length)
        line, start, end, length, leader = (column[opens] for column in (line, start, end, length, rank))
        number = np.full(len(spans.row), _UNDECIDED)
        number[chosen[opens]] = np.arange(len(line))
        by_end = number[spans.by_end]
        met = [np.zeros((2, 0), dtype=np.int64)]
        for order in (np.arange(len(line)), by_end[by_end != _UNDECIDED]):
            for distance in range(1, _NEIGHBOURS + 1):
                here, there = order[:-distance], order[distance:]
                shared = np.minimum(end[here], end[there]) - np.maximum(start[here], start[there])
                same = is_same(shared, length[here], length[there], options) & (line[here] == line[there])
                met.append(np.stack([here[same], there[same]]))
        here, there = np.concatenate(met, axis=1)
        return cls(spans.row[chosen], rank, np.cumsum(opens) - 1, leader, here, there)


def _first_neighbours(spans: _InOrder, rows: NDArray[np.int64], options: ClusterOptions) -> NDArray[np.int64]:
    """The rank (int64, one a row) of the first neighbour of each text that is the same; more than any if none is.

    Args:
        spans: Those of all texts.
        rows: int64: the texts that are looked at.
        options: When two texts are the same.
    """
    near = _Near.of(spans, rows, options)
    texts = int(spans.row.max(initial=-1)) + 1
    best = np.full(len(near.leader), texts)
    np.minimum.at(best, near.here, near.leader[near.there])
    np.minimum.at(best, near.there, near.leader[near.here])
    leader, best = near.leader[near.which], best[near.which]
    first = np.full(texts, texts)
    np.minimum.at(first, near.row, np.where(leader < near.rank, np.minimum(best, leader), best))
    return first[rows]


def neighbours(
    texts: Texts, rank: NDArray[np.int64], options: ClusterOptions
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of texts (two rows, int64) that are the same where one of either stands; arguments as in `head_of_each`.

    Of texts with the same span each is a neighbour of the first in rank, and that one of the neighbours of the others.
    """
    near = _Near.of(_InOrder.of(texts, rank), np.arange(len(rank)), options)
    of_rank = np.argsort(rank)
    one = np.concatenate((near.rank, near.leader[near.here]))
    other = np.concatenate((near.leader[near.which], near.leader[near.there]))
    apart = one != other
    return of_rank[one[apart]], of_rank[other[apart]]
