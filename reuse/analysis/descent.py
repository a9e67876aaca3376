"""Whether one of two texts that are half alike was made from the other, or both fill in one form.

Versions of a story keep what is its own: names, figures, whatever few others have. Two fillings of a form share the
form, which many have, and differ in what is their own. So the rarest words of a text are looked for in the other:
rarest among the texts that are, by links, half alike to these, so that texts about other things have no say in it.
Where very many are half alike, what half of them have is the form, and all other words are the text's own.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.ragged import bounds_of, ranges, row_of_each
from reuse.corpus.tokens import Tokens

RAREST = 0.2
"""Share of the distinct words of a text that are its own."""
MANY = 20
"""So many texts that are half alike show what the form is."""
KEPT = 0.5
"""Least share of the own words of a text that its version has."""
ALL_FORM = 0.02
"""Share of its distinct words up to which a text of very many that are half alike has nothing of its own."""


def made_from(
    tokens: Tokens, a: NDArray[np.int64], b: NDArray[np.int64], group: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Whether of each pair of documents one keeps what is the other's own (bool, pairs).

    Args:
        tokens: All tokens.
        a, b: int64 (pairs,): the documents.
        group: int64 (documents,): which documents are linked by such pairs.

    Cost: one sort of the distinct words of these documents, and a search for the own words of each pair.
    """
    documents = np.unique(np.concatenate([a, b]))
    words = len(tokens.vocabulary)
    keys, own, bounds = _own_words(tokens, documents, group[documents], words)
    first, second = np.searchsorted(documents, a), np.searchsorted(documents, b)
    kept = np.maximum(_kept(keys, own, bounds, first, second, words), _kept(keys, own, bounds, second, first, words))
    return kept >= KEPT


def _own_words(
    tokens: Tokens, documents: NDArray[np.int64], group: NDArray[np.int64], words: int
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]:
    """The distinct words of documents (row of the document times words + word, ascending), how far each is its own (0
    to 1), and the bounds of the documents' words.
    """
    starts = np.asarray(tokens.bounds, dtype=np.int64)
    sizes = starts[documents + 1] - starts[documents]
    row = np.repeat(np.arange(len(documents)), sizes)
    keys = np.unique(row * words + np.asarray(tokens.ids)[ranges(starts[documents], sizes)])
    row = keys // words
    bounds = bounds_of(np.bincount(row, minlength=len(documents)))
    _, place, spread = np.unique(group[row] * words + keys % words, return_inverse=True, return_counts=True)
    df = spread[place]  # documents of the group that have the word
    size = np.unique(group, return_inverse=True, return_counts=True)
    many = size[2][size[1]]
    form = (many[row] > MANY) & (2 * df >= many[row])
    distinct = np.diff(bounds)
    free = np.bincount(row[~form], minlength=len(documents))
    wanted = np.where(many > MANY, free, np.ceil(RAREST * distinct).astype(np.int64))
    wanted = np.where((many > MANY) & (free <= ALL_FORM * distinct), 0, wanted)
    order = np.lexsort((df, form, row))
    # Of words that are equally rare each counts as much, so that their order does not matter.
    tie = np.cumsum(np.diff(row[order] * (len(documents) + 1) + df[order], prepend=-1) != 0) - 1
    opens = np.flatnonzero(np.diff(tie, prepend=-1))
    before = opens - bounds[row[order][opens]]
    room = np.clip(wanted[row[order][opens]] - before, 0, None)
    members = np.bincount(tie)
    own = np.zeros(len(keys))
    own[order] = np.minimum(room / members, 1.0)[tie]
    return keys, own, bounds


def _kept(
    keys: NDArray[np.int64],
    own: NDArray[np.float64],
    bounds: NDArray[np.int64],
    document: NDArray[np.int64],
    other: NDArray[np.int64],
    words: int,
) -> NDArray[np.float64]:
    """Share of what is a document's own that another has (float64, pairs); 1 where it has nothing of its own."""
    sizes = (bounds[1:] - bounds[:-1])[document]
    at = ranges(bounds[document], sizes)
    pair = row_of_each(bounds_of(sizes))
    chosen = own[at] > 0
    at, pair = at[chosen], pair[chosen]
    sought = other[pair] * words + keys[at] % words
    found = keys[np.minimum(np.searchsorted(keys, sought), max(len(keys) - 1, 0))] == sought
    total = np.bincount(pair, own[at], minlength=len(document))
    return np.where(
        total > 0, np.bincount(pair, own[at] * found, minlength=len(document)) / np.maximum(total, 1e-9), 1.0
    )
