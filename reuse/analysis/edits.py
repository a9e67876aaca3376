"""What changes in copying: the edits of matches, named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

from reuse.analysis.edit_names import subject, word_change
from reuse.analysis.stored import Columns, StoredRun, tokens_of, words_of_run, written_in
from reuse.columns import Column, ComputedTable
from reuse.corpus.tokens import Tokens

MOST_EDITED = 20_000
"""Matches whose edits are told, unless some are chosen: those of most bits."""

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


def edited_matches(run: StoredRun) -> NDArray[np.int64]:
    """Numbers (int64) of the matches between two documents, of most bits first."""
    found = run.query("SELECT match FROM matches WHERE a <> b ORDER BY bits DESC, match")
    return np.array([number for (number,) in found], dtype=np.int64)


def edits_in(run: StoredRun, numbers: NDArray[np.int64]) -> list[Edit]:
    """The edits of the matches of these numbers; `Edit.match` is the place of the match among them."""
    spans = np.asarray(run.column("match_tokens"), dtype=np.int64).reshape(-1, 4)[numbers]
    return list(edits_of(tokens_of(run), spans, words_of_run(run), written_in(run)))


def edit_table(run: StoredRun, numbers: Iterable[int] | None = None) -> Columns:
    """The edits of matches, one row each; columns as in EDITS.

    Args:
        run: The run.
        numbers: Numbers of the matches; None: the 20,000 of most bits between two documents.
    """
    every = edited_matches(run)[:MOST_EDITED] if numbers is None else list(numbers)
    chosen = np.sort(np.array(every, dtype=np.int64))
    edits = edits_in(run, chosen)
    ids = dict(run.query("SELECT match, id FROM matches"))
    tokens = tokens_of(run)

    def offsets(first: str, last: str) -> tuple[list[int | None], list[int | None]]:
        starts, ends = [], []
        for edit in edits:
            start, end = getattr(edit, first), getattr(edit, last)
            starts.append(int(tokens.starts[start]) if end > start else None)
            ends.append(int(tokens.ends[end - 1]) if end > start else None)
        return starts, ends

    a_start, a_end = offsets("a_start", "a_end")
    b_start, b_end = offsets("b_start", "b_end")
    return {
        "match": [ids[int(chosen[edit.match])] for edit in edits],
        "kind": [edit.kind for edit in edits],
        "about": [edit.about for edit in edits],
        "a_start": a_start,
        "a_end": a_end,
        "b_start": b_start,
        "b_end": b_end,
        "text_a": [edit.a for edit in edits],
        "text_b": [edit.b for edit in edits],
    }


EDITS = ComputedTable(
    "edits",
    "one change between the two passages of a match",
    (
        Column("match", "text", "id of the match"),
        Column("kind", "text", "substitution, insertion, deletion or move"),
        Column("about", "text", "number, date, title, name, spelling, inflection or words"),
        Column("a_start", "integer", "start in document a, in code points; none where nothing stands there"),
        Column("a_end", "integer", "its end (half-open)"),
        Column("b_start", "integer", "start in document b"),
        Column("b_end", "integer", "its end (half-open)"),
        Column("text_a", "text", "the words in a"),
        Column("text_b", "text", "the words in b"),
    ),
    edit_table,
)
