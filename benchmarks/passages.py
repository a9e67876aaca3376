"""Passage pairs as columns: what a detector reports, and what a corpus with known reuse says is true."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.errors import BenchmarkError

Columns = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PassagePairs:
    """Pairs of half-open spans, in code points of their documents. Any detector's output fits.

    Attributes:
        documents: Names of the documents; the columns `a` and `b` count into it.
        a, a_start, a_end, b, b_start, b_end: int64 (pairs,).
    """

    documents: tuple[str, ...]
    a: Columns
    a_start: Columns
    a_end: Columns
    b: Columns
    b_start: Columns
    b_end: Columns

    def __len__(self) -> int:
        return len(self.a)

    @classmethod
    def of(cls, documents: Sequence[str], columns: Sequence[object]) -> PassagePairs:
        """Six columns (a, a_start, a_end, b, b_start, b_end) of anything that NumPy reads as whole numbers."""
        return cls(tuple(documents), *(np.asarray(column, dtype=np.int64) for column in columns))

    @classmethod
    def from_rows(cls, rows: Iterable[tuple[str, int, int, str, int, int]]) -> PassagePairs:
        """Rows of (name of a, start, end, name of b, start, end)."""
        table = list(rows)
        names = sorted({row[0] for row in table} | {row[3] for row in table})
        number = {name: index for index, name in enumerate(names)}
        flat = np.array([(number[a], s, e, number[b], t, f) for a, s, e, b, t, f in table], dtype=np.int64).reshape(
            -1, 6
        )
        return cls(tuple(names), *(np.ascontiguousarray(flat[:, column]) for column in range(6)))

    def take(self, rows: NDArray[np.integer] | NDArray[np.bool_]) -> PassagePairs:
        """The pairs at `rows` (numbers or a mask)."""
        return PassagePairs(
            self.documents,
            self.a[rows],
            self.a_start[rows],
            self.a_end[rows],
            self.b[rows],
            self.b_start[rows],
            self.b_end[rows],
        )

    def renumbered(self, documents: Sequence[str]) -> PassagePairs:
        """The same pairs counted into another list of names; pairs with a name that is not in it are left out."""
        number = {name: index for index, name in enumerate(documents)}
        new = np.array([number.get(name, -1) for name in self.documents] or [-1], dtype=np.int64)
        moved = PassagePairs(
            tuple(documents), new[self.a], self.a_start, self.a_end, new[self.b], self.b_start, self.b_end
        )
        return moved.take((moved.a >= 0) & (moved.b >= 0))

    def oriented(self) -> PassagePairs:
        """Each pair with its earlier passage, by (document, start), as `a`: the order of a pair carries no meaning."""
        swap = (self.a > self.b) | ((self.a == self.b) & (self.a_start > self.b_start))
        return PassagePairs(
            self.documents,
            np.where(swap, self.b, self.a),
            np.where(swap, self.b_start, self.a_start),
            np.where(swap, self.b_end, self.a_end),
            np.where(swap, self.a, self.b),
            np.where(swap, self.a_start, self.b_start),
            np.where(swap, self.a_end, self.b_end),
        )

    def keys(self) -> Columns:
        """int64 (pairs,): one number for each pair of documents."""
        return self.a * max(len(self.documents), 1) + self.b

    def lengths(self) -> Columns:
        """int64 (pairs,): characters of both sides together."""
        return (self.a_end - self.a_start) + (self.b_end - self.b_start)


def union_lengths(group: Columns, start: Columns, end: Columns, groups: int) -> Columns:
    """Characters covered by each group's half-open spans, overlaps counted once: one sort of the spans.

    Args:
        group: int64 (spans,): the group of each span, from 0 to groups - 1.
        start: int64 (spans,): not negative.
        end: int64 (spans,): not before the start.
        groups: Number of groups.

    Returns:
        int64 (groups,).
    """
    if not len(group):
        return np.zeros(groups, dtype=np.int64)
    order = np.lexsort((start, group))
    group, start, end = group[order], start[order], end[order]
    # Each group gets its own stretch of one long line, so that one running maximum serves all groups.
    stretch = group * (int(end.max()) + 1)
    reached = np.maximum.accumulate(end + stretch)
    before = np.concatenate((stretch[:1], np.maximum(reached[:-1], stretch[1:])))
    fresh = np.maximum(end + stretch - np.maximum(start + stretch, before), 0)
    return np.bincount(group, weights=fresh, minlength=groups).astype(np.int64)


def read_passage_pairs(path: Path) -> PassagePairs:
    """Matches as exported by any detector: JSON Lines with the columns of a passage pair, other fields ignored."""
    rows: list[tuple[str, int, int, str, int, int]] = []
    try:
        for line in path.read_text("utf-8").splitlines():
            match = json.loads(line)
            spans = [int(match[name]) for name in ("a_start", "a_end", "b_start", "b_end")]
            rows.append((str(match["a"]), spans[0], spans[1], str(match["b"]), spans[2], spans[3]))
    except OSError as error:
        raise BenchmarkError(f"{path}: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise BenchmarkError(f"{path}, line {len(rows) + 1}: not a match ({error!r})") from error
    return PassagePairs.from_rows(rows)


@dataclass(frozen=True, slots=True)
class Overlaps:
    """Which detection detects which case: one row for each, with what they share on both sides.

    A detection detects a case when it lies in the same pair of documents and overlaps it on *both* sides.

    Attributes:
        case, detection: int64 (rows,): numbers of the two.
        a_start, a_end, b_start, b_end: int64 (rows,): the shared characters.
        cases, detections: How many there are of each.
    """

    case: Columns
    detection: Columns
    a_start: Columns
    a_end: Columns
    b_start: Columns
    b_end: Columns
    cases: int
    detections: int

    def shared_of_cases(self) -> Columns:
        """int64 (cases,): characters of each case, both sides, that its detections cover."""
        return union_lengths(self.case, self.a_start, self.a_end, self.cases) + union_lengths(
            self.case, self.b_start, self.b_end, self.cases
        )

    def shared_of_detections(self) -> Columns:
        """int64 (detections,): characters of each detection, both sides, that belong to the cases it detects."""
        return union_lengths(self.detection, self.a_start, self.a_end, self.detections) + union_lengths(
            self.detection, self.b_start, self.b_end, self.detections
        )

    def detections_of_cases(self) -> Columns:
        """int64 (cases,): how many detections detect each case."""
        return np.bincount(self.case, minlength=self.cases)


def overlaps(cases: PassagePairs, detections: PassagePairs) -> Overlaps:
    """Join cases and detections on pairs of documents and keep those that overlap on both sides.

    Both must count into the same documents and be oriented the same way. Cost: a sort, and the number of
    (case, detection) in the same pair of documents, taken in slices.
    """
    keys = detections.keys()
    order = np.argsort(keys, kind="stable")
    sorted_keys = keys[order]
    case_keys = cases.keys()
    first = np.searchsorted(sorted_keys, case_keys, "left")
    count = np.searchsorted(sorted_keys, case_keys, "right") - first
    parts: list[tuple[Columns, Columns]] = []
    done = np.concatenate(([0], np.cumsum(count)))
    slice_start = 0
    while slice_start < len(cases):
        slice_end = max(int(np.searchsorted(done, done[slice_start] + 4_000_000, "right")) - 1, slice_start + 1)
        of = np.repeat(np.arange(slice_start, slice_end), count[slice_start:slice_end])
        within = np.arange(len(of)) - np.repeat(
            done[slice_start:slice_end] - done[slice_start], count[slice_start:slice_end]
        )
        found = order[first[of] + within]
        both = (
            np.maximum(cases.a_start[of], detections.a_start[found])
            < np.minimum(cases.a_end[of], detections.a_end[found])
        ) & (
            np.maximum(cases.b_start[of], detections.b_start[found])
            < np.minimum(cases.b_end[of], detections.b_end[found])
        )
        parts.append((of[both], found[both]))
        slice_start = slice_end
    case = np.concatenate([part[0] for part in parts]) if parts else np.zeros(0, dtype=np.int64)
    detection = np.concatenate([part[1] for part in parts]) if parts else np.zeros(0, dtype=np.int64)
    return Overlaps(
        case,
        detection,
        np.maximum(cases.a_start[case], detections.a_start[detection]),
        np.minimum(cases.a_end[case], detections.a_end[detection]),
        np.maximum(cases.b_start[case], detections.b_start[detection]),
        np.minimum(cases.b_end[case], detections.b_end[detection]),
        len(cases),
        len(detections),
    )
