"""The texts that matches carry, and where each stands first in the corpus, however many documents say it in between.

Tokens that matches align with one another, directly or through others, are one and the same token of a text; the first
of them in the corpus stands for all. So two matches of one text are seen to be that even if they have no document in
common; and a match of a song that comes back to its refrain is seen to say one text again and again.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from reuse.align.matches import Matches
from reuse.align.paths import Paths
from reuse.arrays.components import connected_components
from reuse.arrays.keys import differs, shared_places, with_places
from reuse.arrays.ragged import ranges, row_of_each, slices_of, spread
from reuse.arrays.records import FlatColumns
from reuse.arrays.spans import Union
from reuse.corpus.tokens import Tokens
from reuse.index.shingles import complete, shingle_hashes
from reuse.work.workers import ALONE, Workers

_STRETCH = 8  # equal tokens that are the same text wherever they stand in passages
_SLACK = 8  # tokens by which a text may be longer or shorter where it stands first
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
    """Where each token of a corpus stands first.

    Attributes:
        inside: Tokens of passages, and some behind them.
        places: int64 (tokens inside,): where each of these stands first; all others stand nowhere else.
    """

    inside: Union
    places: NDArray[np.int64]

    def of(self, positions: NDArray[np.int64]) -> NDArray[np.int64]:
        """Where the tokens at some positions stand first (int64)."""
        number = self.inside.numbers(positions)
        known = number >= 0
        first = positions.copy()
        first[known] = self.places[number[known]]
        return first


def texts_carried(matches: Matches, tokens: Tokens, workers: Workers = ALONE) -> tuple[Carried, FirstPlaces]:
    """The texts that some matches carry, and where each token of the corpus stands first.

    Cost: linear in the tokens of the passages, whatever stands between them, but for a sort of these.

    Args:
        matches: Each with a path of one pair of tokens at least.
        tokens: The corpus.
        workers: Do the work.
    """
    parts, first = _parts_in_line(matches, tokens, workers)
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


def _parts_in_line(matches: Matches, tokens: Tokens, workers: Workers) -> tuple[Carried, FirstPlaces]:
    """The parts of matches that stand in line where they stand first, those of a match in order; and those places."""
    slices = list(slices_of(matches.paths.pairs(), _SLICE))
    starts = np.concatenate((matches.a_start, matches.b_start))
    ends = np.concatenate((matches.a_end, matches.b_end))
    # What the words alone show to be the same need not be looked at once more.
    here, there = _said_again(Union.of(starts, ends).positions(), tokens)
    # The last of a stretch may stand behind its passage.
    inside = Union.of(starts, np.minimum(ends + _STRETCH - 1, len(tokens)))
    same = connected_components(len(inside), inside.numbers(here), inside.numbers(there))
    of_runs = inside.numbers(matches.paths.a), inside.numbers(matches.paths.b)
    apart = workers.map(partial(_apart, matches.paths, of_runs, same), slices)
    edges = np.concatenate([np.zeros((2, 0), dtype=np.int64), *apart], axis=1)
    joined = connected_components(len(inside), edges[0], edges[1])[same] if edges.size else same
    first = FirstPlaces(inside, inside.positions()[joined])
    parts = workers.map(partial(_in_line, matches.paths, of_runs[0], first.places), slices)
    return Carried.concatenate(*parts), first


def _pairs(paths: Paths, rows: slice) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """The pairs of tokens of some paths: row of the path, of the run, and place in the run."""
    runs = slice(int(paths.bounds[rows.start]), int(paths.bounds[rows.stop]))
    run, place = spread(paths.size[runs])
    owner = rows.start + row_of_each(paths.bounds[rows.start : rows.stop + 1] - runs.start)
    return owner[run], runs.start + run, place


def _apart(
    paths: Paths, of_runs: tuple[NDArray[np.int64], NDArray[np.int64]], same: NDArray[np.int64], rows: slice
) -> NDArray[np.int64]:
    """Pairs (int64 (2, pairs)) that some paths align although they are not the same yet.

    Args:
        paths: The paths.
        of_runs: int64 (runs,) both: numbers of the tokens with which the sides of runs begin.
        same: int64: for each of these numbers that of the token that it is known to be the same as.
        rows: Which paths.
    """
    _, run, place = _pairs(paths, rows)
    ends = np.stack([same[side[run] + place] for side in of_runs])
    return ends[:, ends[0] != ends[1]]


def _in_line(paths: Paths, numbers: NDArray[np.int64], places: NDArray[np.int64], rows: slice) -> Carried:
    """Parts of some paths that stand in line where they stand first.

    Args:
        paths: The paths.
        numbers: int64 (runs,): numbers of the tokens with which their sides a begin.
        places: int64: where the token of each number stands first.
        rows: Which paths.
    """
    match, run, place = _pairs(paths, rows)
    a, b, there = paths.a[run] + place, paths.b[run] + place, places[numbers[run] + place]
    opens = differs(match)
    opens[1:] |= np.abs(np.diff(there) - np.diff(a)) > _SLACK
    begins = np.flatnonzero(opens)
    size = np.diff(begins, append=len(a))
    last = begins + size - 1
    return Carried(match[begins], a[begins], a[last] + 1, b[begins], b[last] + 1, there[begins], there[last] + 1, size)


def _said_again(inside: NDArray[np.int64], tokens: Tokens) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of tokens (int64 both) that stand in equal stretches of _STRETCH tokens of any two passages.

    Where very many say the same, not each is matched with each.

    Args:
        inside: int64, ascending: tokens that stand in passages.
        tokens: The corpus.
    """
    places = inside[complete(tokens, _STRETCH, inside)]
    place_width = len(tokens).bit_length()
    keys = with_places(shingle_hashes(tokens, _STRETCH, places), places, place_width)
    keys.sort()
    places, is_first = shared_places(keys, place_width)
    before = places[is_first][np.cumsum(is_first) - 1] if len(places) else places
    here, there = places[~is_first], before[~is_first]
    # Of stretches that follow one another it is enough to take the first tokens, and all of the last.
    order = np.argsort(here)
    here, there = here[order], there[order]
    goes_on = (np.diff(here, append=-1) == 1) & (np.diff(there, append=-1) == 1)
    sizes = np.where(goes_on, 1, _STRETCH)
    return ranges(here, sizes), ranges(there, sizes)


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
