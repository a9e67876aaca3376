"""Matches between copies of one text: a pair of copies is one thing to tell, however many matches it has."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.analysis.stored import StoredRun


@dataclass(frozen=True, slots=True)
class Apart:
    """Matches, those between copies of one text apart from the others; both in the order in which they came.

    Attributes:
        rest: int64: numbers of the matches of other documents, or of one.
        between: int64: numbers of the matches between copies.
        pairs: int64: those of `between` that are the first of their two documents.
    """

    rest: NDArray[np.int64]
    between: NDArray[np.int64]
    pairs: NDArray[np.int64]


def copies_apart(run: StoredRun, numbers: NDArray[np.int64]) -> Apart:
    """The given matches, those between copies of one text apart. Cost: linear in the matches given.

    Args:
        run: The run.
        numbers: int64: numbers of matches, in any order.
    """
    first = np.fromiter(
        (doc for (doc,) in run.sql("SELECT coalesce(copy_of, doc) FROM documents ORDER BY doc")), dtype=np.int64
    )
    none = np.zeros(0, dtype=np.int64)
    if not len(numbers) or (first == np.arange(len(first))).all():
        return Apart(numbers, none, none)
    spans = np.asarray(run.column("match_tokens"), dtype=np.int64).reshape(-1, 4)[numbers]
    a, b = run.tokens.document_of(spans[:, 0]), run.tokens.document_of(spans[:, 2])
    copied = (a != b) & (first[a] == first[b])
    between = numbers[copied]
    _, opens = np.unique(a[copied] * len(first) + b[copied], return_index=True)
    return Apart(numbers[~copied], between, between[np.sort(opens)])
