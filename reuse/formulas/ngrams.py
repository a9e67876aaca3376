"""Closed n-grams: every run of words that recurs and that no one-word extension matches in frequency.

Lexical bundles as the literature defines them (Biber et al. 1999): all of a length and a range, whole phrases or not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.hashing import mixed
from reuse.arrays.records import RaggedColumns
from reuse.corpus.tokens import Tokens
from reuse.formulas.candidates import words_of
from reuse.formulas.phrases import Formulas, dispersion, least_of_best
from reuse.formulas.repeats import Repeats, closed_repeats
from reuse.options import FormulaOptions
from reuse.score.background import Background
from reuse.work.workers import ALONE, Workers


def find_ngrams(
    tokens: Tokens,
    background: Background,
    options: FormulaOptions | None = None,
    workers: Workers = ALONE,
    *,
    max_tokens: int | None = None,
) -> Formulas:
    """The closed n-grams of a corpus, most widespread and surprising first.

    A closed n-gram is a run of at least `min_tokens` words within one sentence that occurs at least twice, in at least
    `min_documents` documents, and is closed: no extension by one word (left or right, within the sentence) occurs as
    often. All occurrences count, overlapping ones too.

    Args:
        tokens: The corpus.
        background: Its word model, for the bits.
        options: Shortest n-gram, fewest documents, most that are kept.
        workers: Look for them.
        max_tokens: Longest n-gram; None: any length.

    Returns:
        At most `max_formulas` n-grams, ordered by (df - 1) × bits; ties by length, frequency, then the words'
        hashes, so that the order of the documents does not matter.
    """
    options = options or FormulaOptions()
    most = options.max_formulas
    lots: list[_Scored] = []
    found, complete, least = 0, True, -np.inf
    for every in closed_repeats(tokens, background, options.min_tokens, options.min_documents, workers):
        repeats = every if max_tokens is None else every.take(every.tokens <= max_tokens)
        found += len(repeats)
        complete &= repeats.complete
        lots.append(_Scored.of(repeats, background).scoring(least))
        if sum(len(lot) for lot in lots) > 2 * most:
            least = least_of_best([lot.scores() for lot in lots], most)
            lots = [lot.scoring(least) for lot in lots]
    least = least_of_best([lot.scores() for lot in lots], most)
    best = _Scored.concatenate(*(lot.scoring(least) for lot in lots))
    del lots
    order = np.lexsort((_names(best, tokens), -best.sizes(), -best.tokens, -best.scores()))
    best = best.take(order[:most])
    df, tf = best.df.astype(np.int32), best.sizes().astype(np.int32)
    return Formulas(
        tokens=best.tokens.astype(np.int32),
        df=df,
        tf=tf,
        df_all=df,
        tf_all=tf,
        bits=best.bits,
        dispersion=dispersion(best.positions, best.bounds, tokens),
        bounds=best.bounds,
        positions=best.positions,
        found=found,
        complete=complete,
    )


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
        for some, rows, within, positions in words_of(repeats.positions[repeats.bounds[:-1]], repeats.tokens):
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


def _names(repeats: _Scored, tokens: Tokens) -> NDArray[np.uint64]:
    """A hash (uint64, repeats) of each one's words that does not depend on the order of files."""
    names = np.zeros(len(repeats), dtype=np.uint64)
    for some, _, within, positions in words_of(repeats.positions[repeats.bounds[:-1]], repeats.tokens):
        words = tokens.vocabulary.hashes[tokens.ids[positions]] + within.astype(np.uint64)
        names[some] = np.add.reduceat(mixed(words), np.flatnonzero(within == 0))
    return names
