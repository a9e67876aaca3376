"""Every repeat that cannot be extended: the branching nodes of the suffix tree of all sentences.

A run of words is *closed* when no one-word extension inside its sentences occurs as often. On the right that makes it a
branching node of the suffix tree of the sentences (the end of each sentence counting as a word of its own); on the left
it means that the words before its occurrences differ. When they do not differ for a run, they do not differ for any
longer run that begins with it, so such a run is dropped with all that would follow: two copies of a document cost one
walk along the document, not one from each of its words.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.corpus.tokens import Tokens
from reuse.formulas.groups import Positions, equal_groups
from reuse.formulas.walks import STEP_BUDGET, Sentences, Walks, joined

WORK_FACTOR = 300
"""Words compared at most, per word of the corpus. Prose needs fewer than 20; a word repeated n times in a row has n
closed runs of up to n occurrences each, and only such texts reach the limit."""


@dataclass(frozen=True, slots=True)
class Repeats:
    """Closed runs of words with all their occurrences, in no particular order.

    Attributes:
        tokens: int64 (repeats,): length in words.
        df: int64 (repeats,): documents that have it.
        bounds: int64 (repeats + 1,): repeat r owns the rows bounds[r] to bounds[r + 1] of `positions`.
        positions: int64 (occurrences,): position of the first word of each occurrence, ascending within a repeat.
        complete: False when the search was cut short (see WORK_FACTOR): the longest runs of a text that says one
            thing over and over are missing.
    """

    tokens: NDArray[np.int64]
    df: NDArray[np.int64]
    bounds: NDArray[np.int64]
    positions: Positions
    complete: bool


def closed_repeats(tokens: Tokens, min_tokens: int, min_documents: int) -> Repeats:
    """All closed runs of at least `min_tokens` words, found twice or more and in at least `min_documents` documents.

    Every occurrence counts, overlapping ones too. Exact: equal hashes are always compared word by word.
    Cost: one sort of the corpus, then work in proportion to the words of the runs found times their occurrences.
    """
    corpus = Sentences.of(tokens, min_documents)
    found, complete = corpus.walked(_first_walks(corpus, min_tokens), WORK_FACTOR * len(tokens) + 10 * STEP_BUDGET)
    return Repeats(found.depth, found.df, found.bounds, found.positions, complete)


def _first_walks(corpus: Sentences, min_tokens: int) -> Walks:
    """Positions grouped by their first `min_tokens` words, where two or more have them."""
    starts = len(corpus.ids) - min_tokens + 1
    if starts < 2:
        return joined([])
    ends = corpus.sentence_ends[:starts]
    inside = np.flatnonzero(np.arange(min_tokens, starts + min_tokens, dtype=np.int32) <= ends)
    hashes = np.zeros(starts, dtype=np.uint64)
    for offset in range(min_tokens):
        hashes += corpus.ids[offset : offset + starts].view(np.uint32)
        hashes *= np.uint64(0x9E3779B97F4A7C15)
    hashes = hashes[inside]
    order, bounds = equal_groups(
        hashes, lambda rows: [corpus.ids[inside[rows] + offset] for offset in range(min_tokens)]
    )
    none = np.zeros(0, dtype=np.int64)
    depth = np.full(len(bounds) - 1, min_tokens)
    return corpus.worth_walking(inside[order], bounds, depth, none, np.zeros_like(depth))
