"""How often a formula is called born or dropped where the dates of the documents were dealt at random."""

from __future__ import annotations

import numpy as np

from benchmarks.simulations.made import made_lengths, made_places, made_tokens
from reuse.analysis.timeline import lives

WITNESSES = (2, 3, 5, 10, 30)
"""Documents that have the formula."""
DOCUMENTS = 120
FORMULAS = 40
"""Formulas of each number of witnesses."""


def false_verdicts(deals: int, periods: int = DOCUMENTS, seed: int = 1) -> dict[int, tuple[float, float]]:
    """Shares of the formulas called born, and called dropped, by number of witnesses; nothing was, so 5 % may be.

    Args:
        deals: How often the dates are dealt.
        periods: Periods that the dates are cut into; one a document: all dates differ.
        seed: Of the random numbers.
    """
    generator = np.random.default_rng(seed)
    tokens = made_tokens(made_lengths(generator, DOCUMENTS))
    having = [generator.permutation(DOCUMENTS)[:count] for count in WITNESSES for _ in range(FORMULAS)]
    positions, bounds = made_places(generator, tokens.bounds, having, repeats=1.0)
    verdicts = np.zeros((2, len(WITNESSES)))
    for _ in range(deals):
        dealt = generator.permutation(DOCUMENTS) * periods // DOCUMENTS
        found = lives(tokens, positions, bounds, dealt, periods)
        for row, said in enumerate((found.born, found.dropped)):
            verdicts[row] += said.reshape(len(WITNESSES), FORMULAS).mean(axis=1)
    born, dropped = (verdicts / deals).tolist()
    return dict(zip(WITNESSES, zip(born, dropped, strict=True), strict=True))
