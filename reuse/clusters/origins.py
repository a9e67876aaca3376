"""Where the text of a document comes from, as far as the dates say so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.keys import differs
from reuse.arrays.ragged import bounds_of
from reuse.arrays.records import FlatColumns
from reuse.arrays.spans import covered
from reuse.shares import FRESH, KINDS, RECYCLED, REPEATED, SHARED


@dataclass(frozen=True, slots=True)
class Origins(FlatColumns):
    """Where each passage comes from.

    Attributes:
        recycled: bool (passages,): a document of an earlier date has the text.
        shared: bool (passages,): another document has it, and which of the two was first is unknown.
        repeated: bool (passages,): the same document has it before.
        earlier: int64 (passages,): how many documents of earlier dates have it.
    """

    recycled: NDArray[np.bool_]
    shared: NDArray[np.bool_]
    repeated: NDArray[np.bool_]
    earlier: NDArray[np.int64]


def origins(
    cluster: NDArray[np.int64],
    document: NDArray[np.int64],
    first_day: NDArray[np.int64],
    last_day: NDArray[np.int64],
    source: NDArray[np.int64] | None = None,
) -> Origins:
    """Tell the origin of each passage from the dates, as far as they are known.

    Args:
        cluster: int64 (passages,), ascending: cluster of each passage.
        document: int64 (passages,): its document; in a cluster, the passages of a document stand together, as they do
            in its text.
        first_day: int64 (documents,): the first day that a document's date can mean (see `calendar.Dates`).
        last_day: int64 (documents,): the last day.
        source: int64 (passages,): the document that each was taken from (see `sources`), of an earlier date and not
            always of the same cluster; -1: none is named. None: no passage has one.
    """
    if not len(cluster):
        nothing, none = np.zeros(0, dtype=bool), np.zeros(0, dtype=np.int64)
        return Origins(nothing, nothing, nothing, none)
    begins = differs(cluster, document)
    one = np.flatnonzero(begins)  # one row a cluster and document
    clusters, documents = cluster[one], document[one]
    bounds = bounds_of(np.bincount(clusters))[cluster]
    first, last = first_day[document], last_day[document]
    earlier = _before(clusters, last_day[documents], cluster, first, side="left") - bounds
    not_later = _before(clusters, first_day[documents], cluster, last, side="right") - bounds  # itself among them
    if source is not None:
        earlier = np.maximum(earlier, source >= 0)
    return Origins(earlier > 0, not_later - 1 > earlier, ~begins, earlier)


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


def kinds_of_words(
    length: int, origins: Origins, start: NDArray[np.int64], end: NDArray[np.int64]
) -> NDArray[np.uint8]:
    """The kind of each word of a corpus (uint8, tokens; see KINDS).

    Args:
        length: Tokens of the corpus.
        origins: Where its passages come from.
        start: int64 (passages,): where each begins, in token positions.
        end: int64 (passages,): where it ends (half-open).
    """
    kinds = np.full(length, FRESH, dtype=np.uint8)
    for kind, rows in ((REPEATED, origins.repeated), (SHARED, origins.shared), (RECYCLED, origins.recycled)):
        kinds[covered(length, start[rows], end[rows])] = kind
    return kinds


def words_by_kind(kinds: NDArray[np.uint8], bounds: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many words of each kind every document has (int64, documents × 4).

    Args:
        kinds: uint8 (tokens,): as `kinds_of_words`.
        bounds: int64 (documents + 1,): where documents begin, in token positions.
    """
    counts = np.zeros((len(bounds) - 1, len(KINDS)), dtype=np.int64)
    for kind in range(len(KINDS)):
        if kind != FRESH:
            counts[:, kind] = np.diff(np.searchsorted(np.flatnonzero(kinds == kind), bounds))
    counts[:, FRESH] = np.diff(bounds) - counts.sum(axis=1)
    return counts
