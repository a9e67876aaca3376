"""Words broken at a line end: where the second half begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from reuse.corpus import characters
from reuse.corpus.characters import TABLES

_LONGEST_BREAK = 400  # code points of white space over which a broken word is still joined
_LONGEST_LINE = 400  # code points of a line in which its margin is looked for
_MARGIN = re.compile(r"[ \t]*(?:([>|])[>| \t]*|(\d{1,5})[ \t]+)(?=[^\W\d_])")
_CONJUNCTION = re.compile(r"(?:and|or|und|oder|et|ou|och|og|eller|en|of|и|или)\b")
"""Behind "pre-" of "pre- and post-war": the hyphen is one that stays."""


def ends_of_breaks(
    batch: str, classes: NDArray[np.uint8], hyphens: Sequence[int], spaces: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Hyphens behind which a word goes on below, and where it does (rows of the batch).

    A word goes on over a line end, or a page end, with a small letter; with a capital where both halves are in
    capitals; with a letter of a script without case where the first half is of one. A sign (`> `) may stand at the
    margin before the second half, or the line's number, where the line above or below has the number beside it.

    Args:
        batch: The texts.
        classes: uint8 (n,): classes of their characters, page numbers being blanked.
        hyphens: Hyphens behind a word, with white space behind them.
        spaces: Where that white space begins.
    """
    for hyphen, space in zip(hyphens, spaces, strict=True):
        end = _next_visible(classes, space)
        if end is None or not (classes[space:end] == characters.NEWLINE).any():
            continue
        if classes[end] != characters.WORD or batch[end].isdigit():
            end = _behind_margin(batch, classes, hyphen, end)
        if end is not None and classes[end] == characters.WORD and _goes_on(batch, hyphen, end):
            yield hyphen, end


def _goes_on(batch: str, hyphen: int, end: int) -> bool:
    letter = batch[end]
    if TABLES.lower[ord(letter)]:
        return _CONJUNCTION.match(batch, end) is None
    last = _last_visible(batch, hyphen)
    half = _word_before(batch, last + 1)
    if TABLES.upper[ord(letter)]:
        return len(half) > 1 and half.isupper() and _is_in_capitals(batch, end)
    has_case = TABLES.lower[ord(batch[last])] or TABLES.upper[ord(batch[last])]
    return letter.isalpha() and not has_case and not batch[last].isdigit()


def _is_in_capitals(batch: str, start: int) -> bool:
    """Whether a word is in capitals, all of it, and not a single letter that may be an initial."""
    following = batch[start : start + 2]
    return following.isupper() and following.isalpha()


def _last_visible(batch: str, row: int) -> int:
    """Row of the last character before a hyphen that is not invisible."""
    row -= 1
    while row > 0 and (batch[row] == "\u00ad" or TABLES.class_of(batch[row]) == characters.SKIP):
        row -= 1
    return row


def _word_before(batch: str, row: int) -> str:
    start = row
    while start > 0 and row - start < 40 and batch[start - 1].isalpha():
        start -= 1
    return batch[start:row]


def _behind_margin(batch: str, classes: NDArray[np.uint8], hyphen: int, visible: int) -> int | None:
    """Where a line's text begins behind a sign at its margin, or behind a number that lines beside it have, too."""
    margin = _MARGIN.match(batch, _line_start(batch, visible))
    if margin is None or margin.start(1 if margin[1] else 2) != visible or classes[margin.end()] != characters.WORD:
        return None
    if margin[1]:
        return margin.end()
    before = _MARGIN.match(batch, _line_start(batch, hyphen), hyphen)
    next_line = batch.find("\n", margin.end(), margin.end() + _LONGEST_LINE) + 1
    behind = _MARGIN.match(batch, next_line) if next_line else None
    number = int(margin[2])
    follows = before and before[2] and int(before[2]) == number - 1
    precedes = behind and behind[2] and int(behind[2]) == number + 1
    return margin.end() if follows or precedes else None


def _line_start(batch: str, row: int) -> int:
    return batch.rfind("\n", max(0, row - _LONGEST_LINE), row) + 1 or max(0, row - _LONGEST_LINE)


def _next_visible(classes: NDArray[np.uint8], start: int) -> int | None:
    """Row of the next character that is not white space, if it is near."""
    stretch = classes[start : start + _LONGEST_BREAK]
    visible = np.flatnonzero((stretch != characters.SPACE) & (stretch != characters.NEWLINE))
    return start + int(visible[0]) if len(visible) else None
