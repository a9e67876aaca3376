"""Where the text of a document comes from, as far as the dates say so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.keys import differs
from reuse.arrays.ragged import bounds_of, slices_of
from reuse.arrays.records import FlatColumns
from reuse.arrays.spans import covered
from reuse.clusters.digests import LESS_THAN
from reuse.shares import FRESH, FURNITURE, RECYCLED, REPEATED, SECTIONS, SHARED
from reuse.work.workers import ALONE, Workers

_SLICE = 1 << 18  # words looked at at a time, so that temporaries stay in the cache


@dataclass(frozen=True, slots=True)
class Origins(FlatColumns):
    """Where each passage comes from.

    Attributes:
        recycled: bool (passages,): a document of an earlier date has the text.
        shared: bool (passages,): another document has it, and which of the two was first is unknown.
        repeated: bool (passages,): the same document has it before.
        of_digested: uint8 (passages,): the kind (see `reuse.shares.KINDS`) of those of its words that a digest has (see
            `clusters.digests`), if digests are all that says them.
        earlier: int64 (passages,): how many documents of earlier dates have it, or a digest of it.
    """

    recycled: NDArray[np.bool_]
    shared: NDArray[np.bool_]
    repeated: NDArray[np.bool_]
    of_digested: NDArray[np.uint8]
    earlier: NDArray[np.int64]


def origins(
    cluster: NDArray[np.int64],
    document: NDArray[np.int64],
    size: NDArray[np.int64],
    first_day: NDArray[np.int64],
    last_day: NDArray[np.int64],
    source: NDArray[np.int64] | None = None,
    in_part: NDArray[np.bool_] | None = None,
) -> Origins:
    """Tell the origin of each passage from the dates, as far as they are known.

    Args:
        cluster: int64 (passages,), ascending: cluster of each passage.
        document: int64 (passages,): its document; in a cluster, the passages of a document stand together, as they do
            in its text.
        size: int64 (passages,): its length in words.
        first_day: int64 (documents,): the first day that a document's date can mean (see `calendar.Dates`).
        last_day: int64 (documents,): the last day.
        source: int64 (passages,): the document that each was taken from (see `sources`), of an earlier date and not
            always of the same cluster; -1: none is named. None: no passage has one.
        in_part: bool (passages,): it is known which of its words digests have; None: of none it is.
    """
    named = np.zeros(len(cluster), dtype=bool) if source is None else source >= 0
    earlier, shared, repeated = _who_has_it(cluster, document, first_day, last_day)
    of_any = _kinds((earlier > 0) | named, shared, repeated)
    recycled = (earlier > 0) | named
    if in_part is not None and in_part.any():
        # What is long is said by what is long; of a digest all is said by whatever it draws together.
        longest = np.zeros(int(cluster.max(initial=-1)) + 1, dtype=np.int64)
        np.maximum.at(longest, cluster, size)
        long = np.flatnonzero(size >= LESS_THAN * longest[cluster])
        asked = in_part[long]
        before, other, again = (
            found[asked] for found in _who_has_it(cluster[long], document[long], first_day, last_day)
        )
        rows = long[asked]
        recycled[rows] = (before > 0) | (named[rows] & (earlier[rows] == 0))
        shared[rows], repeated[rows] = other, again
    return Origins(recycled, shared, repeated, of_any, np.maximum(earlier, named))


def _kinds(recycled: NDArray[np.bool_], shared: NDArray[np.bool_], repeated: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """The first kind (uint8) that applies to each passage."""
    return np.select((recycled, shared, repeated), (RECYCLED, SHARED, REPEATED), FRESH).astype(np.uint8)


def _who_has_it(
    cluster: NDArray[np.int64],
    document: NDArray[np.int64],
    first_day: NDArray[np.int64],
    last_day: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.bool_]]:
    """Of each passage: how many earlier documents have it, whether one does of unknown order, and its own before."""
    if not len(cluster):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=bool), np.zeros(0, dtype=bool)
    begins = differs(cluster, document)
    one = np.flatnonzero(begins)  # one row a cluster and document
    clusters, documents = cluster[one], document[one]
    bounds = bounds_of(np.bincount(clusters))[cluster]
    first, last = first_day[document], last_day[document]
    earlier = _before(clusters, last_day[documents], cluster, first, side="left") - bounds
    not_later = _before(clusters, first_day[documents], cluster, last, side="right") - bounds  # itself among them
    return earlier, not_later - 1 > earlier, ~begins


def _before(
    clusters: NDArray[np.int64],
    days: NDArray[np.int64],
    cluster: NDArray[np.int64],
    day: NDArray[np.int64],
    *,
    side: Literal["left", "right"],
) -> NDArray[np.int64]:
    """How many of the rows of lower clusters, and of one's own cluster before a day (`right`: or on it), there are."""
    ranks, rank = np.unique(np.concatenate([days, day]), return_inverse=True)
    keys = np.sort(clusters * len(ranks) + rank[: len(days)])
    return np.searchsorted(keys, cluster * len(ranks) + rank[len(days) :], side=side)


def partly_digested(start: NDArray[np.int64], end: NDArray[np.int64], digested: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which passages (bool) have a word that digests say; starts and ends as of `kinds_of_words`."""
    found: NDArray[np.bool_] = np.searchsorted(digested[:, 1], start, side="right") < np.searchsorted(
        digested[:, 0], end
    )
    return found


def kinds_of_words(
    length: int,
    origins: Origins,
    start: NDArray[np.int64],
    end: NDArray[np.int64],
    furniture: NDArray[np.int64],
    digested: NDArray[np.int64],
    *,
    workers: Workers = ALONE,
) -> NDArray[np.uint8]:
    """The kind of each word of a corpus (uint8, tokens; see `reuse.shares.SECTIONS`).

    Args:
        length: Tokens of the corpus.
        origins: Where its passages come from.
        start: int64 (passages,): where each begins, in token positions.
        end: int64 (passages,): where it ends (half-open).
        furniture: int64 (stretches, 2): from which token to which words are furniture of pages (see `Furniture`).
        digested: int64 (stretches, 2): what digests say of longer passages (see `clusters.digests`).
        workers: Have a place for columns.
    """
    kinds: NDArray[np.uint8] = workers.column(length, np.uint8)
    kinds[:] = FRESH
    said = covered(length, digested[:, 0], digested[:, 1], workers)
    for kind, rows in ((REPEATED, origins.repeated), (SHARED, origins.shared), (RECYCLED, origins.recycled)):
        part = (origins.of_digested == kind) & ~rows
        here = covered(length, start[part], end[part], workers)
        here &= said
        np.putmask(kinds, here, kind)
        np.putmask(kinds, covered(length, start[rows], end[rows], workers), kind)
    np.putmask(kinds, covered(length, furniture[:, 0], furniture[:, 1], workers), FURNITURE)
    return kinds


def words_by_kind(kinds: NDArray[np.uint8], bounds: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many words of each kind every document has (int64, documents × 5), furniture of pages last.

    Args:
        kinds: uint8 (tokens,): as `kinds_of_words`.
        bounds: int64 (documents + 1,): where documents begin, in token positions.
    """
    counts = np.zeros((len(bounds) - 1, len(SECTIONS)), dtype=np.int64)
    for some in slices_of(np.diff(bounds), _SLICE):
        own = bounds[some.start : some.stop + 1]
        here = kinds[own[0] : own[-1]]
        for kind in range(len(SECTIONS)):
            if kind != FRESH:
                counts[some, kind] = np.diff(np.searchsorted(np.flatnonzero(here == kind), own - own[0]))
    counts[:, FRESH] = np.diff(bounds) - counts.sum(axis=1)
    return counts
