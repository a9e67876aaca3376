"""Where each shingle of a corpus stands: places in order of their hashes, so that a new text need not read the rest.

Only places are stored, four bytes a token: the hash of a place is worked out from the words that stand there when it is
asked for. A directory of the hashes' first digits narrows the search to some sixteen places.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.keys import by_first_digits, places_in, ranges_apart, with_places
from reuse.arrays.ragged import bounds_of, ranges, slices_of, spread
from reuse.corpus.tokens import Tokens
from reuse.index.same_words import SameWords, Side
from reuse.index.seeds import Anchors
from reuse.index.shingles import complete, shingle_hashes
from reuse.work.workers import ALONE, Workers

CAP = 256
"""Places of a shingle up to which all are anchors; of a more frequent one, those that agree over more tokens: where
one text is asked about, more than a scan of all can afford."""

FIRST = 32
"""Places that are anchors of a shingle that is more frequent at any length."""

_SLICE = 1 << 18  # shingles hashed at a time, so that temporaries stay in the cache
_PLACES = 1 << 18  # places of the corpus looked at at a time, to bound memory
_CROWD = 4  # log2 of the places in a part of the directory
_EIGHTH = 3  # log2: of so many places one may be later

Hashes = Callable[[NDArray[np.int64]], NDArray[np.uint64]]


@dataclass(frozen=True, slots=True)
class ShinglePlaces:
    """The places of all shingles of one size.

    Attributes:
        places: uint32 or int64 (shingles,): token positions in ascending order of their shingles' hashes, as far as
            the digits of a hash go that a place leaves of 64; then of their own.
        parts: int64 (2^k + 1,): where among them those begin whose hash begins with the same k digits.
        size: Tokens in a shingle.
        width: Binary digits that a place takes of a hash.
    """

    places: NDArray[np.integer]
    parts: NDArray[np.int64]
    size: int
    width: int

    @classmethod
    def of(cls, tokens: Tokens, size: int, workers: Workers = ALONE) -> ShinglePlaces:
        """Sort the shingles of a corpus: one sort of n keys."""
        width = max(len(tokens).bit_length(), 1)
        narrow = np.dtype("u4" if len(tokens) < 1 << 32 else "i8")
        whole = complete(tokens, size, workers=workers)
        digits = max(width - _CROWD, 1)
        slices = workers.map(partial(_keys, tokens, size, whole, width), range(0, len(tokens), _SLICE))
        found = workers.by_range(slices, partial(_sorted_places, width, digits, narrow), low_width=ranges_apart(width))
        bounds = bounds_of(np.array([len(part) for part, _ in found], dtype=np.int64))
        places = workers.column(int(bounds[-1]), narrow)
        for (part, _), begin, end in zip(found, bounds[:-1], bounds[1:], strict=True):
            places[begin:end] = part
        counts = np.zeros((1 << digits) + 1, dtype=np.int64)
        for _, (first, sizes) in found:
            counts[first + 1 : first + 1 + len(sizes)] += sizes
        return cls(places, np.cumsum(counts), size, width)

    @classmethod
    def none(cls, like: ShinglePlaces) -> ShinglePlaces:
        """No places, with a directory for an eighth of those of others."""
        digits = max((len(like.parts) - 1).bit_length() - 1 - _EIGHTH, 1)
        return cls(like.places[:0], np.zeros((1 << digits) + 1, dtype=np.int64), like.size, like.width)

    def with_further(self, places: NDArray[np.integer], hashes: NDArray[np.uint64], hash_at: Hashes) -> ShinglePlaces:
        """These and further places, all of which stand behind those that are there.

        Args:
            places: Where further shingles begin, in order of their hashes.
            hashes: uint64: these.
            hash_at: The hashes of the shingles at places of the corpus.
        """
        _, behind = self.find(hashes, hash_at)
        digits = (len(self.parts) - 1).bit_length() - 1
        more = np.bincount((hashes >> np.uint64(64 - digits)).astype(np.int64), minlength=len(self.parts) - 1)
        narrow = np.dtype("u4" if int(places.max(initial=0)) < 1 << 32 else "i8")
        old = self.places.astype(np.promote_types(self.places.dtype, narrow), copy=False)
        return ShinglePlaces(np.insert(old, behind, places), self.parts + bounds_of(more), self.size, self.width)

    def find(self, wanted: NDArray[np.uint64], hash_at: Hashes) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Rows of `places` from and to which (int64, half-open) each hash stands; hashes that collide stand there too.

        Args:
            wanted: uint64: hashes of shingles.
            hash_at: The hashes of the shingles at places of the corpus.
        """
        digits = (len(self.parts) - 1).bit_length() - 1
        part = (wanted >> np.uint64(64 - digits)).astype(np.int64)
        low, high = self.parts[part], self.parts[part + 1]
        key = wanted >> np.uint64(self.width)
        begin = self._bisected(low, high, lambda at, rows: at < key[rows], hash_at)
        end = begin.copy()
        there = np.flatnonzero(begin < high)  # hardly any of what is new stands there at all
        at = hash_at(self.places[begin[there]].astype(np.int64)) >> np.uint64(self.width)
        there = there[at == key[there]]
        end[there] = self._bisected(begin[there] + 1, high[there], lambda at, rows: at <= key[there[rows]], hash_at)
        return begin, end

    def _bisected(
        self,
        low: NDArray[np.int64],
        high: NDArray[np.int64],
        before: Callable[[NDArray[np.uint64], NDArray[np.int64]], NDArray[np.bool_]],
        hash_at: Hashes,
    ) -> NDArray[np.int64]:
        """The first row, from low to high, whose hash does not stand before what is looked for (int64, one each)."""
        low, high = low.copy(), high.copy()
        while len(open_rows := np.flatnonzero(low < high)):
            middle = (low[open_rows] + high[open_rows]) // 2
            at = hash_at(self.places[middle].astype(np.int64)) >> np.uint64(self.width)
            earlier = before(at, open_rows)
            low[open_rows[earlier]] = middle[earlier] + 1
            high[open_rows[~earlier]] = middle[~earlier]
        return low


@dataclass(frozen=True, slots=True)
class GrownPlaces:
    """The places of all shingles of a corpus that grows: those that were there, and those of what has come since.

    So an addition leaves the many as they are. When the others are an eighth of them, they are put among them.

    Attributes:
        first: Of what was there.
        later: Of what has come behind it.
    """

    first: ShinglePlaces
    later: ShinglePlaces

    @classmethod
    def of(cls, first: ShinglePlaces) -> GrownPlaces:
        """Those of a corpus that has not grown."""
        return cls(first, ShinglePlaces.none(first))

    @property
    def size(self) -> int:
        """Tokens in a shingle."""
        return self.first.size

    def with_further(self, places: NDArray[np.int64], hash_at: Hashes) -> GrownPlaces:
        """These and further places (int64), all of which stand behind those that are there.

        Args:
            places: Where further shingles begin.
            hash_at: The hashes of the shingles at places of the corpus, the further ones among them.
        """
        hashes = hash_at(places)
        order = np.lexsort((places, hashes))
        later = self.later.with_further(places[order], hashes[order], hash_at)
        if len(later.places) << _EIGHTH <= len(self.first.places):
            return replace(self, later=later)
        hashes = hash_at(later.places.astype(np.int64))
        return GrownPlaces.of(self.first.with_further(later.places, hashes, hash_at))

    def find(self, wanted: NDArray[np.uint64], hash_at: Hashes) -> Found:
        """Where shingles of these hashes (uint64) stand."""
        segments = (self.first, self.later)
        begin, end = zip(*(one.find(wanted, hash_at) for one in segments), strict=True)
        return Found(tuple(one.places for one in segments), np.stack(begin, axis=1), np.stack(end, axis=1))


@dataclass(frozen=True, slots=True)
class Found:
    """Where shingles of some hashes stand; such as collide stand there too.

    Attributes:
        places: Places in several segments.
        begin, end: int64 (hashes, segments): rows from and to which (half-open) each hash stands there.
    """

    places: tuple[NDArray[np.integer], ...]
    begin: NDArray[np.int64]
    end: NDArray[np.int64]

    def sizes(self) -> NDArray[np.int64]:
        """How many places each hash has (int64)."""
        return np.asarray((self.end - self.begin).sum(axis=1), dtype=np.int64)

    def take(self, hashes: NDArray[np.int64]) -> Found:
        """That of some of the hashes (int64, rows)."""
        return Found(self.places, self.begin[hashes], self.end[hashes])

    def of(self, hashes: slice) -> NDArray[np.int64]:
        """The places (int64) of some of the hashes, one hash after the other, those of each ascending."""
        sizes = (self.end - self.begin)[hashes]
        segment = np.repeat(np.tile(np.arange(len(self.places)), len(sizes)), sizes.ravel())
        rows = ranges(self.begin[hashes].ravel(), sizes.ravel())
        found = np.empty(len(rows), dtype=np.int64)
        for number, places in enumerate(self.places):
            found[segment == number] = places[rows[segment == number]]
        return found


@dataclass(frozen=True, slots=True)
class LookedUp:
    """Shingles that were looked up in a corpus.

    Attributes:
        hashes: uint64 (shingles,): theirs, ascending, each once.
        found: Where they stand.
    """

    hashes: NDArray[np.uint64]
    found: Found

    @classmethod
    def of(cls, places: GrownPlaces, asked: Tokens, corpus: Tokens) -> LookedUp:
        """Those of a text; as for `anchors_with`."""
        here = np.flatnonzero(complete(asked, places.size))
        return cls.up(places, np.unique(shingle_hashes(asked, places.size, here)), corpus)

    @classmethod
    def up(cls, places: GrownPlaces, hashes: NDArray[np.uint64], corpus: Tokens) -> LookedUp:
        """Those of these hashes (uint64, ascending, each once)."""
        return cls(hashes, places.find(hashes, partial(shingle_hashes, corpus, places.size)))

    def rows(self, hashes: NDArray[np.uint64]) -> NDArray[np.int64]:
        """The rows (int64) of shingles, all of which are among them."""
        return np.searchsorted(self.hashes, hashes)


def anchors_with(
    places: GrownPlaces,
    asked: Tokens,
    corpus: Tokens,
    longest: int,
    *,
    cap: int = CAP,
    most: int = FIRST,
    looked_up: LookedUp | None = None,
) -> list[Anchors]:
    """Shared shingles of a text and a corpus.

    As in the exact join of a corpus, shingles that are frequent are lengthened until they are rare.

    Args:
        places: Of the corpus.
        asked: The text; a word has the same hash there and in the corpus.
        corpus: The corpus.
        longest: Tokens up to which shingles are lengthened.
        cap: Places of a shingle up to which all are anchors; a more frequent one is lengthened.
        most: Places that are anchors of a shingle that is more frequent at any length.
        looked_up: The shingles of the text, and perhaps others; None: they are looked up.

    Returns:
        Anchors whose `a` are positions in the text, and whose `b` are those in the corpus and the length of the text
        more, as if the text stood before the corpus.
    """
    here = np.flatnonzero(complete(asked, places.size))
    if not len(here):
        return []
    first_place, alike = _of_one_stretch(asked, here, longest)
    asking = np.flatnonzero(first_place == here)
    hashes, number = np.unique(shingle_hashes(asked, places.size, here[asking]), return_inverse=True)
    order = np.argsort(number, kind="stable")
    own, bounds = here[asking][order], bounds_of(np.bincount(number, minlength=len(hashes)))
    known = looked_up or LookedUp.up(places, hashes, corpus)
    found = known.found.take(known.rows(hashes))
    sizes = found.sizes()
    words = np.unique(asked.vocabulary.hashes)
    sides = Side.of(asked, words), Side.of(corpus, words)
    anchors: list[Anchors] = []
    for part in slices_of(sizes, _PLACES):
        group, there = spread(sizes[part])[0], found.of(part)
        mine = slice(int(bounds[part.start]), int(bounds[part.stop]))
        same = SameWords(*sides, own[mine], there, number[order][mine] - part.start, group)
        anchors += map(alike.everywhere, same.anchors(places.size, longest, cap, most))
    return anchors


@dataclass(frozen=True, slots=True)
class _Alike:
    """Places of a text by the first place that has the same stretch.

    Attributes:
        place: int64 (places,): all places, those of one stretch together and ascending.
        bounds: int64 (tokens + 1,): where among them those begin whose stretch stands first at each token.
    """

    place: NDArray[np.int64]
    bounds: NDArray[np.int64]

    def everywhere(self, anchors: Anchors) -> Anchors:
        """Anchors of first places as those of all places that have the same stretch."""
        first, count = self.bounds[anchors.a], np.diff(self.bounds)[anchors.a]
        row, _ = spread(count)
        return Anchors.single(self.place[ranges(first, count)], anchors.b[row], anchors.size)


def _of_one_stretch(asked: Tokens, here: NDArray[np.int64], longest: int) -> tuple[NDArray[np.int64], _Alike]:
    """The first place of a text that has the same so many tokens as each place (int64), and all places by that one.

    What a text says over and over is looked up once. Places with fewer tokens behind them stand for themselves.
    """
    keys = shingle_hashes(asked, longest, here)
    short = ~complete(asked, longest, here)
    _, first, number = np.unique(np.where(short, here.astype(np.uint64), keys), return_index=True, return_inverse=True)
    first_place = np.where(short, here, here[first[number]])
    order = np.argsort(first_place, kind="stable")
    sizes = np.bincount(first_place, minlength=len(asked))
    return first_place, _Alike(here[order], bounds_of(sizes))


def _keys(tokens: Tokens, size: int, whole: NDArray[np.bool_], width: int, start: int) -> NDArray[np.uint64]:
    """Hash and place of the shingles that begin in the slice at `start`; in order of their first digits."""
    here = start + np.flatnonzero(whole[start : start + _SLICE])
    return by_first_digits(with_places(shingle_hashes(tokens, size, here), here, width))


def _sorted_places(
    width: int, digits: int, narrow: np.dtype[np.integer], keys: NDArray[np.uint64]
) -> tuple[NDArray[np.integer], tuple[int, NDArray[np.int64]]]:
    """The places of ascending keys; and how many begin with the same digits, from which first digits on."""
    if not len(keys):
        return np.zeros(0, dtype=narrow), (0, np.zeros(0, dtype=np.int64))
    begin = (keys >> np.uint64(64 - digits)).astype(np.int64)
    return places_in(keys, width).astype(narrow), (int(begin[0]), np.bincount(begin - begin[0]))
