"""Shingles: k consecutive tokens of one document, hashed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reuse.corpus.tokens import Tokens

_MULTIPLIER = np.uint64(0xD6E8FEB86659FD93)
_SLICE = 1 << 17  # shingles hashed at a time, so that temporaries stay in the cache
_TURN = 23  # bits by which the hash so far is rotated before the next word, so that order counts


def shingle_hashes(tokens: Tokens, size: int, positions: NDArray[np.int64] | None = None) -> NDArray[np.uint64]:
    """Hashes of the shingles that begin at `positions` (all positions if None).

    The hash depends on the words alone, not on their numbers in this corpus. Where fewer than `size` tokens are left in
    the corpus the last one counts again; mask such rows and those that cross a document's end with `complete`.

    Returns:
        uint64, one a position.
    """
    if size < 1:
        raise ValueError("a shingle has at least one token")
    hashes = np.empty(len(tokens) if positions is None else len(positions), dtype=np.uint64)
    last = len(tokens) - 1
    for start in range(0, len(hashes), _SLICE):
        part = hashes[start : start + _SLICE]
        at = np.arange(start, start + len(part)) if positions is None else positions[start : start + _SLICE]
        for offset in range(size):
            words = tokens.vocabulary.hashes[tokens.ids[np.minimum(at + offset, last)]]
            if offset == 0:
                part[:] = words
            else:
                turned = part << np.uint64(_TURN)
                part >>= np.uint64(64 - _TURN)
                part |= turned
                part ^= words
            part *= _MULTIPLIER
        part ^= part >> np.uint64(32)
        part *= _MULTIPLIER
    return hashes


def complete(tokens: Tokens, size: int, positions: NDArray[np.int64] | None = None) -> NDArray[np.bool_]:
    """Which positions have `size` tokens before their document ends (bool, one a position)."""
    if positions is None:
        whole = np.ones(len(tokens), dtype=bool)
        for offset in range(1, size):
            ends = tokens.bounds[1:] - offset
            whole[ends[ends >= tokens.bounds[:-1]]] = False
        return whole
    inside = np.empty(len(positions), dtype=bool)
    for start in range(0, len(positions), _SLICE):
        here = positions[start : start + _SLICE]
        inside[start : start + _SLICE] = here + size <= tokens.bounds[tokens.document_of(here) + 1]
    return inside
