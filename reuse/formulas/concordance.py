"""Concordance (KWIC): every occurrence of something in its context, sortable by what stands left or right of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.corpus.tokens import Tokens

SORTED_WORDS = 5
"""Words of context that the order looks at."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Occurrences in context, ready to be shown.

    Attributes:
        document: Ordinal of each document.
        start, end: Span of each keyword in its document, half-open, in code points.
        left, keyword, right: The text before, of and behind it; runs of spaces and line ends are one space.
    """

    document: list[int]
    start: list[int]
    end: list[int]
    left: list[str]
    keyword: list[str]
    right: list[str]


def context_order(
    tokens: Tokens,
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    alphabet: NDArray[np.integer],
    side: str,
) -> NDArray[np.int64]:
    """Order of occurrences (int64) by the words on one side, the nearest word first.

    Args:
        tokens: The corpus.
        starts: int64 (occurrences,): token position where each begins.
        ends: int64 (occurrences,): where it ends (half-open).
        alphabet: Place of each word of the vocabulary in the alphabet.
        side: "left" or "right".

    Occurrences with the same five words there stand in the order of the text; what stands at the edge of its
    document comes first. Cost: one sort of five columns.
    """
    owner = tokens.document_of(starts)
    low, high = tokens.bounds[owner], tokens.bounds[owner + 1]
    columns: list[NDArray[np.int64]] = [starts]
    for place in range(SORTED_WORDS - 1, -1, -1):
        at = starts - 1 - place if side == "left" else ends + place
        inside = (at >= low) & (at < high)
        words = alphabet[tokens.ids[np.where(inside, at, 0)]].astype(np.int64)
        columns.append(np.where(inside, words, -1))
    return np.lexsort(columns)


def alphabet_of(words: Sequence[str]) -> NDArray[np.int64]:
    """Place of each word in the alphabet (int64, words): by code points of the normalised words."""
    places = np.empty(len(words), dtype=np.int64)
    places[sorted(range(len(words)), key=words.__getitem__)] = np.arange(len(words))
    return places


def lines_of(
    tokens: Tokens,
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    text_of: Callable[[int], str],
    width: int = 60,
) -> Lines:
    """Cut occurrences out of their documents with `width` code points of context on either side.

    Args:
        tokens: The corpus.
        starts: int64 (occurrences,): token position where each begins.
        ends: int64 (occurrences,): where it ends (half-open; behind the first).
        text_of: The text of a document by ordinal.
        width: Code points of context, as they stand in the text.
    """
    lines = Lines([], [], [], [], [], [])
    spans = zip(
        tokens.document_of(starts).tolist(), tokens.starts[starts].tolist(), tokens.ends[ends - 1].tolist(), strict=True
    )
    for document, start, end in spans:
        text = text_of(document)
        lines.document.append(document)
        lines.start.append(start)
        lines.end.append(end)
        lines.left.append(_one_line(text[max(0, start - width) : start]))
        lines.keyword.append(_one_line(text[start:end]))
        lines.right.append(_one_line(text[end : end + width]))
    return lines


def _one_line(text: str) -> str:
    words = " ".join(text.split())
    before = " " if text[:1].isspace() else ""
    after = " " if words and text[-1:].isspace() else ""
    return before + words + after
