"""Which wordings of its text a passage is compared with when its source is looked for.

Where there are few, with all. Where there are many, with those that earlier passages led to: of each of the rarest
shingles of a wording, the first passage that had it and the last ones before. Whoever changes a text makes shingles
that nobody had before, and hands them on: so the text that was copied is the first that had some of them, or says the
same as one that was. Cost follows the words of the passages, not the pairs of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.hashing import mixed
from reuse.arrays.keys import differs
from reuse.arrays.logarithm import log2
from reuse.arrays.ragged import bounds_of, ranges, spread
from reuse.arrays.records import FlatColumns
from reuse.clusters.wordings import Wordings
from reuse.corpus.tokens import Tokens
from reuse.index.shingles import shingle_hashes

SHINGLE = 3
"""Words of a shingle."""

RAREST = 24
"""Shingles of a wording that are looked up: the ones that fewest others of the text have."""

_LAST = 2  # of the earlier passages with a shingle, so many of the latest


@dataclass(frozen=True, slots=True)
class Asked(FlatColumns):
    """What is looked for: the source of a wording in a witness of a date, for all passages that have these in common.

    Attributes:
        wording: int64 (asked,): the wording.
        witness: int64 (asked,): the witness.
        cluster: int64 (asked,): the cluster of its passages.
        first, last: int64 (asked,): first and last day that the date of its passages can mean, as ranks.
    """

    wording: NDArray[np.int64]
    witness: NDArray[np.int64]
    cluster: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]


def kindred(
    asked: Asked,
    wordings: Wordings,
    dated: tuple[NDArray[np.int64], NDArray[np.int64]],
    carried: tuple[NDArray[np.int64], NDArray[np.int64]],
    tokens: Tokens,
    most: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of a row of `asked` and a wording of its text, its own among them (int64 each), sorted.

    Args:
        asked: What is looked for.
        wordings: All wordings.
        dated: int64 each: wordings, and the last day that the date of a passage with this wording can mean, as a rank.
        carried: int64 each: wordings, and a cluster that has a passage with this wording.
        tokens: The corpus.
        most: Wordings that a passage is compared with, at most.
    """
    bounds = bounds_of(np.bincount(wordings.text))
    text = wordings.text[asked.wording]
    size = np.diff(bounds)[text]
    few = np.flatnonzero(size <= most)
    row, nth = spread(size[few])
    pairs = [(few[row], bounds[text[few]][row] + nth)]
    many = np.flatnonzero(size > most)
    if len(many):
        pairs.append(_led_to(asked, many, wordings, dated, carried, tokens, most))
    rows, others = (np.concatenate(side) for side in zip(*pairs, strict=True))
    own = wordings.group[others] == wordings.group[asked.wording[rows]]
    kept = ~own | (wordings.group[others] < 0)
    rows, others = rows[kept], others[kept]
    order = np.lexsort((others, rows))
    return rows[order], others[order]


def _led_to(
    asked: Asked,
    many: NDArray[np.int64],
    wordings: Wordings,
    dated: tuple[NDArray[np.int64], NDArray[np.int64]],
    carried: tuple[NDArray[np.int64], NDArray[np.int64]],
    tokens: Tokens,
    most: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The pairs of some rows of `asked` with the wordings that their shingles lead to, and with their own."""
    crowded = np.zeros(int(wordings.text[-1]) + 1, dtype=bool)
    crowded[wordings.text[asked.wording[many]]] = True
    wording, feature, weight = _told_by(wordings, crowded[wordings.text], carried, tokens)
    by_wording = bounds_of(np.bincount(wording, minlength=len(wordings)))
    # Who has each shingle, by date.
    holder, day = dated
    order = np.argsort(holder, kind="stable")
    dates = bounds_of(np.bincount(holder, minlength=len(wordings)))
    which, _ = spread(np.diff(dates)[wording])
    row = order[ranges(dates[wording], np.diff(dates)[wording])]
    days = int(max(day.max(initial=0), asked.first.max())) + 1
    key = feature[which] * days + day[row]
    arranged = np.lexsort((wording[which], key))
    key, holders = key[arranged], wording[which][arranged]
    # What those who are looked for have.
    size = np.diff(by_wording)[asked.wording[many]]
    of, _ = spread(size)
    has = ranges(by_wording[asked.wording[many]], size)
    begin = np.searchsorted(key, feature[has] * days)
    behind = np.searchsorted(key, feature[has] * days + asked.first[many][of])
    rows, others, weights = [many], [asked.wording[many]], [np.full(len(many), np.inf)]
    for at in (begin, *(behind - back for back in range(1, _LAST + 1))):
        there = np.flatnonzero((at >= begin) & (at < behind))
        rows.append(many[of[there]])
        others.append(holders[at[there]])
        weights.append(weight[has[there]])
    return _heaviest(np.concatenate(rows), np.concatenate(others), np.concatenate(weights), len(wordings), most)


def _told_by(
    wordings: Wordings, chosen: NDArray[np.bool_], carried: tuple[NDArray[np.int64], NDArray[np.int64]], tokens: Tokens
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """The rarest shingles of some wordings that others of their text have too, and the clusters that they stand in.

    Returns:
        The wording, ascending; the number of what it has; what it weighs that two have it, of a cluster nothing.
    """
    wording, number, count = _rarest(wordings, np.flatnonzero(chosen), tokens)
    weight = log2((np.bincount(wordings.text)[wordings.text[wording]] + 1) / count)
    holder, cluster = (column[chosen[carried[0]]] for column in carried)
    number = np.concatenate((number, int(number.max(initial=-1)) + 1 + cluster))
    wording, weight = np.concatenate((wording, holder)), np.concatenate((weight, np.zeros(len(holder))))
    order = np.argsort(wording, kind="stable")
    return wording[order], number[order], weight[order]


def _rarest(
    wordings: Wordings, chosen: NDArray[np.int64], tokens: Tokens
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Of each wording the shingles that fewest others have: the wording, the shingle's number, how many have it."""
    size = np.maximum(wordings.length[chosen] - SHINGLE + 1, 0)
    owner, _ = spread(size)
    wording = chosen[owner]
    hashes = shingle_hashes(tokens, SHINGLE, ranges(wordings.start[chosen], size))
    hashes ^= mixed(wordings.text[wording].astype(np.uint64))
    order = np.lexsort((wording, hashes))
    hashes, wording = hashes[order], wording[order]
    once = differs(hashes, wording)
    hashes, wording = hashes[once], wording[once]
    number = np.cumsum(differs(hashes)) - 1
    count = np.bincount(number)[number] if len(number) else number
    shared = count > 1
    hashes, wording, number, count = hashes[shared], wording[shared], number[shared], count[shared]
    order = np.lexsort((hashes, count, wording))
    wording = wording[order]
    kept = np.arange(len(wording)) - np.searchsorted(wording, wording) < RAREST
    return wording[kept], number[order][kept], count[order][kept]


def _heaviest(
    rows: NDArray[np.int64], others: NDArray[np.int64], weights: NDArray[np.float64], count: int, most: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Of pairs that are named several times the `most` of each row whose weights add up to most."""
    keys, number = np.unique(rows * count + others, return_inverse=True)
    total = np.bincount(number, weights=weights)
    rows, others = keys // count, keys % count
    order = np.lexsort((others, -total, rows))
    nth = np.arange(len(rows)) - np.searchsorted(rows, rows)  # rows are ascending, in `order` too
    kept = order[nth < most]
    return rows[kept], others[kept]
