"""The life of a formula: when it was born, how often it was used, whether it was dropped."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.keys import differs
from reuse.corpus.tokens import Tokens

DOUBT = 0.05
"""A formula is called born (dropped) only where the chance of its silence before (after) its life is less."""


@dataclass(frozen=True, slots=True)
class Lives:
    """One row a formula, and its use by period.

    Attributes:
        first, last: int64 (formulas,): period of its first and last dated occurrence; -1: none has a date.
        peak: int64 (formulas,): period of its highest rate; -1: none.
        chance_before, chance_after: float64 (formulas,): chance of its silence before its first (after its last)
            period, had it been as common there as in its life (see `silence`); 1 where it has no dated occurrence.
        documents_before, documents_after: int64 (formulas,): documents of the periods before its first, after its last.
        tf, df: int64 (formulas, periods): occurrences, and documents that have it.
        words, documents: int64 (periods,): what the corpus holds; no words: a gap, where nothing can be said.
    """

    first: NDArray[np.int64]
    last: NDArray[np.int64]
    peak: NDArray[np.int64]
    chance_before: NDArray[np.float64]
    chance_after: NDArray[np.float64]
    documents_before: NDArray[np.int64]
    documents_after: NDArray[np.int64]
    tf: NDArray[np.int64]
    df: NDArray[np.int64]
    words: NDArray[np.int64]
    documents: NDArray[np.int64]

    @property
    def born(self) -> NDArray[np.bool_]:
        """Whether so many documents stand before its first that its absence there is no accident (bool, formulas)."""
        return self.chance_before < DOUBT

    @property
    def dropped(self) -> NDArray[np.bool_]:
        """Whether so many documents stand after its last that its absence there is no accident (bool, formulas)."""
        return self.chance_after < DOUBT

    def rates(self) -> NDArray[np.float64]:
        """Occurrences per 1,000 words (float64, formulas × periods); NaN in a gap."""
        return np.where(self.words > 0, 1000 * self.tf / np.maximum(self.words, 1), np.nan)


def silence(documents: NDArray[np.int64], life: NDArray[np.int64], outside: NDArray[np.int64]) -> NDArray[np.float64]:
    """Chance (float64) that so many documents of other dates have none of the formula: (1 + outside / life)^-(df - 1).

    One document bounds the life, so it says nothing about the length of the silence beyond; each of the others would
    have stood in the life and not outside with probability life / (life + outside), had the dates been dealt at random.
    Documents are counted, not occurrences: one document that says a thing fifty times is one witness.

    Args:
        documents: Dated documents that have the formula.
        life: Documents of the corpus from its first period to its last.
        outside: Documents of the corpus before (or after) that.
    """
    share = life / np.maximum(life + outside, 1)
    return np.where(documents > 0, share ** np.maximum(documents - 1, 0), 1.0)


def lives(
    tokens: Tokens, positions: NDArray[np.int64], bounds: NDArray[np.int64], periods: NDArray[np.int64], count: int
) -> Lives:
    """Follow formulas through the periods of the corpus.

    Args:
        tokens: The corpus.
        positions: int64 (occurrences,): where formulas begin, ascending within a formula.
        bounds: int64 (formulas + 1,): formula f owns the rows bounds[f] to bounds[f + 1].
        periods: int64 (documents,): period of each document, from 0; -1: no date.
        count: Number of periods, gaps included.
    """
    formulas = len(bounds) - 1
    lengths = np.diff(tokens.bounds)
    dated = periods >= 0
    words = np.bincount(periods[dated], lengths[dated], minlength=count).astype(np.int64)
    documents = np.bincount(periods[dated], minlength=count)
    where = tokens.document_of_each()[positions].astype(np.int64)
    which = np.repeat(np.arange(formulas), np.diff(bounds))
    fresh = differs(where, which)
    inside = dated[where]
    cells = which * max(count, 1) + np.maximum(periods[where], 0)
    shape = (formulas, count)
    tf = np.bincount(cells[inside], minlength=formulas * count).reshape(shape)
    df = np.bincount(cells[inside & fresh], minlength=formulas * count).reshape(shape)
    used = tf > 0
    seen = used.any(axis=1) if count else np.zeros(formulas, dtype=bool)
    first = np.where(seen, used.argmax(axis=1), -1) if count else np.full(formulas, -1)
    last = np.where(seen, count - 1 - used[:, ::-1].argmax(axis=1), -1) if count else np.full(formulas, -1)
    rate = np.where(words > 0, tf / np.maximum(words, 1), 0.0)
    peak = np.where(seen, rate.argmax(axis=1), -1) if count else np.full(formulas, -1)
    sums = np.append(0, np.cumsum(documents))
    before = np.where(seen, sums[np.maximum(first, 0)], 0)
    after = np.where(seen, sums[-1] - sums[last + 1], 0)
    witnesses, life = df.sum(axis=1), sums[-1] - before - after
    return Lives(
        first=first,
        last=last,
        peak=peak,
        chance_before=silence(witnesses, life, before),
        chance_after=silence(witnesses, life, after),
        documents_before=before,
        documents_after=after,
        tf=tf,
        df=df,
        words=words,
        documents=documents,
    )
