"""Which candidates are whole phrases: those that stand for themselves, not as a part of another.

Three steps, each for all candidates at once; a candidate counts as better than another when (df - 1) × gain is more:

1. *Absorbed*: one that nearly always stands within one longer candidate is a piece of that.
2. *Own bits*: what a candidate saves beyond the better candidates in it. "And at the same time" saves little beyond
   "at the same time"; "fellow-citizens of the senate and house of representatives" much beyond what it contains.
3. *Own occurrences*: those outside of the longer phrases that are kept. A phrase that has them in too few documents is
   none; then what it contained has these places back, and the step is done again.

Candidates are compared where one occurrence of the longer holds the shorter: every other holds it as well. Cost is that
of sorting all occurrences.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.keys import differs, distinct_in
from reuse.arrays.logarithm import log2
from reuse.arrays.ragged import bounds_of, row_of_each, spread
from reuse.arrays.records import FlatColumns
from reuse.corpus.tokens import Tokens
from reuse.formulas.candidates import Candidates, words_of
from reuse.options import FormulaOptions
from reuse.score.background import Background

ROUNDS = 8
"""Rounds of the last step; nested phrases settle in as many as they lie in one another."""


@dataclass(frozen=True, slots=True)
class Whole:
    """The phrases that are whole, among candidates.

    Attributes:
        rows: int64 (phrases,): their rows among the candidates.
        own_bits: float64 (phrases,): bits an occurrence that each saves beyond the better ones in it.
        bounds: int64 (phrases + 1,): phrase p owns the rows bounds[p] to bounds[p + 1] of `positions`.
        positions: int64 (own occurrences,): position of the first word of each, ascending within a phrase.
        df: int64 (phrases,): documents that have own occurrences.
    """

    rows: NDArray[np.int64]
    own_bits: NDArray[np.float64]
    bounds: NDArray[np.int64]
    positions: NDArray[np.int64]
    df: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Held:
    """What phrases that stand hold of candidates.

    Attributes:
        places: bool (occurrences,): which of the candidates' positions lie in longer ones.
        worth: float64 (candidates,): bits that those save together which each candidate is a part of.
    """

    places: NDArray[np.bool_]
    worth: NDArray[np.float64]

    @classmethod
    def nothing(cls, candidates: Candidates) -> Held:
        """None stands."""
        return cls(np.zeros(len(candidates.positions), dtype=bool), np.zeros(len(candidates)))


def worth_of(df: NDArray[np.integer], own_bits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Bits that phrases save in so many documents, each so many an occurrence (float64)."""
    return np.asarray(np.maximum(df - 1, 1) * own_bits, dtype=np.float64)


def whole_phrases(
    candidates: Candidates,
    tokens: Tokens,
    background: Background,
    documents: NDArray[np.int64],
    options: FormulaOptions,
    held: Held | None = None,
) -> Whole:
    """Choose the whole phrases among candidates.

    Args:
        candidates: Runs of words, each once.
        tokens: The corpus.
        background: Its word model.
        documents: int64 (occurrences,): what is counted of each: its document, or the text that this is a copy of.
        options: How much of a phrase must be its own, and in how many documents: with one, there must still be two
            occurrences.
        held: What longer phrases hold that stand, whatever becomes of the candidates; None: nothing.
    """
    held = held or Held.nothing(candidates)
    places = _Places.of(candidates, documents, held.places)
    inner = _Inner.of(candidates, places)
    sizes = candidates.sizes()
    most = np.zeros(len(candidates), dtype=np.int64)
    np.maximum.at(most, inner.part, sizes[inner.whole])  # of their occurrences, so many lie in one longer candidate
    apart = most < options.absorbed * sizes
    possible = apart | (sizes - most >= np.maximum(options.own_share * sizes, 2))
    scores = candidates.scores()
    better = possible[inner.part] & (scores[inner.part] > scores[inner.whole])
    own_bits = _own_bits(candidates, inner.take(np.flatnonzero(better)), background, len(tokens))
    standing = possible & (own_bits >= options.own_bits) & (own_bits >= options.own_bits_share * candidates.gain)
    kept = standing.copy()
    worth = worth_of(candidates.df, own_bits)
    for _ in range(ROUNDS):
        places = places.take(standing[places.candidate])
        inner = inner.take(standing[inner.whole] & standing[inner.part])
        own = places.take(~(_inside(places, kept) | places.held))
        df, tf = _counted(own, len(candidates))
        enough = (df >= options.min_documents) & (tf >= 2) & (tf >= options.own_share * sizes)
        # What longer phrases would leave too little keeps its places if it is worth more than all of these together.
        holders = kept[inner.whole]
        lost = held.worth + np.bincount(inner.part[holders], worth[inner.whole[holders]], minlength=len(candidates))
        defended = apart & ~enough & (scores > lost)
        standing[inner.whole[holders & defended[inner.part]]] = False
        settled = np.array_equal(enough & standing, kept)
        kept = enough & standing
        if settled:
            break
    rows = np.flatnonzero(kept)
    own = own.take(kept[own.candidate])
    order = np.argsort(own.candidate, kind="stable")
    return Whole(rows, own_bits[rows], bounds_of(tf[rows]), own.start[order], df[rows])


@dataclass(frozen=True, slots=True)
class _Places(FlatColumns):
    """Occurrences of candidates in the order of the text, of those that begin at one word the longest first.

    Attributes:
        start, end: int64 (places,): half-open.
        candidate: int64 (places,).
        document: int64 (places,): what is counted of each (see `whole_phrases`).
        held: bool (places,): lies in a longer phrase that is none of the candidates.
    """

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    candidate: NDArray[np.int64]
    document: NDArray[np.int64]
    held: NDArray[np.bool_]

    @classmethod
    def of(cls, candidates: Candidates, document: NDArray[np.int64], held: NDArray[np.bool_]) -> _Places:
        """All occurrences."""
        candidate = row_of_each(candidates.bounds)
        end = candidates.positions + candidates.tokens[candidate]
        order = np.lexsort((-end, candidates.positions))
        return cls(candidates.positions[order], end[order], candidate[order], document[order], held[order])


@dataclass(frozen=True, slots=True)
class _Inner(FlatColumns):
    """Candidates within longer ones, by the longer, then as in _Places.

    Attributes:
        whole: int64 (pairs,): the longer one.
        part: int64 (pairs,): the one within it.
        start, end: int64 (pairs,): where that begins and ends (half-open), in words from the beginning of the longer.
    """

    whole: NDArray[np.int64]
    part: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]

    @classmethod
    def of(cls, candidates: Candidates, places: _Places) -> _Inner:
        """What stands in one occurrence of each candidate."""
        first = candidates.first()
        low = np.searchsorted(places.start, first)
        whole, within = spread(np.searchsorted(places.start, first + candidates.tokens) - low)
        at = low[whole] + within
        inside = (places.end[at] <= (first + candidates.tokens)[whole]) & (places.candidate[at] != whole)
        whole, at = whole[inside], at[inside]
        return cls(whole, places.candidate[at], places.start[at] - first[whole], places.end[at] - first[whole])


def _own_bits(candidates: Candidates, inner: _Inner, background: Background, length: int) -> NDArray[np.float64]:
    """Bits an occurrence that each candidate saves when better ones in it are named (float64, candidates).

    It is written out, or with one of the better ones named, or all that do not lie in one another: the cheapest counts.
    """
    bounds, sizes = bounds_of(candidates.tokens), candidates.sizes()
    bits = np.empty(bounds[-1])
    for some, rows, within, positions in words_of(candidates.first(), candidates.tokens):
        own = background.token_bits(positions, sizes[some][rows], first=within == 0)
        bits[bounds[some.start] : bounds[some.stop]] = own
    sums = np.append(0.0, np.cumsum(bits))
    written = np.diff(sums[bounds])
    names = log2(length / np.maximum(sizes, 1))
    # Of those in one another only the outermost: where one ends no further than any before it, it lies in that.
    reach = inner.whole * (np.int64(1) << np.int64(40)) + inner.end
    outer = inner.take(np.flatnonzero(differs(np.maximum.accumulate(reach)) if len(reach) else reach))
    start, end = bounds[outer.whole] + outer.start, bounds[outer.whole] + outer.end
    cheapest = written.copy()
    np.minimum.at(cheapest, outer.whole, written[outer.whole] - (sums[end] - sums[start]) + names[outer.part])
    depth = np.zeros(bounds[-1] + 1, dtype=np.int32)
    np.add.at(depth, start, 1)
    np.add.at(depth, end, -1)
    alone = np.append(0.0, np.cumsum(bits * (np.cumsum(depth[:-1]) == 0)))
    every = np.diff(alone[bounds]) + np.bincount(outer.whole, names[outer.part], minlength=len(candidates))
    return np.asarray(np.minimum(cheapest, every) - names, dtype=np.float64)


def _inside(places: _Places, kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which places lie in a longer place of a candidate that is kept (bool, places)."""
    ends = np.where(kept[places.candidate], places.end, -1)
    reach = np.maximum.accumulate(ends)
    inside = np.zeros(len(places), dtype=bool)
    inside[1:] = reach[:-1] >= places.end[1:]
    return inside


def _counted(places: _Places, candidates: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Documents and occurrences (int64, candidates, both) of the candidates at some places."""
    df = texts_with(places.candidate, places.document, candidates)
    return df, np.bincount(places.candidate, minlength=candidates)


def texts_with(candidate: NDArray[np.int64], documents: NDArray[np.integer], candidates: int) -> NDArray[np.int64]:
    """How many documents (int64, candidates; or texts) have each candidate, given these of some occurrences (int)."""
    width = np.int64(documents.max(initial=0)) + 1
    keys = np.sort(candidate * width + documents)
    return np.bincount(distinct_in(keys) // width, minlength=candidates)
