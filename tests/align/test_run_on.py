"""Laws of matches that run on over equal words."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from reuse.align.matches import ALIGNED, Matches
from reuse.align.paths import Paths
from reuse.align.run_on import run_on

WORDS = st.lists(st.integers(0, 2), min_size=2, max_size=12)


def match_of(a: tuple[int, int], b: tuple[int, int]) -> Matches:
    columns = [np.array([place]) for place in (*a, *b)]
    one = np.ones(1)
    return Matches(
        *columns,
        matched=one.astype(np.int32),
        similarity=np.full(1, 2 / (a[1] - a[0] + b[1] - b[0]), dtype=np.float32),
        bits=(40 * one).astype(np.float32),
        evalue=one,
        found_by=np.full(1, ALIGNED, dtype=np.uint8),
        paths=Paths.straight(columns[0], columns[2], one.astype(np.int64)),
    )


@given(WORDS, WORDS, st.data())
@settings(max_examples=200)
def test_a_match_ends_where_the_words_differ_or_a_document_does(left, right, data):
    ids, bounds = np.array(left + right, dtype=np.int32), np.array([0, len(left), len(left) + len(right)])
    a, b = data.draw(st.integers(0, len(left) - 1)), len(left) + data.draw(st.integers(0, len(right) - 1))
    before = match_of((a, a + 1), (b, b + 1))
    after = run_on(before, ids, bounds)
    start_a, end_a, start_b, end_b = (
        int(column[0]) for column in (after.a_start, after.a_end, after.b_start, after.b_end)
    )
    assert a - start_a == b - start_b >= 0
    assert end_a - (a + 1) == end_b - (b + 1) >= 0
    assert ids[start_a:a].tolist() == ids[start_b:b].tolist()
    assert ids[a + 1 : end_a].tolist() == ids[b + 1 : end_b].tolist()
    assert start_a == 0 or start_b == len(left) or ids[start_a - 1] != ids[start_b - 1]
    assert end_a == len(left) or end_b == len(ids) or ids[end_a] != ids[end_b]
    assert after.matched[0] == end_a - start_a
    assert after.similarity[0] == 1
    assert after.bits[0] == before.bits[0]


def test_passages_of_one_document_do_not_run_into_each_other():
    ids = np.zeros(9, dtype=np.int32)
    after = run_on(match_of((1, 2), (5, 6)), ids, np.array([0, 9]))
    assert after.a_end[0] <= after.b_start[0]
    assert after.matched[0] == 4
