"""What the search for slots goes by: joins, two runs of words with something varying between them, and their cores."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.grouping import Positions
from reuse.arrays.ragged import bounds_of


@dataclass(frozen=True, slots=True)
class Joins:
    """Two-part frames with all their occurrences.

    Attributes:
        left, right: int64 (joins,): words of the part before and behind the slot.
        df: int64 (joins,): documents.
        open_left: bool (joins,): the left part is the first two words of a sentence, and the first of them varies too.
        open_right: bool (joins,): the second word of the right part varies too.
        left_count, right_count: int64 (joins,): how often each part stands anywhere in the corpus (at most: the count
            of its rarest two words, or of a varying part's fixed words).
        bounds: int64 (joins + 1,): join j owns the rows bounds[j] to bounds[j + 1] of the next two.
        slot_start, slot_end: int64 (occurrences,): token positions of the slot, half-open; empty where it is left out.
    """

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    df: NDArray[np.int64]
    open_left: NDArray[np.bool_]
    open_right: NDArray[np.bool_]
    left_count: NDArray[np.int64]
    right_count: NDArray[np.int64]
    bounds: NDArray[np.int64]
    slot_start: Positions
    slot_end: Positions

    def __len__(self) -> int:
        return len(self.left)

    def owners(self) -> NDArray[np.int64]:
        """int64 (occurrences,): the join of each occurrence."""
        return np.repeat(np.arange(len(self)), np.diff(self.bounds))

    def take(self, keep: NDArray[np.bool_]) -> Joins:
        """Those of the joins that are to be kept."""
        sizes = np.diff(self.bounds)
        rows = np.repeat(keep, sizes)
        return Joins(
            self.left[keep],
            self.right[keep],
            self.df[keep],
            self.open_left[keep],
            self.open_right[keep],
            self.left_count[keep],
            self.right_count[keep],
            bounds_of(sizes[keep]),
            self.slot_start[rows],
            self.slot_end[rows],
        )

    def where(self, rows: NDArray[np.bool_]) -> Joins:
        """The joins with these of their occurrences only; each must keep one."""
        sizes = np.add.reduceat(rows, self.bounds[:-1], dtype=np.int64)
        return replace(self, bounds=bounds_of(sizes), slot_start=self.slot_start[rows], slot_end=self.slot_end[rows])


@dataclass(frozen=True, slots=True)
class Cores:
    """Places of one lot that may be occurrences of a join: those with equal `words` are candidates.

    Attributes:
        slot_start, slot_end: int32 (cores,): ascending by slot_start, then slot_end.
        before: Places of the words that must be equal, counted from the beginning of the slot.
        behind: The same counted from its end.
        left, right: Words that the core takes up on either side.
        open_left, open_right: As in Joins.
    """

    slot_start: NDArray[np.int32]
    slot_end: NDArray[np.int32]
    before: tuple[int, ...]
    behind: tuple[int, ...]
    left: int
    right: int
    open_left: bool = False
    open_right: bool = False


def no_joins() -> Joins:
    """None at all."""
    none = np.zeros(0, dtype=np.int64)
    nothing = np.zeros(0, dtype=bool)
    return Joins(none, none, none, nothing, nothing, none, none, np.zeros(1, dtype=np.int64), none, none)


def all_joins(lots: list[Joins]) -> Joins:
    """Several lots as one."""
    lots = [no_joins(), *lots]
    return Joins(
        np.concatenate([lot.left for lot in lots]),
        np.concatenate([lot.right for lot in lots]),
        np.concatenate([lot.df for lot in lots]),
        np.concatenate([lot.open_left for lot in lots]),
        np.concatenate([lot.open_right for lot in lots]),
        np.concatenate([lot.left_count for lot in lots]),
        np.concatenate([lot.right_count for lot in lots]),
        bounds_of(np.concatenate([np.diff(lot.bounds) for lot in lots])),
        np.concatenate([lot.slot_start for lot in lots]),
        np.concatenate([lot.slot_end for lot in lots]),
    )
