"""What the matches of a former run say, whose documents and tokens are the first of those of today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.align.matches import Matches
from reuse.arrays.hashing import placed


@dataclass(frozen=True, slots=True)
class KnownMatches:
    """The columns of matches that follow from the texts of the two documents.

    Attributes:
        tokens: int64 (matches, 4): a_start, a_end, b_start, b_end as token positions.
        matched: int64 (matches,): aligned tokens.
        ends: int64 (matches, 2): where both sides end, in code points, closing marks included.
        ids: Of the rows.
        relations: Their names.
    """

    tokens: NDArray[np.int64]
    matched: NDArray[np.int64]
    ends: NDArray[np.int64]
    ids: Sequence[str]
    relations: Sequence[str]

    @classmethod
    def nothing(cls) -> KnownMatches:
        """No match is known."""
        none = np.zeros(0, dtype=np.int64)
        return cls(none.reshape(0, 4), none, none.reshape(0, 2), [], [])

    def same_as(self, found: Matches) -> NDArray[np.int64]:
        """The row here (int64) of each of some matches, of the same tokens; -1: there is none."""
        sides = (found.a_start, found.a_end, found.b_start, found.b_end, found.matched)
        wanted = np.column_stack([side.astype(np.int64) for side in sides])
        own = np.column_stack((self.tokens, self.matched))
        rows = np.full(len(wanted), -1)
        if len(own):
            keys, sought = _keys(own), _keys(wanted)
            order = np.argsort(keys)
            at = order[np.minimum(np.searchsorted(keys, sought, sorter=order), len(own) - 1)]
            same = (own[at] == wanted).all(axis=1)
            rows[same] = at[same]
        return rows


def _keys(rows: NDArray[np.int64]) -> NDArray[np.uint64]:
    """A hash of each row (uint64)."""
    keys = np.zeros(len(rows), dtype=np.uint64)
    for number, column in enumerate(rows.T):
        keys += placed(column.astype(np.uint64), np.full(len(rows), number))
    return keys
