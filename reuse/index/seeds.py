"""Adaptive seeds: the shared shingles of a corpus, each as long as it needs to be to be rare.

An exact join. Shingles that occur at most `cap` times give an anchor for every pair of their occurrences; the cap is
lowered where the corpus is so repetitive that there would be more than `anchors` of them a token. The occurrences of
a more frequent shingle are joined again by one a token longer, up to `longest_seed` (adaptive seeds, after Kiełbasa et
al. 2011). What is frequent even then is not dropped: every occurrence is linked to the first few, a star, not a clique.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.keys import by_first_digits, group_sizes, places_in, ranges_apart, with_places
from reuse.arrays.ragged import spread
from reuse.arrays.records import FlatColumns
from reuse.corpus.tokens import Tokens
from reuse.index.buckets import all_pairs, stars
from reuse.index.pairing import Pairing
from reuse.index.shingles import complete, shingle_hashes
from reuse.index.stretches import MOST, Groups, stretches
from reuse.options import IndexOptions
from reuse.work.memory import give_back
from reuse.work.workers import ALONE, Workers

_SLICE = 1 << 18  # shingles hashed at a time


@dataclass(frozen=True, slots=True)
class Anchors(FlatColumns):
    """Shared shingles: the tokens from `a` and from `b` on are equal; a < b.

    Attributes:
        a, b: uint32 or int64 (n,): token positions; the former wherever they fit, for a corpus has many anchors.
        shingles: uint8 (n,): how many shingles are shared there, each a token further on than the one before.
        size: Tokens in a shingle.
    """

    a: NDArray[np.integer]
    b: NDArray[np.integer]
    shingles: NDArray[np.uint8]
    size: int

    @classmethod
    def single(cls, a: NDArray[np.integer], b: NDArray[np.integer], size: int) -> Anchors:
        """Anchors of one shingle each."""
        return cls(a, b, np.broadcast_to(np.uint8(1), len(a)), size)

    @classmethod
    def of_stretches(
        cls, a: NDArray[np.integer], b: NDArray[np.integer], shingles: NDArray[np.integer], size: int
    ) -> Anchors:
        """Anchors of so many shingles each (int), which are several where these are more than one holds."""
        pieces = -(-shingles.astype(np.int64) // MOST)
        row, number = spread(pieces)
        done = number * MOST
        left = np.minimum(shingles[row] - done, MOST).astype(np.uint8)
        return cls((a[row] + done).astype(a.dtype), (b[row] + done).astype(b.dtype), left, size)

    def lengths(self) -> NDArray[np.int64]:
        """Tokens that are equal at each (int64)."""
        return self.shingles.astype(np.int64) + (self.size - 1)

    def each(self) -> Anchors:
        """The same, one for each shingle."""
        row, further = spread(self.shingles)
        return Anchors.single(self.a[row] + further, self.b[row] + further, self.size)


def find_anchors(
    tokens: Tokens, pairing: Pairing, options: IndexOptions, workers: Workers = ALONE
) -> Iterator[tuple[list[Anchors], NDArray[np.int64]]]:
    """Join the corpus with itself on shingles.

    Yields:
        For each shingle size, its anchors in several parts, and the positions (int64, ascending) whose shingle was too
        frequent for it.
    """
    positions = None
    for size in range(options.shingle, options.longest_seed + 1):
        anchors, frequent = _join(tokens, size, positions, pairing, options, workers)
        give_back(len(tokens))
        yield anchors, frequent
        positions = _chosen(frequent, complete(tokens, size + 1, frequent, workers), workers)
        if len(positions) < 2:
            return


def _join(
    tokens: Tokens,
    size: int,
    positions: NDArray[np.int64] | None,
    pairing: Pairing,
    options: IndexOptions,
    workers: Workers,
) -> tuple[list[Anchors], NDArray[np.int64]]:
    """Anchors of one size between these positions (None: all), and the positions that are too frequent for it."""
    found = _equal_shingles(tokens, size, positions, options.cap, workers)
    give_back(len(tokens))
    groups = [part for part, _ in found]
    cap = _affordable(np.sum([of_size for _, of_size in found], axis=0), options.anchors * len(tokens))
    representatives = options.representatives if size == options.longest_seed else 0
    begun = stretches(tokens, size, groups, 2, MOST if representatives else cap, workers)
    join = partial(_joined, size=size, cap=cap, representatives=representatives, pairing=pairing, begun=begun)
    joined = workers.map(join, groups)
    anchors = [part for parts, _ in joined for part in parts if len(part)]
    return anchors, _ascending([frequent for _, frequent in joined], len(tokens), workers)


def _ascending(parts: Sequence[NDArray[np.integer]], total: int, workers: Workers) -> NDArray[np.int64]:
    """The positions of all parts, of so many tokens, in ascending order (int64); no two are the same."""
    marked: NDArray[np.bool_] = workers.column(total, bool)
    workers.scatter(_marks, parts, marked)
    positions: NDArray[np.int64] = workers.column(sum(map(len, parts)), np.int64)
    filled = 0
    for start in range(0, total, _SLICE):
        here = np.flatnonzero(marked[start : start + _SLICE])
        positions[filled : filled + len(here)] = start + here
        filled += len(here)
    return positions


def _marks(positions: NDArray[np.integer]) -> tuple[NDArray[np.integer], NDArray[np.bool_]]:
    return positions, np.ones(len(positions), dtype=bool)


def _chosen(numbers: NDArray[np.int64], chosen: NDArray[np.bool_], workers: Workers) -> NDArray[np.int64]:
    """Those of some numbers that are chosen (bool, one a number)."""
    found: NDArray[np.int64] = workers.column(int(np.count_nonzero(chosen)), np.int64)
    filled = 0
    for start in range(0, len(numbers), _SLICE):
        here = numbers[start : start + _SLICE][chosen[start : start + _SLICE]]
        found[filled : filled + len(here)] = here
        filled += len(here)
    return found


def _joined(
    groups: Groups, *, size: int, cap: int, representatives: int, pairing: Pairing, begun: NDArray[np.uint8]
) -> tuple[list[Anchors], NDArray[np.integer]]:
    """The pairs within groups of up to `cap`, and the places in all larger ones.

    Those are linked to so many of their first ones. Of the shingles of a stretch only the first is paired.

    Args:
        groups: Places of shingles.
        size: Tokens in a shingle.
        cap: Places of a group up to which all are paired.
        representatives: How many of the first places of a larger one all are paired with.
        pairing: Which documents are compared.
        begun: What `stretches` says.
    """
    sizes = groups.sizes.astype(np.int64)
    starts = groups.starts()
    rare = (sizes > 1) & (sizes <= cap)
    crowded = sizes > cap
    shingles = begun[groups.places[starts]]
    alone, first = shingles == 1, shingles > 1
    a, b = _pairs(groups, rare & alone, crowded & alone, representatives, groups.places)
    anchors = [Anchors.single(*pairing.filter(a, b), size)]
    # Where a stretch begins, pairs are made of rows, for each is to know its stretch.
    rows, others = _pairs(groups, rare & first, crowded & first, representatives, np.arange(len(groups.places)))
    of_stretch = np.repeat(shingles, sizes)[rows]
    a, b = groups.places[rows], groups.places[others]
    compared = pairing.compared(a, b)
    anchors.append(Anchors(a[compared], b[compared], of_stretch[compared], size))
    return anchors, groups.places[np.repeat(crowded, sizes)]


def _pairs(
    groups: Groups,
    rare: NDArray[np.bool_],
    crowded: NDArray[np.bool_],
    representatives: int,
    members: NDArray[np.integer],
) -> tuple[NDArray[np.integer], NDArray[np.integer]]:
    """All pairs of the members of some groups (bool), and those of others with their first few."""
    sizes = groups.sizes.astype(np.int64)
    pairs = [(members[:0], members[:0])]
    pairs += all_pairs(members, groups.starts()[rare], sizes[rare])
    if representatives:
        pairs += stars(members[np.repeat(crowded, sizes)], sizes[crowded], representatives)
    a, b = (np.concatenate(side) for side in zip(*pairs, strict=True))
    return a, b


def _equal_shingles(
    tokens: Tokens, size: int, positions: NDArray[np.int64] | None, cap: int, workers: Workers
) -> list[tuple[Groups, NDArray[np.int64]]]:
    """Groups of equal shingles at these positions (None: at all that have `size` tokens before their document ends).

    Returns:
        In parts; with each, how many groups have so many places (int64 (cap + 1,)), 0 to cap.
    """
    place_width = len(tokens).bit_length()
    narrow = np.dtype("u4" if len(tokens) < 1 << 32 else "i8")
    whole = complete(tokens, size, workers=workers) if positions is None else np.zeros(0, dtype=bool)
    count = len(tokens) if positions is None else len(positions)
    slices = workers.map(_Keys(tokens, size, positions, whole, place_width), range(0, count, _SLICE))
    return workers.by_range(slices, partial(_groups, place_width, narrow, cap), low_width=ranges_apart(place_width))


@dataclass(frozen=True, slots=True)
class _Keys:
    """Keys of shingles and places of the next _SLICE places from some row on, in order of their first digits.

    Attributes:
        tokens: The corpus.
        size: Tokens in a shingle.
        positions: int64: the places; None: all that are `whole`.
        whole: bool (tokens,): which positions have a shingle; empty where `positions` says so.
        place_width: Binary digits of a key that hold the place.
    """

    tokens: Tokens
    size: int
    positions: NDArray[np.int64] | None
    whole: NDArray[np.bool_]
    place_width: int

    def __call__(self, start: int) -> NDArray[np.uint64]:
        if self.positions is None:
            here = start + np.flatnonzero(self.whole[start : start + _SLICE])
        else:
            here = self.positions[start : start + _SLICE]
        return by_first_digits(with_places(shingle_hashes(self.tokens, self.size, here), here, self.place_width))


def _groups(
    place_width: int, narrow: np.dtype[np.integer], cap: int, keys: NDArray[np.uint64]
) -> tuple[Groups, NDArray[np.int64]]:
    """The groups that ascending keys make, and how many have 0 to `cap` places, which are of the type `narrow`."""
    places = places_in(keys, place_width).astype(narrow)
    sizes = group_sizes(keys, place_width)
    of_size = np.bincount(np.minimum(sizes, cap + 1), minlength=cap + 2)[: cap + 1]
    return Groups(places, sizes.astype(np.int32)), of_size


def _affordable(groups: NDArray[np.int64], most: float) -> int:
    """The largest number of occurrences at which all pairs together are at most `most`; 1 if none is.

    Args:
        groups: int64 (cap + 1,): how many groups have so many occurrences, 0 to the largest number asked for.
        most: Pairs.
    """
    size = np.arange(len(groups))
    pairs = np.cumsum(groups * (size * (size - 1) // 2))
    return max(int(np.searchsorted(pairs, most, side="right")) - 1, 1)
