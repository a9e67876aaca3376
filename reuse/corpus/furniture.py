"""What stands on pages and is not part of the text: page numbers, and running heads beside them.

A number on a line of its own may as well be a year that heads an entry, a chapter, a row of a table. It is a page
number where such numbers rise from page to page *and* interrupt sentences, or stand at page breaks; or where it says so
itself (`Page 7`, `– 7 –`), or a word is broken over it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from reuse.corpus import characters
from reuse.corpus.characters import TABLES

_NUMBER = re.compile(
    r"""(?P<open>[\s\-–—\[(|]*)
        (?P<word>page|p\.|seite|s\.)?\s*
        (?:(?P<digits>\d{1,4})|(?P<roman>(?=[ivxlcdm])m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,4})(?:ix|iv|v?i{0,4})))
        (?P<of>\s*(?:of|/|von)\s*\d{1,4})?
        (?P<close>[\s\-–—\])|.]*)""",
    re.IGNORECASE | re.VERBOSE,
)
_LONGEST_NUMBER = 24  # code points of the line
_LONGEST_HEAD = 120  # code points
_HEAD_DISTANCE = 3  # lines from the page number or page break
_LEAST_HEADS = 3
_LARGEST_STEP = 3  # from a page number to the next: one or two may have been lost
_INTERRUPTING = 0.25  # least share of the numbers of a series that interrupt a sentence or stand at a page break
_DASHES = "-–—"
_CLOSING = " \t\r\"'”’»)]*_"
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1_000}


@dataclass(frozen=True, slots=True)
class _Number:
    """A line that may be a page number: its value, and whether it says itself that it is one."""

    line: int
    value: int
    roman: bool
    says_so: bool


def page_furniture(
    batch: str, codes: NDArray[np.unsignedinteger], bounds: NDArray[np.int64]
) -> Iterator[tuple[int, int]]:
    """Spans of lines that are page numbers, and of running heads beside them.

    A page number has an empty line, a page break or the end of the text beside it; a text of one line has none. A
    running head is a line next to a page number or page break that recurs there three times or more in its document,
    digits aside. What a document's are depends on nothing but the document.

    Args:
        batch: Documents, joined by separators of one code point.
        codes: uint (n,): its code points.
        bounds: int64 (documents + 1,): where each document begins, and behind the last one's separator.
    """
    lines = _Lines(batch, codes, bounds)
    numbers = lines.page_numbers()
    for line in numbers:
        yield lines.span(line)
    marks = numbers + np.flatnonzero(codes[np.minimum(lines.ends, len(codes) - 1)] == ord("\f")).tolist()
    if len(marks) >= _LEAST_HEADS:
        yield from map(lines.span, lines.running_heads(marks))


class _Lines:
    """The lines of a batch: where each begins and ends (rows of code points), and which have something in them."""

    def __init__(self, batch: str, codes: NDArray[np.unsignedinteger], bounds: NDArray[np.int64]) -> None:
        breaks = np.flatnonzero((codes == ord("\n")) | (codes == ord("\f")) | (codes == 0))
        self.batch, self.codes, self.bounds = batch, codes, bounds
        self.starts: NDArray[np.int64] = np.concatenate(([0], breaks + 1))
        self.ends: NDArray[np.int64] = np.concatenate((breaks, [len(codes)]))
        self.lengths = self.ends - self.starts
        self.filled = np.flatnonzero(self.lengths > 1)

    @cached_property
    def documents(self) -> NDArray[np.int64]:
        """The document of each line, counted from 1."""
        return np.searchsorted(self.bounds, self.starts, side="right")

    def span(self, line: int) -> tuple[int, int]:
        return int(self.starts[line]), int(self.ends[line])

    def text(self, line: int) -> str:
        return self.batch[self.starts[line] : self.ends[line]]

    def page_numbers(self) -> list[int]:
        """The lines that are page numbers, ascending."""
        found = self._candidates()
        if not found:
            return []
        documents = self.documents[[number.line for number in found]].tolist()
        surroundings = _Surroundings(self, [number.line for number in found])
        series: dict[tuple[int, bool, int], list[_Number]] = {}
        kept: list[list[_Number]] = []
        for number, document in zip(found, documents, strict=True):
            if number.says_so or surroundings.broken_word(number.line):
                kept.append([number])
                continue
            before = (series.pop((document, number.roman, number.value - step), None) for step in _STEPS)
            rising = next((one for one in before if one), [])
            if not rising:
                kept.append(rising)
            rising.append(number)
            series[document, number.roman, number.value] = rising
        return sorted(number.line for one in kept if self._is_pages(one, surroundings) for number in one)

    def _is_pages(self, rising: Sequence[_Number], surroundings: _Surroundings) -> bool:
        if len(rising) < 2:
            return rising[0].says_so or surroundings.broken_word(rising[0].line)
        between = sum(self._at_page_break(one.line) or surroundings.interrupted(one.line) for one in rising)
        return between >= max(1, _INTERRUPTING * len(rising))

    def _at_page_break(self, line: int) -> bool:
        begin, end = self.bounds[self.documents[line] - 1 : self.documents[line] + 1].tolist()
        around = self.batch[max(int(self.starts[line]) - 2, begin) : min(int(self.ends[line]) + 2, end)]
        return "\f" in around

    def _candidates(self) -> list[_Number]:
        first, last = np.isin(self.starts, self.bounds[:-1]), np.isin(self.ends + 1, self.bounds[1:])
        empty = self.lengths <= 1
        beside_empty = first | last
        beside_empty[1:] |= empty[:-1]
        beside_empty[:-1] |= empty[1:]
        short = (self.lengths > 0) & (self.lengths <= _LONGEST_NUMBER) & beside_empty & ~(first & last)
        lines = np.flatnonzero(short).tolist()
        return [number for line in lines if (number := _number(line, self.text(line)))]

    def running_heads(self, marks: Sequence[int]) -> Iterator[int]:
        """The lines beside page numbers and page breaks that recur there."""
        document_of = self.documents
        beside: dict[tuple[int, str], set[int]] = {}
        for mark in marks:
            at = int(np.searchsorted(self.filled, mark))
            for neighbour in self.filled[max(at - 1, 0) : at + 2].tolist():
                document = int(document_of[neighbour])
                near = neighbour != mark and abs(neighbour - mark) <= _HEAD_DISTANCE
                if near and document == document_of[mark]:
                    key = _without_digits(self.text(neighbour))
                    if key and self.lengths[neighbour] <= _LONGEST_HEAD:
                        beside.setdefault((document, key), set()).add(neighbour)
        for lines in beside.values():
            if len(lines) >= _LEAST_HEADS:
                yield from lines


_STEPS = range(1, _LARGEST_STEP + 1)


class _Surroundings:
    """What stands before and behind numbers: the nearest lines that are neither numbers nor recur beside them."""

    def __init__(self, lines: _Lines, numbers: Sequence[int]) -> None:
        self._lines = lines
        self._is_number = np.zeros(len(lines.starts), dtype=bool)
        self._is_number[numbers] = True
        near = [self._nearest(np.array(numbers, dtype=np.int64), step) for step in (-1, 1)]
        head_of = self._heads(np.unique(near))
        often = Counter(head_of.values())
        for one, step in zip(near, (-1, 1), strict=True):
            recurs = np.array([often[head_of.get(line, "")] > 1 for line in one.tolist()], dtype=bool)
            one[recurs] = self._nearest(one[recurs], step)
        self._near = dict(zip(numbers, zip(*(one.tolist() for one in near), strict=True), strict=True))
        self._beside: dict[int, tuple[str, str]] = {}

    def interrupted(self, number: int) -> bool:
        """Whether a sentence runs on over it."""
        before, after = self._text_beside(number)
        if not before or not after or before[-1] in ":;" or TABLES.class_of(before[-1]) == characters.TERMINATOR:
            return False
        return _runs_on(after)

    def broken_word(self, number: int) -> bool:
        """Whether a word is broken over it."""
        before, after = self._text_beside(number)
        hyphen = len(before) > 1 and TABLES.class_of(before[-1]) == characters.HYPHEN and before[-2].isalpha()
        return hyphen and _runs_on(after)

    def _text_beside(self, number: int) -> tuple[str, str]:
        if number not in self._beside:
            before, after = self._near[number]
            texts = self._lines.text
            ended = "" if before < 0 else texts(before).rstrip(_CLOSING)
            self._beside[number] = ended, "" if after < 0 else texts(after).lstrip()
        return self._beside[number]

    def _heads(self, near: NDArray[np.int64]) -> dict[int, str]:
        """What is the same in running heads: for each line that is short enough its document and its text."""
        short = near[(near >= 0) & (self._lines.lengths[near] <= _LONGEST_HEAD)]
        documents = self._lines.documents[short].tolist()
        texts = (_without_digits(self._lines.text(line)) for line in short.tolist())
        return {
            line: f"{document} {text}" for line, document, text in zip(short.tolist(), documents, texts, strict=True)
        }

    def _nearest(self, lines: NDArray[np.int64], step: int) -> NDArray[np.int64]:
        """The nearest lines (int64) with something in them before (-1) or behind (1) lines of the same document.

        -1 where there is none, or where it is a number: numbers in a column.
        """
        filled, documents = self._lines.filled, self._lines.documents
        found = np.full(len(lines), -1, dtype=np.int64)
        at = np.searchsorted(filled, lines, side="left" if step < 0 else "right") + min(step, 0)
        left = np.arange(len(lines))
        while len(left):
            left = left[(at[left] >= 0) & (at[left] < len(filled))]
            near = filled[at[left]]
            same = (documents[near] == documents[lines[left]]) & ~self._is_number[near]
            left, near = left[same], near[same]
            blank = np.array([self._lines.text(line).isspace() for line in near.tolist()], dtype=bool)
            found[left[~blank]] = near[~blank]
            left = left[blank]
            at[left] += step
        return found


def _number(line: int, text: str) -> _Number | None:
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    dashes = all(any(dash in match[side] for dash in _DASHES) for side in ("open", "close"))
    value = int(match["digits"]) if match["digits"] else _roman_value(match["roman"].lower())
    return _Number(line, value, match["digits"] is None, bool(match["word"] or match["of"] or dashes))


def _roman_value(text: str) -> int:
    values = [_ROMAN.get(letter, 0) for letter in text]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))


def _without_digits(text: str) -> str:
    return re.sub(r"\d+", "", text).strip().casefold()


def _runs_on(text: str) -> bool:
    """Whether a text begins in the middle of a sentence: with a small letter, or one of a script without case."""
    return bool(text) and text[0].isalpha() and not text[0].isupper() and not text[0].istitle()
