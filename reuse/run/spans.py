"""Ranges of token positions as spans of texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.corpus.tokens import Tokens

TextOf = Callable[[int], str]
"""Gives the text of a document by its ordinal."""


@dataclass(frozen=True, slots=True)
class Spans:
    """Ranges of token positions as spans of texts.

    Attributes:
        documents, starts, ends: int64 (n,): ordinal of the document; half-open span in code points of its text.
        tokens: int64 (n,): length in tokens.
    """

    documents: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    tokens: NDArray[np.int64]

    @classmethod
    def of(cls, tokens: Tokens, start: NDArray[np.int64], end: NDArray[np.int64]) -> Spans:
        """Spans of half-open, non-empty ranges of token positions."""
        return cls(
            tokens.document_of(start),
            tokens.starts[start].astype(np.int64),
            tokens.ends[end - 1].astype(np.int64),
            (end - start).astype(np.int64),
        )

    def take(self, rows: NDArray[np.int64]) -> Spans:
        """Some of them (int64, rows)."""
        return Spans(self.documents[rows], self.starts[rows], self.ends[rows], self.tokens[rows])

    @property
    def places(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Documents, starts and ends."""
        return self.documents, self.starts, self.ends


def cut(
    documents: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    text_of: TextOf,
) -> list[str]:
    """The spans' texts, in the order asked for; each document's text is fetched once."""
    pieces = [""] * len(documents)
    order = np.argsort(documents, kind="stable")
    text, current = "", -1
    columns = (order.tolist(), documents[order].tolist(), starts[order].tolist(), ends[order].tolist())
    for row, document, start, end in zip(*columns, strict=True):
        if document != current:
            text, current = text_of(document), document
        pieces[row] = text[start:end]
    return pieces
