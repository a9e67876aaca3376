"""All witnesses of one passage set under one another: word under word, the places where they differ marked.

Every witness is compared with the earliest one (`reuse.report.differences`); its words stand in the columns of the
words that they agree with or replace, what is added in a column of its own behind them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reuse.display import cells
from reuse.report.differences import GAP, differences
from reuse.spacing import closed, joined, space_between, words_of

MOST_WORDS = 600
"""Words of a passage that are collated; a longer one is shown in part, and that is said."""

_MARKS = re.compile(r"[\W_]+")

Cell = tuple[str, bool]
"""What a witness has in a column, and whether it is what the earliest has."""


@dataclass(frozen=True, slots=True)
class Collation:
    """Rows of cells, one row a witness, all of one length.

    Attributes:
        rows: int rows: the cells of each witness.
        widths: Terminal cells of each column.
        gaps: Cells before each column, where it does not begin a line.
        partial: Whether the passages were too long to be collated whole.
    """

    rows: list[list[Cell]]
    widths: list[int]
    gaps: list[int]
    partial: bool

    def blocks(self, width: int) -> Iterator[tuple[int, int]]:
        """Ranges of columns that fit a line of `width` cells; a column that is wider than that has a line alone."""
        start = used = 0
        for at, wide in enumerate(self.widths):
            gap = self.gaps[at] if at > start else 0
            if at > start and used + gap + wide > width:
                yield start, at
                start, used = at, wide
            else:
                used += gap + wide
        if start < len(self.widths):
            yield start, len(self.widths)


def same_words(text: str) -> str:
    """What two witnesses have in common if they have the same words."""
    return " ".join(_MARKS.sub(" ", text).casefold().split())


def collate(texts: Sequence[str]) -> Collation:
    """Collate witnesses, the earliest first; texts are safe to be shown and on one line."""
    witnesses = [words_of(text) for text in texts]
    partial = any(len(words) > MOST_WORDS for words in witnesses)
    witnesses = [words[:MOST_WORDS] for words in witnesses]
    base = witnesses[0] if witnesses else []
    table = [_against(base, joined(words)) for words in witnesses]
    added = [max((len(row[at][1]) for row in table), default=0) for at in range(len(base) + 1)]
    rows: list[list[Cell]] = []
    for row in table:
        line: list[Cell] = []
        for at, (word, extra) in enumerate(row):
            if at:
                line.append(word)
            line += _bracketed(extra, added[at])
        rows.append(line)
    columns = [[text for text, _ in column] for column in zip(*rows, strict=True)]
    widths = [max(map(cells, column)) for column in columns]
    return Collation(rows, widths, [0, *(_gap(*both) for both in pairwise(columns))], partial)


def _gap(left: Sequence[str], right: Sequence[str]) -> int:
    """Cells between two columns: none where no witness has a space there."""
    beside = [both for both in zip(left, right, strict=True) if all(both)]
    beside = beside or [(next(filter(None, left), ""), next(filter(None, right), ""))]
    return int(any(space_between(*both) for both in beside))


def _bracketed(words: Sequence[str], columns: int) -> list[Cell]:
    """Added words in brackets, one a column; columns that other witnesses need stay empty."""
    shown = list(words)
    if shown:
        shown[0] = f"[{shown[0]}"
        shown[-1] = closed(shown[-1], "]")
    return [(word, False) for word in shown] + [("", True)] * (columns - len(shown))


def _against(base: Sequence[str], text: str) -> list[tuple[Cell, tuple[str, ...]]]:
    """For the place before the first word and for each word of the base: the witness' cell, and what it adds there."""
    row: list[tuple[Cell, tuple[str, ...]]] = [(("", True), ())]
    for segment in differences(joined(base), text):
        if segment.same:
            row += [((word, True), ()) for word in segment.b]
            continue
        count = len(segment.a)
        if not count:
            word, before = row[-1]
            row[-1] = word, before + segment.b
            continue
        replaced, extra = segment.b[:count], segment.b[count:]
        row += [((f"[{closed(word, ']')}", False), ()) for word in replaced]
        row += [((GAP, False), ())] * (count - len(replaced))
        row[-1] = row[-1][0], extra
    return row
