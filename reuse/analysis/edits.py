"""What changes in copying: the edits of matches, named."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

from reuse.analysis.edit_names import Word, subject
from reuse.analysis.english import FUNCTION
from reuse.analysis.moves import Change, with_moves
from reuse.analysis.stored import Columns, StoredRun, matches_by_bits, spellings_of_run, tokens_of, words_of_run
from reuse.analysis.word_forms import word_change
from reuse.arrays.coded import coded
from reuse.columns import Column, ComputedTable
from reuse.corpus.tokens import Tokens

MOST_EDITED = 20_000
"""Matches whose edits are told, unless some are chosen: those of most bits."""

AROUND = 2
"""Words on either side of a change that tell what it is about."""

REACH = 16
"""Words on either side of a passage that are at hand: a number at its edge may go on, and AROUND words are read."""

LONGEST = 12
"""Words of a change that has a name other than words."""

_JOINT = re.compile(r"[.,'’:]")


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
class Lexicon:
    """The words of a corpus by vocabulary id.

    Attributes:
        words: Normalised.
        usual: Each as it is written most often.
        counts: int64 (words,): occurrences.
    """

    words: Sequence[str]
    usual: Sequence[str]
    counts: NDArray[np.int64]


class _Subjects:
    """The words of changes as `edit_names` reads them, and what changes are about.

    In dense text the same words are exchanged again and again, so each token, each word as it is written, and each
    change, is looked at once.

    Args:
        lexicon: The words of the corpus.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._counts: list[int] = lexicon.counts.tolist()
        self._numbers: dict[tuple[int, str, bool], int] = {}
        self.of_token: dict[int, int] = {}
        self._words: list[Word] = []
        self._about: dict[tuple[tuple[int, ...], ...], str] = {}

    def number(self, token: int, word: int, written: str, opens: bool) -> int:
        """The number under which a word of the vocabulary is known that is written so; `of_token` has it then."""
        key = (word, written, opens)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._words)
            texts = self._lexicon.words[word], written, self._lexicon.usual[word]
            self._words.append(Word(*texts, opens, self._counts[word]))
        self.of_token[token] = number
        return number

    def about(self, old: Numbers, new: Numbers, before: Numbers, after: Numbers) -> str:
        """What a change is about, given the numbers of the words on either side, before it and after it."""
        key = (old, new, before, after)
        about = self._about.get(key)
        if about is None:
            about = self._about[key] = subject(*([self._words[number] for number in one] for one in key))
        return about


Numbers = tuple[int, ...]


def edits_of(tokens: Tokens, spans: NDArray[np.int64], lexicon: Lexicon, text: Callable[[int], str]) -> Iterator[Edit]:
    """The edits of matches, match after match, in the order of passage a.

    Args:
        tokens: The corpus.
        spans: int64 (matches, 4): a_start, a_end, b_start, b_end as token positions.
        lexicon: Its words.
        text: The text of a document, by ordinal.

    Two runs of words are compared by their longest common subsequence. A word deleted on one side and inserted on the
    other in the same place is a substitution; words that are deleted in one place and inserted in another are a move
    (see `moves.with_moves`). What an edit is about is told by `edit_names.subject`.
    """

    def holds(word: int) -> bool:
        return lexicon.words[word] in FUNCTION

    subjects = _Subjects(lexicon)
    documents = tokens.document_of(spans[:, 0]).tolist(), tokens.document_of(spans[:, 2]).tolist()
    for match, (a_start, a_end, b_start, b_end) in enumerate(spans.tolist()):
        a, b = tokens.ids[a_start:a_end], tokens.ids[b_start:b_end]
        if np.array_equal(a, b):
            continue
        sides = (
            _Side.of(tokens, subjects, text, documents[0][match], a_start, a_end),
            _Side.of(tokens, subjects, text, documents[1][match], b_start, b_end),
        )
        changes = [_whole_number(change, sides) for change in _slid(tokens.ids, _changes(a, b, a_start, b_start))]
        for change in with_moves(tokens.ids, changes, holds):
            for part in _parts(tokens.ids, change, lexicon):
                yield _named(match, part, sides, subjects)


@dataclass(frozen=True, slots=True)
class _Side:
    """One passage of a match, with the words around it.

    Attributes:
        subjects: The words of the corpus.
        text: The text of its document.
        start: Token position of the first word at hand.
        ids, starts, ends, opens: Word, place in the text, and whether it opens a sentence, of each word at hand: those
            of the passage and REACH on either side, as far as the document goes.
    """

    subjects: _Subjects
    text: str
    start: int
    ids: list[int]
    starts: list[int]
    ends: list[int]
    opens: list[bool]

    @classmethod
    def of(
        cls, tokens: Tokens, subjects: _Subjects, text: Callable[[int], str], document: int, start: int, end: int
    ) -> _Side:
        """The side of a match that has these token positions, in this document."""
        first = max(start - REACH, int(tokens.bounds[document]))
        here = slice(first, min(end + REACH, int(tokens.bounds[document + 1])))
        columns = (tokens.ids, tokens.starts, tokens.ends, tokens.opens_sentence)
        return cls(subjects, text(document), first, *(column[here].tolist() for column in columns))

    def written(self, start: int, end: int) -> str:
        """A range of token positions as it is written, on one line."""
        first, last = start - self.start, end - 1 - self.start
        return " ".join(self.text[self.starts[first] : self.ends[last]].split()) if end > start else ""

    def words(self, start: int, end: int) -> Numbers:
        """The words of a range of token positions, by number, as far as they are at hand."""
        known, number = self.subjects.of_token, self._number
        here = range(max(start, self.start), min(end, self.start + len(self.ids)))
        return tuple([known[at] if at in known else number(at) for at in here])

    def _number(self, token: int) -> int:
        at = token - self.start
        written = self.text[self.starts[at] : self.ends[at]]
        return self.subjects.number(token, self.ids[at], written, self.opens[at])

    def joins(self, at: int) -> bool:
        """Whether a token and the one before it are figures of one number: 1,250,000 or 2.50."""
        at -= self.start
        if not 0 < at < len(self.ids):
            return False
        between = self.text[self.ends[at - 1] : self.starts[at]]
        return bool(_JOINT.fullmatch(between)) and all(
            self.text[self.starts[one] : self.ends[one]].isdigit() for one in (at - 1, at)
        )


def _changes(a: NDArray[np.int32], b: NDArray[np.int32], a_start: int, b_start: int) -> Iterator[Change]:
    """The stretches that differ, neighbouring ones taken together."""
    i = j = k = m = -1
    for code in Indel.opcodes(*coded(a, b)):
        if code.tag != "equal":
            if i < 0:
                i, k = code.src_start, code.dest_start
            j, m = code.src_end, code.dest_end
        elif i >= 0:
            yield Change(a_start + i, a_start + j, b_start + k, b_start + m)
            i = -1
    if i >= 0:
        yield Change(a_start + i, a_start + j, b_start + k, b_start + m)


def _slid(ids: NDArray[np.int32], changes: Iterable[Change]) -> list[Change]:
    """Changes, with one that can be read a few words earlier joined to the one before it.

    Of "after the war the family", without "after the war", the longest common subsequence may as well keep the first
    "the" and lose "after" and "war the".
    """
    found: list[Change] = []
    for change in changes:
        before = found[-1] if found else None
        joined = None
        if before and before.b_start == before.b_end and change.b_start == change.b_end:
            gap, end = change.a_start - before.a_end, change.a_end
            if np.array_equal(ids[before.a_end : change.a_start], ids[end - gap : end]) and gap <= end - change.a_start:
                joined = Change(before.a_start, end - gap, before.b_start, before.b_end)
        elif before and before.a_start == before.a_end and change.a_start == change.a_end:
            gap, end = change.b_start - before.b_end, change.b_end
            if np.array_equal(ids[before.b_end : change.b_start], ids[end - gap : end]) and gap <= end - change.b_start:
                joined = Change(before.a_start, before.a_end, before.b_start, end - gap)
        if joined:
            found[-1] = joined
        else:
            found.append(change)
    return found


def _whole_number(change: Change, sides: tuple[_Side, _Side]) -> Change:
    """A change within a number, extended to all of its figures on both sides."""
    a_start, a_end, b_start, b_end = change.a_start, change.a_end, change.b_start, change.b_end
    if a_start == a_end or b_start == b_end:
        return change
    while sides[0].joins(a_start) and sides[1].joins(b_start):
        a_start, b_start = a_start - 1, b_start - 1
    while sides[0].joins(a_end) and sides[1].joins(b_end):
        a_end, b_end = a_end + 1, b_end + 1
    return Change(a_start, a_end, b_start, b_end)


def _parts(ids: NDArray[np.int32], change: Change, lexicon: Lexicon) -> Iterator[Change]:
    """A change word by word, when each word became another form of itself; else as a whole."""
    count = change.a_end - change.a_start
    if not change.moved and count == change.b_end - change.b_start > 1:
        pairs = zip(
            ids[change.a_start : change.a_end].tolist(), ids[change.b_start : change.b_end].tolist(), strict=True
        )
        if all(word_change(lexicon.words[old], lexicon.words[new]) for old, new in pairs):
            for nth in range(count):
                a, b = change.a_start + nth, change.b_start + nth
                yield Change(a, a + 1, b, b + 1)
            return
    yield change


def _named(match: int, change: Change, sides: tuple[_Side, _Side], subjects: _Subjects) -> Edit:
    a, b = sides
    old, new = a.words(change.a_start, change.a_end), b.words(change.b_start, change.b_end)
    if change.moved:
        kind = "move"
    elif old and new:
        kind = "substitution"
    else:
        kind = "deletion" if old else "insertion"
    side, start, end = (a, change.a_start, change.a_end) if old else (b, change.b_start, change.b_end)
    about = "words"
    if max(len(old), len(new)) <= LONGEST:
        about = subjects.about(old, new, side.words(start - AROUND, start), side.words(end, end + AROUND))
    return Edit(
        match,
        kind,
        about,
        change.a_start,
        change.a_end,
        change.b_start,
        change.b_end,
        a.written(change.a_start, change.a_end),
        b.written(change.b_start, change.b_end),
    )


def edited_matches(run: StoredRun) -> NDArray[np.int64]:
    """Numbers (int64) of the matches between two documents, of most bits first."""
    return matches_by_bits(run, "a <> b")


def edits_in(run: StoredRun, numbers: NDArray[np.int64]) -> list[Edit]:
    """The edits of the matches of these numbers; `Edit.match` is the place of the match among them.

    The answer to the last question is kept for the next one: a report tells edits one by one, and summed up.
    """
    last: list[tuple[bytes, list[Edit]]] = run.once("last edits", list)
    asked = numbers.tobytes()
    for known, edits in last[-1:]:
        if known == asked:
            return edits
    spans = np.asarray(run.column("match_tokens"), dtype=np.int64).reshape(-1, 4)[numbers]
    tokens = tokens_of(run)
    lexicon = Lexicon(words_of_run(run), spellings_of_run(run), tokens.vocabulary.counts)
    edits = list(edits_of(tokens, spans, lexicon, run.text))
    last[:] = [(asked, edits)]
    return edits


def edit_table(run: StoredRun, numbers: Iterable[int] | None = None) -> Columns:
    """The edits of matches, one row each; columns as in EDITS.

    Args:
        run: The run.
        numbers: Numbers of the matches; None: the 20,000 of most bits between two documents.
    """
    every = edited_matches(run)[:MOST_EDITED] if numbers is None else list(numbers)
    chosen = np.sort(np.array(every, dtype=np.int64))
    edits = edits_in(run, chosen)
    ids = dict(run.sql("SELECT match, id FROM matches"))
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
