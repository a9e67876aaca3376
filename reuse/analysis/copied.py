"""Matches between copies of one text: a pair of copies is one thing to tell, however many matches it has."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.analysis.stored import StoredRun


@dataclass(frozen=True, slots=True)
class Apart:
    """Matches, those between copies of one text apart from the others; each in the order in which they came.

    Attributes:
        rest: int64: numbers of the matches of other documents, or of one: first those that stand for themselves.
        own: How many of `rest` these are; what follows is the same once more, between other copies of the two texts.
        between: int64: numbers of the matches between copies.
        pairs: int64: those of `between` that are the first of their two documents.
    """

    rest: NDArray[np.int64]
    own: int
    between: NDArray[np.int64]
    pairs: NDArray[np.int64]


def copies_apart(run: StoredRun, numbers: NDArray[np.int64]) -> Apart:
    """The given matches, those between copies of one text apart. Cost: one sort of the matches given.

    What two texts share is matched once for each two of their copies: those two documents stand for all whose passages
    have most words, of equal ones the first by their numbers.

    Args:
        run: The run.
        numbers: int64: numbers of matches, in any order.
    """
    first = np.fromiter(
        (doc for (doc,) in run.sql("SELECT coalesce(copy_of, doc) FROM documents ORDER BY doc")), dtype=np.int64
    )
    none = np.zeros(0, dtype=np.int64)
    if not len(numbers) or (first == np.arange(len(first))).all():
        return Apart(numbers, len(numbers), none, none)
    spans = np.asarray(run.column("match_tokens"), dtype=np.int64).reshape(-1, 4)[numbers]
    a, b = run.tokens.document_of(spans[:, 0]), run.tokens.document_of(spans[:, 2])
    copied = (a != b) & (first[a] == first[b])
    between = numbers[copied]
    _, opens = np.unique(a[copied] * len(first) + b[copied], return_index=True)
    words = (spans[:, 1] - spans[:, 0]) + (spans[:, 3] - spans[:, 2])
    own = _stand_for_all(first, a[~copied], b[~copied], words[~copied])
    rest = numbers[~copied]
    return Apart(np.concatenate([rest[own], rest[~own]]), int(own.sum()), between, between[np.sort(opens)])


def _stand_for_all(
    first: NDArray[np.int64], a: NDArray[np.int64], b: NDArray[np.int64], words: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Which matches (bool) are of the two documents that stand for all copies of their two texts.

    Args:
        first: For each document the first that has its text.
        a: Documents of one side of the matches.
        b: Those of the other.
        words: Words of their passages.
    """
    pairs, pair = np.unique(a * len(first) + b, return_inverse=True)
    left, right = pairs // len(first), pairs % len(first)
    texts = np.stack([np.minimum(first[left], first[right]), np.maximum(first[left], first[right])])
    _, group = np.unique(texts, axis=1, return_inverse=True)
    best = np.lexsort((pairs, -np.bincount(pair, words, minlength=len(pairs)), group))
    chosen = np.zeros(len(pairs), dtype=bool)
    chosen[best[np.diff(group[best], prepend=-1) != 0]] = True
    return chosen[pair]
