"""How strongly a formula is tied to a group: log-odds ratio with an informative Dirichlet prior.

Monroe, Colaresi & Quinn 2008, "Fightin' Words", eqs. 15–22: the odds of a formula in the group and in the rest, each
shrunk towards its rate in the whole corpus, and the difference of their logarithms divided by its standard deviation.
So a formula that is rare everywhere gets no high z for turning up once in one place.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

PRIOR_WORDS = 10_000.0
"""Weight of the prior: as if so many words of the whole corpus had been read in each group beforehand."""


def log_odds_ratio(
    tf: NDArray[np.integer],
    words: NDArray[np.integer] | int,
    rest_tf: NDArray[np.integer],
    rest_words: NDArray[np.integer] | int,
    prior_words: float = PRIOR_WORDS,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Log-odds ratio (natural logarithm) and z of counts in two groups.

    Args:
        tf: Occurrences in the first group.
        words: Words of the first group.
        rest_tf: Occurrences in the second.
        rest_words: Words of the second.
        prior_words: Weight of the prior, in words: α = prior_words · (rate in both together).

    Returns:
        float64 each, of the shape of `tf`.
    """
    a, b = np.asarray(tf, dtype=np.float64), np.asarray(rest_tf, dtype=np.float64)
    n_a, n_b = np.asarray(words, dtype=np.float64), np.asarray(rest_words, dtype=np.float64)
    prior = np.maximum(prior_words * (a + b) / np.maximum(n_a + n_b, 1.0), 1e-9)
    odds_a = (a + prior) / np.maximum(n_a + prior_words - a - prior, 0.5)
    odds_b = (b + prior) / np.maximum(n_b + prior_words - b - prior, 0.5)
    difference = np.log(odds_a) - np.log(odds_b)
    return difference, difference / np.sqrt(1 / (a + prior) + 1 / (b + prior))
