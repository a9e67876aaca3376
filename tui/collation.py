"""All witnesses of one passage set under one another: word under word, the places where they differ marked.

Every witness is compared with the earliest one (`reuse.report.differences`); its words stand in the columns of the
words that they agree with or replace, what is added in a column of its own behind them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reuse.display import cells
from reuse.report.differences import GAP, differences

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
        partial: Whether the passages were too long to be collated whole.
    """

    rows: list[list[Cell]]
    widths: list[int]
    partial: bool

    def blocks(self, width: int) -> Iterator[tuple[int, int]]:
        """Ranges of columns that fit a line of `width` cells; a column that is wider than that has a line alone."""
        start = used = 0
        for at, wide in enumerate(self.widths):
            if at > start and used + 1 + wide > width:
                yield start, at
                start, used = at, wide
            else:
                used += wide + (1 if at > start else 0)
        if start < len(self.widths):
            yield start, len(self.widths)


def same_words(text: str) -> str:
    """What two witnesses have in common if they have the same words."""
    return " ".join(_MARKS.sub(" ", text).casefold().split())


def collate(texts: Sequence[str]) -> Collation:
    """Collate witnesses, the earliest first; texts are safe to be shown and on one line."""
    partial = any(len(text.split(maxsplit=MOST_WORDS)) > MOST_WORDS for text in texts)
    texts = [" ".join(text.split(maxsplit=MOST_WORDS)[:MOST_WORDS]) for text in texts]
    base = texts[0].split() if texts else []
    table = [_against(base, text) for text in texts]
    added = [max((len(row[at][1]) for row in table), default=0) for at in range(len(base) + 1)]
    rows: list[list[Cell]] = []
    for row in table:
        line: list[Cell] = []
        for at, (word, extra) in enumerate(row):
            if at:
                line.append(word)
            line += _bracketed(extra, added[at])
        rows.append(line)
    columns = zip(*rows, strict=True)
    return Collation(rows, [max(cells(text) for text, _ in column) for column in columns], partial)


def _bracketed(words: Sequence[str], columns: int) -> list[Cell]:
    """Added words in brackets, one a column; columns that other witnesses need stay empty."""
    shown = list(words)
    if shown:
        shown[0] = f"[{shown[0]}"
        shown[-1] = f"{shown[-1]}]"
    return [(word, False) for word in shown] + [("", True)] * (columns - len(shown))


def _against(base: Sequence[str], text: str) -> list[tuple[Cell, tuple[str, ...]]]:
    """For the place before the first word and for each word of the base: the witness' cell, and what it adds there."""
    row: list[tuple[Cell, tuple[str, ...]]] = [(("", True), ())]
    for segment in differences(" ".join(base), text):
        if segment.same:
            row += [((word, True), ()) for word in segment.b]
            continue
        count = len(segment.a)
        if not count:
            word, before = row[-1]
            row[-1] = word, before + segment.b
            continue
        replaced, extra = segment.b[:count], segment.b[count:]
        row += [((f"[{word}]", False), ()) for word in replaced]
        row += [((GAP, False), ())] * (count - len(replaced))
        row[-1] = row[-1][0], extra
    return row
