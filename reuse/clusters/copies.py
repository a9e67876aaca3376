"""Copies: documents that are one text, word for word or nearly so. All copies of a text are one witness to it.

Exact copies have the same words in the same order. Two texts are near copies if the words that both have in the same
order (their longest common subsequence) are nearly all of either. Each group has a text in its middle that all others
of it are near copies of, so that a chain of small changes does not make one text of all its links.

Which texts are worth comparing is told by a few shingles of each, the ones of least hash, as Broder (1997) finds near
copies of pages: so many of a text whatever its length, so that two texts of about one length choose the same ones.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

from reuse.align.blocks import LARGEST_SIDE, as_characters, code_points, pieces_of
from reuse.arrays.keys import differs, pair_keys, pair_numbers
from reuse.arrays.ragged import bounds_of, ranges, spread
from reuse.calendar import Dates
from reuse.corpus.tokens import Tokens
from reuse.corpus.witnesses import Witnesses
from reuse.index.shingles import complete, shingle_hashes
from reuse.work.workers import ALONE, Workers

SHINGLE = 4
"""Words of a shingle."""

CHOSEN = 24
"""Shingles by which a text is told, about."""

_SLICE = 1 << 18  # words hashed at a time
_DIGITS = 2.0**64
_ENOUGH = 0.6  # of the chosen shingles that near copies share on the average, to be compared at all


@dataclass(frozen=True, slots=True)
class Copies:
    """The documents of a corpus by the text that they are.

    Attributes:
        first: int64 (documents,): the first document of each one's text: the earliest, of those the first by its id.
        count: int64 (documents,): how many documents have the text, itself included.
    """

    first: NDArray[np.int64]
    count: NDArray[np.int64]

    @classmethod
    def of(cls, text_of: NDArray[np.int64], ids: Sequence[str], dates: Dates) -> Copies:
        """From the text of each document (int64, documents, see `find_copies`), its id and its date."""
        by_id = np.array(sorted(range(len(ids)), key=ids.__getitem__), dtype=np.int64)
        undated = dates.ranks[by_id] < 0
        order = by_id[np.lexsort((dates.ranks[by_id], undated, text_of[by_id]))]
        opens = differs(text_of[order])
        number = np.cumsum(opens) - 1
        first, count = np.empty_like(order), np.empty_like(order)
        first[order] = order[np.flatnonzero(opens)[number]]
        count[order] = np.bincount(number)[number]
        return cls(first, count)


def find_copies(
    witnesses: Witnesses,
    texts: Tokens,
    near: float,
    least: int,
    group: NDArray[np.int32] | None = None,
    workers: Workers = ALONE,
) -> NDArray[np.int64]:
    """Number of the text that each document is a copy of (int64, documents); documents of one number are copies.

    Args:
        witnesses: The distinct texts.
        texts: Their tokens.
        near: Share of the words of the longer text that the other must have, in the same order; 1: exact copies only.
        least: Words of a text from which on it may be a near copy.
        group: int32 (texts,): texts of different groups are no copies; None: all are of one group.
        workers: Have a place for columns.

    Cost: one pass over the tokens; then in proportion to the texts that are worth comparing.
    """
    text_of = np.arange(texts.documents)
    for text, middle in _middles(_near_pairs(texts, near, least, group, workers) if near < 1 else ()).items():
        text_of[text] = middle
    return text_of[witnesses.of_documents()]


def _near_pairs(
    texts: Tokens, near: float, least: int, group: NDArray[np.int32] | None, workers: Workers
) -> list[tuple[int, int]]:
    """Pairs of texts that are near copies, of those that are worth comparing."""
    one, other = _worth_comparing(texts, near, least, group, workers)
    codes = code_points(texts.vocabulary.counts)
    spans = list(pairwise(texts.bounds.tolist()))
    pairs = zip(one.tolist(), other.tolist(), strict=True)
    return [pair for pair in pairs if _near(texts.ids, codes, spans[pair[0]], spans[pair[1]], near)]


def _near(
    ids: NDArray[np.int32], codes: NDArray[np.uint32], one: tuple[int, int], other: tuple[int, int], near: float
) -> bool:
    """Whether two texts, from the one token to the other each, have enough words in common in the same order.

    Long texts are compared piece by piece, as they are aligned, until too many words are missing; and before that by
    their words in any order, of which they have as many in common at the least.
    """
    longer = max(one[1] - one[0], other[1] - other[0])
    least = math.ceil(near * longer)
    if longer > LARGEST_SIDE and _in_any_order(ids[slice(*one)], ids[slice(*other)]) < least:
        return False
    shared = 0
    for a_start, a_end, b_start, b_end in pieces_of(ids, *one, *other):
        missing = least - shared - min(one[1] - a_end, other[1] - b_end)  # which what follows cannot make up for
        a, b = (as_characters(ids[start:end], codes) for start, end in ((a_start, a_end), (b_start, b_end)))
        found = LCSseq.similarity(a, b, score_cutoff=max(missing, 0))
        if found < missing:
            return False
        shared += found
    return shared >= least


def _in_any_order(one: NDArray[np.int32], other: NDArray[np.int32]) -> int:
    """How many words two texts have in common, each as often as both have it."""
    words = 1 + int(max(one.max(), other.max()))
    return int(np.minimum(*(np.bincount(text, minlength=words) for text in (one, other))).sum())


def _worth_comparing(
    texts: Tokens, near: float, least: int, group: NDArray[np.int32] | None, workers: Workers
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of texts (int64 each) of about one length that share enough of their chosen shingles.

    Of all texts that have a shingle, sorted by length, each meets the first and the next one: near copies have most of
    their shingles in common, and so the same first one many times over.
    """
    sizes = np.diff(texts.bounds)
    hashes, owners = _chosen(texts, workers)
    order = np.lexsort((owners, sizes[owners], hashes))
    hashes, owners = hashes[order], owners[order]
    opens = differs(hashes)
    first = owners[np.flatnonzero(opens)[np.cumsum(opens) - 1]]
    rows = np.flatnonzero(~opens)
    one = np.concatenate((first[rows], owners[rows - 1]))
    other = np.concatenate((owners[rows], owners[rows]))
    next_is_first = np.concatenate((np.zeros(len(rows), dtype=bool), first[rows] == owners[rows - 1]))
    shorter, longer = np.minimum(sizes[one], sizes[other]), np.maximum(sizes[one], sizes[other])
    kept = ~next_is_first & (shorter >= least) & (shorter >= near * longer)
    if group is not None:
        kept &= group[one] == group[other]
    low, high = np.minimum(one, other)[kept], np.maximum(one, other)[kept]
    low, high = pair_numbers(np.unique(pair_keys(low, high)))
    # All shingles that the two have in common, also those for which they did not meet.
    has = np.sort((np.cumsum(opens) - 1) * texts.documents + owners)
    by_text = np.argsort(owners, kind="stable")
    bounds = bounds_of(np.bincount(owners, minlength=texts.documents))
    chosen = np.diff(bounds)
    pair, _ = spread(chosen[low])
    shingle = (np.cumsum(opens) - 1)[by_text[ranges(bounds[low], chosen[low])]]
    sought = shingle * texts.documents + high[pair]
    found = has[np.minimum(np.searchsorted(has, sought), len(has) - 1)] == sought if len(has) else sought > 0
    shared = np.bincount(pair[found], minlength=len(low))
    enough = shared >= _ENOUGH * near**SHINGLE * np.minimum(chosen[low], chosen[high])
    return low[enough], high[enough]


def _chosen(texts: Tokens, workers: Workers) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Hashes of the chosen shingles, and the text of each; a text has each of its shingles once."""
    sizes = np.maximum(np.diff(texts.bounds) - SHINGLE + 1, 0)
    share = np.minimum(CHOSEN / np.maximum(sizes, 1), 1.0)
    most = np.where(share < 1, share * _DIGITS, 0.0).astype(np.uint64) - np.uint64(1)  # 0 less 1: the greatest number
    whole = complete(texts, SHINGLE, workers=workers)
    hashes, owners = [np.zeros(0, dtype=np.uint64)], [np.zeros(0, dtype=np.int64)]
    for start in range(0, len(texts), _SLICE):
        places = start + np.flatnonzero(whole[start : start + _SLICE])
        text, shingles = texts.document_of(places), shingle_hashes(texts, SHINGLE, places)
        least = shingles <= most[text]
        hashes.append(shingles[least])
        owners.append(text[least])
    chosen, owner = np.concatenate(hashes), np.concatenate(owners)
    order = np.lexsort((chosen, owner))
    chosen, owner = chosen[order], owner[order]
    new = differs(chosen, owner)
    return chosen[new], owner[new]


def _middles(pairs: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Of each text that is a near copy of another, the text in the middle of its group.

    The text with most near copies takes them all, then the one with most of what is left, and so on; of two with as
    many it is the first, which texts are by what they say.
    """
    near: dict[int, set[int]] = {}
    for one, other in pairs:
        near.setdefault(one, set()).add(other)
        near.setdefault(other, set()).add(one)
    waiting = [(-len(others), text) for text, others in near.items()]
    heapify(waiting)
    middle: dict[int, int] = {}
    while waiting:
        count, text = heappop(waiting)
        if text in middle:
            continue
        left = near[text] = {other for other in near[text] if other not in middle}
        if len(left) < -count:  # some went to another since
            heappush(waiting, (-len(left), text))
            continue
        middle |= dict.fromkeys(left | {text}, text)
    return middle
