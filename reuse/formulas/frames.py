"""Frames: formulas with slots, as "Saying that …, he stressed that …", with what fills the slots.

Four steps make them:

1. `slots` finds *joins*: two runs of words with something varying between them, wherever they recur ("saying that" and
   "he stressed", whatever stands between).
2. `description` says how many bits each join saves when the corpus is written down with it; one that saves none is
   chance.
3. Joins that compete for one place in the text are thinned out here (`_best_told`): the place is told by the join that
   saves most there.
4. `linking` makes one frame of joins that overlap (the last part of the one is the first part of the next), and adds
   frames that begin or end with a slot, from formulas that differ in their first or last word only: "thunderous cheers
   of hurrah", "stormy cheers of hurrah".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.grouping import Positions
from reuse.arrays.logarithm import log2
from reuse.arrays.ragged import bounds_of, spread
from reuse.corpus.tokens import Tokens
from reuse.formulas.description import RunBits, filler_groups, may_gain, slot_gain
from reuse.formulas.joins import Joins
from reuse.formulas.linking import Frame, chained, with_edges
from reuse.formulas.phrases import Formulas
from reuse.formulas.slots import Lot, Slots
from reuse.options import FrameOptions
from reuse.score.background import Background
from reuse.work.workers import ALONE, Workers

ROUNDS = 30
"""Rounds in which joins contest for places; prose takes fewer than ten."""


@dataclass(frozen=True, slots=True)
class Frames:
    """Frames with all their occurrences, in default order: (df - 1) × bits, falling.

    A frame is a row of fixed parts; between two parts is a slot. A part of no words marks the edge of a slot that
    begins or ends the frame.

    Attributes:
        df: int32 (frames,): documents that have it.
        tf: int32 (frames,): occurrences.
        bits: float32 (frames,): surprise of its fixed words under the background model without its own occurrences.
        gain: float32 (frames,): bits that its slots save (see `description`).
        part_bounds: int64 (frames + 1,): frame f owns the rows part_bounds[f] to part_bounds[f + 1] of `part_words`.
        part_words: int32 (parts,): words of each fixed part.
        bounds: int64 (frames + 1,): where the places of each frame begin in `places`.
        places: int64: token position of each part of each occurrence, occurrence after occurrence.
    """

    df: NDArray[np.int32]
    tf: NDArray[np.int32]
    bits: NDArray[np.float32]
    gain: NDArray[np.float32]
    part_bounds: NDArray[np.int64]
    part_words: NDArray[np.int32]
    bounds: NDArray[np.int64]
    places: Positions

    def __len__(self) -> int:
        return len(self.df)

    def parts(self, frame: int) -> NDArray[np.int32]:
        """int32 (parts,): words of each part of a frame."""
        return self.part_words[self.part_bounds[frame] : self.part_bounds[frame + 1]]

    def occurrences(self, frame: int) -> Positions:
        """int64 (tf, parts): token positions of the parts of a frame."""
        return self.places[self.bounds[frame] : self.bounds[frame + 1]].reshape(int(self.tf[frame]), -1)

    def slots(self, frame: int) -> list[tuple[Positions, Positions]]:
        """For each slot of a frame, where it begins and ends in each occurrence (int64, tf): token positions."""
        places, words = self.occurrences(frame), self.parts(frame)
        return [(places[:, slot] + words[slot], places[:, slot + 1]) for slot in range(len(words) - 1)]


def find_frames(
    tokens: Tokens,
    background: Background,
    ngrams: Formulas,
    options: FrameOptions | None = None,
    workers: Workers = ALONE,
    text_of: NDArray[np.int32] | None = None,
) -> Frames:
    """The frames of a corpus, most widespread and surprising first.

    Args:
        tokens: The corpus.
        background: Its word model.
        ngrams: Its closed n-grams, for frames that begin or end with a slot.
        options: What counts as a frame.
        workers: Find joins.
        text_of: int32 (documents,): number of the text that each document is a copy of, where copies of a text count as
            one document; None: each counts.

    Returns:
        At most `max_frames` frames. Every slot has two fillers or more.
    """
    options = options or FrameOptions()
    found: list[Frame] = []
    counted = tokens.document_of_each()
    if text_of is not None:
        counted = text_of[counted]
    if len(tokens) > 2:
        run_bits = RunBits.of(background)
        slots = Slots(tokens, background, options)
        kept = workers.map(partial(_accepted, background, run_bits, options), slots.lots())
        joins = Joins.concatenate(*(lot for lot, _ in kept))
        gain = np.concatenate([gains for _, gains in kept])
        best = _best_told(joins, gain, len(tokens))
        joins, gain = joins.take(best), gain[best]
        found = chained(tokens, joins, gain, counted, options)
        found += with_edges(tokens, background, run_bits, ngrams, slots.pair_counts, options)
    return _ordered(background, found, counted, options)


def _accepted(
    background: Background, run_bits: RunBits, options: FrameOptions, lot: Lot
) -> tuple[Joins, NDArray[np.float64]]:
    """The joins of a lot whose slot shortens the description and is neither filled alike nor empty; their gains."""
    joins = lot()
    joins = joins.take(may_gain(joins, len(background.ids), options.list_allowance))
    joins = _trimmed(joins, options.slack)
    if not len(joins):
        return joins, np.zeros(0, dtype=np.float64)
    fillers = filler_groups(background.ids, joins.slot_start, joins.slot_end, joins.owners())
    gain = slot_gain(background, run_bits, joins, fillers, options.listed)
    commonest, second = _commonest(fillers, joins.owners(), len(joins))
    varies = commonest <= (1 - options.variety) * joins.sizes()
    # Where the slot is mostly empty, its two parts are a phrase into which something is put now and then.
    empty = np.bincount(joins.owners(), joins.slot_start == joins.slot_end, minlength=len(joins))
    filled = 2 * empty <= joins.sizes()
    kept = filled & (gain > 0) & (varies | (second > 1) & (gain > options.sure * log2(len(background.ids))))
    return joins.take(kept), gain[kept]


def _commonest(
    fillers: NDArray[np.int64], owners: NDArray[np.int64], joins: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Occurrences (int64, joins) of the commonest filler of each join, and of the next; 0 where there is no other."""
    counts = np.bincount(fillers)
    of = np.zeros(len(counts), dtype=np.int64)
    of[fillers] = owners
    order = np.lexsort((-counts, of))
    first = np.searchsorted(of[order], np.arange(joins))
    following = np.minimum(first + 1, len(order) - 1)
    other = (of[order[following]] == np.arange(joins)) & (following > first)
    return counts[order[first]], np.where(other, counts[order[following]], 0)


def _trimmed(joins: Joins, slack: int) -> Joins:
    """The joins without occurrences whose slot is far longer than theirs usually is: chance neighbours."""
    if not len(joins):
        return joins
    owners = joins.owners()
    words = joins.slot_end - joins.slot_start
    order = np.lexsort((words, owners))
    usual = words[order][joins.bounds[:-1] + joins.sizes() // 2]
    return joins.where(words <= 2 * usual[owners] + slack)


def _best_told(joins: Joins, gain: NDArray[np.float64], length: int) -> NDArray[np.bool_]:
    """Which joins to keep: those that save most at half of their places or more.

    Two joins contest a place where their slots begin or end at the same word. What a join saves is divided by the
    square root of one more than the words in its slot, or the first and the last part of a longer frame would beat
    the pairs of neighbours that it is made of. The winners of a round stay, what they beat goes, and what is left is
    judged again without it.
    """
    kept = np.zeros(len(joins), dtype=bool)
    alive = np.ones(len(joins), dtype=bool)
    owners = joins.owners()
    sizes = joins.sizes()
    rank = np.empty(len(joins), dtype=np.int64)
    untold = np.bincount(owners, joins.slot_end - joins.slot_start, minlength=len(joins)) / np.maximum(sizes, 1)
    rank[np.lexsort((joins.left + joins.right, gain / np.sqrt(1 + untold)))] = np.arange(1, len(joins) + 1)
    for _ in range(ROUNDS):
        if not (alive & ~kept).any():
            break
        won = np.ones(len(owners), dtype=bool)
        for ends in (joins.slot_start, joins.slot_end):
            best = np.zeros(length + 1, dtype=np.int64)
            rows = alive[owners]
            np.maximum.at(best, ends[rows], rank[owners[rows]])
            won &= best[ends] == rank[owners]
        wins = np.bincount(owners[won], minlength=len(joins))
        winners = alive & ~kept & (2 * wins >= sizes)
        if not winners.any():  # the best one that is left is beaten only by those that are kept
            break
        kept |= winners
        taken = np.zeros(length + 1, dtype=bool)
        beaten = np.zeros(len(owners), dtype=bool)
        for ends in (joins.slot_start, joins.slot_end):
            taken[:] = False
            taken[ends[kept[owners]]] = True
            beaten |= taken[ends]
        losses = np.bincount(owners[beaten], minlength=len(joins))
        alive &= kept | (2 * losses <= sizes)
    return kept


def _ordered(
    background: Background, found: Sequence[Frame], documents: NDArray[np.int32], options: FrameOptions
) -> Frames:
    """The columns of the frames, in default order, scored; `documents` as in `Frame.documents`."""
    df = np.array([frame.documents(documents) for frame in found], dtype=np.int32)
    tf = np.array([len(frame.places) for frame in found], dtype=np.int32)
    bits = np.array([_fixed_bits(background, frame) for frame in found], dtype=np.float32)
    score = (df - 1) * bits.astype(np.float64)
    first = np.array([frame.places[0, 0] for frame in found], dtype=np.int64)
    enough = df >= options.min_documents
    order = np.lexsort((first, -tf, -score))
    order = order[enough[order]][: options.max_frames]
    chosen = [found[number] for number in order.tolist()]
    none = np.zeros(0, dtype=np.int64)
    return Frames(
        df=df[order],
        tf=tf[order],
        bits=bits[order],
        gain=np.array([frame.gain for frame in chosen], dtype=np.float32),
        part_bounds=bounds_of(np.array([len(frame.words) for frame in chosen], dtype=np.int64)),
        part_words=np.array([words for frame in chosen for words in frame.words], dtype=np.int32),
        bounds=bounds_of(np.array([frame.places.size for frame in chosen], dtype=np.int64)),
        places=np.concatenate([none, *(frame.places.ravel() for frame in chosen)]),
    )


def _fixed_bits(background: Background, frame: Frame) -> float:
    """Surprise of the fixed words of a frame, the first word of each part for itself."""
    words = np.array(frame.words, dtype=np.int64)
    rows, within = spread(words)
    positions = frame.places[0][rows] + within
    return float(background.token_bits(positions, len(frame.places), first=within == 0).sum())
