"""Chains: anchors in line, where alignment may find a match.

Anchors are sorted by diagonal (how much further on in b than in a they stand) and place, so that those of one passage
are neighbours. In a large corpus nearly all anchors are single shingles that chance brought together: those that stand
alone and say little are dropped by looking at the sorted keys only, before anything else is known of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from reuse.align.rectangles import Chains, Rectangles, joined
from reuse.arrays.components import connected_components
from reuse.arrays.keys import differs, distinct_in
from reuse.arrays.order import order_of
from reuse.arrays.ragged import owners_of, spread
from reuse.index.seeds import Anchors
from reuse.options import LONGEST_SEED
from reuse.work.memory import give_back
from reuse.work.workers import ALONE, Into, Workers

_BAND = 6  # log2 of the diagonals that count as one line
_KEY = 64  # binary digits of a key
_LENGTH = 8  # and those of them that hold an anchor's length, at most
_SEAM = 8  # diagonals on either side of the border of two bands in which anchors of both are neighbours
_SLICE = 1 << 18  # anchors packed at a time, so that temporaries stay in the cache
_NEIGHBOURS = 4  # following runs of the same documents that a run may join
_Some = TypeVar("_Some", bound=Rectangles)


def chain(
    anchors: Iterable[Anchors],
    bounds: NDArray[np.int64],
    cumulative_bits: NDArray[np.float64],
    *,
    gap: int,
    inner_gap: int,
    slack: int,
    least_bits: float,
    workers: Workers = ALONE,
) -> Chains:
    """Chain anchors.

    Args:
        anchors: Anchors of several sizes; those that say the same over again change nothing.
        bounds: int64 (documents + 1,): where documents begin, in token positions.
        cumulative_bits: float64 (tokens + 1,): surprise of all tokens before each position.
        gap: Most tokens between two anchors of one chain, on either side.
        inner_gap: The same within one document, where a refrain and the next would else be one chain.
        slack: Most tokens that an anchor may lie off the straight line through a chain that it joins.
        least_bits: Least surprise of the words that the anchors of a chain cover.
        workers: Do the work.
    """
    layout = _Layout(max(int(bounds[-1]).bit_length(), 1))
    low_width = layout.band_width
    slices = _packed(anchors, layout, _worth(cumulative_bits, least_bits, workers), workers)
    give_back(len(cumulative_bits))
    kept, seams = [], []
    for keys, seam in workers.by_range(slices, partial(_sifted, layout, gap), low_width=low_width):
        kept.append(keys)
        seams.append(seam)
    del slices
    give_back(len(cumulative_bits))
    kept += workers.by_range(seams, partial(_sifted_seam, layout, gap), low_width=low_width)
    del seams
    found = workers.by_range(
        kept, _Chaining(layout, bounds, cumulative_bits, gap, inner_gap, slack, least_bits), low_width=low_width
    )
    chains = Chains.concatenate(*found)
    number = np.repeat(np.arange(len(found)), [len(part) for part in found])
    off = np.full(len(chains), slack)
    return joined(chains, near_components(chains, bounds, gap=gap, inner_gap=inner_gap, slack=off, joined_in=number))


def _packed(
    anchors: Iterable[Anchors], layout: _Layout, worth: NDArray[np.uint8], workers: Workers
) -> list[NDArray[np.uint64]]:
    """The keys of all anchors, in slices that each ascend."""
    parts = (part.take(slice(at, at + _SLICE)) for part in anchors for at in range(0, len(part), _SLICE))
    return workers.map(partial(layout.pack, worth), parts)


def _sifted(layout: _Layout, gap: int, keys: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Of ascending keys, those worth keeping within their bands; and those beside the border of two bands."""
    return _in_company(keys, layout, gap), np.sort(layout.seam(keys))


def _sifted_seam(layout: _Layout, gap: int, keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Of ascending keys beside the border of two bands, those that have company there, as they were before."""
    return np.sort(layout.out_of_seam(keys[_beside(keys, layout, gap)]))


@dataclass(frozen=True, slots=True)
class _Chaining:
    """Makes chains of the anchors of some bands; the attributes are arguments of `chain`."""

    layout: _Layout
    bounds: NDArray[np.int64]
    cumulative_bits: NDArray[np.float64]
    gap: int
    inner_gap: int
    slack: int
    least_bits: float

    def __call__(self, keys: NDArray[np.uint64]) -> Chains:
        runs = _runs(
            distinct_in(keys),
            self.layout,
            self.bounds,
            self.cumulative_bits,
            gaps=(self.gap, self.inner_gap),
            least_bits=self.least_bits / 2,
        )
        off = np.full(len(runs), self.slack)
        near = near_components(runs, self.bounds, gap=self.gap, inner_gap=self.inner_gap, slack=off)
        found = joined(runs, near)
        # Nearly all are chance: what says too little with its neighbours in this range goes before all come together.
        return found.take(found.bits >= self.least_bits)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Anchors as 64-bit keys that sort by band of diagonals and place in a.

    From the top: the band, the place (`place_width`), the diagonal within the band, the length less one
    (`length_width`), and a bit that is set where the anchor is worth a chain whatever stands beside it.
    """

    place_width: int

    @property
    def length_width(self) -> int:
        """Binary digits of a key that hold the length: those that band and place leave."""
        return max(min(_LENGTH, _KEY - 1 - 2 * self.place_width), 1)

    @property
    def low_width(self) -> int:
        """Binary digits of a key below the place."""
        return _BAND + self.length_width + 1

    def pack(self, worth: NDArray[np.uint8], anchors: Anchors) -> NDArray[np.uint64]:
        """The keys of anchors, ascending; several of one that is longer than a key can say.

        Args:
            worth: What `_worth` says.
            anchors: Anchors of one size.
        """
        a, diagonal = anchors.a.astype(np.uint64), (anchors.b - anchors.a).astype(np.uint64)
        # Shingles in a row have company: each other.
        stays = (anchors.shingles > 1) | (worth[anchors.a] <= anchors.size)
        length = anchors.shingles.astype(np.uint64)
        length += np.uint64(anchors.size - 1)
        longest = 1 << self.length_width
        if int(length.max(initial=0)) > longest:
            row, number = spread((length.astype(np.int64) + longest - 1) // longest)
            done = (number * longest).astype(np.uint64)
            a, diagonal, stays = a[row] + done, diagonal[row], stays[row]
            length = np.minimum(length[row] - done, np.uint64(longest))
        keys = diagonal >> np.uint64(_BAND)
        keys <<= np.uint64(self.place_width)
        keys |= a
        keys <<= np.uint64(_BAND)
        diagonal &= np.uint64((1 << _BAND) - 1)
        keys |= diagonal
        keys <<= np.uint64(self.length_width)
        length -= np.uint64(1)
        keys |= length
        keys <<= np.uint64(1)
        keys |= stays
        keys.sort()
        return keys

    def places(self, keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
        """Band and place in a as one number, ascending as the keys are."""
        return keys >> np.uint64(self.low_width)

    def lengths(self, keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
        """How many tokens are equal at each."""
        return ((keys >> np.uint64(1)) & np.uint64((1 << self.length_width) - 1)) + np.uint64(1)

    def diagonals_in_band(self, keys: NDArray[np.uint64]) -> NDArray[np.int64]:
        return ((keys >> np.uint64(self.length_width + 1)) & np.uint64((1 << _BAND) - 1)).astype(np.int64)

    def seam(self, keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
        """The keys beside the border of two bands, moved so that both sides of a border are one band."""
        diagonal = self.diagonals_in_band(keys)
        behind = keys[diagonal >= (1 << _BAND) - _SEAM] + self._band
        return np.concatenate((keys[diagonal < _SEAM], behind))

    def out_of_seam(self, keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
        """Keys that `seam` gave as they were."""
        return keys - self._band * (self.diagonals_in_band(keys) >= 1 << (_BAND - 1)).astype(np.uint64)

    @property
    def band_width(self) -> int:
        """Binary digits of a key below the band."""
        return self.place_width + self.low_width

    @property
    def _band(self) -> np.uint64:
        return np.uint64(1 << self.band_width)

    def unpack(self, keys: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Place in a, diagonal and length of each anchor."""
        places = self.places(keys)
        a = (places & np.uint64((1 << self.place_width) - 1)).astype(np.int64)
        band = (places >> np.uint64(self.place_width)).astype(np.int64)
        return a, (band << _BAND) + self.diagonals_in_band(keys), self.lengths(keys).astype(np.int64)


def _worth(cumulative_bits: NDArray[np.float64], least_bits: float, workers: Workers) -> NDArray[np.uint8]:
    """Least size at which a shingle says enough alone, one more than any has where none does (uint8, one a token)."""
    worth: NDArray[np.uint8] = workers.column(len(cumulative_bits) - 1, np.uint8)
    workers.map(partial(_weighed, cumulative_bits, least_bits), range(0, len(worth), _SLICE), into=Into(worth))
    return worth


def _weighed(cumulative_bits: NDArray[np.float64], least_bits: float, start: int) -> tuple[slice, NDArray[np.uint8]]:
    """What `_worth` says of the next _SLICE tokens, and which these are."""
    here = slice(start, min(start + _SLICE, len(cumulative_bits) - 1))
    worth = np.full(here.stop - start, LONGEST_SEED + 1, dtype=np.uint8)
    sums = cumulative_bits[start : here.stop + LONGEST_SEED]
    for size in range(LONGEST_SEED, 0, -1):
        enough = sums[size:] - sums[:-size] >= least_bits
        worth[: len(enough)][enough[: len(worth)]] = size
    return here, worth


def _in_company(keys: NDArray[np.uint64], layout: _Layout, gap: int) -> NDArray[np.uint64]:
    """Of sorted keys, those of the anchors that have another within reach in their band, or say enough alone."""
    kept: NDArray[np.uint64] = keys[_beside(keys, layout, gap) | (keys & np.uint64(1)).astype(bool)]
    return kept


def _beside(keys: NDArray[np.uint64], layout: _Layout, gap: int) -> NDArray[np.bool_]:
    """Which of sorted keys are of anchors with few tokens between them and one before or behind them in their band."""
    places = layout.places(keys)
    reach = np.maximum.accumulate(places + layout.lengths(keys))
    near = places[1:] <= reach[:-1] + np.uint64(gap)
    beside = np.zeros(len(keys), dtype=bool)
    beside[1:] = near
    beside[:-1] |= near
    return beside


def _runs(
    keys: NDArray[np.uint64],
    layout: _Layout,
    bounds: NDArray[np.int64],
    cumulative_bits: NDArray[np.float64],
    *,
    gaps: tuple[int, int],
    least_bits: float,
) -> Chains:
    """Anchors of one band of diagonals and the same documents with few tokens between them (across, within one)."""
    if not len(keys):
        return Chains.empty()
    gap, inner_gap = gaps
    a, diagonal, size = layout.unpack(keys)
    b = a + diagonal
    band = diagonal >> _BAND
    opens = differs(band)
    opens[1:] |= a[1:] > _reach(opens, a + size)[:-1] + gap
    document_a, document_b = (owners_of(bounds, place) for place in (a, b))
    if (differs(document_b) & ~opens).any():
        # Where the documents of b are short, those of one band alternate: each gets its anchors together.
        run = np.cumsum(opens, dtype=np.int64)
        order = order_of(run, document_b)
        a, b, size, run, document_a, document_b = (
            column[order] for column in (a, b, size, run, document_a, document_b)
        )
        opens = differs(run)
    opens |= differs(document_a, document_b)
    reach = _reach(opens, a + size)
    opens[1:] |= a[1:] > reach[:-1] + np.where(document_a == document_b, inner_gap, gap)[1:]
    # What an anchor covers beyond those before it.
    covered_from = a.copy()
    covered_from[1:] = np.where(opens[1:], a[1:], np.maximum(a[1:], reach[:-1]))
    gained = np.maximum(cumulative_bits[a + size] - cumulative_bits[covered_from], 0.0)
    first = np.flatnonzero(opens)
    bits = np.add.reduceat(gained, first) if len(first) else gained
    runs = Chains(
        np.minimum.reduceat(a, first),
        np.maximum.reduceat(a + size, first),
        np.minimum.reduceat(b, first),
        np.maximum.reduceat(b + size, first),
        bits.astype(np.float32),
    )
    return runs.take(np.flatnonzero(bits >= least_bits))


def _reach(opens: NDArray[np.bool_], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """How far each anchor and those before it in its group reach (int64), given where groups open and anchors end."""
    # Lifting each group above the one before it lets one running maximum serve all.
    lift = np.cumsum(opens, dtype=np.int64) * (int(ends.max(initial=0)) + 1)
    return np.maximum.accumulate(lift + ends) - lift


def join_near(rectangles: _Some, bounds: NDArray[np.int64], *, gap: int, inner_gap: int | None = None) -> _Some:
    """Join the rectangles of the same two documents that lie within `gap` tokens of each other on both sides.

    Within one document they are joined up to `inner_gap` tokens, if that is given.
    """
    return joined(rectangles, near_components(rectangles, bounds, gap=gap, inner_gap=inner_gap))


def near_components(
    regions: Rectangles,
    bounds: NDArray[np.int64],
    *,
    gap: int,
    inner_gap: int | None = None,
    slack: NDArray[np.int64] | None = None,
    joined_in: NDArray[np.int64] | None = None,
) -> NDArray[np.int64]:
    """Components (int64, one a region) of regions that `join_near` makes one.

    Regions are compared with the few that follow them in order of documents and begin; but not with those of the same
    number in `joined_in` (int64, one a region), for they have been. Where `slack` is given (int64, one a region, in
    tokens), the one begins that near to the straight line through the other: what crosses a long passage elsewhere is
    no part of it.
    """
    document_a = owners_of(bounds, regions.a_start)
    document_b = owners_of(bounds, regions.b_start)
    order = order_of(document_a, document_b, regions.a_start, regions.b_start)
    regions, document_a, document_b = regions.take(order), document_a[order], document_b[order]
    reach = np.where(document_a == document_b, gap if inner_gap is None else inner_gap, gap)
    edges = []
    for distance in range(1, _NEIGHBOURS + 1):
        here, there = slice(None, -distance), slice(distance, None)
        near = (document_a[here] == document_a[there]) & (document_b[here] == document_b[there])
        near &= regions.a_start[there] <= regions.a_end[here] + reach[here]
        near &= regions.b_start[there] <= regions.b_end[here] + reach[here]
        near &= regions.b_start[here] <= regions.b_end[there] + reach[here]
        if slack is not None:
            off = np.maximum(slack[order[here]], slack[order[there]])
            near &= in_line(regions.take(there), regions.take(here), off)
        if joined_in is not None:
            near &= joined_in[order[here]] != joined_in[order[there]]
        rows = np.flatnonzero(near)
        edges.append((order[rows], order[rows + distance]))
    return connected_components(
        len(regions), np.concatenate([a for a, _ in edges]), np.concatenate([b for _, b in edges])
    )


def in_line(parts: Rectangles, wholes: Rectangles, slack: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether each part begins near the straight line through its whole (bool, one a pair of rows).

    Beyond the whole, the line runs on diagonally.

    Args:
        parts: Rectangles of two documents.
        wholes: As many, each of the same two documents as its part.
        slack: int64: tokens in b that the beginning may lie off the line.
    """
    inside = np.clip(parts.a_start, wholes.a_start, wholes.a_end)
    slope = (wholes.b_end - wholes.b_start) / (wholes.a_end - wholes.a_start)
    line = wholes.b_start + (inside - wholes.a_start) * slope + (parts.a_start - inside)
    near: NDArray[np.bool_] = np.abs(line - parts.b_start) <= slack
    return near
