"""Whether one of two texts that are half alike was made from the other, or both fill in one form.

Versions of a story keep what is its own: names, figures, whatever few others have. Two fillings of a form share the
form, which many have, and differ in what is their own. So the rarest words of a text are looked for in the other:
rarest among the texts that are, by links, half alike to these, so that texts about other things have no say in it.
Where very many are half alike, what half of them have is the form, and all other words are the text's own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.ragged import bounds_of, ranges
from reuse.corpus.tokens import Tokens

RAREST = 0.2
"""Share of the distinct words of a text that are its own."""
MANY = 20
"""So many texts that are half alike show what the form is."""
KEPT = 0.5
"""Least share of the own words of a text that its version has."""
ALL_FORM = 0.02
"""Share of its distinct words up to which a text of very many that are half alike has nothing of its own."""


@dataclass(frozen=True, slots=True)
class _OwnWords:
    """The distinct words of some documents, and how far each is its document's own.

    Attributes:
        keys: int64 (words,): row of the document × `base` + id of the word, ascending.
        own: float64 (words,): 0 to 1; of words that are equally rare each counts as much as the others.
        bounds: int64 (documents + 1,): where the words of each document begin and end.
        base: Words of the vocabulary.
    """

    keys: NDArray[np.int64]
    own: NDArray[np.float64]
    bounds: NDArray[np.int64]
    base: int

    def kept(self, documents: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.float64]:
        """Share of what is a document's own that the other one has (float64, pairs); 1 if it has nothing of its own."""
        sizes = np.diff(self.bounds)[documents]
        at, pair = ranges(self.bounds[documents], sizes), np.repeat(np.arange(len(documents)), sizes)
        chosen = self.own[at] > 0
        at, pair = at[chosen], pair[chosen]
        sought = others[pair] * self.base + self.keys[at] % self.base
        place = np.minimum(np.searchsorted(self.keys, sought), len(self.keys) - 1)
        found = np.where(self.keys[place] == sought, self.own[at], 0.0)
        total = np.bincount(pair, self.own[at], minlength=len(documents))
        shared = np.bincount(pair, found, minlength=len(documents))
        return np.where(total > 0, shared / np.where(total > 0, total, 1), 1.0)


def made_from(
    tokens: Tokens, a: NDArray[np.int64], b: NDArray[np.int64], group: NDArray[np.integer]
) -> NDArray[np.bool_]:
    """Whether one of each pair of documents keeps what is the other's own (bool, pairs).

    Args:
        tokens: All tokens.
        a: int64 (pairs,): a document of each pair.
        b: int64 (pairs,): the other one.
        group: Group of each document (documents,): those that such pairs link are in one.

    Cost: one sort of the distinct words of these documents, and a search for the own words of each pair.
    """
    documents = np.unique(np.concatenate([a, b]))
    words = _own_words(tokens, documents, group[documents].astype(np.int64))
    first, second = np.searchsorted(documents, a), np.searchsorted(documents, b)
    return np.maximum(words.kept(first, second), words.kept(second, first)) >= KEPT


def _own_words(tokens: Tokens, documents: NDArray[np.int64], group: NDArray[np.int64]) -> _OwnWords:
    base = len(tokens.vocabulary)
    starts = np.asarray(tokens.bounds, dtype=np.int64)
    sizes = starts[documents + 1] - starts[documents]
    ids = np.asarray(tokens.ids)[ranges(starts[documents], sizes)]
    keys = np.unique(np.repeat(np.arange(len(documents)), sizes) * base + ids)
    row = keys // base
    bounds = bounds_of(np.bincount(row, minlength=len(documents)))
    _, place, spread = np.unique(group[row] * base + keys % base, return_inverse=True, return_counts=True)
    _, where, members = np.unique(group, return_inverse=True, return_counts=True)
    df, alike = spread[place], members[where]
    form = (alike[row] > MANY) & (2 * df >= alike[row])
    distinct, free = np.diff(bounds), np.bincount(row[~form], minlength=len(documents))
    rarest = np.ceil(RAREST * distinct)
    of_form = np.where(free > ALL_FORM * distinct, free, 0)
    own = _rarest(row, df + form * len(documents), bounds, np.where(alike > MANY, of_form, rarest))
    return _OwnWords(keys, own, bounds, base)


def _rarest(
    row: NDArray[np.int64], rank: NDArray[np.integer], bounds: NDArray[np.int64], wanted: NDArray[np.floating]
) -> NDArray[np.float64]:
    """How much of each word is among the so many of lowest rank of its row (float64, words)."""
    order = np.lexsort((rank, row))
    at = row[order]
    opens = np.flatnonzero((np.diff(at, prepend=-1) != 0) | (np.diff(rank[order], prepend=-1) != 0))
    sizes = np.diff(opens, append=len(order))
    room = wanted[at[opens]] - (opens - bounds[at[opens]])
    own = np.zeros(len(order))
    own[order] = np.repeat(np.clip(room / sizes, 0, 1), sizes)
    return own
