"""Intervals cover; rarefaction equals the mean of samples."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.simulations.coverage import HARSH, WORLDS, coverage
from reuse.analysis.resampling import expected_types, share_intervals


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("documents", [2, 10])
def test_intervals_cover_what_the_documents_were_made_with(world, documents):
    covers, width = coverage(world, documents, groups=60)
    assert covers >= 0.9
    assert width < (0.9 if documents == 2 else 0.5)


@pytest.mark.parametrize("world", HARSH)
def test_intervals_of_small_groups_cover_where_documents_are_all_or_nothing_and_one_outweighs_the_rest(world):
    assert coverage(world, 3, groups=60)[0] >= 0.9


def test_a_single_document_has_no_interval_and_what_is_left_out_counts_nowhere():
    marked = np.ones(1150, dtype=bool)
    marked[50:650] = False
    bounds, owners = np.array([0, 50, 650, 1150]), np.array([0, -1, 1])
    assert np.isnan(share_intervals(marked, bounds, owners)).all()
    low, high = share_intervals(marked, bounds, np.array([0, -1, 0]))
    assert low[0] < high[0] == 1.0
    assert np.isnan(share_intervals(marked, np.array([0, 1150, 1150]), np.array([0, 0]))).all()  # one has no word


def test_documents_of_one_block_are_drawn_as_a_binomial_distribution_says():
    """Of four documents and the two added two are marked: of six draws 0 to 4, at two and a half per cent each side."""
    marked = np.zeros(400, dtype=bool)
    for first in (0, 300):
        marked[:] = False
        marked[first : first + 100] = True
        low, high = share_intervals(marked, np.arange(0, 401, 100), np.zeros(4, dtype=np.int64))
        assert (low[0], high[0]) == pytest.approx((0, 4 / 6))


def test_the_interval_of_a_group_does_not_depend_on_the_others():
    generator = np.random.default_rng(3)
    marked = generator.random(9000) < 0.3
    bounds, owners = np.arange(0, 9001, 1500), np.array([0, 0, 0, 1, 1, 1])
    both = np.stack(share_intervals(marked, bounds, owners))
    alone = np.stack(share_intervals(marked[4500:], bounds[3:] - 4500, owners[3:] - 1))
    assert np.array_equal(both[:, 1], alone[:, 0])
    assert np.array_equal(both, share_intervals(marked, bounds, owners))


def test_rarefaction_equals_the_mean_of_random_stretches():
    generator = np.random.default_rng(1)
    counts = np.array([1, 1, 2, 5, 30])
    words, size = 2000, 500
    owners_of_words = np.concatenate([np.repeat(np.arange(5), counts), np.full(words - counts.sum(), 9)])
    seen = [len(set(generator.choice(owners_of_words, size, replace=False).tolist()) - {9}) for _ in range(2000)]
    expected = expected_types(counts, np.zeros(5, dtype=np.int64), np.array([words]), size)
    assert expected[0] == pytest.approx(np.mean(seen), abs=0.06)


def test_a_short_owner_has_no_rarefied_number():
    expected = expected_types(np.array([3]), np.array([1]), np.array([1000, 400]), 500)
    assert expected[0] == 0
    assert np.isnan(expected[1])
