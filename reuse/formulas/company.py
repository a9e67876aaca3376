"""Which formulas keep company: whether two of them stand in the same documents more often than by chance.

Wordings of one idea replace one another: a speaker says "at an early day" or "at an early date". Two ideas that share a
mould are said side by side: who reports on the Secretary of War goes on to the Secretary of the Navy.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.keys import distinct_in, pair_keys, pair_numbers
from reuse.arrays.ragged import bounds_of, row_of_each, slices_of, spread
from reuse.formulas.phrases import Formulas

LEAST = 3
"""Documents that two formulas must share, for that to say anything."""

SURE = 3.0
"""Standard deviations (of a Poisson count) by which they must be more than by chance."""

CHUNK = 1 << 19
"""Documents of formulas looked up at once: bounds the memory."""


@dataclass(frozen=True, slots=True)
class Company:
    """The documents of formulas.

    Attributes:
        keys: uint64 (formulas × their documents,): formula and document, ascending.
        bounds: int64 (formulas + 1,): formula f owns the rows bounds[f] to bounds[f + 1] of `keys`.
        documents: How many there are.
    """

    keys: NDArray[np.uint64]
    bounds: NDArray[np.int64]
    documents: int

    @classmethod
    def of(cls, formulas: Formulas, documents: NDArray[np.int64], count: int) -> Company:
        """That of the formulas of a corpus.

        Args:
            formulas: Its formulas.
            documents: int64 (occurrences,): the document of each, or the text that this is a copy of.
            count: How many documents, or texts, there are that have words.
        """
        keys = pair_keys(row_of_each(formulas.bounds), documents)
        keys.sort()
        keys = distinct_in(keys)
        df = np.bincount(pair_numbers(keys)[0], minlength=len(formulas))
        return cls(keys, bounds_of(df), count)

    @classmethod
    def unknown(cls, formulas: int) -> Company:
        """That of so many formulas of which nobody knows where they stand: none keep company."""
        return cls(np.zeros(0, dtype=np.uint64), np.zeros(formulas + 1, dtype=np.int64), 0)

    def kept(self, one: NDArray[np.int64], other: NDArray[np.int64], times: float) -> NDArray[np.bool_]:
        """Which pairs of formulas share `times` as many documents as by chance (bool, pairs), and that for sure.

        Cost: the documents of the rarer one of each pair.
        """
        df = np.diff(self.bounds)
        rarer = np.where(df[one] <= df[other], one, other)
        both = np.zeros(len(one), dtype=np.int64)
        for some in slices_of(df[rarer], CHUNK):
            pair, within = spread(df[rarer[some]])
            document = pair_numbers(self.keys[self.bounds[rarer[some]][pair] + within])[1]
            sought = pair_keys((one + other - rarer)[some][pair], document)
            at = np.minimum(np.searchsorted(self.keys, sought), max(len(self.keys) - 1, 0))
            both[some] = np.bincount(pair, self.keys[at] == sought, minlength=len(rarer[some]))
        chance = df[one] * df[other] / max(self.documents, 1)
        sure = (both >= LEAST) & (both >= chance + SURE * np.sqrt(chance))
        return np.asarray(sure & (both >= times * chance), dtype=np.bool_)
