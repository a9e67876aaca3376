"""The same change summed over all matches: "healthy" → "vibrant" is one row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reuse.analysis.edits import MOST_EDITED, Edit, edited_matches, edits_in
from reuse.analysis.groups import Groups, groups_by
from reuse.analysis.stored import Columns, StoredRun, dates_of, tokens_of
from reuse.calendar import Dates
from reuse.columns import Column, ComputedTable

_TURNED = {"insertion": "deletion", "deletion": "insertion"}


class _Change(NamedTuple):
    """What makes two edits the same change."""

    group: str
    kind: str
    about: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class _Reading:
    """How the edits of each match are read.

    Attributes:
        a, b: int64 (matches,): documents on either side.
        order: int8 (matches,): 1 where edits are read from b to a, -1 from a to b, 0 where neither comes first.
        dates: The dates of all documents.
        sequence: int8 (matches,): which document is earlier, as `Dates.order`.
    """

    a: NDArray[np.int64]
    b: NDArray[np.int64]
    order: NDArray[np.int8]
    dates: Dates
    sequence: NDArray[np.int8]

    @classmethod
    def of(cls, run: StoredRun, numbers: NDArray[np.int64], first: NDArray[np.bool_] | None) -> _Reading:
        """From the earlier document to the later one; with `first` (bool, documents), from those to the others."""
        spans = np.asarray(run.column("match_tokens"), dtype=np.int64).reshape(-1, 4)[numbers]
        a, b = tokens_of(run).document_of(spans[:, 0]), tokens_of(run).document_of(spans[:, 2])
        dates = Dates.of(dates_of(run))
        sequence = dates.order(a, b)
        order = sequence if first is None else np.where(first[a], -1, 1).astype(np.int8)
        return cls(a, b, order, dates, sequence)

    def change(self, edit: Edit, groups: Groups | None) -> _Change | None:
        """The change that an edit is; None: the document that it leads to belongs to no group."""
        old, new = _plain(edit.a), _plain(edit.b)
        order = self.order[edit.match]
        # Where neither document comes first, their names must not decide: a change and its reverse are one.
        swap = order > 0 or (order == 0 and new < old)
        target = (self.a if swap else self.b)[edit.match]
        group = int(groups.of_document[target]) if groups else 0
        if group < 0:
            return None
        kind = _TURNED.get(edit.kind, edit.kind) if swap else edit.kind
        before, after = (new, old) if swap else (old, new)
        return _Change(groups.names[group] if groups else "", kind, edit.about, before, after)


def matches_between(run: StoredRun, groups: Groups, a: int, b: int | None) -> NDArray[np.int64]:
    """Numbers (int64) of the matches between group a and group b (None: all other groups), of most bits first."""
    numbers = edited_matches(run)
    spans = np.asarray(run.column("match_tokens"), dtype=np.int64).reshape(-1, 4)[numbers]
    left, right = (groups.of_document[tokens_of(run).document_of(spans[:, side])] for side in (0, 2))
    other = np.where(left == a, right, left)
    one = (left == a) ^ (right == a)
    chosen: NDArray[np.int64] = numbers[one & (other == b if b is not None else other >= 0)]
    return chosen


def change_table(
    run: StoredRun,
    numbers: Iterable[int] | None = None,
    *,
    by: str | None = None,
    between: tuple[str, str | None] | None = None,
) -> Columns:
    """The changes in matches summed up, most frequent first; columns as in CHANGES.

    A change is read from the earlier document to the later one where the dates say which is which; else a change and
    its reverse count as one, and what comes first in the alphabet stands first. With `between` it is read from the
    first group to the second.

    Args:
        run: The run.
        numbers: Numbers of the matches; None: the MOST_EDITED of most bits between two documents.
        by: Field to sum by as well, in a column `group`: that of the document that the change leads to.
        between: Two groups of that field: only matches between them count, and there is no column `group`; the second
            may be None, all other groups.

    Raises:
        UsageError: There is no such group.
    """
    groups = groups_by(run, by) if by else None
    first = None
    if groups and between:
        one = groups.number(between[0], str(by))
        other = None if between[1] is None else groups.number(between[1], str(by))
        first = groups.of_document == one
        if numbers is None:
            numbers = matches_between(run, groups, one, other)[:MOST_EDITED]
    if numbers is None:
        numbers = edited_matches(run)[:MOST_EDITED]
    chosen = np.sort(np.array(list(numbers), dtype=np.int64))
    reading = _Reading.of(run, chosen, first)
    return _summed(edits_in(run, chosen), reading, None if between else groups)


def _summed(edits: Iterable[Edit], reading: _Reading, groups: Groups | None) -> Columns:
    counts: Counter[_Change] = Counter()
    pairs: dict[_Change, set[tuple[int, int]]] = {}
    later: dict[_Change, list[int]] = {}
    for edit in edits:
        change = reading.change(edit, groups)
        if change is None:
            continue
        counts[change] += 1
        pairs.setdefault(change, set()).add((int(reading.a[edit.match]), int(reading.b[edit.match])))
        dated = later.setdefault(change, [])
        if sequence := reading.sequence[edit.match]:
            last = (reading.a if sequence > 0 else reading.b)[edit.match]
            dated.append(int(reading.dates.ranks[last]))
    order = sorted(counts, key=lambda change: (-counts[change], change))
    named = reading.dates.distinct
    table: Columns = {"group": [change.group for change in order]} if groups else {}
    return table | {
        "kind": [change.kind for change in order],
        "about": [change.about for change in order],
        "before": [change.before for change in order],
        "after": [change.after for change in order],
        "count": [counts[change] for change in order],
        "dated": [len(later[change]) for change in order],
        "pairs": [len(pairs[change]) for change in order],
        "first_date": [named[min(later[change])] if later[change] else None for change in order],
        "last_date": [named[max(later[change])] if later[change] else None for change in order],
    }


def _plain(text: str) -> str:
    return text.strip(' \t.,;:!?()[]*_"“”').casefold()


CHANGES = ComputedTable(
    "changes",
    "the same change in all matches between documents",
    (
        Column("kind", "text", "substitution, insertion, deletion or move"),
        Column("about", "text", "number, date, title, name, spelling, inflection or words"),
        Column("before", "text", "words of the earlier document; where dates do not say, the first in the alphabet"),
        Column("after", "text", "words of the later document"),
        Column("count", "integer", "how often", falls=True),
        Column("dated", "integer", "how often the dates say which document is the earlier one", falls=True),
        Column("pairs", "integer", "pairs of documents", falls=True),
        Column("first_date", "text", "earliest date of a later document that has it"),
        Column("last_date", "text", "latest such date"),
    ),
    change_table,
)
