"""Every p-frame: n-grams of a length that are the same but for one word inside (Stubbs 2002), with their fillers.

Unlike the frames of `frames`, which are those that shorten the description of the corpus, these are all there are: for
each length and each place of the slot but the first and the last, places in the text are brought together by a hash of
the words around it. Cost: lengths times slots sorts of the corpus.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.grouping import Positions, equal_groups
from reuse.arrays.keys import differs
from reuse.arrays.ragged import bounds_of, row_of_each
from reuse.arrays.records import RaggedColumns
from reuse.corpus.tokens import Tokens
from reuse.formulas.branching import Sentences
from reuse.formulas.whole import texts_with

_FACTOR = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class PFrames(RaggedColumns):
    """p-frames with all their occurrences.

    Attributes:
        tokens: int64 (frames,): words, the slot included.
        slot: int64 (frames,): place of the slot, from 1 to tokens - 2.
        df: int64 (frames,): documents that have it.
        fillers: int64 (frames,): different words in the slot: its types.
        entropy: float64 (frames,): entropy of the fillers, in bits.
        bounds: int64 (frames + 1,): frame f owns the rows bounds[f] to bounds[f + 1] of `positions`.
        positions: int64 (occurrences,): position of the first word of each, ascending within a frame.
    """

    ELEMENTS: ClassVar = ("positions",)

    tokens: NDArray[np.int64]
    slot: NDArray[np.int64]
    df: NDArray[np.int64]
    fillers: NDArray[np.int64]
    entropy: NDArray[np.float64]
    bounds: NDArray[np.int64]
    positions: Positions


def find_pframes(
    tokens: Tokens,
    lengths: tuple[int, int] = (4, 8),
    min_fillers: int = 2,
    min_documents: int = 2,
    text_of: NDArray[np.int32] | None = None,
) -> PFrames:
    """All p-frames of a corpus within its sentences.

    Args:
        tokens: The corpus.
        lengths: Words of the shortest and the longest, the slot included.
        min_fillers: Fewest different words in the slot.
        min_documents: Fewest documents that must have it.
        text_of: int32 (documents,): number of the text that each document is a copy of, where copies of a text count as
            one document; None: each counts.
    """
    ends = Sentences.of(tokens, 1).sentence_ends[:]
    documents = tokens.document_of_each()
    if text_of is not None:
        documents = text_of[documents]
    found = [
        _with_slot(tokens.ids, ends, documents, (length, slot), (min_fillers, min_documents))
        for length in range(lengths[0], lengths[1] + 1)
        for slot in range(1, length - 1)
    ]
    return PFrames.concatenate(*found)


def _with_slot(
    ids: NDArray[np.int32],
    ends: NDArray[np.int32],
    documents: NDArray[np.int32],
    shape: tuple[int, int],
    least: tuple[int, int],
) -> PFrames:
    """Those of one length with the slot at one place."""
    length, slot = shape
    count = max(len(ids) - length + 1, 0)
    starts = np.flatnonzero(np.arange(length, count + length) <= ends[:count])
    fixed = [place for place in range(length) if place != slot]
    hashes = np.zeros(len(starts), dtype=np.uint64)
    for place in fixed:
        hashes += ids[starts + place].view(np.uint32)
        hashes *= _FACTOR
    order, bounds = equal_groups(hashes, lambda rows: [ids[starts[rows] + place] for place in fixed])
    positions = starts[order]
    df = texts_with(row_of_each(bounds), documents[positions], len(bounds) - 1)
    kept = np.flatnonzero(df >= least[1])
    sizes = np.diff(bounds)[kept]
    frames = PFrames(
        np.full(len(kept), length),
        np.full(len(kept), slot),
        df[kept],
        *_variety(ids, slot, positions, bounds, kept),
        bounds_of(sizes),
        positions[np.repeat(df >= least[1], np.diff(bounds))],
    )
    return frames.take(np.flatnonzero(frames.fillers >= least[0]))


def _variety(
    ids: NDArray[np.int32], slot: int, positions: Positions, bounds: NDArray[np.int64], kept: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """How many different words fill the slot of the groups that are kept, and their entropy in bits."""
    groups, sizes = row_of_each(bounds), np.diff(bounds)
    words = ids[positions + slot]
    order = np.lexsort((words, groups))
    begins = np.flatnonzero(differs(groups[order], words[order]))
    of = groups[order][begins]
    share = np.diff(begins, append=len(order)) / sizes[of]
    fillers: NDArray[np.int64] = np.bincount(of, minlength=len(sizes))[kept]
    entropy: NDArray[np.float64] = np.asarray(
        np.bincount(of, -share * np.log2(share), minlength=len(sizes))[kept], dtype=np.float64
    )
    return fillers, entropy
