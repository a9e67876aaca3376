"""Every repeat that cannot be extended: the branching nodes of the suffix tree of all sentences.

A run of words is *closed* when no one-word extension inside its sentences occurs as often. On the right that makes it a
branching node of the suffix tree of the sentences (the end of each sentence counting as a word of its own); on the left
it means that the words before its occurrences differ. When they do not differ for a run, they do not differ for any
longer run that begins with it, so such a run is dropped with all that would follow: two copies of a document cost one
walk along the document, not one from each of its words.

Positions are brought together by sorting keys, hashes of the words that follow. Large corpora are sorted in passes,
each for one range of hashes, and the keys are looked at in lots: what is held at once hardly grows with the corpus.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.grouping import Positions, groups_among
from reuse.arrays.keys import distinct_in, with_places
from reuse.arrays.ragged import bounds_of
from reuse.arrays.records import RaggedColumns
from reuse.arrays.sought import Sought
from reuse.corpus.tokens import Tokens
from reuse.formulas.branching import STEP_BUDGET, Sentences, Walks
from reuse.score.background import Background
from reuse.work.workers import ALONE, Workers

WORK_FACTOR = 300
"""Words compared at most, per word of the corpus. Prose needs fewer than 20; a word repeated n times in a row has n
closed runs of up to n occurrences each, and only such texts reach the limit."""

PASS = 1 << 27
"""Words of the corpus for each pass: bounds the memory that keys take up."""

LOT = 1 << 21
"""Keys looked at at once: bounds the memory that all else takes up."""

SLICE = 1 << 16
"""Positions hashed at a time, so that temporaries stay in the cache."""


@dataclass(frozen=True, slots=True)
class Repeats(RaggedColumns):
    """Closed runs of words with all their occurrences, in no particular order: one lot of them.

    Attributes:
        tokens: int64 (repeats,): length in words.
        df: int64 (repeats,): documents that have it.
        bounds: int64 (repeats + 1,): repeat r owns the rows bounds[r] to bounds[r + 1] of `positions`.
        positions: int64 (occurrences,): position of the first word of each occurrence, ascending within a repeat.
        complete: False when the search was cut short (see WORK_FACTOR): the longest runs of a text that says one
            thing over and over are missing.
    """

    ELEMENTS: ClassVar = ("positions",)

    tokens: NDArray[np.int64]
    df: NDArray[np.int64]
    bounds: NDArray[np.int64]
    positions: Positions
    complete: bool


def closed_repeats(
    tokens: Tokens,
    background: Background,
    min_tokens: int,
    min_documents: int,
    workers: Workers = ALONE,
    *,
    sentences: Sentences | None = None,
) -> Iterator[Repeats]:
    """All closed runs of at least `min_tokens` words, found twice or more and in at least `min_documents` documents.

    Every occurrence counts, overlapping ones too. Exact: equal hashes are always compared word by word.
    Cost: one sort of the corpus, then work in proportion to the words of the runs found times their occurrences.

    Args:
        tokens: The corpus.
        background: Its word model: runs with a pair of neighbours that stand together too seldom are not looked for.
        min_tokens: Shortest run.
        min_documents: Fewest documents that must have it.
        workers: Look at lots of keys.
        sentences: Its sentences; None: they are told apart. Only runs that stand behind their `since` are looked for.

    Yields:
        The runs lot by lot, one lot at least; each run is in one of them, with all its occurrences.
    """
    corpus = sentences or Sentences.of(tokens, min_documents)
    passes = max(-(-len(tokens) // PASS), 1)
    for number in range(passes):
        yield from _in_one_pass(corpus, background, min_tokens, (number, passes), workers)


def _in_one_pass(
    corpus: Sentences, background: Background, min_tokens: int, turn: tuple[int, int], workers: Workers
) -> Iterator[Repeats]:
    """The closed runs of one pass, lot by lot."""
    position_width = len(corpus.ids).bit_length()
    keys = _sorted_keys(corpus, background, min_tokens, position_width, turn, workers)
    limit = WORK_FACTOR * len(corpus.ids) / turn[1] / max(len(keys), 1)
    yield from workers.stream(partial(_walked, corpus, position_width, min_tokens, limit), _lots(keys, position_width))


def _walked(corpus: Sentences, position_width: int, min_tokens: int, limit: float, keys: NDArray[np.uint64]) -> Repeats:
    """The closed runs of one lot of keys; `limit` words are compared at most for each of them."""
    walks = _first_walks(corpus, keys, position_width, min_tokens)
    found, complete = corpus.walked(walks, int(limit * len(keys)) + 10 * STEP_BUDGET)
    return Repeats(found.depth, found.df, found.bounds, found.positions, complete)


def _sorted_keys(
    corpus: Sentences,
    background: Background,
    min_tokens: int,
    position_width: int,
    turn: tuple[int, int],
    workers: Workers,
) -> NDArray[np.uint64]:
    """Where runs may begin: a hash of the first `min_tokens` words above the position, and so sorted.

    Left out are places too near the end of their sentence, or with a pair of words that is too rare; where only what
    stands behind some position is sought, most of those whose words do not stand there; and where there are several
    passes (`turn`: this one, and how many), those whose hash is not in the range of this one.
    """
    found = _sought(corpus, min_tokens) if corpus.since else _everywhere(corpus, background, min_tokens)
    lots = [np.zeros(0, dtype=np.uint64)]
    for hashes, places in found:
        if turn[1] > 1:
            here = (hashes >> np.uint64(32)) * np.uint64(turn[1]) >> np.uint64(32) == np.uint64(turn[0])
            hashes, places = hashes[here], places[here]  # noqa: PLW2901
        lots.append(with_places(hashes, places, position_width))
    bounds = bounds_of(np.array(list(map(len, lots))))
    keys: NDArray[np.uint64] = workers.column(int(bounds[-1]), np.uint64)
    while lots:  # each is let go as soon as it is copied
        lot = lots.pop()
        keys[bounds[len(lots)] : bounds[len(lots) + 1]] = lot
    keys.sort()
    return keys


_Hashed = Iterator[tuple[NDArray[np.uint64], NDArray[np.int64]]]
"""Hashes of the first words of runs, and their places."""


def _everywhere(corpus: Sentences, background: Background, min_tokens: int) -> _Hashed:
    """Where runs of all of a corpus may begin."""
    count = max(len(corpus.ids) - min_tokens + 1, 0)
    least = max(corpus.min_documents, corpus.min_occurrences)
    for start in range(0, count, SLICE):
        end = min(start + SLICE, count)
        here = np.arange(start + min_tokens, end + min_tokens, dtype=np.int32) <= corpus.sentence_ends[start:end]
        for offset in range(1, min_tokens):
            here &= background.pair_counts[start + offset : end + offset] >= least
        places = np.flatnonzero(here)
        yield hashes_of(corpus.ids[start : end + min_tokens - 1], min_tokens)[places], places + start


def _sought(corpus: Sentences, min_tokens: int) -> _Hashed:
    """Where runs that stand behind `since` may begin, and a few others."""
    sought = Sought.of(hashes_of(corpus.ids[corpus.since :], min_tokens))
    first = 0
    if corpus.places is not None:
        first = corpus.since
        here = sought.may_hold(hashes_at(corpus.ids, corpus.places, min_tokens))
        places = distinct_in(np.sort(corpus.places[here]))
        yield _in_sentences(corpus, hashes_at(corpus.ids, places, min_tokens), places, min_tokens)
    for start in range(first, max(len(corpus.ids) - min_tokens + 1, 0), SLICE):
        hashes = hashes_of(corpus.ids[start : start + SLICE + min_tokens - 1], min_tokens)
        at = np.flatnonzero(sought.may_hold(hashes))
        yield _in_sentences(corpus, hashes[at], at + start, min_tokens)


def _in_sentences(
    corpus: Sentences, hashes: NDArray[np.uint64], places: NDArray[np.int64], min_tokens: int
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Those whose first words lie in one sentence."""
    here = places + min_tokens <= corpus.sentence_ends[places]
    return hashes[here], places[here]


def hashes_of(ids: NDArray[np.int32], words: int) -> NDArray[np.uint64]:
    """A hash, good in its high bits, of each run of so many words."""
    count = max(len(ids) - words + 1, 0)
    return _hashed((ids[offset : offset + count] for offset in range(words)), count)


def hashes_at(ids: NDArray[np.int32], positions: Positions, words: int) -> NDArray[np.uint64]:
    """The same of the runs at some positions."""
    return _hashed((ids[positions + offset] for offset in range(words)), len(positions))


def _hashed(columns: Iterable[NDArray[np.int32]], count: int) -> NDArray[np.uint64]:
    """So many hashes, of the first words of runs, their second words and so on."""
    hashes = np.zeros(count, dtype=np.uint64)
    for words in columns:
        hashes += words.view(np.uint32)
        hashes *= np.uint64(0x9E3779B97F4A7C15)
    return hashes


def _lots(keys: NDArray[np.uint64], position_width: int) -> Iterator[NDArray[np.uint64]]:
    """Sorted keys, LOT of them or somewhat more at a time: those that differ in their position only stay together."""
    end = 0
    while True:
        start, end = end, end + LOT
        if end < len(keys):
            last = keys[end - 1] | np.uint64((1 << position_width) - 1)
            end = int(np.searchsorted(keys, last, side="right"))
        yield keys[start:end]
        if end >= len(keys):
            break


def _first_walks(corpus: Sentences, keys: NDArray[np.uint64], position_width: int, min_tokens: int) -> Walks:
    """Positions grouped by their first `min_tokens` words, where two or more have them."""

    def first_words(at: Positions) -> list[NDArray[np.int32]]:
        return [np.take(corpus.ids[offset:], at) for offset in range(min_tokens)]

    at, bounds = groups_among(keys, position_width, first_words)
    depth = np.full(len(bounds) - 1, min_tokens)
    return corpus.worth_walking(at, bounds, depth, np.zeros(0, dtype=np.int64), np.zeros_like(depth))
