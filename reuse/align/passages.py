"""Strict matches, reworded and condensed passages become one row a passage, all on one scale of bits."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from reuse.align.aligner import SLICE, Aligner
from reuse.align.chains import near_components
from reuse.align.distinct import clipped, covering, drop_doubles, overlapping
from reuse.align.matches import CONDENSED, CONFIRMED, REWORDED, Matches, passages_of
from reuse.align.paths import Paths
from reuse.align.rectangles import Passages, Rectangles, joined
from reuse.align.reworded import find_reworded
from reuse.align.segments import best_segments, score
from reuse.arrays.components import connected_components
from reuse.arrays.keys import differs
from reuse.arrays.order import order_of
from reuse.arrays.ragged import owners_of, slices_of, spread
from reuse.arrays.records import FlatColumns
from reuse.options import AlignOptions, RewordedOptions
from reuse.score.significance import Floor, linked_bits
from reuse.score.surprise import Surprise
from reuse.work.workers import Workers

_QUOTATION = 0.6  # similarity of a strict match from which it is a quotation, not a rewording
_LEAST_STRETCH = 8.0  # bits of a stretch of an alignment that adds to what a passage says
_IN_ORDER = 0.5  # similarity from which on a passage is more than its rarer words in any order
_BETWEEN_QUOTATIONS = 12  # tokens between two quotations up to which they may be part of one condensed passage


def with_reworded(
    shown: Matches,
    strict: Matches,
    aligner: Aligner,
    surprise: Surprise,
    floor: Floor,
    options: AlignOptions,
    reworded: RewordedOptions,
    workers: Workers,
) -> Matches:
    """Strict matches, reworded and condensed passages together, one row a passage.

    A strict match that is most of a reworded passage keeps its edges and the reworded one goes; otherwise the strict
    matches in a reworded passage are its fragments: it reaches as far as those that are sure of themselves. Whatever
    lies within a condensed passage is part of it.

    Args:
        shown: Strict matches that chance does not explain.
        strict: These and weaker ones, which still are evidence for a passage that holds several.
        aligner: The corpus.
        surprise: What words say.
        floor: Bits from which on a match is kept.
        options: What is joined, what is kept.
        reworded: Where to look for what.
        workers: Do the work.
    """
    bounds = aligner.tokens.bounds
    # A document shares all its words with itself, so within one only the strict pass says anything.
    apart = _two_documents(shown, bounds)
    # That two documents use what many others use too says nothing of the rest of them.
    rare = np.maximum(*covering(shown)) <= reworded.seed_partners
    seeds = passages_of(shown.take(np.flatnonzero(apart & rare & (shown.bits >= reworded.seed_bits))))
    loose, condensed = find_reworded(aligner.tokens.ids, surprise, seeds, strict, bounds, reworded, workers)
    condensed = condensed.take(_draw_together(condensed, strict, bounds, options, reworded))
    loose = loose.take(_borne_out(loose, strict, bounds, reworded))
    inside, outside, share = overlapping(shown, loose, bounds)
    same = share >= options.same
    found_by = shown.found_by.copy()
    found_by[inside[same]] = CONFIRMED
    shown = replace(shown, found_by=found_by)
    loose = loose.take(_others(loose, outside[same]))

    # Passages that overlap become one, and so do neighbours that are sure of themselves; a match that joins no other
    # stays as it is.
    candidates = Passages.concatenate(passages_of(shown), loose)
    slack = np.concatenate((np.full(len(shown), options.slack), _slack(loose, options, reworded)))
    component = _together(candidates, slack, bounds, options)
    alone = np.bincount(component, minlength=len(candidates))[component] == 1
    alone[len(shown) :] = False
    passages = joined(candidates.take(~alone), component[~alone])
    found_by = np.concatenate((shown.found_by, np.full(len(loose), REWORDED, dtype=np.uint8)))[~alone]
    # A passage was found as the loosest of its parts was; `joined` orders the components by their number.
    _, number = np.unique(component[~alone], return_inverse=True)
    loosest = np.zeros(len(passages), dtype=np.uint8)
    np.maximum.at(loosest, number, found_by)
    shown = shown.take(np.flatnonzero(alone[: len(shown)]))

    inside, _, _ = overlapping(passages, condensed, bounds)
    kept = _others(passages, inside)
    inside, _, _ = overlapping(shown, condensed, bounds)
    shown = shown.take(_others(shown, inside))
    passages = Passages.concatenate(passages.take(kept), condensed)
    found_by = np.concatenate((loosest[kept], np.full(len(condensed), CONDENSED, dtype=np.uint8)))
    measured = _measure(passages, found_by, strict, aligner, surprise, floor, options, workers)
    measured = _named(measured.take(np.flatnonzero(measured.bits >= floor.kept)))
    return drop_doubles(Matches.concatenate(shown, measured), bounds, options.double)


def _named(measured: Matches) -> Matches:
    """The same; what was found as reworded, and has most of its words in order all the same, was found by these too."""
    in_order = (measured.found_by == REWORDED) & (measured.similarity >= _IN_ORDER)
    return replace(measured, found_by=np.where(in_order, np.uint8(CONFIRMED), measured.found_by))


def _slack(loose: Passages, options: AlignOptions, reworded: RewordedOptions) -> NDArray[np.int64]:
    """How far from the line through a reworded passage its fragments may lie (int64, tokens), for its order is free."""
    shorter = np.minimum(loose.a_end - loose.a_start, loose.b_end - loose.b_start)
    slack: NDArray[np.int64] = np.clip(shorter, options.slack, reworded.reach)
    return slack


def _together(
    candidates: Passages, slack: NDArray[np.int64], bounds: NDArray[np.int64], options: AlignOptions
) -> NDArray[np.int64]:
    """Components (int64, one a candidate) of passages that are one."""
    # Within one document joined passages might overlap, so there each stays by itself.
    apart = _two_documents(candidates, bounds)
    edges = []
    for chosen, gap in ((apart, -1), (apart, options.join_gap)):
        rows = np.flatnonzero(chosen)
        edges.append((rows, rows[near_components(candidates.take(rows), bounds, gap=gap, slack=slack[rows])]))
    return connected_components(len(candidates), *(np.concatenate(side) for side in zip(*edges, strict=True)))


def _borne_out(
    loose: Passages, strict: Matches, bounds: NDArray[np.int64], reworded: RewordedOptions
) -> NDArray[np.bool_]:
    """Which reworded passages say enough together with the best strict match that they hold."""
    inside, outside, _ = overlapping(strict, loose, bounds)
    best = np.zeros(len(loose), dtype=np.float32)
    pieces = clipped(strict.paths, loose, inside, outside)
    np.maximum.at(best, outside, strict.bits[inside] * (pieces.pairs() / strict.paths.pairs()[inside]))
    says_enough: NDArray[np.bool_] = loose.bits + best >= reworded.min_bits
    return says_enough


def _bits_of(
    passages: Passages, strict: Matches, bounds: NDArray[np.int64], surprise: Surprise, least: NDArray[np.float64]
) -> NDArray[np.float64]:
    """What the strict matches say of each passage together (float64, bits): only what of them runs within it.

    A match that reaches beyond a passage says so much of it as it has pairs in it. No word says twice what it says.

    Args:
        passages: The passages.
        strict: The matches.
        bounds: int64 (documents + 1,): where documents begin.
        surprise: What words say.
        least: float64 (passages,), bits: what they say may be told as more where it is not more than that.
    """
    inside, outside, _ = overlapping(strict, passages, bounds)
    pieces = clipped(strict.paths, passages, inside, outside)
    share = pieces.pairs() / strict.paths.pairs()[inside]
    bits = strict.bits[inside] * share
    pairs = (passages.a_end - passages.a_start).astype(np.float64) * (passages.b_end - passages.b_start)
    total = linked_bits(bits, outside, pairs)
    # A whole match says no more than its words do, so only where matches are cut or meet a word may say too much.
    doubtful = np.zeros(len(passages), dtype=bool)
    doubtful[outside[(share > 0) & (share < 1)]] = True
    there = np.flatnonzero(share > 0)
    for start, end in ((strict.a_start, strict.a_end), (strict.b_start, strict.b_end)):
        doubtful[_meeting(outside[there], start[inside[there]], end[inside[there]])] = True
    doubtful &= total > least
    asked = doubtful[outside]
    pieces, outside = pieces.take(np.flatnonzero(asked)), outside[asked]
    run, place = spread(pieces.size)
    match = pieces.owners()[run]
    a, b = (start[run] + place for start in (pieces.a, pieces.b))
    said = surprise.of_aligned(a, b, place == 0)
    for side in (a, b):
        once = _each_once(outside[match], side, said, len(passages))
        total = np.where(doubtful, np.minimum(total, once), total)
    return total


def _meeting(passage: NDArray[np.int64], start: NDArray[np.int64], end: NDArray[np.int64]) -> NDArray[np.int64]:
    """The passages (int64) two of whose spans on one side overlap."""
    order = order_of(passage, start)
    passage, start, end = passage[order], start[order], end[order]
    # Only neighbours need be compared, for of spans that overlap two neighbours do.
    meeting: NDArray[np.int64] = passage[1:][(passage[1:] == passage[:-1]) & (start[1:] < end[:-1])]
    return meeting


def _each_once(
    passage: NDArray[np.int64], token: NDArray[np.int64], bits: NDArray[np.float32], passages: int
) -> NDArray[np.float64]:
    """The sum of the bits of each passage's tokens (float64, one a passage), each token at the most that it says."""
    order = order_of(passage, token)
    passage, token = passage[order], token[order]
    first = np.flatnonzero(differs(passage, token))
    most = np.maximum.reduceat(bits[order], first) if len(first) else bits
    return np.bincount(passage[first], weights=most, minlength=passages).astype(np.float64)


def _draw_together(
    condensed: Passages,
    strict: Matches,
    bounds: NDArray[np.int64],
    options: AlignOptions,
    reworded: RewordedOptions,
) -> NDArray[np.bool_]:
    """Which condensed passages draw together several places of the other document, and leave little between them.

    What the strict matches say that lie further than `join_gap` from the best one of a passage has to be part of what
    they say together. On the short side a summary tells in its own words what no match shows, but two quotations with
    words of the host between them are two, and whole paragraphs put together anew are so many matches.
    """
    inside, outside, _ = overlapping(strict, condensed, bounds)
    short_a = (condensed.a_end - condensed.a_start <= condensed.b_end - condensed.b_start)[outside]
    matches = strict.take(inside)
    short, long = (
        (np.where(on_a, matches.a_start, matches.b_start), np.where(on_a, matches.a_end, matches.b_end))
        for on_a in (short_a, ~short_a)
    )
    order = np.lexsort((-matches.bits, outside))
    best = np.zeros(len(condensed), dtype=np.int64)
    first = order[differs(outside[order])]
    best[outside[first]] = first
    away = np.maximum(long[0] - long[1][best[outside]], long[0][best[outside]] - long[1])
    near = away <= options.join_gap
    pairs = (condensed.a_end - condensed.a_start).astype(np.float64) * (condensed.b_end - condensed.b_start)
    total = linked_bits(matches.bits, outside, pairs)
    at_best = linked_bits(matches.bits[near], outside[near], pairs)
    several: NDArray[np.bool_] = (at_best <= reworded.condensed_share * total) & (at_best < total)

    quoted = (matches.bits >= reworded.quoted_bits) & (matches.similarity >= _QUOTATION)
    # What is mostly excerpts is no digest: each is a match of its own.
    excerpt = quoted & (matches.bits >= reworded.excerpt_bits)
    said, excerpts = (
        np.bincount(outside, weights=matches.bits * which, minlength=len(condensed)) for which in (1, excerpt)
    )
    several &= excerpts <= said / 2
    order = np.lexsort((short[0], outside))
    passage, start, end, quoted = outside[order], short[0][order], short[1][order], quoted[order]
    # How far the matches of a passage reach so far; and, in the last bit, whether the one that does is a quotation.
    lift = passage * 2 * int(bounds[-1] + 1)
    reach = np.maximum.accumulate(lift + 2 * end + quoted) if len(end) else end
    gap = (lift + 2 * start)[1:] // 2 - reach[:-1] // 2
    most = np.where(quoted[1:] & (reach[:-1] & 1 == 1), _BETWEEN_QUOTATIONS, options.join_gap)
    several[passage[1:][(passage[1:] == passage[:-1]) & (gap > most)]] = False
    return several


def _measure(
    passages: Passages,
    found_by: NDArray[np.uint8],
    strict: Matches,
    aligner: Aligner,
    surprise: Surprise,
    floor: Floor,
    options: AlignOptions,
    workers: Workers,
) -> Matches:
    """Matches whose edges are known: their words are aligned to be counted.

    A passage says what the strict matches in it say together, whatever their order, or what the stretches of its own
    alignment say together, if that is more.
    """
    slices = (passages.take(some) for some in slices_of(passages.a_end - passages.a_start, SLICE))
    said = _Said.concatenate(*workers.map(_Counting(aligner, surprise, options), slices))
    bits = np.maximum(_bits_of(passages, strict, aligner.tokens.bounds, surprise, said.bits), said.bits)
    length_a, length_b = passages.a_end - passages.a_start, passages.b_end - passages.b_start
    return Matches(
        passages.a_start,
        passages.a_end,
        passages.b_start,
        passages.b_end,
        said.paths.pairs().astype(np.int32),
        np.minimum(2 * said.alike / (length_a + length_b), 1.0).astype(np.float32),
        bits.astype(np.float32),
        floor.evalues(bits),
        found_by,
        said.paths,
    )


@dataclass(frozen=True, slots=True)
class _Said(FlatColumns):
    """What the words of passages say as they are aligned.

    Attributes:
        bits: float64 (n,): of the stretches of each alignment together.
        alike: float64 (n,): sum of the likeness of its pairs.
        paths: Which tokens are aligned.
    """

    bits: NDArray[np.float64]
    alike: NDArray[np.float64]
    paths: Paths


@dataclass(frozen=True, slots=True)
class _Counting:
    """Aligns the words of some passages and counts what they say; the attributes are arguments of `_measure`."""

    aligner: Aligner
    surprise: Surprise
    options: AlignOptions

    def __call__(self, passages: Passages) -> _Said:
        aligned, likeness = self.aligner.align(passages)
        stretches = best_segments(score(aligned, likeness, self.surprise, self.options), _LEAST_STRETCH)
        squares = (passages.a_end - passages.a_start).astype(np.float64) * (passages.b_end - passages.b_start)
        return _Said(
            linked_bits(stretches.bits, aligned.region[stretches.first], squares),
            np.bincount(aligned.region, weights=likeness, minlength=len(passages)).astype(np.float64),
            Paths.of_pairs(aligned.region, aligned.a, aligned.b, len(passages)),
        )


def _two_documents(regions: Rectangles, bounds: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which regions lie between two documents."""
    documents = owners_of(bounds, np.stack((regions.a_start, regions.b_start)))
    apart: NDArray[np.bool_] = documents[0] != documents[1]
    return apart


def _others(table: Rectangles, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Rows of a table that are not among `rows`."""
    kept = np.ones(len(table), dtype=bool)
    kept[rows] = False
    return np.flatnonzero(kept)
