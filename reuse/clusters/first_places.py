"""The texts that matches carry, and where each stands first in the corpus, however many documents say it in between.

Tokens that matches align with one another, directly or through others, are one and the same token of a text; the first
of them in the corpus stands for all. So two matches of one text are seen to be that even if they have no document in
common; and a match of a song that comes back to its refrain is seen to say one text again and again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from reuse.align.matches import Matches
from reuse.align.paths import Paths
from reuse.arrays.breaks import Breaks
from reuse.arrays.components import Components
from reuse.arrays.keys import (
    by_first_digits,
    differs,
    pair_keys,
    pair_numbers,
    ranges_apart,
    shared_places,
    with_places,
)
from reuse.arrays.ragged import owners_of, ranges, slices_of
from reuse.arrays.records import FlatColumns
from reuse.arrays.spans import Union
from reuse.corpus.tokens import Tokens
from reuse.index.shingles import complete, shingle_hashes
from reuse.work.workers import ALONE, Workers

STRETCH = 8
"""Equal tokens that are the same text wherever they stand in passages."""

_SLACK = 8  # tokens by which a text may be longer or shorter where it stands first
_APART = 1 << 20  # tokens between two documents, so that what stands in line stands in one of them
_SLICE = 1 << 18  # pairs of tokens looked at at a time, so that temporaries stay in the cache
_AGAIN = 2  # times that a match says the same from which on each time is a text
_PART = 0.75  # of the longest of the parts that say the same; what is shorter is none of them


@dataclass(frozen=True, slots=True)
class Carried(FlatColumns):
    """Texts that matches carry: one each, or as many as the times that it says the same.

    Attributes:
        match: int64 (texts,), ascending: row of the match.
        a_start, a_end, b_start, b_end: int64 (texts,): the two passages, in token positions.
        first, behind: int64 (texts,): where most of the text stands first: from which token on, and up to which.
        aligned: int64 (texts,): pairs of tokens that the match aligns in it.
    """

    match: NDArray[np.int64]
    a_start: NDArray[np.int64]
    a_end: NDArray[np.int64]
    b_start: NDArray[np.int64]
    b_end: NDArray[np.int64]
    first: NDArray[np.int64]
    behind: NDArray[np.int64]
    aligned: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class FirstPlaces:
    """Where each token of some passages stands first.

    Attributes:
        inside: Tokens of these passages, and some behind them.
        places: int64 (tokens inside,): where each of these stands first.
        breaks: Where these places do not follow one another.
    """

    inside: Union
    places: NDArray[np.int64]
    breaks: Breaks

    def stretches(
        self, start: NDArray[np.int64], size: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Where runs of tokens (int64 both), each of one passage and of one token at least, stand first.

        Returns:
            int64, one a stretch that stands in one there, in order: the row of the run, the place and the size.
        """
        number = self.inside.numbers(start)
        run, further, size = self.breaks.cut(number, size)
        return run, self.places[number[run] + further], size


def texts_carried(
    matches: Matches, tokens: Tokens, whole: NDArray[np.int64], workers: Workers = ALONE
) -> tuple[Carried, FirstPlaces]:
    """The texts that some matches carry, and where each token of theirs and of whole documents stands first.

    Cost: linear in the tokens of the passages, whatever stands between them, but for a sort of these.

    Args:
        matches: Each with a path of one pair of tokens at least.
        tokens: The corpus.
        whole: int64: documents that are a passage from beginning to end.
        workers: Do the work.
    """
    parts, first = _parts_in_line(matches, tokens, whole, workers)
    again = _says_again(parts, len(matches))
    order = np.lexsort((parts.first, -parts.aligned, parts.match))
    longest = order[differs(parts.match[order])]
    as_one = Carried(
        np.arange(len(matches)),
        matches.a_start,
        matches.a_end,
        matches.b_start,
        matches.b_end,
        parts.first[longest],
        parts.behind[longest],
        matches.paths.pairs(),
    )
    most = parts.aligned[longest][parts.match]
    times = parts.take(np.flatnonzero(again[parts.match] & (parts.aligned >= _PART * most)))
    texts = Carried.concatenate(as_one.take(np.flatnonzero(~again)), times)
    return texts.take(np.argsort(texts.match, kind="stable")), first


def _parts_in_line(
    matches: Matches, tokens: Tokens, whole: NDArray[np.int64], workers: Workers
) -> tuple[Carried, FirstPlaces]:
    """The parts of matches that stand in line where they stand first, those of a match in order; and those places."""
    slices = list(slices_of(matches.paths.pairs(), _SLICE))
    starts = np.concatenate((matches.a_start, matches.b_start))
    ends = np.concatenate((matches.a_end, matches.b_end))
    # What the words alone show to be the same need not be looked at once more.
    again = _said_again(Union.of(starts, ends), tokens, workers)
    # The last of a stretch may stand behind its passage.
    ends = np.minimum(ends + STRETCH - 1, len(tokens))
    inside = Union.of(*map(np.concatenate, ((starts, tokens.bounds[whole]), (ends, tokens.bounds[whole + 1]))))
    known, further = (Components(workers.column(len(inside), np.int64)) for _ in range(2))
    for part in again:
        one, other = inside.numbers(part.here), inside.numbers(part.there)
        for some in slices_of(part.size, _SLICE):
            known.join(ranges(one[some], part.size[some]), ranges(other[some], part.size[some]))
    same = known.labels()
    # From here on tokens are told by their numbers, which are in line within a passage as the tokens are.
    paths = matches.paths
    numbered = Paths(paths.bounds, inside.numbers(paths.a), inside.numbers(paths.b), paths.size)
    for edges in workers.map(_Apart(numbered, same, Breaks.of(same, workers=workers)), slices):
        further.join(edges[0], edges[1])
    joined = further.labels()
    first, apart = (workers.column(len(inside), np.int64) for _ in range(2))
    for start in range(0, len(inside), _SLICE):
        here = slice(start, start + _SLICE)
        first[here] = inside.at(joined[same[here]])
        # What stands in two documents stands in no line, whichever these are.
        apart[here] = first[here] + _APART * tokens.document_of(first[here])
    in_line = _InLine(numbered, first, apart, Breaks.of(apart, _SLACK, workers))
    parts = Carried.concatenate(*workers.map(in_line, slices))
    return replace(
        parts,
        a_start=inside.at(parts.a_start),
        a_end=inside.at(parts.a_end - 1) + 1,
        b_start=inside.at(parts.b_start),
        b_end=inside.at(parts.b_end - 1) + 1,
    ), FirstPlaces(inside, first, Breaks.of(first, workers=workers))


@dataclass(frozen=True, slots=True)
class _Apart:
    """Tells the tokens that some paths align although they are not known to be the same.

    Attributes:
        paths: The paths.
        known: int64 (tokens,): the token that each is known to be the same as.
        breaks: Where these do not follow one another.
    """

    paths: Paths
    known: NDArray[np.int64]
    breaks: Breaks

    def __call__(self, rows: slice) -> NDArray[np.int64]:
        """What each two such tokens of some rows are known to be the same as (int64 (2, pairs))."""
        a, b, size = _runs(self.paths, rows)
        # Where both sides go on in line, all pairs of a run are as its first one.
        looked_at = (self.known[a] != self.known[b]) | (self.breaks.within(a, size) > 0)
        looked_at |= self.breaks.within(b, size) > 0
        a, b, size = a[looked_at], b[looked_at], size[looked_at]
        ends = self.known[np.stack((ranges(a, size), ranges(b, size)))]
        return ends[:, ends[0] != ends[1]]


@dataclass(frozen=True, slots=True)
class _InLine:
    """Finds the parts of some paths that stand in line where they stand first.

    Attributes:
        paths: The paths.
        first: int64 (tokens,): where each token stands first.
        apart: int64 (tokens,): the same with a gap between any two documents.
        breaks: Where these do not stand in line.
    """

    paths: Paths
    first: NDArray[np.int64]
    apart: NDArray[np.int64]
    breaks: Breaks

    def __call__(self, rows: slice) -> Carried:
        """The parts of some rows."""
        a, b, size = _runs(self.paths, rows)
        if not len(a):
            return Carried.empty()
        begins = self.paths.bounds[rows] - self.paths.bounds[rows.start]
        opens = np.zeros(len(a), dtype=bool)
        opens[begins] = True
        last = a + size - 1
        opens[1:] |= np.abs((self.apart[a[1:]] - self.apart[last[:-1]]) - (a[1:] - last[:-1])) > _SLACK
        run, place, size = self.breaks.cut(a, size)
        opening = np.flatnonzero((place > 0) | opens[run])
        a, b = a[run] + place, b[run] + place
        closing = np.append(opening[1:], len(run)) - 1
        a_end, b_end = (a + size)[closing], (b + size)[closing]
        return Carried(
            rows.start + owners_of(begins, run[opening]),
            a[opening],
            a_end,
            b[opening],
            b_end,
            self.first[a[opening]],
            self.first[a_end - 1] + 1,
            np.add.reduceat(size, opening),
        )


def _runs(paths: Paths, rows: slice) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """The runs of some paths: where they begin on either side, and their sizes."""
    runs = slice(int(paths.bounds[rows.start]), int(paths.bounds[rows.stop]))
    return paths.a[runs], paths.b[runs], paths.size[runs]


@dataclass(frozen=True, slots=True)
class _Again(FlatColumns):
    """Text of passages that stands elsewhere in passages too.

    Attributes:
        here, there: int64 (stretches,): where it begins, and where else.
        size: int64 (stretches,): tokens that are equal.
    """

    here: NDArray[np.int64]
    there: NDArray[np.int64]
    size: NDArray[np.int64]


def _said_again(passages: Union, tokens: Tokens, workers: Workers) -> list[_Again]:
    """What stands in equal stretches of STRETCH tokens of any two passages, in several parts.

    Where very many say the same, not each is matched with each.

    Args:
        passages: Where stretches begin.
        tokens: The corpus.
        workers: Do the work.
    """
    width = len(tokens).bit_length()
    slices = workers.map(partial(_stretch_keys, tokens, passages), range(0, len(passages), _SLICE))
    pairs = workers.by_range(slices, partial(_with_the_first, tokens, width), low_width=ranges_apart(width))
    return workers.by_range(pairs, _in_a_row, low_width=0)


def _stretch_keys(tokens: Tokens, passages: Union, start: int) -> NDArray[np.uint64]:
    """Hash and place of the stretches that begin among the next _SLICE tokens of passages, by their first digits."""
    places = passages.at(np.arange(start, min(start + _SLICE, len(passages))))
    places = places[complete(tokens, STRETCH, places)]
    return by_first_digits(with_places(shingle_hashes(tokens, STRETCH, places), places, len(tokens).bit_length()))


def _with_the_first(tokens: Tokens, width: int, keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Pairs of places with the same stretch, the first of which is below; ascending, as their keys are."""
    places, is_first = shared_places(keys, width)
    group = np.cumsum(is_first) - 1
    said = shingle_hashes(tokens, STRETCH, places)
    if (said != said[is_first][group]).any():  # what is not the same collides in the digits that a place leaves
        order = np.lexsort((places, said, group))
        places, is_first = places[order], differs(group[order], said[order])
        group = np.cumsum(is_first) - 1
    before = places[is_first][group]
    pairs = pair_keys(places[~is_first], before[~is_first])
    pairs.sort()
    return pairs


def _in_a_row(pairs: NDArray[np.uint64]) -> _Again:
    """Ascending pairs of places, those that follow one another on both sides as one."""
    here, there = pair_numbers(pairs)
    goes_on = (np.diff(here, prepend=-1) == 1) & (np.diff(there, prepend=-1) == 1)
    begins = np.flatnonzero(~goes_on)
    return _Again(here[begins], there[begins], np.diff(begins, append=len(here)) + STRETCH - 1)


def _says_again(parts: Carried, matches: int) -> NDArray[np.bool_]:
    """Which matches (bool, one each) say most of what they say several times: there their parts stand first."""
    order = np.lexsort((parts.first, parts.match))
    match, first, behind = parts.match[order], parts.first[order], np.maximum(parts.behind, parts.first + 1)[order]
    # Lifting each match above the one before lets one running maximum serve all.
    lift = match * (int(behind.max(initial=0)) + 1)
    reach = np.maximum.accumulate(behind + lift)
    new = (behind + lift) - np.maximum(first + lift, np.concatenate(([0], reach[:-1])))
    distinct = np.bincount(match, weights=np.maximum(new, 0), minlength=matches)
    said = np.bincount(match, weights=behind - first, minlength=matches)
    again: NDArray[np.bool_] = said >= _AGAIN * distinct
    return again
