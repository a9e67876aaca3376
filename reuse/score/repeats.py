"""Which text says again what stands elsewhere: it counts once in the background, however often it was copied."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.keys import group_sizes, places_in, with_places
from reuse.corpus.tokens import Tokens
from reuse.work.workers import ALONE, Workers

_SLICE = 1 << 18  # positions looked at at a time, so that temporaries stay in the cache
_TURN = 23  # bits by which the hash so far is rotated before the next word, so that order counts
_MULTIPLIER = np.uint64(0xD6E8FEB86659FD93)


def says_again(tokens: Tokens, stretch: int, workers: Workers = ALONE) -> NDArray[np.bool_]:
    """Which tokens lie in a stretch of so many that stands earlier in the corpus too (bool, one a token).

    A stretch lies within one document. Which of its occurrences comes first is a matter of the order of the tokens; how
    often a word is counted hardly depends on it, for the occurrences say the same.

    Args:
        tokens: The corpus.
        stretch: Tokens of a stretch; 0: nothing says anything again.
        workers: Do the work.
    """
    total = len(tokens)
    again = np.zeros(total, dtype=bool)
    if not stretch or total < stretch:
        return again
    place_width = total.bit_length()
    whole = np.ones(total, dtype=bool)
    for offset in range(1, stretch):
        ends = tokens.bounds[1:] - offset
        whole[ends[ends >= tokens.bounds[:-1]]] = False

    slices = workers.map(partial(_stretch_keys, tokens, stretch, whole), range(0, total, _SLICE))
    later = workers.by_range(slices, partial(_not_the_first, place_width), low_width=place_width)
    begins = np.concatenate([np.zeros(0, dtype=np.int64), *later])
    edges = np.zeros(total + 1, dtype=np.int8)
    # No two stretches begin at one place, so that one byte holds how many more begin than end.
    edges[begins] = 1
    edges[begins + stretch] -= 1
    np.greater(np.cumsum(edges[:-1], dtype=np.int32), 0, out=again)
    return again


def _stretch_keys(tokens: Tokens, stretch: int, whole: NDArray[np.bool_], start: int) -> NDArray[np.uint64]:
    """Hash and place of the stretches that begin in the slice at `start`, ascending."""
    here = start + np.flatnonzero(whole[start : start + _SLICE])
    keys = with_places(_stretch_hashes(tokens, stretch, start, here), here, len(tokens).bit_length())
    keys.sort()
    return keys


def _not_the_first(place_width: int, keys: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Beginnings of the stretches that are not the first of their kind, given ascending keys."""
    places = places_in(keys, place_width).view(np.int64)
    sizes = group_sizes(keys, place_width)
    first = np.zeros(len(places), dtype=bool)
    first[np.cumsum(sizes) - sizes] = True
    return places[~first]


def _stretch_hashes(tokens: Tokens, size: int, start: int, positions: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Hashes (uint64) of the stretches at some positions of the slice at `start`; they depend on the words alone."""
    words = tokens.vocabulary.hashes[tokens.ids[start : start + _SLICE + size - 1]]
    at = positions - start
    hashes = words[at] * _MULTIPLIER
    for offset in range(1, size):
        hashes = (hashes << np.uint64(_TURN)) | (hashes >> np.uint64(64 - _TURN))
        hashes ^= words[at + offset]
        hashes *= _MULTIPLIER
    hashes ^= hashes >> np.uint64(32)
    hashes *= _MULTIPLIER
    return hashes
