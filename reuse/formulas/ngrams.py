"""Closed n-grams: every run of words that recurs and that no one-word extension matches in frequency.

Lexical bundles as the literature defines them (Biber et al. 1999): all of a length and a range, whole phrases or not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.records import RaggedColumns
from reuse.corpus.tokens import Tokens
from reuse.formulas.best import Best
from reuse.formulas.candidates import bits_of, names_of
from reuse.formulas.phrases import Formulas, dispersion
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
    kept: Best[_Scored] = Best(options.max_formulas)
    found, complete = 0, True
    for every in closed_repeats(tokens, background, options.min_tokens, options.min_documents, workers):
        repeats = every if max_tokens is None else every.take(every.tokens <= max_tokens)
        found += len(repeats)
        complete &= repeats.complete
        kept.add(_Scored.of(repeats, background))
    best = _Scored.concatenate(*kept.lots())
    del kept
    firsts = best.positions[best.bounds[:-1]]
    names = names_of(firsts, best.tokens, tokens)
    order = np.lexsort((names, -best.sizes(), -best.tokens, -best.scores()))
    best = best.take(order[: options.max_formulas])
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
        firsts = repeats.positions[repeats.bounds[:-1]]
        bits = bits_of(firsts, repeats.tokens, repeats.sizes(), background).astype(np.float32)
        return cls(repeats.tokens, repeats.df, repeats.bounds, repeats.positions, bits)

    def scores(self) -> NDArray[np.float64]:
        """What the default order goes by: (df - 1) × bits."""
        return np.asarray((self.df - 1) * self.bits, dtype=np.float64)

    def scoring(self, least: float) -> _Scored:
        """Those that score so much or more."""
        enough = self.scores() >= least
        return self if enough.all() else self.take(np.flatnonzero(enough))
