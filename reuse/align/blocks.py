"""Regions become aligned tokens: the longest common subsequence of the two word sequences, by rapidfuzz.

Words are mapped to code points, so that one call of a C++ routine aligns a region. Regions too large for that (a copied
book) are cut into pieces at words that stand on both sides of an exactly shared run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

from reuse.align.rectangles import Rectangles
from reuse.arrays.ragged import ranges
from reuse.arrays.records import FlatColumns

LARGEST_SIDE = 4_000
"""Tokens of a side of a region up to which it is aligned in one call; the call's cost is the product of the sides."""

_CODE_POINTS = 0x110000 - 0x800  # surrogates cannot be characters of a string
_SHARED = _CODE_POINTS // 2  # code points that rare words share where there are more words than code points
_SLICE = 1 << 18  # words made characters at a time


@dataclass(frozen=True, slots=True)
class Aligned(FlatColumns):
    """Equal tokens in alignment, region after region, ascending in a and b within a region.

    Attributes:
        region: int64 (n,): row of the region, ascending.
        a, b: int64 (n,): token positions.
    """

    region: NDArray[np.int64]
    a: NDArray[np.int64]
    b: NDArray[np.int64]


def align_regions(ids: NDArray[np.int32], codes: NDArray[np.uint32], regions: Rectangles) -> Aligned:
    """Align the two sides of every region.

    Args:
        ids: int32 (tokens,): vocabulary ids of the corpus.
        codes: uint32 (words,): the character of each word, see `code_points`.
        regions: Where to look; memory is that of their words, so that callers who have many align slice after slice.
    """
    blocks: list[Iterable[int]] = []  # each a, b and size
    pieces: list[tuple[int, int, int, int]] = []  # region, where its piece begins in a and b, blocks up to its end
    spans = ((regions.a_start, regions.a_end), (regions.b_start, regions.b_end))
    sides = zip(*(_texts(ids, codes, start, end) for start, end in spans), strict=True)
    for row, ((a_start, a_end, text), (b_start, b_end, other)) in enumerate(sides):
        for low_a, high_a, low_b, high_b in pieces_of(ids, a_start, a_end, b_start, b_end):
            piece, opposite = text[low_a - a_start : high_a - a_start], other[low_b - b_start : high_b - b_start]
            blocks += Indel.editops(piece, opposite).as_matching_blocks()
            pieces.append((row, low_a, low_b, len(blocks)))
    cut = np.array(pieces, dtype=np.int64).reshape(-1, 4)
    cut = np.repeat(cut[:, :3], np.diff(cut[:, 3], prepend=0), axis=0)
    numbers = np.fromiter(chain.from_iterable(blocks), dtype=np.int64, count=3 * len(blocks)).reshape(-1, 3)
    del blocks
    region, a, b, size = cut[:, 0], numbers[:, 0] + cut[:, 1], numbers[:, 1] + cut[:, 2], numbers[:, 2]
    aligned = Aligned(np.repeat(region, size), ranges(a, size), ranges(b, size))
    if len(codes) <= _CODE_POINTS:
        return aligned
    # Of more words than code points some share one.
    return aligned.take(ids[aligned.a] == ids[aligned.b])


def _texts(
    ids: NDArray[np.int32], codes: NDArray[np.uint32], start: NDArray[np.int64], end: NDArray[np.int64]
) -> Iterator[tuple[int, int, str]]:
    """Passages one after the other: their first token, the one behind their last, and their words as characters."""
    characters = as_characters(ids[ranges(start, end - start)], codes)
    at = 0
    for first, last in zip(start.tolist(), end.tolist(), strict=True):
        yield first, last, characters[at : at + last - first]
        at += last - first


def code_points(counts: NDArray[np.int64]) -> NDArray[np.uint32]:
    """The character (uint32, one a word) that stands for each word in alignments, given how often each one occurs.

    The more frequent a word, the lower its code point: rapidfuzz looks the first 256 up in a table, the others in hash
    maps. Where there are more words than code points, rare ones share theirs.
    """
    rank = np.arange(len(counts))
    rank[_CODE_POINTS:] = _CODE_POINTS - _SHARED + rank[_CODE_POINTS:] % _SHARED
    codes = np.empty(len(counts), dtype="<u4")
    codes[np.argsort(-counts, kind="stable")] = rank + (rank >= 0xD800) * 0x800
    return codes


def as_characters(ids: NDArray[np.int32], codes: NDArray[np.uint32]) -> str:
    """Words as one string, a character a word (see `code_points`): a slice of it is a passage."""
    slices = (ids[start : start + _SLICE] for start in range(0, len(ids), _SLICE))
    return "".join(codes[words].tobytes().decode("utf-32-le") for words in slices)


def pieces_of(
    ids: NDArray[np.int32], a_start: int, a_end: int, b_start: int, b_end: int
) -> Iterator[tuple[int, int, int, int]]:
    """Cut a region into rectangles of at most LARGEST_SIDE tokens a side, one after the other, at shared runs of words.

    Yields:
        a_start, a_end, b_start, b_end of each.
    """
    while a_end - a_start > LARGEST_SIDE or b_end - b_start > LARGEST_SIDE:
        cut = _anchor_in(ids, a_start, a_end, b_start, b_end)
        if cut is None:
            # Nothing unique is shared near the start: move on by half a piece on both sides.
            cut = (min(a_start + LARGEST_SIDE, a_end), min(b_start + LARGEST_SIDE, b_end))
        yield a_start, cut[0], b_start, cut[1]
        a_start, b_start = cut
        if a_start >= a_end or b_start >= b_end:
            return
    yield a_start, a_end, b_start, b_end


def _anchor_in(ids: NDArray[np.int32], a_start: int, a_end: int, b_start: int, b_end: int) -> tuple[int, int] | None:
    """Where a run of four words that is unique on both sides of the piece to come stands, as late as possible."""
    a_end, b_end = min(a_start + LARGEST_SIDE, a_end), min(b_start + LARGEST_SIDE, b_end)
    sides = []
    for start, end in ((a_start, a_end), (b_start, b_end)):
        if end - start < 4:
            return None
        words = ids[start:end].astype(np.uint64)
        keys = words[:-3].copy()
        for offset in range(1, 4):
            keys *= np.uint64(0x9E3779B97F4A7C15)
            keys += words[offset : len(words) - 3 + offset]
        distinct, first, counts = np.unique(keys, return_index=True, return_counts=True)
        sides.append((distinct[counts == 1], first[counts == 1] + start))
    _, row_a, row_b = np.intersect1d(sides[0][0], sides[1][0], assume_unique=True, return_indices=True)
    if not len(row_a):
        return None
    at_a, at_b = sides[0][1][row_a], sides[1][1][row_b]
    # The latest of them that most agree with in order: the one with the largest sum among the upper half.
    best = int(np.argmax(at_a + at_b))
    cut = int(at_a[best]), int(at_b[best])
    return cut if cut[0] > a_start and cut[1] > b_start else None
