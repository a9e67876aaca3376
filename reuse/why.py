"""What every stage of a scan says of one pair of spans, and which filter dropped it.

The stages' own functions run again on the run's tokens; what they find is restricted to the two spans.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from reuse.align.align import find_matches, find_regions, least_chain_bits
from reuse.align.chains import chain
from reuse.align.matches import Matches
from reuse.align.rectangles import Chains
from reuse.arrays.keys import pair_keys, pair_numbers
from reuse.arrays.ragged import owners_of
from reuse.corpus.normalise import normal_form
from reuse.corpus.tokens import Tokens
from reuse.corpus.witnesses import Witnesses, find_witnesses
from reuse.errors import UsageError
from reuse.index.candidates import find_candidates
from reuse.index.lsh import Bands, choose_bands
from reuse.index.minhash import Windows, shared_share, signatures, windows_of
from reuse.index.pairing import Pairing
from reuse.index.seeds import Anchors
from reuse.index.shingles import shingle_hashes
from reuse.options import AlignOptions, IndexOptions, ScanOptions
from reuse.run.run import Run
from reuse.run.scan_record import group_names, groups_of
from reuse.score.significance import Floor
from reuse.score.surprise import COPIES, Surprise

Span = tuple[str, int, int]
"""A document's id, and a half-open span of it in code points."""

_ANY = 1e6  # bits below chance that everything has


@dataclass(frozen=True, slots=True)
class LikestWindows:
    """The two windows over the spans, one each, whose signatures agree most.

    Attributes:
        a, b: Their words.
        estimated: Jaccard similarity by their signatures, 0 to 1.
        true: Jaccard similarity of their sets of shingles, 0 to 1.
        probability: Of becoming candidates, were signatures drawn anew, at the true similarity.
        signed: Whether the run gave both a signature: elsewhere the exact join was thought to be enough.
    """

    a: str
    b: str
    estimated: float
    true: float
    probability: float
    signed: bool


@dataclass(frozen=True, slots=True)
class StoredMatch:
    """What the run's table says of a match.

    Attributes:
        id: Its id.
        bits, evalue, similarity: Its scores. Of a match that holds several alignments they are those of all together.
        found_by: How it was found.
    """

    id: str
    bits: float
    evalue: float
    similarity: float
    found_by: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the stages say of a pair of spans; the former in the corpus is `a`.

    Attributes:
        a, b: The spans.
        place_a, place_b: Where they stand in their documents (p. 12, l. 3); empty where that is not known.
        words_a, words_b: Their normalised words.
        shared_shingles: Distinct shingles that both have.
        similarity: Jaccard similarity of their sets of shingles, 0 to 1.
        bands: How signatures are cut.
        windows: The likest windows; None where a span has none.
        anchors: By size in tokens, how many anchors lie in both spans.
        chain_bits: Surprise of the words under the best chain of these anchors; 0 without any.
        chain_needed: How much of it a chain needs to be aligned.
        chain_aligned: Whether the scan aligned a chain that links the spans.
        match: The best match of the spans whatever its score, if their anchors give any.
        floor: Bits from which on a match is kept.
        copies: Whether the two documents are copies of one text, which the scan looks at once.
        not_compared: Why the scan did not compare the two documents; empty if it did.
        stored: The run's matches that link the two spans: first the one whose spans are these, or come nearest.
        verdict: What became of the pair, in words.
    """

    a: Span
    b: Span
    place_a: str
    place_b: str
    words_a: str
    words_b: str
    shared_shingles: int
    similarity: float
    bands: Bands
    windows: LikestWindows | None
    anchors: dict[int, int]
    chain_bits: float
    chain_needed: float
    chain_aligned: bool
    match: Matches | None
    floor: Floor
    copies: bool
    not_compared: str
    stored: tuple[StoredMatch, ...]
    verdict: str


def why(run: Run, a: Span, b: Span) -> Explanation:
    """Ask every stage about a pair of spans.

    Costs as much as the index stage of the scan did, for how frequent a shingle is depends on the whole corpus.

    Raises:
        UsageError: A span has no word, the run has no such document, or the spans overlap.
        RunError: The run is broken.
    """
    ranges = {span: _range(run, span) for span in (a, b)}
    a, b = sorted((a, b), key=lambda span: ranges[span])
    if ranges[a][1] > ranges[b][0]:
        raise UsageError("the two spans overlap: name two passages apart from each other")
    options = run.options
    words = [normal_form(text) for (text,) in run.sql("SELECT text FROM words ORDER BY word")]
    written = replace(run.tokens, vocabulary=replace(run.tokens.vocabulary, words=words))
    tokens = written.alike()
    names = group_names(run)
    not_compared = _not_compared(run, names, a[0], b[0]) if names else ""
    # Of documents that were not compared the stages are asked all the same.
    groups = groups_of(names) if names and not not_compared else None
    witnesses, tokens = find_witnesses(tokens, groups)
    pairing = Pairing.of(tokens, None if groups is None else groups[witnesses.first])
    spans = _spans(witnesses, tokens, run.tokens.bounds, [ranges[a], ranges[b]])
    exchanged = bool(spans.start[0] > spans.start[1])  # the scan has the documents in an order of its own
    spans = spans.take(np.argsort(spans.start, kind="stable"))
    copies = bool(a[0] != b[0] and tokens.document_of(spans.start)[0] == tokens.document_of(spans.start)[1])
    shingles = [_shingles(tokens, spans, row, options.index.shingle) for row in (0, 1)]
    bands = choose_bands(options.index.permutations, options.index.recall, options.index.similarity)
    candidates, signed = find_candidates(tokens, pairing, options.index)
    found = list(candidates)
    anchors = [_between(part, spans) for part in found]
    surprise = Surprise.of(tokens, options.score)
    floor = Floor.of(options.score, float(run.meta["token_pairs"]))
    needed = least_chain_bits(floor, options.align)
    chains, everywhere = (
        chain(
            parts,
            tokens.bounds,
            surprise.background.cumulative_bits(COPIES),
            gap=options.align.chain_gap,
            inner_gap=options.align.gap,
            slack=options.align.slack,
            least_bits=least,
        )
        for parts, least in ((anchors, 0.0), (found, needed))
    )
    # Every match that the anchors can give, so that the one that was dropped is seen as well.
    anything = Floor(floor.chance - _ANY, floor.chance - _ANY, floor.chance - _ANY)
    any_size, strict = replace(options.align, min_tokens=1), replace(options.reworded, enabled=False)
    regions = find_regions(tokens, anchors, surprise, anything, any_size)
    matches, _ = find_matches(tokens, regions, surprise, anything, any_size, strict)
    matches = replace(matches, evalue=floor.evalues(matches.bits)).turned(np.full(len(matches), exchanged))
    likest = _likest_windows(tokens, spans, signed.windows, bands, options.index)
    if likest and exchanged:
        likest = replace(likest, a=likest.b, b=likest.a)
    counts: dict[int, int] = {}
    for part in anchors:
        counts[part.size] = counts.get(part.size, 0) + len(part)
    explanation = Explanation(
        a,
        b,
        run.place(*a),
        run.place(*b),
        _words(written, *ranges[a]),
        _words(written, *ranges[b]),
        len(shingles[0] & shingles[1]),
        _jaccard(*shingles),
        bands,
        likest,
        {size: count for size, count in sorted(counts.items()) if count},
        _most_bits(chains),
        needed,
        _reaches(everywhere, spans),
        matches.take(np.argsort(-matches.bits)[:1]) if len(matches) else None,
        floor,
        copies,
        not_compared,
        _stored(run, a, b),
        "",
    )
    return replace(explanation, verdict=_verdict(explanation, options))


def _spans(
    witnesses: Witnesses, tokens: Tokens, bounds: NDArray[np.int64], ranges: Sequence[tuple[int, int]]
) -> Windows:
    """Ranges of tokens of the corpus, whose documents begin at `bounds`, as ranges of tokens of the witnesses."""
    starts, ends = (np.array(side, dtype=np.int64) for side in zip(*ranges, strict=True))
    document = owners_of(bounds, starts)
    shift = tokens.bounds[witnesses.of_documents()[document]] - bounds[document]
    return Windows(starts + shift, ends + shift)


def _range(run: Run, span: Span) -> tuple[int, int]:
    document, start, end = span
    first, last = run.token_range(document, start, end)
    if first == last:
        raise UsageError(f"{document}:{start}-{end}: there is no whole word in that span")
    return first, last


def _not_compared(run: Run, names: Sequence[str | None], a: str, b: str) -> str:
    """Why documents of one of the groups that `group_names` tells were not compared; empty if they were."""
    shared, other = (names[run.ordinal(document)] for document in (a, b))
    if a == b:
        return "this scan compares no document with itself"
    if shared is None or shared != other:
        return ""
    return f"both lie in {shared}" if run.meta.get("between") else f"both have the {run.meta['across']} {shared}"


def _words(tokens: Tokens, start: int, end: int) -> str:
    return " ".join(tokens.vocabulary.words[word] for word in tokens.ids[start:end].tolist())


def _shingles(tokens: Tokens, windows: Windows, row: int, size: int) -> set[int]:
    """Hashes of a window's shingles."""
    positions = np.arange(windows.start[row], max(windows.end[row] - size + 1, windows.start[row]))
    return set(shingle_hashes(tokens, size, positions).tolist())


def _jaccard(left: set[int], right: set[int]) -> float:
    return len(left & right) / max(len(left | right), 1)


def _likest_windows(
    tokens: Tokens, spans: Windows, signed: Windows, bands: Bands, options: IndexOptions
) -> LikestWindows | None:
    every = windows_of(tokens.bounds, options)
    sides = []
    for row in (0, 1):
        # A window belongs to a span if most of the shorter of the two lies in both.
        shared = np.minimum(every.end, spans.end[row]) - np.maximum(every.start, spans.start[row])
        shorter = np.minimum(every.end - every.start, spans.end[row] - spans.start[row])
        sides.append(every.take(2 * shared > shorter))
    if not len(sides[0]) or not len(sides[1]):
        return None
    signed_sides = [signatures(tokens, side, options) for side in sides]
    agreement = np.array([shared_share(row, signed_sides[1]) for row in signed_sides[0]])
    left, right = (int(row) for row in np.unravel_index(int(np.argmax(agreement)), agreement.shape))
    true = _jaccard(
        _shingles(tokens, sides[0], left, options.shingle), _shingles(tokens, sides[1], right, options.shingle)
    )
    return LikestWindows(
        _words(tokens, int(sides[0].start[left]), int(sides[0].end[left])),
        _words(tokens, int(sides[1].start[right]), int(sides[1].end[right])),
        float(agreement[left, right]),
        true,
        bands.probability(true),
        bool(np.isin([sides[0].start[left], sides[1].start[right]], signed.start).all()),
    )


def _between(anchors: Anchors, spans: Windows) -> Anchors:
    """The shingles from the one span to the other, each once."""
    lengths = anchors.lengths()
    touching: NDArray[np.bool_] = (anchors.a < spans.end[0]) & (anchors.a + lengths > spans.start[0])
    touching &= (anchors.b < spans.end[1]) & (anchors.b + lengths > spans.start[1])
    each = anchors.take(touching).each()
    kept: NDArray[np.bool_] = (each.a >= spans.start[0]) & (each.a + each.size <= spans.end[0])
    kept &= (each.b >= spans.start[1]) & (each.b + each.size <= spans.end[1])
    a, b = pair_numbers(np.unique(pair_keys(each.a[kept], each.b[kept])))
    return Anchors.single(a, b, each.size)


def _reaches(chains: Chains, spans: Windows) -> bool:
    """Whether a chain touches both spans."""
    touches: NDArray[np.bool_] = (chains.a_start < spans.end[0]) & (chains.a_end > spans.start[0])
    touches &= (chains.b_start < spans.end[1]) & (chains.b_end > spans.start[1])
    return bool(touches.any())


def _most_bits(chains: Chains) -> float:
    return float(chains.bits.max()) if len(chains) else 0.0


def _stored(run: Run, a: Span, b: Span) -> tuple[StoredMatch, ...]:
    """The run's matches that touch both spans, those first whose edges are nearest to theirs."""
    rows = run.sql(
        "SELECT id, bits, evalue, similarity, found_by FROM matches"
        " WHERE a = ? AND b = ? AND a_start < ? AND a_end > ? AND b_start < ? AND b_end > ?"
        " ORDER BY abs(a_start - ?) + abs(a_end - ?) + abs(b_start - ?) + abs(b_end - ?), bits DESC",
        (run.ordinal(a[0]), run.ordinal(b[0]), a[2], a[1], b[2], b[1], a[1], a[2], b[1], b[2]),
    )
    return tuple(StoredMatch(*row) for row in rows)


def _verdict(found: Explanation, options: ScanOptions) -> str:
    """What became of the pair: it is in the run, or the first filter that it does not pass."""
    if found.stored:
        return f"the run has it: {', '.join(match.id for match in found.stored)}"
    if found.not_compared:
        return f"the two were not compared: {found.not_compared}"
    if found.copies:
        return "the two documents say the same: the scan looks at one of them, and what it finds there holds of both"
    align = options.align
    if not found.anchors:
        reason = "the index gives no anchor: the spans share no shingle, or only such as are too frequent"
    elif found.chain_bits < found.chain_needed:
        reason = (
            f"the chain threshold dropped it: the words under its anchors have {found.chain_bits:.1f} bits,"
            f" {found.chain_needed:.1f} are needed"
        )
    elif not found.chain_aligned:
        reason = (
            "it was not aligned: with the anchors around them, those of the spans are in no chain"
            " (--align-chain-gap, --align-slack)"
        )
    elif found.match is None:
        reason = "alignment found no two words in line"
    else:
        reason = _why_not_kept(found, found.match, align)
    return reason


def _why_not_kept(found: Explanation, match: Matches, align: AlignOptions) -> str:
    """What became of a pair of spans that the stages align."""
    bits = float(match.bits[0])
    if match.matched[0] < align.min_tokens:
        return f"it has {match.matched[0]} equal words, {align.min_tokens} are needed (--align-min-tokens)"
    if bits < found.floor.kept:
        return (
            f"its {bits:.1f} bits are fewer than {found.floor.kept:.1f}, which chance seldom brings in a corpus of this"
            " size (--score-margin)"
        )
    if bits < found.floor.alone:
        return (
            f"no rarer words in its passages bear it out, and alone its {bits:.1f} bits are fewer than"
            f" {found.floor.alone:.1f} (--score-alone)"
        )
    return "a better match that overlaps it, or a reworded passage around it, stands in its place"
