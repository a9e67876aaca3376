"""Clusters of a run to which documents are added: only those are worked out that new matches have to do with.

The cluster of a match follows from the matches of its lot (see `reuse.clusters.lots`). A lot that no new passage
overlaps or says a stretch of is what it was, and so are its clusters but for their numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from reuse.align.matches import Matches
from reuse.arrays.ragged import owners_of, slices_of, spread
from reuse.arrays.spans import Union
from reuse.clusters.by_content import find_clusters_by_content
from reuse.clusters.clusters import Clusters, numbered
from reuse.clusters.first_places import STRETCH
from reuse.corpus.tokens import Tokens
from reuse.index.places import Found, GrownPlaces
from reuse.index.shingles import complete, shingle_hashes
from reuse.options import ClusterOptions
from reuse.run.kept_clusters import KeptClusters
from reuse.work.workers import ALONE, Workers

_SLICE = 1 << 18  # places looked at at a time, so that temporaries stay in the cache


def grown_clusters(
    known: KeptClusters,
    before: int,
    matches: Matches,
    tokens: Tokens,
    places: GrownPlaces,
    whole: NDArray[np.int64],
    options: ClusterOptions,
    workers: Workers = ALONE,
) -> Clusters:
    """What `find_clusters_by_content` finds for all matches, given what it found for those that were there.

    Args:
        known: Clusters of the matches and whole documents that were there.
        before: Tokens that were there; all matches that reach behind are new.
        matches: All matches, in order of their places.
        tokens: The corpus, the hash of a word being that of its class.
        places: Of its shingles.
        whole: int64: documents that are a passage from beginning to end, ascending.
        options: When passages carry one text.
        workers: Do the work.
    """
    passages = _Passages.of(known, before, matches, tokens, whole)
    new = passages.came | np.isin(passages.lots, passages.lots_met(tokens, places, len(matches)))
    texts, wholes = np.flatnonzero(new[: len(matches)]), np.flatnonzero(new[len(matches) :])
    found = find_clusters_by_content(matches.take(texts), tokens, options, whole[wholes], workers)
    return _put_together(known.clusters, found, passages, new, len(matches))


@dataclass(frozen=True, slots=True)
class _Passages:
    """The passages of all matches and, behind them, the documents that are a passage as a whole, as both sides.

    Attributes:
        start, end: int64 (2, n): token positions of the two sides (half-open).
        came: bool (n,): whether it is new.
        lots: int64 (n,): the lot of each that was there; -1: it is new.
    """

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    came: NDArray[np.bool_]
    lots: NDArray[np.int64]

    @classmethod
    def of(
        cls, known: KeptClusters, before: int, matches: Matches, tokens: Tokens, whole: NDArray[np.int64]
    ) -> _Passages:
        """Gather them; as for `grown_clusters`."""
        came = np.concatenate((matches.b_start >= before, ~np.isin(whole, known.whole)))
        lots = np.full(len(came), -1)
        lots[~came] = known.clusters.lots
        return cls(
            np.stack([np.concatenate((one, tokens.bounds[whole])) for one in (matches.a_start, matches.b_start)]),
            np.stack([np.concatenate((one, tokens.bounds[whole + 1])) for one in (matches.a_end, matches.b_end)]),
            came,
            lots,
        )

    def union(self, rows: NDArray[np.bool_]) -> Union:
        """What the passages of some rows cover."""
        return Union.of(self.start[:, rows].ravel(), self.end[:, rows].ravel())

    def lots_met(self, tokens: Tokens, places: GrownPlaces, matches: int) -> NDArray[np.int64]:
        """The lots (int64) that new passages overlap, or nearly so, or say a stretch of.

        Args:
            tokens: The corpus.
            places: Of its shingles.
            matches: How many of the rows are matches.
        """
        # What stands in a stretch that begins in a passage is looked at with it, as far as the document goes.
        apart = 4 * STRETCH * tokens.document_of(self.start)
        start, end = self.start + apart, self.end + apart
        new = Union.of(start[:, self.came].ravel() - STRETCH, end[:, self.came].ravel() + STRETCH)
        overlaps = np.any([new.within(*side) > 0 for side in zip(start, end + STRETCH, strict=True)], axis=0)
        old = Union.of(start[:, ~self.came].ravel(), end[:, ~self.came].ravel())
        of_piece = np.empty(len(old.starts), dtype=np.int64)
        of_piece[owners_of(old.starts, start[:, ~self.came])] = self.lots[~self.came]
        texts = self.came & (np.arange(len(self.came)) < matches)
        again = _said_before(tokens, self.union(texts).positions(), places, self.union(~self.came))
        again += 4 * STRETCH * tokens.document_of(again)
        return np.unique(np.concatenate((self.lots[overlaps], of_piece[owners_of(old.starts, again)])))


def _said_before(tokens: Tokens, positions: NDArray[np.int64], places: GrownPlaces, old: Union) -> NDArray[np.int64]:
    """Where in old passages (int64) the stretches stand that begin at some positions.

    They are looked up by the rarest of their shingles.
    """
    positions = positions[complete(tokens, STRETCH, positions)]
    _, distinct = np.unique(shingle_hashes(tokens, STRETCH, positions), return_index=True)
    positions = positions[distinct]
    within = positions[:, None] + np.arange(STRETCH - places.size + 1)
    at, number = np.unique(within, return_inverse=True)
    wanted, row = np.unique(shingle_hashes(tokens, places.size, at), return_inverse=True)
    found = places.find(wanted, partial(shingle_hashes, tokens, places.size))
    row = row[number.reshape(within.shape)]
    rarest = np.argmin(found.sizes()[row], axis=1)
    row = np.take_along_axis(row, rarest[:, None], axis=1)[:, 0]
    sought = Found(found.places, found.begin[row], found.end[row])
    again = [np.zeros(0, dtype=np.int64)]
    sizes = sought.sizes()
    for part in slices_of(sizes, _SLICE):
        own, _ = spread(sizes[part])
        there, here = sought.of(part) - rarest[part][own], positions[part][own]
        same = old.numbers(there) >= 0
        for offset in range(STRETCH):
            there, here = there[same], here[same]
            words = (tokens.ids[np.minimum(side + offset, len(tokens) - 1)] for side in (there, here))
            one, other = (tokens.vocabulary.hashes[ids] for ids in words)
            same = one == other
        again.append(there[same])
    return np.concatenate(again)


def _put_together(
    known: Clusters, found: Clusters, passages: _Passages, new: NDArray[np.bool_], matches: int
) -> Clusters:
    """All clusters, numbered by their first passages.

    Args:
        known: Those of what was there.
        found: Those of what was looked at.
        passages: Of all matches and whole documents.
        new: bool: which of these were looked at.
        matches: How many of them are matches.
    """
    was_there = ~passages.came
    again = passages.union(new & was_there)
    stays = again.numbers(known.start) < 0
    count = int(known.cluster.max(initial=-1)) + 1
    cluster = np.concatenate((known.cluster[stays], found.cluster + count))
    start, end = (
        np.concatenate((one[stays], other)) for one, other in ((known.start, found.start), (known.end, found.end))
    )
    number, (cluster, start, end) = numbered(cluster, start, end)
    of_each, lots = np.empty(len(new), dtype=np.int64), passages.lots.copy()
    of_each[was_there] = np.concatenate((known.of_match, known.of_whole))
    of_each[new] = np.concatenate((found.of_match, found.of_whole)) + count
    lots[new] = found.lots + int(lots.max(initial=-1)) + 1
    said = np.concatenate((known.digested[again.numbers(known.digested[:, 0]) < 0], found.digested))
    return Clusters(
        number[of_each[:matches]],
        cluster,
        start,
        end,
        number[of_each[matches:]],
        said[np.argsort(said[:, 0])],
        lots,
    )
