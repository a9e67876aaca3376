"""The life of a formula: when it was born, how often it was used, whether it was dropped."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.keys import differs
from reuse.corpus.tokens import Tokens

DOUBT = 0.05
"""Chance of so long a silence, had the formula been used as often before (after) as in its life; a formula is called
born or dropped only below it."""


@dataclass(frozen=True, slots=True)
class Lives:
    """One row a formula, and its use by period.

    Attributes:
        first, last: int64 (formulas,): period of its first and last dated occurrence; -1: none has a date.
        peak: int64 (formulas,): period of its highest rate; -1: none.
        born, dropped: bool (formulas,): whether so much stands in the corpus before its first (after its last)
            occurrence that its absence there is no accident.
        documents_before, documents_after: int64 (formulas,): documents of the periods before its first, after its last.
        tf, df: int64 (formulas, periods): occurrences, and documents that have it.
        words, documents: int64 (periods,): what the corpus holds; no words: a gap, where nothing can be said.
    """

    first: NDArray[np.int64]
    last: NDArray[np.int64]
    peak: NDArray[np.int64]
    born: NDArray[np.bool_]
    dropped: NDArray[np.bool_]
    documents_before: NDArray[np.int64]
    documents_after: NDArray[np.int64]
    tf: NDArray[np.int64]
    df: NDArray[np.int64]
    words: NDArray[np.int64]
    documents: NDArray[np.int64]

    def rates(self) -> NDArray[np.float64]:
        """Occurrences per 1,000 words (float64, formulas × periods); NaN in a gap."""
        return np.where(self.words > 0, 1000 * self.tf / np.maximum(self.words, 1), np.nan)


def lives(
    tokens: Tokens, positions: NDArray[np.int64], bounds: NDArray[np.int64], periods: NDArray[np.int64], count: int
) -> Lives:
    """Follow formulas through the periods of the corpus.

    With rate λ per word within its life (from its first to its last period), the chance that w words before (or after)
    have none is exp(-λ w) for a Poisson process; below DOUBT the formula counts as born (or dropped). λ is estimated
    as (tf - 1) / words of its life, at least one occurrence less than seen, since the ends of the life are chosen
    by the occurrences themselves.

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
    all_words, all_documents = np.append(0, np.cumsum(words)), np.append(0, np.cumsum(documents))
    life = all_words[last + 1] - all_words[np.maximum(first, 0)]
    pace = np.maximum(tf.sum(axis=1) - 1, 0) / np.maximum(life, 1)
    before, after = all_words[np.maximum(first, 0)], all_words[-1] - all_words[last + 1]
    return Lives(
        first=first,
        last=last,
        peak=peak,
        born=seen & (np.exp(-pace * before) < DOUBT),
        dropped=seen & (np.exp(-pace * after) < DOUBT),
        documents_before=np.where(seen, all_documents[np.maximum(first, 0)], 0),
        documents_after=np.where(seen, all_documents[-1] - all_documents[last + 1], 0),
        tf=tf,
        df=df,
        words=words,
        documents=documents,
    )
