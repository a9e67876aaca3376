"""E-values: how many matches with as many bits chance would bring in a search of this size.

The bits of a match are log-odds of 'copied' against 'written independently', so by the argument of Karlin & Altschul
(1990) the expected number of chance matches with at least S bits among N pairs of token positions is K · N · 2^−S. K is
the one constant that takes up what the model leaves out; it was fitted on shuffled and on generated text
(`python -m benchmarks calibration`).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

K = 0.15


def evalues(bits: NDArray[np.floating], pairs: float) -> NDArray[np.float64]:
    """Expected number of chance matches (float64, one a score).

    Args:
        bits: Scores of matches.
        pairs: Pairs of token positions that were compared.
    """
    return K * pairs * np.exp2(-np.asarray(bits, dtype=np.float64))


def least_bits(evalue: float, pairs: float) -> float:
    """The score at which the expected number of chance matches is `evalue`."""
    return math.log2(max(K * pairs / evalue, 1.0))
