"""Shingles: k consecutive tokens of one document, hashed."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.ragged import bounds_of, ranges
from reuse.corpus.tokens import Tokens
from reuse.work.workers import ALONE, Workers

_MULTIPLIER = np.uint64(0xD6E8FEB86659FD93)
_SLICE = 1 << 17  # shingles hashed at a time, so that temporaries stay in the cache
_DENSE = 2  # positions for each shingle asked for, up to which all between the first and the last are hashed
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
    for start in range(0, len(hashes), _SLICE):
        end = min(start + _SLICE, len(hashes))
        at = np.arange(start, end) if positions is None else positions[start:end]
        low, high = int(at.min()), int(at.max()) + 1
        if high - low <= _DENSE * len(at):  # all between them are hashed faster than those at places here and there
            words = _words(tokens, np.arange(low, high + size - 1))
            hashes[start:end] = _hashed(words[offset : offset + high - low] for offset in range(size))[at - low]
            continue
        runs = np.flatnonzero(np.append(True, np.diff(at) != 1))
        if len(at) + len(runs) * (size - 1) > _DENSE * len(at):
            hashes[start:end] = _hashed(_words(tokens, at + offset) for offset in range(size))
        else:  # the words of what stands in a row are read once
            sizes = np.diff(runs, append=len(at)) + size - 1
            words = _words(tokens, ranges(at[runs], sizes))
            count = len(words) - size + 1
            found = _hashed(words[offset : offset + count] for offset in range(size))
            hashes[start:end] = found[ranges(bounds_of(sizes)[:-1], sizes - size + 1)]
    return hashes


def _words(tokens: Tokens, positions: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Hashes of the words at some positions (uint64); behind the corpus that of its last one."""
    return tokens.vocabulary.hashes[tokens.ids[np.minimum(positions, len(tokens) - 1)]]


def _hashed(columns: Iterable[NDArray[np.uint64]]) -> NDArray[np.uint64]:
    """Hashes of shingles (uint64), given the hashes of their first words, of their second ones and so on."""
    first, *others = columns
    found = first * _MULTIPLIER
    for words in others:
        turned = found << np.uint64(_TURN)
        found >>= np.uint64(64 - _TURN)
        found |= turned
        found ^= words
        found *= _MULTIPLIER
    found ^= found >> np.uint64(32)
    found *= _MULTIPLIER
    return found


def complete(
    tokens: Tokens, size: int, positions: NDArray[np.int64] | None = None, workers: Workers = ALONE
) -> NDArray[np.bool_]:
    """Which positions have `size` tokens before their document ends (bool, one a position).

    Args:
        tokens: The corpus.
        size: Tokens, one at least.
        positions: Token positions; None: all.
        workers: Have a place for columns.
    """
    if positions is None:
        whole: NDArray[np.bool_] = workers.column(len(tokens), bool)
        whole[:] = True
        for offset in range(1, size):
            ends = tokens.bounds[1:] - offset
            whole[ends[ends >= tokens.bounds[:-1]]] = False
        return whole
    inside: NDArray[np.bool_] = workers.column(len(positions), bool)
    for start in range(0, len(positions), _SLICE):
        here = positions[start : start + _SLICE]
        inside[start : start + _SLICE] = here + size <= tokens.bounds[tokens.document_of(here) + 1]
    return inside
