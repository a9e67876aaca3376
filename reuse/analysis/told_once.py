"""Passages that are told once: of all matches of one stretch of a text the best, and how many documents more have it.

```
text      ──────────────────────────────────────
matches       ▓▓▓▓▓▓▓▓▓▓▓  with a: told                   the opening of a series stands in each of its numbers;
              ▓▓▓▓▓▓▓▓▓    with b: a, and 1 document      who asks what a text draws on wants to read it once
                    ▓▓▓▓▓▓▓▓▓▓▓▓▓▓  with c: told
```
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.analysis.stored import StoredRun
from reuse.arrays.ragged import bounds_of
from reuse.arrays.spans import NO_STRETCHES, Union

SEEN_SHARE = 0.5
"""Share of a passage that stands in passages told before; where it is as much, the passage says what was told."""


@dataclass(frozen=True, slots=True)
class Told:
    """Passages that are told.

    Attributes:
        matches: int64 (passages,): row of the match that tells each, the best first.
        elsewhere: int64 (passages,): further documents that have the passage or a part of it.
    """

    matches: NDArray[np.int64]
    elsewhere: NDArray[np.int64]


def told_once(run: StoredRun, rows: NDArray[np.int64], texts: NDArray[np.bool_]) -> Told:
    """Of matches, those that tell each stretch of some texts once.

    Args:
        run: The run.
        rows: int64: rows of matches, the best first, each with one of the texts.
        texts: bool (documents,): the texts; of a match of two, the stretch is that of b.
    """
    spans = np.asarray(run.column("match_tokens"))[rows]
    own = np.where(texts[run.tokens.document_of(spans[:, 2])], 2, 0)
    at = np.arange(len(rows))
    others = run.tokens.document_of(spans[at, 2 - own])
    best, of_each = first_of_stretches(spans[at, own], spans[at, own + 1])
    pairs = np.unique(of_each * len(texts) + others)  # a document may have a stretch at several places
    return Told(rows[best], np.bincount(pairs // len(texts), minlength=len(best)) - 1)


def first_of_stretches(start: NDArray[np.int64], end: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Spans that stand for others: one is told if most of it lies in none that was told before it.

    Args:
        start: int64 (spans,): where each begins, in the order in which they are told.
        end: int64 (spans,): where each ends; none is empty.

    Returns:
        The spans that are told (int64, ascending), and of each span the one of them (int64, its place among these) that
        has most of its words, the earliest of several: of one that is told, itself.
    """
    cuts, edges = np.unique(np.concatenate((start, end)), return_inverse=True)
    sizes = np.diff(cuts)
    teller = np.full(len(sizes), -1, dtype=np.int64)  # of each piece between two cuts who told it
    told: list[int] = []
    of_each = np.zeros(len(start), dtype=np.int64)
    for span, (low, high) in enumerate(edges.reshape(2, -1).T.tolist()):
        before, words = teller[low:high], sizes[low:high]
        known = before >= 0
        if words[known].sum() <= SEEN_SHARE * words.sum():
            before[~known] = of_each[span] = len(told)
            told.append(span)
        else:
            by, number = np.unique(before[known], return_inverse=True)
            of_each[span] = by[np.bincount(number, words[known]).argmax()]
    return np.array(told, dtype=np.int64), of_each


def told_first(run: StoredRun, numbers: Iterable[int], most: int) -> list[int]:
    """Of matches, so many: first those that say what no better one says, then the others.

    A text that many documents have in forms of their own is several clusters, and each has a best match. So a match
    comes behind if half of one of its passages stands in passages of clusters that were told before it, or half of a
    passage of such a match in it.

    Args:
        run: The run.
        numbers: Numbers of matches, the best first; as many are read as are needed.
        most: How many are wanted.

    Cost: a query for each match that is read, and a sort of the passages of the clusters told for each that is told.
    """
    seen = _Seen.of(run)
    told: list[int] = []
    again: list[int] = []
    for number in numbers:
        if len(told) == most:
            break
        (told if seen.tell(number) else again).append(number)
    return (told + again)[:most]


@dataclass(slots=True)
class _Seen:
    """What was told of all texts, these laid end to end.

    Attributes:
        run: The run.
        bounds: int64 (documents + 1,): where the text of each begins, in code points.
        passages: What those of the clusters told cover.
        spans: int64 (2 * matches told, 2): the own passages of the matches told.
    """

    run: StoredRun
    bounds: NDArray[np.int64]
    passages: Union
    spans: NDArray[np.int64]

    @classmethod
    def of(cls, run: StoredRun) -> _Seen:
        """Nothing yet."""
        sizes = np.fromiter((size for (size,) in run.sql("SELECT characters FROM documents ORDER BY doc")), np.int64)
        return cls(run, bounds_of(sizes), Union.of(*NO_STRETCHES.T), NO_STRETCHES)

    def tell(self, number: int) -> bool:
        """Whether a match says what was not told before; if so, it is told."""
        ((cluster, *places),) = self.run.sql(
            "SELECT cluster, a, a_start, a_end, b, b_start, b_end FROM matches WHERE match = ?", (number,)
        )
        own = self._laid(np.array(places, dtype=np.int64).reshape(2, 3))
        known = self.passages.within(*own.T)
        both = np.minimum(own[:, None, 1], self.spans[:, 1]) - np.maximum(own[:, None, 0], self.spans[:, 0])
        if (known >= SEEN_SHARE * np.diff(own)[:, 0]).any() or (both >= SEEN_SHARE * np.diff(self.spans).T).any():
            return False
        rows = self.run.sql("SELECT doc, start, end FROM passages WHERE cluster = ?", (cluster,))
        further = self._laid(np.array(list(rows), dtype=np.int64).reshape(-1, 3))
        self.passages = Union.of(*np.concatenate((self.passages.stretches(), further)).T)
        self.spans = np.concatenate((self.spans, own))
        return True

    def _laid(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """Spans (int64, two columns) of places: document, and where they begin and end in it."""
        return places[:, 1:] + self.bounds[places[:, 0], None]
