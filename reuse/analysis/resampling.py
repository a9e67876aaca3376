"""How sure a share is, and what it would be at another size: bootstrap and rarefaction."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.ragged import bounds_of, spread

BLOCK = 100
"""Words of a block: words are drawn in blocks, since those of one passage stand or fall together."""


def bootstrap_shares(
    marked: NDArray[np.bool_],
    bounds: NDArray[np.int64],
    owners: NDArray[np.int64],
    *,
    samples: int = 400,
    level: float = 0.95,
    seed: int = 1,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Percentile bootstrap intervals of the share of marked words (Efron & Tibshirani 1993, ch. 13), by blocks.

    Args:
        marked: bool (tokens,): the words that count.
        bounds: int64 (documents + 1,): document d owns the tokens bounds[d] to bounds[d + 1]; no block crosses these.
        owners: int64 (documents,): what each document belongs to, from 0; -1: to nothing.
        samples: Resamples.
        level: Probability that the interval is to cover.
        seed: Of the random numbers: the same call gives the same interval.

    Returns:
        Lower and upper ends (float64, owners). One that has a single block has no interval: NaN.
    """
    count = int(owners.max(initial=-1)) + 1
    blocks = -(-np.diff(bounds) // BLOCK)
    document, nth = spread(blocks)
    starts = bounds[:-1][document] + nth * BLOCK
    ends = np.minimum(starts + BLOCK, bounds[1:][document])
    sums = bounds_of(marked.astype(np.int64))
    kept = np.flatnonzero(owners[document] >= 0)
    kept = kept[np.argsort(owners[document[kept]], kind="stable")]
    owner = owners[document[kept]]
    hits = (sums[ends] - sums[starts])[kept].astype(np.float64)
    sizes = (ends - starts)[kept].astype(np.float64)
    number = np.bincount(owner, minlength=count)
    present = np.flatnonzero(number > 0)
    first = bounds_of(number)[:-1]
    generator = np.random.default_rng(seed)
    shares = np.full((samples, count), np.nan)
    for sample in range(samples):
        drawn = first[owner] + (generator.random(len(owner)) * number[owner]).astype(np.int64)
        total = np.add.reduceat(sizes[drawn], first[present])
        shares[sample, present] = np.add.reduceat(hits[drawn], first[present]) / total
    low, high = np.full(count, np.nan), np.full(count, np.nan)
    several = number > 1
    tail = 100 * (1 - level) / 2
    low[several], high[several] = np.percentile(shares[:, several], [tail, 100 - tail], axis=0)
    return low, high


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
