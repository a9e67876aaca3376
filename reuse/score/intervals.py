"""Exact confidence intervals for a share: so many hits among so many trials.

Clopper and Pearson (1934): the limits are quantiles of beta distributions. The regularised incomplete beta function is
evaluated by its continued fraction (Lentz's method, as given by Thompson and Barnett 1986), its quantile by bisection.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

STEPS = 200
"""Most terms of the continued fraction; it needs about the square root of the larger parameter."""

TINY = 1e-300


@dataclass(frozen=True, slots=True)
class Share:
    """A measured share with its interval.

    Attributes:
        hits: Trials that came out as hoped.
        trials: All trials.
        low, high: Limits of the interval, 0 to 1.
        confidence: Its confidence level, 0 to 1.
    """

    hits: int
    trials: int
    low: float
    high: float
    confidence: float

    @property
    def value(self) -> float:
        """The share itself; not a number if nothing was tried."""
        return self.hits / self.trials if self.trials else math.nan

    def __str__(self) -> str:
        if not self.trials:
            return "none judged"
        level = f"{self.confidence * 100:g} %"
        return f"{self.value:.2f} ({self.hits} of {self.trials}; {level}: {self.low:.2f}–{self.high:.2f})"


def clopper_pearson(hits: int, trials: int, confidence: float = 0.95) -> Share:
    """The exact two-sided interval of a binomial share.

    Args:
        hits: 0 to trials.
        trials: Independent trials; with 0 of them the interval is 0 to 1.
        confidence: Level between 0 and 1, e.g. 0.95.

    Raises:
        ValueError: Numbers out of range.
    """
    if not 0 <= hits <= trials:
        raise ValueError(f"hits must lie between 0 and trials, not {hits} of {trials}")
    if not 0 < confidence < 1:
        raise ValueError(f"confidence must lie between 0 and 1, not {confidence}")
    tail = (1 - confidence) / 2
    low = beta_quantile(tail, hits, trials - hits + 1) if hits > 0 else 0.0
    high = beta_quantile(1 - tail, hits + 1, trials - hits) if hits < trials else 1.0
    return Share(hits, trials, low, high, confidence)


def beta_quantile(probability: float, alpha: float, beta: float) -> float:
    """The x at which the beta distribution's cumulative probability is `probability`, to the precision of a float."""
    low, high = 0.0, 1.0
    for _ in range(64):
        middle = (low + high) / 2
        if regularised_incomplete_beta(middle, alpha, beta) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def regularised_incomplete_beta(x: float, alpha: float, beta: float) -> float:
    """Cumulative probability at x (0 to 1) of the beta distribution with positive alpha and beta."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    if x > (alpha + 1) / (alpha + beta + 2):  # the fraction converges fast on the other side only
        return 1 - regularised_incomplete_beta(1 - x, beta, alpha)
    scale = math.exp(
        math.lgamma(alpha + beta) - math.lgamma(alpha) - math.lgamma(beta) + alpha * math.log(x) + beta * math.log1p(-x)
    )
    return scale * _continued_fraction(x, alpha, beta) / alpha


def _continued_fraction(x: float, alpha: float, beta: float) -> float:
    numerator = 1.0
    denominator = 1 / _away_from_zero(1 - (alpha + beta) * x / (alpha + 1))
    value = denominator
    for step in range(1, STEPS + math.isqrt(int(alpha + beta)) * 4):
        even = step * (beta - step) * x / ((alpha + 2 * step - 1) * (alpha + 2 * step))
        odd = -(alpha + step) * (alpha + beta + step) * x / ((alpha + 2 * step) * (alpha + 2 * step + 1))
        before = value
        for coefficient in (even, odd):
            denominator = 1 / _away_from_zero(1 + coefficient * denominator)
            numerator = _away_from_zero(1 + coefficient / numerator)
            value *= denominator * numerator
        if math.isclose(value, before, rel_tol=1e-15):
            break
    return value


def _away_from_zero(number: float) -> float:
    return TINY if abs(number) < TINY else number
