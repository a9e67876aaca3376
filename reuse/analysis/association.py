"""How strongly a formula is tied to one of two bodies of text: the measures that corpus linguists know.

None of them says whether chance alone explains it: occurrences within a document are not independent. That is what
`permutation` is for.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.analysis.stored import Columns, cells
from reuse.columns import Column

PRIOR = 0.1
"""Weight of the prior of the log-odds ratio, as a share of the words of either side."""

ABSENT = 0.5
"""Stands for no occurrence where a logarithm of it is taken (Hardie 2014)."""

Numbers = NDArray[np.integer] | NDArray[np.float64] | int


@dataclass(frozen=True, slots=True)
class Association:
    """Measures of counts on two sides, float64 each, of the shape of the counts.

    Attributes:
        per_million, rest_per_million: Occurrences per million words on either side.
        log_odds: Natural logarithm of the odds ratio, shrunk by the prior.
        z: The same in standard deviations, as if occurrences were independent.
        log_likelihood: G² (Dunning 1993; Rayson & Garside 2000), never below 0.
        log_ratio: Binary logarithm of the ratio of the rates (Hardie 2014); ABSENT stands for no occurrence.
        percent_difference: %DIFF (Gabrielatos & Marchi 2012): by how much per cent of the second rate the first is
            higher; NaN where the second is 0.
    """

    per_million: NDArray[np.float64]
    rest_per_million: NDArray[np.float64]
    log_odds: NDArray[np.float64]
    z: NDArray[np.float64]
    log_likelihood: NDArray[np.float64]
    log_ratio: NDArray[np.float64]
    percent_difference: NDArray[np.float64]

    def columns(self) -> Columns:
        """The measures that have columns of their own in every table, as in MEASURES."""
        return {column.name: cells(getattr(self, column.name)) for column in MEASURES}


def association(
    tf: Numbers, words: Numbers, rest_tf: Numbers, rest_words: Numbers, prior: float = PRIOR
) -> Association:
    """All measures of counts on two sides.

    Args:
        tf: Occurrences on the first side.
        words: Words of the first side.
        rest_tf: Occurrences on the second.
        rest_words: Words of the second.
        prior: Weight of the prior (see `log_odds_ratio`).
    """
    a, b = np.asarray(tf, dtype=np.float64), np.asarray(rest_tf, dtype=np.float64)
    n_a, n_b = (np.maximum(np.asarray(n, dtype=np.float64), 1.0) for n in (words, rest_words))
    odds, z = log_odds_ratio(tf, words, rest_tf, rest_words, prior)
    rate_a, rate_b = a / n_a, b / n_b
    return Association(
        per_million=1e6 * rate_a,
        rest_per_million=1e6 * rate_b,
        log_odds=odds,
        z=z,
        log_likelihood=_log_likelihood(a, n_a, b, n_b),
        log_ratio=np.log2(np.where(a > 0, a, ABSENT) / n_a) - np.log2(np.where(b > 0, b, ABSENT) / n_b),
        percent_difference=np.where(b > 0, 100 * (rate_a - rate_b) / np.where(b > 0, rate_b, 1.0), np.nan),
    )


def log_odds_ratio(
    tf: Numbers, words: Numbers, rest_tf: Numbers, rest_words: Numbers, prior: float = PRIOR
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Log-odds ratio with an informative Dirichlet prior, and its z (Monroe, Colaresi & Quinn 2008, eqs. 15-22).

    Either side is shrunk towards the rate in both together, as if so many words of that rate had been read besides as
    are `prior` times its own: a small group is not swamped, and a formula that is rare everywhere gets no high z for
    turning up once in one place.

    Args:
        tf: Occurrences on the first side.
        words: Words of the first side.
        rest_tf: Occurrences on the second.
        rest_words: Words of the second.
        prior: Weight of the prior, as a share of the words of either side; above 0.

    Returns:
        float64 each, of the shape of `tf`.
    """
    a, b = np.asarray(tf, dtype=np.float64), np.asarray(rest_tf, dtype=np.float64)
    n_a, n_b = np.asarray(words, dtype=np.float64), np.asarray(rest_words, dtype=np.float64)
    rate = prior * (a + b) / np.maximum(n_a + n_b, 1.0)
    # A side with hardly a word, or a word that is nowhere, must not divide by 0.
    seen_a, seen_b = (np.maximum(count + rate * n, 1e-9) for count, n in ((a, n_a), (b, n_b)))
    odds_a = seen_a / np.maximum((1 + prior) * n_a - seen_a, 0.5)
    odds_b = seen_b / np.maximum((1 + prior) * n_b - seen_b, 0.5)
    difference = np.log(odds_a) - np.log(odds_b)
    return difference, difference / np.sqrt(1 / seen_a + 1 / seen_b)


def _log_likelihood(
    a: NDArray[np.float64], n_a: NDArray[np.float64], b: NDArray[np.float64], n_b: NDArray[np.float64]
) -> NDArray[np.float64]:
    rate = (a + b) / (n_a + n_b)

    def part(seen: NDArray[np.float64], expected: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.where(seen > 0, seen * np.log(np.where(seen > 0, seen, 1.0) / np.where(seen > 0, expected, 1.0)), 0.0)

    return np.maximum(2 * (part(a, n_a * rate) + part(b, n_b * rate)), 0.0)


MEASURES = (
    Column("log_odds", "real", "logarithm of the odds ratio, shrunk by the prior", falls=True),
    Column("z", "real", "the same in standard deviations, as if occurrences were independent", falls=True),
    Column("log_likelihood", "real", "G² (Rayson & Garside 2000)", falls=True),
    Column("log_ratio", "real", "binary logarithm of the ratio of the rates (Hardie 2014)", falls=True),
    Column("percent_difference", "real", "%DIFF (Gabrielatos & Marchi 2012); none without a second rate", falls=True),
)
