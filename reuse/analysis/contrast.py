"""Two groups of documents, the one against the other, by their formulas."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.analysis.groups import Groups, groups_by
from reuse.analysis.keyness import keyness
from reuse.analysis.matrix import matrix_of
from reuse.analysis.stored import Columns, StoredRun, dates_of, formula_names, formulas_of, tokens_of
from reuse.analysis.telling import telling_rows
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
    groups = groups_by(run, by)
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


def pair_table(run: StoredRun, by: str, a: str, b: str, *, limit: int | None = None, min_documents: int = 1) -> Columns:
    """The formulas of two groups, the one against the other; what marks `a` stands first, what marks `b` last.

    Columns as in CONTRAST.

    Args:
        run: The run.
        by: Field to group documents by.
        a: Name of the one group.
        b: Name of the other.
        limit: So many rows from either end, formulas that only say again what better ones say passed over; None: all.
        min_documents: Fewest documents that must have a formula, of the group that it marks.

    Raises:
        UsageError: There is no such group, or `a` and `b` are the same.
    """
    groups = groups_by(run, by)
    one, other = groups.number(a, by), groups.number(b, by)
    if one == other:
        raise UsageError(f"{a!r} and {b!r} are the same group")
    sides = np.select([groups.of_document == one, groups.of_document == other], [0, 1], -1).astype(np.int64)
    formulas, tokens = formulas_of(run), tokens_of(run)
    ids, texts = formula_names(run)
    found = keyness(tokens, formulas.positions, formulas.bounds, sides)
    columns = (formulas.positions, formulas.bounds, formulas.tokens.astype(np.int64))
    kept = np.flatnonzero(np.where(found.z > 0, found.df, found.rest_df) >= min_documents)
    if limit is not None:
        kept = kept[found.z[kept] > 0]
        kept = kept[telling_rows((found.group[kept], found.formula[kept]), tokens, columns, sides, limit)]
    # A formula that both have has a row on either side: it is told by that of a.
    of_a = np.zeros(len(formulas), dtype=bool)
    of_a[found.formula[kept][found.group[kept] == 0]] = True
    kept = kept[(found.group[kept] == 0) | ~of_a[found.formula[kept]]]
    sign = np.where(found.group[kept] == 0, 1, -1)
    z = sign * found.z[kept]
    order = np.argsort(-z, kind="stable")
    kept, sign, z = kept[order], sign[order], z[order]

    def side(own: NDArray[np.generic], rest: NDArray[np.generic]) -> tuple[list[float], list[float]]:
        return np.where(sign > 0, own[kept], rest[kept]).tolist(), np.where(sign > 0, rest[kept], own[kept]).tolist()

    df_a, df_b = side(found.df, found.rest_df)
    tf_a, tf_b = side(found.tf, found.rest_tf)
    rate_a, rate_b = side(found.rate, found.rest_rate)
    which = found.formula[kept].tolist()
    return {
        "formula": [ids[formula] for formula in which],
        "text": [texts[formula] for formula in which],
        "df_a": df_a,
        "df_b": df_b,
        "tf_a": tf_a,
        "tf_b": tf_b,
        "rate_a": rate_a,
        "rate_b": rate_b,
        "log_odds": (sign * found.log_odds[kept]).tolist(),
        "z": z.tolist(),
        "dispersion": formulas.dispersion[found.formula[kept]].tolist(),
    }


CONTRAST = (
    Column("formula", "text", "id of the formula"),
    Column("text", "text", "its words"),
    Column("df_a", "integer", "documents of group a that have it", falls=True),
    Column("df_b", "integer", "documents of group b that have it", falls=True),
    Column("tf_a", "integer", "occurrences in group a", falls=True),
    Column("tf_b", "integer", "occurrences in group b", falls=True),
    Column("rate_a", "real", "occurrences per 1,000 words of group a", falls=True),
    Column("rate_b", "real", "occurrences per 1,000 words of group b", falls=True),
    Column("log_odds", "real", "logarithm of the odds ratio of a to b, shrunk by the prior", falls=True),
    Column("z", "real", "the same in standard deviations", falls=True),
    Column("dispersion", "real", "Gries' DP in the corpus: 0 spread evenly, towards 1 all in one place"),
)
