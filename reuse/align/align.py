"""Anchors become matches: chain, align, score, keep what chance does not explain, one row a reused passage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import ceil
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from reuse.align.aligner import Aligner
from reuse.align.blocks import Aligned
from reuse.align.chains import chain
from reuse.align.distinct import covering, drop_doubles
from reuse.align.matches import ALIGNED, Matches
from reuse.align.passages import with_reworded
from reuse.align.rectangles import Chains, Rectangles, Regions, widened
from reuse.align.run_on import run_on
from reuse.align.segments import Segments, best_segments, score, trimmed
from reuse.arrays.ragged import owners_of
from reuse.corpus.tokens import Tokens
from reuse.index.pairing import Pairing
from reuse.index.seeds import Anchors
from reuse.options import AlignOptions, RewordedOptions
from reuse.score.background import COPIES, Background
from reuse.score.significance import evalues, least_bits
from reuse.work.workers import ALONE, Workers

_CHAIN_SHARE = 0.75  # of the bits of a match that its anchors alone must have
_Some = TypeVar("_Some", bound=Rectangles)
_SLICE = 10_000  # regions aligned at a time, to bound memory
_CONTENT_SLICE = 1 << 18  # tokens looked at at a time
_STAR = 3  # chains that at least cover a place whose text recurs widely, for each occurrence has so many partners
_HIDDEN = 1000.0  # times the largest E-value shown: up to where hidden matches are counted


def find_regions(
    tokens: Tokens,
    anchors: Iterable[Anchors],
    background: Background,
    pairing: Pairing,
    options: AlignOptions,
    reworded: RewordedOptions,
    workers: Workers = ALONE,
) -> Regions:
    """Chain the anchors.

    Returns:
        Where alignment may find a match, each region in the order in which its sides are aligned.
    """
    chains = chain(
        anchors,
        tokens.bounds,
        background.cumulative_bits(COPIES, workers),
        gap=options.chain_gap,
        inner_gap=options.gap,
        least_bits=least_chain_bits(options, pairing.token_pairs()),
        workers=workers,
    )
    chains = chains.take(promising(chains, tokens.documents, least_alone_bits(options, reworded), options))
    return _oriented(_around(chains, tokens.bounds, options.margin), tokens)


def find_matches(
    tokens: Tokens,
    regions: Regions,
    background: Background,
    pairing: Pairing,
    options: AlignOptions,
    reworded: RewordedOptions,
    workers: Workers = ALONE,
) -> tuple[Matches, int]:
    """Align regions, and look around what is found there for reworded passages.

    Returns:
        The matches whose E-value is at most `options.max_evalue`, and the number of those that miss it by a factor of
        at most a thousand: what a looser limit would show.
    """
    pairs = pairing.token_pairs()
    aligner = Aligner.of(tokens, options.likeness)
    strict = _strict_matches(aligner, regions, background, pairs, options, workers)
    hidden = int(np.count_nonzero(strict.evalue > options.max_evalue))
    shown = strict.take(np.flatnonzero(strict.evalue <= options.max_evalue))
    if reworded.enabled and len(shown):
        shown = with_reworded(shown, strict, aligner, background, pairs, options, reworded, workers)
    shown = _turned(shown, shown.a_start > shown.b_start)
    return shown.take(np.lexsort((shown.b_end, shown.a_end, shown.b_start, shown.a_start))), hidden


def least_chain_bits(options: AlignOptions, pairs: float) -> float:
    """Bits that the words under a chain's anchors need so that it is aligned.

    Args:
        options: The largest E-value of a match.
        pairs: Pairs of token positions that the scan compares.
    """
    return _CHAIN_SHARE * least_bits(options.max_evalue, pairs)


def least_alone_bits(options: AlignOptions, reworded: RewordedOptions) -> float:
    """Bits that the words under a chain's anchors need so that it is aligned though few others cover its place."""
    return _CHAIN_SHARE * (min(options.min_bits, reworded.seed_bits) if reworded.enabled else options.min_bits)


def _strict_matches(
    aligner: Aligner, regions: Regions, background: Background, pairs: float, options: AlignOptions, workers: Workers
) -> Matches:
    """Matches of words in order, with E-values up to a thousand times the largest that is shown."""
    slices = (regions.take(slice(start, start + _SLICE)) for start in range(0, len(regions), _SLICE))
    found = workers.map(_Aligning(aligner, background, pairs, options), slices)
    return drop_doubles(Matches.concatenate(*found), aligner.tokens.bounds)


@dataclass(frozen=True, slots=True)
class _Aligning:
    """Finds the strict matches in some regions.

    Attributes:
        aligner: The corpus.
        background: Its word model.
        pairs: Pairs of token positions that the scan compares.
        options: Costs, and what is kept.
    """

    aligner: Aligner
    background: Background
    pairs: float
    options: AlignOptions

    def __call__(self, regions: Regions) -> Matches:
        tokens = self.aligner.tokens
        aligned, likeness = self.aligner.align(regions)
        scores = score(aligned, likeness, self.background, self.options)
        least = least_bits(_HIDDEN * self.options.max_evalue, self.pairs)
        segments = trimmed(best_segments(scores, least), scores)
        matches = run_on(_measure(aligned, likeness, segments, self.pairs), tokens.ids, tokens.bounds)
        return matches.take(np.flatnonzero(matches.matched >= self.options.min_tokens))


def promising(chains: Chains, documents: int, alone: float, options: AlignOptions) -> NDArray[np.bool_]:
    """Which chains may become a match that is kept.

    Either the words under their anchors say nearly enough (`alone` bits) for a match that stands alone or around which
    reworded passages are looked for, or other chains cover the same place, as they do wherever text recurs. On a large
    corpus this spares most of the alignments.
    """
    others = min(least_documents(documents, options) - 1, _STAR) - 1
    aligned: NDArray[np.bool_] = chains.bits >= alone
    if others <= 0:
        return np.ones_like(aligned)
    for covered in covering(chains):
        aligned |= covered > others
    return aligned


def least_documents(documents: int, options: AlignOptions) -> int:
    """In how many documents text has to stand to count as recurring."""
    return max(options.recurs_in, ceil(options.recurs_share * documents))


def _around(chains: Chains, bounds: NDArray[np.int64], margin: int) -> Regions:
    """What reaches `margin` tokens beyond chains on each side, within their documents, with a before b."""
    wide = widened(chains, bounds, margin)
    a_end, b_start = wide.a_end, wide.b_start
    # Within one document the passages must not overlap: what lies between them goes to either by halves.
    middle = np.where(chains.a_end <= chains.b_start, (chains.a_end + chains.b_start + 1) // 2, chains.b_start)
    within = owners_of(bounds, chains.a_start) == owners_of(bounds, chains.b_start)
    a_end = np.where(within, np.minimum(a_end, middle), a_end)
    b_start = np.where(within, np.maximum(b_start, middle), b_start)
    return Regions(wide.a_start, a_end, b_start, wide.b_end)


def _oriented(regions: Regions, tokens: Tokens) -> Regions:
    """Regions with their sides in an order that depends on what the documents say, not on their names.

    An alignment often leaves a choice, and the side that comes first decides it: so a ~ b is b ~ a.
    """
    contents = _contents(tokens)
    a, b = (tokens.document_of(start) for start in (regions.a_start, regions.b_start))
    return _turned(regions, contents[a] > contents[b])


def _contents(tokens: Tokens) -> NDArray[np.uint64]:
    """A number for what each document says (uint64, one a document): the hashes of its words, added up."""
    until = np.zeros(tokens.documents + 1, dtype=np.uint64)  # of all documents before
    total = np.zeros(1, dtype=np.uint64)
    for start in range(0, len(tokens), _CONTENT_SLICE):
        end = min(start + _CONTENT_SLICE, len(tokens))
        sums = np.cumsum(np.concatenate((total, tokens.vocabulary.hashes[tokens.ids[start:end]])))
        first, last = np.searchsorted(tokens.bounds, (start, end), side="right")
        until[first:last] = sums[tokens.bounds[first:last] - start]
        total = sums[-1:]
    return until[1:] - until[:-1]


def _turned(table: _Some, rows: NDArray[np.bool_]) -> _Some:
    """The table with the sides of some rows exchanged."""
    return replace(
        table,
        a_start=np.where(rows, table.b_start, table.a_start),
        a_end=np.where(rows, table.b_end, table.a_end),
        b_start=np.where(rows, table.a_start, table.b_start),
        b_end=np.where(rows, table.a_end, table.b_end),
    )


def _measure(aligned: Aligned, likeness: NDArray[np.float32], segments: Segments, pairs: float) -> Matches:
    size = (segments.last - segments.first + 1).astype(np.int32)
    alike = np.concatenate(([0.0], np.cumsum(likeness, dtype=np.float64)))
    a_start, a_end = aligned.a[segments.first], aligned.a[segments.last] + 1
    b_start, b_end = aligned.b[segments.first], aligned.b[segments.last] + 1
    likeness_sum = alike[segments.last + 1] - alike[segments.first]
    similarity = (2 * likeness_sum / (a_end - a_start + b_end - b_start)).astype(np.float32)
    bits = segments.bits.astype(np.float32)
    found_by = np.full(len(size), ALIGNED, dtype=np.uint8)
    return Matches(a_start, a_end, b_start, b_end, size, similarity, bits, evalues(segments.bits, pairs), found_by)
