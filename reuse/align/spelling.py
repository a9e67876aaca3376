"""Words that face each other in an alignment and differ by a letter or two: spellings, inflections, OCR slips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from reuse.align.blocks import Aligned
from reuse.align.rectangles import Rectangles
from reuse.arrays.keys import differs, pair_keys, pair_numbers
from reuse.arrays.order import order_of
from reuse.arrays.ragged import bounds_of, owners_of
from reuse.options import AlignOptions

_CONFUSED = str.maketrans({"1": "i", "l": "i", "|": "i", "0": "o"})  # letters that scanners take for each other


@dataclass(frozen=True, slots=True)
class Spellings:
    """The words of a vocabulary, made ready for comparing them by letters.

    Attributes:
        words: By vocabulary id.
        sighted: The same with letters that scanners confuse made one.
        lengths: int32 (words,): letters of each.
        letters: uint32 (words,): a set of the letters of each as a scanner sees them; several letters share a digit.
    """

    words: Sequence[str]
    sighted: Sequence[str]
    lengths: NDArray[np.int32]
    letters: NDArray[np.uint32]

    @classmethod
    def of(cls, words: Sequence[str]) -> Spellings:
        """Prepare a vocabulary."""
        lengths = np.fromiter(map(len, words), dtype=np.int32, count=len(words))
        if not len(words):
            return cls(words, [], lengths, np.zeros(0, dtype=np.uint32))
        sighted = "\n".join(words).translate(_CONFUSED)
        # Each word with the line's end behind it, so that none is empty.
        codes = np.frombuffer(f"{sighted}\n".encode("utf-32-le", "surrogatepass"), dtype="<u4")
        digits = np.left_shift(np.uint32(1), codes & np.uint32(31))
        letters = np.bitwise_or.reduceat(digits, bounds_of(lengths + 1)[:-1])
        return cls(words, sighted.split("\n"), lengths, letters)

    def may_be_alike(self, one: NDArray[np.int32], other: NDArray[np.int32], likeness: float) -> NDArray[np.bool_]:
        """Which pairs of words (vocabulary ids) may be so alike: nearly of one length, with nearly the same letters."""
        shorter, longer = (choose(self.lengths[one], self.lengths[other]) for choose in (np.minimum, np.maximum))
        # Every letter that the longer word has more is an edit, and every one that the other does not have at all.
        edits = longer - shorter
        for left, right in ((one, other), (other, one)):
            edits = np.maximum(edits, np.bitwise_count(self.letters[left] & ~self.letters[right]))
        may: NDArray[np.bool_] = longer - edits >= likeness * longer
        return may


def add_spellings(
    aligned: Aligned,
    ids: NDArray[np.int32],
    spellings: Spellings,
    regions: Rectangles,
    bounds: NDArray[np.int64],
    options: AlignOptions,
) -> tuple[Aligned, NDArray[np.float32]]:
    """Align near-equal words that face each other in short gaps.

    Args:
        aligned: Equal tokens in alignment.
        ids: int32 (tokens,): vocabulary ids of the corpus.
        spellings: Its vocabulary.
        regions: Where they were aligned.
        bounds: int64 (documents + 1,): where documents begin.
        options: Least likeness, and the longest gap.

    Returns:
        The alignment with the near-equal tokens added, and float32 (n,): likeness of each pair, 1 for equal tokens.
    """
    near, behind = _facing(aligned, bounds, options.facing)
    likely = spellings.may_be_alike(ids[near.a], ids[near.b], options.likeness)
    near, behind = near.take(likely), behind[likely]
    likeness = _likeness(ids[near.a], ids[near.b], spellings, options.confused)
    rows = np.flatnonzero(likeness >= options.likeness)
    rows = rows[order_of(near.region[rows], near.a[rows], near.b[rows])]
    near, behind, likeness = near.take(rows), behind[rows], likeness[rows]
    # A word of a gap of unequal sides may face two: the first in order holds.
    kept = differs(near.region, behind)
    kept[1:] |= (near.a[1:] != near.a[:-1]) & (near.b[1:] > near.b[:-1])
    # Words that face each other just outside of a region are none of its.
    home = regions.take(near.region)
    kept &= (near.a >= home.a_start) & (near.a < home.a_end) & (near.b >= home.b_start) & (near.b < home.b_end)
    near, behind, likeness = near.take(kept), behind[kept], likeness[kept]
    region, a, b = (np.insert(getattr(aligned, side), behind, getattr(near, side)) for side in ("region", "a", "b"))
    return Aligned(region, a, b), np.insert(np.ones(len(aligned), dtype=np.float32), behind, likeness)


def _facing(aligned: Aligned, bounds: NDArray[np.int64], longest: int) -> tuple[Aligned, NDArray[np.int64]]:
    """Pairs of tokens that face each other in short gaps, counted from either side of the gap.

    Returns:
        The pairs, in no order, and int64: the row of `aligned` that each stands before.
    """
    count = len(aligned.a)
    gap_a, gap_b = np.zeros(count + 1, dtype=np.int64), np.zeros(count + 1, dtype=np.int64)
    inner = np.zeros(count + 1, dtype=bool)
    inner[1:-1] = aligned.region[1:] == aligned.region[:-1]
    gap_a[1:-1] = aligned.a[1:] - aligned.a[:-1] - 1
    gap_b[1:-1] = aligned.b[1:] - aligned.b[:-1] - 1
    short = np.flatnonzero(inner & (gap_a > 0) & (gap_b > 0) & (np.maximum(gap_a, gap_b) <= longest))
    least, uneven = np.minimum(gap_a[short], gap_b[short]), gap_a[short] != gap_b[short]
    found = []
    for step in range(1, longest + 1):
        found.append((short[least >= step] - 1, step))
        found.append((short[(least >= step) & uneven], -step))
    # The first and last aligned tokens of a region have neighbours too.
    edge = np.flatnonzero(~inner)
    for step in (1, 2):
        found.append((edge[edge < count], -step))
        found.append((edge[edge > 0] - 1, step))
    rows = np.concatenate([rows for rows, _ in found])
    steps = np.repeat([step for _, step in found], [len(rows) for rows, _ in found])
    region, a, b = aligned.region[rows], aligned.a[rows] + steps, aligned.b[rows] + steps
    inside = (np.minimum(a, b) >= 0) & (np.maximum(a, b) < bounds[-1])
    near, rows, behind = Aligned(region, a, b).take(inside), rows[inside], (rows + (steps > 0))[inside]
    home = owners_of(bounds, np.stack((aligned.a[rows], near.a, aligned.b[rows], near.b)))
    kept = (home[0] == home[1]) & (home[2] == home[3])
    return near.take(kept), behind[kept]


def _likeness(
    a: NDArray[np.int32], b: NDArray[np.int32], spellings: Spellings, confused_likeness: float
) -> NDArray[np.float32]:
    """Normalised edit similarity of word pairs; letters that scanners confuse count almost as equal."""
    if not len(a):
        return np.zeros(0, dtype=np.float32)
    distinct, inverse = np.unique(pair_keys(a, b), return_inverse=True)
    left, right = (numbers.tolist() for numbers in pair_numbers(distinct))
    plain, confused = (
        _similarity([words[row] for row in left], [words[row] for row in right])
        for words in (spellings.words, spellings.sighted)
    )
    likeness: NDArray[np.float32] = np.maximum(plain, confused * np.float32(confused_likeness))[inverse]
    return likeness


def _similarity(left: list[str], right: list[str]) -> NDArray[np.float32]:
    similarity: NDArray[np.float32] = process.cpdist(
        left, right, scorer=Levenshtein.normalized_similarity, dtype=np.float32
    )
    return similarity
