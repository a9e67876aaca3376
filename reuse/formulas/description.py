"""Whether a slot shortens the description of the corpus (minimum description length, Rissanen 1978).

Two ways to write down the occurrences of two runs of words, A and B, with something between them:

* *apart*: A is written; the words of the slot by the background model; then B, either word by word by the background
  model or as a phrase that the reader knows, which costs log2(n / count of B) bits in a corpus of n words.
* *joined*: after each A of the corpus a flag says whether the frame goes on – count(A) · H(occurrences / count(A))
  bits, H the binary entropy – and then B costs nothing. The slot's words cost the less of two: as before, with the
  slot's length told; or as numbers of a list of fillers, which has to be written once.

Joining pays for naming A and B in the book of frames, log2 n bits each. What is saved is the slot's gain; a slot is
accepted when it is positive. Chance neighbours ("of the … of the") are common but save nothing: their flags cost
more than B does.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.grouping import Positions, equal_groups
from reuse.arrays.hashing import mixed
from reuse.arrays.keys import differs
from reuse.arrays.logarithm import log2, times_log2
from reuse.formulas.joins import Joins
from reuse.score.background import Background


@dataclass(frozen=True, slots=True)
class RunBits:
    """Bits of any run of words by the background model, each word after the one before it, in one subtraction.

    Attributes:
        sums: float64 (tokens + 1,): bits of all words before each position.
    """

    sums: NDArray[np.float64]

    @classmethod
    def of(cls, background: Background) -> RunBits:
        """Sum up a corpus."""
        return cls(background.cumulative_bits(0))

    def between(self, starts: Positions, ends: Positions) -> NDArray[np.float64]:
        """Bits (float64) of half-open ranges of positions."""
        return self.sums[ends] - self.sums[starts]


def slot_gain(
    background: Background, run_bits: RunBits, joins: Joins, fillers: NDArray[np.int64], listed: int
) -> NDArray[np.float64]:
    """Bits that each join saves, less what it costs to name it (float64, joins).

    Args:
        background: The word model.
        run_bits: Its sums.
        joins: The joins, at least one.
        fillers: int64 (occurrences,): the fillers of their slots by number, see `filler_groups`.
        listed: Words of a filler up to which it can stand in a list.
    """
    first = joins.bounds[:-1]
    tf = joins.sizes()
    size = log2(len(background.ids))
    pointer = size - log2(np.maximum(joins.right_count, 1))
    behind = joins.slot_end[first]
    rest = run_bits.between(behind + 1, behind + joins.right)
    owners = joins.owners()
    known = np.where(joins.slot_start == joins.slot_end, 0, tf[owners])  # where the slot is empty, A B is a phrase
    opening = background.token_bits(joins.slot_end, known).astype(np.float64)
    saved = np.add.reduceat(np.minimum(opening + rest[owners], pointer[owners]), first)
    flags = entropy_bits(tf, np.maximum(joins.left_count, tf))
    slots = slot_bits(run_bits, (joins.slot_start, joins.slot_end), joins.bounds, fillers, listed)
    return np.asarray(saved - flags - slots - 2 * size, dtype=np.float64)


def may_gain(joins: Joins, length: int, allowance: float) -> NDArray[np.bool_]:
    """Which joins are worth the reckoning (bool, joins): whether B as a phrase costs more than the flags and names.

    Args:
        joins: The joins.
        length: Words of the corpus.
        allowance: Bits an occurrence that a list of fillers may save.
    """
    tf = joins.sizes()
    pointer = log2(length) - log2(np.maximum(joins.right_count, 1))
    flags = entropy_bits(tf, np.maximum(joins.left_count, tf))
    return np.asarray(tf * (pointer + allowance) > flags + 2 * log2(length))


def entropy_bits(part: NDArray[np.integer], whole: NDArray[np.integer]) -> NDArray[np.float64]:
    """Bits that say which of the whole are the part: whole · H(part / whole)."""
    a, n = part.astype(np.float64), whole.astype(np.float64)
    return times_log2(n) - times_log2(a) - times_log2(n - a)


def filler_groups(
    tokens_ids: NDArray[np.int32], starts: Positions, ends: Positions, owners: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Number of the filler of each slot (int64): equal where the owner and all words of the slot are equal."""
    words = ends - starts
    hashes = np.zeros(len(starts), dtype=np.uint64)
    going_on = np.flatnonzero(words)
    place = 0
    while len(going_on):
        word = tokens_ids[starts[going_on] + place].astype(np.uint64)
        hashes[going_on] = mixed(hashes[going_on] + word + np.uint64(1))
        place += 1
        going_on = going_on[words[going_on] > place]
    same = hashes.view(np.int64)
    order, bounds = equal_groups(mixed(hashes ^ mixed(owners.astype(np.uint64))), lambda at: (owners[at], same[at]))
    numbers = np.full(len(starts), -1, dtype=np.int64)
    numbers[order] = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
    alone = np.flatnonzero(numbers < 0)
    numbers[alone] = len(bounds) - 1 + np.arange(len(alone))
    return numbers


def slot_bits(
    run_bits: RunBits,
    slots: tuple[Positions, Positions],
    bounds: NDArray[np.int64],
    fillers: NDArray[np.int64],
    listed: int,
) -> NDArray[np.float64]:
    """What the words of slots cost in a frame, beyond what they cost outside of it (float64, groups; may be negative).

    Args:
        run_bits: Bits of runs of words.
        slots: int64 (occurrences,) each: token positions where the slot of each occurrence begins and ends.
        bounds: int64 (groups + 1,): the occurrences of each frame.
        fillers: int64 (occurrences,): the fillers by number, see `filler_groups`.
        listed: Words of a filler up to which it can stand in a list.
    """
    starts, ends = slots
    groups = len(bounds) - 1
    tf = np.diff(bounds)
    owners = np.repeat(np.arange(groups), tf)
    words = ends - starts
    keys = np.sort(owners << np.int64(32) | words)
    begins = np.flatnonzero(differs(keys))
    same = times_log2(np.diff(np.append(begins, len(keys))))
    told = times_log2(tf) - np.bincount(keys[begins] >> np.int64(32), same, minlength=groups)
    short = np.maximum.reduceat(words, bounds[:-1]) <= listed
    counts = np.bincount(fillers)
    examples = np.zeros(len(counts), dtype=np.int64)
    examples[fillers] = np.arange(len(fillers))
    of = owners[examples]
    bits = run_bits.between(starts, ends)
    chosen = times_log2(tf) - np.bincount(of, times_log2(counts), minlength=groups)
    written = np.bincount(of, bits[examples] + 1, minlength=groups)
    apart = np.add.reduceat(bits, bounds[:-1])
    return np.where(short, np.minimum(told, chosen + written - apart), told)
