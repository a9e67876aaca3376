"""Where texts stand first, run by run, against the same told pair of tokens by pair of tokens."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reuse.align.paths import Paths
from reuse.arrays.breaks import Breaks
from reuse.arrays.keys import differs
from reuse.arrays.ragged import spread
from reuse.clusters.first_places import _SLACK, Carried, _Apart, _InLine

TOKENS = 120


@st.composite
def paths(draw: st.DrawFn) -> Paths:
    """Matches of some runs each."""
    matches = []
    for _ in range(draw(st.integers(1, 4))):
        a, b, runs = draw(st.integers(0, 20)), draw(st.integers(60, 80)), []
        for _ in range(draw(st.integers(1, 4))):
            size = draw(st.integers(1, 6))
            runs.append((a, b, size))
            a += size + draw(st.integers(0, 12))
            b += size + draw(st.integers(0, 3))
        matches.append([run for run in runs if run[1] + run[2] <= TOKENS])
    columns = np.array([run for runs in matches for run in runs], dtype=np.int64).reshape(-1, 3).T
    return Paths(np.cumsum([0, *map(len, matches)]), *columns)


@st.composite
def places(draw: st.DrawFn) -> np.ndarray:
    """Where each token stands first: stretches that go on in line, some of them off it by a few tokens or by many."""
    found: list[int] = []
    while len(found) < TOKENS:
        start = draw(st.one_of(st.integers(0, TOKENS), st.just(found[-1] + 2 if found else 0)))
        found += range(start, start + draw(st.integers(1, 40)))
    return np.array(found[:TOKENS], dtype=np.int64)


def pairs(paths: Paths) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Match, token and token of every pair."""
    run, place = spread(paths.size)
    return paths.owners()[run], paths.a[run] + place, paths.b[run] + place


@given(paths(), places())
def test_pairs_that_are_apart_are_those_of_which_the_two_tokens_are_not_the_same(aligned, known):
    _, a, b = pairs(aligned)
    met = known[a] != known[b]
    apart = _Apart(aligned, known, Breaks.of(known))
    found = np.concatenate([apart(slice(0, 1)), apart(slice(1, len(aligned)))], axis=1)
    assert found.tolist() == [known[a][met].tolist(), known[b][met].tolist()]


@given(paths(), places())
def test_parts_in_line_end_where_a_token_stands_off_the_line(aligned, first):
    match, a, b = pairs(aligned)
    there = first[a]
    opens = differs(match)
    opens[1:] |= np.abs(np.diff(there) - np.diff(a)) > _SLACK
    begins = np.flatnonzero(opens)
    size = np.diff(begins, append=len(a))
    last = begins + size - 1
    in_line = _InLine(aligned, first, Breaks.of(first, _SLACK))
    found = Carried.concatenate(in_line(slice(0, 1)), in_line(slice(1, len(aligned))))
    for column, told in (
        (found.match, match[begins]),
        (found.a_start, a[begins]),
        (found.a_end, a[last] + 1),
        (found.b_start, b[begins]),
        (found.b_end, b[last] + 1),
        (found.first, there[begins]),
        (found.behind, there[last] + 1),
        (found.aligned, size),
    ):
        assert column.tolist() == told.tolist()
