"""Of formulas that mark the same places of the text, the one that tells most."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.ragged import bounds_of, spread
from reuse.corpus.tokens import Tokens

TOLD = 0.5
"""Share of the words of a formula's occurrences that better formulas may have told already (see `telling_rows`)."""


def telling_rows(
    rows: tuple[NDArray[np.int64], NDArray[np.int64]],
    tokens: Tokens,
    formulas: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]],
    groups: NDArray[np.int64],
    limit: int,
) -> NDArray[np.int64]:
    """The first `limit` rows of each group that do not say again what rows before them said.

    "the report of the secretary", "report of the secretary of" and "of the secretary of" mark a group by the very same
    places of the text; one of them is enough. A formula is passed over where better ones have already taken up more
    than TOLD of the words of its occurrences in the group.

    Args:
        rows: Group and formula of each row (int64 both), sorted by group; the best formula of each group first.
        tokens: The corpus.
        formulas: Positions, bounds and lengths of all formulas, as in `Formulas`.
        groups: int64 (documents,): group of each document, from 0; -1: none.
        limit: Most rows a group.

    Returns:
        int64: numbers of those of the rows, in order. Cost: the words looked at; all groups take a row a round.
    """
    group, formula = rows
    positions, bounds, lengths = formulas
    width = int(groups.max(initial=-1)) + 2
    which = np.repeat(np.arange(len(lengths)), np.diff(bounds))
    keys = which * width + groups[tokens.document_of_each()[positions]] + 1
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    wanted = formula * width + group + 1
    low, high = np.searchsorted(keys, wanted, side="left"), np.searchsorted(keys, wanted, side="right")
    told = np.zeros(len(tokens), dtype=bool)
    sizes = np.bincount(group, minlength=width)
    begins = bounds_of(sizes)[:-1]
    taken = np.zeros(width, dtype=np.int64)
    kept = np.zeros(len(group), dtype=bool)
    for nth in range(int(sizes.max(initial=0))):
        going_on = np.flatnonzero((sizes > nth) & (taken < limit))
        if not len(going_on):
            break
        at = begins[going_on] + nth
        row, occurrence = spread(high[at] - low[at])
        starts = positions[order[low[at][row] + occurrence]]
        of, word = spread(lengths[formula[at]][row])
        words = starts[of] + word
        owner = row[of]
        known = np.bincount(owner, told[words], minlength=len(at))
        new = known <= TOLD * np.bincount(owner, minlength=len(at))
        told[words[new[owner]]] = True
        kept[at[new]] = True
        taken[going_on[new]] += 1
    return np.flatnonzero(kept)
