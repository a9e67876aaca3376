"""Closed phrases: every run of words that recurs and that no one-word extension matches in frequency."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


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
    """

    tokens: NDArray[np.int32]
    df: NDArray[np.int32]
    tf: NDArray[np.int32]
    bits: NDArray[np.float32]
    dispersion: NDArray[np.float32]
    bounds: NDArray[np.int64]
    positions: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.tokens)
