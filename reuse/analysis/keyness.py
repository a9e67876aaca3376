"""Keyness: which formulas mark one group of documents against the others.

Log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi & Quinn 2008, "Fightin' Words", eqs. 15–22): the
odds of a formula in the group and in the rest, each shrunk towards its rate in the whole corpus, and the difference
of their logarithms divided by its standard deviation. So a formula that is rare everywhere gets no high z for turning
up once in one place.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.keys import differs
from reuse.arrays.ragged import bounds_of, spread
from reuse.corpus.tokens import Tokens

PRIOR_WORDS = 10_000.0
"""Weight of the prior: as if so many words of the whole corpus had been read in each group beforehand."""

TOLD = 0.5
"""Share of the words of a formula's occurrences that better formulas may have told already (see `telling_rows`)."""


@dataclass(frozen=True, slots=True)
class Keyness:
    """Formulas that occur in a group, compared with the rest; sorted by group, then by z, falling.

    Attributes:
        group: int64 (rows,): the group.
        formula: int64 (rows,): the formula.
        df, tf: int64 (rows,): documents of the group that have it; occurrences in the group.
        rest_df, rest_tf: int64 (rows,): the same of all other documents that belong to a group.
        rate, rest_rate: float64 (rows,): occurrences per 1,000 words in the group and in the rest.
        log_odds: float64 (rows,): natural logarithm of the odds ratio, shrunk by the prior.
        z: float64 (rows,): the same in standard deviations; above 1.96 beyond chance at 5 %.
    """

    group: NDArray[np.int64]
    formula: NDArray[np.int64]
    df: NDArray[np.int64]
    tf: NDArray[np.int64]
    rest_df: NDArray[np.int64]
    rest_tf: NDArray[np.int64]
    rate: NDArray[np.float64]
    rest_rate: NDArray[np.float64]
    log_odds: NDArray[np.float64]
    z: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.group)


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


def keyness(
    tokens: Tokens,
    positions: NDArray[np.int64],
    bounds: NDArray[np.int64],
    groups: NDArray[np.int64],
    prior_words: float = PRIOR_WORDS,
) -> Keyness:
    """Compare each group of documents with the rest by the formulas in it.

    Args:
        tokens: The corpus.
        positions: int64 (occurrences,): tokens where formulas begin, ascending within a formula.
        bounds: int64 (formulas + 1,): formula f owns the rows bounds[f] to bounds[f + 1].
        groups: int64 (documents,): group of each document, from 0; documents of group -1 are left out.
        prior_words: Weight of the prior.

    Returns:
        One row for each formula and group that has it. Cost: one sort of the occurrences.
    """
    count = int(groups.max(initial=-1)) + 1
    lengths = np.diff(tokens.bounds)
    words = np.bincount(groups[groups >= 0], lengths[groups >= 0], minlength=count)
    documents = tokens.document_of_each()[positions].astype(np.int64)
    formulas = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
    inside = groups[documents] >= 0
    documents, formulas = documents[inside], formulas[inside]
    pair = formulas * max(count, 1) + groups[documents]
    # Occurrences of a formula stand in the order of the text, so a document's stand together.
    new_document = differs(documents, formulas)
    order = np.argsort(pair, kind="stable")
    begins = np.flatnonzero(differs(pair[order]))
    keys = pair[order][begins]
    tf = np.diff(np.append(begins, len(pair)))
    df = np.add.reduceat(new_document[order], begins, dtype=np.int64) if len(begins) else tf
    formula, group = keys // max(count, 1), keys % max(count, 1)
    all_tf = np.bincount(formulas, minlength=len(bounds) - 1)
    all_df = np.bincount(formulas[new_document], minlength=len(bounds) - 1)
    rest_words = words.sum() - words
    rest_tf = all_tf[formula] - tf
    odds, z = log_odds_ratio(tf, words[group], rest_tf, rest_words[group], prior_words)
    by = np.lexsort((formula, -z, group))
    return Keyness(
        group=group[by],
        formula=formula[by],
        df=df[by],
        tf=tf[by],
        rest_df=(all_df[formula] - df)[by],
        rest_tf=rest_tf[by],
        rate=(1000 * tf / np.maximum(words[group], 1))[by],
        rest_rate=(1000 * rest_tf / np.maximum(rest_words[group], 1))[by],
        log_odds=odds[by],
        z=z[by],
    )


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
        groups: int64 (documents,): group of each document, as given to `keyness`.
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
