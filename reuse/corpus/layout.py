"""Which words of a document stand in sentences, and which in lines without one before the first or after the last.

A sentence closes at a full stop or its kin in other scripts. A line that runs on at a comma, a colon or a dash ("Mr.
President, Members of Congress:") belongs to what it runs on into, and so does a line of a paragraph that is broken into
lines. What a line is, is told from its own document alone, whatever is read beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.keys import differs, distinct_in
from reuse.arrays.ragged import bounds_of, ranges
from reuse.corpus import characters
from reuse.corpus.characters import TABLES, codes_of
from reuse.corpus.tokens import Tokens

_WIDE = 120  # code points from which on a line is a paragraph of its own: what stands beside it is no part of it
_RUNS_ON = np.array([ord(sign) for sign in ",:;—–،؛、，：；"], dtype=np.uint32)
_CLOSING = np.array([ord(sign) for sign in "\"'”’»›)]}*_」』】）"], dtype=np.uint32)
_SIGNED = re.compile(r"©|\(c\)\s*\d{4}|\bhttps?://|\bwww\.|\S@\w[\w.-]*\.\w", re.IGNORECASE)
"""An owner's sign or an address: what a line with one says is no sentence, whatever its full stops."""
_YEAR_BEHIND = 64  # code points behind a line in which the year of its sign may stand
_GAP = "\n\n"
_LAST_OF_ASCII = 127
_MOST_CLOSING = 2
_RETURN, _FEED, _DOT, _SPACE = (ord(sign) for sign in "\r\n. ")


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
    codes = codes_of(joined, "surrogatepass")
    sizes = np.diff(tokens.bounds)[documents]
    bounds, rows = bounds_of(sizes), ranges(tokens.bounds[documents], sizes)
    shift = np.repeat(bounds_of(np.array([len(text) + len(_GAP) for text in texts], dtype=np.int64))[:-1], sizes)
    starts, ends = tokens.starts[rows] + shift, tokens.ends[rows] + shift
    breaks = _line_ends(codes)
    line = np.repeat(
        np.arange(len(breaks) + 1),
        np.diff(np.searchsorted(starts, breaks, side="right"), prepend=0, append=len(starts)),
    )
    opens_line = differs(line)
    last = np.append(opens_line[1:], np.ones(min(len(line), 1), dtype=bool))  # of its line
    opens_next = np.append(tokens.opens_sentence[rows][1:], np.ones(min(len(line), 1), dtype=bool))
    behind = _sign_behind(codes, ends)
    ends_line = _classes(behind) == characters.TERMINATOR
    ends_line &= last | opens_next
    # A full stop behind a number or an initial does not close a sentence.
    stops = np.flatnonzero(ends_line & (behind == _DOT))
    single = (ends[stops] - starts[stops] == 1) & (_classes(codes[starts[stops]]) != characters.SOLO)
    ends_line[stops[numeric[tokens.ids[rows[stops]]] | single]] = False
    ends_line[last] |= np.isin(behind[last], _RUNS_ON)
    lines = _Lines(line[opens_line], np.diff(breaks, prepend=-1, append=len(codes)))
    prose = lines.of_prose(distinct_in(line[ends_line]), _signed(joined, codes, breaks))[np.cumsum(opens_line) - 1]
    return Layout(bounds, prose, _outside(prose, bounds))


def _classes(codes: NDArray[np.unsignedinteger]) -> NDArray[np.uint8]:
    """Class of each code point (uint8); see `characters`."""
    TABLES.learn(distinct_in(np.sort(codes[codes > _LAST_OF_ASCII])).astype(np.uint32))
    classes: NDArray[np.uint8] = TABLES.classes[codes]
    return classes


def _line_ends(codes: NDArray[np.unsignedinteger]) -> NDArray[np.int64]:
    """Where lines end (int64), a carriage return with its line feed once."""
    newline = (codes >= ord("\n")) & (codes <= _RETURN)
    for sign in characters.LATER_NEWLINES if codes.itemsize > 1 else "":
        newline |= codes == ord(sign)
    ends = np.flatnonzero(newline)
    following = codes[np.minimum(ends + 1, max(len(codes) - 1, 0))]
    kept: NDArray[np.int64] = ends[~((codes[ends] == _RETURN) & (following == _FEED))]
    return kept


def _sign_behind(codes: NDArray[np.unsignedinteger], ends: NDArray[np.int64]) -> NDArray[np.unsignedinteger]:
    """The sign behind each token (a code point), closing quotes and brackets passed over; behind the last a feed."""
    there = ends < len(codes)
    found = np.where(there, codes[np.minimum(ends, len(codes) - 1)], _FEED).astype(codes.dtype)
    rows, at = np.flatnonzero(found != _SPACE), ends[found != _SPACE]
    for _ in range(_MOST_CLOSING):
        closing = np.isin(found[rows], _CLOSING)
        rows, at = rows[closing], at[closing] + 1
        inside = at < len(codes)
        found[rows] = np.where(inside, codes[np.minimum(at, len(codes) - 1)], _FEED)
    return found


def _signed(text: str, codes: NDArray[np.unsignedinteger], breaks: NDArray[np.int64]) -> NDArray[np.int64]:
    """Lines (int64) with an owner's sign or an address.

    Only lines with a hint of one are read: looking for the pattern everywhere takes a hundred times as long.
    """
    lines = np.unique(np.searchsorted(breaks, _hints(codes)))
    first, last = np.append(-1, breaks)[lines] + 1, np.append(breaks, len(text))[lines]
    spans = zip(first.tolist(), (last + _YEAR_BEHIND).tolist(), strict=True)
    found = [match.start() for start, end in spans for match in _SIGNED.finditer(text, start, end)]
    return np.unique(np.searchsorted(breaks, found)).astype(np.int64)


def _hints(codes: NDArray[np.unsignedinteger]) -> NDArray[np.int64]:
    """Places (int64) of what a line has that _SIGNED finds something in: ©, @, ://, (c), ww., small or capital."""
    found = [np.flatnonzero((codes == ord("©")) | (codes == ord("@")))]
    for first, second, third in ("://", "(c)", "ww."):
        at = np.flatnonzero((codes == ord(first)) | (codes == ord(first.upper())))
        at = at[at < len(codes) - 2]
        at = at[(codes[at + 1] == ord(second)) | (codes[at + 1] == ord(second.upper()))]
        found.append(at[codes[at + 2] == ord(third)])
    return np.concatenate(found)


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
    places = np.flatnonzero(prose)
    low = np.searchsorted(places, bounds)
    words = np.diff(low)
    texts = np.flatnonzero((words > 0) & (2 * words >= np.diff(bounds)))
    begin, end = bounds[texts], bounds[texts + 1]
    first, last = places[low[texts]], places[low[texts + 1] - 1]
    outside = np.zeros(len(prose), dtype=bool)
    outside[ranges(begin, first - begin)] = True
    outside[ranges(last + 1, end - last - 1)] = True
    return outside
