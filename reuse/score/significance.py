"""E-values: how many matches with as many bits chance would bring in a search of this size.

The bits of a match are log-odds of 'copied' against 'written independently', so by the argument of Karlin & Altschul
(1990) the expected number of chance matches with at least S bits among N pairs of token positions is K · N · 2^−S. K is
the one constant that takes up what the model leaves out; it was fitted on shuffled and on generated text
(`python -m benchmarks calibration`).

Several alignments within one passage are evidence together. The further ones might have stood anywhere in the passage,
not anywhere in the corpus, so that each adds its bits less log2 of K times the pairs of positions in the passage (after
the sum statistics of Karlin & Altschul 1993).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.logarithm import exp2, log2
from reuse.options import ScoreOptions

K = 0.2


@dataclass(frozen=True, slots=True)
class Floor:
    """Bits from which on a match is kept.

    Attributes:
        chance: Bits that one chance match is expected to have in a search of this size.
        kept: Bits of a match that is kept, if its rarer words bear it out.
        alone: Bits of one that only its words in order speak for.
    """

    chance: float
    kept: float
    alone: float

    @classmethod
    def of(cls, options: ScoreOptions, pairs: float) -> Floor:
        """The floor of a search among so many pairs of token positions."""
        chance = float(log2(max(K * pairs, 1.0)))
        return cls(chance, chance + options.margin, chance + max(options.margin, options.alone))

    def evalues(self, bits: NDArray[np.floating]) -> NDArray[np.float64]:
        """Expected number of chance matches with at least so many bits (float64, one a score)."""
        return exp2(self.chance - np.asarray(bits, dtype=np.float64))


def linked_bits(
    bits: NDArray[np.floating], passage: NDArray[np.integer], pairs: NDArray[np.float64]
) -> NDArray[np.float64]:
    """What the alignments within each passage say together, in bits (float64, passages; 0 where there is none).

    Args:
        bits: One an alignment.
        passage: int, one an alignment: the row of its passage.
        pairs: float64 (passages,): pairs of token positions in each passage.
    """
    best = np.zeros(len(pairs))
    np.maximum.at(best, passage, bits)
    gained = np.maximum(bits - log2(np.maximum(K * pairs, 1.0))[passage], 0.0)
    total = best + np.bincount(passage, weights=gained, minlength=len(pairs))
    # The best one pays for the whole corpus, not for its place in the passage.
    return total - np.maximum(best - log2(np.maximum(K * pairs, 1.0)), 0.0)
