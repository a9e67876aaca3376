"""The documents of a run while it is changed: their tokens, and which of them say the same."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.keys import differs
from reuse.arrays.ragged import bounds_of
from reuse.corpus.tokens import Tokens
from reuse.corpus.witnesses import Witnesses


@dataclass(frozen=True)
class Collection:
    """All documents of a run.

    Attributes:
        tokens: Theirs.
        text_of: int64 (documents,): the first document that has the same words in the same order.
    """

    tokens: Tokens
    text_of: NDArray[np.int64]

    @cached_property
    def heads(self) -> NDArray[np.int32]:
        """The first word of the class of each word (int32, words)."""
        return self.tokens.vocabulary.heads()

    def alike(self, documents: NDArray[np.int64]) -> Tokens:
        """The tokens of some documents (int64, ordinals), words that readers take for the same being one."""
        return self.tokens.of_documents(documents).alike()

    @cached_property
    def firsts(self) -> NDArray[np.int64]:
        """The first document of each distinct text (int64), ascending."""
        return np.flatnonzero(self.text_of == np.arange(len(self.text_of)))

    @cached_property
    def witnesses(self) -> Witnesses:
        """The distinct texts, in the order of their first documents."""
        order = np.lexsort((np.arange(len(self.text_of)), self.text_of))
        bounds = np.append(np.flatnonzero(differs(self.text_of[order])), len(order))
        return Witnesses(order, bounds, self.tokens.bounds[self.firsts] - self.text_bounds[:-1])

    @cached_property
    def text_bounds(self) -> NDArray[np.int64]:
        """Where each of the distinct texts begins, and the last ends, when they stand end to end (int64, texts + 1)."""
        return bounds_of(np.diff(self.tokens.bounds)[self.firsts])

    def before_text(self, positions: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many tokens stand before the text of each position and are none of a text's (int64)."""
        return self.witnesses.shift[np.searchsorted(self.firsts, self.tokens.document_of(positions))]
