"""Keyness of a stored run as tables: groups against the rest, one group against another, a run against a reference."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reuse.analysis.groups import StoredRun, groups_by
from reuse.analysis.keyness import keyness, log_odds_ratio, telling_rows
from reuse.analysis.reference import occurrences_elsewhere
from reuse.analysis.stored import formula_names, formulas_of, tokens_of
from reuse.analysis.tables import Columns
from reuse.arrays.ragged import spread
from reuse.errors import UsageError


def keyness_table(run: StoredRun, by: str, *, limit: int | None = 100, min_documents: int = 1) -> Columns:
    """Which formulas mark each group against the rest; one row a group and formula, highest z first.

    Args:
        run: The run.
        by: Field to group documents by (see `reuse.fields`); documents without a value are left out altogether.
        limit: Most rows a group; formulas that only say again what better ones say are passed over (see
            `keyness.telling_rows`). None: all formulas of the group, these too.
        min_documents: Fewest documents of the group that must have a formula: z counts occurrences, and one document
            that says a thing fifty times would mark its whole group.

    Raises:
        UsageError: No document has the field, or all have the same value of it.
    """
    groups = groups_by(run, by)
    if len(groups) < 2:
        raise UsageError(f"all documents have the same {by} ({groups.names[0]}); keyness needs two groups or more")
    formulas, tokens = formulas_of(run), tokens_of(run)
    ids, texts = formula_names(run)
    found = keyness(tokens, formulas.positions, formulas.bounds, groups.of_document)
    rows = np.flatnonzero(found.df >= min_documents)
    if limit is not None:
        columns = (formulas.positions, formulas.bounds, formulas.tokens.astype(np.int64))
        ranked = found.group[rows], found.formula[rows]
        rows = rows[telling_rows(ranked, tokens, columns, groups.of_document, limit)]
    which = found.formula[rows].tolist()
    return {
        "group": [groups.names[group] for group in found.group[rows].tolist()],
        "formula": [ids[formula] for formula in which],
        "text": [texts[formula] for formula in which],
        "df": found.df[rows].tolist(),
        "tf": found.tf[rows].tolist(),
        "rate": found.rate[rows].tolist(),
        "rest_df": found.rest_df[rows].tolist(),
        "rest_tf": found.rest_tf[rows].tolist(),
        "rest_rate": found.rest_rate[rows].tolist(),
        "log_odds": found.log_odds[rows].tolist(),
        "z": found.z[rows].tolist(),
        "dispersion": formulas.dispersion[found.formula[rows]].tolist(),
    }


def pair_table(run: StoredRun, by: str, a: str, b: str, *, limit: int | None = None, min_documents: int = 1) -> Columns:
    """The formulas of two groups, the one against the other; what marks `a` stands first, what marks `b` last.

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


def reference_table(run: StoredRun, reference: StoredRun, *, limit: int | None = 1000) -> Columns:
    """Formulas of a run against a reference corpus (another run); highest z first: what is formulaic here only.

    Args:
        run: The run.
        reference: The run of the reference corpus.
        limit: Most rows; formulas that only say again what better ones say are passed over. None: all.
    """
    formulas = formulas_of(run)
    ids, texts = formula_names(run)
    rows, within = spread(formulas.tokens)
    hashes = tokens_of(run).vocabulary.hashes[tokens_of(run).ids[formulas.first()[rows] + within]]
    elsewhere = occurrences_elsewhere(hashes, formulas.tokens.astype(np.int64), tokens_of(reference))
    here, there = len(tokens_of(run)), len(tokens_of(reference))
    odds, z = log_odds_ratio(formulas.tf, here, elsewhere, there)
    order = np.argsort(-z, kind="stable")
    if limit is not None and len(order):
        columns = (formulas.positions, formulas.bounds, formulas.tokens.astype(np.int64))
        together = np.zeros(len(run.document_ids), dtype=np.int64)
        order = order[telling_rows((np.zeros_like(order), order), tokens_of(run), columns, together, limit)]
    return {
        "formula": [ids[row] for row in order.tolist()],
        "text": [texts[row] for row in order.tolist()],
        "df": formulas.df[order].tolist(),
        "tf": formulas.tf[order].tolist(),
        "rate": (1000 * formulas.tf[order] / max(here, 1)).tolist(),
        "rest_tf": elsewhere[order].tolist(),
        "rest_rate": (1000 * elsewhere[order] / max(there, 1)).tolist(),
        "log_odds": odds[order].tolist(),
        "z": z[order].tolist(),
        "dispersion": formulas.dispersion[order].tolist(),
    }
