"""Formulas: every run of words that recurs and that no one-word extension matches in frequency, with its scores."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from reuse.corpus.tokens import Tokens
from reuse.formulas.groups import bounds_of, documents_of, mixed, spread
from reuse.formulas.repeats import Repeats, closed_repeats
from reuse.options import FormulaOptions
from reuse.score.background import Background

CHUNK = 1 << 22
"""Words scored at once: bounds the memory."""


@dataclass(frozen=True, slots=True)
class Formulas:
    """Recurring phrases with all their occurrences, in default order: (df - 1) × bits, falling.

    Attributes:
        tokens: int32 (formulas,): length in tokens.
        df: int32 (formulas,): documents that have it.
        tf: int32 (formulas,): occurrences.
        bits: float32 (formulas,): surprise of its words under the background model without its own occurrences.
        dispersion: float32 (formulas,): Gries' DP (2008), 0 even to 1 clumped.
        bounds: int64 (formulas + 1,): formula f owns the rows bounds[f] to bounds[f + 1] of `positions`.
        positions: int64 (occurrences,): position of the first word of each occurrence, ascending within a formula.
        found: How many formulas there were before the best `max_formulas` were kept.
        complete: False when the search was cut short in a text that says one thing over and over.
    """

    tokens: NDArray[np.int32]
    df: NDArray[np.int32]
    tf: NDArray[np.int32]
    bits: NDArray[np.float32]
    dispersion: NDArray[np.float32]
    bounds: NDArray[np.int64]
    positions: NDArray[np.int64]
    found: int = 0
    complete: bool = True

    def __len__(self) -> int:
        return len(self.tokens)

    def owners(self) -> NDArray[np.int64]:
        """int64 (occurrences,): the formula of each row of `positions`."""
        return np.repeat(np.arange(len(self)), np.diff(self.bounds))

    def first(self) -> NDArray[np.int64]:
        """int64 (formulas,): position of the first word of each formula's first occurrence."""
        return self.positions[self.bounds[:-1]]


def find_formulas(tokens: Tokens, background: Background, options: FormulaOptions | None = None) -> Formulas:
    """The closed phrases of a corpus, most widespread and surprising first.

    A formula is a run of at least `min_tokens` words within one sentence that occurs at least twice, in at least
    `min_documents` documents, and is closed: no extension by one word (left or right, within the sentence) occurs as
    often. All occurrences count, overlapping ones too.

    Args:
        tokens: The corpus.
        background: Its word model, for the bits.
        options: Shortest formula, fewest documents, most formulas kept.

    Returns:
        At most `max_formulas` formulas, ordered by (df - 1) × bits; ties by length, frequency, then the words'
        hashes, so that the order of the documents does not matter.
    """
    options = options or FormulaOptions()
    most = options.max_formulas
    best = reduce(
        lambda best, other: best.and_also(other).best(most),
        (
            _Scored.of(repeats, background, tokens.vocabulary.hashes).best(most)
            for repeats in closed_repeats(tokens, background, options.min_tokens, options.min_documents)
        ),
    )
    order = np.lexsort((best.names, -np.diff(best.bounds), -best.tokens, -best.scores()))
    best = best.take(order[:most])
    return Formulas(
        tokens=best.tokens.astype(np.int32),
        df=best.df.astype(np.int32),
        tf=np.diff(best.bounds).astype(np.int32),
        bits=best.bits,
        dispersion=dispersion(best.positions, best.bounds, tokens),
        bounds=best.bounds,
        positions=best.positions,
        found=best.found,
        complete=best.complete,
    )


def dispersion(positions: NDArray[np.int64], bounds: NDArray[np.int64], tokens: Tokens) -> NDArray[np.float32]:
    """Gries' DP (2008): half the summed distance between the documents' shares of the corpus and of the occurrences.

    Args:
        positions: int64 (occurrences,): tokens, ascending within each group.
        bounds: int64 (groups + 1,): group g owns the rows bounds[g] to bounds[g + 1]; no group is empty.
        tokens: The corpus; a document's share is its share of all tokens.

    Returns:
        float32 (groups,): 0 when the group is spread as the documents' lengths, towards 1 when all of it is in one
        short document.
    """
    if not len(positions):
        return np.zeros(len(bounds) - 1, dtype=np.float32)
    documents = documents_of(tokens)[positions]
    begins = np.ones(len(positions), dtype=bool)
    begins[1:] = documents[1:] != documents[:-1]
    begins[bounds[:-1]] = True
    first = np.flatnonzero(begins)
    sizes = np.diff(bounds)
    group = np.repeat(np.arange(len(sizes)), np.add.reduceat(begins, bounds[:-1], dtype=np.int64))
    share = np.diff(np.append(first, len(positions))) / sizes[group]
    expected = (np.diff(tokens.bounds) / len(tokens))[documents[first]]
    # Documents without an occurrence add their own share: all shares together are 1.
    distance = 1.0 + np.bincount(group, np.abs(share - expected) - expected, minlength=len(bounds) - 1)
    return np.clip(distance / 2, 0.0, 1.0).astype(np.float32)


@dataclass(frozen=True, slots=True)
class _Scored:
    """Repeats with their scores.

    Attributes:
        tokens, df, bounds, positions: As in Repeats.
        bits: float32 (repeats,): surprise of their words, their own occurrences left out.
        names: uint64 (repeats,): hashes of their words, which do not depend on the order of files.
        found: How many there were before the best were chosen.
        complete: False when the search for any of them was cut short.
    """

    tokens: NDArray[np.int64]
    df: NDArray[np.int64]
    bounds: NDArray[np.int64]
    positions: NDArray[np.int64]
    bits: NDArray[np.float32]
    names: NDArray[np.uint64]
    found: int
    complete: bool

    @classmethod
    def of(cls, repeats: Repeats, background: Background, hashes: NDArray[np.uint64]) -> _Scored:
        """Score repeats, given the hashes of the words."""
        bits, names = _surprise(repeats, background, hashes)
        found = len(repeats.tokens)
        return cls(repeats.tokens, repeats.df, repeats.bounds, repeats.positions, bits, names, found, repeats.complete)

    def and_also(self, other: _Scored) -> _Scored:
        """These and others."""
        return _Scored(
            np.concatenate([self.tokens, other.tokens]),
            np.concatenate([self.df, other.df]),
            np.append(self.bounds, self.bounds[-1] + other.bounds[1:]),
            np.concatenate([self.positions, other.positions]),
            np.concatenate([self.bits, other.bits]),
            np.concatenate([self.names, other.names]),
            self.found + other.found,
            self.complete and other.complete,
        )

    def best(self, most: int) -> _Scored:
        """Those that may be among so many best ones: all that score no less than the last of these."""
        score = self.scores()
        if len(score) <= most:
            return self
        return self.take(np.flatnonzero(score >= np.partition(score, len(score) - most)[len(score) - most]))

    def scores(self) -> NDArray[np.float64]:
        """What the default order goes by: (df - 1) × bits."""
        return np.asarray((self.df - 1) * self.bits, dtype=np.float64)

    def take(self, order: NDArray[np.int64]) -> _Scored:
        """Some of them, in that order."""
        tf = np.diff(self.bounds)[order]
        rows, within = spread(tf)
        return _Scored(
            self.tokens[order],
            self.df[order],
            bounds_of(tf),
            self.positions[self.bounds[order][rows] + within],
            self.bits[order],
            self.names[order],
            self.found,
            self.complete,
        )


def _surprise(
    repeats: Repeats, background: Background, hashes: NDArray[np.uint64]
) -> tuple[NDArray[np.float32], NDArray[np.uint64]]:
    """Bits of each repeat's words, its own occurrences left out, and a hash of them that the order of files keeps."""
    count = len(repeats.tokens)
    tf = np.diff(repeats.bounds)
    bits = np.zeros(count, dtype=np.float32)
    names = np.zeros(count, dtype=np.uint64)
    ends = np.cumsum(repeats.tokens)
    begin = 0
    while begin < count:
        done = ends[begin] - repeats.tokens[begin]
        end = max(begin + 1, int(np.searchsorted(ends, done + CHUNK, side="right")))
        lengths = repeats.tokens[begin:end]
        rows, within = spread(lengths)
        positions = repeats.positions[repeats.bounds[begin:end]][rows] + within
        starts = bounds_of(lengths)[:-1]
        surprise = background.token_bits(positions, tf[begin:end][rows], first=within == 0)
        bits[begin:end] = np.add.reduceat(surprise, starts)
        words = hashes[background.ids[positions]] + within.astype(np.uint64)
        names[begin:end] = np.add.reduceat(mixed(words), starts)
        begin = end
    return bits, names
