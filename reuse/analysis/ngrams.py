"""Closed n-grams of a run: all lexical bundles of some lengths and a range, whole phrases or not."""

from __future__ import annotations

import sys
from dataclasses import replace

import numpy as np

from reuse.analysis.dispersion import juilland, normalised
from reuse.analysis.permutation import Counts
from reuse.analysis.stored import Columns, StoredRun, cells, spellings_of_run, texts_of, texts_with_words, tokens_of
from reuse.columns import Column, ComputedTable
from reuse.corpus.spellings import joined
from reuse.errors import UsageError
from reuse.formulas.ngrams import find_ngrams
from reuse.formulas.whole import texts_with
from reuse.options import FormulaOptions
from reuse.score.background import Background
from reuse.work.workers import Workers, processors

LENGTHS = (3, 8)
"""Shortest and longest n-gram, unless the reader says otherwise."""

LEAST_RANGE = 2
"""Documents that must have it, unless the reader says otherwise."""

MOST_WORKERS = 4
"""Workers that look for n-grams: each takes some hundred megabytes."""


def ngram_table(run: StoredRun, lengths: tuple[int, int] = LENGTHS, min_range: int = LEAST_RANGE) -> Columns:
    """All closed n-grams of a run, counted from its stored words, the most frequent first; columns as in NGRAMS.

    Args:
        run: The run.
        lengths: Words of the shortest and of the longest.
        min_range: Fewest documents that must have it.

    Raises:
        UsageError: The lengths or the range are none.
    """
    shortest, longest = lengths
    if not 2 <= shortest <= longest:
        raise UsageError(f"n-grams have from 2 words on, not {shortest}-{longest}; for words there is the word list")
    if min_range < 1:
        raise UsageError(f"an n-gram stands in 1 document at least, not {min_range}")
    tokens = tokens_of(run)
    workers = Workers(min(processors(), MOST_WORKERS))
    options = FormulaOptions(shortest, min_range, max_formulas=sys.maxsize)
    found = find_ngrams(tokens, Background.of(tokens, workers), options, workers, max_tokens=longest)
    texts = texts_of(run)[tokens.document_of(found.positions)]
    df = texts_with(found.owners(), texts, len(found)).astype(np.int32)
    found = replace(found, df=df).take(np.flatnonzero(df >= min_range))
    found = found.take(np.lexsort((np.arange(len(found)), -found.df, -found.tf)))
    words = np.diff(tokens.bounds)
    documents = tokens.document_of_each()[found.positions].astype(np.int64)
    dp = found.dispersion.astype(np.float64)
    written = spellings_of_run(run)
    rows = zip(found.first().tolist(), found.tokens.tolist(), strict=True)
    return {
        "text": [joined([written[word] for word in tokens.ids[at : at + count].tolist()]) for at, count in rows],
        "tokens": found.tokens.tolist(),
        "df": found.df.tolist(),
        "range": (found.df / max(texts_with_words(run), 1)).tolist(),
        "tf": found.tf.tolist(),
        "per_million": (found.tf * (1e6 / max(len(tokens), 1))).tolist(),
        "bits": found.bits.tolist(),
        "dp": dp.tolist(),
        "dp_norm": normalised(dp, words).tolist(),
        "juilland_d": cells(juilland(Counts.of(documents, found.bounds, words, words > 0))),
    }


NGRAMS = ComputedTable(
    "ngrams",
    "one closed n-gram (lexical bundle): no one-word extension occurs as often",
    (
        Column("text", "text", "its words, each as it is written most often"),
        Column("tokens", "integer", "length in words", falls=True),
        Column("df", "integer", "range: documents that have it, copies of a text counted once", falls=True),
        Column("range", "real", "the same as a share of all texts", falls=True),
        Column("tf", "integer", "occurrences, wherever they stand", falls=True),
        Column("per_million", "real", "occurrences in a million words", falls=True),
        Column("bits", "real", "how surprising its words are together, in bits", falls=True),
        Column("dp", "real", "Gries' DP (2008): 0 spread evenly, towards 1 all in one place"),
        Column("dp_norm", "real", "DPnorm (Lijffijt & Gries 2012): the same, 1 being the least even there can be"),
        Column("juilland_d", "real", "Juilland's D: 1 spread evenly, 0 all in one document", falls=True),
    ),
    ngram_table,
)


def ngrams_of(lengths: tuple[int, int], min_range: int) -> ComputedTable:
    """The table of n-grams of other lengths and another range; for arguments see `ngram_table`."""
    return replace(
        NGRAMS,
        name=f"ngrams {lengths[0]}-{lengths[1]} {min_range}",
        build=lambda run: ngram_table(run, lengths, min_range),
    )
