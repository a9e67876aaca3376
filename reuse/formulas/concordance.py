"""Concordance (KWIC): every occurrence of something in its context, sortable by what stands left or right of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.corpus.tokens import Tokens
from reuse.errors import UsageError

SORTED_WORDS = 5
"""Words of context that the orders `left` and `right` look at."""

_PLACE = re.compile(r"([1-9]\d?)([LR])|0", re.IGNORECASE)


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


def places_of_order(order: str) -> list[int]:
    """The words that an order looks at: -1 is the nearest on the left, 1 on the right, 0 the words found themselves.

    Args:
        order: `left`, `right`, or places as in `1L-2L-3R-0`, with `-` or `,` between.

    Raises:
        UsageError: There is no such order.
    """
    if order in {"left", "right"}:
        order = "-".join(f"{place}{order[0]}" for place in range(1, SORTED_WORDS + 1))
    places = [_PLACE.fullmatch(part) for part in re.split("[-,]", order)]
    if not all(places):
        raise UsageError(
            f"{order!r} is no order; there are text, date, left, right, and places such as 1L-2L-3L, 1R-2R or 0-1R "
            "(L: words on the left, R: on the right, 0: the words found)"
        )
    sides = {"L": -1, "R": 1, "": 0}
    return [int(place[1] or 0) * sides[(place[2] or "").upper()] for place in places if place]


def context_order(
    tokens: Tokens,
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    alphabet: NDArray[np.integer],
    places: Sequence[int],
) -> NDArray[np.int64]:
    """Order of occurrences (int64) by words around them.

    Args:
        tokens: The corpus.
        starts: int64 (occurrences,): token position where each begins.
        ends: int64 (occurrences,): where it ends (half-open).
        alphabet: Place of each word of the vocabulary in the alphabet.
        places: Which words, the most important first, as `places_of_order` gives them.

    Occurrences with the same words there stand in the order of the text; what stands at the edge of its document comes
    first. Cost: one sort of so many columns, and of the words found as many as the longest has.
    """
    owner = tokens.document_of(starts)
    low, high = tokens.bounds[owner], tokens.bounds[owner + 1]
    columns: list[NDArray[np.int64]] = [starts]

    def compare(at: NDArray[np.int64], inside: NDArray[np.bool_]) -> None:
        words = alphabet[tokens.ids[np.where(inside, at, 0)]].astype(np.int64)
        columns.append(np.where(inside, words, -1))

    for place in reversed(places):
        if place:
            at = starts + place if place < 0 else ends - 1 + place
            compare(at, (at >= low) & (at < high))
        else:
            for word in range(min(int((ends - starts).max(initial=0)), SORTED_WORDS) - 1, -1, -1):
                compare(starts + word, starts + word < ends)
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
    """Cut occurrences out of their documents with at most `width` code points of context, cut between words.

    Args:
        tokens: The corpus.
        starts: int64 (occurrences,): token position where each begins.
        ends: int64 (occurrences,): where it ends (half-open; behind the first).
        text_of: The text of a document by ordinal.
        width: Code points of context on either side, as they stand in the text.
    """
    lines = Lines([], [], [], [], [], [])
    document = tokens.document_of(starts)
    first, last = tokens.starts[starts].astype(np.int64), tokens.ends[ends - 1].astype(np.int64)
    columns = (document, first, last, *_context(tokens, document, (starts, ends), (first - width, last + width)))
    for number, start, end, begin, behind in zip(*(column.tolist() for column in columns), strict=True):
        text = text_of(number)
        lines.document.append(number)
        lines.start.append(start)
        lines.end.append(end)
        lines.left.append(_one_line(text[begin:start]))
        lines.keyword.append(_one_line(text[start:end]))
        lines.right.append(_one_line(text[end:behind]))
    return lines


def _context(
    tokens: Tokens,
    document: NDArray[np.int64],
    spans: tuple[NDArray[np.int64], NDArray[np.int64]],
    edges: tuple[NDArray[np.int64], NDArray[np.int64]],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where the context of each span begins and ends (int64, code points): no word is cut that reaches over an edge.

    Args:
        tokens: The corpus.
        document: int64 (spans,): the document of each.
        spans: int64 (spans,) each: its tokens, half-open.
        edges: int64 (spans,) each: code points between which the context has room.
    """
    begin, behind = np.maximum(edges[0], 0), edges[1].copy()
    for number in np.unique(document).tolist():
        rows = np.flatnonzero(document == number)
        low, high = tokens.bounds[number], tokens.bounds[number + 1]
        starts, ends = np.asarray(tokens.starts[low:high]), np.asarray(tokens.ends[low:high])
        over = np.searchsorted(ends, begin[rows], side="right")  # the word that ends behind the edge
        cut = (starts[over] < begin[rows]) & (over + low < spans[0][rows])
        begin[rows[cut]] = ends[over[cut]]
        over = np.searchsorted(starts, behind[rows], side="left") - 1  # the word that begins before it
        cut = (ends[over] > behind[rows]) & (over + low >= spans[1][rows])
        behind[rows[cut]] = starts[over[cut]]
    return begin, behind


def _one_line(text: str) -> str:
    words = " ".join(text.split())
    before = " " if text[:1].isspace() else ""
    after = " " if words and text[-1:].isspace() else ""
    return before + words + after
