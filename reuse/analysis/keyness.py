"""Keyness: which formulas mark one group of documents against the others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.analysis.association import PRIOR_WORDS, log_odds_ratio
from reuse.analysis.groups import groups_by
from reuse.analysis.stored import Columns, StoredRun, formula_names, formulas_of, tokens_of
from reuse.analysis.telling import telling_rows
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
        rate, rest_rate: float64 (rows,): occurrences per 1,000 words in the group and in the rest.
        log_odds: float64 (rows,): natural logarithm of the odds ratio, shrunk by the prior.
        z: float64 (rows,): the same in standard deviations; above 1.96 beyond chance at 5 %.
    """

    group: NDArray[np.int64]
    formula: NDArray[np.int64]
    df: NDArray[np.int64]
    tf: NDArray[np.int64]
    rest_df: NDArray[np.int64]
    rest_tf: NDArray[np.int64]
    rate: NDArray[np.float64]
    rest_rate: NDArray[np.float64]
    log_odds: NDArray[np.float64]
    z: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.group)


def keyness(
    tokens: Tokens,
    positions: NDArray[np.int64],
    bounds: NDArray[np.int64],
    groups: NDArray[np.int64],
    prior_words: float = PRIOR_WORDS,
) -> Keyness:
    """Compare each group of documents with the rest by the formulas in it.

    Args:
        tokens: The corpus.
        positions: int64 (occurrences,): tokens where formulas begin, ascending within a formula.
        bounds: int64 (formulas + 1,): formula f owns the rows bounds[f] to bounds[f + 1].
        groups: int64 (documents,): group of each document, from 0; documents of group -1 are left out.
        prior_words: Weight of the prior.

    Returns:
        One row for each formula and group that has it. Cost: one sort of the occurrences.
    """
    count = int(groups.max(initial=-1)) + 1
    lengths = np.diff(tokens.bounds)
    words = np.bincount(groups[groups >= 0], lengths[groups >= 0], minlength=count)
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
    all_tf = np.bincount(formulas, minlength=len(bounds) - 1)
    all_df = np.bincount(formulas[new_document], minlength=len(bounds) - 1)
    rest_words = words.sum() - words
    rest_tf = all_tf[formula] - tf
    odds, z = log_odds_ratio(tf, words[group], rest_tf, rest_words[group], prior_words)
    by = np.lexsort((formula, -z, group))
    return Keyness(
        group=group[by],
        formula=formula[by],
        df=df[by],
        tf=tf[by],
        rest_df=(all_df[formula] - df)[by],
        rest_tf=rest_tf[by],
        rate=(1000 * tf / np.maximum(words[group], 1))[by],
        rest_rate=(1000 * rest_tf / np.maximum(rest_words[group], 1))[by],
        log_odds=odds[by],
        z=z[by],
    )


def keyness_table(
    run: StoredRun, by: str | None = None, group: str | None = None, *, limit: int | None = 100, min_documents: int = 1
) -> Columns:
    """Which formulas mark each group against the rest; one row a group and formula, highest z first.

    Columns as in KEYNESS.

    Args:
        run: The run.
        by: Field to group documents by (see `reuse.fields`); documents without a value are left out altogether. None:
            each document by itself.
        group: Name of one of the groups: its rows alone.
        limit: Most rows a group; formulas that only say again what better ones say are passed over (see
            `telling.telling_rows`). None: all formulas of the group, these too.
        min_documents: Fewest documents of the group that must have a formula: z counts occurrences, and one document
            that says a thing fifty times would mark its whole group.

    Raises:
        UsageError: No document has the field, all have the same value of it, or there is no such group.
    """
    groups = groups_by(run, by)
    if len(groups) < 2:
        raise UsageError(f"all documents have the same {by} ({groups.names[0]}); keyness needs two groups or more")
    formulas, tokens = formulas_of(run), tokens_of(run)
    ids, texts = formula_names(run)
    found = keyness(tokens, formulas.positions, formulas.bounds, groups.of_document)
    rows = np.flatnonzero(found.df >= min_documents)
    if group is not None:
        rows = rows[found.group[rows] == groups.number(group, by or "document")]
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


KEYNESS = (
    Column("group", "text", "the group of documents"),
    Column("formula", "text", "id of the formula"),
    Column("text", "text", "its words"),
    Column("df", "integer", "documents of the group that have it", falls=True),
    Column("tf", "integer", "its occurrences in the group", falls=True),
    Column("rate", "real", "occurrences per 1,000 words of the group", falls=True),
    Column("rest_df", "integer", "documents of the other groups that have it", falls=True),
    Column("rest_tf", "integer", "its occurrences there", falls=True),
    Column("rest_rate", "real", "occurrences per 1,000 words there", falls=True),
    Column("log_odds", "real", "logarithm of the odds ratio, shrunk by the prior", falls=True),
    Column("z", "real", "the same in standard deviations", falls=True),
    Column("dispersion", "real", "Gries' DP in the corpus: 0 spread evenly, towards 1 all in one place"),
)
