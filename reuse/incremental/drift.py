"""How far the scores of a run have drifted: what its matches have, and what they would have under the words of today.

Documents that are added bring words, and the matches that were there keep the bits of the background that they were
found under. Some of them are aligned once more, in the documents where they stand, under the background of all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from reuse.align.align import find_matches
from reuse.align.matches import CONFIRMED, Matches
from reuse.align.periodic import are_periodic
from reuse.align.rectangles import Regions
from reuse.arrays.hashing import mixed
from reuse.arrays.keys import differs, pair_keys, pair_numbers
from reuse.arrays.ragged import ranges
from reuse.corpus.tokens import Tokens, Vocabulary
from reuse.options import ScanOptions
from reuse.run.query_index import QueryIndex
from reuse.score.background import Background, counted_pairs
from reuse.score.significance import Floor
from reuse.score.surprise import Surprise
from reuse.work.workers import ALONE, Workers

SAMPLE = 300
"""Matches that are looked at, at most."""

SHARE, LEAST = 0.02, 60_000
"""Words of the documents that are looked at: a share of all, so that it costs a hundredth of a scan, or so many."""


@dataclass(frozen=True, slots=True)
class Drift:
    """How far scores have drifted.

    Attributes:
        median: Of the shares by which the bits of some matches differ; 0: they do not.
        matches: How many they are.
    """

    median: float
    matches: int


def median_drift(
    matches: Matches,
    texts: Tokens,
    index: QueryIndex,
    floor: Floor,
    options: ScanOptions,
    *,
    added: int,
    workers: Workers = ALONE,
) -> Drift | None:
    """The median of the shares by which the bits of matches differ from those under the background of all.

    The same matches are looked at whenever it is asked of the same run.

    Args:
        matches: Of the run, between the first documents of each text.
        texts: All documents.
        index: What texts are compared with, the background of all among it.
        floor: Bits from which on a match is kept.
        options: Of the run.
        added: Words, or more, at the end of the documents that came after the background of the first of them.
        workers: Do the work.

    Returns:
        It, and of how many matches; None where there is no match to tell by, or none of them is found again.
    """
    # What was found by its rarer words only is looked for at length, and is seldom found quite the same.
    matches = matches.take(matches.found_by <= CONFIRMED)
    chosen, documents = _sample(matches, texts)
    if not len(chosen):
        return None
    some = texts.of_documents(documents).alike()
    own = ranges(texts.bounds[documents], np.diff(some.bounds))
    pairs = np.maximum(index.pairs[own], _pairs_since(some, texts, index, added))
    some, words = _with_own_words(some)
    # Words weigh as those of the whole vocabulary.
    total = index.total + (len(index.words) - len(words)) // 2
    background = Background(some.ids, index.words[words], pairs, total, options.score.prior_weight)
    surprise = Surprise.under(background, index.counted[own], some, options.score, workers)
    shift = some.bounds[:-1] - texts.bounds[documents]
    asked = matches.take(chosen)
    asked = asked.moved(*(shift[_row(documents, texts, side)] for side in (asked.a_start, asked.b_start)))
    regions = _around(asked, some, options.align.widening)
    strict = replace(options.reworded, enabled=False)
    found, _ = find_matches(some, regions, surprise, floor, options.align, strict, workers)
    before, after = _same(asked, found)
    drift = np.abs(after - before) / before
    return Drift(float(np.median(drift)), len(drift)) if len(drift) else None


def _sample(matches: Matches, texts: Tokens) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Some matches (int64, rows) by chance of their places, and the documents (int64, ascending) that they stand in.

    Documents cost as soon as one match of theirs is looked at; where they are so long that few can be, all matches
    that they have with one another may be in the sample. What is a few words again and again is not: it was aligned
    in part only.
    """
    places = pair_keys(matches.a_start, matches.b_start & 0xFFFFFFFF)
    order = np.argsort(mixed(places), kind="stable")
    every = np.stack([texts.document_of(side) for side in (matches.a_start, matches.b_start)])
    homes = every[:, order[:SAMPLE]]
    distinct, first = np.unique(homes.T.ravel(), return_index=True)
    sizes = np.zeros(homes.size, dtype=np.int64)
    sizes[first] = np.diff(texts.bounds)[distinct]
    words = np.cumsum(sizes)[1::2]
    enough = max(int(np.searchsorted(words, max(SHARE * len(texts), LEAST), side="right")), 1)
    documents = np.unique(homes[:, :enough])
    inside = np.asarray(np.isin(every, documents).all(axis=0))
    rows = order[inside[order]][:SAMPLE]
    return rows[~are_periodic(matches.take(rows), texts)], documents


def _with_own_words(texts: Tokens) -> tuple[Tokens, NDArray[np.int64]]:
    """Texts under a vocabulary of the words that they have, and the former numbers (int64) of these."""
    words, ids = np.unique(texts.ids, return_inverse=True)
    known = texts.vocabulary
    own = Vocabulary(known.hashes[words], known.counts[words], known.first[words], [known.words[row] for row in words])
    return replace(texts, ids=ids.astype(np.int32), vocabulary=own), words.astype(np.int64)


def _row(documents: NDArray[np.int64], texts: Tokens, positions: NDArray[np.int64]) -> NDArray[np.int64]:
    """The row among some documents (int64) of that in which each position stands."""
    return np.searchsorted(documents, texts.document_of(positions))


def _pairs_since(some: Tokens, texts: Tokens, index: QueryIndex, added: int) -> NDArray[np.int64]:
    """How often each word of some documents was counted after the one before it, as the last documents say it (int64).

    Each document says how often its pairs of words had been counted when it came, so that the last to have one knows.
    """
    pairs = np.full(len(some), -1)
    behind = np.ones(len(some), dtype=bool)
    behind[some.bounds[:-1]] = False
    at = np.flatnonzero(behind)
    keys, number = np.unique(pair_keys(some.ids[at - 1], some.ids[at]), return_inverse=True)
    since = max(len(texts) - added - 1, 0)
    last = Background(texts.ids[since:], index.words, index.pairs[since:], index.total, 0.0)
    pairs[at] = counted_pairs(*pair_numbers(keys), last, texts.vocabulary.heads())[number]
    return pairs


def _around(matches: Matches, texts: Tokens, margin: int) -> Regions:
    """What reaches so many tokens beyond matches, within their documents and not into the other side."""
    sides = []
    for start, end in ((matches.a_start, matches.a_end), (matches.b_start, matches.b_end)):
        home = texts.document_of(start)
        sides += [np.maximum(start - margin, texts.bounds[home]), np.minimum(end + margin, texts.bounds[home + 1])]
    a_start, a_end, b_start, b_end = sides
    within = texts.document_of(matches.a_start) == texts.document_of(matches.b_start)
    middle = (matches.a_end + matches.b_start) // 2
    a_end = np.where(within, np.minimum(a_end, middle), a_end)
    b_start = np.where(within, np.maximum(b_start, middle), b_start)
    return Regions(a_start, a_end, b_start, b_end)


def _same(asked: Matches, found: Matches) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The bits of matches, and of those that were found in the very same places (float64 both)."""
    columns = [
        np.concatenate([getattr(side, name) for side in (asked, found)])
        for name in ("a_start", "a_end", "b_start", "b_end")
    ]
    order = np.lexsort(columns)
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.cumsum(differs(*(column[order] for column in columns))) - 1
    count = len(number)
    first = np.full(count, -1)
    first[number[len(asked) :]] = np.arange(len(found))
    there = first[number[: len(asked)]]
    rows = np.flatnonzero(there >= 0)
    return asked.bits[rows].astype(np.float64), found.bits[there[rows]].astype(np.float64)
