"""Whether one of two texts that are half alike was made from the other, or both fill in one form.

Versions of a story keep what is its own: names, figures, whatever few others have. Two fillings of a form share the
form, which all of them have, and differ in what is their own. So each word of a text counts by how far it is the text's
own, among the texts that are, by links, half alike to it: wholly if none of these has it, hardly if all have it; texts
about other things have no say in it. Two fillings of a form may be two versions of a story as far as their words go;
from the third on the words tell, and each further one tells it more clearly: nothing turns at a number of texts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.ragged import bounds_of, ranges, slices_of
from reuse.corpus.tokens import Tokens

STEEPNESS = 2.0
"""Power of how far a word is a text's own: what few have counts far above what half of them have."""
COMMON = 0.02
"""What a word counts that all have: a text that differs from the others in so small a share of its words is one of
them, however many there are."""
KEPT = 0.5
"""Least share of what is a text's own that its version has."""
AT_ONCE = 1 << 22
"""Words looked up at a time: they take some hundred megabytes."""


@dataclass(frozen=True, slots=True)
class _OwnWords:
    """The distinct words of some documents, and how far each is its document's own.

    Attributes:
        keys: int64 (words,): row of the document × `base` + id of the word, ascending.
        own: float64 (words,): `COMMON` for a word that all have, to 1 + `COMMON` for one that no other has.
        several: bool (words,): other documents have the word, and not all of them.
        alone: float64 (documents,): sum of `own` of the words that no other document has.
        total: float64 (documents,): sum of `own` of all words.
        bounds: int64 (documents + 1,): where the words of `several` of each document begin and end among those.
        base: Words of the vocabulary.
    """

    keys: NDArray[np.int64]
    own: NDArray[np.float64]
    several: NDArray[np.bool_]
    alone: NDArray[np.float64]
    total: NDArray[np.float64]
    bounds: NDArray[np.int64]
    base: int

    def kept(self, documents: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.float64]:
        """Share of what is a document's own that the other one has (float64, pairs); 1 for a text without words.

        What no other document has this one has not, and what all have it has: only the words between are looked up.
        """
        places, sizes = np.flatnonzero(self.several), np.diff(self.bounds)[documents]
        missing = self.alone[documents]
        for some in slices_of(sizes, AT_ONCE):
            at = places[ranges(self.bounds[documents[some]], sizes[some])]
            pair = np.repeat(np.arange(some.start, some.stop), sizes[some])
            sought = others[pair] * self.base + self.keys[at] % self.base
            place = np.minimum(np.searchsorted(self.keys, sought), len(self.keys) - 1)
            gone = self.keys[place] != sought
            missing += np.bincount(pair[gone], self.own[at[gone]], minlength=len(documents))
        total = self.total[documents]
        return 1 - missing / np.where(total > 0, total, 1)


def made_from(
    tokens: Tokens, a: NDArray[np.int64], b: NDArray[np.int64], group: NDArray[np.integer]
) -> NDArray[np.bool_]:
    """Whether one of each pair of documents keeps what is the other's own (bool, pairs)."""
    return kept_of_own(tokens, a, b, group) >= KEPT


def kept_of_own(
    tokens: Tokens, a: NDArray[np.int64], b: NDArray[np.int64], group: NDArray[np.integer]
) -> NDArray[np.float64]:
    """Share of what is the one's own that the other of each pair of documents has: the larger of the two (pairs,).

    Args:
        tokens: All tokens.
        a: int64 (pairs,): a document of each pair.
        b: int64 (pairs,): the other one.
        group: Group of each document (documents,): those that such pairs link are in one.

    Cost: one sort of the distinct words of these documents, and a search for the words of each pair that some but not
    all documents of the group have.
    """
    documents = np.unique(np.concatenate([a, b]))
    words = _own_words(tokens, documents, group[documents].astype(np.int64))
    first, second = np.searchsorted(documents, a), np.searchsorted(documents, b)
    return np.maximum(words.kept(first, second), words.kept(second, first))


def _own_words(tokens: Tokens, documents: NDArray[np.int64], group: NDArray[np.int64]) -> _OwnWords:
    base = len(tokens.vocabulary)
    starts = np.asarray(tokens.bounds, dtype=np.int64)
    sizes = starts[documents + 1] - starts[documents]
    ids = np.asarray(tokens.ids)[ranges(starts[documents], sizes)]
    keys = np.unique(np.repeat(np.arange(len(documents)), sizes) * base + ids)
    row = keys // base
    _, place, spread = np.unique(group[row] * base + keys % base, return_inverse=True, return_counts=True)
    _, where, members = np.unique(group, return_inverse=True, return_counts=True)
    df, alike = spread[place], members[where][row]
    own = (1 - np.log(df) / np.log(alike + 1)) ** STEEPNESS + COMMON
    several = (df > 1) & (df < alike)

    def of_each(some: NDArray[np.bool_]) -> NDArray[np.float64]:
        return np.bincount(row[some], own[some], minlength=len(documents)).astype(np.float64)

    bounds = bounds_of(np.bincount(row[several], minlength=len(documents)))
    return _OwnWords(keys, own, several, of_each(df == 1), of_each(df > 0), bounds, base)
