"""Versions of one story in the order of their dates, and what changed from each to the next.

A wire story is sent, corrected, sent again: two documents are versions of one story if at least half of the words of
the longer one agree with the other's, and one keeps what is the other's own (see `descent`): a form that is filled in
anew, for another event, is none. So are those that such pairs link. Each is set against the earlier one that it has
most in common with. What changed is told names and numbers first; "the" for "a" comes last.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reuse.analysis.descent import made_from
from reuse.analysis.edits import Edit, edits_in
from reuse.analysis.english import FUNCTION
from reuse.analysis.stored import Columns, StoredRun, dates_of, tokens_of
from reuse.arrays.components import connected_components
from reuse.calendar import Dates
from reuse.columns import Column, ComputedTable

HALF = 0.5
"""Least part of the longer document's words that agree with the other's, of two versions of one story."""

MOST_TOLD = 100
"""Changes of a version that are told one by one; all are counted."""

TOLD_FIRST = ("number", "name", "date", "title", "words", "spelling", "inflection")
"""What a change is about, what matters most to a reader first."""


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Two documents each, as far as they are versions of one story.

    Attributes:
        a, b: int64 (pairs,): the documents.
        shared: int64 (pairs,): words that agree.
        similarity: float64 (pairs,): the same as a share of the longer document.
        of_match: int64 (matches,): pair of each match; -1: of none.
    """

    a: NDArray[np.int64]
    b: NDArray[np.int64]
    shared: NDArray[np.int64]
    similarity: NDArray[np.float64]
    of_match: NDArray[np.int64]


def changed_stories(run: StoredRun) -> list[str]:
    """Of each story that changes from version to version the id of the earliest one, those that change least first."""
    pairs, ids = _pairs(run), run.document_ids
    dates = Dates.of(dates_of(run))
    rows, heads = _in_order(connected_components(len(ids), pairs.a, pairs.b), dates, ids)
    before = _before(pairs, dates, ids)
    changed: dict[int, list[float]] = {}
    for doc, head in zip(rows, heads, strict=True):
        if doc in before and pairs.similarity[before[doc]] < 1:
            changed.setdefault(head, []).append(1 - float(pairs.similarity[before[doc]]))
    return [ids[head] for head in sorted(changed, key=lambda head: sum(changed[head]) / len(changed[head]))]


def version_table(run: StoredRun, documents: Collection[str] | None = None, told: int | None = None) -> Columns:
    """Versions, story by story, those of the earliest story first; columns as in VERSIONS.

    Args:
        run: The run.
        documents: Only the stories of the documents of these ids; None: all.
        told: How many versions of each have their changes told, the first ones; None: all.

    Cost: one sort of the matches, and the edits of one pair of documents a version.
    """
    pairs = _pairs(run)
    ids = run.document_ids
    dates = Dates.of(dates_of(run))
    rows, heads = _in_order(connected_components(len(ids), pairs.a, pairs.b), dates, ids)
    before = _before(pairs, dates, ids)
    if documents is not None:
        chosen = {head for doc, head in zip(rows, heads, strict=True) if ids[doc] in documents}
        rows, heads = _only(chosen, rows, heads)
    before = {doc: before[doc] for doc in rows if doc in before}
    numbers = _numbered(heads)
    named = {doc for doc, number in zip(rows, numbers, strict=True) if told is None or number <= told}
    changes = _changes(run, pairs, {doc: pair for doc, pair in before.items() if doc in named})
    guesses = [bool(guess) for (guess,) in run.sql("SELECT date_guessed FROM documents ORDER BY doc")]
    found = [before.get(doc, -1) for doc in rows]

    def against(values: Sequence[Any]) -> list[Any]:
        """Values where there is a version before."""
        return [None if pair < 0 else value for pair, value in zip(found, values, strict=True)]

    return {
        "story": [ids[head] for head in heads],
        "version": numbers,
        "document": [ids[doc] for doc in rows],
        "date": [dates.distinct[dates.ranks[doc]] if dates.ranks[doc] >= 0 else None for doc in rows],
        "date_guessed": [guesses[doc] for doc in rows],
        "previous": against(
            [ids[_other(pairs, pair, doc)] if pair >= 0 else "" for doc, pair in zip(rows, found, strict=True)]
        ),
        "shared": against([int(pairs.shared[pair]) if pair >= 0 else 0 for pair in found]),
        "similarity": against([round(float(pairs.similarity[pair]), 6) if pair >= 0 else 0.0 for pair in found]),
        "changes": against([len(changes.get(doc, [])) if doc in named else None for doc in rows]),
        "changed": [json.dumps(changes.get(doc, [])[:MOST_TOLD], ensure_ascii=False) for doc in rows],
    }


def _in_order(story: NDArray[np.int64], dates: Dates, ids: Sequence[str]) -> tuple[list[int], list[int]]:
    """The documents of stories of two and more, story by story and by date, and the first of the story of each."""
    members = np.flatnonzero(np.bincount(story, minlength=len(story))[story] > 1)
    rank = np.where(dates.ranks < 0, len(dates.distinct), dates.ranks)
    in_time = sorted(members.tolist(), key=lambda doc: (int(rank[doc]), ids[doc]))
    head: dict[int, int] = {}
    for doc in in_time:
        head.setdefault(int(story[doc]), doc)
    place = {first: at for at, first in enumerate(head)}
    rows = sorted(in_time, key=lambda doc: place[int(story[doc])])
    return rows, [head[int(story[doc])] for doc in rows]


def _only(chosen: set[int], rows: list[int], heads: list[int]) -> tuple[list[int], list[int]]:
    """Of documents and the first ones of their stories those of some stories."""
    kept = [(doc, head) for doc, head in zip(rows, heads, strict=True) if head in chosen]
    return [doc for doc, _ in kept], [head for _, head in kept]


def _numbered(stories: list[int]) -> list[int]:
    """Place of each row in its story, from 1."""
    seen: dict[int, int] = {}
    numbers = []
    for story in stories:
        seen[story] = seen.get(story, 0) + 1
        numbers.append(seen[story])
    return numbers


def _pairs(run: StoredRun) -> _Pairs:
    """The pairs of documents that are versions of one story."""
    spans = np.asarray(run.column("match_tokens"), dtype=np.int64).reshape(-1, 4)
    a, b = tokens_of(run).document_of(spans[:, 0]), tokens_of(run).document_of(spans[:, 2])
    found = run.sql("SELECT matched_tokens FROM matches ORDER BY match")
    matched = np.fromiter((words for (words,) in found), dtype=np.int64)
    length = np.diff(np.asarray(run.tokens.bounds))
    keys, pair = np.unique(np.where(a == b, -1, a * np.int64(len(length)) + b), return_inverse=True)
    left, right = keys // max(len(length), 1), keys % max(len(length), 1)
    longer = np.maximum(length[left], length[right]) if len(keys) else keys
    shared = np.minimum(np.bincount(pair, matched, minlength=len(keys)).astype(np.int64), longer)
    similarity = shared / np.maximum(longer, 1)
    kept = (keys >= 0) & (similarity >= HALF)
    alike = np.flatnonzero(kept)
    group = connected_components(len(length), left[alike], right[alike])
    kept[alike] = made_from(tokens_of(run), left[alike], right[alike], group)
    number = np.where(kept, np.cumsum(kept) - 1, -1)
    return _Pairs(left[kept], right[kept], shared[kept], similarity[kept], number[pair])


def _before(pairs: _Pairs, dates: Dates, ids: Sequence[str]) -> dict[int, int]:
    """For each document the pair of it and the version before: of earlier ones the nearest in words, then in time."""
    order = dates.order(pairs.a, pairs.b)
    dated = np.flatnonzero(order)
    later = np.where(order > 0, pairs.a, pairs.b)[dated]
    earlier = np.where(order > 0, pairs.b, pairs.a)[dated]
    by_id = np.empty(len(ids), dtype=np.int64)
    by_id[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
    best = np.lexsort((by_id[earlier], -dates.ranks[earlier], -pairs.shared[dated], later))
    opens = np.diff(later[best], prepend=-1) != 0
    return dict(zip(later[best[opens]].tolist(), dated[best[opens]].tolist(), strict=True))


def _other(pairs: _Pairs, pair: int, document: int) -> int:
    return int(pairs.b[pair] if pairs.a[pair] == document else pairs.a[pair])


def _changes(run: StoredRun, pairs: _Pairs, before: dict[int, int]) -> dict[int, list[dict[str, Any]]]:
    """What changed in each version against the one before, what matters most first."""
    version_of = {pair: doc for doc, pair in before.items()}
    numbers = np.flatnonzero(np.isin(pairs.of_match, list(version_of)))
    ranked: dict[int, list[tuple[tuple[int, int], Edit]]] = {}
    for edit in edits_in(run, numbers):
        document = version_of[int(pairs.of_match[numbers[edit.match]])]
        ranked.setdefault(document, []).append((_weight(edit), edit))
    found = {}
    for document, edits in ranked.items():
        turned = int(pairs.a[before[document]]) == document  # the version before is b
        edits.sort(key=lambda one: one[0])  # those of one weight stay in the order of the text
        found[document] = [_told(edit, turned=turned) for _, edit in edits]
    return found


def _weight(edit: Edit) -> tuple[int, int]:
    """Function words last, then by what a change is about; a move says less than a change of words."""
    words = f"{edit.a} {edit.b}".casefold().split()
    content = any(word.strip(".,;:!?()[]\"'“”‘’") not in FUNCTION for word in words)
    return (0 if content else 1, TOLD_FIRST.index(edit.about) + len(TOLD_FIRST) * (edit.kind == "move"))


def _told(edit: Edit, *, turned: bool) -> dict[str, str]:
    old, new = (edit.b, edit.a) if turned else (edit.a, edit.b)
    return {"about": "move" if edit.kind == "move" else edit.about, "before": old, "after": new}


VERSIONS = ComputedTable(
    "versions",
    "one version of a story: a document of which at least half agrees with another, what is the other's own included",
    (
        Column("story", "text", "the story that it is a version of: id of the earliest one"),
        Column("version", "integer", "its place among the versions of the story, by date; undated ones last"),
        Column("document", "text", "id of the document"),
        Column("date", "text", "its date"),
        Column("date_guessed", "boolean", "a dateline, a header, the file's name or folders, or the address gave it"),
        Column(
            "previous",
            "text",
            "id of the version that it is set against: of those surely earlier the one that it shares most with",
        ),
        Column("shared", "integer", "words that agree with that one", falls=True),
        Column("similarity", "real", "the same as a share of the longer of the two, 0 to 1", falls=True),
        Column("changes", "integer", "changes between the two", falls=True),
        Column(
            "changed",
            "json",
            f"the first {MOST_TOLD} of them: what each is about, before and after; numbers and names first, words such "
            "as the and a last",
        ),
    ),
    version_table,
)
