"""Stretches of a few words again and again are shared as wholes, whichever diagonal an alignment took."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reuse
from reuse.align.matches import ALIGNED, Matches
from reuse.align.paths import Paths
from reuse.align.periodic import from_beginnings
from reuse.corpus.tokens import Tokens, Vocabulary


def match_of(a: tuple[int, int], b: tuple[int, int]) -> Matches:
    size = np.array([a[1] - a[0]])
    edges = (np.array([edge]) for edge in (*a, *b))
    scores = (np.ones(1, dtype=np.float32), np.full(1, 40, dtype=np.float32), np.zeros(1))
    paths = Paths.straight(np.array([a[0]]), np.array([b[0]]), size)
    return Matches(*edges, size.astype(np.int32), *scores, np.full(1, ALIGNED, dtype=np.uint8), paths)


def tokens_of(ids: list[int], *bounds: int) -> Tokens:
    numbers = np.array(ids, dtype=np.int32)
    hashes = np.arange(max(ids) + 1, dtype=np.uint64)
    return Tokens(
        numbers,
        np.zeros(len(ids), dtype=np.int32),
        np.ones(len(ids), dtype=np.int32),
        np.zeros(len(ids), dtype=bool),
        np.array([0, *bounds, len(ids)]),
        Vocabulary(hashes, np.ones(len(hashes), dtype=np.int64), np.zeros(len(hashes), dtype=np.int64)),
    )


def longest_shared(left: list[int], right: list[int]) -> int:
    """The longest run of words that begins with one of two stretches and stands in the other."""
    runs = ((one[:size], other) for one, other in ((left, right), (right, left)) for size in range(len(one) + 1))
    return max(len(run) for run, other in runs if any(other[at : at + len(run)] == run for at in range(len(other))))


@given(st.integers(1, 4), st.integers(2, 14), st.integers(2, 14), st.data())
def test_both_stretches_are_taken_from_where_they_begin(period, left, right, data):
    cycle = [*range(period)]
    first, second = (max(length, 2 * period) for length in (left, right))
    turn = data.draw(st.integers(0, period - 1))
    one = (cycle * first)[:first]
    other = (cycle * second)[turn : turn + second]
    tokens = tokens_of([8, *one, 9, *other, 7], first + 2)
    size = data.draw(st.integers(2 * period, min(first, second)))
    a = 1 + data.draw(st.integers(0, first - size))
    b = first + 2 + data.draw(st.integers(0, second - size))
    found = from_beginnings(match_of((a, a + size), (b, b + size)), tokens)
    a_start, a_end, b_start, b_end = (
        int(column[0]) for column in (found.a_start, found.a_end, found.b_start, found.b_end)
    )
    assert (
        a_end - a_start == b_end - b_start == found.matched[0] == found.paths.pairs()[0] == longest_shared(one, other)
    )
    assert tokens.ids[a_start:a_end].tolist() == tokens.ids[b_start:b_end].tolist()
    assert a_start == 1 or b_start == first + 2


@pytest.mark.parametrize(
    ("a", "b"),
    [
        pytest.param((0, 3), (5, 8), id="several words"),
        pytest.param((1, 3), (2, 4), id="within one stretch"),
    ],
)
def test_other_matches_stay_as_they_are(a, b):
    found = from_beginnings(match_of(a, b), tokens_of([1, 0, 0, 0, 2, 1, 0, 0, 0, 3], 5))
    assert (found.a_start[0], found.a_end[0], found.b_start[0], found.b_end[0]) == (*a, *b)


def test_the_order_of_two_documents_does_not_matter():
    one, other = [8, *[0, 1] * 3], [9, *[1, 0] * 3]
    found = from_beginnings(match_of((1, 5), (9, 13)), tokens_of(one + other, len(one)))
    turned = from_beginnings(match_of((2, 6), (8, 12)), tokens_of(other + one, len(other)))
    assert (
        (found.a_start[0], found.b_start[0] - len(one)) == (turned.b_start[0] - len(other), turned.a_start[0]) == (1, 2)
    )


@pytest.mark.parametrize(("cycle", "times"), [("0", 3_000), ("so be", 100)])
def test_no_word_of_a_stretch_that_all_have_is_fresh(tmp_path, cycle, times):
    source = random.Random(1)
    words = ["".join(source.choices("abdegiklmnoprstuvz", k=6)) for _ in range(900)]
    texts = {name: " ".join(source.sample(words, 60)) + f" {cycle}" * times for name in "abcde"}
    run = reuse.scan(texts=texts, out=tmp_path / "zeros.reuse")
    rows = list(run.table("documents").to_dicts())
    assert all(round(row["fresh"] * (row["tokens"] - row["furniture_tokens"])) <= 60 for row in rows)
    run.close()
