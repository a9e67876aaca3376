"""Two groups of documents, the one against the other, by their formulas or words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.analysis.association import MEASURES, PRIOR, association
from reuse.analysis.groups import Groups, groups_by
from reuse.analysis.keyness import DISPERSION, Q, keyness, significance
from reuse.analysis.matrix import matrix_of
from reuse.analysis.stored import Columns, StoredRun, cells, dates_of, tokens_of
from reuse.analysis.telling import telling_rows
from reuse.analysis.units import Kind, naming, units_of
from reuse.calendar import Dates
from reuse.columns import Column
from reuse.errors import UsageError


@dataclass(frozen=True, slots=True)
class Side:
    """One of two groups that are set against one another.

    Attributes:
        name: Its name.
        documents, words: What it holds.
        share: Share of its words in matches with the other group.
        first_date, last_date: Earliest and latest date of its documents; None: none has a date.
    """

    name: str
    documents: int
    words: int
    share: float
    first_date: str | None
    last_date: str | None


def side_facts(run: StoredRun, by: str, a: str, b: str) -> tuple[list[Side], int, int]:
    """The two groups, and how many matches and formulas they have in common.

    Args:
        run: The run.
        by: Field to group documents by.
        a: Name of the one group.
        b: Name of the other.

    Raises:
        UsageError: There is no such group.
    """
    groups = groups_by(run, by).once(run)
    numbers = groups.number(a, by), groups.number(b, by)
    sides = np.select([groups.of_document == number for number in numbers], [0, 1], -1).astype(np.int64)
    pairs = matrix_of(run, Groups([groups.names[number] for number in numbers], sides))
    pairs = pairs.take((pairs.a == 0) & (pairs.b == 1))
    shares = (pairs.share_a.sum(), pairs.share_b.sum())
    lengths = np.diff(tokens_of(run).bounds)
    dates = Dates.of(dates_of(run))
    facts = []
    for side, number in enumerate(numbers):
        inside = np.flatnonzero(sides == side)
        (first,), (last,) = dates.first_and_last(inside, np.array([0, len(inside)]))
        words = int(lengths[inside].sum())
        facts.append(Side(groups.names[number], len(inside), words, float(shares[side]), first, last))
    return facts, int(pairs.matches.sum()), int(pairs.formulas.sum())


def pair_table(
    run: StoredRun,
    by: str,
    a: str,
    b: str,
    *,
    of: Kind = "formulas",
    limit: int | None = None,
    min_documents: int = 1,
    prior: float = PRIOR,
) -> Columns:
    """The formulas or words of two groups, one against the other; what marks `a` stands first, what marks `b` last.

    Columns as `contrast_columns` has them.

    Args:
        run: The run.
        by: Field to group documents by.
        a: Name of the one group.
        b: Name of the other.
        of: What is compared.
        limit: So many rows from either end, formulas that only say again what better ones say passed over; None: all.
        min_documents: Fewest documents that must have a formula, of the group that it marks.
        prior: Weight of the prior (see `association.log_odds_ratio`).

    Raises:
        UsageError: There is no such group, or `a` and `b` are the same.
    """
    groups = groups_by(run, by)
    one, other = groups.number(a, by), groups.number(b, by)
    if one == other:
        raise UsageError(f"{a!r} and {b!r} are the same group")
    sides = np.select([groups.of_document == one, groups.of_document == other], [0, 1], -1).astype(np.int64)
    units, tokens = units_of(run, of), tokens_of(run)
    found = keyness(tokens, units.positions, units.bounds, sides, prior)
    columns = (units.positions, units.bounds, units.tokens)
    kept = np.flatnonzero(np.where(found.z > 0, found.df, found.rest_df) >= min_documents)
    if limit is not None:
        kept = kept[found.z[kept] > 0]
        kept = kept[telling_rows((found.group[kept], found.formula[kept]), tokens, columns, sides, limit)]
    # A formula that both have has a row on either side: it is told by that of a.
    of_a = np.zeros(len(units), dtype=bool)
    of_a[found.formula[kept][found.group[kept] == 0]] = True
    kept = kept[(found.group[kept] == 0) | ~of_a[found.formula[kept]]]
    sign = np.where(found.group[kept] == 0, 1, -1)
    order = np.argsort(-sign * found.z[kept], kind="stable")
    kept, sign = kept[order], sign[order]

    def side(own: NDArray[np.int64], rest: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        return np.where(sign > 0, own[kept], rest[kept]), np.where(sign > 0, rest[kept], own[kept])

    df_a, df_b = side(found.df, found.rest_df)
    tf_a, tf_b = side(found.tf, found.rest_tf)
    of_a, of_b = side(found.documents, found.rest_documents)
    words_a, words_b = side(found.words, found.rest_words)
    measures = association(tf_a, words_a, tf_b, words_b, prior)
    marked = np.where(measures.z >= 0, 0, 1)
    q = significance(tokens, units.positions, units.bounds, sides, (marked, found.formula[kept]))
    return {
        **units.columns(found.formula[kept]),
        "df_a": df_a.tolist(),
        "df_b": df_b.tolist(),
        "range_a": (df_a / np.maximum(of_a, 1)).tolist(),
        "range_b": (df_b / np.maximum(of_b, 1)).tolist(),
        "tf_a": tf_a.tolist(),
        "tf_b": tf_b.tolist(),
        "per_million_a": measures.per_million.tolist(),
        "per_million_b": measures.rest_per_million.tolist(),
        **measures.columns(),
        "q": cells(q),
        "dispersion": units.dispersion[found.formula[kept]].tolist(),
    }


def contrast_columns(of: Kind = "formulas") -> tuple[Column, ...]:
    """The columns of the table, of formulas or of words."""
    return (
        *naming(of),
        Column("df_a", "integer", "documents of group a that have it", falls=True),
        Column("df_b", "integer", "documents of group b that have it", falls=True),
        Column("range_a", "real", "the same as a share of the documents of group a", falls=True),
        Column("range_b", "real", "the same of group b", falls=True),
        Column("tf_a", "integer", "occurrences in group a", falls=True),
        Column("tf_b", "integer", "occurrences in group b", falls=True),
        Column("per_million_a", "real", "occurrences per million words of group a", falls=True),
        Column("per_million_b", "real", "occurrences per million words of group b", falls=True),
        *MEASURES,
        Q,
        DISPERSION,
    )
