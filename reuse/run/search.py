"""Finds words and phrases through the run's memory-mapped tokens, and the rows whose passages have them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from reuse.corpus.tokenise import hash_classes
from reuse.run.query import has_wildcard
from reuse.run.scan_record import letters_of

if TYPE_CHECKING:
    from reuse.run.files import RunFiles


def occurrences(run: RunFiles, words: Sequence[str]) -> NDArray[np.int64]:
    """Token positions (int64, rising) where words follow one another within one document.

    One pass over the tokens for the rarest word, then look-ups.

    Args:
        run: The run.
        words: Normal forms, maybe with wildcards, as `reuse.run.query.words_sought` gives them.
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
    """Numbers (int64) of the documents, matches or formulas that have the words: in their text, in either passage."""
    starts = occurrences(run, words)
    if table == "documents":
        return np.unique(run.tokens.document_of(starts))
    if table == "formulas":  # whose words are the same wherever it occurs
        first = run.column("formula_positions")[run.column("formula_bounds")[:-1]]
        lengths = run.numbers("SELECT tokens FROM formulas ORDER BY formula")
        found = _have(starts, first, first + lengths, len(words))
    else:
        spans = run.column("match_tokens")
        found = _have(starts, spans[:, 0], spans[:, 1], len(words)) | _have(
            starts, spans[:, 2], spans[:, 3], len(words)
        )
    return np.flatnonzero(found).astype(np.int64)


def _have(starts: NDArray[np.int64], begin: NDArray[np.int64], end: NDArray[np.int64], words: int) -> NDArray[np.bool_]:
    """Which ranges of token positions (half-open) hold a whole occurrence of so many words."""
    before_end = np.searchsorted(starts, end - (words - 1), side="left")
    return before_end > np.searchsorted(starts, begin, side="left")


def formulas_in(run: RunFiles, documents: Sequence[int]) -> NDArray[np.int64]:
    """Numbers (int64) of the formulas that occur in one of the documents."""
    positions = run.column("formula_positions")
    chosen = np.zeros(run.tokens.documents, dtype=bool)
    chosen[list(documents)] = True
    inside = np.flatnonzero(chosen[run.tokens.document_of(positions)])
    return np.unique(np.searchsorted(run.column("formula_bounds"), inside, side="right") - 1).astype(np.int64)


def _vocabulary_ids(run: RunFiles, word: str) -> NDArray[np.int64]:
    """Numbers (int64) of the words that a word of a query stands for, in all letters that readers take for the same."""
    classes = run.tokens.vocabulary.classes
    if has_wildcard(word):
        found = run.query("SELECT word FROM words WHERE normal GLOB ?", (word,))  # it has no bracket, a normal form
        wanted = classes[np.fromiter((number for (number,) in found), dtype=np.int64)]
    else:
        wanted = hash_classes([word], letters_of(run.meta.get("options", {})))
    return np.flatnonzero(np.isin(classes, wanted)).astype(np.int64)
