"""Shingles: k consecutive tokens of one document, hashed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reuse.corpus.tokens import Tokens

_MULTIPLIER = np.uint64(0xD6E8FEB86659FD93)
_TURN = 23  # bits by which the hash so far is rotated before the next word, so that order counts


def shingle_hashes(tokens: Tokens, size: int, positions: NDArray[np.int64] | None = None) -> NDArray[np.uint64]:
    """Hashes of the shingles that begin at `positions` (all positions if None).

    The hash depends on the words alone, not on their numbers in this corpus. Where fewer than `size` tokens are left in
    the corpus the last one counts again; mask such rows and those that cross a document's end with `complete`.

    Returns:
        uint64, one a position.
    """
    last = len(tokens) - 1
    hashes: NDArray[np.uint64] | None = None
    for offset in range(size):
        if positions is None:
            ids = np.concatenate((tokens.ids[offset:], np.repeat(tokens.ids[-1:], min(offset, len(tokens)))))
        else:
            ids = tokens.ids[np.minimum(positions + offset, last)]
        words = tokens.vocabulary.hashes[ids]
        if hashes is None:
            hashes = words
        else:
            left = hashes << np.uint64(_TURN)
            hashes >>= np.uint64(64 - _TURN)
            hashes |= left
            hashes ^= words
        hashes *= _MULTIPLIER
    if hashes is None:
        raise ValueError("a shingle has at least one token")
    hashes ^= hashes >> np.uint64(32)
    hashes *= _MULTIPLIER
    return hashes


def complete(tokens: Tokens, size: int, positions: NDArray[np.int64] | None = None) -> NDArray[np.bool_]:
    """Which positions have `size` tokens before their document ends (bool, one a position)."""
    if positions is None:
        whole = np.ones(len(tokens), dtype=bool)
        for offset in range(1, size):
            ends = tokens.bounds[1:] - offset
            whole[ends[ends >= tokens.bounds[:-1]]] = False
        return whole
    documents = tokens.document_of(positions)
    inside: NDArray[np.bool_] = positions + size <= tokens.bounds[documents + 1]
    return inside
