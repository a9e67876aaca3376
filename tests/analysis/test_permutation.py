"""What marks a group beyond chance: exact where it can be counted out, and seldom wrong where nothing marks it."""

from __future__ import annotations

from itertools import combinations
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.simulations.deals import dealt
from reuse.analysis.permutation import Counts, benjamini_hochberg, chances, least_chances, q_values


def counts_of(table, words):
    """Documents × formulas -> Counts."""
    table = np.asarray(table)
    documents = [np.repeat(np.arange(len(table)), column) for column in table.T]
    bounds = np.cumsum([0, *map(len, documents)])
    kept = np.ones(len(table), dtype=bool)
    return Counts.of(np.concatenate(documents).astype(np.int64), bounds, np.asarray(words), kept)


def test_chances_are_those_of_all_deals():
    generator = np.random.default_rng(2)
    table = generator.poisson(0.7, (9, 12)) * generator.integers(1, 4, (9, 12))
    table = table[:, table.sum(axis=0) > 0]
    words = generator.integers(50, 900, 9)
    inside = np.zeros(9, dtype=bool)
    inside[:4] = True
    excess = table - table.sum(axis=0) * words[:, None] / words.sum()
    every = np.array([excess[list(deal)].sum(axis=0) for deal in combinations(range(9), 4)])
    exact = (every >= excess[:4].sum(axis=0) - 1e-9).mean(axis=0)
    found = chances(counts_of(table, words), inside)
    low = exact < 0.1
    assert 0 < low.sum() < len(low)
    assert found[low] == pytest.approx(exact[low], rel=0.15, abs=0.02)
    assert found[~low] == pytest.approx(exact[~low], abs=0.12)  # told after few deals: they are no finds


def test_chances_of_a_single_document_are_counted_out():
    generator = np.random.default_rng(3)
    table = generator.poisson(0.7, (9, 12)) * generator.integers(1, 4, (9, 12))
    table = table[:, table.sum(axis=0) > 0]
    words = generator.integers(50, 900, 9)
    excess = table - table.sum(axis=0) * words[:, None] / words.sum()
    for document in range(9):
        exact = (excess >= excess[document] - 1e-9).mean(axis=0)
        assert chances(counts_of(table, words), np.arange(9) == document) == pytest.approx(exact)


def test_a_group_of_long_documents_is_not_marked_by_its_length():
    words = np.array([5000] * 10 + [100] * 10)
    table = np.array([[50]] * 10 + [[1]] * 10)
    inside = np.arange(20) < 10
    assert chances(counts_of(table, words), inside)[0] == 1.0


def test_what_only_the_group_has_marks_it_and_one_loud_document_does_not():
    words = np.full(20, 1000)
    inside = np.arange(20) < 10
    table = np.zeros((20, 3), dtype=int)
    table[:9, 0] = 1
    table[0, 1], table[10:12, 1] = 500, 1
    table[10:19, 2] = 1
    q = q_values(counts_of(table, words), inside)
    assert q[0] < 0.001
    assert np.isnan(q[1])  # three documents can always fall into one of two halves
    assert q[2] == pytest.approx(1)


def test_a_single_document_cannot_be_told_from_chance():
    table = np.array([[9]] + [[0]] * 10 + [[1]] * 2)
    assert np.isnan(q_values(counts_of(table, np.full(13, 100)), np.arange(13) == 0)).all()


@pytest.mark.parametrize(("documents", "inside", "total"), [(3, 10, 20), (12, 5, 20), (5, 5, 8), (1, 1, 2)])
def test_the_least_chance_is_that_of_one_deal(documents, inside, total):
    few = min(documents, inside)
    assert least_chances(np.array([documents]), inside, total)[0] == pytest.approx(comb(inside, few) / comb(total, few))


@given(st.lists(st.floats(0.001, 1), min_size=1, max_size=12))
def test_benjamini_hochberg_by_its_definition(given_chances):
    found = benjamini_hochberg(np.array(given_chances))
    ranked = sorted(given_chances)
    for chance, level in zip(given_chances, found, strict=True):
        steps = [min(other * len(ranked) / (ranked.index(other) + ranked.count(other)), 1) for other in ranked]
        assert level == pytest.approx(min(step for other, step in zip(ranked, steps, strict=True) if other >= chance))


@pytest.mark.parametrize("groups", [2, pytest.param(4, marks=pytest.mark.slow)])
def test_random_deals_mark_next_to_nothing(groups):
    said = dealt(groups, deals=4)
    assert said.by_q <= 0.05
    assert said.groups <= 0.25  # of so few deals
    assert said.by_z > 0.05  # which is why z is no test


def test_what_is_planted_is_found():
    said = dealt(8, deals=2, planted=20)
    assert said.found > 0.8
    assert said.false_share < 0.15  # 5 % on the average over many deals
