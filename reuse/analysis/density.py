"""Where a match is densest: the stretch of it that a reader accepts at sight, and in how many pieces it agrees."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

from reuse.arrays.coded import coded

DIFFERING = 2
"""What each word that differs, on either side, takes from a stretch, where each pair that agrees adds 1: one word that
is replaced by another must have more than four that agree before it and after it."""
PIECE = 3
"""Words in a row that agree and are counted as a piece: fewer are in any two texts."""
MOST = 20_000
"""Words of a passage that are looked at: comparing two of these takes some 50 MB."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The densest stretch of a match.

    Attributes:
        a_start, a_end, b_start, b_end: Its token positions, half-open.
        shared: Words in order that agree in it.
        all_shared: Words in order that agree in the whole match.
        pieces: Runs of PIECE words or more that agree, in the whole match; at least 1.
    """

    a_start: int
    a_end: int
    b_start: int
    b_end: int
    shared: int
    all_shared: int
    pieces: int

    @property
    def part(self) -> float:
        """Share of the words that agree which it has, 0 to 1."""
        return self.shared / max(self.all_shared, 1)


def densest(
    ids: NDArray[np.integer], span: tuple[int, int, int, int], heads: NDArray[np.integer] | None = None
) -> Stretch:
    """The stretch with the highest sum, as Kadane's algorithm finds it (Bentley 1984), over the words in order.

    Args:
        ids: (n,): ids of all tokens of the corpus.
        span: a_start, a_end, b_start, b_end of the match, as token positions.
        heads: (words,): the word that counts for each, by their ids; None: what has the same id counts as the same.
    """
    a_start, a_end, b_start, b_end = span
    a, b = ids[a_start : min(a_end, a_start + MOST)], ids[b_start : min(b_end, b_start + MOST)]
    if heads is not None:
        a, b = heads[a], heads[b]
    best = (0, 0, (0, len(a)), (0, len(b)))
    score = shared = everything = pieces = 0
    begins = (0, 0)
    for code in Indel.opcodes(*coded(a, b)):
        if code.tag != "equal":
            score -= DIFFERING * (code.src_end - code.src_start + code.dest_end - code.dest_start)
            continue
        length = code.src_end - code.src_start
        if score <= 0:
            score, shared, begins = 0, 0, (code.src_start, code.dest_start)
        score, shared = score + length, shared + length
        everything += length
        pieces += length >= PIECE
        if score > best[0]:
            best = (score, shared, (begins[0], code.src_end), (begins[1], code.dest_end))
    _, shared, of_a, of_b = best
    return Stretch(
        a_start + of_a[0], a_start + of_a[1], b_start + of_b[0], b_start + of_b[1], shared, everything, max(pieces, 1)
    )
