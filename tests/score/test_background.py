"""Counts of the background model against dictionaries, and what they make of a word."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from math import log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reuse.corpus.tokenise import tokenise
from reuse.corpus.tokens import Tokens
from reuse.score.background import PRIOR_WEIGHT, Background

TEXTS = st.lists(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=40).map(" ".join), min_size=1, max_size=4)


def documents_of(tokens: Tokens) -> list[list[int]]:
    """The words of each document."""
    return [tokens.ids[low:high].tolist() for low, high in pairwise(tokens.bounds.tolist())]


@given(TEXTS)
def test_pair_counts_equal_a_dictionary(texts):
    tokens = tokenise((text, None) for text in texts)
    documents = documents_of(tokens)
    pairs = Counter(pair for words in documents for pair in pairwise(words))
    expected = [count for words in documents for count in (-1, *(pairs[pair] for pair in pairwise(words)))]
    assert Background.of(tokens).pair_counts.tolist() == expected


@given(TEXTS, st.integers(0, 3), st.booleans())
def test_bits_equal_the_formula(texts, left_out, alone):
    tokens = tokenise((text, None) for text in texts)
    background = Background.of(tokens)
    ids = tokens.ids.tolist()
    counts = Counter(ids)
    pairs = Counter(pair for words in documents_of(tokens) for pair in pairwise(words))

    def bits(position: int) -> float:
        word = ids[position]
        general = (max(counts[word] - left_out, 0) + 0.5) / (len(ids) + len(counts) / 2)
        if alone or position in tokens.bounds:
            return -log2(min(general, 1))
        before = ids[position - 1]
        together = max(pairs[before, word] - left_out, 0) + PRIOR_WEIGHT * general
        return -log2(min(together / (max(counts[before] - left_out, 0) + PRIOR_WEIGHT), 1))

    found = background.word_bits(left_out)[tokens.ids] if alone else np.diff(background.cumulative_bits(left_out))
    np.testing.assert_allclose(found, [bits(position) for position in range(len(ids))], atol=1e-4)
    assert (found >= 0).all()


def test_probabilities_of_what_may_follow_sum_to_one():
    text = "a b a c a b b c a a b c a b"
    tokens = tokenise([(text, None)])
    background = Background.of(tokens)
    sums: dict[int, dict[int, float]] = {}
    bits = np.diff(background.cumulative_bits(0))
    for position, (before, word) in enumerate(pairwise(tokens.ids.tolist()), start=1):
        sums.setdefault(before, {})[word] = 2.0 ** -float(bits[position])
    assert len(sums[0]) == 3
    assert sum(sums[0].values()) == pytest.approx(1, abs=0.02)


def test_nothing_to_count():
    assert len(Background.of(tokenise([])).pair_counts) == 0
    assert Background.of(tokenise([("word", None)])).cumulative_bits(2).shape == (2,)
