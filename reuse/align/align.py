"""Anchors become matches: chain, align, score, keep what chance does not explain, one row a reused passage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.align.aligner import SLICE, Aligner
from reuse.align.blocks import Aligned
from reuse.align.chains import chain
from reuse.align.distinct import drop_doubles
from reuse.align.edges import within_sentences
from reuse.align.matches import ALIGNED, Matches
from reuse.align.passages import with_reworded
from reuse.align.paths import Paths
from reuse.align.periodic import from_beginnings
from reuse.align.rectangles import Chains, Regions, widened
from reuse.align.run_on import run_on
from reuse.align.segments import Segments, best_segments, score, trimmed
from reuse.arrays.order import order_of
from reuse.arrays.ragged import owners_of, ranges, slices_of, spread
from reuse.corpus.tokens import Tokens
from reuse.index.seeds import Anchors
from reuse.options import AlignOptions, RewordedOptions
from reuse.score.significance import Floor
from reuse.score.surprise import COPIES, Surprise
from reuse.work.workers import ALONE, Workers


def find_regions(
    tokens: Tokens,
    anchors: Iterable[Anchors],
    surprise: Surprise,
    floor: Floor,
    options: AlignOptions,
    workers: Workers = ALONE,
) -> Regions:
    """Chain the anchors.

    Args:
        tokens: The corpus.
        anchors: Shared shingles.
        surprise: What words say.
        floor: Bits from which on a match is kept.
        options: How far anchors of a chain may be apart.
        workers: Do the work.

    Returns:
        Where alignment may find a match.
    """
    chains = chain(
        anchors,
        tokens.bounds,
        surprise.background.cumulative_bits(COPIES, workers),
        gap=options.chain_gap,
        inner_gap=options.gap,
        slack=options.slack,
        least_bits=least_chain_bits(floor, options),
        workers=workers,
    )
    return around(chains, tokens.bounds, options.widening)


def find_matches(
    tokens: Tokens,
    regions: Regions,
    surprise: Surprise,
    floor: Floor,
    options: AlignOptions,
    reworded: RewordedOptions,
    workers: Workers = ALONE,
) -> tuple[Matches, int]:
    """Align regions, and look around what is found there for reworded passages.

    Returns:
        The matches from the floor on, and the number of those that miss it but have as many bits as chance brings once.
    """
    aligner = Aligner.of(tokens, options)
    strict = _strict_matches(aligner, regions, surprise, floor, options, workers)
    shown = strict.take(np.flatnonzero(strict.bits >= floor.kept))
    hidden = int(np.count_nonzero(strict.bits >= floor.chance)) - len(shown)
    if reworded.enabled and len(shown):
        shown = with_reworded(shown, strict, aligner, surprise, floor, options, reworded, workers)
    shown = shown.take(np.flatnonzero((shown.found_by != ALIGNED) | (shown.bits >= floor.alone)))
    return shown.take(np.lexsort((shown.b_end, shown.a_end, shown.b_start, shown.a_start))), max(hidden, 0)


def may_match(
    tokens: Tokens,
    regions: Regions,
    most: Surprise,
    floor: Floor,
    options: AlignOptions,
    workers: Workers = ALONE,
) -> NDArray[np.bool_]:
    """Which regions (bool) can hold what `find_matches` looks at, given what words say at most (`Surprise.at_most`)."""
    aligner = Aligner.of(tokens, options)
    slices = list(slices_of(regions.a_end - regions.a_start, SLICE))
    found = workers.map(_Promising(aligner, most, floor, options), (regions.take(some) for some in slices))
    return np.concatenate([np.zeros(0, dtype=bool), *found])


@dataclass(frozen=True, slots=True)
class _Promising:
    """Tells which of some regions have a stretch of words that may say enough; as `_Aligning`, which looks at it."""

    aligner: Aligner
    most: Surprise
    floor: Floor
    options: AlignOptions

    def __call__(self, regions: Regions) -> NDArray[np.bool_]:
        aligned, likeness = self.aligner.align(regions)
        scores = score(aligned, likeness, self.most, self.options)
        segments = best_segments(scores, _least_bits(self.floor, self.options))
        found = np.zeros(len(regions), dtype=bool)
        found[aligned.region[segments.first]] = True
        return found


def _least_bits(floor: Floor, options: AlignOptions) -> float:
    """Bits of a stretch of words that may be part of a match."""
    return max(floor.chance - options.weaker, 0.0)


def least_chain_bits(floor: Floor, options: AlignOptions) -> float:
    """Bits that the words under a chain's anchors need so that it is aligned."""
    return max(floor.chance - options.chain_weaker, options.chain_share * floor.kept, 0.0)


def _strict_matches(
    aligner: Aligner,
    regions: Regions,
    surprise: Surprise,
    floor: Floor,
    options: AlignOptions,
    workers: Workers,
) -> Matches:
    """Matches of words in order, with those too that chance explains but that may be part of more."""
    # Regions of one text are aligned one after the other: what is looked up for one is in the cache for the next.
    order = order_of(regions.a_start, regions.b_start)
    slices = [order[some] for some in slices_of((regions.a_end - regions.a_start)[order], SLICE)]
    found = workers.map(_Aligning(aligner, surprise, floor, options), map(regions.take, slices))
    region = np.concatenate([order[:0], *(rows[of_rows] for rows, (_, of_rows) in zip(slices, found, strict=True))])
    counted = Matches.concatenate(*(matches for matches, _ in found)).take(np.argsort(region, kind="stable"))
    # What follows goes on word by word, or by the documents that have matches: for all matches at once it costs little.
    tokens = aligner.tokens
    matches = run_on(counted, tokens.ids, tokens.bounds)
    matches = within_sentences(matches, counted, tokens, surprise, floor, options)
    matches = from_beginnings(matches, tokens)
    matches = matches.take(np.flatnonzero(matches.matched >= options.min_tokens))
    return drop_doubles(matches, tokens.bounds, options.double)


@dataclass(frozen=True, slots=True)
class _Aligning:
    """Finds the strict matches in some regions, up to the words that are counted in their bits.

    Attributes:
        aligner: The corpus.
        surprise: What words say.
        floor: Bits from which on a match is kept.
        options: Costs, and what is kept.
    """

    aligner: Aligner
    surprise: Surprise
    floor: Floor
    options: AlignOptions

    def __call__(self, regions: Regions) -> tuple[Matches, NDArray[np.int64]]:
        """The matches, and the row of the region (int64) that each was found in."""
        aligned, likeness = self.aligner.align(regions)
        scores = score(aligned, likeness, self.surprise, self.options)
        least = _least_bits(self.floor, self.options)
        segments = trimmed(best_segments(scores, least), scores, self.options.end_bits)
        return _measure(aligned, likeness, segments, self.floor), aligned.region[segments.first]


def around(chains: Chains, bounds: NDArray[np.int64], margin: int) -> Regions:
    """What reaches `margin` tokens beyond chains on each side, within their documents, with a before b."""
    wide = widened(chains, bounds, margin)
    a_end, b_start = wide.a_end, wide.b_start
    # Within one document the passages must not overlap: what lies between them goes to either by halves.
    middle = np.where(chains.a_end <= chains.b_start, (chains.a_end + chains.b_start + 1) // 2, chains.b_start)
    within = owners_of(bounds, chains.a_start) == owners_of(bounds, chains.b_start)
    a_end = np.where(within, np.minimum(a_end, middle), a_end)
    b_start = np.where(within, np.maximum(b_start, middle), b_start)
    return Regions(wide.a_start, a_end, b_start, wide.b_end)


def _measure(aligned: Aligned, likeness: NDArray[np.float32], segments: Segments, floor: Floor) -> Matches:
    size = segments.last - segments.first + 1
    match, _ = spread(size)
    rows = ranges(segments.first, size)
    paths = Paths.of_pairs(match, aligned.a[rows], aligned.b[rows], len(size))
    alike = np.concatenate(([0.0], np.cumsum(likeness, dtype=np.float64)))
    a_start, a_end = aligned.a[segments.first], aligned.a[segments.last] + 1
    b_start, b_end = aligned.b[segments.first], aligned.b[segments.last] + 1
    likeness_sum = alike[segments.last + 1] - alike[segments.first]
    similarity = (2 * likeness_sum / (a_end - a_start + b_end - b_start)).astype(np.float32)
    bits = segments.bits.astype(np.float32)
    found_by = np.full(len(size), ALIGNED, dtype=np.uint8)
    matched = size.astype(np.int32)
    evalue = floor.evalues(segments.bits)
    return Matches(a_start, a_end, b_start, b_end, matched, similarity, bits, evalue, found_by, paths)
