"""All p-frames of a run, with what fills their slot and how much that varies."""

from __future__ import annotations

import json

import numpy as np

from reuse.analysis.stored import Columns, StoredRun, spellings_of_run, texts_of, tokens_of
from reuse.arrays.keys import differs
from reuse.columns import Column
from reuse.corpus.spellings import joined
from reuse.errors import UsageError
from reuse.formulas.pframes import find_pframes

LENGTHS = (4, 8)
"""Words of the shortest and longest p-frame, the slot included."""

LEAST_FILLERS = 2
"""Different fillers that it must have, unless the reader says otherwise."""

TOLD = 20
"""Fillers told, the commonest first."""


def pframe_table(run: StoredRun, min_fillers: int = LEAST_FILLERS, min_documents: int = 2) -> Columns:
    """Every p-frame of a run, the most widespread first, then the most frequent; columns as in PFRAMES.

    Args:
        run: The run.
        min_fillers: Fewest different fillers.
        min_documents: Fewest documents that must have it.

    Raises:
        UsageError: A slot with fewer than two fillers was asked for.
    """
    if min_fillers < 2:
        raise UsageError(f"a slot has 2 fillers at least, not {min_fillers}")
    tokens, words = tokens_of(run), spellings_of_run(run)
    frames = find_pframes(tokens, LENGTHS, min_fillers, min_documents, texts_of(run))
    frames = frames.take(np.lexsort((frames.slot, frames.tokens, -frames.sizes(), -frames.df)))
    rows, tf = frames.owners(), frames.sizes()
    filler = tokens.ids[frames.positions + frames.slot[rows]]
    order = np.lexsort((filler, rows))
    begins = np.flatnonzero(differs(rows[order], filler[order]))
    of, word = rows[order][begins], filler[order][begins]
    times = np.diff(begins, append=len(order))
    best = np.lexsort((-times, of))
    told: list[list[list[str | int]]] = [[] for _ in range(len(frames))]
    nth = np.arange(len(best)) - np.searchsorted(of[best], of[best])
    for at in best[nth < TOLD].tolist():
        told[of[at]].append([words[word[at]], int(times[at])])
    firsts = frames.positions[frames.bounds[:-1]]
    patterns = [
        f"{joined(spelt[:slot])} … {joined(spelt[slot + 1 :])}"
        for first, length, slot in zip(firsts.tolist(), frames.tokens.tolist(), frames.slot.tolist(), strict=True)
        for spelt in [[words[number] for number in tokens.ids[first : first + length].tolist()]]
    ]
    return {
        "pattern": patterns,
        "tokens": frames.tokens.tolist(),
        "df": frames.df.tolist(),
        "tf": tf.tolist(),
        "fillers": frames.fillers.tolist(),
        "variability": (frames.fillers / tf).tolist(),
        "entropy": frames.entropy.tolist(),
        "slot": [json.dumps(row, ensure_ascii=False) for row in told],
    }


PFRAMES = (
    Column("pattern", "text", "fixed words, with … for the slot"),
    Column("tokens", "integer", "words, the slot included", falls=True),
    Column("df", "integer", "documents that have it, copies of a text counted once", falls=True),
    Column("tf", "integer", "occurrences", falls=True),
    Column("fillers", "integer", "different fillers: types of the slot", falls=True),
    Column("variability", "real", "types of the slot / its occurrences (Römer 2010)", falls=True),
    Column("entropy", "real", "entropy of the fillers, in bits", falls=True),
    Column("slot", "json", "[filler, occurrences], the commonest first, 20 at most"),
)
"""The columns of all p-frames."""
