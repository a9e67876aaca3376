"""Words that a copy has in another place: deletions and insertions that are one move."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

NEAR = 12
"""Words between the two places of a single word up to which it was moved; further off, it may have come twice."""

MOST_PLACES = 20_000
"""Places of equal words that are looked at in a passage; where there are more, nothing is said to have moved."""


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch that differs: half-open ranges of positions on either side.

    Attributes:
        a_start, a_end, b_start, b_end: The ranges; empty where a side has nothing.
        moved: Both sides are the same words, in another place.
    """

    a_start: int
    a_end: int
    b_start: int
    b_end: int
    moved: bool = False


class _Run(NamedTuple):
    """Words deleted in one change and inserted in another."""

    length: int
    a: int
    b: int
    source: int
    target: int


def with_moves(ids: NDArray[np.int32], changes: list[Change], holds: Callable[[int], bool]) -> list[Change]:
    """Changes in the order of passage a, with what was deleted in one place and inserted in another as moves.

    Runs of equal words are taken from the longest to the shortest. A single word must not have gone far; words that
    only hold the sentence together are no move by themselves, and go with one that they stand beside.

    Args:
        ids: Words by position.
        changes: The stretches that differ, in order, each by its longest common subsequence.
        holds: Whether a word only holds the sentence together.
    """
    taken: list[_Run] = []
    used: set[tuple[str, int]] = set()
    for run in sorted(_runs(ids, changes), key=lambda run: (-run.length, run.a, run.b)):
        words = ids[run.a : run.a + run.length].tolist()
        apart = abs(changes[run.source].a_start - changes[run.target].a_start)
        places = {("a", run.a + nth) for nth in range(run.length)} | {("b", run.b + nth) for nth in range(run.length)}
        if all(map(holds, words)) or (run.length == 1 and apart > NEAR) or places & used:
            continue
        used |= places
        # Two stretches that changed places: to say it of one of them is enough.
        if not any((run.source, run.target) == (other.target, other.source) for other in taken):
            taken.append(run)
    if not taken:
        return sorted(changes, key=lambda change: (change.a_start, change.b_start))
    moves = [Change(run.a, run.a + run.length, run.b, run.b + run.length, moved=True) for run in taken]
    linked = {frozenset((run.source, run.target)) for run in taken}
    rest = _without(changes, used)
    gone = _carried(ids, rest, linked, holds)
    kept = [part for number, parts in enumerate(rest) for part in parts if (number, part) not in gone]
    return sorted(moves + kept, key=lambda change: (change.a_start, change.b_start))


def _runs(ids: NDArray[np.int32], changes: list[Change]) -> Iterator[_Run]:
    """The longest runs of words that are deleted in one change and inserted in another."""
    inserted: dict[int, list[tuple[int, int]]] = {}
    for number, change in enumerate(changes):
        for at, word in enumerate(ids[change.b_start : change.b_end].tolist(), change.b_start):
            inserted.setdefault(word, []).append((number, at))
    places = 0
    for source, change in enumerate(changes):
        for a, word in enumerate(ids[change.a_start : change.a_end].tolist(), change.a_start):
            for target, b in inserted.get(word, ()):
                places += 1
                if places > MOST_PLACES:
                    return
                other = changes[target]
                begins = a == change.a_start or b == other.b_start or ids[a - 1] != ids[b - 1]
                if target != source and begins:
                    length = 1
                    most = min(change.a_end - a, other.b_end - b)
                    while length < most and ids[a + length] == ids[b + length]:
                        length += 1
                    yield _Run(length, a, b, source, target)


def _without(changes: list[Change], used: set[tuple[str, int]]) -> list[list[Change]]:
    """What is left of each change when the words that moved are taken out."""
    left = []
    for change in changes:
        a = _pieces("a", change.a_start, change.a_end, used)
        b = _pieces("b", change.b_start, change.b_end, used)
        ends = (change.a_end, change.a_end), (change.b_end, change.b_end)
        left.append([Change(*(one or ends[0]), *(other or ends[1])) for one, other in zip_longest(a, b)])
    return left


def _pieces(side: str, start: int, end: int, used: set[tuple[str, int]]) -> list[tuple[int, int]]:
    """The stretches of a range whose positions are not used."""
    pieces: list[tuple[int, int]] = []
    for at in range(start, end):
        if (side, at) not in used:
            if pieces and pieces[-1][1] == at:
                pieces[-1] = pieces[-1][0], at + 1
            else:
                pieces.append((at, at + 1))
    return pieces


def _carried(
    ids: NDArray[np.int32], rest: list[list[Change]], linked: set[frozenset[int]], holds: Callable[[int], bool]
) -> set[tuple[int, Change]]:
    """Deletions and insertions of the same words that only hold a sentence together, beside a move."""
    gone: set[tuple[int, Change]] = set()
    for pair in linked:
        numbers = sorted(pair)
        parts = [(number, part) for number in numbers for part in rest[number]]
        for one in parts:
            for other in parts:
                deleted = ids[one[1].a_start : one[1].a_end].tolist()
                same = deleted and deleted == ids[other[1].b_start : other[1].b_end].tolist()
                alone = one[1].b_start == one[1].b_end and other[1].a_start == other[1].a_end
                if same and alone and one not in gone and other not in gone and all(map(holds, deleted)):
                    gone |= {one, other}
    return gone
