"""Whether a formula marks a group beyond chance: documents are dealt to the groups anew, many times.

Occurrences are not independent: a document that says a thing once says it again. Documents nearly are, so they are what
is dealt. What is compared is by how much the occurrences in the group exceed those that its number of words leads one
to expect; so a group of long documents does not win by their length.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.keys import differs
from reuse.arrays.ragged import bounds_of, spread

LEVEL = 0.05
"""A formula that no deal could make rarer than that in a group is not tested there."""

DEALS = 100
"""Deals that every formula is compared with; those that few of them exceed with ten times as many, and again."""

EXCEEDED = 10
"""So many deals must exceed a formula for its chance to be told well enough (Besag & Clifford 1991)."""

WORK = 100_000_000
"""Documents with formulas that are looked at for one group, all deals together; fewer deals are made beyond it."""

ALL_WORK = 2_000_000_000
"""The same for all groups together: where there are many, each is dealt less often."""

BATCH = 8_000_000
"""Cells of a batch of deals."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each document has each formula, formula after formula.

    Attributes:
        documents: int64 (rows,): documents that have a formula.
        times: float32 (rows,): occurrences there.
        bounds: int64 (formulas + 1,): formula f owns the rows bounds[f] to bounds[f + 1].
        words: int64 (documents,): words of each document.
    """

    documents: NDArray[np.int64]
    times: NDArray[np.float32]
    bounds: NDArray[np.int64]
    words: NDArray[np.int64]

    @classmethod
    def of(
        cls, documents: NDArray[np.int64], bounds: NDArray[np.int64], words: NDArray[np.int64], kept: NDArray[np.bool_]
    ) -> Counts:
        """Counts among some of the documents, which are numbered anew.

        Args:
            documents: int64 (occurrences,): document of each occurrence, ascending within a formula.
            bounds: int64 (formulas + 1,): formula f owns the occurrences bounds[f] to bounds[f + 1].
            words: int64 (documents,): words of each document.
            kept: bool (documents,): those that count.
        """
        formulas = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
        inside = kept[documents]
        documents, formulas = documents[inside], formulas[inside]
        begins = np.flatnonzero(differs(documents, formulas))
        number = np.cumsum(kept) - 1
        return cls(
            number[documents[begins]],
            np.diff(np.append(begins, len(documents))).astype(np.float32),
            bounds_of(np.bincount(formulas[begins], minlength=len(bounds) - 1)),
            words[kept],
        )

    def take(self, formulas: NDArray[np.int64]) -> Counts:
        """The counts of some formulas."""
        rows, within = spread(np.diff(self.bounds)[formulas])
        at = self.bounds[formulas][rows] + within
        return Counts(self.documents[at], self.times[at], bounds_of(np.diff(self.bounds)[formulas]), self.words)

    def totals(self) -> NDArray[np.float64]:
        """Occurrences of each formula (float64)."""
        return np.diff(np.append(0.0, np.cumsum(self.times, dtype=np.float64))[self.bounds])


def q_values(counts: Counts, inside: NDArray[np.bool_], work: int = WORK, seed: int = 1) -> NDArray[np.float64]:
    """How sure it is that each formula marks a group: q-values (Benjamini & Hochberg 1995) of a permutation test.

    Among the formulas whose q is at most x, a share of x or less is to be expected that chance alone makes mark the
    group. One-sided: a formula that is rarer in the group than elsewhere has a q near 1.

    Args:
        counts: Of all formulas, in the documents of all groups.
        inside: bool (documents,): those of the group.
        work: Documents with formulas to be looked at, all deals together.
        seed: Of the deals: the same call gives the same values.

    Returns:
        float64 (formulas,); NaN where no deal would be rarer than LEVEL: too few documents have the formula, or the
        group or the rest are too small.
    """
    found = np.full(len(counts.bounds) - 1, np.nan)
    testable = np.flatnonzero(least_chances(np.diff(counts.bounds), int(inside.sum()), len(inside)) <= LEVEL)
    if len(testable):
        found[testable] = benjamini_hochberg(chances(counts.take(testable), inside, work, seed))
    return found


def chances(counts: Counts, inside: NDArray[np.bool_], work: int = WORK, seed: int = 1) -> NDArray[np.float64]:
    """Chance (float64, formulas) of so many occurrences in a group, or more, were the documents dealt at random.

    Of n deals b reach or exceed what is seen: (b + 1) / (n + 1) (Phipson & Smyth 2010). A chance above .1 is told after
    few deals and only roughly, for it is no find. Cost: `work` at most.
    """
    if inside.sum() == 1:
        return _chances_of_one(counts, int(np.argmax(inside)))
    generator = np.random.default_rng(seed)
    rates = counts.totals() / max(counts.words.sum(), 1)
    seen = _excess(counts, rates, inside[:, None])[:, 0]
    exceeded, dealt = np.zeros(len(rates), dtype=np.int64), np.zeros(len(rates), dtype=np.int64)
    left, deals = np.arange(len(rates)), DEALS
    while len(left):
        part = counts.take(left)
        each = len(part.documents) + len(inside)
        deals = min(deals, work // each)
        if deals < 1:
            break
        work -= deals * each
        exceeded[left] += _exceeding(part, rates[left], seen[left], inside, deals, generator)
        dealt[left] += deals
        left = left[exceeded[left] < EXCEEDED]
        deals *= 10
    return (exceeded + 1) / (dealt + 1)


def _chances_of_one(counts: Counts, document: int) -> NDArray[np.float64]:
    """The same for a group of one document, of which every deal can be looked at: one for each document."""
    rates = counts.totals() / max(counts.words.sum(), 1)
    formulas = np.repeat(np.arange(len(rates)), np.diff(counts.bounds))
    without = -rates[formulas] * counts.words[counts.documents]
    excess = counts.times + without
    seen = -rates * counts.words[document]
    of_it = counts.documents == document
    seen[formulas[of_it]] = excess[of_it]
    least = seen - 1e-6 * np.maximum(np.abs(seen), 1)
    # As if no document had the formula, and then those set right that have it.
    reached = np.searchsorted(np.sort(counts.words), -least / np.maximum(rates, 1e-300), side="right").astype(
        np.float64
    )
    reached += np.bincount(formulas, (excess >= least[formulas]).astype(float), len(rates))
    reached -= np.bincount(formulas, (without >= least[formulas]).astype(float), len(rates))
    chance: NDArray[np.float64] = reached / len(counts.words)
    return chance


def _exceeding(
    counts: Counts,
    rates: NDArray[np.float64],
    seen: NDArray[np.float64],
    inside: NDArray[np.bool_],
    deals: int,
    generator: np.random.Generator,
) -> NDArray[np.int64]:
    """In how many deals each formula exceeds its rate in the group by as much as is seen (int64, formulas)."""
    exceeded = np.zeros(len(rates), dtype=np.int64)
    batch = max(BATCH // max(len(counts.documents), len(inside), 1), 1)
    least = seen - 1e-6 * np.maximum(np.abs(seen), 1)  # sums that are equal but for rounding count
    for start in range(0, deals, batch):
        width = min(batch, deals - start)
        dealt = generator.permuted(np.repeat(inside[:, None], width, axis=1), axis=0)
        exceeded += (_excess(counts, rates, dealt) >= least[:, None]).sum(axis=1)
    return exceeded


def _excess(counts: Counts, rates: NDArray[np.float64], inside: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Occurrences in the group beyond those to be expected (float64, formulas × deals); `inside`: documents × deals."""
    there = inside.astype(np.float32)
    times = np.add.reduceat(counts.times[:, None] * there[counts.documents], counts.bounds[:-1], axis=0)
    excess: NDArray[np.float64] = times - rates[:, None] * (counts.words.astype(np.float64) @ inside)
    return excess


def least_chances(documents: NDArray[np.int64], inside: int, total: int) -> NDArray[np.float64]:
    """Chance of the most telling deal: that all documents with a formula fall into the group, or those with most of it.

    It does not depend on how the documents were dealt, so formulas may be chosen by it (Tarone 1990).

    Args:
        documents: int64 (formulas,): documents that have each formula, of all groups.
        inside: Documents of the group.
        total: Documents of all groups.
    """
    logs = np.append(0.0, np.cumsum(np.log(np.arange(1, total + 1))))

    few = np.minimum(documents, inside)

    def log_choices(among: int) -> NDArray[np.float64]:
        """Logarithm of the number of ways to choose so few of them."""
        ways: NDArray[np.float64] = logs[among] - logs[few] - logs[among - few]
        return ways

    return np.exp(log_choices(inside) - log_choices(total))


def benjamini_hochberg(chances: NDArray[np.float64]) -> NDArray[np.float64]:
    """The least false share, among all chances that count, at which each of them does (float64)."""
    order = np.argsort(chances, kind="stable")
    levels = chances[order] * len(chances) / np.arange(1, len(chances) + 1)
    found = np.empty(len(chances))
    found[order] = np.minimum.accumulate(levels[::-1])[::-1]
    return np.minimum(found, 1.0)
