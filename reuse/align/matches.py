"""The columns of matches: one row a pair of aligned passages."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from reuse.align.paths import Paths
from reuse.align.rectangles import Passages, Rectangles

ALIGNED, CONFIRMED, REWORDED, CONDENSED = range(4)
"""How a match was found: by its words in order; so, and by its rarer words in any order as well; by the latter, and
most of its words are others; or because one passage draws together another that is several times as long."""

FOUND_BY = ("aligned", "confirmed", "reworded", "condensed")
"""Their names."""


@dataclass(frozen=True, slots=True)
class Matches(Rectangles):
    """Aligned passage pairs; a passage is a half-open range of token positions (rows of Tokens).

    Invariants: `a_start < b_start` (document a comes before b, or both passages lie in one document and do not
    overlap); no passage crosses the border of its document; rows are sorted by (a_start, b_start, a_end, b_end).

    Attributes:
        a_start, a_end, b_start, b_end: int64 (n,): token positions.
        matched: int32 (n,): aligned tokens that are equal, or equal but for spelling.
        similarity: float32 (n,): 0 to 1; 2 × matched / (tokens of a + tokens of b), near-equal words counted by
            their likeness.
        bits: float32 (n,): surprise of the shared words under the background model, less the cost of the edits. Of a
            passage that holds several such alignments, what they say together (see `reuse.score.significance`).
        evalue: float64 (n,): expected number of chance matches with as many bits in a corpus of this size.
        found_by: uint8 (n,): ALIGNED, CONFIRMED, REWORDED or CONDENSED.
        paths: Which tokens are aligned.
    """

    matched: NDArray[np.int32]
    similarity: NDArray[np.float32]
    bits: NDArray[np.float32]
    evalue: NDArray[np.float64]
    found_by: NDArray[np.uint8]
    paths: Paths

    def moved(self, a: NDArray[np.int64], b: NDArray[np.int64]) -> Matches:
        """The matches with their sides so many tokens (int64, one a match) further on."""
        paths, owner = self.paths, self.paths.owners()
        return replace(
            self,
            a_start=self.a_start + a,
            a_end=self.a_end + a,
            b_start=self.b_start + b,
            b_end=self.b_end + b,
            paths=replace(paths, a=paths.a + a[owner], b=paths.b + b[owner]),
        )

    def in_order(self) -> Matches:
        """The matches with the side that comes first as a, sorted by their places."""
        turned = self.turned(self.a_start > self.b_start)
        return turned.take(turned.order())

    def order(self) -> NDArray[np.int64]:
        """The rows of the matches (int64) sorted by their places."""
        return np.lexsort((self.b_end, self.a_end, self.b_start, self.a_start))

    def turned(self, rows: NDArray[np.bool_]) -> Matches:
        """The matches with the sides of some (bool, one a match) exchanged."""
        return replace(
            self,
            a_start=np.where(rows, self.b_start, self.a_start),
            a_end=np.where(rows, self.b_end, self.a_end),
            b_start=np.where(rows, self.a_start, self.b_start),
            b_end=np.where(rows, self.a_end, self.b_end),
            paths=self.paths.turned(rows),
        )


def passages_of(matches: Matches) -> Passages:
    """Where matches lie, and their bits."""
    return Passages(matches.a_start, matches.a_end, matches.b_start, matches.b_end, matches.bits)
