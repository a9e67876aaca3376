"""The matrix of shares, and the order of its blocks."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reuse.analysis.matrix import block_order, matrix

NONE = np.zeros(0, dtype=np.int64)


def test_shares_matches_and_formulas():
    words = np.array([100, 50, 10])
    # two overlapping matches between 0 and 1, one of them written the other way round
    spans = np.array([[0, 10, 100, 110], [105, 120, 5, 20]])
    pairs = np.array([0, 1]), np.array([1, 0])
    formulas = np.array([0, 0, 0, 1, 1]), np.array([0, 1, 2, 1, 2])
    found = matrix(words, spans, pairs, formulas)
    rows = {(int(a), int(b)): n for n, (a, b) in enumerate(zip(found.a, found.b, strict=True))}
    assert rows.keys() == {(0, 1), (0, 2), (1, 2)}
    row = rows[0, 1]
    assert (found.matches[row], found.words_a[row], found.words_b[row]) == (2, 20, 20)
    assert (found.share_a[row], found.share_b[row]) == (0.2, 0.4)
    assert [int(found.formulas[rows[pair]]) for pair in ((0, 1), (0, 2), (1, 2))] == [1, 1, 2]
    assert found.matches[rows[1, 2]] == 0


def test_within_one_document_both_passages_count():
    inside = np.zeros(2, dtype=np.int64)
    found = matrix(np.array([100]), np.array([[0, 10, 50, 60], [5, 15, 80, 90]]), (inside, inside), (NONE, NONE))
    assert found.words_a.tolist() == found.words_b.tolist() == [35]


def test_blocks_stand_together():
    generator = np.random.default_rng(0)
    block = generator.permutation(np.repeat([0, 1, 2], 8))
    a, b = np.triu_indices(24, 1)
    near = np.where(block[a] == block[b], 0.6, 0.05) + 0.1 * generator.random(len(a))
    shares = (near * 1000).astype(int)
    spans = np.stack([a * 1000, a * 1000 + shares, b * 1000, b * 1000 + shares], axis=1)
    table = matrix(np.full(24, 1000), spans, (a, b), (NONE, NONE))
    order = block_order(table, 25)  # and one that shares nothing
    assert sorted(order.tolist()) == list(range(25))
    assert order[-1] == 24
    changes = np.count_nonzero(np.diff(block[order[:-1]]))
    assert changes == 2


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), max_size=20))
def test_formulas_in_common_equal_a_plain_count(presence):
    rows = sorted(set(presence))
    formulas = np.array([formula for formula, _ in rows], dtype=np.int64)
    owners = np.array([owner for _, owner in rows], dtype=np.int64)
    found = matrix(np.full(4, 10), np.zeros((0, 4), dtype=np.int64), (NONE, NONE), (formulas, owners))
    counted = {(int(a), int(b)): int(n) for a, b, n in zip(found.a, found.b, found.formulas, strict=True)}
    for a in range(4):
        for b in range(a + 1, 4):
            both = {f for f, o in rows if o == a} & {f for f, o in rows if o == b}
            assert counted.get((a, b), 0) == len(both)
