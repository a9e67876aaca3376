"""What a match passes on: a whole text, whole paragraphs, whole sentences, or phrases only.

A unit (text, paragraph, sentence) is passed on if most of its words agree with words of the other side: not if it
merely lies in the passage, for half of the words of a loose passage are others.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from reuse.align.matches import CONDENSED, REWORDED, Matches
from reuse.arrays.keys import distinct_in
from reuse.arrays.ragged import bounds_of, slices_of, spread
from reuse.corpus.tokens import Tokens
from reuse.options import RelationOptions

RELATIONS = ("phrases", "sentences", "paragraphs", "whole")
"""Names, the least first; a match is the most that either of its sides is."""
PHRASES, SENTENCES, PARAGRAPHS, WHOLE = range(len(RELATIONS))

_AT_ONCE = 4_000_000
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


def relations(
    tokens: Tokens, matches: Matches, text_of: Callable[[int], str], options: RelationOptions
) -> NDArray[np.uint8]:
    """The relation of each match (uint8, number in RELATIONS).

    Args:
        tokens: The corpus.
        matches: Its matches.
        text_of: The text of a document by ordinal; asked for those that have a match.
        options: How much of a unit must agree, and which are too short to count.

    Cost: linear in the matches and in the sentences that lie in them, and one pass over the texts.
    """
    found = np.full(len(matches), PHRASES, dtype=np.uint8)
    if not len(matches):
        return found
    opens = {
        SENTENCES: np.flatnonzero(tokens.opens_sentence),
        PARAGRAPHS: _paragraphs(tokens, matches, text_of),
        WHOLE: np.asarray(tokens.bounds[:-1], dtype=np.int64),
    }
    # They ascend already, each by itself, so that a stable sort merges them.
    ascending = {kind: np.sort(np.concatenate([one, tokens.bounds]), kind="stable") for kind, one in opens.items()}
    units_of = {kind: distinct_in(units) for kind, units in ascending.items()}
    least = {SENTENCES: options.sentence, PARAGRAPHS: options.paragraph, WHOLE: options.sentence}
    for side in "ab":
        aligned = _Aligned(matches, side)
        for kind, units in units_of.items():
            passed_on = _passed_on(aligned, units, least[kind], options.most)
            found = np.maximum(found, np.where(passed_on, np.uint8(kind), np.uint8(0)))
    return found


def _paragraphs(tokens: Tokens, matches: Matches, text_of: Callable[[int], str]) -> NDArray[np.int64]:
    """First tokens (int64) of the paragraphs of the documents that have a match: a blank line parts two."""
    positions = np.concatenate([matches.a_start, matches.b_start])
    opens = []
    for document in np.unique(tokens.document_of(positions)).tolist():
        ends = [found.end() for found in _BLANK_LINE.finditer(text_of(document))]
        low, high = int(tokens.bounds[document]), int(tokens.bounds[document + 1])
        opens.append(low + np.searchsorted(np.asarray(tokens.starts[low:high]), ends))
    return np.concatenate(opens).astype(np.int64)


class _Aligned:
    """How many tokens of a match agree before a position, on one side.

    Of what was found by rarer words in any order, all tokens of the passage count; of what draws together a longer
    passage those of the shorter one.
    """

    def __init__(self, matches: Matches, side: str) -> None:
        paths = matches.paths
        self.start: NDArray[np.int64] = getattr(matches, f"{side}_start")
        self.end: NDArray[np.int64] = getattr(matches, f"{side}_end")
        other = "b" if side == "a" else "a"
        shorter = self.end - self.start <= getattr(matches, f"{other}_end") - getattr(matches, f"{other}_start")
        self.loose = (matches.found_by == REWORDED) | ((matches.found_by == CONDENSED) & shorter)
        self._begins: NDArray[np.int64] = getattr(paths, side)
        self._size = paths.size
        self._bounds = paths.bounds
        self._until = bounds_of(paths.size)
        self._most = int(self.end.max(initial=0)) + 1
        self._keys = paths.owners() * self._most + self._begins

    def before(self, match: NDArray[np.int64], position: NDArray[np.int64]) -> NDArray[np.int64]:
        """Tokens before each position that each match aligns (int64)."""
        run = np.searchsorted(self._keys, match * self._most + position, side="right") - 1
        first = self._bounds[match]
        inside = run >= first
        run = np.maximum(run, 0)
        within = np.minimum(position - self._begins[run], self._size[run])
        strict = np.where(inside, self._until[run] - self._until[first] + within, 0)
        spanned = np.clip(position, self.start[match], self.end[match]) - self.start[match]
        return np.where(self.loose[match], spanned, strict)


def _passed_on(aligned: _Aligned, units: NDArray[np.int64], least: int, most: float) -> NDArray[np.bool_]:
    """Which matches (bool) have a unit of `least` words of which a share of `most` agrees; `units` are the bounds."""
    low = np.searchsorted(units, aligned.start, side="right") - 1
    high = np.searchsorted(units, aligned.end, side="left")
    found = np.zeros(len(low), dtype=bool)
    for rows in slices_of(high - low, _AT_ONCE):
        row, nth = spread((high - low)[rows])
        match, unit = row + rows.start, low[rows][row] + nth
        start, end = units[unit], units[unit + 1]
        agree = aligned.before(match, end) - aligned.before(match, start)
        enough = (end - start >= least) & (agree >= most * (end - start))
        found[match[enough]] = True
    return found
