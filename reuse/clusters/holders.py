"""Who has each wording, by date: the last one before a day, and how many may have been before it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.keys import differs, distinct_in
from reuse.arrays.ragged import bounds_of

NOBODY = -1


@dataclass(frozen=True, slots=True)
class Holders:
    """Who has each wording, by date.

    Attributes:
        place: int64 (passages,): of passages with the same wording the one of the greatest place is named.
        witness_of: int64 (passages,): the text that the document of each is a copy of.
        passage: int64 (passages,): all passages by their wording, then by `place`, which follows the last day.
        last: int64 (passages,): keys of wording and last day, ascending.
        earlier: int64 (passages + 1,): how many witnesses there are among the passages so far.
        first: int64 (witnesses,): keys of wording and first day of each witness to it, ascending.
        witness: int64 (witnesses,): keys of wording and witness, ascending.
        since: int64 (witnesses,): last day of the earliest passage of each of these.
        opening: int64 (witnesses,): first day of the one that may be earliest.
        cluster: int64: keys of wording and cluster, ascending.
        bounds: int64 (wordings + 1,): where the passages of each wording begin.
        bounds_of_witnesses: int64 (wordings + 1,): where its witnesses begin.
        days, witnesses, clusters: How many there may be.
    """

    place: NDArray[np.int64]
    witness_of: NDArray[np.int64]
    passage: NDArray[np.int64]
    last: NDArray[np.int64]
    earlier: NDArray[np.int64]
    first: NDArray[np.int64]
    witness: NDArray[np.int64]
    since: NDArray[np.int64]
    opening: NDArray[np.int64]
    cluster: NDArray[np.int64]
    bounds: NDArray[np.int64]
    bounds_of_witnesses: NDArray[np.int64]
    days: int
    witnesses: int
    clusters: int

    @classmethod
    def of(
        cls,
        wording: NDArray[np.int64],
        place: NDArray[np.int64],
        dated: tuple[NDArray[np.int64], NDArray[np.int64]],
        witness: NDArray[np.int64],
        cluster: NDArray[np.int64],
    ) -> Holders:
        """From the wording of each passage, its place, the first and last day of its date, its witness, its cluster."""
        first, last = dated
        days, witnesses, clusters = int(last.max()) + 1, int(witness.max()) + 1, int(cluster.max()) + 1
        key = wording * witnesses + witness
        by_witness = np.lexsort((last, key))
        earliest = by_witness[differs(key[by_witness])]  # of each witness to a wording
        opening = np.full(len(earliest), np.iinfo(np.int64).max)
        np.minimum.at(opening, np.searchsorted(key[earliest], key), first)
        new = np.zeros(len(wording), dtype=bool)
        new[earliest] = True
        passage = np.lexsort((place, wording))
        return cls(
            place=place,
            witness_of=witness,
            passage=passage,
            last=wording[passage] * days + last[passage],
            earlier=bounds_of(new[passage]),
            first=np.sort(wording[earliest] * days + opening),
            witness=key[earliest],
            since=last[earliest],
            opening=opening,
            cluster=np.unique(wording * clusters + cluster),
            bounds=bounds_of(np.bincount(wording)),
            bounds_of_witnesses=bounds_of(np.bincount(wording[earliest])),
            days=days,
            witnesses=witnesses,
            clusters=clusters,
        )

    def by_day(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Wordings, and a last day of one of their passages (int64 each), every pair once."""
        return self._pairs(self.last, self.days)

    def by_cluster(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Wordings, and a cluster that has a passage with it (int64 each), every pair once."""
        return self._pairs(self.cluster, self.clusters)

    @staticmethod
    def _pairs(keys: NDArray[np.int64], width: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        keys = distinct_in(keys)
        return keys // width, keys % width

    def before(self, wording: NDArray[np.int64], day: NDArray[np.int64]) -> NDArray[np.int64]:
        """The passage with each wording that is named as the last one before a day (int64); -1: there is none."""
        at = np.searchsorted(self.last, wording * self.days + day)
        return np.where(at > self.bounds[wording], self.passage[at - 1], NOBODY)

    def count_before(self, wording: NDArray[np.int64], day: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many witnesses surely have each wording before a day (int64)."""
        at = np.searchsorted(self.last, wording * self.days + day)
        return self.earlier[at] - self.earlier[self.bounds[wording]]

    def count_until(self, wording: NDArray[np.int64], day: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many witnesses may have each wording on a day or before (int64)."""
        at = np.searchsorted(self.first, wording * self.days + day, side="right")
        return at - self.bounds_of_witnesses[wording]

    def has(self, wording: NDArray[np.int64], witness: NDArray[np.int64], day: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether a witness surely has each wording before a day (bool)."""
        at, known = _found(self.witness, wording * self.witnesses + witness)
        return known & (self.since[at] < day)

    def may_have(
        self, wording: NDArray[np.int64], witness: NDArray[np.int64], day: NDArray[np.int64]
    ) -> NDArray[np.bool_]:
        """Whether a witness may have each wording on a day or before (bool)."""
        at, known = _found(self.witness, wording * self.witnesses + witness)
        return known & (self.opening[at] <= day)

    def in_cluster(self, wording: NDArray[np.int64], cluster: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether each wording stands in a passage of a cluster (bool)."""
        return _found(self.cluster, wording * self.clusters + cluster)[1]


def _found(keys: NDArray[np.int64], sought: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Where each key would stand among ascending ones (int64), and whether it is there (bool)."""
    at = np.minimum(np.searchsorted(keys, sought), len(keys) - 1)
    return at, keys[at] == sought
