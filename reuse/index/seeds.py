"""Adaptive seeds: the shared shingles of a corpus, each as long as it needs to be to be rare.

An exact join. Shingles that occur at most `cap` times give an anchor for every pair of their occurrences; the cap is
lowered where the corpus is so repetitive that there would be more than `anchors` of them a token. The occurrences of
a more frequent shingle are joined again by one a token longer, up to `longest_seed` (adaptive seeds, after Kiełbasa et
al. 2011). What is frequent even then is not dropped: every occurrence is linked to the first few, a star, not a clique.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.corpus.tokens import Tokens
from reuse.index.groups import all_pairs, grouped, stars
from reuse.index.pairing import Pairing
from reuse.index.shingles import complete, shingle_hashes
from reuse.options import IndexOptions


@dataclass(frozen=True, slots=True)
class Anchors:
    """Shared shingles: the tokens from `a` and from `b` on are equal for `size` tokens; a < b.

    Attributes:
        a, b: uint32 or int64 (n,): token positions; the former wherever they fit, for a corpus has many anchors.
        size: Tokens that are equal.
    """

    a: NDArray[np.integer]
    b: NDArray[np.integer]
    size: int

    def __len__(self) -> int:
        return len(self.a)


def find_anchors(
    tokens: Tokens, pairing: Pairing, options: IndexOptions
) -> Iterator[tuple[list[Anchors], NDArray[np.int64]]]:
    """Join the corpus with itself on shingles.

    Yields:
        For each shingle size, its anchors in several parts, and the positions (int64, ascending) whose shingle was too
        frequent for it.
    """
    size = options.shingle
    narrow = np.dtype(np.uint32 if len(tokens) < 1 << 32 else np.int64)
    positions = np.flatnonzero(complete(tokens, size))
    while len(positions) > 1:
        last = size >= options.longest_seed
        order, borders = grouped(
            shingle_hashes(tokens, size, None if size == options.shingle else positions), positions
        )
        order = order.astype(narrow)
        sizes = np.diff(borders)
        cap = _affordable(sizes, options.cap, options.anchors * len(tokens))
        rare = (sizes > 1) & (sizes <= cap)
        pairs = [pairing.filter(*part) for part in all_pairs(order, borders[:-1][rare], sizes[rare])]
        crowded = sizes > cap
        members = np.repeat(crowded, sizes)
        frequent = order[members].astype(np.int64)
        if last:
            linked = stars(frequent.astype(narrow), sizes[crowded], options.representatives)
            pairs.extend(pairing.filter(*part) for part in linked)
        del order
        frequent.sort()
        yield [Anchors(a, b, size) for a, b in pairs if len(a)], frequent
        if last:
            return
        size += 1
        positions = frequent[complete(tokens, size, frequent)]


def _affordable(sizes: NDArray[np.int64], cap: int, most: float) -> int:
    """The largest number of occurrences up to `cap` at which all pairs together are at most `most`; 1 if none is."""
    groups = np.bincount(np.minimum(sizes, cap + 1), minlength=cap + 2)[: cap + 1]
    size = np.arange(cap + 1)
    pairs = np.cumsum(groups * (size * (size - 1) // 2))
    return max(int(np.searchsorted(pairs, most, side="right")) - 1, 1)
