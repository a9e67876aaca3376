"""The words of a corpus: how often each is said, in how many documents, how evenly it is spread over them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reuse.analysis.dispersion import juilland, normalised
from reuse.analysis.permutation import Counts
from reuse.analysis.stored import Columns, StoredRun, cells, spellings_of_run, texts_of, tokens_of
from reuse.arrays.ragged import bounds_of
from reuse.columns import Column, ComputedTable
from reuse.corpus.tokens import Tokens


def word_counts(tokens: Tokens) -> Counts:
    """How often each word of the vocabulary stands in each document. Cost: one sort of the tokens."""
    words = np.diff(tokens.bounds)
    order = np.argsort(tokens.ids, kind="stable")
    bounds = bounds_of(np.bincount(tokens.ids, minlength=len(tokens.vocabulary)))
    return Counts.of(tokens.document_of_each()[order].astype(np.int64), bounds, words, words > 0)


def deviation(counts: Counts) -> NDArray[np.float64]:
    """Gries' DP (2008) of each word (float64): 0 spread evenly, towards 1 all in one place; NaN if it does not occur.

    Half the distance between how its occurrences and how all words are shared out among the documents.
    """
    rows = np.repeat(np.arange(len(counts.bounds) - 1), np.diff(counts.bounds))
    expected = counts.words[counts.documents] / max(int(counts.words.sum()), 1)
    totals = counts.totals()
    seen = counts.times / totals[rows]
    apart = np.bincount(rows, np.abs(seen - expected), len(totals))
    elsewhere = 1 - np.bincount(rows, expected, len(totals))
    return np.where(totals > 0, (apart + elsewhere) / 2, np.nan)


def word_table(run: StoredRun) -> Columns:
    """All words of a run, the most frequent first; columns as in WORDLIST. Cost: one sort of the tokens."""
    tokens = tokens_of(run)
    counts = word_counts(tokens)
    tf, texts = counts.totals().astype(np.int64), texts_of(run)[np.diff(tokens.bounds) > 0]
    pairs = np.unique(np.repeat(np.arange(len(tf)), np.diff(counts.bounds)) * len(texts) + texts[counts.documents])
    df = np.bincount(pairs // max(len(texts), 1), minlength=len(tf))
    dp = deviation(counts)
    spelled = spellings_of_run(run)
    order = np.argsort(-tf, kind="stable")
    order = order[tf[order] > 0]
    return {
        "word": [spelled[number] for number in order.tolist()],
        "tf": tf[order].tolist(),
        "per_million": (1e6 * tf[order] / max(len(tokens), 1)).tolist(),
        "df": df[order].tolist(),
        "range": (df[order] / max(len(np.unique(texts)), 1)).tolist(),
        "dp": dp[order].tolist(),
        "dp_norm": normalised(dp, counts.words)[order].tolist(),
        "juilland_d": cells(juilland(counts)[order]),
    }


WORDLIST = ComputedTable(
    "wordlist",
    "one word: how often it is said, and how evenly it is spread over the documents",
    (
        Column("word", "text", "the word as it is written most often"),
        Column("tf", "integer", "occurrences", falls=True),
        Column("per_million", "real", "the same per million words", falls=True),
        Column("df", "integer", "documents that have it, copies of a text counted once", falls=True),
        Column("range", "real", "the same as a share of all texts with words", falls=True),
        Column("dp", "real", "Gries' DP (2008): 0 spread evenly, towards 1 all in one place"),
        Column("dp_norm", "real", "DPnorm (Lijffijt & Gries 2012): the same, 1 being the least even there can be"),
        Column("juilland_d", "real", "Juilland's D: 1 spread evenly, 0 all in one document", falls=True),
    ),
    word_table,
)
