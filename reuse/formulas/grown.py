"""Formulas of a changed collection: those that the new text has, or the text that goes, are found anew; others stay.

A closed repeat with no occurrence in the new text is what it was. So only runs of words that the new text has are
looked for, with all their occurrences, and chosen from as in a scan; a phrase that stands within another one stands
there in the new text too, so that no formula that stays loses a place by what is chosen. What a scan of all may see
otherwise: a formula that stays is not held against what has come, be it a part of it that has become more frequent.

The same holds of text that goes. Of the runs of words that it has the other places are left; where these agree
further, they are places of a longer run, which is looked at in its place.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.hashing import mixed
from reuse.arrays.keys import differs, pair_keys, pair_numbers
from reuse.arrays.ragged import bounds_of, spread
from reuse.corpus.tokens import Tokens
from reuse.formulas.branching import Sentences
from reuse.formulas.candidates import Candidates, names_of
from reuse.formulas.edge_counts import EdgeCounts
from reuse.formulas.edges import Edges
from reuse.formulas.phrases import Formulas, Ranked, find_candidates, formulas_among
from reuse.formulas.repeats import Repeats, closed_repeats, hashes_at, hashes_of
from reuse.formulas.whole import Held, texts_with, worth_of
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
    repeats = closed_repeats(
        tokens, background, options.min_tokens, options.min_documents, workers, sentences=sentences
    )
    candidates = find_candidates(repeats, tokens, background, edges, text_of)
    stays = known.take(np.flatnonzero(~_said_since(known.formulas, sentences)))
    found = formulas_among(candidates, tokens, background, edges, text_of, _held(candidates, stays))
    count = len(stays) + len(found)
    if known.formulas.found > len(known):  # of those that were left out nobody knows which the new text has
        count = known.formulas.found + _come_up(found.formulas, tokens, sentences)
    return _together(stays, found, count, candidates).in_order(tokens, edges)


def left_formulas(
    known: Ranked,
    tokens: Tokens,
    background: Background,
    sentences: Sentences,
    counted: EdgeCounts,
    options: FormulaOptions,
    workers: Workers = ALONE,
    text_of: NDArray[np.int64] | None = None,
) -> Ranked:
    """The formulas of a corpus from which text was taken out.

    Args:
        known: The formulas that it had with that text, their places being those in `sentences`.
        tokens: The corpus.
        background: Its word model.
        sentences: Its sentences and, from `since` on, those of the text that was taken out; the words of both have the
            same numbers as in `tokens`, and such as nobody says any more further ones.
        counted: How often its words stand at edges.
        options: What counts as a formula, and which are kept.
        workers: Look for them.
        text_of: As for `grown_formulas`.

    Returns:
        As for `grown_formulas`; the bits of what was not in the text that is gone are those that were known.
    """
    if not len(tokens):
        return Ranked.empty()
    edges = Edges.of(tokens, background, options, counted, looked_up=True)
    repeats = closed_repeats(
        tokens, background, options.min_tokens, options.min_documents, workers, sentences=sentences
    )
    candidates = find_candidates(
        (left_of_repeats(lot, sentences) for lot in repeats), tokens, background, edges, text_of
    )
    said = _said_since(known.formulas, sentences)
    stays = known.take(np.flatnonzero(~said))
    same = names_of(stays.formulas.first(), stays.formulas.tokens.astype(np.int64), tokens)
    candidates = candidates.take(np.flatnonzero(~np.isin(candidates.names, same)))
    found = formulas_among(candidates, tokens, background, edges, text_of, _held(candidates, stays))
    count = len(stays) + len(found)
    if known.formulas.found > len(known):  # of those that were left out nobody knows which are gone
        were, are = (_hashes_of(some.formulas, sentences.ids) for some in (known.take(np.flatnonzero(said)), found))
        count = known.formulas.found - int(np.count_nonzero(~np.isin(were, are)))
    return _together(stays, found, count, candidates).in_order(tokens, edges)


def left_of_repeats(repeats: Repeats, sentences: Sentences) -> Repeats:
    """What is left of closed repeats, and closed, without the text from `since` on: longer where all places agree.

    Cost: the places, for each word by which they agree further.
    """
    left = repeats.where(repeats.positions < sentences.since)
    left = left.take(np.flatnonzero(left.sizes() >= sentences.min_occurrences))
    if not len(left):
        return left
    begins = differs(sentences.documents[left.positions])
    begins[left.bounds[:-1]] = True
    df = np.add.reduceat(begins, left.bounds[:-1], dtype=np.int64)
    left = replace(left, df=df).take(np.flatnonzero(df >= sentences.min_documents))
    before, behind = (_agreeing_further(left, sentences, step) for step in (-1, 1))
    return replace(left, tokens=left.tokens + before + behind, positions=left.positions - before[left.owners()])


def _agreeing_further(repeats: Repeats, sentences: Sentences, step: int) -> NDArray[np.int64]:
    """By how many words the places of each repeat agree within their sentences, before it (−1) or behind it (1)."""
    agreed = np.zeros(len(repeats), dtype=np.int64)
    rows, ids = np.arange(len(repeats)), sentences.ids
    at = repeats.positions - 1 if step < 0 else repeats.positions + repeats.tokens[repeats.owners()]
    ends = np.zeros_like(at) if step < 0 else sentences.sentence_ends[repeats.positions].astype(np.int64)
    bounds = repeats.bounds
    while len(rows):
        inside = ~sentences.opens_sentence[at + 1] if step < 0 else at < ends
        words = np.where(inside, ids[np.clip(at, 0, len(ids) - 1)], -1)
        low, high = np.minimum.reduceat(words, bounds[:-1]), np.maximum.reduceat(words, bounds[:-1])
        on = (low == high) & (low >= 0)
        agreed[rows[on]] += 1
        places = np.repeat(on, np.diff(bounds))
        rows, at, ends, bounds = rows[on], at[places] + step, ends[places], bounds_of(np.diff(bounds)[on])
    return agreed


def _together(stays: Ranked, found: Ranked, count: int, candidates: Candidates) -> Ranked:
    """Formulas that stay and those that were found, so many in all with those that are not kept."""
    every = Ranked.concatenate(stays, found)
    complete = stays.formulas.complete and candidates.complete
    return replace(every, formulas=replace(every.formulas, found=count, complete=complete))


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
    said = np.zeros(len(known), dtype=bool)
    new = ids[sentences.since :]
    powers = _powers(_BASE, max(len(new), int(lengths.max())))
    # Equal words have equal sums of theirs times powers, but for the power of how far apart they stand.
    until = np.concatenate((np.zeros(1, dtype=np.uint64), np.cumsum(mixed(new.astype(np.uint64)) * powers[: len(new)])))
    back = _powers(pow(_BASE, -1, 1 << 64), len(new))
    first = known.first()
    own = _hashes_of(known, ids)
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


def _hashes_of(formulas: Formulas, ids: NDArray[np.int32]) -> NDArray[np.uint64]:
    """A hash of the words of each formula (uint64), given the tokens where they stand: their sum times powers."""
    place, word = spread(formulas.tokens)
    powers = _powers(_BASE, int(formulas.tokens.max(initial=0)))
    words = mixed(ids[formulas.first()[place] + word].astype(np.uint64))
    bounds = bounds_of(formulas.tokens)[:-1]
    return np.add.reduceat(words * powers[word], bounds) if len(bounds) else np.zeros(0, dtype=np.uint64)


def _powers(base: int, count: int) -> NDArray[np.uint64]:
    """The first powers of a number, from 1 on, modulo 2^64."""
    powers = np.full(count, base, dtype=np.uint64)
    powers[:1] = 1
    return np.cumprod(powers, dtype=np.uint64)


def _held(candidates: Candidates, stays: Ranked) -> Held:
    """What formulas that stay hold of candidates."""
    formulas = stays.formulas
    starts = formulas.positions
    order = np.argsort(starts)
    starts, ends = starts[order], (starts + formulas.tokens[formulas.owners()])[order]
    reach = np.append(0, np.maximum.accumulate(ends))  # of all formulas that begin before
    behind = np.searchsorted(starts, candidates.positions, side="right")
    places = reach[behind] >= candidates.positions + candidates.tokens[candidates.owners()]
    # What one occurrence of a formula holds, every other holds as well.
    order = np.argsort(candidates.positions, kind="stable")
    begin, part = candidates.positions[order], candidates.owners()[order]
    first = formulas.first()
    last = first + formulas.tokens
    low = np.searchsorted(begin, first)
    whole, within = spread(np.searchsorted(begin, last) - low)
    at = low[whole] + within
    inside = begin[at] + candidates.tokens[part[at]] <= last[whole]
    pairs = np.unique(pair_keys(whole[inside], part[at[inside]]))
    one, other = pair_numbers(pairs)
    worth = worth_of(formulas.df_all, stays.own_bits)
    return Held(places, np.bincount(other, worth[one], minlength=len(candidates)).astype(np.float64))
