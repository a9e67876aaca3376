"""Joins: two runs of words that stand in the same order again and again, with a slot between them that varies.

In "the people of Spain are" and "the people of this island are" the runs "the people of" and "are" make a join; the
slot holds "Spain" and "this island". The search begins at the slot, not at the runs:

1. Wherever there may be a slot, the few words directly before it and directly behind it are its *core*, and a sort
   brings equal cores together ("people of" … "are").
2. From each group of equal cores the search walks away from the slot word by word, first to the right and then to the
   left, as long as all occurrences go on alike; where they part, each branch is a join of its own.
3. A slot ends where its words begin to differ. Cores whose slots all begin, or all end, with the same word are dropped:
   the join with that word in its run, and a smaller slot, has a core of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.grouping import Positions, equal_groups
from reuse.arrays.hashing import mixed
from reuse.arrays.keys import differs
from reuse.arrays.ragged import bounds_of, spread
from reuse.corpus.tokens import Tokens
from reuse.formulas.branching import Sentences
from reuse.formulas.joins import Cores, Joins
from reuse.options import FrameOptions
from reuse.score.background import Background

BATCH = 1 << 21
"""Cores sorted at once: bounds the memory."""

WORK_FACTOR = 100
"""Words compared at most, per word of the corpus and lot of cores."""

CORES = 4
"""Cores of a long slot, per word of the corpus, that are looked at in one lot."""

BRANCHES = 0.5
"""Occurrences of all joins of a lot, per core: prose has 0.03 to 0.45; near copies of one text have no end of
joins, each with a few words more and an occurrence less than another."""

FEW = 200_000
"""Positions that are always looked at, however large a share of a small corpus they are."""

Lot = Callable[[], Joins]
"""Finds the joins of one lot of cores; what it makes on the way is gone when it returns."""


class Slots:
    """Finds the joins of a corpus, lot by lot."""

    def __init__(self, tokens: Tokens, background: Background, options: FrameOptions) -> None:
        self._options = options
        self._forwards = Sentences.of(tokens, options.min_documents, options.min_occurrences)
        self._backwards = self._forwards.backwards()
        self._length = len(tokens)
        openings = np.flatnonzero(tokens.opens_sentence)
        self._openings = openings[openings + 2 <= self._forwards.sentence_ends[openings]]
        self._opened = np.zeros(0, dtype=np.int32)
        self._keys: dict[tuple[int, ...], NDArray[np.uint32]] = {}
        # How often the two words from each position on stand together; 0 where a sentence ends between them.
        self.pair_counts = np.append(background.pair_counts[1:], np.int32(0))
        self.pair_counts[:-1][tokens.opens_sentence[1:]] = 0

    def lots(self) -> Iterator[Lot]:
        """All lots of joins; they may be found in any order, and in several threads."""
        yield from self._short()
        yield from self._long()

    def _short(self) -> Iterator[Lot]:
        """Joins over a short slot, of no words or more, two words or more on either side of it."""
        known = self.pair_counts >= self._options.min_occurrences
        places = np.flatnonzero(known).astype(np.int32)
        parts = max(-(-len(places) * (self._options.short_slot + 1) // BATCH), 1)
        part = (self._key((0, 1))[places] >> np.uint32(8)) % np.uint32(parts)
        for number in range(parts):
            yield partial(self._short_lot, known, places, part, number)

    def _short_lot(
        self, known: NDArray[np.bool_], places: NDArray[np.int32], part: NDArray[np.uint32], number: int
    ) -> Joins:
        starts = places[part == number] + np.int32(2)
        room = self._forwards.sentence_ends[starts - 2] - starts
        fits = np.empty((len(starts), self._options.short_slot + 1), dtype=bool)
        for gap in range(self._options.short_slot + 1):
            fits[:, gap] = (room >= gap + 2) & known[np.minimum(starts + gap, self._length - 1)]
        rows, gaps = np.nonzero(fits)
        starts = starts[rows]
        return self._joins(Cores(starts, starts + gaps.astype(np.int32), (-2, -1), (0, 1), 2, 2))

    def _long(self) -> Iterator[Lot]:
        """Joins over a slot of any length: repeated runs of three words, rare pairs, the beginnings of sentences."""
        triples = self._counted((0, 1, 2))
        self._opened = self._counted((0, 2))
        for open_left in (False, True):
            for open_right, counts in ((False, triples), (True, self._opened)):
                yield from self._after_openings(counts, open_left=open_left, open_right=open_right)
        yield from self._between(self._rarest(triples, self._length // 4), 3)
        yield from self._between(self._rarest(self.pair_counts, self._length // 6), 2)

    def _lots(
        self, shape: Cores, starts: Positions, rights: Positions, low: Positions, high: Positions
    ) -> Iterator[Lot]:
        """Lots of some BATCH of cores: left parts that are equal, and so all cores of equal words, are in one lot.

        Args:
            shape: What the cores are like, none of them yet.
            starts: int64 (left parts,): where the slot behind each begins.
            rights: int64: where right parts begin, ascending.
            low: int64 (left parts,): the first of `rights` that each left part may go with.
            high: int64 (left parts,): the one behind the last.
        """
        counts = self._nearest(high - low)
        parts = max(-(-int(counts.sum()) // BATCH), 1)
        offsets = tuple(place - shape.before[0] for place in shape.before)
        part = (self._key(offsets)[starts + shape.before[0]] >> np.uint32(8)) % np.uint32(parts)

        for number in range(parts):
            yield partial(self._lot, shape, starts, rights, low, counts, part == number)

    def _lot(
        self,
        shape: Cores,
        starts: Positions,
        rights: Positions,
        low: Positions,
        counts: NDArray[np.int64],
        chosen: NDArray[np.bool_],
    ) -> Joins:
        """The joins of the chosen left parts, each with so many right parts; see `_lots`."""
        rows, within = spread(counts[chosen])
        rows = np.flatnonzero(chosen)[rows]
        stops = rights[low[rows] + within].astype(np.int32)
        return self._joins(replace(shape, slot_start=starts[rows].astype(np.int32), slot_end=stops))

    def _after_openings(self, counts: NDArray[np.int32], *, open_left: bool, open_right: bool) -> Iterator[Lot]:
        """The first two words of each sentence with every repeated run of three words in it."""
        openings = self._openings
        if open_left:
            seconds = self._forwards.ids[openings + 1]
            openings = openings[(np.bincount(seconds) >= self._options.min_occurrences)[seconds]]
        else:
            openings = openings[self.pair_counts[openings] >= self._options.min_occurrences]
        within = self._options.open_within if open_right else self._options.part_within
        least = max(self._options.min_occurrences, self._length // within)
        frequent = np.flatnonzero(counts >= least)
        ends = self._forwards.sentence_ends[openings]
        low = np.searchsorted(frequent, openings + 3)
        high = np.searchsorted(frequent, np.minimum(ends - 2, openings + 2 + self._options.long_slot))
        before = (-1,) if open_left else (-2, -1)
        behind = (0, 2) if open_right else (0, 1, 2)
        shape = Cores.empty(before=before, behind=behind, left=2, right=3, open_left=open_left, open_right=open_right)
        return self._lots(shape, openings + 2, frequent, low, high)

    def _rarest(self, counts: NDArray[np.int32], most: int) -> Positions:
        """Positions of runs that occur often enough, but no more than the rarest `most` (or FEW) of them.

        The rarest say most about what follows them; and pairs of frequent runs would grow faster than the corpus.
        """
        repeated = np.flatnonzero(counts >= self._options.min_occurrences)
        most = max(most, FEW)
        if len(repeated) <= most:
            return repeated
        found = counts[repeated]
        return np.asarray(repeated[found < np.partition(found, most)[most]], dtype=np.int64)

    def _between(self, places: Positions, border: int) -> Iterator[Lot]:
        """Every two repeated runs of `border` words of a sentence, up to the longest slot apart."""
        ends = self._forwards.sentence_ends[places]
        low = np.searchsorted(places, places + border)
        last = np.minimum(ends - border + 1, places + border + self._options.long_slot)
        shape = Cores.empty(before=tuple(range(-border, 0)), behind=tuple(range(border)), left=border, right=border)
        return self._lots(shape, places + border, places, low, np.searchsorted(places, last))

    def _nearest(self, counts: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many right parts to look at behind each left part, of as many as there are: the nearest ones.

        Prose has few enough of them; where texts are copies of one another, nearly every run is a repeated one.
        """
        counts = np.maximum(counts, 0)
        most = CORES * self._length + FEW
        return np.minimum(counts, max(most // max(len(counts), 1), 1)) if counts.sum() > most else counts

    def _hashed(self, cores: Cores) -> NDArray[np.uint64]:
        left = self._key(tuple(place - cores.before[0] for place in cores.before))
        hashes = left[cores.slot_start + cores.before[0]].astype(np.uint64)
        hashes *= np.uint64(0x9E3779B97F4A7C15)
        hashes += self._key(cores.behind)[cores.slot_end]
        hashes *= np.uint64(0xD6E8FEB86659FD93)  # both are hashes: a product mixes them well enough
        return hashes

    def _key(self, offsets: tuple[int, ...]) -> NDArray[np.uint32]:
        """A short hash (uint32, tokens) of the words at these offsets from each position; made once."""
        if offsets not in self._keys:
            hashes = self._rolled(offsets) >> np.uint64(32)
            self._keys[offsets] = np.zeros(self._length, dtype=np.uint32)
            self._keys[offsets][: len(hashes)] = hashes
        return self._keys[offsets]

    def _rolled(self, offsets: tuple[int, ...]) -> NDArray[np.uint64]:
        """uint64 (tokens - last offset,): a hash of the words at the offsets from each position."""
        count = max(self._length - offsets[-1], 0)
        hashes = np.zeros(count, dtype=np.uint64)
        for offset in offsets:
            hashes += self._forwards.ids[offset : offset + count].view(np.uint32)
            hashes *= np.uint64(0x9E3779B97F4A7C15)
        return mixed(hashes)

    def _columns(self, cores: Cores, rows: slice | Positions) -> list[NDArray[np.int32]]:
        """The words of cores that must be equal."""
        starts, stops, ids = cores.slot_start[rows], cores.slot_end[rows], self._forwards.ids
        return [ids[starts + place] for place in cores.before] + [ids[stops + place] for place in cores.behind]

    def _counted(self, offsets: tuple[int, ...]) -> NDArray[np.int32]:
        """How often the words at these offsets from each position (int32, tokens) occur; 0 where the sentence ends.

        Only equal hashes are counted, not compared: a filter and an estimate, in one sort.
        """
        counts = np.zeros(self._length, dtype=np.int32)
        hashes = self._rolled(offsets)
        inside = np.flatnonzero(np.arange(len(hashes)) + offsets[-1] < self._forwards.sentence_ends[: len(hashes)])
        if not len(inside):
            return counts
        mask = np.uint64((1 << len(hashes).bit_length()) - 1)
        keys = hashes[inside]
        keys &= ~mask
        keys |= inside.view(np.uint64)
        del hashes, inside
        keys.sort()
        begins = np.flatnonzero(np.append(True, (keys[1:] ^ keys[:-1]) > mask))
        sizes = np.diff(np.append(begins, len(keys)))
        counts[(keys & mask).astype(np.int64)] = np.repeat(sizes, sizes)
        return counts

    def _joins(self, cores: Cores) -> Joins:
        """Group a lot of cores and walk from each group to the ends of its parts."""
        order, bounds = equal_groups(self._hashed(cores), lambda rows: self._columns(cores, rows))
        starts, stops = cores.slot_start[order].astype(np.int64), cores.slot_end[order].astype(np.int64)
        starts, stops, bounds = _once(starts, stops, bounds)
        if not len(starts):
            return Joins.empty()
        right = self._forwards
        width = np.full(len(bounds) - 1, cores.right)
        walks = right.worth_walking(stops, bounds, width, starts, np.zeros_like(width))
        if cores.left == cores.right == 2:
            walks = walks.take(self._associated(walks.partners, walks.positions, walks.bounds))
        most = max(int(BRANCHES * len(cores.slot_start)), FEW)
        ended, _ = right.walked(walks, WORK_FACTOR * self._length, most)
        mirrored = self._length - ended.partners
        width = np.full(len(ended), cores.left)
        walks = self._backwards.worth_walking(mirrored, ended.bounds, width, ended.positions, ended.depth)
        ended, _ = self._backwards.walked(walks, WORK_FACTOR * self._length, most)
        starts, stops = self._length - ended.positions, ended.partners
        first = ended.bounds[:-1]
        found = Joins(
            ended.depth,
            ended.origin,
            ended.df,
            np.full(len(ended), cores.open_left),
            np.full(len(ended), cores.open_right),
            self._left_counts(starts[first], ended.depth, varies=cores.open_left),
            self._right_counts(stops[first], ended.origin, varies=cores.open_right),
            ended.bounds,
            starts,
            stops,
        )
        return found.take(self._closed_on_the_right(found))

    def _left_counts(self, starts: Positions, words: NDArray[np.int64], *, varies: bool) -> NDArray[np.int64]:
        if varies:
            seconds = np.bincount(self._forwards.ids[self._openings + 1])
            return seconds[self._forwards.ids[starts - 1]].astype(np.int64)
        return self._rarest_pair(starts - words, words)

    def _right_counts(self, stops: Positions, words: NDArray[np.int64], *, varies: bool) -> NDArray[np.int64]:
        if not varies:
            return self._rarest_pair(stops, words)
        counts = self._opened[stops].astype(np.int64)
        longer = words > 3
        counts[longer] = np.minimum(counts[longer], self._rarest_pair(stops[longer] + 2, words[longer] - 2))
        return counts

    def _rarest_pair(self, places: Positions, words: NDArray[np.int64]) -> NDArray[np.int64]:
        if not len(places):
            return np.zeros(0, dtype=np.int64)
        rows, within = spread(words - 1)
        counts = self.pair_counts[places[rows] + within]
        return np.minimum.reduceat(counts, bounds_of(words - 1)[:-1]).astype(np.int64)

    def _associated(self, starts: Positions, stops: Positions, bounds: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which groups are larger than the frequencies of their borders alone would make them."""
        first = bounds[:-1]
        before = self.pair_counts[starts[first] - 2].astype(np.float64)
        behind = self.pair_counts[stops[first]]
        chance = before * behind * (self._options.short_slot + 1) / self._length
        return np.diff(bounds) > self._options.association * chance

    def _closed_on_the_right(self, joins: Joins) -> NDArray[np.bool_]:
        """Which joins have differing words behind them: the others are parts of longer ones."""
        if not len(joins):
            return np.zeros(0, dtype=bool)
        owners = joins.owners()
        behind = joins.slot_end + joins.right[owners]
        ends = self._forwards.sentence_ends[joins.slot_end]
        word = np.where(behind < ends, self._forwards.ids[np.minimum(behind, self._length - 1)], -1)
        varies = word < 0
        varies[1:] |= (word[1:] != word[:-1]) & (owners[1:] == owners[:-1])
        return np.asarray(np.logical_or.reduceat(varies, joins.bounds[:-1]))


def _once(
    starts: Positions, stops: Positions, bounds: NDArray[np.int64]
) -> tuple[Positions, Positions, NDArray[np.int64]]:
    """Within a group, one slot from each start, the shortest, and one to each end: a place counts once."""
    groups = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
    keep = differs(starts, groups) & differs(stops, groups)
    sizes = np.bincount(groups[keep], minlength=len(bounds) - 1)
    keep &= (sizes > 1)[groups]
    return starts[keep], stops[keep], bounds_of(sizes[sizes > 1])
