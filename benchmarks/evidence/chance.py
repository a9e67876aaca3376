"""Whether E-values mean what they say on text of many kinds: matches in text where nothing was copied."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.corpora.chance import KINDS, chance_texts, unavailable
from benchmarks.evidence.figures import Figure, poisson_interval
from benchmarks.evidence.scanned import Detector, write_texts

LEAST, MOST = 1 / 3, 3.0
"""Matches observed by matches expected that are wanted."""


def chance_figures(
    detector: Detector, sizes: Sequence[float] = (0.2, 0.5, 1.0), seeds: int = 2, kinds: Sequence[str] = ()
) -> Iterator[Figure]:
    """Matches with E ≤ 1 by those expected, for each kind of text over all sizes and seeds, and for each size.

    Args:
        detector: What is measured; its filters other than that of the E-value are opened.
        sizes: In millions of characters.
        seeds: Corpora of each kind and size.
        kinds: Of text; default: all that can be made here.
    """
    opened = detector.opened()
    by_size = dict.fromkeys(sizes, 0)
    measured = 0
    for kind in kinds or KINDS:
        missing = unavailable(kind)
        if missing:
            yield Figure(f"{kind}: E ≤ 1, observed by expected", math.nan, LEAST, MOST, f"needs {missing}")
            continue
        evalues = {
            size: np.concatenate([_evalues(opened, kind, size, seed) for seed in range(1, seeds + 1)]) for size in sizes
        }
        measured += 1
        for size in sizes:
            by_size[size] += int((evalues[size] <= 1).sum())
        yield _figure(kind, evalues, seeds)
    for size, observed in by_size.items():
        expected = measured * seeds
        if expected:
            note = f"{observed} observed, {expected} expected"
            yield _ratio(f"all kinds, {size:g} MB: E ≤ 1, observed by expected", observed, expected, note)


def _figure(kind: str, evalues: dict[float, NDArray[np.float64]], seeds: int) -> Figure:
    corpora = len(evalues) * seeds
    everything = np.concatenate(list(evalues.values()))
    below = {limit: (everything <= limit).sum() / (limit * corpora) for limit in (0.01, 0.1, 10.0)}
    others = ", ".join(f"{below[limit]:.2g} at {limit:g}" for limit in (0.01, 0.1, 10.0))
    sizes = ", ".join(f"{(found <= 1).sum()} at {size:g} MB" for size, found in evalues.items())
    note = f"of {seeds} expected: {sizes}; by expected: {others}"
    return _ratio(f"{kind}: E ≤ 1, observed by expected", int((everything <= 1).sum()), corpora, note)


def _ratio(name: str, observed: int, expected: int, note: str) -> Figure:
    low, high = poisson_interval(observed)
    return Figure(name, observed / expected, LEAST, MOST, note, (low / expected, high / expected))


def _evalues(detector: Detector, kind: str, size: float, seed: int) -> NDArray[np.float64]:
    """E-values (float64) of the matches in one corpus."""
    with tempfile.TemporaryDirectory() as temporary:
        texts = chance_texts(kind, size, seed)
        folder = write_texts(Path(temporary) / "texts", ((f"{at:05d}.txt", text) for at, text in enumerate(texts)))
        return detector.scan(folder).scores["evalue"]
