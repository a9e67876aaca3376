"""Which words of a document stand in sentences, and which in lines without one before the first or after the last.

A sentence closes at a full stop or its kin in other scripts. A line that runs on at a comma, a colon or a dash ("Mr.
President, Members of Congress:") belongs to what it runs on into, and so does a line of a paragraph that is broken into
lines. What a line is, is told from its own document alone, whatever is read beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.ragged import bounds_of, ranges, row_of_each
from reuse.corpus import characters
from reuse.corpus.characters import TABLES
from reuse.corpus.tokens import Tokens

_WIDE = 120  # code points from which on a line is a paragraph of its own: what stands beside it is no part of it
_RUNS_ON = np.array([ord(sign) for sign in ",:;—–،؛、，：；"], dtype=np.uint32)
_CLOSING = np.array([ord(sign) for sign in "\"'”’»›)]}*_」』】）"], dtype=np.uint32)
_SIGNED = re.compile(r"©|\(c\)\s*\d{4}|\bhttps?://|\bwww\.|\S@\w[\w.-]*\.\w", re.IGNORECASE)
"""An owner's sign or an address: what a line with one says is no sentence, whatever its full stops."""
_HINTS = ("©", "(c)", "(C)", "://", "@", "ww.", "wW.", "Ww.", "WW.")
"""What a line has that _SIGNED finds something in."""
_YEAR_BEHIND = 64  # code points behind a line in which the year of its sign may stand
_GAP = "\n\n"
_MOST_CLOSING = 2
_RETURN, _FEED, _DOT = (ord(sign) for sign in "\r\n.")


@dataclass(frozen=True, slots=True)
class Layout:
    """Of the tokens of some documents laid end to end, in the order of `bounds`.

    Attributes:
        bounds: int64 (documents + 1,): rows of the tokens of each document.
        prose: bool (n,): the token stands in a line that belongs to a sentence.
        outside: bool (n,): it stands before the first such line of its document, or after the last one. Of a document
            in which fewer than half of the words are prose, none does: it is a list.
    """

    bounds: NDArray[np.int64]
    prose: NDArray[np.bool_]
    outside: NDArray[np.bool_]


def layout_of(
    tokens: Tokens, documents: NDArray[np.int64], text_of: Callable[[int], str], numeric: NDArray[np.bool_]
) -> Layout:
    """The layout of some documents.

    Args:
        tokens: The corpus.
        documents: int64: ordinals; one after the other they are a batch that fits into memory.
        text_of: The text of a document by ordinal.
        numeric: bool (words,): words behind which a full stop is that of a number.

    Cost: linear in the documents' texts.
    """
    texts = [text_of(document) for document in documents.tolist()]
    joined = _GAP.join(texts)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    TABLES.learn(codes)
    kinds = TABLES.classes[codes]
    sizes = np.diff(tokens.bounds)[documents]
    bounds, rows = bounds_of(sizes), ranges(tokens.bounds[documents], sizes)
    shift = np.repeat(bounds_of(np.array([len(text) + len(_GAP) for text in texts], dtype=np.int64))[:-1], sizes)
    starts, ends = tokens.starts[rows] + shift, tokens.ends[rows] + shift
    breaks = _line_ends(codes, kinds)
    line = np.searchsorted(breaks, starts)
    last = np.append(line[1:] != line[:-1], np.ones(min(len(line), 1), dtype=bool))  # of its line
    opens_next = np.append(tokens.opens_sentence[rows][1:], np.ones(min(len(line), 1), dtype=bool))
    behind = _sign_behind(codes, ends)
    # A full stop behind a number or an initial does not close a sentence.
    short = numeric[tokens.ids[rows]] | ((ends - starts == 1) & (kinds[starts] != characters.SOLO))
    ends_line = (TABLES.classes[behind] == characters.TERMINATOR) & (last | opens_next) & ~(short & (behind == _DOT))
    ends_line |= last & np.isin(behind, _RUNS_ON)
    lines = _Lines(np.unique(line), np.diff(breaks, prepend=-1, append=len(codes)))
    prose = lines.of_prose(np.unique(line[ends_line]), _signed(joined, breaks))[np.searchsorted(lines.numbers, line)]
    return Layout(bounds, prose, _outside(prose, bounds))


def _line_ends(codes: NDArray[np.uint32], kinds: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Where lines end (int64), a carriage return with its line feed once."""
    ends = np.flatnonzero(kinds == characters.NEWLINE)
    following = codes[np.minimum(ends + 1, max(len(codes) - 1, 0))]
    kept: NDArray[np.int64] = ends[~((codes[ends] == _RETURN) & (following == _FEED))]
    return kept


def _sign_behind(codes: NDArray[np.uint32], ends: NDArray[np.int64]) -> NDArray[np.uint32]:
    """The sign behind each token (uint32, a code point), closing quotes and brackets passed over."""
    padded = np.append(codes, np.full(_MOST_CLOSING + 1, _FEED, dtype=np.uint32))
    at = ends.copy()
    for _ in range(_MOST_CLOSING):
        at += np.isin(padded[at], _CLOSING)
    return padded[at]


def _signed(text: str, breaks: NDArray[np.int64]) -> NDArray[np.int64]:
    """Lines (int64) with an owner's sign or an address.

    Only lines with one of _HINTS are read: looking for the pattern everywhere takes twenty times as long.
    """
    hints = np.array([at for hint in _HINTS for at in _places(text, hint)], dtype=np.int64)
    lines = np.unique(np.searchsorted(breaks, hints))
    first, last = np.append(-1, breaks)[lines] + 1, np.append(breaks, len(text))[lines]
    spans = zip(first.tolist(), (last + _YEAR_BEHIND).tolist(), strict=True)
    found = [match.start() for start, end in spans for match in _SIGNED.finditer(text, start, end)]
    return np.unique(np.searchsorted(breaks, found)).astype(np.int64)


def _places(text: str, wanted: str) -> Iterator[int]:
    """Where a string stands in a text."""
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)


@dataclass(frozen=True, slots=True)
class _Lines:
    """Lines that have words: their numbers (int64, ascending), and the width of every line in code points (int64)."""

    numbers: NDArray[np.int64]
    widths: NDArray[np.int64]

    def of_prose(self, closing: NDArray[np.int64], signed: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of them (bool) belong to a sentence: those that close one, and those broken off before or after."""
        closes = np.isin(self.numbers, closing) & ~np.isin(self.numbers, signed)
        rows = np.arange(len(closes))
        block = np.cumsum(np.diff(self.numbers, prepend=-2) > 1)  # a line without a word parts two blocks
        narrow = self.widths[self.numbers] < _WIDE
        prose = closes.copy()
        for before in (True, False):
            near = np.where(closes, rows, -1 if before else len(rows))
            near = np.maximum.accumulate(near) if before else np.minimum.accumulate(near[::-1])[::-1]
            there = (near >= 0) & (near < len(rows))
            near = np.where(there, near, 0)
            prose |= there & narrow[near] & (block[near] == block)
        return prose


def _outside(prose: NDArray[np.bool_], bounds: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which tokens (bool) stand before the first or after the last one of prose, where half of a document is."""
    until = bounds_of(prose)
    words = np.diff(until[bounds])
    owner = row_of_each(bounds)
    number = until[1:] - until[bounds[:-1]][owner]  # words of prose in the document up to each, itself included
    outside = (number == 0) | (~prose & (number == words[owner]))
    kept: NDArray[np.bool_] = outside & (2 * words >= np.diff(bounds))[owner]
    return kept
