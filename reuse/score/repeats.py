"""Which text says again what stands elsewhere: it counts once in the background, however often it was copied."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.keys import by_first_digits, group_sizes, places_in, ranges_apart, with_places
from reuse.corpus.tokens import Tokens
from reuse.index.shingles import complete, shingle_hashes
from reuse.score.pairs import EqualPairs
from reuse.work.workers import ALONE, Workers

_SLICE = 1 << 18  # positions looked at at a time, so that temporaries stay in the cache


def says_again(
    tokens: Tokens, stretch: int, workers: Workers = ALONE, *, pairs: EqualPairs | None = None
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which tokens lie in a stretch of so many that stands earlier too: in the corpus, and in the same document.

    A stretch lies within one document. Which of its occurrences comes first is a matter of the order of the tokens; how
    often a word is counted hardly depends on it, for the occurrences say the same.

    Only stretches all of whose pairs of words recur are compared: in text that copies little, one in a hundred.

    Args:
        tokens: The corpus.
        stretch: Tokens of a stretch; 0: nothing says anything again.
        workers: Do the work.
        pairs: The corpus' pairs of words; None: they are brought together.

    Returns:
        bool (tokens,) both.
    """
    total = len(tokens)
    if not stretch or total < stretch:
        return workers.column(total, bool), workers.column(total, bool)
    place_width = total.bit_length()
    may_be = _maybe_again(tokens, stretch, (pairs or EqualPairs.of(tokens, workers)).recurring(workers), workers)
    slices = workers.map(partial(_stretch_keys, tokens, stretch, may_be), range(0, total, _SLICE))
    found = workers.by_range(
        slices, partial(_not_the_first, tokens.bounds, place_width), low_width=ranges_apart(place_width)
    )
    anywhere, in_document = (np.concatenate([_NOWHERE, *begins]) for begins in zip(*found, strict=True))
    return _covered(anywhere, stretch, total, workers), _covered(in_document, stretch, total, workers)


_NOWHERE = np.zeros(0, dtype=np.int64)


def _maybe_again(tokens: Tokens, stretch: int, recurring: NDArray[np.bool_], workers: Workers) -> NDArray[np.bool_]:
    """Where a stretch begins all of whose pairs of words recur (bool (tokens,)).

    Args:
        tokens: The corpus.
        stretch: Tokens of a stretch.
        recurring: bool (tokens,): where a pair of words stands that recurs, by its second word.
        workers: Have a place for columns.
    """
    begins = complete(tokens, stretch, workers=workers)
    for start in range(0, len(tokens) if stretch > 1 else 0, _SLICE):
        here = begins[start : start + _SLICE]
        pairs = recurring[start + 1 : start + len(here) + stretch - 1].copy()
        size = 1
        while size < stretch - 1:  # whether so many pairs from here on recur: twice as many in each round
            more = min(size, stretch - 1 - size)
            pairs[:-more] &= pairs[more:]
            size += more
        here[: len(pairs)] &= pairs[: len(here)]
    return begins


def _stretch_keys(tokens: Tokens, stretch: int, begins: NDArray[np.bool_], start: int) -> NDArray[np.uint64]:
    """Hash and place of those of the next _SLICE stretches that `begins` has, in order of their first digits."""
    here = start + np.flatnonzero(begins[start : start + _SLICE])
    return by_first_digits(with_places(shingle_hashes(tokens, stretch, here), here, len(tokens).bit_length()))


def _not_the_first(
    bounds: NDArray[np.int64], place_width: int, keys: NDArray[np.uint64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Beginnings of the stretches that are not the first of their kind, and not so in their document; keys ascend."""
    places = places_in(keys, place_width).view(np.int64)
    sizes = group_sizes(keys, place_width)
    later = np.ones(len(places), dtype=bool)
    later[np.cumsum(sizes) - sizes] = False
    rows = np.flatnonzero(later)
    before, here = places[rows - 1], places[rows]
    # Both begin in one document if none ends between them.
    within = np.searchsorted(bounds, before, side="right") == np.searchsorted(bounds, here, side="right")
    return here, here[within]


def _covered(begins: NDArray[np.int64], stretch: int, total: int, workers: Workers) -> NDArray[np.bool_]:
    """Which of so many tokens lie in a stretch that begins at one of these places."""
    covered: NDArray[np.bool_] = workers.column(total, bool)
    covered[begins] = True
    for end in range(total, 0, -_SLICE):  # what stands before a slice is still as it was when the slice is done
        start = max(end - _SLICE, 0)
        here = covered[max(start - stretch + 1, 0) : end].copy()
        size = 1
        while size < stretch:  # whether one begins among so many tokens up to here: twice as many in each round
            more = min(size, stretch - size)
            here[more:] |= here[:-more]
            size += more
        covered[start:end] = here[len(here) - (end - start) :]
    return covered
