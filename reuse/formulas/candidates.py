"""Candidates for whole phrases: closed repeats and their parts between marks, cut where a phrase can begin and end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.hashing import mixed
from reuse.arrays.keys import differs
from reuse.arrays.logarithm import log2
from reuse.arrays.ragged import bounds_of, ranges, slices_of, spread
from reuse.arrays.records import FlatColumns, RaggedColumns
from reuse.corpus.tokens import Tokens
from reuse.formulas.edges import Branching, Edges
from reuse.formulas.repeats import Repeats
from reuse.options import FormulaOptions
from reuse.score.background import Background

CHUNK = 1 << 17
"""Words looked at at once, so that temporaries stay in the cache."""


@dataclass(frozen=True, slots=True)
class Candidates(RaggedColumns):
    """Runs of words that may be whole phrases, with all their occurrences.

    Attributes:
        tokens: int64 (candidates,): length in words.
        df: int64 (candidates,): documents that have it.
        bits: float64 (candidates,): surprise of its words under the background model, its own occurrences left out.
        gain: float64 (candidates,): bits an occurrence that are saved when the phrase is named instead of written out,
            log2(n / tf) in a corpus of n words.
        names: uint64 (candidates,): hash of its words, whatever the order of the documents.
        bounds: int64 (candidates + 1,): candidate c owns the rows bounds[c] to bounds[c + 1] of `positions`.
        positions: int64 (occurrences,): position of the first word of each occurrence, ascending within a candidate.
        complete: As in Repeats.
    """

    ELEMENTS: ClassVar = ("positions",)

    tokens: NDArray[np.int64]
    df: NDArray[np.int64]
    bits: NDArray[np.float64]
    gain: NDArray[np.float64]
    names: NDArray[np.uint64]
    bounds: NDArray[np.int64]
    positions: NDArray[np.int64]
    complete: bool = True

    def first(self) -> NDArray[np.int64]:
        """int64 (candidates,): position of the first word of each one's first occurrence."""
        return self.positions[self.bounds[:-1]]

    def scores(self) -> NDArray[np.float64]:
        """Bits that all documents but one save: (df - 1) × gain."""
        return np.asarray((self.df - 1) * self.gain, dtype=np.float64)

    def scoring(self, least: float) -> Candidates:
        """Those that score so much or more."""
        enough = self.scores() >= least
        return self if enough.all() else self.take(np.flatnonzero(enough))

    def merged(self) -> Candidates:
        """Of those with the same words the most frequent, in the order of their names."""
        order = np.lexsort((-self.sizes(), self.tokens, self.names))
        return self.take(order[differs(self.names[order], self.tokens[order])])


@dataclass(frozen=True, slots=True)
class _Pieces(FlatColumns):
    """Parts of repeats.

    Attributes:
        repeat: int64 (pieces,): the repeat that it is part of.
        start: int64 (pieces,): where it begins, in words from the beginning of that.
        end: int64 (pieces,): where it ends (half-open).
        at_start, at_end: bool (pieces,): whether, before it was cut, it began or ended where the repeat does.
    """

    repeat: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    at_start: NDArray[np.bool_]
    at_end: NDArray[np.bool_]


def candidates_of(repeats: Repeats, tokens: Tokens, background: Background, edges: Edges) -> Candidates:
    """The candidates among some closed repeats and their parts; the same words may come up several times.

    Args:
        repeats: Closed repeats with all their occurrences.
        tokens: The corpus.
        background: Its word model.
        edges: What it says of the edges of phrases, and what is asked of these.
    """
    min_tokens = edges.options.min_tokens
    before, behind = edges.before(repeats), edges.behind(repeats)
    pieces = _Pieces.concatenate(_wholes(repeats), _parts(repeats, edges, min_tokens))
    on_before, on_behind = (_goes_on(side, edges.options)[pieces.repeat] for side in (before, behind))
    goes_on = pieces.at_start & on_before | pieces.at_end & on_behind
    pieces = _cut(pieces.take(np.flatnonzero(~goes_on)), repeats, edges, (before, behind), min_tokens)
    first = repeats.positions[repeats.bounds[:-1]][pieces.repeat] + pieces.start
    sizes, lengths = repeats.sizes()[pieces.repeat], pieces.end - pieces.start
    bits, names = bits_of(first, lengths, sizes, background), names_of(first, lengths, tokens)
    numbers = np.zeros(len(first), dtype=np.int64)
    for some, _, within, positions in words_of(first, lengths):  # of these words only: there are many lots
        numbers[some] = np.add.reduceat(
            edges.numbers[tokens.ids[positions]], np.flatnonzero(within == 0), dtype=np.int64
        )
    gain = bits - log2(len(tokens) / np.maximum(sizes, 1))
    kept = np.flatnonzero((gain > edges.options.least_gain) & (2 * numbers < lengths))
    pieces, sizes = pieces.take(kept), sizes[kept]
    positions = repeats.positions[ranges(repeats.bounds[:-1][pieces.repeat], sizes)]
    positions += np.repeat(pieces.start, sizes)
    df, bounds = repeats.df[pieces.repeat], bounds_of(sizes)
    return Candidates(lengths[kept], df, bits[kept], gain[kept], names[kept], bounds, positions, repeats.complete)


def words_of(
    firsts: NDArray[np.int64], lengths: NDArray[np.int64]
) -> Iterator[tuple[slice, NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]]:
    """The words of some runs at a time: which, the run of each word among these, its place in it, its position."""
    for some in slices_of(lengths, CHUNK):
        rows, within = spread(lengths[some])
        yield some, rows, within, firsts[some][rows] + within


def bits_of(
    first: NDArray[np.int64], lengths: NDArray[np.int64], sizes: NDArray[np.int64], background: Background
) -> NDArray[np.float64]:
    """The surprise of the words of some runs (float64, bits), their own so many occurrences left out."""
    bits = np.zeros(len(first))
    for some, rows, within, positions in words_of(first, lengths):
        surprise = background.token_bits(positions, sizes[some][rows], first=within == 0)
        bits[some] = np.add.reduceat(surprise, np.flatnonzero(within == 0))
    return bits


def names_of(first: NDArray[np.int64], lengths: NDArray[np.int64], tokens: Tokens) -> NDArray[np.uint64]:
    """A hash of the words of each of some runs (uint64) that does not depend on the order of documents."""
    names = np.zeros(len(first), dtype=np.uint64)
    for some, _, within, positions in words_of(first, lengths):
        words = tokens.vocabulary.hashes[tokens.ids[positions]] + within.astype(np.uint64)
        names[some] = np.add.reduceat(mixed(words), np.flatnonzero(within == 0))
    return names


def _goes_on(side: Branching, options: FormulaOptions) -> NDArray[np.bool_]:
    """Whether repeats go on beyond one of their edges (bool, repeats)."""
    fixed = (side.commonest > options.fixed) & (side.surplus > options.fixed_surplus)
    return np.asarray(fixed | (side.surplus > options.most_surplus), dtype=np.bool_)


def _wholes(repeats: Repeats) -> _Pieces:
    """Each repeat as one piece."""
    whole = np.ones(len(repeats), dtype=bool)
    return _Pieces(np.arange(len(repeats)), np.zeros_like(repeats.tokens), repeats.tokens, whole, whole)


def _parts(repeats: Repeats, edges: Edges, min_tokens: int) -> _Pieces:
    """The parts between the marks that stand in half the occurrences of repeats."""
    rows, sizes = repeats.owners(), repeats.sizes()
    inner = edges.opened[repeats.positions + repeats.tokens[rows]] - edges.opened[repeats.positions + 1]
    numbers = np.flatnonzero(2 * np.bincount(rows, inner, minlength=len(sizes)) >= sizes)
    marked = repeats.take(numbers)
    found: list[_Pieces] = []
    for some in slices_of(marked.sizes() * marked.tokens, CHUNK):
        lot = marked.take(np.arange(some.start, some.stop))
        of_word, place = spread(lot.tokens)
        first_word = bounds_of(lot.tokens)[:-1]
        occurrence, within = spread(lot.tokens[lot.owners()])
        word = first_word[lot.owners()[occurrence]] + within
        opening = edges.opens[lot.positions[occurrence] + within]
        marks = np.bincount(word, opening, minlength=len(of_word))
        begins = np.flatnonzero((place == 0) | (2 * marks >= lot.sizes()[of_word]))
        owner, start = of_word[begins], place[begins]
        end = start + np.diff(begins, append=len(of_word))
        enough = (end - start >= min_tokens) & (end - start < lot.tokens[owner])
        owner, start, end = owner[enough], start[enough], end[enough]
        found.append(
            _Pieces(numbers[some.start + owner], start, end, start == 0, end == lot.tokens[owner]),
        )
    return _Pieces.concatenate(*found)


def _cut(
    pieces: _Pieces, repeats: Repeats, edges: Edges, sides: tuple[Branching, Branching], min_tokens: int
) -> _Pieces:
    """Pieces without the words at their edges that no phrase begins or ends with; what gets too short is gone."""
    first, tf = repeats.positions[repeats.bounds[:-1]][pieces.repeat], repeats.sizes()[pieces.repeat]
    start, end = pieces.start.copy(), pieces.end.copy()
    # Where a piece is a part between marks, it stands between them in most of its occurrences.
    before = np.where(pieces.at_start, sides[0].marked[pieces.repeat], 1.0)
    behind = np.where(pieces.at_end, sides[1].marked[pieces.repeat], 1.0)
    rows = np.flatnonzero(end - start >= min_tokens)
    while len(rows):
        stands_so = (start[rows] == pieces.start[rows]) & (before[rows] >= edges.options.stands_so)
        rows = rows[~edges.begins(first[rows] + start[rows], tf[rows], stands_so)]
        start[rows] += 1
        rows = rows[end[rows] - start[rows] >= min_tokens]
    rows = np.flatnonzero(end - start >= min_tokens)
    while len(rows):
        stands_so = (end[rows] == pieces.end[rows]) & (behind[rows] >= edges.options.stands_so)
        rows = rows[~edges.ends(first[rows] + end[rows] - 1, tf[rows], stands_so)]
        end[rows] -= 1
        rows = rows[end[rows] - start[rows] >= min_tokens]
    kept = np.flatnonzero(end - start >= min_tokens)
    return _Pieces(pieces.repeat, start, end, pieces.at_start, pieces.at_end).take(kept)
