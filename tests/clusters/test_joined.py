"""Groups that turn out to be one text."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reuse.clusters.carried import CarriedWords
from reuse.clusters.first_places import texts_carried
from reuse.clusters.heads import Texts, is_same
from reuse.clusters.joined import joined_groups
from reuse.options import ClusterOptions
from tests.clusters.test_clusters import APART, matches_of

OPTIONS = ClusterOptions()
ROWS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(100, 160), st.integers(4, 30)).map(
        lambda row: (row[0], row[0] + row[2], row[1], row[1] + row[2])
    ),
    min_size=1,
    max_size=12,
)


def joined(rows: list[tuple[int, int, int, int]], seed: int) -> tuple[CarriedWords, np.ndarray, np.ndarray]:
    """The words of the texts of matches, their ranks, and the heads they have where each was a group of its own."""
    matches, none = matches_of(rows), np.zeros(0, dtype=np.int64)
    texts, first = texts_carried(matches, APART, none)
    carried = CarriedWords(texts, matches.paths, first, none, none)
    starts, ends = np.stack([texts.a_start, texts.b_start]), np.stack([texts.a_end, texts.b_end])
    places = Texts(starts, ends, ends - starts, np.array([0, 0]))
    rank = np.random.default_rng(seed).permutation(len(texts))
    return carried, rank, joined_groups(carried, places, np.arange(len(texts)), rank, OPTIONS)


@given(ROWS, st.integers(0, 99))
def test_a_text_joins_a_head_before_it_that_is_the_same_by_its_words(rows, seed):
    carried, rank, head = joined(rows, seed)
    assert head[head].tolist() == head.tolist()
    assert (rank[head] <= rank).all()
    moved = np.flatnonzero(head != np.arange(len(head)))
    assert is_same(*carried.words(moved, head[moved]), OPTIONS).all()


@given(st.integers(2, 9), st.integers(0, 99))
def test_texts_in_the_same_places_are_one(times, seed):
    _, _, head = joined([(0, 20, 100, 120)] * times + [(40, 60, 140, 160)] * times, seed)
    assert [len(set(some.tolist())) for some in (head[:times], head[times:], head)] == [1, 1, 2]
