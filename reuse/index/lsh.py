"""Locality-sensitive hashing: windows whose signatures agree in a band become candidates (Indyk & Motwani 1998).

A signature is cut into b bands of r values. Two windows of Jaccard similarity s agree in at least one band with
probability 1 − (1 − sʳ)ᵇ, an S-shaped curve. Bands are chosen for a stated recall at a stated similarity; the windows
of a bucket above the cap are linked to a few representatives and never dropped, so that cost is linear in windows.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial

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
from reuse.arrays.ragged import bounds_of, spread
from reuse.corpus.tokens import Tokens
from reuse.errors import OptionsError
from reuse.index.buckets import all_pairs, stars
from reuse.index.minhash import Windows
from reuse.index.pairing import Pairing
from reuse.index.seeds import Anchors
from reuse.index.shingles import shingle_hashes
from reuse.options import IndexOptions
from reuse.work.workers import ALONE, Into, Workers

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_COMPARISONS = 1 << 20  # pairs of shingles that are compared at a time, so that temporaries stay in the cache
_PAIRS = 1 << 16  # pairs of windows that are compared in one part
_HASHED = 1 << 14  # windows whose shingles are hashed at a time
_BAND_WIDTH = 8
_MOST_BANDS = (1 << _BAND_WIDTH) - 1  # more agreements than this count as this many when partners are ranked


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
    workers: Workers = ALONE,
) -> list[Anchors]:
    """The shingles that candidate windows share, in several parts.

    Args:
        tokens: The corpus.
        windows: Windows to compare with one another.
        signatures: uint32 (windows, permutations).
        pairing: Which documents are compared.
        options: Recall, similarity, cap and representatives.
        workers: Do the work.
    """
    bands = choose_bands(options.permutations, options.recall, options.similarity)
    first, second = candidate_windows(windows, signatures, bands, pairing, options, workers)
    return shared_shingles(tokens, windows, first, second, options.shingle, workers)


def candidate_windows(
    windows: Windows,
    signatures: NDArray[np.uint32],
    bands: Bands,
    pairing: Pairing,
    options: IndexOptions,
    workers: Workers = ALONE,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of windows that agree in a band, each once; windows that overlap are no pair.

    In a bucket of at most `options.cap` windows every pair is one. In a larger one each window is paired with the
    bucket's first few only; and of all such partners a window keeps the `options.representatives` with which it shares
    most bands.

    Returns:
        Rows of the two windows (int64, one a pair), the former in the corpus first.
    """
    meeting = _Meeting(windows, signatures, bands, pairing, options)
    met = workers.map(meeting, range(bands.count)) if len(windows) else []
    closest = partial(_closest, options.representatives)
    chosen = workers.by_range([linked for _, linked in met], closest, low_width=HALF)
    chosen += workers.by_range([paired for paired, _ in met], distinct_in, low_width=0)
    parts = workers.by_range(chosen, distinct_in, low_width=0)
    bounds = bounds_of(np.array([len(part) for part in parts], dtype=np.int64))
    first, second = (workers.column(int(bounds[-1]), np.int64) for _ in range(2))
    for begin, end, part in zip(bounds[:-1], bounds[1:], parts, strict=True):
        first[begin:end], second[begin:end] = pair_numbers(part)
    return first, second


@dataclass(frozen=True, slots=True)
class _Meeting:
    """Which windows meet in the buckets of one band."""

    windows: Windows
    signatures: NDArray[np.uint32]
    bands: Bands
    pairing: Pairing
    options: IndexOptions

    def __call__(self, band: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
        """Ascending pairs of small buckets; those of the others, with the later window above."""
        keys = band_keys(self.signatures, self.bands, band)
        row_width = len(keys).bit_length()
        keys = with_places(keys, np.arange(len(keys)), row_width)
        keys.sort()
        order = places_in(keys, row_width).view(np.int64)
        sizes = group_sizes(keys, row_width)
        starts = bounds_of(sizes)[:-1]
        few = (sizes > 1) & (sizes <= self.options.cap)
        crowded = sizes > self.options.cap
        paired, linked = [_NO_PAIRS], [_NO_PAIRS]
        for first, second in all_pairs(order, starts[few], sizes[few]):
            paired.append(pair_keys(*_comparable(first, second, self.windows, self.pairing)))
        for first, second in stars(order[np.repeat(crowded, sizes)], sizes[crowded], self.options.representatives):
            linked.append(pair_keys(*_comparable(first, second, self.windows, self.pairing)[::-1]))
        return np.sort(np.concatenate(paired)), np.sort(np.concatenate(linked))


def band_keys(signatures: NDArray[np.uint32], bands: Bands, band: int) -> NDArray[np.uint64]:
    """A hash of the values in one band (uint64, one a window)."""
    keys = np.zeros(len(signatures), dtype=np.uint64)
    for row in range(bands.rows):
        keys ^= signatures[:, band * bands.rows + row]
        keys *= _MULTIPLIER
        keys ^= keys >> np.uint64(32)
    keys *= _MULTIPLIER
    return keys


def shared_shingles(
    tokens: Tokens,
    windows: Windows,
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    shingle: int,
    workers: Workers = ALONE,
) -> list[Anchors]:
    """Where pairs of windows have the same shingles, those that stand alone once each.

    Args:
        tokens: The corpus.
        windows: Its windows.
        first: int64, one a pair: the row of the window that comes first.
        second: int64, one a pair: the row of the other.
        shingle: Tokens in a shingle.
        workers: Do the work.

    Returns:
        In several parts: there are many more than pairs, so that nobody should hold all of them.
    """
    if not len(first):
        return []
    used = np.zeros(len(windows), dtype=bool)
    used[first] = used[second] = True
    row = np.cumsum(used) - 1  # of each window among those used
    start, last = windows.start[used], windows.end[used] - shingle
    width = int((last - start).max()) + 1
    table = workers.column((len(start), width), np.uint32)
    workers.map(_HashedRows(tokens, start, shingle, width), range(0, len(start), _HASHED), into=Into(table))
    compare = _SharedRows(table, row, start, last, shingle)
    pairs = ((first[begin : begin + _PAIRS], second[begin : begin + _PAIRS]) for begin in range(0, len(first), _PAIRS))
    found = workers.map(compare, pairs)
    alone = workers.by_range([keys for keys, _ in found], partial(_single, shingle), low_width=0)
    return [*alone, *(in_a_row for _, in_a_row in found)]


def _single(shingle: int, keys: NDArray[np.uint64]) -> Anchors:
    """The anchors of ascending keys of two positions, each once."""
    return Anchors.single(*_positions(distinct_in(keys)), shingle)


def _positions(keys: NDArray[np.uint64]) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """The two positions in keys, which hold none that takes more digits."""
    above, below = pair_numbers(keys)
    return above.astype(np.uint32), below.astype(np.uint32)


@dataclass(frozen=True, slots=True)
class _HashedRows:
    """Shingle hashes (uint32, `width` a window) of the next _HASHED windows from some row on, and which rows."""

    tokens: Tokens
    start: NDArray[np.int64]
    shingle: int
    width: int

    def __call__(self, begin: int) -> tuple[slice, NDArray[np.uint64]]:
        here = slice(begin, begin + _HASHED)
        positions = (self.start[here, None] + np.arange(self.width)).ravel()
        return here, shingle_hashes(self.tokens, self.shingle, positions).reshape(-1, self.width)


@dataclass(frozen=True, slots=True)
class _SharedRows:
    """Where pairs of windows have the same shingles.

    Attributes:
        table: uint32 (rows, width): hashes of the shingles of each window that is used.
        row: int64 (windows,): the row of each window.
        start, last: int64 (rows,): positions of its first shingle and of its last.
        shingle: Tokens in a shingle.
    """

    table: NDArray[np.uint32]
    row: NDArray[np.int64]
    start: NDArray[np.int64]
    last: NDArray[np.int64]
    shingle: int

    def __call__(self, pairs: tuple[NDArray[np.int64], NDArray[np.int64]]) -> tuple[NDArray[np.uint64], Anchors]:
        """What pairs of windows share: one shingle alone, as keys of two positions, ascending and each once.

        And several shingles in a row, as anchors.
        """
        chunk = max(_COMPARISONS // self.table.shape[1] ** 2, 1)
        rows = [self.row[windows] for windows in pairs]
        found = [
            self._shared(rows[0][begin : begin + chunk], rows[1][begin : begin + chunk])
            for begin in range(0, len(rows[0]), chunk)
        ]
        keys, in_a_row = (np.concatenate(column) for column in zip(*found, strict=True))
        alone = in_a_row == 1
        a, b = _positions(keys[~alone])
        return distinct_in(np.sort(keys[alone])), Anchors.of_stretches(a, b, in_a_row[~alone], self.shingle)

    def _shared(
        self, left: NDArray[np.int64], right: NDArray[np.int64]
    ) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        """Keys of the two positions where rows of the table begin to be the same, and for how many shingles (int64)."""
        width = self.table.shape[1]
        # A square for each pair of windows; the pairs are the last axis, so that all of them are compared in one go.
        sides = [np.ascontiguousarray(self.table[rows].T) for rows in (left, right)]
        equal = sides[0][:, None] == sides[1][None]
        for rows, axis in ((left, 1), (right, 0)):
            shingles = self.last[rows] - self.start[rows] + 1
            if (shingles < width).any():  # short windows have fewer
                equal &= np.expand_dims(np.arange(width)[:, None] < shingles, axis)
        # Along a diagonal, the first place of a row of shared shingles and the last one.
        begins, ends = equal.copy(), equal.copy()
        np.greater(equal[1:, 1:], equal[:-1, :-1], out=begins[1:, 1:])
        np.greater(equal[:-1, :-1], equal[1:, 1:], out=ends[:-1, :-1])
        first = _by_diagonal(begins)
        in_a_row = _by_diagonal(ends) - first + 1
        rest, place = np.divmod(first, width)
        pair, diagonal = np.divmod(rest, 2 * width)
        a = self.start[left[pair]] + place
        b = self.start[right[pair]] + place + diagonal - width
        return pair_keys(a, b), in_a_row


def _by_diagonal(places: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Numbers (int64, ascending) of some places of squares: of square and diagonal, then of the place.

    Args:
        places: bool (width, width, squares): the first axis is that of a.
    """
    width, _, squares = places.shape
    place, square = np.divmod(np.flatnonzero(places), squares)
    left, right = np.divmod(place, width)
    return np.sort((square * 2 * width + right - left + width) * width + left)


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


def _closest(representatives: int, keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The few partners with which each window shares most bands, the earlier ones first among equals.

    Args:
        representatives: How many partners.
        keys: uint64, ascending: a window above, a partner before it below, as often as they share a band.

    Returns:
        uint64, ascending: the partner above, the window below.
    """
    begins = np.flatnonzero(differs(keys))
    window, partner = pair_numbers(keys[begins])
    bands_shared = np.diff(begins, append=len(keys))
    missed = _MOST_BANDS - np.minimum(bands_shared, _MOST_BANDS)
    order = np.argsort((window << _BAND_WIDTH) | missed, kind="stable")  # partners ascend already
    window, partner = window[order], partner[order]
    _, rank = spread(np.diff(np.flatnonzero(differs(window)), append=len(window)))
    kept = rank < representatives
    return np.sort(pair_keys(partner[kept], window[kept]))
