"""Formulas looked for in a reference corpus: formulaic here, or just English?"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reuse.analysis.association import MEASURES, PRIOR, association
from reuse.analysis.keyness import DISPERSION
from reuse.analysis.stored import Columns, StoredRun, formula_names, formulas_of, tokens_of
from reuse.analysis.telling import telling_rows
from reuse.arrays.hashing import mixed
from reuse.arrays.ragged import bounds_of, spread
from reuse.columns import Column
from reuse.corpus.tokens import Tokens

PREFIX = 12
"""Longer formulas are sought by their first so many words, and then compared on."""


def occurrences_elsewhere(words: NDArray[np.uint64], lengths: NDArray[np.int64], other: Tokens) -> NDArray[np.int64]:
    """How often formulas occur in another corpus, within its sentences (int64, formulas).

    Args:
        words: uint64 (sum of lengths,): hashes of the normalised words of all formulas, end to end.
        lengths: int64 (formulas,): words of each formula.
        other: The reference corpus.

    Cost: one pass over the other corpus for each distinct length up to PREFIX.
    """
    counts = np.zeros(len(lengths), dtype=np.int64)
    starts = bounds_of(lengths)[:-1]
    hashes = other.vocabulary.hashes[other.ids]
    room = _words_left(other)
    sought = np.minimum(lengths, PREFIX)
    rolled = np.zeros(len(other), dtype=np.uint64)
    for length in range(1, min(int(sought.max(initial=0)), len(other)) + 1):
        reach = len(other) - length + 1
        rolled[:reach] += mixed(hashes[length - 1 :] + np.uint64(length))
        rows = np.flatnonzero(sought == length)
        if not len(rows):
            continue
        flat, within = spread(np.full(len(rows), length))
        keys = np.add.reduceat(
            mixed(words[starts[rows][flat] + within] + (within + 1).astype(np.uint64)),
            np.arange(0, len(rows) * length, length),
        )
        order = np.argsort(keys)
        at = np.flatnonzero(room[:reach] >= length)
        low = np.searchsorted(keys[order], rolled[at], side="left")
        high = np.searchsorted(keys[order], rolled[at], side="right")
        hits, nth = spread(high - low)
        formula, place = rows[order[low[hits] + nth]], at[hits]
        whole = lengths[formula] <= room[place]
        row, within = spread(np.where(whole, lengths[formula], 0))
        differs = words[starts[formula][row] + within] != hashes[place[row] + within]
        whole[row[differs]] = False
        counts += np.bincount(formula[whole], minlength=len(lengths))
    return counts


def _words_left(tokens: Tokens) -> NDArray[np.int64]:
    """Words from each token to the end of its sentence, itself included (int64, tokens)."""
    borders = np.append(np.flatnonzero(tokens.opens_sentence), len(tokens))
    return np.repeat(borders[1:], np.diff(borders)) - np.arange(len(tokens))


def reference_table(run: StoredRun, reference: StoredRun, *, limit: int | None = 1000, prior: float = PRIOR) -> Columns:
    """Formulas of a run against a reference corpus (another run); highest z first: what is formulaic here only.

    Columns as in REFERENCE. Occurrences within longer formulas count on either side: like is compared with like.

    Args:
        run: The run.
        reference: The run of the reference corpus.
        limit: Most rows; formulas that only say again what better ones say are passed over. None: all.
        prior: Weight of the prior (see `association.log_odds_ratio`).
    """
    formulas = formulas_of(run)
    ids, texts = formula_names(run)
    rows, within = spread(formulas.tokens)
    hashes = tokens_of(run).vocabulary.hashes[tokens_of(run).ids[formulas.first()[rows] + within]]
    elsewhere = occurrences_elsewhere(hashes, formulas.tokens.astype(np.int64), tokens_of(reference))
    here, there = len(tokens_of(run)), len(tokens_of(reference))
    order = np.argsort(-association(formulas.tf_all, here, elsewhere, there, prior).z, kind="stable")
    if limit is not None and len(order):
        columns = (formulas.positions, formulas.bounds, formulas.tokens.astype(np.int64))
        together = np.zeros(len(run.document_ids), dtype=np.int64)
        order = order[telling_rows((np.zeros_like(order), order), tokens_of(run), columns, together, limit)]
    measures = association(formulas.tf_all[order], here, elsewhere[order], there, prior)
    return {
        "formula": [ids[row] for row in order.tolist()],
        "text": [texts[row] for row in order.tolist()],
        "df": formulas.df_all[order].tolist(),
        "tf": formulas.tf_all[order].tolist(),
        "per_million": measures.per_million.tolist(),
        "rest_tf": elsewhere[order].tolist(),
        "rest_per_million": measures.rest_per_million.tolist(),
        **measures.columns(),
        "dispersion": formulas.dispersion[order].tolist(),
    }


REFERENCE = (
    Column("formula", "text", "id of the formula"),
    Column("text", "text", "its words"),
    Column("df", "integer", "documents that have it, within longer formulas too", falls=True),
    Column("tf", "integer", "its occurrences, within longer formulas too", falls=True),
    Column("per_million", "real", "occurrences per million words", falls=True),
    Column("rest_tf", "integer", "its occurrences in the reference corpus", falls=True),
    Column("rest_per_million", "real", "occurrences per million words there", falls=True),
    *MEASURES,
    DISPERSION,
)
