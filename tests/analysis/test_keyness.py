"""Keyness against numbers worked out by hand."""

from __future__ import annotations

from math import log, log2, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reuse.analysis.association import association, log_odds_ratio
from reuse.analysis.keyness import keyness
from reuse.analysis.reference import occurrences_in
from reuse.analysis.telling import telling_rows


def test_log_odds_by_hand():
    # 30 in 1,000 words against 10 in 2,000; prior a tenth: 100 words with 40/30 and 200 words with 80/30 of them.
    odds, z = log_odds_ratio(np.array([30]), 1000, np.array([10]), 2000, prior=0.1)
    a, b = 30 + 4 / 3, 10 + 8 / 3
    expected = log(a / (1100 - a)) - log(b / (2200 - b))
    assert odds[0] == pytest.approx(expected)
    assert z[0] == pytest.approx(expected / sqrt(1 / a + 1 / b))


def test_the_prior_does_not_swamp_a_small_group():
    _, z = log_odds_ratio(np.array([5, 5]), 500, np.array([1000, 0]), 10**6)
    assert z[0] > 4  # ten times as often as elsewhere
    assert z[1] > 4  # and nowhere else


def test_measures_by_hand():
    # Rayson's calculator: 30 of 1,000 against 10 of 2,000
    found = association(np.array([30]), 1000, np.array([10]), 2000)
    expected = 40 / 3000
    assert found.log_likelihood[0] == pytest.approx(
        2 * (30 * log(30 / (1000 * expected)) + 10 * log(10 / (2000 * expected)))
    )
    assert found.log_ratio[0] == pytest.approx(log2(6))
    assert found.percent_difference[0] == pytest.approx(500)
    assert (found.per_million[0], found.rest_per_million[0]) == (30_000, 5_000)


def test_measures_of_what_is_nowhere_else():
    found = association(np.array([4, 0]), 1000, np.array([0, 4]), 1000)
    assert found.log_ratio.tolist() == [3, -3]  # one half stands for none
    assert found.log_likelihood == pytest.approx([8 * log(2)] * 2)
    assert np.isnan(found.percent_difference[0])
    assert found.percent_difference[1] == -100
    assert association(np.array([0]), 0, np.array([0]), 0).z[0] == 0


counts = st.integers(0, 500)


@given(counts, counts, st.integers(1000, 10**6), st.integers(1000, 10**6))
def test_turning_the_groups_round_turns_the_sign(a, b, words_a, words_b):
    odds, z = log_odds_ratio(np.array([a]), words_a, np.array([b]), words_b)
    back, z_back = log_odds_ratio(np.array([b]), words_b, np.array([a]), words_a)
    assert odds[0] == pytest.approx(-back[0])
    assert z[0] == pytest.approx(-z_back[0])


def test_one_occurrence_of_something_rare_says_little():
    _, z = log_odds_ratio(np.array([1, 30]), 10_000, np.array([0, 5]), 10_000)
    assert z[0] < 1
    assert z[1] > 1.96


def test_groups_documents_and_rates(corpus_of):
    documents = [["a", "b", "x", "x"], ["a", "b", "a", "b"], ["y"] * 8, ["a", "b"]]
    tokens = corpus_of(documents)
    groups = np.array([0, 0, 1, -1])  # the last document belongs to no group
    positions, bounds = np.array([0, 4, 6, 16, 8, 9]), np.array([0, 4, 6])  # "a b" four times, "y" twice
    found = keyness(tokens, positions, bounds, groups)
    rows = {(int(g), int(f)): n for n, (g, f) in enumerate(zip(found.group, found.formula, strict=True))}
    assert rows.keys() == {(0, 0), (1, 1)}
    row = rows[0, 0]
    assert (found.df[row], found.tf[row], found.rest_df[row], found.rest_tf[row]) == (2, 3, 0, 0)
    assert (found.documents[row], found.rest_documents[row]) == (2, 1)
    measures = found.measures(np.array([row]))
    assert measures.per_million[0] == pytest.approx(1e6 * 3 / 8)
    assert measures.rest_per_million[0] == 0
    assert measures.z[0] == found.z[row]
    assert found.z[row] > 0


@given(st.lists(st.lists(st.sampled_from("ab"), max_size=12), min_size=1, max_size=4))
def test_occurrences_elsewhere_equal_a_plain_count(corpus_of, word_hash, documents):
    formulas = [list(text) for text in ("ab", "aab", "b", "abab", "aaaaaaaaaaaaab", "zz")]
    tokens = corpus_of(documents)
    words = np.array([word_hash(word) for formula in formulas for word in formula], dtype=np.uint64)
    lengths = np.array([len(formula) for formula in formulas])
    expected = [
        sum(document[at : at + len(formula)] == formula for document in documents for at in range(len(document)))
        for formula in formulas
    ]
    which, positions = occurrences_in(words, lengths, tokens)
    assert np.bincount(which, minlength=len(formulas)).tolist() == expected
    for formula, position in zip(which.tolist(), positions.tolist(), strict=True):
        names = [tokens.vocabulary.words[word] for word in tokens.ids[position : position + lengths[formula]].tolist()]
        assert names == formulas[formula]


def test_long_formulas_are_compared_to_their_end(corpus_of, word_hash):
    long = [f"w{i}" for i in range(20)]
    other = [*long[:19], "else"]
    tokens = corpus_of([[*long, *long], other, ["x", *long]])
    words = np.array([word_hash(word) for word in long], dtype=np.uint64)
    assert len(occurrences_in(words, np.array([20]), tokens)[0]) == 3


def test_what_better_formulas_said_already_is_passed_over(corpus_of):
    #           0   1   2   3   4    5   6   7   8    9  10
    tokens = corpus_of([["a", "b", "c", "d", "x"], ["a", "b", "c", "d"], ["c", "d"]])
    positions = np.array([0, 5, 1, 6, 2, 7, 9])  # "a b c" twice, "b c d" twice, "c d" three times
    formulas = (positions, np.array([0, 2, 4, 7]), np.array([3, 3, 2]))
    groups = np.array([0, 0, 1])
    ranked = np.array([0, 0, 0, 1]), np.array([0, 1, 2, 2])
    # "b c d" says one word in three anew; of "c d" one word in two, in group 1 both
    assert telling_rows(ranked, tokens, formulas, groups, 5).tolist() == [0, 2, 3]
    assert telling_rows(ranked, tokens, formulas, groups, 1).tolist() == [0, 3]
