"""Locality-sensitive hashing: windows whose signatures agree in a band become candidates (Indyk & Motwani 1998).

A signature is cut into b bands of r values. Two windows of Jaccard similarity s agree in at least one band with
probability 1 − (1 − sʳ)ᵇ, an S-shaped curve. Bands are chosen for a stated recall at a stated similarity; the windows
of a bucket above the cap are linked to a few representatives and never dropped, so that cost is linear in windows.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.keys import (
    HALF,
    differs,
    distinct_in,
    group_sizes,
    pair_keys,
    pair_numbers,
    places_in,
    with_places,
)
from reuse.corpus.tokens import Tokens
from reuse.errors import OptionsError
from reuse.index.groups import all_pairs, stars
from reuse.index.minhash import Windows
from reuse.index.pairing import Pairing
from reuse.index.seeds import Anchors
from reuse.index.shingles import shingle_hashes
from reuse.options import IndexOptions
from reuse.work.threads import in_ranges, in_threads

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_COMPARISONS = 1 << 20  # pairs of shingles that are compared at a time, so that temporaries stay in the cache
_HASHED = 1 << 14  # windows whose shingles are hashed at a time
_BAND_BITS = 8
_MOST_BANDS = (1 << _BAND_BITS) - 1  # more agreements than this count as this many when partners are ranked


@dataclass(frozen=True, slots=True)
class Bands:
    """How signatures are cut: `count` bands of `rows` values."""

    count: int
    rows: int

    def probability(self, similarity: float) -> float:
        """That two windows of this Jaccard similarity (0 to 1) become candidates."""
        return float(1 - (1 - similarity**self.rows) ** self.count)


def choose_bands(permutations: int, recall: float, similarity: float) -> Bands:
    """The bands with the most rows, and the fewest of those bands, that reach a recall at a similarity.

    More rows make the curve steeper: fewer pairs below the similarity become candidates.

    Raises:
        OptionsError: So few permutations cannot reach it; the message says how many can.
    """
    for rows in range(permutations, 0, -1):
        count = _least_bands(recall, similarity**rows)
        if count * rows <= permutations:
            return Bands(count, rows)
    needed = _least_bands(recall, similarity)
    raise OptionsError(
        f"{permutations} permutations cannot reach recall {recall:g} at similarity {similarity:g}: "
        f"set permutations to {needed} or more, or ask for less recall"
    )


def s_curve(bands: Bands, steps: int = 20) -> list[tuple[float, float]]:
    """(similarity, probability of becoming candidates) at even steps from 0 to 1."""
    return [(step / steps, bands.probability(step / steps)) for step in range(steps + 1)]


def lsh_anchors(
    tokens: Tokens,
    windows: Windows,
    signatures: NDArray[np.uint32],
    pairing: Pairing,
    options: IndexOptions,
    jobs: int = 1,
) -> Anchors:
    """The shingles that candidate windows share.

    Args:
        tokens: The corpus.
        windows: Windows to compare with one another.
        signatures: uint32 (windows, permutations).
        pairing: Which documents are compared.
        options: Recall, similarity, cap and representatives.
        jobs: Threads.
    """
    bands = choose_bands(options.permutations, options.recall, options.similarity)
    first, second = candidate_windows(windows, signatures, bands, pairing, options, jobs)
    return Anchors(*shared_shingles(tokens, windows, first, second, options.shingle, jobs), options.shingle)


def candidate_windows(
    windows: Windows,
    signatures: NDArray[np.uint32],
    bands: Bands,
    pairing: Pairing,
    options: IndexOptions,
    jobs: int = 1,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of windows that agree in a band, each once; windows that overlap are no pair.

    In a bucket of at most `options.cap` windows every pair is one. In a larger one each window is paired with the
    bucket's first few only; and of all such partners a window keeps the `options.representatives` with which it shares
    most bands.

    Returns:
        Rows of the two windows (int64, one a pair), the former in the corpus first.
    """
    rows = np.arange(len(windows))
    row_bits = len(windows).bit_length()

    def meet(keys: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
        """Ascending pairs of small buckets; those of the others, with the later window above."""
        keys = with_places(keys, rows, row_bits)
        keys.sort()
        order = places_in(keys, row_bits).view(np.int64)
        sizes = group_sizes(keys, row_bits)
        starts = np.cumsum(sizes) - sizes
        few = (sizes > 1) & (sizes <= options.cap)
        crowded = sizes > options.cap
        paired, linked = [_NO_PAIRS], [_NO_PAIRS]
        for first, second in all_pairs(order, starts[few], sizes[few]):
            paired.append(pair_keys(*_comparable(first, second, windows, pairing)))
        for first, second in stars(order[np.repeat(crowded, sizes)], sizes[crowded], options.representatives):
            linked.append(pair_keys(*_comparable(first, second, windows, pairing)[::-1]))
        return np.sort(np.concatenate(paired)), np.sort(np.concatenate(linked))

    def closest(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
        return _closest(keys, options.representatives)

    met = in_threads(meet, band_keys(signatures, bands), jobs) if len(windows) else []
    chosen = in_ranges([linked for _, linked in met], closest, jobs, low_bits=HALF)
    chosen += in_ranges([paired for paired, _ in met], distinct_in, jobs, low_bits=0)
    return pair_numbers(np.concatenate(in_ranges(chosen, distinct_in, jobs, low_bits=0)))


def band_keys(signatures: NDArray[np.uint32], bands: Bands) -> Iterator[NDArray[np.uint64]]:
    """For each band, a hash of the values in it (uint64, one a window)."""
    for band in range(bands.count):
        keys = np.zeros(len(signatures), dtype=np.uint64)
        for row in range(bands.rows):
            keys ^= signatures[:, band * bands.rows + row]
            keys *= _MULTIPLIER
            keys ^= keys >> np.uint64(32)
        keys *= _MULTIPLIER
        yield keys


def shared_shingles(
    tokens: Tokens,
    windows: Windows,
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    shingle: int,
    jobs: int = 1,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where pairs of windows have the same shingle: two token positions (int64) each, every such pair once.

    Args:
        tokens: The corpus.
        windows: Its windows.
        first: int64, one a pair: the row of the window that comes first.
        second: int64, one a pair: the row of the other.
        shingle: Tokens in a shingle.
        jobs: Threads.
    """
    if not len(first):
        return pair_numbers(_NO_PAIRS)
    used = np.zeros(len(windows), dtype=bool)
    used[first] = used[second] = True
    row = np.cumsum(used) - 1  # of each window among those used
    start, last = windows.start[used], windows.end[used] - shingle
    width = int((last - start).max()) + 1
    table = np.empty((len(start), width), dtype=np.uint32)

    def hash_rows(begin: int) -> None:
        here = slice(begin, begin + _HASHED)
        positions = (start[here, None] + np.arange(width)).ravel()
        table[here] = shingle_hashes(tokens, shingle, positions).reshape(-1, width)

    in_threads(hash_rows, range(0, len(start), _HASHED), jobs)
    chunk = max(_COMPARISONS // width**2, 1)

    def compare(begin: int) -> NDArray[np.uint64]:
        left, right = row[first[begin : begin + chunk]], row[second[begin : begin + chunk]]
        equal = np.flatnonzero(table[left][:, :, None] == table[right][:, None, :])
        pair, place = np.divmod(equal, width**2)
        a, b = start[left[pair]] + place // width, start[right[pair]] + place % width
        inside = (a <= last[left[pair]]) & (b <= last[right[pair]])  # short windows have fewer shingles
        return distinct_in(np.sort(pair_keys(a[inside], b[inside])))

    found = in_threads(compare, range(0, len(first), chunk), jobs)
    return pair_numbers(np.concatenate(in_ranges(found, distinct_in, jobs, low_bits=0)))


_NO_PAIRS = np.zeros(0, dtype=np.uint64)


def _least_bands(recall: float, agreement: float) -> int:
    """Bands needed for a recall when two windows agree in one with probability `agreement` (0 to 1)."""
    if agreement >= 1:
        return 1
    count = math.log1p(-recall) / math.log1p(-agreement) if agreement > 0 else math.inf
    return math.ceil(count) if count < 1 << 31 else 1 << 31


def _comparable(
    first: NDArray[np.integer], second: NDArray[np.integer], windows: Windows, pairing: Pairing
) -> tuple[NDArray[np.integer], NDArray[np.integer]]:
    """The pairs of windows that do not overlap and whose documents are compared."""
    starts = windows.start[second]
    kept = windows.end[first] <= starts
    kept &= pairing.compared(windows.start[first], starts)
    return first[kept], second[kept]


def _closest(keys: NDArray[np.uint64], representatives: int) -> NDArray[np.uint64]:
    """The few partners with which each window shares most bands, the earlier ones first among equals.

    Args:
        keys: uint64, ascending: a window above, a partner before it below, as often as they share a band.
        representatives: How many partners.

    Returns:
        uint64, ascending: the partner above, the window below.
    """
    begins = np.flatnonzero(differs(keys))
    window, partner = pair_numbers(keys[begins])
    bands_shared = np.diff(begins, append=len(keys))
    missed = _MOST_BANDS - np.minimum(bands_shared, _MOST_BANDS)
    order = np.argsort((window << _BAND_BITS) | missed, kind="stable")  # partners ascend already
    window, partner = window[order], partner[order]
    first = np.flatnonzero(differs(window))
    rank = np.arange(len(window)) - np.repeat(first, np.diff(first, append=len(window)))
    kept = rank < representatives
    return np.sort(pair_keys(partner[kept], window[kept]))
