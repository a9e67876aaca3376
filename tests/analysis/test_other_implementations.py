"""Measures beside those of SciPy on the same counts; docs/toolbox.md lists them all."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from reuse.analysis.association import association
from reuse.analysis.permutation import Counts, benjamini_hochberg, chances
from reuse.formulas.pframes import find_pframes


def test_g2_of_key_words_equals_the_power_divergence_of_scipy():
    tf, rest = np.array([30, 7, 1, 900]), np.array([10, 90, 1, 20])
    found = association(tf, 12_000, rest, 50_000).log_likelihood
    for a, b, g in zip(tf.tolist(), rest.tolist(), found.tolist(), strict=True):
        expected = [(a + b) * 12_000 / 62_000, (a + b) * 50_000 / 62_000]
        assert g == pytest.approx(stats.power_divergence([a, b], expected, lambda_="log-likelihood").statistic)


def test_chances_equal_the_exact_permutation_test_of_scipy():
    generator = np.random.default_rng(5)
    words = generator.integers(100, 900, 8)
    table = generator.poisson(0.8, (8, 6))
    table[0] += 1
    inside = np.arange(8) < 3
    documents = np.concatenate([np.repeat(np.arange(8), column) for column in table.T]).astype(np.int64)
    bounds = np.cumsum([0, *table.sum(axis=0)])
    found = chances(Counts.of(documents, bounds, words, np.ones(8, dtype=bool)), inside)
    for row, times in enumerate(table.T):
        excess = times - times.sum() * words / words.sum()
        exact = stats.permutation_test(
            (excess[inside], excess[~inside]),
            lambda x, _, axis: x.sum(axis=axis),
            vectorized=True,
            n_resamples=np.inf,
            alternative="greater",
        ).pvalue
        assert found[row] == pytest.approx(exact, abs=0.02 if exact < 0.1 else 0.12)


def test_q_equals_the_false_discovery_control_of_scipy():
    values = np.random.default_rng(3).random(40) ** 3
    assert benjamini_hochberg(values) == pytest.approx(stats.false_discovery_control(values))


def test_the_entropy_of_a_slot_equals_that_of_scipy(corpus_of):
    fillers = ["old", "old", "old", "new", "new", "red"]
    frames = find_pframes(corpus_of([["in", "the", filler, "town", "hall"] for filler in fillers]), (5, 5), 2, 2)
    assert len(frames) == 1
    assert frames.entropy[0] == pytest.approx(stats.entropy([3, 2, 1], base=2))
