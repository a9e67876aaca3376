"""Anchors become matches: chain, align, score, keep what chance does not explain, one row a reused passage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from reuse.align.blocks import Aligned, align_regions, as_characters
from reuse.align.chains import Regions, chain, concatenate, joined, near_components
from reuse.align.distinct import drop_doubles, overlapping
from reuse.align.matches import Matches
from reuse.align.reworded import find_reworded
from reuse.align.segments import Segments, best_segments, score
from reuse.align.spelling import Spellings, add_spellings
from reuse.corpus.tokens import Tokens
from reuse.index.pairing import Pairing
from reuse.index.seeds import Anchors
from reuse.options import AlignOptions, RewordedOptions
from reuse.score.background import COPIES, Background
from reuse.score.significance import evalues, least_bits
from reuse.threads import in_threads

_CHAIN_SHARE = 0.75  # of the bits of a match that its anchors alone must have
_SLICE = 10_000  # regions aligned at a time, to bound memory
_STAR = 3  # regions that at least cover a place whose text recurs widely, for each occurrence has so many partners
_QUOTED = 0.5  # share of a condensed passage that strict matches cover, from which it is none
_BOTH = 2  # occurrences of a shared rare word that belong to the two passages
_HIDDEN = 1000.0  # times the largest E-value shown: up to where hidden matches are counted

_Table = TypeVar("_Table", Regions, Matches)


@dataclass(frozen=True, slots=True)
class _Words:
    """The corpus as alignment reads it.

    Attributes:
        characters: A character a token.
        spellings: The vocabulary, letter by letter.
    """

    characters: str
    spellings: Spellings


def find_matches(
    tokens: Tokens,
    anchors: Sequence[Anchors],
    background: Background,
    pairing: Pairing,
    options: AlignOptions,
    reworded: RewordedOptions,
    jobs: int = 1,
) -> tuple[Matches, int]:
    """Align what the anchors point at, in so many threads.

    Returns:
        The matches whose E-value is at most `options.max_evalue`, and the number of those that miss it by a factor of
        at most a thousand: what a looser limit would show.
    """
    pairs = pairing.token_pairs()
    alone = min(options.min_bits, reworded.seed_bits) if reworded.enabled else options.min_bits
    corpus = _Words(as_characters(tokens.ids), Spellings.of(tokens.vocabulary.words))
    strict = _strict_matches(tokens, corpus, anchors, background, pairs, alone, options, jobs)
    hidden = int(np.count_nonzero(strict.evalue > options.max_evalue))
    shown = strict.take(np.flatnonzero(strict.evalue <= options.max_evalue))
    if reworded.enabled and len(shown):
        shown = _with_reworded(shown, tokens, corpus, background, pairs, options, reworded, jobs)
    shown = _turned(shown, shown.a_start > shown.b_start)
    return shown.take(np.lexsort((shown.b_end, shown.a_end, shown.b_start, shown.a_start))), hidden


def least_chain_bits(options: AlignOptions, pairs: float) -> float:
    """Bits that the words under a chain's anchors need so that it is aligned.

    Args:
        options: The largest E-value of a match.
        pairs: Pairs of token positions that the scan compares.
    """
    return _CHAIN_SHARE * least_bits(options.max_evalue, pairs)


def _strict_matches(
    tokens: Tokens,
    corpus: _Words,
    anchors: Sequence[Anchors],
    background: Background,
    pairs: float,
    alone: float,
    options: AlignOptions,
    jobs: int,
) -> Matches:
    """Matches of words in order, with E-values up to a thousand times the largest that is shown."""
    enough = least_chain_bits(options, pairs)
    regions = chain(
        anchors, tokens.bounds, background.cumulative_bits(COPIES), gap=options.chain_gap, least_bits=enough
    )
    regions = regions.take(_promising(regions, tokens.documents, alone, options))
    regions = _oriented(_widen(regions, tokens.bounds, options.margin), tokens)
    least = least_bits(_HIDDEN * options.max_evalue, pairs)

    def matches_in(part: Regions) -> Matches:
        aligned = align_regions(tokens.ids, part, corpus.characters)
        aligned, likeness = add_spellings(aligned, tokens.ids, corpus.spellings, tokens.bounds, options.likeness)
        segments = best_segments(score(aligned, likeness, background, options), least)
        matches = _measure(aligned, likeness, segments, pairs)
        return matches.take(np.flatnonzero(matches.matched >= options.min_tokens))

    slices = [regions.take(slice(start, start + _SLICE)) for start in range(0, len(regions), _SLICE)]
    return drop_doubles(Matches.concatenate(Matches.empty(), *in_threads(matches_in, slices, jobs)), tokens.bounds)


def _promising(regions: Regions, documents: int, least: float, options: AlignOptions) -> NDArray[np.bool_]:
    """Which regions may become a match that is kept.

    Either the words under their anchors say nearly enough (`least` bits) for a match that stands alone or around which
    reworded passages are looked for, or other regions cover the
    same place, as they do wherever text recurs. On a large corpus this spares most of the alignments.
    """
    others = min(least_documents(documents, options) - 1, _STAR) - 1
    promising: NDArray[np.bool_] = regions.bits >= _CHAIN_SHARE * least
    if others <= 0:
        return np.ones_like(promising)
    for covered in _covering(regions):
        promising |= covered > others
    return promising


def _covering(table: Regions | Matches) -> list[NDArray[np.int64]]:
    """By how many regions or matches, itself included, the middle of each is covered: on side a, and on side b."""
    starts = np.sort(np.concatenate((table.a_start, table.b_start)))
    ends = np.sort(np.concatenate((table.a_end, table.b_end)))
    middles = [(start + end) // 2 for start, end in ((table.a_start, table.a_end), (table.b_start, table.b_end))]
    return [
        np.searchsorted(starts, middle, side="right") - np.searchsorted(ends, middle, side="right")
        for middle in middles
    ]


def least_documents(documents: int, options: AlignOptions) -> int:
    """In how many documents text has to stand to count as recurring."""
    return max(options.recurs_in, ceil(options.recurs_share * documents))


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


def _oriented(regions: Regions, tokens: Tokens) -> Regions:
    """Regions with their sides in an order that depends on what the documents say, not on their names.

    An alignment often leaves a choice, and the side that comes first decides it: so a ~ b is b ~ a.
    """
    hashes = np.cumsum(np.append(np.uint64(0), tokens.vocabulary.hashes[tokens.ids]))[tokens.bounds]
    contents = hashes[1:] - hashes[:-1]
    a, b = (tokens.document_of(start) for start in (regions.a_start, regions.b_start))
    return _turned(regions, contents[a] > contents[b])


def _turned(table: _Table, rows: NDArray[np.bool_]) -> _Table:
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
    return Matches(a_start, a_end, b_start, b_end, size, similarity, bits, evalues(segments.bits, pairs))


def _with_reworded(
    strict: Matches,
    tokens: Tokens,
    corpus: _Words,
    background: Background,
    pairs: float,
    options: AlignOptions,
    reworded: RewordedOptions,
    jobs: int,
) -> Matches:
    """Strict matches, reworded and condensed passages together, one row a passage.

    A strict match that is most of a reworded passage keeps its edges and the reworded one goes; otherwise the strict
    matches within a reworded passage are its fragments and go. Whatever lies within a condensed passage is part of it.
    """
    word_bits = background.word_bits(_BOTH)
    # A document shares all its words with itself, so within one only the strict pass says anything.
    documents = np.searchsorted(tokens.bounds, np.stack((strict.a_start, strict.b_start)), side="right")
    apart = documents[0] != documents[1]
    # That two documents use what many others use too says nothing of the rest of them.
    rare = np.maximum(*_covering(strict)) <= reworded.seed_partners
    seeds = _regions(strict.take(np.flatnonzero(apart & rare & (strict.bits >= reworded.seed_bits))))
    loose, condensed = find_reworded(tokens.ids, word_bits, seeds, tokens.bounds, reworded, jobs)
    quoted = strict.take(np.flatnonzero((strict.bits >= options.join_bits) & (strict.similarity >= options.same)))
    condensed = condensed.take(_not_quoted(condensed, _regions(quoted), tokens.bounds))
    inside, outside, share = overlapping(_regions(strict), loose, tokens.bounds)
    loose = loose.take(_others(loose, outside[share >= options.same]))
    inside, _, _ = overlapping(_regions(strict), loose, tokens.bounds)
    strict = strict.take(_others(strict, inside))

    # Neighbouring passages that are sure of themselves become one; a match that joins no other stays as it is.
    candidates = concatenate(_regions(strict), loose)
    # Within one document joined passages might overlap, so there each stays by itself.
    documents = np.searchsorted(tokens.bounds, np.stack((candidates.a_start, candidates.b_start)), side="right")
    sure = np.flatnonzero((candidates.bits >= options.join_bits) & (documents[0] != documents[1]))
    component = np.arange(len(candidates))
    component[sure] = sure[near_components(candidates.take(sure), tokens.bounds, gap=options.join_gap)]
    alone = np.bincount(component, minlength=len(candidates))[component] == 1
    alone[len(strict) :] = False
    passages = joined(candidates.take(~alone), component[~alone])
    strict = strict.take(np.flatnonzero(alone[: len(strict)]))

    inside, _, _ = overlapping(passages, condensed, tokens.bounds)
    passages = concatenate(passages.take(_others(passages, inside)), condensed)
    inside, _, _ = overlapping(_regions(strict), condensed, tokens.bounds)
    strict = strict.take(_others(strict, inside))
    measured = _measure_regions(passages, tokens, corpus, pairs, options)
    return drop_doubles(Matches.concatenate(strict, measured), tokens.bounds)


def _not_quoted(condensed: Regions, strict: Regions, bounds: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which condensed passages are not mostly strict matches: several quotations side by side are no summary."""
    inside, outside, _ = overlapping(strict, condensed, bounds)
    short_a = condensed.a_end - condensed.a_start <= condensed.b_end - condensed.b_start
    length = np.minimum(condensed.a_end - condensed.a_start, condensed.b_end - condensed.b_start)
    start = np.where(short_a[outside], strict.a_start[inside], strict.b_start[inside])
    end = np.where(short_a[outside], strict.a_end[inside], strict.b_end[inside])
    low = np.where(short_a, condensed.a_start, condensed.b_start)[outside]
    high = np.where(short_a, condensed.a_end, condensed.b_end)[outside]
    covered = np.bincount(outside, weights=np.minimum(end, high) - np.maximum(start, low), minlength=len(condensed))
    quoted: NDArray[np.bool_] = covered >= _QUOTED * length
    return ~quoted


def _measure_regions(passages: Regions, tokens: Tokens, corpus: _Words, pairs: float, options: AlignOptions) -> Matches:
    """Matches whose edges are known: their words are aligned only to be counted."""
    aligned = align_regions(tokens.ids, passages, corpus.characters)
    aligned, likeness = add_spellings(aligned, tokens.ids, corpus.spellings, tokens.bounds, options.likeness)
    size = np.bincount(aligned.region, minlength=len(passages)).astype(np.int32)
    alike = np.bincount(aligned.region, weights=likeness, minlength=len(passages))
    length = passages.a_end - passages.a_start + passages.b_end - passages.b_start
    return Matches(
        passages.a_start,
        passages.a_end,
        passages.b_start,
        passages.b_end,
        size,
        np.minimum(2 * alike / length, 1.0).astype(np.float32),
        passages.bits,
        evalues(passages.bits, pairs),
    )


def _others(table: Regions | Matches, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Rows of a table that are not among `rows`."""
    kept = np.ones(len(table), dtype=bool)
    kept[rows] = False
    return np.flatnonzero(kept)


def _regions(matches: Matches) -> Regions:
    return Regions(matches.a_start, matches.a_end, matches.b_start, matches.b_end, matches.bits)
