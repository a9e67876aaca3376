"""How evenly formulas are spread over the documents, by the measures that corpus linguists know."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reuse.analysis.permutation import Counts
from reuse.analysis.stored import Columns, StoredRun, cells, formula_names, formulas_of, texts_with_words, tokens_of
from reuse.columns import Column, ComputedTable


def normalised(dp: NDArray[np.float64], words: NDArray[np.int64]) -> NDArray[np.float64]:
    """DPnorm (Lijffijt & Gries 2012): DP brought to the whole range from 0 to 1 (float64, formulas).

    Args:
        dp: Gries' DP of each formula: at most 1 less the share of the shortest document.
        words: int64 (documents,): words of each document.
    """
    parts = words[words > 0]
    if len(parts) < 2:
        return np.zeros(len(dp))
    spread: NDArray[np.float64] = np.clip(dp / (1 - parts.min() / parts.sum()), 0.0, 1.0)
    return spread


def juilland(counts: Counts) -> NDArray[np.float64]:
    """Juilland's D (Juilland, Brodin & Davidovitch 1970): 1 spread evenly, 0 all in one document (float64, formulas).

    1 - V / √(n - 1), with V the coefficient of variation of the rates in the n documents, since these are not of one
    length. NaN with a single document.

    Args:
        counts: Of each formula in each document.
    """
    parts = int((counts.words > 0).sum())
    if parts < 2:
        return np.full(len(counts.bounds) - 1, np.nan)
    rates = counts.times / counts.words[counts.documents]
    formulas = np.repeat(np.arange(len(counts.bounds) - 1), np.diff(counts.bounds))
    mean, square = (np.bincount(formulas, values, len(counts.bounds) - 1) / parts for values in (rates, rates**2))
    variation = np.sqrt(np.maximum(square - mean**2, 0.0)) / np.where(mean > 0, mean, 1.0)
    evenness: NDArray[np.float64] = np.clip(1 - variation / np.sqrt(parts - 1), 0.0, 1.0)
    return evenness


def dispersion_table(run: StoredRun) -> Columns:
    """The dispersion of all formulas of a run; columns as in DISPERSION. Cost: linear in the occurrences."""
    formulas, tokens = formulas_of(run), tokens_of(run)
    ids, texts = formula_names(run)
    words = np.diff(tokens.bounds)
    documents = tokens.document_of_each()[formulas.positions].astype(np.int64)
    counts = Counts.of(documents, formulas.bounds, words, words > 0)
    dp = formulas.dispersion.astype(np.float64)
    return {
        "formula": ids,
        "text": texts,
        "df": formulas.df.tolist(),
        "range": (formulas.df / max(texts_with_words(run), 1)).tolist(),
        "tf": formulas.tf.tolist(),
        "dp": dp.tolist(),
        "dp_norm": normalised(dp, words).tolist(),
        "juilland_d": cells(juilland(counts)),
    }


DISPERSION = ComputedTable(
    "dispersion",
    "one formula: how evenly it is spread over the documents",
    (
        Column("formula", "text", "id of the formula"),
        Column("text", "text", "its words"),
        Column("df", "integer", "range: documents that have it, copies of a text counted once", falls=True),
        Column("range", "real", "the same as a share of all texts", falls=True),
        Column("tf", "integer", "occurrences", falls=True),
        Column("dp", "real", "Gries' DP (2008): 0 spread evenly, towards 1 all in one place"),
        Column("dp_norm", "real", "DPnorm (Lijffijt & Gries 2012): the same, 1 being the least even there can be"),
        Column("juilland_d", "real", "Juilland's D: 1 spread evenly, 0 all in one document", falls=True),
    ),
    dispersion_table,
)
