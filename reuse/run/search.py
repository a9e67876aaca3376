"""Finds words and phrases through the run's memory-mapped tokens, and the rows whose passages have them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from reuse.corpus.tokenise import words_of

if TYPE_CHECKING:
    from reuse.run.files import RunFiles


def phrase_words(phrase: str) -> list[str]:
    """The normalised words of a phrase as typed; a `*` at its end stays with the last word."""
    words = words_of(phrase.rstrip("*"))
    if words and phrase.endswith("*"):
        words[-1] += "*"
    return words


def occurrences(run: RunFiles, words: Sequence[str]) -> NDArray[np.int64]:
    """Token positions (int64, rising) where the words follow one another within one document.

    The last word may end in `*`: any word that begins so. One pass over the tokens for the rarest word, then look-ups.
    """
    tokens = run.tokens
    counts = tokens.vocabulary.counts
    ids = [_vocabulary_ids(run, word) for word in words]
    if not ids or not all(len(choices) for choices in ids):
        return np.zeros(0, dtype=np.int64)
    totals = [int(counts[choices].sum()) for choices in ids]
    rarest = int(np.argmin(totals))
    if len(ids[rarest]) == 1:
        found = np.flatnonzero(tokens.ids == ids[rarest][0])
    else:
        wanted = np.zeros(len(counts), dtype=bool)
        wanted[ids[rarest]] = True
        found = np.flatnonzero(wanted[tokens.ids])
    starts = found.astype(np.int64) - rarest
    starts = starts[(starts >= 0) & (starts + len(words) <= len(tokens))]
    for place, choices in enumerate(ids):
        if place != rarest:
            starts = starts[np.isin(tokens.ids[starts + place], choices)]
    if len(words) > 1:
        starts = starts[tokens.document_of(starts) == tokens.document_of(starts + len(words) - 1)]
    return starts


def rows_with(run: RunFiles, table: str, words: Sequence[str]) -> NDArray[np.int64]:
    """Numbers (int64) of the documents or matches that have the words in their text or in either passage."""
    starts = occurrences(run, words)
    if table == "documents":
        return np.unique(run.tokens.document_of(starts))
    spans = run.column("match_tokens")
    last = len(words) - 1
    found = np.zeros(len(spans), dtype=bool)
    for begin, end in ((0, 1), (2, 3)):
        before_end = np.searchsorted(starts, spans[:, end] - last, side="left")
        found |= before_end > np.searchsorted(starts, spans[:, begin], side="left")
    return np.flatnonzero(found).astype(np.int64)


def formulas_in(run: RunFiles, documents: Sequence[int]) -> NDArray[np.int64]:
    """Numbers (int64) of the formulas that occur in one of the documents."""
    positions = run.column("formula_positions")
    chosen = np.zeros(run.tokens.documents, dtype=bool)
    chosen[list(documents)] = True
    inside = np.flatnonzero(chosen[run.tokens.document_of(positions)])
    return np.unique(np.searchsorted(run.column("formula_bounds"), inside, side="right") - 1).astype(np.int64)


def _vocabulary_ids(run: RunFiles, word: str) -> NDArray[np.int64]:
    if word.endswith("*"):
        stem = word[:-1]
        found = run.query("SELECT word FROM words WHERE text >= ? AND text < ?", (stem, f"{stem}\U0010ffff"))
    else:
        found = run.query("SELECT word FROM words WHERE text = ?", (word,))
    return np.fromiter((number for (number,) in found), dtype=np.int64)
