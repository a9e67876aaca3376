"""How many formulas are said to mark a group, where documents were dealt to the groups at random."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.simulations.made import made_lengths, made_places, made_tokens
from reuse.analysis.keyness import keyness, significance

DOCUMENTS = 60
FORMULAS = 1_000
LEVEL = 0.05
REPEATS = 1.5
"""Mean number of further occurrences in a document that has a formula: some documents say a thing often."""
WITNESSES = 8
"""Documents that have a planted formula, all of one group."""


@dataclass(frozen=True, slots=True)
class Said:
    """What was said over all deals.

    Attributes:
        rows: Rows of the tables, one a formula and group that has it.
        by_z: Share of the rows of formulas that mark nothing, with z above 1.96.
        by_q: Share of them with q of .05 or less.
        groups: Share of the groups in which such a formula has such a q.
        highest_z: Highest z of such a formula.
        found: Share of the planted formulas with q of .05 or less; NaN if none was planted.
        false_share: Of the formulas with such a q, the mean share over the deals that were not planted.
    """

    rows: int
    by_z: float
    by_q: float
    groups: float
    highest_z: float
    found: float
    false_share: float


def dealt(groups: int, deals: int, *, planted: int = 0, seed: int = 1) -> Said:
    """Deal documents to groups of unequal size and look for what marks them.

    Args:
        groups: How many groups.
        deals: How often the documents are dealt.
        planted: So many formulas stand in documents of the first group alone: those are to be found, the others not.
        seed: Of the random numbers.
    """
    generator = np.random.default_rng(seed)
    tokens = made_tokens(made_lengths(generator, DOCUMENTS))
    shares = generator.dirichlet(np.full(groups, 4.0))
    rows, by_z, by_q, of_groups, highest, found, false = 0, 0, 0, 0, 0.0, 0, 0.0
    for _ in range(deals):
        owners = generator.permutation(np.append(np.zeros(WITNESSES, int), _owners(generator, shares)))
        having = _having(generator, np.flatnonzero(owners == 0), planted)
        positions, bounds = made_places(generator, tokens.bounds, having, REPEATS)
        table = keyness(tokens, positions, bounds, owners)
        sure = significance(tokens, positions, bounds, owners, (table.group, table.formula)) <= LEVEL
        true = (table.formula < planted) & (table.group == 0)
        rows += len(table)
        by_z += int((table.z[~true] > 1.96).sum())
        by_q += int((sure & ~true).sum())
        of_groups += len(np.unique(table.group[sure & ~true]))
        highest = max(highest, float(table.z[~true].max()))
        found += int((sure & true).sum())
        false += (sure & ~true).sum() / max(sure.sum(), 1)
    others = rows - deals * planted
    said = found / (deals * planted) if planted else float("nan")
    return Said(rows, by_z / others, by_q / others, of_groups / (deals * groups), highest, said, false / deals)


def _owners(generator: np.random.Generator, shares: NDArray[np.float64]) -> NDArray[np.int64]:
    """Groups of all documents but those that the first group has at least."""
    return generator.choice(len(shares), DOCUMENTS - WITNESSES, p=shares)


def _having(generator: np.random.Generator, group: NDArray[np.int64], planted: int) -> list[NDArray[np.int64]]:
    """Documents that have each formula: the planted ones in one group, the others anywhere, most in few."""
    drawn = [generator.permutation(group)[:WITNESSES] for _ in range(planted)]
    counts = 2 + np.minimum(generator.pareto(1.0, FORMULAS - planted), DOCUMENTS - 2).astype(np.int64)
    return drawn + [generator.permutation(DOCUMENTS)[:count] for count in counts.tolist()]
