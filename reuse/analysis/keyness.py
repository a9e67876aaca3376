"""Keyness: which formulas or words mark one group of documents against the others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.analysis.association import MEASURES, PRIOR, Association, association
from reuse.analysis.groups import groups_by
from reuse.analysis.permutation import ALL_WORK, WORK, Counts, q_values
from reuse.analysis.stored import Columns, StoredRun, cells, tokens_of
from reuse.analysis.telling import telling_rows
from reuse.analysis.units import Kind, naming, units_of
from reuse.arrays.keys import differs
from reuse.columns import Column
from reuse.corpus.tokens import Tokens
from reuse.errors import UsageError


@dataclass(frozen=True, slots=True)
class Keyness:
    """Formulas that occur in a group, compared with the rest; sorted by group, then by z, falling.

    Attributes:
        group: int64 (rows,): the group.
        formula: int64 (rows,): the formula.
        df, tf: int64 (rows,): documents of the group that have it; occurrences in the group.
        rest_df, rest_tf: int64 (rows,): the same of all other documents that belong to a group.
        documents, rest_documents: int64 (rows,): documents of the group, and of the rest.
        words, rest_words: int64 (rows,): their words.
        z: float64 (rows,): z of the log-odds ratio.
    """

    group: NDArray[np.int64]
    formula: NDArray[np.int64]
    df: NDArray[np.int64]
    tf: NDArray[np.int64]
    rest_df: NDArray[np.int64]
    rest_tf: NDArray[np.int64]
    documents: NDArray[np.int64]
    rest_documents: NDArray[np.int64]
    words: NDArray[np.int64]
    rest_words: NDArray[np.int64]
    z: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.group)

    def measures(self, rows: NDArray[np.int64], prior: float = PRIOR) -> Association:
        """All measures of some of the rows."""
        return association(self.tf[rows], self.words[rows], self.rest_tf[rows], self.rest_words[rows], prior)


def keyness(
    tokens: Tokens,
    positions: NDArray[np.int64],
    bounds: NDArray[np.int64],
    groups: NDArray[np.int64],
    prior: float = PRIOR,
) -> Keyness:
    """Compare each group of documents with the rest by the formulas (or words) in it.

    Args:
        tokens: The corpus.
        positions: int64 (occurrences,): tokens where formulas begin, ascending within a formula.
        bounds: int64 (formulas + 1,): formula f owns the rows bounds[f] to bounds[f + 1].
        groups: int64 (documents,): group of each document, from 0; documents of group -1 are left out.
        prior: Weight of the prior (see `association.log_odds_ratio`).

    Returns:
        One row for each formula and group that has it. Cost: one sort of the occurrences.
    """
    count = int(groups.max(initial=-1)) + 1
    sizes = np.bincount(groups[groups >= 0], minlength=count)
    words = np.bincount(groups[groups >= 0], np.diff(tokens.bounds)[groups >= 0], minlength=count).astype(np.int64)
    documents = tokens.document_of_each()[positions].astype(np.int64)
    formulas = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
    inside = groups[documents] >= 0
    documents, formulas = documents[inside], formulas[inside]
    pair = formulas * max(count, 1) + groups[documents]
    # Occurrences of a formula stand in the order of the text, so a document's stand together.
    new_document = differs(documents, formulas)
    order = np.argsort(pair, kind="stable")
    begins = np.flatnonzero(differs(pair[order]))
    keys = pair[order][begins]
    tf = np.diff(np.append(begins, len(pair)))
    df = np.add.reduceat(new_document[order], begins, dtype=np.int64) if len(begins) else tf
    formula, group = keys // max(count, 1), keys % max(count, 1)
    rest_tf = np.bincount(formulas, minlength=len(bounds) - 1)[formula] - tf
    rest_df = np.bincount(formulas[new_document], minlength=len(bounds) - 1)[formula] - df
    z = association(tf, words[group], rest_tf, (words.sum() - words)[group], prior).z
    by = np.lexsort((formula, -z, group))
    group = group[by]
    return Keyness(
        group=group,
        formula=formula[by],
        df=df[by],
        tf=tf[by],
        rest_df=rest_df[by],
        rest_tf=rest_tf[by],
        documents=sizes[group],
        rest_documents=(sizes.sum() - sizes)[group],
        words=words[group],
        rest_words=(words.sum() - words)[group],
        z=z[by],
    )


def significance(
    tokens: Tokens,
    positions: NDArray[np.int64],
    bounds: NDArray[np.int64],
    groups: NDArray[np.int64],
    rows: tuple[NDArray[np.int64], NDArray[np.int64]],
) -> NDArray[np.float64]:
    """The q-value (float64, rows) of each of some rows; see `permutation.q_values`. Each group is a family of tests.

    Args:
        tokens: The corpus.
        positions: Of the formulas, as for `keyness`.
        bounds: Of the formulas, as for `keyness`.
        groups: Group of each document, as for `keyness`.
        rows: int64 (rows,) each: group and formula.
    """
    kept = groups >= 0
    documents = tokens.document_of_each()[positions].astype(np.int64)
    counts = Counts.of(documents, bounds, np.diff(tokens.bounds), kept)
    # The same for a group whether or not the others are asked for.
    work = min(WORK, ALL_WORK // max(int(groups.max(initial=-1)) + 1, 1))
    found = np.full(len(rows[0]), np.nan)
    for group in np.unique(rows[0]).tolist():
        of_group = rows[0] == group
        found[of_group] = q_values(counts, groups[kept] == group, work)[rows[1][of_group]]
    return found


def keyness_table(
    run: StoredRun,
    by: str | None = None,
    group: str | None = None,
    *,
    of: Kind = "formulas",
    limit: int | None = 100,
    min_documents: int = 1,
    prior: float = PRIOR,
) -> Columns:
    """Which formulas or words mark each group against the rest; one row a group and formula, highest z first.

    Columns as `keyness_columns` has them.

    Args:
        run: The run.
        by: Field to group documents by (see `reuse.fields`); documents without a value are left out altogether. None:
            each document by itself.
        group: Name of one of the groups: its rows alone.
        of: What is compared.
        limit: Most rows a group; formulas that only say again what better ones say are passed over (see
            `telling.telling_rows`). None: all formulas of the group, these too.
        min_documents: Fewest documents of the group that must have a formula: z counts occurrences, and one document
            that says a thing fifty times would mark its whole group.
        prior: Weight of the prior (see `association.log_odds_ratio`).

    Raises:
        UsageError: No document has the field, all have the same value of it, or there is no such group.
    """
    groups = groups_by(run, by).once(run)
    if len(groups) < 2:
        raise UsageError(f"all documents have the same {by} ({groups.names[0]}); keyness needs two groups or more")
    units, tokens = units_of(run, of), tokens_of(run)
    found = keyness(tokens, units.positions, units.bounds, groups.of_document, prior)
    rows = np.flatnonzero(found.df >= min_documents)
    if group is not None:
        rows = rows[found.group[rows] == groups.number(group, by or "document")]
    if limit is not None:
        columns = (units.positions, units.bounds, units.tokens)
        ranked = found.group[rows], found.formula[rows]
        rows = rows[telling_rows(ranked, tokens, columns, groups.of_document, limit)]
    listed = found.group[rows], found.formula[rows]
    q = significance(tokens, units.positions, units.bounds, groups.of_document, listed)
    measures = found.measures(rows, prior)
    return {
        "group": [groups.names[number] for number in found.group[rows].tolist()],
        **units.columns(found.formula[rows]),
        "df": found.df[rows].tolist(),
        "range": (found.df / found.documents)[rows].tolist(),
        "tf": found.tf[rows].tolist(),
        "per_million": measures.per_million.tolist(),
        "rest_df": found.rest_df[rows].tolist(),
        "rest_range": (found.rest_df / np.maximum(found.rest_documents, 1))[rows].tolist(),
        "rest_tf": found.rest_tf[rows].tolist(),
        "rest_per_million": measures.rest_per_million.tolist(),
        **measures.columns(),
        "q": cells(q),
        "dispersion": units.dispersion[found.formula[rows]].tolist(),
    }


Q = Column(
    "q", "real", "of what marks the group at this q or less, at most this share does so by chance; none: untestable"
)
DISPERSION = Column("dispersion", "real", "Gries' DP in the corpus: 0 spread evenly, towards 1 all in one place")


def keyness_columns(of: Kind = "formulas") -> tuple[Column, ...]:
    """The columns of the table, of formulas or of words."""
    return (
        Column("group", "text", "the group of documents"),
        *naming(of),
        Column("df", "integer", "documents of the group that have it", falls=True),
        Column("range", "real", "the same as a share of the group's documents", falls=True),
        Column("tf", "integer", "its occurrences in the group", falls=True),
        Column("per_million", "real", "occurrences per million words of the group", falls=True),
        Column("rest_df", "integer", "documents of the other groups that have it", falls=True),
        Column("rest_range", "real", "the same as a share of their documents", falls=True),
        Column("rest_tf", "integer", "its occurrences there", falls=True),
        Column("rest_per_million", "real", "occurrences per million words there", falls=True),
        *MEASURES,
        Q,
        DISPERSION,
    )
