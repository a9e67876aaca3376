"""Both steps of aligning a region: equal words, then near-equal words that face each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.align.blocks import Aligned, align_regions, code_points
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
        codes: uint32 (words,): the characters that stand for its words while they are aligned.
        spellings: Its vocabulary, letter by letter.
        options: Which words count as spellings of one.
    """

    tokens: Tokens
    codes: NDArray[np.uint32]
    spellings: Spellings
    options: AlignOptions

    @classmethod
    def of(cls, tokens: Tokens, options: AlignOptions) -> Aligner:
        """Prepare a corpus."""
        words = tokens.vocabulary
        return cls(tokens, code_points(words.counts), Spellings.of(words.words), options)

    def align(self, regions: Rectangles) -> tuple[Aligned, NDArray[np.float32]]:
        """Aligned tokens of all regions, and the likeness of each pair (float32), 1 for equal tokens."""
        aligned = align_regions(self.tokens.ids, self.codes, regions)
        return add_spellings(aligned, self.tokens.ids, self.spellings, regions, self.tokens.bounds, self.options)
