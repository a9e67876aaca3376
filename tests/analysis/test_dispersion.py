"""Measures of dispersion against their definitions."""

from __future__ import annotations

from statistics import mean, pstdev

import numpy as np
import pytest

from reuse.analysis.dispersion import dispersion_table, juilland, normalised
from tests.analysis.test_permutation import counts_of


def test_juilland_by_its_definition():
    table, words = np.array([[3, 1], [0, 1], [4, 2]]), np.array([100, 50, 200])
    found = juilland(counts_of(table, words))
    for formula in (0, 1):
        rates = [times / size for times, size in zip(table[:, formula], words, strict=True)]
        assert found[formula] == pytest.approx(1 - pstdev(rates) / mean(rates) / 2**0.5)


def test_even_and_all_in_one():
    words = np.array([100, 300, 200])
    found = juilland(counts_of([[1, 5], [3, 0], [2, 0]], words))
    assert found == pytest.approx([1, 0])
    assert np.isnan(juilland(counts_of([[4]], [70]))).all()


def test_dp_reaches_one_where_all_is_in_the_shortest_document():
    words = np.array([100, 300, 0, 600])
    assert normalised(np.array([0.0, 0.45, 0.9]), words) == pytest.approx([0, 0.5, 1])
    assert normalised(np.array([0.0]), np.array([100])) == 0


def test_dispersion_of_the_seeds(seeds_run):
    table = dispersion_table(seeds_run)
    assert table["dp"] == pytest.approx(seeds_run.formulas["dispersion"])
    for df, share, dp, norm, evenness in zip(
        *(table[name] for name in ("df", "range", "dp", "dp_norm", "juilland_d")), strict=True
    ):
        assert share == df / 5
        assert dp <= norm <= 1
        assert 0 <= evenness <= 1
    by_evenness = np.argsort(table["juilland_d"])
    assert np.mean(np.array(table["dp"])[by_evenness[:50]]) > np.mean(np.array(table["dp"])[by_evenness[-50:]])
