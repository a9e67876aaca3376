"""Corpora as the simulations need them: lengths of documents and places of formulas, no words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from reuse.corpus.tokens import Tokens, Vocabulary


def made_lengths(generator: np.random.Generator, documents: int, unlike: float = 1.0) -> NDArray[np.int64]:
    """Lengths of documents in words (int64): log-normal, about 400; of `unlike` 1 as unlike as those of reports are."""
    return np.maximum(generator.lognormal(6.0, unlike, documents).astype(np.int64), 60)


def made_tokens(lengths: NDArray[np.int64]) -> Tokens:
    """A corpus of documents of these lengths; all of its words are one."""
    bounds = np.append(0, np.cumsum(lengths)).astype(np.int64)
    total = int(bounds[-1])
    places = np.arange(total, dtype=np.int32)
    opens = np.zeros(total, dtype=bool)
    opens[bounds[:-1]] = True
    words = Vocabulary(np.zeros(1, np.uint64), np.array([total]), np.zeros(1, np.int64), ["word"])
    return Tokens(np.zeros(total, np.int32), 2 * places, 2 * places + 1, opens, bounds, words)


def made_places(
    generator: np.random.Generator, bounds: NDArray[np.int64], documents: Sequence[NDArray[np.int64]], repeats: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Places of formulas (int64), ascending within each, and where each one's places begin (int64, formulas + 1).

    Args:
        generator: Of the random numbers.
        bounds: Of the documents, as in `Tokens`.
        documents: For each formula, those that have it.
        repeats: Mean number of further occurrences in a document that has one (geometric: some say a thing often).
    """
    rows = []
    for having in documents:
        times = generator.geometric(1 / (1 + repeats), len(having))
        starts, lengths = np.repeat(bounds[having], times), np.repeat(np.diff(bounds)[having], times)
        rows.append(np.sort(starts + (generator.random(len(starts)) * lengths).astype(np.int64)))
    return np.concatenate(rows), np.append(0, np.cumsum([len(row) for row in rows])).astype(np.int64)
