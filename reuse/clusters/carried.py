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
from reuse.arrays.ragged import slices_of, spread
from reuse.arrays.spans import Union
from reuse.clusters.first_places import Carried, FirstPlaces

_SLICE = 1 << 18  # tokens looked at at a time, so that temporaries stay in the cache


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
            one: As in `words`.
            other: The same.
        """
        both, its, others = self.words(one, other)
        share: NDArray[np.float64] = both / np.maximum(np.minimum(its, others), 1)
        return share

    def words(
        self, one: NDArray[np.int64], other: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """How many words both carry, how many the one does, and how many the other (int64, one a pair).

        Args:
            one: int64 (pairs,): rows of the texts, or behind them of the whole documents.
            other: int64 (pairs,): the same; best if few of them are in many pairs.

        Cost: the aligned runs of `one`, and once or twice those of each of `other`, sorted; more where their tokens do
        not follow one another where they stand first.
        """
        shared, its, others = (np.zeros(len(one), dtype=np.int64) for _ in range(3))
        order = np.argsort(other, kind="stable")
        for some in slices_of(self._sizes()[one[order]], _SLICE):
            rows = order[some]
            heads, head = np.unique(other[rows], return_inverse=True)
            sides = self._stretches(heads), self._stretches(one[rows])
            # Each row has positions of its own: one union tells all of them apart.
            stride = 1 + max(int((start + size).max(initial=0)) for _, start, size in sides)
            known, own = (Union.of(row * stride + start, row * stride + start + size) for row, start, size in sides)
            row, sizes = own.starts // stride, np.diff(own.bounds)
            start = own.starts + (head[row] - row) * stride
            shared[rows] = np.bincount(row, known.within(start, start + sizes), len(rows))
            its[rows] = np.bincount(row, sizes, len(rows))
            others[rows] = np.bincount(known.starts // stride, np.diff(known.bounds), len(heads))[head]
        return shared, its, others

    def _sizes(self) -> NDArray[np.int64]:
        """Words of each text and document (int64), those of a text that a match says again and again at least."""
        return np.concatenate((self.texts.aligned, self.end - self.start))

    def _stretches(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Stretches where the words stand first that some rows carry: of which of these, begin and size (int64)."""
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
        size = np.concatenate((end, self.end[documents])) - start
        there = np.flatnonzero(size > 0)
        owner, start, size = owner[there], start[there], size[there]
        run, place, size = self.first.stretches(start, size)
        return owner[run], place, size
