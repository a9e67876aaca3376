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

from reuse.arrays.hashing import placed
from reuse.arrays.ragged import spread
from reuse.corpus.tokens import Tokens
from reuse.formulas.branching import Sentences
from reuse.formulas.candidates import Candidates
from reuse.formulas.edges import Edges
from reuse.formulas.phrases import Formulas, Ranked, find_candidates, formulas_among
from reuse.formulas.whole import texts_with
from reuse.options import FormulaOptions
from reuse.score.background import Background
from reuse.work.workers import ALONE, Workers


def grown_formulas(
    known: Ranked,
    tokens: Tokens,
    background: Background,
    sentences: Sentences,
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
        options: What counts as a formula, and which are kept.
        workers: Look for them.
        text_of: int64 (documents,): number of the text that each document is a copy of, where copies of a text count as
            one document; None: each counts.

    Returns:
        As for `ranked_formulas`; the bits of what is not in the new text are those that were known.
    """
    edges = Edges.of(tokens, background, options)
    candidates = find_candidates(tokens, background, edges, workers, text_of, sentences=sentences)
    touched = _said_since(known.formulas, sentences, options.min_tokens)
    stays = known.take(np.flatnonzero(~touched))
    found = formulas_among(candidates, tokens, background, edges, text_of, _within(candidates, stays.formulas))
    every = Ranked.concatenate(stays, found)
    count = len(every)
    if known.formulas.found > len(known):  # of those that were left out nobody knows which the new text has
        count = known.formulas.found + _come_up(found.formulas, tokens.document_of_each(), sentences)
    phrases = replace(every.formulas, found=count, complete=known.formulas.complete and candidates.complete)
    return replace(every, formulas=phrases).in_order(tokens, edges)


def _come_up(found: Formulas, documents: NDArray[np.int32], sentences: Sentences) -> int:
    """How many formulas too few of the old documents have for it to have been one."""
    old = np.flatnonzero(found.positions < sentences.since)
    before = texts_with(found.owners()[old], found.positions[old], documents, len(found))
    return int(np.count_nonzero(before < sentences.min_documents))


def _said_since(known: Formulas, sentences: Sentences, least: int) -> NDArray[np.bool_]:
    """Which formulas have an occurrence in the new text (bool, formulas).

    Args:
        known: The formulas.
        sentences: Of the corpus.
        least: Words that each has at least.
    """
    begins = np.arange(sentences.since, len(sentences.ids) - least + 1)
    begins = begins[begins + least <= sentences.sentence_ends[begins]]
    hashes = _hashes(sentences.ids, begins, least)
    order = np.argsort(hashes)
    begins, hashes = begins[order], hashes[order]
    first, lengths = known.first(), known.tokens.astype(np.int64)
    sought = _hashes(sentences.ids, first, least)
    low = np.searchsorted(hashes, sought)
    formula, nth = spread(np.searchsorted(hashes, sought, side="right") - low)
    at = begins[low[formula] + nth]
    inside = at + lengths[formula] <= sentences.sentence_ends[at]
    formula, at = formula[inside], at[inside]
    place, word = spread(lengths[formula])
    differs = sentences.ids[at[place] + word] != sentences.ids[first[formula][place] + word]
    said = np.zeros(len(known), dtype=bool)
    said[formula[np.bincount(place, differs, minlength=len(at)) == 0]] = True
    return said


def _hashes(ids: NDArray[np.int32], at: NDArray[np.int64], words: int) -> NDArray[np.uint64]:
    """A hash (uint64) of so many words from each position on."""
    hashes = np.zeros(len(at), dtype=np.uint64)
    for offset in range(words):
        hashes += placed(ids[at + offset].astype(np.uint64), np.full(len(at), offset))
    return hashes


def _within(candidates: Candidates, stays: Formulas) -> NDArray[np.bool_]:
    """Which occurrences of candidates lie in a longer formula that stays (bool, occurrences)."""
    starts = stays.positions
    order = np.argsort(starts)
    starts, ends = starts[order], (starts + stays.tokens[stays.owners()])[order]
    reach = np.append(0, np.maximum.accumulate(ends))  # of all formulas that begin before
    behind = np.searchsorted(starts, candidates.positions, side="right")
    return np.asarray(reach[behind] >= candidates.positions + candidates.tokens[candidates.owners()], dtype=np.bool_)
