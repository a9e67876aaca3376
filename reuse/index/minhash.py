"""MinHash signatures of all windows at once (Broder 1997), bit for bit those of `datasketch.MinHash`.

datasketch 2 mixes every 32-bit hash once and sends it through one affine bijection modulo 2³² a permutation; a
signature holds the least value under each. Here the values of a stretch of text are computed once for all windows over
it, and minima over 2, 4, 8 … shingles give every window's minimum from two overlapping ones, so that cost does not
depend on how far windows overlap.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.ragged import spread
from reuse.arrays.records import FlatColumns
from reuse.corpus.tokens import Tokens
from reuse.index.shingles import shingle_hashes
from reuse.options import IndexOptions
from reuse.work.workers import ALONE, Into, Workers

SCHEME = "affine32"
"""datasketch's name for this family of permutations."""

_CHUNK = 1 << 13  # windows whose values are computed at a time, so that temporaries stay in the cache


@dataclass(frozen=True, slots=True)
class Windows(FlatColumns):
    """Runs of tokens that get a signature each; ascending by start and by end.

    Attributes:
        start, end: int64 (n,): token positions, half-open.
    """

    start: NDArray[np.int64]
    end: NDArray[np.int64]


def windows_of(bounds: NDArray[np.int64], options: IndexOptions) -> Windows:
    """The windows of a corpus: `options.window` tokens every `options.step`.

    The last window of a document reaches its end; a document shorter than a window is one; a document shorter than a
    shingle has none.

    Args:
        bounds: int64 (documents + 1,): where documents begin, in token positions.
        options: Sizes, in tokens.
    """
    length = np.diff(bounds)
    beyond = np.maximum(length - options.window, 0)
    count = np.where(length >= options.shingle, 1 - (-beyond // options.step), 0)
    document, number = spread(count)
    start = bounds[document] + np.minimum(number * options.step, beyond[document])
    return Windows(start, np.minimum(start + options.window, bounds[document + 1]))


def signatures(tokens: Tokens, windows: Windows, options: IndexOptions, workers: Workers = ALONE) -> NDArray[np.uint32]:
    """Signatures of windows: uint32 (windows, permutations).

    A window is the set of its shingles; a shingle's hash is the lower half of its 64-bit hash.

    Args:
        tokens: The corpus.
        windows: Which, all or some, each of at least one shingle and none longer than `options.window`.
        options: Shingle size, window, permutations, seed.
        workers: Sign windows.
    """
    found = workers.column((len(windows), options.permutations), np.uint32)
    workers.map(_Signing(tokens, windows, options), range(0, len(windows), _CHUNK), into=Into(found))
    return found


@dataclass(frozen=True, slots=True)
class _Signing:
    """Signs the next _CHUNK windows from some row on: which rows, and their signatures."""

    tokens: Tokens
    windows: Windows
    options: IndexOptions

    def __call__(self, begin: int) -> tuple[slice, NDArray[np.uint32]]:
        options = self.options
        factors, summands = permutations(options.permutations, options.seed)
        full = options.window - options.shingle + 1
        rows = slice(begin, begin + _CHUNK)
        positions, place, size = _stretch(self.windows.take(rows), options.shingle)
        mixed = _mix(shingle_hashes(self.tokens, options.shingle, positions).astype(np.uint32))
        short = np.flatnonzero(size < full)
        found = np.empty((len(place), options.permutations), dtype=np.uint32)
        for number in range(options.permutations):
            values = mixed * factors[number] + summands[number]
            if len(short) < len(place):
                found[:, number] = _minima(values, place, full)
            if len(short):
                found[short, number] = _uneven_minima(values, place[short], size[short])
        return rows, found


def shared_share(left: NDArray[np.uint32], right: NDArray[np.uint32]) -> NDArray[np.float64]:
    """Estimated Jaccard similarity of pairs of signatures (float64, one a row): the share of equal values."""
    share: NDArray[np.float64] = (left == right).mean(axis=-1)
    return share


def permutations(count: int, seed: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Factors (odd) and summands (uint32 (count,) each) of the permutations, drawn as datasketch draws them."""
    generator = np.random.RandomState(seed)  # an old kind, but datasketch's, and signatures depend on it
    factors = generator.randint(0, 1 << 31, count, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    return factors, generator.randint(0, 1 << 32, count, dtype=np.uint32)


def _stretch(windows: Windows, shingle: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """The text under windows, every shingle of it once.

    Returns:
        int64 positions of the shingles; for each window, where its first shingle stands among them, and how many
        shingles it has (int64).
    """
    last = windows.end - shingle + 1
    # Each window adds what lies beyond the one before it.
    beyond = windows.start.copy()
    np.maximum(windows.start[1:], last[:-1], out=beyond[1:])
    added = last - beyond
    offset = np.cumsum(added) - added
    positions = np.arange(int(added.sum())) + np.repeat(beyond - offset, added)
    return positions, offset - (beyond - windows.start), last - windows.start


def _minima(values: NDArray[np.uint32], place: NDArray[np.int64], size: int) -> NDArray[np.uint32]:
    """Least of `size` values from each place on; places with fewer values left get some value."""
    width = 1
    while 2 * width <= size:
        values = np.minimum(values[:-width], values[width:])
        width *= 2
    last = len(values) - 1
    least: NDArray[np.uint32] = np.minimum(
        values[np.minimum(place, last)], values[np.minimum(place + size - width, last)]
    )
    return least


def _uneven_minima(values: NDArray[np.uint32], place: NDArray[np.int64], size: NDArray[np.int64]) -> NDArray[np.uint32]:
    """Least of `size` values (one a place) from each place on."""
    borders = np.stack((place, place + size), axis=1).ravel()
    least: NDArray[np.uint32] = np.minimum.reduceat(np.append(values, np.uint32(0)), borders)[::2]
    return least


def _mix(hashes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The finaliser of MurmurHash3 (Appleby), a bijection, through which datasketch sends every hash."""
    hashes ^= hashes >> np.uint32(16)
    hashes *= np.uint32(0x85EBCA6B)
    hashes ^= hashes >> np.uint32(13)
    hashes *= np.uint32(0xC2B2AE35)
    hashes ^= hashes >> np.uint32(16)
    return hashes
