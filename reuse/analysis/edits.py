"""What changes in copying: the edits of matches, named."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

from reuse.analysis.edit_names import subject, word_change
from reuse.corpus.tokens import Tokens

LEAST_MOVE = 2
"""Words that must turn up elsewhere in the passage for a change to be a move."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One change between two passages.

    Attributes:
        match: Row of the match in the spans that were given.
        kind: substitution, insertion, deletion or move; seen from passage a.
        about: What changes: number, date, title, name, spelling, inflection, or words.
        a_start, a_end, b_start, b_end: Token positions on either side, half-open; empty where nothing stands there.
        a, b: The words as they are written.
    """

    match: int
    kind: str
    about: str
    a_start: int
    a_end: int
    b_start: int
    b_end: int
    a: str
    b: str


@dataclass(frozen=True, slots=True)
class _Change:
    """A stretch that differs: half-open ranges of positions on either side."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int
    moved: bool = False


def edits_of(
    tokens: Tokens,
    spans: NDArray[np.int64],
    words: Sequence[str],
    written: Callable[[int, int], str],
) -> Iterator[Edit]:
    """The edits of matches, match after match, in the order of passage a.

    Args:
        tokens: The corpus.
        spans: int64 (matches, 4): a_start, a_end, b_start, b_end as token positions.
        words: Normalised words by vocabulary id.
        written: The text of a half-open range of token positions, as it is written.

    Two runs of words are compared by their longest common subsequence. A word deleted on one side and inserted on the
    other in the same place is a substitution; a run of two words or more that is deleted in one place and inserted in
    another is a move. What an edit is about is told by `edit_names.subject`.
    """
    for match, (a_start, a_end, b_start, b_end) in enumerate(spans.tolist()):
        a, b = tokens.ids[a_start:a_end], tokens.ids[b_start:b_end]
        if np.array_equal(a, b):
            continue
        for change in _with_moves(tokens.ids, list(_changes(a, b, a_start, b_start))):
            for part in _parts(tokens.ids, change, words):
                yield _named(tokens, match, part, words, written)


def _changes(a: NDArray[np.int32], b: NDArray[np.int32], a_start: int, b_start: int) -> Iterator[_Change]:
    """The stretches that differ, neighbouring ones taken together."""
    dense = np.unique(np.concatenate([a, b]), return_inverse=True)[1]
    text = (dense.astype("<u4") + 0x10000).tobytes().decode("utf-32-le")  # one character a word: one C++ call
    i = j = k = m = -1
    for code in Indel.opcodes(text[: len(a)], text[len(a) :]):
        if code.tag != "equal":
            if i < 0:
                i, k = code.src_start, code.dest_start
            j, m = code.src_end, code.dest_end
        elif i >= 0:
            yield _Change(a_start + i, a_start + j, b_start + k, b_start + m)
            i = -1
    if i >= 0:
        yield _Change(a_start + i, a_start + j, b_start + k, b_start + m)


def _with_moves(ids: NDArray[np.int32], changes: list[_Change]) -> Iterator[_Change]:
    """Changes, with a deletion and an insertion of the same words taken together as a move."""
    inserted = {
        tuple(ids[change.b_start : change.b_end].tolist()): at
        for at, change in enumerate(changes)
        if change.a_start == change.a_end and change.b_end - change.b_start >= LEAST_MOVE
    }
    targets: dict[int, int] = {}
    for at, change in enumerate(changes):
        if change.b_start == change.b_end and change.a_end - change.a_start >= LEAST_MOVE:
            target = inserted.pop(tuple(ids[change.a_start : change.a_end].tolist()), None)
            if target is not None:
                targets[at] = target
    arrived = set(targets.values())
    for at, change in enumerate(changes):
        if at in targets:
            other = changes[targets[at]]
            yield _Change(change.a_start, change.a_end, other.b_start, other.b_end, moved=True)
        elif at not in arrived:
            yield change


def _parts(ids: NDArray[np.int32], change: _Change, words: Sequence[str]) -> Iterator[_Change]:
    """A change word by word, when each word became another form of itself; else as a whole."""
    count = change.a_end - change.a_start
    if not change.moved and count == change.b_end - change.b_start > 1:
        pairs = zip(
            ids[change.a_start : change.a_end].tolist(), ids[change.b_start : change.b_end].tolist(), strict=True
        )
        if all(word_change(words[old], words[new]) for old, new in pairs):
            for nth in range(count):
                a, b = change.a_start + nth, change.b_start + nth
                yield _Change(a, a + 1, b, b + 1)
            return
    yield change


def _named(
    tokens: Tokens, match: int, change: _Change, words: Sequence[str], written: Callable[[int, int], str]
) -> Edit:
    old = [words[word] for word in tokens.ids[change.a_start : change.a_end].tolist()]
    new = [words[word] for word in tokens.ids[change.b_start : change.b_end].tolist()]
    a = written(change.a_start, change.a_end) if old else ""
    b = written(change.b_start, change.b_end) if new else ""
    if change.moved:
        kind = "move"
    elif old and new:
        kind = "substitution"
    else:
        kind = "deletion" if old else "insertion"
    inside = change.a_end < tokens.bounds[tokens.document_of(np.array([max(change.a_start, 0)]))[0] + 1]
    follows = written(change.a_end, change.a_end + 1) if inside else ""
    return Edit(
        match,
        kind,
        subject(old, new, (a, b), follows),
        change.a_start,
        change.a_end,
        change.b_start,
        change.b_end,
        a,
        b,
    )
