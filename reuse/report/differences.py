"""Two passages word by word: what is the same and what differs, and both laid out line under line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from rapidfuzz.distance import Indel
from rich.cells import chop_cells

from reuse.display import cells
from reuse.spacing import appended, closed, joined, space_between, words_of

GAP = "–"
"""Stands where the other side has words and this one has none."""

Side = Literal["a", "b"]
SIDES: tuple[Side, Side] = ("a", "b")

_MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of two passages.

    Attributes:
        same: True where both have the same words (case and punctuation aside).
        a, b: The words of each side as they are written; one of the two may be empty when they differ.
    """

    same: bool
    a: tuple[str, ...]
    b: tuple[str, ...]


def differences(text_a: str, text_b: str) -> list[Segment]:
    """Align two texts word by word (longest common subsequence); same and different segments alternate."""
    words_a, words_b = words_of(text_a), words_of(text_b)
    segments: list[Segment] = []
    for code in Indel.opcodes([_key(word) for word in words_a], [_key(word) for word in words_b]):
        same = code.tag == "equal"
        a = tuple(words_a[code.src_start : code.src_end])
        b = tuple(words_b[code.dest_start : code.dest_end])
        if segments and segments[-1].same == same:
            a, b = segments[-1].a + a, segments[-1].b + b
            segments.pop()
        segments.append(Segment(same, a, b))
    return segments


def stretches(segments: Sequence[Segment], side: Side) -> list[tuple[bool, str, str]]:
    """What one side has: whether the other has the same, the words or GAP, and what parts them from the next ones."""
    found: list[tuple[bool, str, str]] = []
    then: tuple[str, ...] = ()
    gap = ""
    for segment in reversed(segments):
        words: tuple[str, ...] = getattr(segment, side)
        if words and then:
            gap = " " if words[-1].endswith(" ") else space_between(words[-1], then[0])
        found.append((segment.same, joined(words) or GAP, gap if found else ""))
        then = words or then
    return found[::-1]


def _key(word: str) -> str:
    return _MARKS.sub("", word).casefold() or word.rstrip()


@dataclass(frozen=True, slots=True)
class Cell:
    """One word of each side, set under one another or side by side.

    Attributes:
        a, b: What stands there, brackets around differing stretches included; may be empty.
        same: False inside a differing stretch.
        words: Words of a that begin in it: several where letters run on without a space.
    """

    a: str
    b: str
    same: bool
    words: int = 0


def gap_between(left: Cell, right: Cell) -> int:
    """Cells between the words of two places in a line: none where neither side has a space there.

    What a side lacks says nothing, nor does the mark that stands for it.
    """
    sides = [(left.a, right.a), (left.b, right.b)]
    beside = [side for side in sides if all(side) and GAP not in side] or [(left.a or left.b, right.a or right.b)]
    return int(any(space_between(*side) for side in beside))


def parts_letters(left: tuple[str, str], right: tuple[str, str]) -> bool:
    """Whether letters that run on without a space would be parted if a word were padded to its counterpart.

    Args:
        left: Two words, one above the other.
        right: Those that follow them; either may be empty.
    """
    widths = [cells(word) for word in left]
    return any(
        width < max(widths) and word and following and not word.endswith(" ") and not space_between(word, following)
        for word, following, width in zip(left, right, widths, strict=True)
    )


def interlinear(segments: Sequence[Segment], width: int) -> Iterator[list[Cell]]:
    """Pairs of lines of at most `width` cells, each word of the one side above its counterpart.

    What differs stands in brackets on both sides, so that it can be told without colour.
    """
    line: list[Cell] = []
    used = 0
    for cell in _cells(segments, width):
        needed = max(cells(cell.a), cells(cell.b))
        gap = gap_between(line[-1], cell) if line else 0
        if line and used + gap + needed > width:
            yield line
            line, used, gap = [], 0, 0
        used += gap + needed
        line.append(cell)
    if line:
        yield line


def columns(segments: Sequence[Segment], width: int) -> Iterator[list[Cell]]:
    """Lines of two columns of at most `width` cells each, counterparts on the same line; marked like `interlinear`."""
    line: list[Cell] = []
    for cell in _cells(segments, width):
        if line and any(cells(_side_of([*line, cell], side)) > width for side in SIDES):
            yield line
            line = []
        line.append(cell)
    if line:
        yield line


def _side_of(line: Sequence[Cell], side: Side) -> str:
    """What one side of a line of columns has, as it is shown."""
    return joined([word for cell in line if (word := getattr(cell, side))])


def _cells(segments: Sequence[Segment], width: int) -> Iterator[Cell]:
    for segment in segments:
        a, b = (segment.a, segment.b) if segment.same else (_bracketed(segment.a), _bracketed(segment.b))
        for word_a, word_b in zip(a, b, strict=True) if segment.same else _running_on(a, b):
            # A word longer than the line goes on in the next one.
            left = len(words_of(word_a)) if segment.a else 0
            for part_a, part_b in zip_longest(_parts(word_a, width), _parts(word_b, width), fillvalue=""):
                words = min(len(words_of(part_a)), left)
                left -= words
                yield Cell(part_a, part_b, segment.same, words)


def _running_on(a: Sequence[str], b: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Words that differ, in pairs; several together where padding would part letters."""
    last: tuple[str, str] | None = None
    for pair in zip_longest(a, b, fillvalue=""):
        if last is None:
            last = pair
        elif parts_letters(last, pair):
            last = appended(last[0], pair[0]), appended(last[1], pair[1])
        else:
            yield last
            last = pair
    if last is not None:
        yield last


def _parts(word: str, width: int) -> list[str]:
    """A word in pieces that fit into a line: parted from marks that stand alone, cut where it is too long."""
    if cells(word) <= width:
        return [word]
    parts = [""]
    for piece in word.rstrip().split(" "):
        together = f"{parts[-1]} {piece}" if parts[-1] else piece
        if cells(together) <= width:
            parts[-1] = together
        else:
            parts += chop_cells(piece, width)
    return [part for part in parts if part]


def _bracketed(words: tuple[str, ...]) -> tuple[str, ...]:
    marked = list(words) or [GAP]
    marked[0] = "[" + marked[0]
    marked[-1] = closed(marked[-1], "]")
    return tuple(marked)
