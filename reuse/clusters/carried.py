"""How much of their text two passages have in common, word by word: told by the tokens that matches align.

Two passages may overlap and yet carry two texts: of a stretch of forty words the one match aligns these twenty, the
other those. So it is aligned tokens that are compared, each by the token of the corpus that it is the same as (see
`first_places`), and not the ends of passages.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.align.paths import Paths
from reuse.arrays.keys import distinct_in, pair_keys, pair_numbers
from reuse.arrays.ragged import ranges, slices_of, spread
from reuse.clusters.first_places import Carried, FirstPlaces

_SLICE = 1 << 18  # tokens looked at at a time, so that temporaries stay in the cache
_NONE = np.uint64(2**64 - 1)  # a key that no word has


@dataclass(frozen=True, slots=True)
class CarriedWords:
    """The words of some texts that are passed on, and of whole documents, which are numbered behind these.

    Attributes:
        texts: Texts of matches.
        paths: The aligned tokens of these matches.
        first: Where each token stands first.
        start, end: int64 (documents,): where each of the whole documents begins and ends (half-open).
    """

    texts: Carried
    paths: Paths
    first: FirstPlaces
    start: NDArray[np.int64]
    end: NDArray[np.int64]

    def common(self, one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.float64]:
        """The share (0 to 1) of the words of the one or the other, whichever has fewer, that both carry.

        Args:
            one: int64 (pairs,): rows of the texts, or behind them of the whole documents.
            other: int64 (pairs,): the same; best if few of them are in many pairs.

        Cost: the aligned tokens of `one`, and once or twice those of each of `other`, sorted.
        """
        share = np.zeros(len(one))
        order = np.argsort(other, kind="stable")
        for some in slices_of(self._sizes()[one[order]], _SLICE):
            rows = order[some]
            heads, head = np.unique(other[rows], return_inverse=True)
            known, fewest = self._keys(heads), self._keys(one[rows])
            row, token = pair_numbers(fewest)
            sought = pair_keys(head[row], token)
            at = np.searchsorted(known, sought)
            both = np.bincount(row, np.append(known, _NONE)[at] == sought, minlength=len(rows))
            sizes = np.bincount(row, minlength=len(rows)), np.bincount(pair_numbers(known)[0], minlength=len(heads))
            share[rows] = both / np.maximum(np.minimum(sizes[0], sizes[1][head]), 1)
        return share

    def _sizes(self) -> NDArray[np.int64]:
        """Words of each text and document (int64), those of a text that a match says again and again at least."""
        return np.concatenate((self.texts.aligned, self.end - self.start))

    def _keys(self, rows: NDArray[np.int64]) -> NDArray[np.uint64]:
        """Number of the row among these and token, for each word that it carries: ascending, each once."""
        is_text = rows < len(self.texts)
        texts = rows[is_text]
        match = self.texts.match[texts]
        text, nth = spread(self.paths.sizes()[match])
        run = self.paths.bounds[match][text] + nth
        start = np.maximum(self.paths.a[run], self.texts.a_start[texts][text])
        end = np.minimum(self.paths.a[run] + self.paths.size[run], self.texts.a_end[texts][text])
        documents = rows[~is_text] - len(self.texts)
        owner = np.concatenate((np.flatnonzero(is_text)[text], np.flatnonzero(~is_text)))
        start = np.concatenate((start, self.start[documents]))
        size = np.maximum(np.concatenate((end, self.end[documents])) - start, 0)
        keys = pair_keys(np.repeat(owner, size), self.first.of(ranges(start, size)))
        keys.sort()
        return distinct_in(keys)
