"""Two passages laid out word against word: what is shared, exchanged, only on one side, or moved.

The comparison itself is that of the reports (`reuse.report.differences`); this adds moves, and lines for two columns
or for one passage under the other. Every kind has its own brackets, so that no colour is needed to tell them apart;
where a passage has such brackets of its own, ours are doubled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Literal

from rich.cells import chop_cells

from reuse.display import cells, padded
from reuse.report.differences import GAP, Cell, Segment, differences, gap_between, parts_letters
from reuse.spacing import appended, closed, joined, space_between, words_of

Kind = Literal["same", "exchanged", "only", "moved", "gap", "context"]

BRACKETS: dict[Kind, tuple[str, str]] = {"exchanged": ("[", "]"), "only": ("{", "}"), "moved": ("‹", "›")}
"""What stands around the words of each kind."""
SAYS: dict[Kind, str] = {"exchanged": "other words", "only": "only here", "moved": "moved"}
SHORTEST_MOVE = 2
"""Words that must stand together elsewhere to count as moved: single words recur by themselves."""
MOST_WORDS = 4_000
"""Words of a passage that are compared; a longer one is shown in part, and that is said."""

OWN_BRACKETS = re.compile("[" + re.escape("".join("".join(pair) for pair in BRACKETS.values())) + "]")
"""What makes a passage ambiguous if single brackets mark its differences."""
_MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of one side as it is shown, brackets included.

    Attributes:
        text: The word; empty where only the other side has one.
        kind: How it relates to the other side.
        gap: What parts it from the word before it in its line.
    """

    text: str
    kind: Kind
    gap: str = ""


@dataclass(frozen=True, slots=True)
class PairLine:
    """A line of both sides.

    Attributes:
        a, b: The words of each side, in order.
        differs: Whether anything in it is not the same on both sides.
    """

    a: tuple[Word, ...]
    b: tuple[Word, ...]
    differs: bool = False


Stretch = list[tuple[Word, Word]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two passages set against one another.

    Attributes:
        pairs: Their words; either of a pair may be empty.
        partial: Whether they were too long to be compared whole.
        doubled: Whether the brackets are doubled.
    """

    pairs: Stretch
    partial: bool = False
    doubled: bool = False

    @property
    def legend(self) -> str:
        """What the brackets mean."""
        marked = (_bracketed(says, kind, doubled=self.doubled) for kind, says in SAYS.items())
        return f"{' '.join(marked)} {GAP} nothing here"


def _bracketed(text: str, kind: Kind, *, doubled: bool, opens: bool = True, closes: bool = True) -> str:
    before, after = BRACKETS[kind]
    times = 2 if doubled else 1
    return before * times * opens + closed(text, after * times * closes)


def compare(text_a: str, text_b: str) -> Comparison:
    """Set two passages against one another, word by word.

    Args:
        text_a: One passage, safe to be shown, on one line.
        text_b: The other.
    """
    part_a, cut_a = _beginning(text_a)
    part_b, cut_b = _beginning(text_b)
    segments = differences(part_a, part_b)
    moved_a, moved_b = _moves(segments)
    doubled = bool(OWN_BRACKETS.search(part_a) or OWN_BRACKETS.search(part_b))
    pairs: Stretch = []
    for number, segment in enumerate(segments):
        if segment.same:
            pairs += [(Word(a, "same"), Word(b, "same")) for a, b in zip(segment.a, segment.b, strict=True)]
            continue
        side_a = _side(segment.a, moved_a.get(number, set()), alone=not segment.b, doubled=doubled)
        side_b = _side(segment.b, moved_b.get(number, set()), alone=not segment.a, doubled=doubled)
        pairs += _running_on(side_a, side_b)
    return Comparison(pairs, cut_a or cut_b, doubled)


def side_by_side(pairs: Stretch, width: int) -> Iterator[PairLine]:
    """Lines of two columns of `width` cells; counterparts begin on the same line."""
    line_a: list[Word] = []
    line_b: list[Word] = []
    used_a = used_b = 0
    for a, b in _fitting(pairs, width):
        next_a, next_b = _behind(line_a, a), _behind(line_b, b)
        then_a, then_b = used_a + cells(next_a.gap + a.text), used_b + cells(next_b.gap + b.text)
        if max(then_a, then_b) > width and (line_a or line_b):
            yield _line(line_a, line_b)
            line_a, line_b, next_a, next_b = [], [], a, b
            then_a, then_b = cells(a.text), cells(b.text)
        used_a, used_b = then_a, then_b
        if a.text:
            line_a.append(next_a)
        if b.text:
            line_b.append(next_b)
    if line_a or line_b:
        yield _line(line_a, line_b)


def stacked(pairs: Stretch, width: int) -> Iterator[PairLine]:
    """Lines of `width` cells, each word above its counterpart: words are padded to the wider of the two."""
    line_a: list[Word] = []
    line_b: list[Word] = []
    used, last = 0, None
    for a, b in _fitting(pairs, width):
        needed = max(cells(a.text), cells(b.text))
        place = Cell(a.text, b.text, same=True)
        gap = gap_between(last, place) if last else 0
        if last and used + gap + needed > width:
            yield _line(line_a, line_b)
            line_a, line_b, used, gap = [], [], 0, 0
        used += gap + needed
        last = place
        for line, word in ((line_a, a), (line_b, b)):
            line.append(Word(padded(word.text, needed), word.kind, " " * gap))
    if line_a:
        yield _line(line_a, line_b)


def _running_on(side_a: Sequence[Word], side_b: Sequence[Word]) -> Stretch:
    """Words that differ, in pairs; several of one kind together where padding would part letters."""
    pairs: Stretch = []
    for a, b in zip_longest(side_a, side_b, fillvalue=Word("", "gap")):
        last_a, last_b = pairs[-1] if pairs else (a, b)
        one_kind = all(not word.text or word.kind == last.kind for word, last in ((a, last_a), (b, last_b)))
        if pairs and one_kind and parts_letters((last_a.text, last_b.text), (a.text, b.text)):
            pairs[-1] = (
                replace(last_a, text=appended(last_a.text, a.text)),
                replace(last_b, text=appended(last_b.text, b.text)),
            )
        else:
            pairs.append((a, b))
    return pairs


def _behind(line: Sequence[Word], word: Word) -> Word:
    """The word with its gap behind a line."""
    return replace(word, gap=space_between(line[-1].text, word.text)) if line and word.text else word


def _line(a: Sequence[Word], b: Sequence[Word]) -> PairLine:
    return PairLine(tuple(a), tuple(b), any(word.kind != "same" for word in (*a, *b)))


def _fitting(pairs: Stretch, width: int) -> Iterator[tuple[Word, Word]]:
    """The pairs, words longer than a line cut into several."""
    for a, b in pairs:
        if max(len(a.text), len(b.text)) * 2 <= width:
            yield a, b
            continue
        for part_a, part_b in zip_longest(_parts(a.text, width), _parts(b.text, width), fillvalue=""):
            yield Word(part_a, a.kind), Word(part_b, b.kind)


def _parts(word: str, width: int) -> list[str]:
    return chop_cells(word, width) if cells(word) > width else [word]


def _beginning(text: str) -> tuple[str, bool]:
    words = words_of(text)
    return (text, False) if len(words) <= MOST_WORDS else (joined(words[:MOST_WORDS]), True)


def _side(words: Sequence[str], moved: set[int], *, alone: bool, doubled: bool) -> list[Word]:
    """The words of one side of a stretch that differs, in brackets, kind by kind."""
    if not words:
        return [Word(GAP, "gap")]
    kinds: list[Kind] = [("moved" if at in moved else "only" if alone else "exchanged") for at in range(len(words))]
    shown = []
    for at, (word, kind) in enumerate(zip(words, kinds, strict=True)):
        opens = at == 0 or kinds[at - 1] != kind
        closes = at == len(words) - 1 or kinds[at + 1] != kind
        shown.append(Word(_bracketed(word, kind, doubled=doubled, opens=opens, closes=closes), kind))
    return shown


def _moves(segments: Sequence[Segment]) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    """Words that stand together on both sides, but not in the same place: places by number of the segment."""
    heads: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    keys_b = {number: _keys(segment.b) for number, segment in enumerate(segments) if not segment.same}
    for number, keys in keys_b.items():
        for at in range(len(keys) - SHORTEST_MOVE + 1):
            heads.setdefault(tuple(keys[at : at + SHORTEST_MOVE]), []).append((number, at))
    moved_a: dict[int, set[int]] = {}
    moved_b: dict[int, set[int]] = {}
    for number, segment in enumerate(segments):
        keys = [] if segment.same else _keys(segment.a)
        at = 0
        while at < len(keys):
            places = heads.get(tuple(keys[at : at + SHORTEST_MOVE]), ())
            free = [place for place in places if place[1] not in moved_b.get(place[0], ())]
            if not free:
                at += 1
                continue
            there, begin = max(free, key=lambda place: _run(keys, at, keys_b[place[0]], place[1]))
            size = _run(keys, at, keys_b[there], begin)
            moved_a.setdefault(number, set()).update(range(at, at + size))
            moved_b.setdefault(there, set()).update(range(begin, begin + size))
            at += size
    return moved_a, moved_b


def _run(a: Sequence[str], at: int, b: Sequence[str], begin: int) -> int:
    """How many words follow one another equally from two places on."""
    size = 0
    while at + size < len(a) and begin + size < len(b) and a[at + size] == b[begin + size]:
        size += 1
    return size


def _keys(words: Sequence[str]) -> list[str]:
    return [_MARKS.sub("", word).casefold() or word.rstrip() for word in words]
