"""Groups of texts that turn out to be one, although nothing of the one stands where the head of the other does.

Of four documents that have one text, the first two may have it from the beginning to the end, and the others elsewhere
in pieces before: then what the last two share overlaps a member of the group of the first two, but not its head. So the
heads of groups of which two members overlap are compared by their words, each by the token that it is the same as.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.keys import differs, pair_keys, pair_numbers
from reuse.arrays.ragged import ranges, spread
from reuse.clusters.carried import CarriedWords
from reuse.clusters.heads import Texts, is_same, neighbours
from reuse.options import ClusterOptions


def joined_groups(
    carried: CarriedWords, places: Texts, head: NDArray[np.int64], rank: NDArray[np.int64], options: ClusterOptions
) -> NDArray[np.int64]:
    """The head of each text (int64), those of groups that are one text the same.

    A group is compared, by the words of the two heads, with those of which passages are neighbours of its own. It joins
    the first one in rank that is the same text, if the head of that is the same text as each of its members.

    Args:
        carried: The words of the texts.
        places: The passages of each text, on lines that are compared with one another.
        head: int64 (texts,): the head of each, a row.
        rank: int64 (texts,): a permutation; heads are the first of their groups in it.
        options: When two texts are the same.
    """
    one, other = neighbours(places, rank, options)
    of_rank = np.argsort(rank)
    known = np.zeros(0, dtype=np.uint64)
    head = head.copy()
    while True:
        ranks = rank[head[one]], rank[head[other]]
        apart = ranks[0] != ranks[1]
        pairs = np.unique(pair_keys(np.maximum(*ranks)[apart], np.minimum(*ranks)[apart]))
        pairs = pairs[np.isin(pairs, known, invert=True)]
        known = np.union1d(known, pairs)
        later, earlier = (of_rank[numbers] for numbers in pair_numbers(pairs))
        same = np.flatnonzero(_is_same(carried, later, earlier, options))
        same = same[differs(later[same])]
        same = same[_all_the_same(carried, head, later[same], earlier[same], options)]
        # Who joins one that itself joins another waits: it may not be the same as that.
        same = same[np.isin(earlier[same], later[same], invert=True)]
        if not len(same):
            return head
        to = np.arange(len(head))
        to[later[same]] = earlier[same]
        head = to[head]


def _all_the_same(
    carried: CarriedWords,
    head: NDArray[np.int64],
    later: NDArray[np.int64],
    earlier: NDArray[np.int64],
    options: ClusterOptions,
) -> NDArray[np.bool_]:
    """Whether all texts of each later group are the same as the head of the earlier one (bool, one a pair)."""
    members = np.argsort(head, kind="stable")
    begins = np.searchsorted(head[members], later)
    sizes = np.searchsorted(head[members], later, side="right") - begins
    pair, _ = spread(sizes)
    same = _is_same(carried, members[ranges(begins, sizes)], earlier[pair], options)
    all_same: NDArray[np.bool_] = np.bincount(pair[~same], minlength=len(later)) == 0
    return all_same


def _is_same(
    carried: CarriedWords, one: NDArray[np.int64], other: NDArray[np.int64], options: ClusterOptions
) -> NDArray[np.bool_]:
    """Whether two texts each (rows) are the same, told by their words."""
    shared, its, others = carried.words(one, other)
    return is_same(shared, its, others, options) & (shared >= options.common * np.minimum(its, others))
