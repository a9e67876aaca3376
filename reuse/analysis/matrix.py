"""Who shares with whom: document × document and group × group, and the order that shows the blocks."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from reuse.analysis.groups import Groups, groups_by
from reuse.analysis.stored import Columns, StoredRun, formulas_of, tokens_of
from reuse.arrays.ragged import bounds_of, spread
from reuse.arrays.spans import union_lengths
from reuse.columns import Column, ComputedTable

PAIR_BUDGET = 20_000_000
"""Pairs of documents that are counted for formulas in common, all formulas together; the most widespread formulas,
which nearly all documents have, are left out beyond it."""

MOST_PAIRS = 200_000
"""Where more pairs than these share a formula, only those that share a match have a row in the matrix."""

MOST_CLUSTERED = 2000
"""Most documents that are put in order by what they share; more are left in the order that they have."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Pairs of documents (or groups) that share something, a < b (or a = b); sorted by a, then b.

    Attributes:
        a, b: int64 (pairs,): the two.
        matches: int64 (pairs,): matches between them.
        words_a, words_b: int64 (pairs,): words of a, and of b, that these matches cover.
        share_a, share_b: float64 (pairs,): the same as shares of all words of a, and of b.
        formulas: int64 (pairs,): formulas that both have.
    """

    a: NDArray[np.int64]
    b: NDArray[np.int64]
    matches: NDArray[np.int64]
    words_a: NDArray[np.int64]
    words_b: NDArray[np.int64]
    share_a: NDArray[np.float64]
    share_b: NDArray[np.float64]
    formulas: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.a)

    def take(self, keep: NDArray[np.bool_]) -> Matrix:
        """Those of the pairs that are to be kept."""
        return Matrix(**{column.name: getattr(self, column.name)[keep] for column in fields(self)})


def matrix(
    words: NDArray[np.int64],
    spans: NDArray[np.int64],
    pairs: tuple[NDArray[np.int64], NDArray[np.int64]],
    presence: tuple[NDArray[np.int64], NDArray[np.int64]],
) -> Matrix:
    """Sum matches and formulas by pair.

    Args:
        words: int64 (units,): words of each document or group.
        spans: int64 (matches, 4): a_start, a_end, b_start, b_end as token positions.
        pairs: int64 (matches,) each: the unit of either passage; -1: left out.
        presence: int64 (rows,) each: formula and unit, one row for each formula that a unit has, sorted by formula.

    Cost: linear in matches; in formulas the sum of df², up to PAIR_BUDGET.
    """
    units = max(len(words), 1)
    left, right = pairs
    kept = (left >= 0) & (right >= 0)
    left, right, spans = left[kept], right[kept], spans[kept]
    swap = left > right
    spans = np.where(swap[:, None], spans[:, [2, 3, 0, 1]], spans)
    low, high = np.minimum(left, right), np.maximum(left, right)
    together, counts = _formula_pairs(*presence, units)
    keys = np.unique(np.concatenate([low * units + high, together]))
    number = np.searchsorted(keys, low * units + high)
    covered_a = union_lengths(number, spans[:, 0], spans[:, 1], len(keys))
    covered_b = union_lengths(number, spans[:, 2], spans[:, 3], len(keys))
    formulas = np.zeros(len(keys), dtype=np.int64)
    formulas[np.searchsorted(keys, together)] = counts
    a, b = keys // units, keys % units
    same = a == b
    if same.any():  # within one unit, both passages count on either side
        inside = np.concatenate([number[same[number]], number[same[number]]])
        starts = np.concatenate([spans[same[number], 0], spans[same[number], 2]])
        ends = np.concatenate([spans[same[number], 1], spans[same[number], 3]])
        both = union_lengths(inside, starts, ends, len(keys))
        covered_a, covered_b = np.where(same, both, covered_a), np.where(same, both, covered_b)
    return Matrix(
        a=a,
        b=b,
        matches=np.bincount(number, minlength=len(keys)),
        words_a=covered_a,
        words_b=covered_b,
        share_a=covered_a / np.maximum(words[a], 1),
        share_b=covered_b / np.maximum(words[b], 1),
        formulas=formulas,
    )


def _formula_pairs(
    formulas: NDArray[np.int64], owners: NDArray[np.int64], units: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of units (a · units + b, a < b) that have formulas in common, and how many."""
    if not len(formulas):
        none = np.zeros(0, dtype=np.int64)
        return none, none
    df = np.bincount(formulas)
    rising = np.sort(df)
    within = np.searchsorted(np.cumsum(rising * (rising - 1) // 2), PAIR_BUDGET, side="right")
    most = rising[within - 1] if within else 0
    kept = df[formulas] <= most
    formulas, owners = formulas[kept], owners[kept]
    ends = bounds_of(np.bincount(formulas))[1:]
    rows, nth = spread(ends[formulas] - np.arange(len(formulas)) - 1)
    return np.unique(owners[rows] * units + owners[rows + 1 + nth], return_counts=True)


def block_order(table: Matrix, units: int) -> NDArray[np.int64]:
    """Order of the units (int64, units) that brings those together that share much.

    Average linkage (Sokal & Michener 1958) on 1 - the larger of the two shares, by nearest-neighbour chains; units
    that share nothing stand at the end. More than MOST_CLUSTERED units stay in their order.
    """
    if units > MOST_CLUSTERED or not len(table):
        return np.arange(units)
    near = np.zeros((units, units))
    share = np.maximum(table.share_a, table.share_b)
    near[table.a, table.b] = near[table.b, table.a] = share
    np.fill_diagonal(near, -1.0)
    sizes = np.ones(units)
    members = [[unit] for unit in range(units)]
    alive = near.max(axis=1) > 0
    chain: list[int] = []
    while alive.sum() > 1:
        if not chain:
            chain.append(int(np.flatnonzero(alive)[0]))
        here = chain[-1]
        row = np.where(alive, near[here], -1.0)
        row[here] = -1.0
        nearest = int(row.argmax())
        if len(chain) > 1 and row[chain[-2]] >= row[nearest]:
            nearest = chain[-2]
        if len(chain) > 1 and nearest == chain[-2]:
            chain = chain[:-2]
            one, other = sorted((here, nearest))
            merged = (sizes[one] * near[one] + sizes[other] * near[other]) / (sizes[one] + sizes[other])
            near[one], near[:, one] = merged, merged
            near[one, one] = -1.0
            sizes[one] += sizes[other]
            members[one] += members[other]
            alive[other] = False
        else:
            chain.append(nearest)
    together = [unit for unit in range(units) if alive[unit]]
    placed = members[together[0]] if together else []
    apart = sorted(set(range(units)) - set(placed))
    return np.array([*placed, *apart], dtype=np.int64)


def matrix_of(
    run: StoredRun, groups: Groups, numbers: NDArray[np.int64] | None = None, *, formulas: bool = True
) -> Matrix:
    """Who shares with whom among the groups of a run.

    Args:
        run: The run.
        groups: Its documents in groups.
        numbers: Numbers of the matches that count; None: all.
        formulas: Count the formulas in common; else that column is 0, and the cost is linear in the matches.
    """
    tokens = tokens_of(run)
    spans = np.asarray(run.column("match_tokens"), dtype=np.int64).reshape(-1, 4)
    if numbers is not None:
        spans = spans[numbers]
    inside = groups.of_document >= 0
    words = np.bincount(groups.of_document[inside], np.diff(tokens.bounds)[inside], minlength=len(groups))
    sides = groups.of_document[tokens.document_of(spans[:, 0])], groups.of_document[tokens.document_of(spans[:, 2])]
    presence = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    if formulas:
        every, units = formulas_of(run), max(len(groups), 1)
        owner = groups.of_document[tokens.document_of(every.positions)]
        keys = np.unique((every.owners() * units + owner)[owner >= 0])
        presence = keys // units, keys % units
    return matrix(words.astype(np.int64), spans, sides, presence)


def matrix_table(run: StoredRun, by: str | None = None) -> Columns:
    """The matrix of a run; one row a pair of documents (or groups), columns as in MATRIX.

    Args:
        run: The run.
        by: Field to group documents by (see `reuse.fields`); None: each by itself.

    Raises:
        UsageError: No document has the field.
    """
    groups = groups_by(run, by)
    found = matrix_of(run, groups)
    if len(found) > MOST_PAIRS:
        found = found.take(found.matches > 0)
    places = np.empty(len(groups), dtype=np.int64)
    places[block_order(found, len(groups))] = np.arange(len(groups))
    return {
        "a": [groups.names[unit] for unit in found.a.tolist()],
        "b": [groups.names[unit] for unit in found.b.tolist()],
        "matches": found.matches.tolist(),
        "words_a": found.words_a.tolist(),
        "words_b": found.words_b.tolist(),
        "share_a": found.share_a.tolist(),
        "share_b": found.share_b.tolist(),
        "formulas": found.formulas.tolist(),
        "place_a": places[found.a].tolist(),
        "place_b": places[found.b].tolist(),
    }


MATRIX = ComputedTable(
    "matrix",
    "two documents that share a match or a formula (or one document with itself)",
    (
        Column("a", "text", "id of document a"),
        Column("b", "text", "id of document b"),
        Column("matches", "integer", "matches between them", falls=True),
        Column("words_a", "integer", "words of a in these matches", falls=True),
        Column("words_b", "integer", "words of b in these matches", falls=True),
        Column("share_a", "real", "the same as a share of all words of a", falls=True),
        Column("share_b", "real", "the same as a share of all words of b", falls=True),
        Column("formulas", "integer", "formulas that both have", falls=True),
        Column("place_a", "integer", "place of a in the order that shows the blocks"),
        Column("place_b", "integer", "place of b in that order"),
    ),
    matrix_table,
)
