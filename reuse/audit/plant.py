"""Plants copies: passages of documents, changed to some degree, between the sentences of other documents."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.audit.changes import Level, change
from reuse.corpus.tokens import Tokens
from reuse.errors import UsageError

_TRIES = 30  # places that are tried for a passage that overlaps no other
_WORDS = 10_000  # of the corpus, from which words to insert are drawn


@dataclass(frozen=True, slots=True)
class Copy:
    """One planted copy; spans are half-open, in code points of the texts with the copies in them.

    Attributes:
        change: Name of the degree of change.
        words: Length of the passage that was copied, in tokens.
        source: Ordinal of the document that was copied from.
        source_start: Where the passage begins in it.
        source_end: Where it ends.
        target: Ordinal of the document that holds the copy.
        start: Where the copy begins in it.
        end: Where it ends.
    """

    change: str
    words: int
    source: int
    source_start: int
    source_end: int
    target: int
    start: int
    end: int


def plant(
    texts: Sequence[str],
    tokens: Tokens,
    *,
    lengths: Sequence[int],
    levels: Mapping[str, Level],
    each: int,
    seed: int,
    groups: NDArray[np.int32] | None = None,
    synonyms: Mapping[str, Sequence[str]] | None = None,
) -> tuple[list[str], list[Copy]]:
    """Plant `each` copies of every length and degree of change.

    A passage is copied once and overlaps no other; a copy goes between two sentences of another document, never into a
    passage that is copied. Where no document has room for a length, copies of that length are left out.

    Args:
        texts: The documents' texts.
        tokens: Their tokens.
        lengths: Of passages, in tokens.
        levels: Degrees of change by name.
        each: Copies of each kind.
        seed: Of all choices.
        groups: int32 (documents,): a copy goes into a document of another group; None: into any other document.
        synonyms: What can stand for a word, by word in lower case.

    Returns:
        The texts with the copies in them, and where those are.

    Raises:
        UsageError: There are not two documents with words that are compared.
    """
    if groups is None:
        groups = np.arange(tokens.documents, dtype=np.int32)
    if len(np.unique(groups[np.diff(tokens.bounds) > 0])) < 2:
        raise UsageError(
            "an audit plants copies of one document in another: it needs two documents with words that are compared"
        )
    source = random.Random(seed)  # noqa: S311 - nothing secret is drawn
    vocabulary = _vocabulary(texts, tokens, source)
    taken: dict[int, list[tuple[int, int]]] = {}
    passages: list[tuple[str, int, int, int, int]] = []
    for words in sorted(lengths, reverse=True):  # the longest first, while there is room
        for _ in range(each):
            for name in levels:
                found = _free_passage(tokens, words, taken, source)
                if found is not None:
                    document, first, last = found
                    taken.setdefault(document, []).append((first, last))
                    span = int(tokens.starts[first]), int(tokens.ends[last - 1])
                    passages.append((name, words, document, *span))
    insertions: dict[int, list[tuple[int, int, str]]] = {}
    targets = []
    for number, (name, _, document, start, end) in enumerate(passages):
        target, at = _place(tokens, document, groups, taken, source)
        copy = change(texts[document][start:end], levels[name], vocabulary, source, synonyms or {})
        insertions.setdefault(target, []).append((at, number, copy))
        targets.append(target)
    planted, starts, ends = _insert(texts, insertions)
    copies = []
    for number, (name, words, document, start, end) in enumerate(passages):
        beyond = sum(len(copy) + 2 for at, _, copy in insertions.get(document, ()) if at <= start)
        copies.append(
            Copy(name, words, document, start + beyond, end + beyond, targets[number], starts[number], ends[number])
        )
    return planted, copies


def _free_passage(
    tokens: Tokens, words: int, taken: Mapping[int, Sequence[tuple[int, int]]], source: random.Random
) -> tuple[int, int, int] | None:
    """A run of so many tokens of one document that overlaps none taken: document, first and last + 1."""
    for _ in range(_TRIES):
        first = source.randrange(len(tokens))
        document = int(tokens.document_of(np.array([first]))[0])
        last = first + words
        free = all(last <= begin or end <= first for begin, end in taken.get(document, ()))
        if free and last <= tokens.bounds[document + 1]:
            return document, first, last
    return None


def _place(
    tokens: Tokens,
    document: int,
    groups: NDArray[np.int32],
    taken: Mapping[int, Sequence[tuple[int, int]]],
    source: random.Random,
) -> tuple[int, int]:
    """A sentence's beginning in a document of another group, outside what is copied: document, code point."""
    others = np.flatnonzero(groups != groups[document]).tolist()
    best = None
    for _ in range(_TRIES):
        target = source.choice(others)
        low, high = int(tokens.bounds[target]), int(tokens.bounds[target + 1])
        openings = low + np.flatnonzero(tokens.opens_sentence[low:high])
        if not len(openings):
            continue
        at = int(openings[source.randrange(len(openings))])
        best = target, int(tokens.starts[at])
        if not any(begin < at < end for begin, end in taken.get(target, ())):
            return best
    if best is None:
        target = next(other for other in others if tokens.bounds[other + 1] > tokens.bounds[other])
        best = target, int(tokens.starts[tokens.bounds[target]])
    return best[0], int(tokens.starts[tokens.bounds[best[0]]])  # before everything else


def _insert(
    texts: Sequence[str], insertions: Mapping[int, Sequence[tuple[int, int, str]]]
) -> tuple[list[str], dict[int, int], dict[int, int]]:
    """The texts with copies put in on lines of their own, and where each copy (by number) begins and ends."""
    planted = list(texts)
    starts, ends = {}, {}
    for document, copies in insertions.items():
        parts, length, read = [], 0, 0
        for at, number, copy in sorted(copies):
            parts += [texts[document][read:at], "\n", copy, "\n"]
            starts[number] = length + at - read + 1
            ends[number] = starts[number] + len(copy)
            length, read = ends[number] + 1, at
        planted[document] = "".join([*parts, texts[document][read:]])
    return planted, starts, ends


def _vocabulary(texts: Sequence[str], tokens: Tokens, source: random.Random) -> list[str]:
    """Words of the corpus, as often as they are to be drawn."""
    rows = np.array(sorted(source.choices(range(len(tokens)), k=_WORDS)))
    documents = tokens.document_of(rows).tolist()
    spans = zip(documents, tokens.starts[rows].tolist(), tokens.ends[rows].tolist(), strict=True)
    return [texts[document][start:end] for document, start, end in spans]
