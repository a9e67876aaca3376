"""How often the interval of a group's recycled share covers the share that its documents were made with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.simulations.made import made_lengths
from reuse.analysis.resampling import share_intervals

PASSAGE = 120
"""Mean length of a recycled passage, in words."""
DOCUMENTS = (2, 3, 5, 8, 15, 50)
"""Documents of a group."""


@dataclass(frozen=True, slots=True)
class World:
    """Documents of one kind: each has a share of its own, beta distributed.

    Attributes:
        mean: Mean of the shares.
        alike: How alike they are (the sum of the two parameters of the distribution): 2 is flat about one half.
        unlike_lengths: How unlike their lengths are (the spread of their logarithms).
    """

    mean: float
    alike: float
    unlike_lengths: float = 1.0


WORLDS = (World(0.5, 8), World(0.3, 2), World(0.1, 2), World(0.05, 1), World(0.02, 2))
HARSH = (World(0.5, 0.2), World(0.1, 0.2), World(0.3, 2, unlike_lengths=1.6))
"""Documents of which nearly every one is recycled throughout or not at all; lengths of which one outweighs the rest."""


def coverage(world: World, documents: int, groups: int, seed: int = 1) -> tuple[float, float]:
    """Share of the groups whose interval covers the true share, and the mean width of the intervals.

    Args:
        world: What the documents are like.
        documents: Documents of a group.
        groups: How many groups are made.
        seed: Of the random numbers.
    """
    generator = np.random.default_rng(seed)
    marked, lengths = _made(generator, world, documents * groups)
    bounds = np.append(0, np.cumsum(lengths)).astype(np.int64)
    low, high = share_intervals(marked, bounds, np.repeat(np.arange(groups), documents))
    return float(((low <= world.mean) & (world.mean <= high)).mean()), float((high - low).mean())


def _made(generator: np.random.Generator, world: World, count: int) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Documents end to end, bool (words,), and their lengths."""
    lengths = made_lengths(generator, count, world.unlike_lengths)
    shares = generator.beta(world.mean * world.alike, (1 - world.mean) * world.alike, count)
    bounds = np.append(0, np.cumsum(lengths))
    marked = np.zeros(bounds[-1], dtype=bool)
    for start, end, share in zip(bounds[:-1].tolist(), bounds[1:].tolist(), shares.tolist(), strict=True):
        _mark(generator, marked[start:end], share)
    return marked, lengths


def _mark(generator: np.random.Generator, text: NDArray[np.bool_], share: float) -> None:
    """Passages and fresh text in turn, of geometric lengths, so that the expected share of the text is what it is."""
    fresh = max(PASSAGE * (1 - share) / max(share, 1e-4), 1.0)
    copied, at = bool(generator.random() < share), 0
    while at < len(text):
        run = int(generator.geometric(1 / (PASSAGE if copied else fresh)))
        text[at : at + run] = copied
        copied, at = not copied, at + run
