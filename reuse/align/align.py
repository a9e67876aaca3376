"""Anchors become matches: chain, align, score, keep what chance does not explain, one row a reused passage."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from reuse.align.blocks import Aligned, align_regions
from reuse.align.chains import Regions, chain
from reuse.align.matches import Matches
from reuse.align.segments import Segments, best_segments, score
from reuse.align.spelling import add_spellings
from reuse.corpus.tokens import Tokens
from reuse.index.pairing import Pairing
from reuse.index.seeds import Anchors
from reuse.options import AlignOptions
from reuse.score.background import Background
from reuse.score.significance import evalues, least_bits

_CHAIN_SHARE = 0.6  # of the bits of a match that its anchors alone must have
_HIDDEN = 1000.0  # times the largest E-value shown: up to where hidden matches are counted
_LEFT_OUT = 2  # occurrences of every token that belong to the two passages themselves


def find_matches(
    tokens: Tokens, anchors: Sequence[Anchors], background: Background, pairing: Pairing, options: AlignOptions
) -> tuple[Matches, int]:
    """Align what the anchors point at.

    Returns:
        The matches whose E-value is at most `options.max_evalue`, and the number of those that miss it by a factor of
        at most a thousand: what a looser limit would show.
    """
    bits = background.all_token_bits(_LEFT_OUT)
    cumulative = np.concatenate(([0.0], np.cumsum(bits, dtype=np.float64)))
    pairs = pairing.token_pairs()
    threshold = least_bits(options.max_evalue, pairs)
    regions = chain(anchors, tokens.bounds, cumulative, gap=options.chain_gap, least_bits=_CHAIN_SHARE * threshold)
    aligned = align_regions(tokens.ids, _widen(regions, tokens.bounds, options.margin))
    aligned, likeness = add_spellings(aligned, tokens.ids, tokens.vocabulary.words, tokens.bounds, options.likeness)
    segments = best_segments(
        score(aligned, likeness, background, options), least_bits(_HIDDEN * options.max_evalue, pairs)
    )
    found = _matches(aligned, likeness, segments, pairs, options)
    shown = found.take(np.flatnonzero(found.evalue <= options.max_evalue))
    distinct = _distinct(found, tokens.bounds)
    return _distinct(shown, tokens.bounds), int(np.count_nonzero(distinct.evalue > options.max_evalue))


def _widen(regions: Regions, bounds: NDArray[np.int64], margin: int) -> Regions:
    """Widen regions by `margin` tokens on each side, within their documents, and keep a before b."""
    a = np.searchsorted(bounds, regions.a_start, side="right") - 1
    b = np.searchsorted(bounds, regions.b_start, side="right") - 1
    a_start = np.maximum(regions.a_start - margin, bounds[a])
    a_end = np.minimum(regions.a_end + margin, bounds[a + 1])
    b_start = np.maximum(regions.b_start - margin, bounds[b])
    b_end = np.minimum(regions.b_end + margin, bounds[b + 1])
    # Within one document the passages must not overlap: what lies between them goes to either by halves.
    middle = np.where(regions.a_end <= regions.b_start, (regions.a_end + regions.b_start + 1) // 2, regions.b_start)
    within = a == b
    a_end = np.where(within, np.minimum(a_end, middle), a_end)
    b_start = np.where(within, np.maximum(b_start, middle), b_start)
    return Regions(a_start, a_end, b_start, b_end, regions.bits)


def _matches(
    aligned: Aligned,
    likeness: NDArray[np.float32],
    segments: Segments,
    pairs: float,
    options: AlignOptions,
) -> Matches:
    size = (segments.last - segments.first + 1).astype(np.int32)
    alike = np.concatenate(([0.0], np.cumsum(likeness, dtype=np.float64)))
    a_start, a_end = aligned.a[segments.first], aligned.a[segments.last] + 1
    b_start, b_end = aligned.b[segments.first], aligned.b[segments.last] + 1
    likeness_sum = alike[segments.last + 1] - alike[segments.first]
    similarity = (2 * likeness_sum / (a_end - a_start + b_end - b_start)).astype(np.float32)
    evalue = evalues(segments.bits, pairs)
    matches = Matches(a_start, a_end, b_start, b_end, size, similarity, segments.bits.astype(np.float32), evalue)
    return matches.take(np.flatnonzero(size >= options.min_tokens))


def _distinct(matches: Matches, bounds: NDArray[np.int64]) -> Matches:
    """Drop matches that a better one of the same documents overlaps on both sides by more than half of them."""
    while True:
        documents = np.searchsorted(bounds, np.stack((matches.a_start, matches.b_start)), side="right")
        order = np.lexsort((matches.b_start, matches.a_start, documents[1], documents[0]))
        matches, documents = matches.take(order), documents[:, order]
        dropped = np.zeros(len(matches), dtype=bool)
        for distance in (1, 2, 3):
            here, there = slice(None, -distance), slice(distance, None)
            same = (documents[:, here] == documents[:, there]).all(axis=0)
            worse_here = matches.bits[here] < matches.bits[there]
            worse_size_a = np.where(
                worse_here, (matches.a_end - matches.a_start)[here], (matches.a_end - matches.a_start)[there]
            )
            worse_size_b = np.where(
                worse_here, (matches.b_end - matches.b_start)[here], (matches.b_end - matches.b_start)[there]
            )
            overlap_a = np.minimum(matches.a_end[here], matches.a_end[there]) - matches.a_start[there]
            overlap_b = np.minimum(matches.b_end[here], matches.b_end[there]) - np.maximum(
                matches.b_start[here], matches.b_start[there]
            )
            double = same & (2 * overlap_a > worse_size_a) & (2 * overlap_b > worse_size_b)
            rows = np.flatnonzero(double)
            dropped[np.where(worse_here[rows], rows, rows + distance)] = True
        if not dropped.any():
            break
        matches = matches.take(np.flatnonzero(~dropped))
    return matches.take(np.lexsort((matches.b_end, matches.a_end, matches.b_start, matches.a_start)))
