"""How sure a share is, and what it would be at another size: bootstrap and rarefaction."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.ragged import bounds_of, spread

BLOCK = 100
"""Words of a block: words are drawn in blocks, since those of one passage stand or fall together."""

BATCH = 2_000_000
"""Blocks drawn at a time."""


def share_intervals(
    marked: NDArray[np.bool_],
    bounds: NDArray[np.int64],
    owners: NDArray[np.int64],
    *,
    samples: int = 400,
    level: float = 0.95,
    seed: int = 1,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Bootstrap intervals of the share of marked words in groups of documents: what further such documents would have.

    Documents are drawn with replacement, and in each of them blocks of words (Davison & Hinkley 1997, sec. 3.8); the
    interval is that of the percentiles. To each group two documents of mean length are added, one marked throughout
    and one not at all, as Agresti & Coull (1998) add two successes and two failures to a proportion: where few
    documents have a share that differs much, intervals would otherwise miss what no document drawn has shown yet.

    Args:
        marked: bool (tokens,): the words that count.
        bounds: int64 (documents + 1,): document d owns the tokens bounds[d] to bounds[d + 1]; no block crosses these.
        owners: int64 (documents,): what each document belongs to, from 0; -1: to nothing.
        samples: Resamples.
        level: Probability that the interval is to cover.
        seed: Of the random numbers: the same call gives the same interval.

    Returns:
        Lower and upper ends (float64, owners). One that has a single document has no interval: NaN.
    """
    count = int(owners.max(initial=-1)) + 1
    lengths = np.diff(bounds)
    inside = np.flatnonzero((owners >= 0) & (lengths > 0))
    several = np.flatnonzero(np.bincount(owners[inside], minlength=count) > 1)
    low, high = np.full(count, np.nan), np.full(count, np.nan)
    tail = 100 * (1 - level) / 2
    sums = bounds_of(marked.astype(np.int64))
    by_owner = inside[np.argsort(owners[inside], kind="stable")]
    ends = np.searchsorted(owners[by_owner], several, side="right")
    starts = np.searchsorted(owners[by_owner], several, side="left")
    for owner, start, end in zip(several.tolist(), starts.tolist(), ends.tolist(), strict=True):
        # A generator of its own: the interval of a group does not depend on what other groups there are.
        generator = np.random.default_rng(seed)
        blocks = _Blocks.of(sums, bounds, by_owner[start:end]).with_extremes()
        low[owner], high[owner] = np.percentile(blocks.shares(generator, samples), [tail, 100 - tail])
    return low, high


@dataclass(frozen=True, slots=True)
class _Blocks:
    """The words of some documents in blocks.

    Attributes:
        hits, sizes: int64 (blocks,): marked words and all words of each block.
        bounds: int64 (documents + 1,): document d owns the blocks bounds[d] to bounds[d + 1].
    """

    hits: NDArray[np.int64]
    sizes: NDArray[np.int64]
    bounds: NDArray[np.int64]

    @classmethod
    def of(cls, sums: NDArray[np.int64], bounds: NDArray[np.int64], documents: NDArray[np.int64]) -> _Blocks:
        """The blocks of some documents; `sums` holds the marked words before each token."""
        counts = -(-np.diff(bounds)[documents] // BLOCK)
        row, nth = spread(counts)
        starts = bounds[documents][row] + nth * BLOCK
        ends = np.minimum(starts + BLOCK, bounds[documents + 1][row])
        return cls(sums[ends] - sums[starts], ends - starts, bounds_of(counts))

    def with_extremes(self) -> _Blocks:
        """The same with two documents more, of mean length, one marked throughout and one not at all."""
        documents = len(self.bounds) - 1
        blocks = max(round(float(self.sizes.sum()) / documents / BLOCK), 1)
        full, none = np.full(blocks, BLOCK), np.zeros(blocks, dtype=np.int64)
        return _Blocks(
            np.concatenate([self.hits, full, none]),
            np.concatenate([self.sizes, full, full]),
            np.append(self.bounds, self.bounds[-1] + np.array([blocks, 2 * blocks])),
        )

    def shares(self, generator: np.random.Generator, samples: int) -> NDArray[np.float64]:
        """Shares of marked words in documents drawn, and blocks drawn within each (float64, samples)."""
        counts = np.diff(self.bounds)
        found = np.empty(samples)
        batch = max(BATCH // max(len(self.hits), 1), 1)
        for start in range(0, samples, batch):
            width = min(batch, samples - start)
            drawn = generator.integers(0, len(counts), width * len(counts))
            row, _ = spread(counts[drawn])
            at = self.bounds[drawn][row] + (generator.random(len(row)) * counts[drawn][row]).astype(np.int64)
            sample = row // len(counts)
            hits, sizes = (np.bincount(sample, values[at], width) for values in (self.hits, self.sizes))
            found[start : start + width] = hits / sizes
        return found


def expected_types(
    counts: NDArray[np.int64], owners: NDArray[np.int64], words: NDArray[np.int64], size: int
) -> NDArray[np.float64]:
    """How many distinct formulas a stretch of `size` words of each owner would have on the average.

    Hurlbert's rarefaction (1971): a formula with c occurrences among n words is in such a stretch with probability
    1 - C(n - c, size) / C(n, size), here with its limit 1 - (1 - size / n)^c.

    Args:
        counts: int64 (rows,): occurrences of one formula in one owner.
        owners: int64 (rows,): that owner, from 0.
        words: int64 (owners,): words of each owner.
        size: Words of the stretch.

    Returns:
        float64 (owners,); NaN for an owner that has fewer than `size` words.
    """
    share = np.minimum(size / np.maximum(words, 1), 1.0)
    present = 1 - (1 - share[owners]) ** counts
    expected = np.bincount(owners, present, minlength=len(words)).astype(np.float64)
    expected[words < size] = np.nan
    return expected
