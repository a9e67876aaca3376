"""Where the text of a document comes from, as far as the dates say so."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.analysis.spans import union_lengths
from reuse.analysis.stored import Witnesses
from reuse.arrays.keys import differs
from reuse.arrays.ragged import bounds_of
from reuse.corpus.tokens import Tokens

TELLING = 20
"""Text that more documents have is common property: it does not tell on whom one of them draws."""


@dataclass(frozen=True, slots=True)
class Origins:
    """Where each passage comes from.

    Attributes:
        shared: bool (passages,): another document has the text.
        recycled: bool (passages,): a document of an earlier date has it.
        repeated: bool (passages,): the same document has it before.
        earlier: int64 (passages,): how many documents of earlier dates have it.
        witnesses: int64 (passages,): how many documents have it.
    """

    shared: NDArray[np.bool_]
    recycled: NDArray[np.bool_]
    repeated: NDArray[np.bool_]
    earlier: NDArray[np.int64]
    witnesses: NDArray[np.int64]


def origins(passages: Witnesses, first_day: NDArray[np.int64], last_day: NDArray[np.int64]) -> Origins:
    """Tell the origin of each passage from the dates, as far as they are known.

    Args:
        passages: Sorted by cluster, then start.
        first_day: int64 (documents,): the first day that a document's date can mean (see `calendar.Dates`).
        last_day: int64 (documents,): the last day.
    """
    count = len(passages.cluster)
    if not count:
        nothing, none = np.zeros(0, dtype=bool), np.zeros(0, dtype=np.int64)
        return Origins(nothing, nothing, nothing, none, none)
    cluster, document = passages.cluster, passages.document
    begins = differs(cluster, document)
    groups = int(cluster.max()) + 1
    witnesses = np.bincount(cluster[begins], minlength=groups)
    # One row a cluster and document, by the last day that the date can mean: the earlier ones stand first.
    one = np.flatnonzero(begins)
    days = last_day[document[one]]
    order = np.lexsort((days, cluster[one]))
    where, when = cluster[one][order], days[order]
    bounds = bounds_of(witnesses)
    ranks, rank = np.unique(np.concatenate([when, first_day[document]]), return_inverse=True)
    width = len(ranks) + 1
    before = np.searchsorted(where * width + rank[: len(when)], cluster * width + rank[len(when) :], side="left")
    earlier = before - bounds[cluster]
    many = witnesses[cluster]
    return Origins(many > 1, earlier > 0, ~begins, earlier, many)


def from_own_group(
    passages: Witnesses,
    from_where: Origins,
    owner: NDArray[np.int64],
    dates: tuple[NDArray[np.int64], NDArray[np.int64]],
) -> NDArray[np.bool_]:
    """Which passages (bool, passages) an earlier document of the same group has."""
    if not len(passages.cluster):
        return from_where.recycled
    first_day, last_day = dates
    keys = passages.cluster * (int(owner.max()) + 1) + owner[passages.document]
    _, number = np.unique(keys, return_inverse=True)
    earliest = np.full(int(number.max()) + 1, np.iinfo(np.int64).max)
    np.minimum.at(earliest, number, last_day[passages.document])
    return earliest[number] < first_day[passages.document]


def telling_matches(
    matches: tuple[NDArray[np.int64], NDArray[np.int64]], passages: Witnesses, from_where: Origins
) -> NDArray[np.int64]:
    """The matches (int64, matches × 4) whose text no more than TELLING documents have."""
    spans, cluster = matches
    if not len(spans):
        return spans
    witnesses = np.zeros(int(passages.cluster.max(initial=0)) + 1, dtype=np.int64)
    witnesses[passages.cluster] = from_where.witnesses
    return spans[witnesses[cluster] <= TELLING]


def main_sources(
    tokens: Tokens,
    spans: NDArray[np.int64],
    dates: tuple[NDArray[np.int64], NDArray[np.int64]],
    owner: NDArray[np.int64],
    count: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The earlier document outside of each group that it has most words in matches with, and how many words."""
    first_day, last_day = dates
    starts, ends = np.concatenate([spans[:, 0], spans[:, 2]]), np.concatenate([spans[:, 1], spans[:, 3]])
    target = tokens.document_of(starts)
    other = np.roll(target, len(spans))
    telling = (last_day[other] < first_day[target]) & (owner[target] != owner[other]) & (owner[target] < count)
    keys, number = np.unique(owner[target[telling]] * tokens.documents + other[telling], return_inverse=True)
    words = union_lengths(number, starts[telling], ends[telling], len(keys))
    source, most = np.full(count, -1, dtype=np.int64), np.zeros(count, dtype=np.int64)
    order = np.lexsort((-keys, words))  # the last one written stays
    source[keys[order] // tokens.documents] = keys[order] % tokens.documents
    most[keys[order] // tokens.documents] = words[order]
    return source, most
