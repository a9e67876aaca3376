"""Which documents are compared with which."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.ragged import bounds_of, owners_of, slices_of
from reuse.corpus.tokens import Tokens

_SLICE = 1 << 18  # tokens looked at at a time, so that temporaries stay in the cache


@dataclass(frozen=True, slots=True)
class Pairing:
    """The pairs of documents that a scan looks at.

    Attributes:
        bounds: int64 (documents + 1,): token positions where documents begin.
        group: int32 (documents,): documents of one group are not compared with each other; None: all are compared,
            each with itself too.
    """

    bounds: NDArray[np.int64]
    group: NDArray[np.int32] | None = None

    @classmethod
    def of(cls, tokens: Tokens, group: NDArray[np.int32] | None = None) -> Pairing:
        """The pairing of a corpus."""
        return cls(tokens.bounds, group)

    def filter(self, a: NDArray[np.integer], b: NDArray[np.integer]) -> tuple[NDArray[np.integer], NDArray[np.integer]]:
        """Keep the pairs of token positions whose documents are to be compared."""
        if self.group is None:
            return a, b
        kept = self.compared(a, b)
        return a[kept], b[kept]

    def compared(self, a: NDArray[np.integer], b: NDArray[np.integer]) -> NDArray[np.bool_]:
        """Which pairs of token positions lie in documents that are to be compared (bool, one a pair)."""
        if self.group is None:
            return np.ones(len(a), dtype=bool)
        document_of = owners_of(self.bounds, np.stack((a, b)))
        different: NDArray[np.bool_] = self.group[document_of[0]] != self.group[document_of[1]]
        return different

    def token_pairs(self, counted: NDArray[np.bool_]) -> float:
        """How many pairs of token positions the scan compares: the size of its search space.

        Args:
            counted: bool (tokens,): which tokens count.
        """
        sizes = np.zeros(len(self.bounds) - 1)
        for some in slices_of(np.diff(self.bounds), _SLICE):
            until = bounds_of(counted[self.bounds[some.start] : self.bounds[some.stop]])
            sizes[some] = np.diff(until[self.bounds[some.start : some.stop + 1] - self.bounds[some.start]])
        total = sizes.sum()
        if self.group is None:
            return float(total * total / 2)
        of_group = np.bincount(self.group, weights=sizes)
        return float((total * total - np.square(of_group).sum()) / 2)
