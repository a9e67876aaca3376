"""Paths of matches against plain sets of pairs of tokens."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reuse.align.distinct import clipped
from reuse.align.paths import Paths, shared_pairs
from reuse.align.rectangles import Rectangles

STEP = st.tuples(st.integers(1, 3), st.integers(1, 3))
PATH = st.tuples(st.integers(0, 8), st.integers(0, 8), st.lists(STEP, max_size=6))


def pairs_of(path: tuple[int, int, list[tuple[int, int]]]) -> list[tuple[int, int]]:
    """The pairs of a path that begins somewhere and goes on by steps."""
    a, b, steps = path
    found = [(a, b)]
    for right, up in steps:
        found.append((found[-1][0] + right, found[-1][1] + up))
    return found


def paths_of(matches: list[list[tuple[int, int]]]) -> Paths:
    rows = [(number, a, b) for number, pairs in enumerate(matches) for a, b in pairs]
    match, a, b = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    return Paths.of_pairs(match, a, b, len(matches))


def pairs_in(paths: Paths) -> list[list[tuple[int, int]]]:
    found: list[list[tuple[int, int]]] = [[] for _ in range(len(paths))]
    for match, a, b, size in zip(paths.owners(), paths.a, paths.b, paths.size, strict=True):
        found[match] += [(int(a) + step, int(b) + step) for step in range(size)]
    return found


@given(st.lists(PATH.map(pairs_of), max_size=5))
def test_paths_hold_their_pairs(matches):
    paths = paths_of(matches)
    assert pairs_in(paths) == matches
    assert paths.pairs().tolist() == list(map(len, matches))


@given(st.lists(PATH.map(pairs_of), max_size=4), st.lists(PATH.map(pairs_of), max_size=4))
def test_shared_pairs_are_those_of_both(one, other):
    found = list(zip(*(column.tolist() for column in shared_pairs(paths_of(one), paths_of(other))), strict=True))
    expected = [
        (row, column, len(set(left) & set(right)))
        for row, left in enumerate(one)
        for column, right in enumerate(other)
        if set(left) & set(right)
    ]
    assert found == expected


@given(st.lists(PATH.map(pairs_of), max_size=5))
def test_crowded_are_the_runs_that_share_a_pair(matches):
    paths = paths_of(matches)
    every = [pair for pairs in matches for pair in pairs]
    runs = list(zip(paths.owners().tolist(), paths.a.tolist(), paths.b.tolist(), paths.size.tolist(), strict=True))
    expected = [
        (match, a, b, size)
        for match, a, b, size in runs
        if any(every.count((a + step, b + step)) > 1 for step in range(size))
    ]
    crowded = paths.crowded()
    assert len(crowded) == len(matches)
    assert list(zip(crowded.owners(), crowded.a, crowded.b, crowded.size, strict=True)) == expected


@given(st.lists(PATH.map(pairs_of), min_size=1, max_size=3), st.tuples(*[st.integers(0, 12)] * 4))
def test_what_of_a_path_lies_in_a_region(matches, edges):
    a_start, a_size, b_start, b_size = edges
    region = Rectangles(*(np.array([edge]) for edge in (a_start, a_start + a_size, b_start, b_start + b_size)))
    rows = np.arange(len(matches))
    inside = pairs_in(clipped(paths_of(matches), region, rows, np.zeros(len(matches), dtype=np.int64)))
    assert inside == [
        [(a, b) for a, b in pairs if a_start <= a < a_start + a_size and b_start <= b < b_start + b_size]
        for pairs in matches
    ]
