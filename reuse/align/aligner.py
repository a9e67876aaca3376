"""Both steps of aligning a region: equal words, then near-equal words that face each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.align.blocks import Aligned, align_regions
from reuse.align.rectangles import Rectangles
from reuse.align.spelling import Spellings, add_spellings
from reuse.corpus.tokens import Tokens
from reuse.options import AlignOptions

SLICE = 1 << 16
"""Tokens of one side of regions that callers align at a time, so that temporaries stay in the cache."""


@dataclass(frozen=True, slots=True)
class Aligner:
    """A corpus made ready for aligning region after region, in as many threads as one likes.

    Attributes:
        tokens: The corpus.
        spellings: Its vocabulary, letter by letter.
        options: Which words count as spellings of one.
    """

    tokens: Tokens
    spellings: Spellings
    options: AlignOptions

    @classmethod
    def of(cls, tokens: Tokens, options: AlignOptions) -> Aligner:
        """Prepare a corpus."""
        return cls(tokens, Spellings.of(tokens.vocabulary.words), options)

    def align(self, regions: Rectangles) -> tuple[Aligned, NDArray[np.float32]]:
        """Aligned tokens of all regions, and the likeness of each pair (float32), 1 for equal tokens."""
        aligned = align_regions(self.tokens.ids, regions)
        aligned, likeness = add_spellings(aligned, self.tokens.ids, self.spellings, self.tokens.bounds, self.options)
        # Words that face each other just outside of a region are none of its.
        inside = (aligned.a >= regions.a_start[aligned.region]) & (aligned.a < regions.a_end[aligned.region])
        inside &= (aligned.b >= regions.b_start[aligned.region]) & (aligned.b < regions.b_end[aligned.region])
        return aligned.take(inside), likeness[inside]
