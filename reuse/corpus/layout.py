"""Which words of a document stand in sentences, and which in lines without one before the first or after the last.

A sentence closes at a full stop or its kin in other scripts. A line that runs on at a comma, a colon or a dash ("Mr.
President, Members of Congress:") belongs to what it runs on into, and so does a line of a paragraph that is broken into
lines, and a paragraph that is broken at the end of a page. No sentence, whatever its full stops, is a line that says
who owns it, one that has nothing but an address, and one that comes between the halves of other sentences again and
again. Mark-up behind a word hides no sign behind that. What a line is, is told from its own document alone, whatever is
read beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.keys import differs, distinct_in
from reuse.arrays.ragged import bounds_of, ranges, row_of_each
from reuse.corpus import characters
from reuse.corpus.characters import TABLES, codes_of
from reuse.corpus.links import link_targets
from reuse.corpus.running_heads import Lines, interrupting
from reuse.corpus.signs import addresses, owners
from reuse.corpus.tags import tags
from reuse.corpus.tokens import Tokens

_WIDE = 120  # code points from which on a line is a paragraph of its own: what stands beside it is no part of it
_MOSTLY = 0.5  # share of a document's words from which on prose is what it consists of
_LEAST_PROSE, _FRAME = 0.2, 5  # or so much, and so many lines both before and behind its body: it is a page
_WIDEST = 0.1  # share of the letters of a block in lines that reach the margin
_FULL = 0.5  # of the width to the margin: a line that is broken there goes on in the next one
_RUNS_ON = np.array([ord(sign) for sign in ",:;—–،؛、，：；"], dtype=np.uint32)
_CLOSING = np.array([ord(sign) for sign in characters.CLOSING + "*_"], dtype=np.uint32)
_GAP = "\n\n"
_LAST_OF_ASCII = 127
_MOST_CLOSING = 2
_MOST_HEADS = 12  # lines without a sentence together, heads and feet of pages and captions: more are a list
_ITEM = re.compile(r"\s*([*\-–—+•‣▪▸◦●○■□►▶✓·])[ \t]+\S*\Z")
_MOST_MARKUP = 4  # tags behind one another
_SAID = 8  # words before a number from which on a full stop behind it ends what they say: "It was held on July 2-6."
_LEADERS = 5  # full stops in a row: they lead to a page number
_RETURN, _FEED, _DOT, _SPACE = (ord(sign) for sign in "\r\n. ")


@dataclass(frozen=True, slots=True)
class Layout:
    """Of the tokens of some documents laid end to end, in the order of `bounds`.

    Attributes:
        bounds: int64 (documents + 1,): rows of the tokens of each document.
        prose: bool (n,): the token stands in a line that belongs to a sentence.
        heads: bool (n,): it stands in another line, one that may be a running head: no item of a list, and of not more
            such lines together than heads and feet of pages have. Of a document in which fewer than half of the words
            are prose, none does unless it has other lines both before and behind its body, as a page has: else it is a
            list, verse, or of a script or time that closes no sentence with a sign.
        outside: bool (n,): it stands in such another line, of whatever kind, before the body of its document or after
            it: the stretch that has most words of prose more than others (Finn, Kushmerick & Smyth 2001, with lines in
            place of tags). A notice among links does not make these a part of the text.
    """

    bounds: NDArray[np.int64]
    prose: NDArray[np.bool_]
    heads: NDArray[np.bool_]
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
    behind = _sign_behind(codes, _behind_markup(joined, ends))
    figures = numeric[tokens.ids[rows]]
    closes = (_classes(behind) == characters.TERMINATOR) & (last | opens_next)
    stops = np.flatnonzero(closes & (behind == _DOT))
    numbered = figures[stops] & (_words_before(~figures, opens_line | np.append(True, opens_next[:-1]), stops) < _SAID)
    closes[stops[_no_stop(codes, starts[stops], ends[stops], numbered)]] = False
    line_bounds = bounds_of(opens_line)[bounds]
    words = np.diff(np.append(np.flatnonzero(opens_line), len(line)))
    heads = interrupting(
        Lines(
            line_bounds,
            words,
            codes[starts[opens_line]],
            np.isin(_classes(behind[last]), (characters.SPACE, characters.NEWLINE)),
            closes[last],
        ),
        np.where(figures, -1, tokens.ids[rows]),
    )
    said = addresses(joined, codes, breaks)
    addressed = np.searchsorted(starts, said, side="right") - 1
    addressed = addressed[(addressed >= 0) & (ends[addressed] > said)]  # what a tag has is no word
    if len(addressed):
        sentence = np.cumsum(opens_line | np.append(False, closes)[: len(line)])
        closes[np.isin(sentence, sentence[addressed])] = False
    lines = _Lines(line[opens_line], np.diff(breaks, prepend=-1, append=len(codes)))
    without_sign = np.isin(_classes(behind[last]), (characters.SPACE, characters.NEWLINE))
    below = np.append(TABLES.lower[codes[starts[opens_line]]][1:], np.zeros(min(len(words), 1), dtype=bool))
    below[line_bounds[1:][np.diff(line_bounds) > 0] - 1] = False
    paragraph = lines.widths[lines.numbers] >= _WIDE
    closes[last] |= np.isin(behind[last], _RUNS_ON) | (without_sign & below & paragraph)
    owned = np.searchsorted(breaks, owners(joined, codes, breaks))
    prose = lines.of_prose(distinct_in(line[closes]), owned) & ~heads
    loose, outside = _loose(prose, words, line_bounds)
    may_be_heads = _together(loose, line_bounds) <= _MOST_HEADS
    may_be_heads &= loose & ~_items(joined, np.append(-1, breaks)[line[opens_line]] + 1, starts[opens_line])
    return Layout(bounds, np.repeat(prose, words), np.repeat(may_be_heads, words), np.repeat(outside, words))


def _words_before(words: NDArray[np.bool_], opens: NDArray[np.bool_], at: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many words (bool, tokens) stand between the last token that opens (bool, tokens) and each place (int64)."""
    until = bounds_of(words)
    first = np.maximum.accumulate(np.where(opens, np.arange(len(opens)), 0))
    counted: NDArray[np.int64] = until[at] - until[first[at]]
    return counted


def _behind_markup(text: str, ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each token ends (int64), the tags and the target of a link passed over that stand right behind it."""
    spans = sorted([*link_targets(text), *((start, end) for start, end, _ in tags(text, [0, len(text) + 1]))])
    if not spans:
        return ends
    opens, closes = np.array(spans, dtype=np.int64).T
    passed = ends.copy()
    for _ in range(_MOST_MARKUP):
        at = np.minimum(np.searchsorted(opens, passed), len(opens) - 1)
        here = opens[at] == passed
        passed[here] = closes[at[here]]
    return passed


def _together(loose: NDArray[np.bool_], bounds: NDArray[np.int64]) -> NDArray[np.int64]:
    """Of each loose line (bool, lines), how many stand together in its document without another line (int64)."""
    opens = differs(loose, row_of_each(bounds)) if len(loose) else loose
    sizes = np.diff(np.append(np.flatnonzero(opens), len(loose)))
    return np.repeat(sizes, sizes)


def _items(text: str, begins: NDArray[np.int64], words: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which lines (bool) are items of a list, given where they begin and where their first words do.

    A sign stands before the item alone: "– 7 –" and "* The Tribune *" are none.
    """
    found = np.zeros(len(begins), dtype=bool)
    for row, (begin, word) in enumerate(zip(begins.tolist(), words.tolist(), strict=True)):
        item = _ITEM.match(text, begin, word) if word > begin else None
        if item:
            end = text.find("\n", word)
            found[row] = not text[word : end if end >= 0 else None].rstrip().endswith(item[1])
    return found


def _no_stop(
    codes: NDArray[np.unsignedinteger],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    numeric: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """Behind which words (bool) a full stop closes no sentence: numbers, initials, and entries with dots to a page.

    `numeric` (bool) are the numbers that nothing much is said before: "Chapter 3.", "No. 27."
    """
    initials = (ends - starts == 1) & (_classes(codes[starts]) != characters.SOLO) & ~TABLES.digits[codes[starts]]
    leaders = ends + _LEADERS <= len(codes)
    for place in range(_LEADERS):
        leaders &= codes[np.minimum(ends + place, len(codes) - 1)] == _DOT
    without: NDArray[np.bool_] = numeric | initials | leaders
    return without


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


@dataclass(frozen=True, slots=True)
class _Lines:
    """Lines that have words: their numbers (int64, ascending), and the width of every line in code points (int64)."""

    numbers: NDArray[np.int64]
    widths: NDArray[np.int64]

    def of_prose(self, closing: NDArray[np.int64], signed: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of them (bool) belong to a sentence: those that close one, and those broken off before or after.

        A line goes on in the next one if it reaches well towards the margin; one that stops short before or behind a
        sentence ("Share") is none of it, nor is what stands beyond.
        """
        closes = np.isin(self.numbers, closing) & ~np.isin(self.numbers, signed)
        rows = np.arange(len(closes))
        block = np.cumsum(np.diff(self.numbers, prepend=-2) > 1) - 1  # a line without a word parts two blocks
        widths = self.widths[self.numbers]
        narrow = widths < _WIDE
        stops = self._stops_short(block, widths, narrow) & ~closes
        stops_before = bounds_of(stops)
        begins_short = stops & np.append(False, closes[:-1])  # the line behind a sentence
        prose = closes.copy()
        for behind in (True, False):
            near = np.where(closes, rows, -1 if behind else len(rows))
            near = np.maximum.accumulate(near) if behind else np.minimum.accumulate(near[::-1])[::-1]
            there = (near >= 0) & (near < len(rows))
            near = np.where(there, near, 0)
            goes_on = stops_before[near] == stops_before[rows]  # no line between them stops short
            if behind:
                goes_on &= ~begins_short
            prose |= there & narrow[near] & (block[near] == block) & goes_on
        return prose

    def _stops_short(
        self, block: NDArray[np.int64], widths: NDArray[np.int64], narrow: NDArray[np.bool_]
    ) -> NDArray[np.bool_]:
        """Which lines (bool) end well before the margin of their block, where its widest lines but paragraphs end.

        So wide are lines that hold a tenth of the letters: several lines of a scanned column may be one.
        """
        margin = np.zeros(int(block[-1]) + 1 if len(block) else 0, dtype=np.int64)
        order = np.flatnonzero(narrow)[np.lexsort((-widths[narrow], block[narrow]))]
        within = bounds_of(np.bincount(block[order], minlength=len(margin)))
        until = bounds_of(widths[order])
        held = until[1:] - until[within[:-1]][block[order]]
        enough = held >= _WIDEST * (until[within[1:]] - until[within[:-1]])[block[order]]
        np.maximum.at(margin, block[order][enough], widths[order][enough])
        return widths < _FULL * margin[block]


def _loose(
    prose: NDArray[np.bool_], words: NDArray[np.int64], bounds: NDArray[np.int64]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which lines (bool) are loose, and which of these stand before or after the body of their document.

    Args:
        prose: bool (lines,): the line belongs to a sentence.
        words: int64 (lines,): its words, one at least.
        bounds: int64 (documents + 1,): whose the lines are.
    """
    if not len(prose):
        return prose, prose
    bounds = bounds[np.append(True, np.diff(bounds) > 0)]  # of those that have a line
    sizes, firsts = np.diff(bounds), bounds[:-1]
    until, of_prose = bounds_of(words), bounds_of(np.where(prose, words, 0))
    share = np.diff(of_prose[bounds]) / np.diff(until[bounds])
    # How much prose a stretch has more than others is the difference of two sums: its least comes first.
    ahead = bounds_of(np.where(prose, words, -words))
    shift = row_of_each(bounds) * -(2 * int(until[-1]) + 2)  # each document's sums lie below those before it
    least = np.minimum.accumulate(ahead[:-1] + shift) - shift
    gain = ahead[1:] - least
    place = np.arange(len(prose))
    most = np.repeat(np.maximum.reduceat(gain, firsts), sizes)
    end = np.maximum.reduceat(np.where(gain == most, place, -1), firsts)
    first = np.where(ahead[:-1] == np.repeat(least[end], sizes), place, len(prose))
    begin = np.minimum.reduceat(first, firsts)
    framed = (share >= _LEAST_PROSE) & (begin - firsts >= _FRAME) & (bounds[1:] - 1 - end >= _FRAME)
    loose = ~prose & np.repeat((share >= _MOSTLY) | framed, sizes)
    return loose, loose & ((place < np.repeat(begin, sizes)) | (place > np.repeat(end, sizes)))
