"""Groups around heads."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from reuse.clusters import heads
from reuse.clusters.heads import Texts, head_of_each
from reuse.options import ClusterOptions


def plain_heads(spans: list[tuple[int, int, int]], rank: list[int]) -> list[int]:
    """Every text, the first in rank first, is compared with all heads so far and joins the first that is the same."""
    head = list(range(len(spans)))
    heads: list[int] = []
    for text in sorted(head, key=lambda row: rank[row]):
        for other in heads:
            if plain_same(spans[text], spans[other]):
                head[text] = other
                break
        else:
            heads.append(text)
    return head


def plain_same(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    """Spans are (line, start, length)."""
    if one[0] != other[0]:
        return False
    shared = len(set(range(one[1], sum(one[1:]))) & set(range(other[1], sum(other[1:]))))
    longer, shorter = max(one[2], other[2]), min(one[2], other[2])
    return shared > 0.7 * longer or (shared >= 0.9 * shorter and shared > 0.5 * longer)


# So few that each is a neighbour of each.
SPANS = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 6), st.integers(4, 12)), min_size=1, max_size=4)


@given(SPANS.flatmap(lambda spans: st.tuples(st.just(spans), st.permutations(range(len(spans))))))
@settings(max_examples=300)
def test_heads_equal_those_of_comparing_all(drawn):
    spans, rank = drawn
    line, start, length = np.array(spans, dtype=np.int64).T
    # Both lines are lines of all texts here; on the one that a text is not on it stands nowhere near another.
    far = 1000 + 100 * np.arange(len(spans))
    starts = np.stack([np.where(line == number, start, far) for number in (0, 1)])
    lengths = np.tile(length, (2, 1))
    texts = Texts(starts, starts + lengths, lengths, np.array([0, 1]))
    assert head_of_each(texts, np.array(rank), ClusterOptions()).tolist() == plain_heads(spans, list(rank))


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(4, 20)), max_size=80))
def test_every_text_shares_most_with_its_head(spans):
    start, length = np.array(spans, dtype=np.int64).reshape(-1, 2).T
    texts = Texts(start[None], (start + length)[None], length[None], np.array([0]))
    head = head_of_each(texts, np.random.default_rng(len(spans)).permutation(len(spans)), ClusterOptions())
    assert head[head].tolist() == head.tolist()
    for row, its in enumerate(head.tolist()):
        assert row == its or plain_same((0, *spans[row]), (0, *spans[its]))


def test_a_long_chain_of_texts_needs_few_rounds(monkeypatch):
    """Each text shares three quarters with the next: thousands of heads, none of which waits for all before it."""
    count = 4000
    start = np.arange(count) * 10
    texts = Texts(start[None], (start + 40)[None], np.full((1, count), 40), np.array([0]))
    rounds = []
    find = heads._first_neighbours
    monkeypatch.setattr(heads, "_first_neighbours", lambda *words: rounds.append(1) or find(*words))
    head = head_of_each(texts, np.random.default_rng(1).permutation(count), ClusterOptions())
    assert len(rounds) < 30
    assert count / 3 <= len(np.unique(head)) <= count / 3 * 2
    assert (np.abs(head - np.arange(count)) <= 1).all()
