"""Formulas: every run of words that recurs and that no one-word extension matches in frequency, with its scores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.hashing import mixed
from reuse.arrays.keys import differs
from reuse.arrays.ragged import slices_of, spread
from reuse.arrays.records import RaggedColumns
from reuse.corpus.tokens import Tokens
from reuse.formulas.repeats import Repeats, closed_repeats
from reuse.options import FormulaOptions
from reuse.score.background import Background
from reuse.work.workers import ALONE, Workers

CHUNK = 1 << 17
"""Words scored at once, so that temporaries stay in the cache."""


@dataclass(frozen=True, slots=True)
class Formulas(RaggedColumns):
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

    ELEMENTS: ClassVar = ("positions",)

    tokens: NDArray[np.int32]
    df: NDArray[np.int32]
    tf: NDArray[np.int32]
    bits: NDArray[np.float32]
    dispersion: NDArray[np.float32]
    bounds: NDArray[np.int64]
    positions: NDArray[np.int64]
    found: int = 0
    complete: bool = True

    def first(self) -> NDArray[np.int64]:
        """int64 (formulas,): position of the first word of each formula's first occurrence."""
        return self.positions[self.bounds[:-1]]


def find_formulas(
    tokens: Tokens, background: Background, options: FormulaOptions | None = None, workers: Workers = ALONE
) -> Formulas:
    """The closed phrases of a corpus, most widespread and surprising first.

    A formula is a run of at least `min_tokens` words within one sentence that occurs at least twice, in at least
    `min_documents` documents, and is closed: no extension by one word (left or right, within the sentence) occurs as
    often. All occurrences count, overlapping ones too.

    Args:
        tokens: The corpus.
        background: Its word model, for the bits.
        options: Shortest formula, fewest documents, most formulas kept.
        workers: Look for them.

    Returns:
        At most `max_formulas` formulas, ordered by (df - 1) × bits; ties by length, frequency, then the words'
        hashes, so that the order of the documents does not matter.
    """
    options = options or FormulaOptions()
    most = options.max_formulas
    lots: list[_Scored] = []
    found, complete, least = 0, True, -np.inf
    for repeats in closed_repeats(tokens, background, options.min_tokens, options.min_documents, workers):
        found += len(repeats)
        complete &= repeats.complete
        lots.append(_Scored.of(repeats, background).scoring(least))
        if sum(len(lot) for lot in lots) > 2 * most:
            least = _least_of_best(lots, most)
            lots = [lot.scoring(least) for lot in lots]
    least = _least_of_best(lots, most)
    best = _Scored.concatenate(*(lot.scoring(least) for lot in lots))
    del lots
    order = np.lexsort((_names(best, tokens), -best.sizes(), -best.tokens, -best.scores()))
    best = best.take(order[:most])
    return Formulas(
        tokens=best.tokens.astype(np.int32),
        df=best.df.astype(np.int32),
        tf=best.sizes().astype(np.int32),
        bits=best.bits,
        dispersion=dispersion(best.positions, best.bounds, tokens),
        bounds=best.bounds,
        positions=best.positions,
        found=found,
        complete=complete,
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
    sizes = np.diff(bounds)
    documents = tokens.document_of_each()
    shares = np.diff(tokens.bounds) / max(len(tokens), 1)
    found = np.zeros(len(sizes), dtype=np.float32)
    for some in slices_of(sizes, CHUNK):
        first = bounds[:-1][some] - bounds[some.start]
        where = documents[positions[bounds[some.start] : bounds[some.stop]]]
        begins = differs(where)
        begins[first] = True
        opening = np.flatnonzero(begins)
        group = np.repeat(np.arange(len(first)), np.add.reduceat(begins, first, dtype=np.int64))
        share = np.diff(np.append(opening, len(where))) / sizes[some][group]
        expected = shares[where[opening]]
        # Documents without an occurrence add their own share: all shares together are 1.
        distance = 1.0 + np.bincount(group, np.abs(share - expected) - expected, minlength=len(first))
        found[some] = np.clip(distance / 2, 0.0, 1.0)
    return found


@dataclass(frozen=True, slots=True)
class _Scored(RaggedColumns):
    """Repeats with the surprise of their words.

    Attributes:
        tokens: int64 (repeats,): as in Repeats, like the next three.
        df: int64 (repeats,).
        bounds: int64 (repeats + 1,).
        positions: int64 (occurrences,).
        bits: float32 (repeats,): surprise of their words, their own occurrences left out.
    """

    ELEMENTS: ClassVar = ("positions",)

    tokens: NDArray[np.int64]
    df: NDArray[np.int64]
    bounds: NDArray[np.int64]
    positions: NDArray[np.int64]
    bits: NDArray[np.float32]

    @classmethod
    def of(cls, repeats: Repeats, background: Background) -> _Scored:
        """Score repeats."""
        tf = repeats.sizes()
        bits = np.zeros(len(tf), dtype=np.float32)
        for some, rows, within, positions in _words_of(repeats.positions[repeats.bounds[:-1]], repeats.tokens):
            surprise = background.token_bits(positions, tf[some][rows], first=within == 0)
            bits[some] = np.add.reduceat(surprise, np.flatnonzero(within == 0))
        return cls(repeats.tokens, repeats.df, repeats.bounds, repeats.positions, bits)

    def scores(self) -> NDArray[np.float64]:
        """What the default order goes by: (df - 1) × bits."""
        return np.asarray((self.df - 1) * self.bits, dtype=np.float64)

    def scoring(self, least: float) -> _Scored:
        """Those that score so much or more."""
        enough = self.scores() >= least
        return self if enough.all() else self.take(np.flatnonzero(enough))


def _least_of_best(lots: Sequence[_Scored], most: int) -> float:
    """The score of the last of so many best ones of all lots; what scores less is not needed."""
    scores = np.concatenate([lot.scores() for lot in lots])
    return float(np.partition(scores, len(scores) - most)[len(scores) - most]) if len(scores) > most else -np.inf


def _names(repeats: _Scored, tokens: Tokens) -> NDArray[np.uint64]:
    """A hash (uint64, repeats) of each one's words that does not depend on the order of files."""
    names = np.zeros(len(repeats), dtype=np.uint64)
    for some, _, within, positions in _words_of(repeats.positions[repeats.bounds[:-1]], repeats.tokens):
        words = tokens.vocabulary.hashes[tokens.ids[positions]] + within.astype(np.uint64)
        names[some] = np.add.reduceat(mixed(words), np.flatnonzero(within == 0))
    return names


def _words_of(
    firsts: NDArray[np.int64], lengths: NDArray[np.int64]
) -> Iterator[tuple[slice, NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]]:
    """The words of some runs at a time: which, the run of each word among these, its place in it, its position."""
    for some in slices_of(lengths, CHUNK):
        rows, within = spread(lengths[some])
        yield some, rows, within, firsts[some][rows] + within
