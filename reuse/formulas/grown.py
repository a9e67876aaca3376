"""Formulas of a collection that has grown: those that the new text has are found anew, all others stay as they were.

A closed repeat with no occurrence in the new text is what it was. So only runs of words that the new text has are
looked for, with all their occurrences, and chosen from as in a scan; a phrase that stands within another one stands
there in the new text too, so that no formula that stays loses a place by what is chosen. What a scan of all may see
otherwise: a formula that stays is not held against what has come, be it a part of it that has become more frequent.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.hashing import mixed
from reuse.arrays.ragged import bounds_of, spread
from reuse.corpus.tokens import Tokens
from reuse.formulas.branching import Sentences
from reuse.formulas.candidates import Candidates
from reuse.formulas.edge_counts import EdgeCounts
from reuse.formulas.edges import Edges
from reuse.formulas.phrases import Formulas, Ranked, find_candidates, formulas_among
from reuse.formulas.repeats import hashes_at, hashes_of
from reuse.formulas.whole import texts_with
from reuse.options import FormulaOptions
from reuse.score.background import Background
from reuse.work.workers import ALONE, Workers

_BASE = 0xD6E8FEB86659FD93
"""Odd, so that a power of it can be taken back modulo 2^64."""


def grown_formulas(
    known: Ranked,
    tokens: Tokens,
    background: Background,
    sentences: Sentences,
    counted: EdgeCounts,
    options: FormulaOptions,
    workers: Workers = ALONE,
    text_of: NDArray[np.int64] | None = None,
) -> Ranked:
    """The formulas of a corpus of which those before some position are known.

    Args:
        known: The formulas of the tokens before that position.
        tokens: The corpus.
        background: Its word model.
        sentences: Its sentences; `since` is the position from which on it is new.
        counted: How often its words stand at edges.
        options: What counts as a formula, and which are kept.
        workers: Look for them.
        text_of: int64 (documents,): number of the text that each document is a copy of, where copies of a text count as
            one document; None: each counts.

    Returns:
        As for `ranked_formulas`; the bits of what is not in the new text are those that were known.
    """
    edges = Edges.of(tokens, background, options, counted, looked_up=True)
    candidates = find_candidates(tokens, background, edges, workers, text_of, sentences=sentences)
    touched = _said_since(known.formulas, sentences)
    stays = known.take(np.flatnonzero(~touched))
    found = formulas_among(candidates, tokens, background, edges, text_of, _within(candidates, stays.formulas))
    every = Ranked.concatenate(stays, found)
    count = len(every)
    if known.formulas.found > len(known):  # of those that were left out nobody knows which the new text has
        count = known.formulas.found + _come_up(found.formulas, tokens, sentences)
    phrases = replace(every.formulas, found=count, complete=known.formulas.complete and candidates.complete)
    return replace(every, formulas=phrases).in_order(tokens, edges)


def _come_up(found: Formulas, tokens: Tokens, sentences: Sentences) -> int:
    """How many formulas too few of the old documents have for it to have been one."""
    old = np.flatnonzero(found.positions < sentences.since)
    before = texts_with(found.owners()[old], tokens.document_of(found.positions[old]), len(found))
    return int(np.count_nonzero(before < sentences.min_documents))


def _said_since(known: Formulas, sentences: Sentences) -> NDArray[np.bool_]:
    """Which formulas have an occurrence in the new text (bool, formulas).

    Cost: the words of formulas; of the new words those that may begin one, times the lengths of such formulas.

    Args:
        known: The formulas.
        sentences: Of the corpus.
    """
    said = np.zeros(len(known), dtype=bool)
    if not len(known):
        return said
    new, shortest = sentences.ids[sentences.since :], int(known.tokens.min())
    begin, here = hashes_at(sentences.ids, known.first(), shortest), hashes_of(new, shortest)
    rows, starts = np.flatnonzero(np.isin(begin, here)), np.flatnonzero(np.isin(here, begin))
    if len(rows):
        said[rows] = _said_whole(known.take(rows), sentences, starts)
    return said


def _said_whole(known: Formulas, sentences: Sentences, starts: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which formulas stand in the new text (bool, formulas), if anywhere at these of its words (int64, ascending)."""
    ids, lengths = sentences.ids, known.tokens.astype(np.int64)
    place, word = spread(lengths)
    said = np.zeros(len(known), dtype=bool)
    new = ids[sentences.since :]
    powers = _powers(_BASE, max(len(new), int(lengths.max())))
    # Equal words have equal sums of theirs times powers, but for the power of how far apart they stand.
    until = np.concatenate((np.zeros(1, dtype=np.uint64), np.cumsum(mixed(new.astype(np.uint64)) * powers[: len(new)])))
    back = _powers(pow(_BASE, -1, 1 << 64), len(new))
    first = known.first()
    own = np.add.reduceat(mixed(ids[first[place] + word].astype(np.uint64)) * powers[word], bounds_of(lengths)[:-1])
    left = sentences.sentence_ends[sentences.since + starts] - (sentences.since + starts)
    for length in np.unique(lengths).tolist():
        begins = starts[left >= length]
        rows = np.flatnonzero(lengths == length)
        rows = rows[np.argsort(own[rows])]
        keys = (until[begins + length] - until[begins]) * back[begins]
        at = np.minimum(np.searchsorted(own[rows], keys), len(rows) - 1)
        met = own[rows][at] == keys
        row, one = np.unique(rows[at[met]], return_index=True)
        each = np.arange(length)
        there = (sentences.since + begins[met][one])[:, None] + each
        said[row] = (ids[there] == ids[first[row][:, None] + each]).all(axis=1)  # hashes may be alike by chance
    return said


def _powers(base: int, count: int) -> NDArray[np.uint64]:
    """The first powers of a number, from 1 on, modulo 2^64."""
    powers = np.full(count, base, dtype=np.uint64)
    powers[:1] = 1
    return np.cumprod(powers, dtype=np.uint64)


def _within(candidates: Candidates, stays: Formulas) -> NDArray[np.bool_]:
    """Which occurrences of candidates lie in a longer formula that stays (bool, occurrences)."""
    starts = stays.positions
    order = np.argsort(starts)
    starts, ends = starts[order], (starts + stays.tokens[stays.owners()])[order]
    reach = np.append(0, np.maximum.accumulate(ends))  # of all formulas that begin before
    behind = np.searchsorted(starts, candidates.positions, side="right")
    return np.asarray(reach[behind] >= candidates.positions + candidates.tokens[candidates.owners()], dtype=np.bool_)
