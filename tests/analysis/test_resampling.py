"""Bootstrap intervals cover; rarefaction equals the mean of samples."""

from __future__ import annotations

import numpy as np
import pytest

from reuse.analysis.resampling import bootstrap_shares, expected_types


def marked_runs(generator, words, share, run=30):
    """Words marked in runs of about 30, so that a share of them is marked in the long run."""
    state = generator.random(words // run + 1) < share
    return np.repeat(state, run)[:words]


def test_intervals_cover():
    generator = np.random.default_rng(4)
    documents, words, share = 200, 4000, 0.3
    marked = np.concatenate([marked_runs(generator, words, share) for _ in range(documents)])
    bounds = np.arange(documents + 1) * words
    low, high = bootstrap_shares(marked, bounds, np.arange(documents))
    covered = np.mean((low <= share) & (share <= high))
    assert 0.90 <= covered <= 0.99
    assert (low <= high).all()


def test_one_block_has_no_interval_and_what_is_left_out_counts_nowhere():
    marked = np.ones(1150, dtype=bool)
    marked[50:650] = False
    low, high = bootstrap_shares(marked, np.array([0, 50, 650, 1150]), np.array([0, -1, 1]))
    assert np.isnan(low[0])
    assert (low[1], high[1]) == (1.0, 1.0)


def test_same_call_same_interval():
    marked = np.arange(5000) % 7 < 2
    first = bootstrap_shares(marked, np.array([0, 5000]), np.array([0]))
    assert np.array_equal(first, bootstrap_shares(marked, np.array([0, 5000]), np.array([0])))


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
