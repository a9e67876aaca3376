"""On whom groups draw, as far as the dates say so."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from reuse.analysis.stored import Witnesses
from reuse.arrays.spans import union_lengths
from reuse.clusters.origins import Origins
from reuse.corpus.tokens import Tokens


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


def main_sources(
    tokens: Tokens,
    spans: NDArray[np.int64],
    dates: tuple[NDArray[np.int64], NDArray[np.int64]],
    owner: NDArray[np.int64],
    count: int,
    names: Sequence[str],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The earlier document outside of each group that it has most words in matches with, and how many words.

    Of several with as many, such as copies of one text, it is the latest, and of these the first by its id.

    Args:
        tokens: The corpus.
        spans: int64 (matches, 4): a_start, a_end, b_start, b_end as token positions.
        dates: First and last day that each document's date can mean.
        owner: int64 (documents,): group of each document, from 0; `count`: none.
        count: How many groups there are.
        names: Ids of the documents.
    """
    first_day, last_day = dates
    starts, ends = np.concatenate([spans[:, 0], spans[:, 2]]), np.concatenate([spans[:, 1], spans[:, 3]])
    target = tokens.document_of(starts)
    other = np.roll(target, len(spans))
    telling = (last_day[other] < first_day[target]) & (owner[target] != owner[other]) & (owner[target] < count)
    keys, number = np.unique(owner[target[telling]] * tokens.documents + other[telling], return_inverse=True)
    words = union_lengths(number, starts[telling], ends[telling], len(keys))
    source, most = np.full(count, -1, dtype=np.int64), np.zeros(count, dtype=np.int64)
    behind = np.empty(tokens.documents, dtype=np.int64)
    behind[sorted(range(tokens.documents), key=names.__getitem__, reverse=True)] = np.arange(tokens.documents)
    document = keys % max(tokens.documents, 1)
    order = np.lexsort((behind[document], last_day[document], words))  # the last one written stays
    source[keys[order] // tokens.documents] = keys[order] % tokens.documents
    most[keys[order] // tokens.documents] = words[order]
    return source, most
