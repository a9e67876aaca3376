"""Chains: anchors in line become regions worth aligning.

Anchors are sorted by diagonal (how much further on in b than in a they stand) and place, so that those of one passage
are neighbours; runs of neighbours are scored by the surprise of the words they cover before anything costly happens.
Everything is one sort of plain integers and some passes over flat columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from reuse.components import connected_components
from reuse.index.seeds import Anchors

_BAND = 3  # log2 of the diagonals that count as one line
_SIZE = 3  # bits that hold an anchor's length
_SLICE = 2_000_000  # keys unpacked at a time
_NOTHING = (np.zeros(0, dtype=np.int64),) * 4
_NEIGHBOURS = 4  # following runs of the same documents that a run may join


@dataclass(frozen=True, slots=True)
class Regions:
    """Rectangles of the plane of two documents in which alignment looks for passages.

    Attributes:
        a_start, a_end, b_start, b_end: int64 (n,): token positions, half-open.
        bits: float32 (n,): surprise of the words that the anchors cover.
    """

    a_start: NDArray[np.int64]
    a_end: NDArray[np.int64]
    b_start: NDArray[np.int64]
    b_end: NDArray[np.int64]
    bits: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.a_start)

    def take(self, rows: NDArray[np.integer] | NDArray[np.bool_] | slice) -> Regions:
        """Some of the rows."""
        return Regions(self.a_start[rows], self.a_end[rows], self.b_start[rows], self.b_end[rows], self.bits[rows])


def chain(
    anchors: Sequence[Anchors],
    bounds: NDArray[np.int64],
    cumulative_bits: NDArray[np.float64],
    *,
    gap: int,
    least_bits: float,
) -> Regions:
    """Chain anchors into regions.

    Args:
        anchors: Anchors of several sizes.
        bounds: int64 (documents + 1,): where documents begin, in token positions.
        cumulative_bits: float64 (tokens + 1,): surprise of all tokens before each position.
        gap: Most tokens between two anchors of one region, on either side.
        least_bits: Least surprise of the words that the anchors of a region cover.
    """
    runs = _runs(anchors, bounds, cumulative_bits, gap=gap, least_bits=least_bits / 2)
    regions = join_regions(runs, bounds, gap=gap)
    return regions.take(regions.bits >= least_bits)


def _runs(
    anchors: Sequence[Anchors],
    bounds: NDArray[np.int64],
    cumulative_bits: NDArray[np.float64],
    *,
    gap: int,
    least_bits: float,
) -> Regions:
    """Anchors of one band of diagonals with at most `gap` tokens between them.

    The sorted keys are unpacked a slice at a time, for they are the largest column of a scan.
    """
    place_bits = np.uint64(max(int(bounds[-1]).bit_length(), 1))
    keys = np.concatenate([np.zeros(0, dtype=np.uint64), *(_pack(part, place_bits) for part in anchors)])
    keys.sort()
    kept = [
        _runs_of(keys[start:end], place_bits, bounds, cumulative_bits, gap=gap, least_bits=least_bits)
        for start, end in pairwise(_slice_borders(keys, place_bits))
    ]
    return concatenate(*kept) if kept else Regions(*_NOTHING, _NOTHING[0].astype(np.float32))


def _slice_borders(keys: NDArray[np.uint64], place_bits: np.uint64) -> list[int]:
    """Where to cut sorted keys into slices of about _SLICE, never within a band."""
    borders = [0]
    shift = place_bits + np.uint64(_BAND + _SIZE)
    while borders[-1] < len(keys):
        last = keys[min(borders[-1] + _SLICE, len(keys)) - 1]
        borders.append(int(np.searchsorted(keys, ((last >> shift) + np.uint64(1)) << shift)))
    return borders


def _runs_of(
    keys: NDArray[np.uint64],
    place_bits: np.uint64,
    bounds: NDArray[np.int64],
    cumulative_bits: NDArray[np.float64],
    *,
    gap: int,
    least_bits: float,
) -> Regions:
    size = (keys & np.uint64((1 << _SIZE) - 1)).astype(np.int64) + 1
    low_diagonal = (keys >> np.uint64(_SIZE) & np.uint64((1 << _BAND) - 1)).astype(np.int64)
    places = keys >> np.uint64(_SIZE + _BAND)
    a = (places & ((np.uint64(1) << place_bits) - np.uint64(1))).astype(np.int64)
    band = (places >> place_bits).astype(np.int64)
    opens = np.ones(len(a), dtype=bool)
    opens[1:] = (band[1:] != band[:-1]) | (a[1:] > a[:-1] + size[:-1] + gap)
    # What an anchor covers beyond the one before it.
    covered_from = a.copy()
    covered_from[1:] = np.where(opens[1:], a[1:], np.maximum(a[1:], a[:-1] + size[:-1]))
    gained = np.maximum(cumulative_bits[a + size] - cumulative_bits[covered_from], 0.0)
    first = np.flatnonzero(opens)
    kept = np.add.reduceat(gained, first) >= least_bits
    rows = np.flatnonzero(np.repeat(kept, np.diff(np.append(first, len(a)))))
    if not len(rows):
        return Regions(*_NOTHING, _NOTHING[0].astype(np.float32))
    a, size, band, gained, opens = a[rows], size[rows], band[rows], gained[rows], opens[rows]
    b = a + (band << _BAND) + low_diagonal[rows]
    # Only now, with few anchors left, is it worth knowing their documents.
    documents = np.searchsorted(bounds, np.stack((a, b)), side="right")
    opens[1:] |= (documents[:, 1:] != documents[:, :-1]).any(axis=0)
    first = np.flatnonzero(opens)
    return Regions(
        np.minimum.reduceat(a, first),
        np.maximum.reduceat(a + size, first),
        np.minimum.reduceat(b, first),
        np.maximum.reduceat(b + size, first),
        np.add.reduceat(gained, first).astype(np.float32),
    )


def _pack(anchors: Anchors, place_bits: np.uint64) -> NDArray[np.uint64]:
    diagonal = (anchors.b - anchors.a).astype(np.uint64)
    key = diagonal >> np.uint64(_BAND) << place_bits
    key |= anchors.a.astype(np.uint64)
    key <<= np.uint64(_BAND)
    key |= diagonal & np.uint64((1 << _BAND) - 1)
    key <<= np.uint64(_SIZE)
    return key | np.uint64(anchors.size - 1)


def join_regions(regions: Regions, bounds: NDArray[np.int64], *, gap: int) -> Regions:
    """Join the regions of the same two documents that lie within `gap` tokens of each other on both sides."""
    return joined(regions, near_components(regions, bounds, gap=gap))


def near_components(regions: Regions, bounds: NDArray[np.int64], *, gap: int) -> NDArray[np.int64]:
    """Components (int64, one a region) of regions of the same two documents within `gap` tokens on both sides.

    Regions are compared with the few that follow them in order of documents and begin.
    """
    document_a = np.searchsorted(bounds, regions.a_start, side="right")
    document_b = np.searchsorted(bounds, regions.b_start, side="right")
    order = np.lexsort((regions.b_start, regions.a_start, document_b, document_a))
    regions, document_a, document_b = regions.take(order), document_a[order], document_b[order]
    edges = []
    for distance in range(1, _NEIGHBOURS + 1):
        here, there = slice(None, -distance), slice(distance, None)
        near = (document_a[here] == document_a[there]) & (document_b[here] == document_b[there])
        near &= regions.a_start[there] <= regions.a_end[here] + gap
        near &= regions.b_start[there] <= regions.b_end[here] + gap
        near &= regions.b_start[here] <= regions.b_end[there] + gap
        rows = np.flatnonzero(near)
        edges.append((order[rows], order[rows + distance]))
    return connected_components(
        len(regions), np.concatenate([a for a, _ in edges]), np.concatenate([b for _, b in edges])
    )


def joined(regions: Regions, component: NDArray[np.int64]) -> Regions:
    """The rectangle around each component of regions, their bits summed, in order of the components."""
    if not len(regions):
        return regions
    order = np.argsort(component, kind="stable")
    first = np.flatnonzero(np.diff(component[order], prepend=-1))
    regions = regions.take(order)
    return Regions(
        np.minimum.reduceat(regions.a_start, first),
        np.maximum.reduceat(regions.a_end, first),
        np.minimum.reduceat(regions.b_start, first),
        np.maximum.reduceat(regions.b_end, first),
        np.add.reduceat(regions.bits, first),
    )


def concatenate(*parts: Regions) -> Regions:
    """The rows of several, one after the other."""
    return Regions(*(np.concatenate([getattr(part, name) for part in parts]) for name in Regions.__slots__))
