"""What the search for slots goes by: joins, two runs of words with something varying between them, and their cores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.grouping import Positions
from reuse.arrays.records import FlatColumns, RaggedColumns


@dataclass(frozen=True, slots=True)
class Joins(RaggedColumns):
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

    ELEMENTS: ClassVar = ("slot_start", "slot_end")

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


@dataclass(frozen=True, slots=True)
class Cores(FlatColumns):
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
