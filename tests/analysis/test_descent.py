"""What is a text's own among those that are half alike to it."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from reuse.analysis.descent import AT_ONCE, KEPT, kept_of_own, made_from
from tests.synthetic import tokens_of

MOST = 34


def fillings(number: int, share: float, seed: int, words: int = 100) -> list[str]:
    """A form of so many words that is filled in so often, each time with words of its own."""
    source = random.Random(seed)
    slots = set(source.sample(range(words), round(share * words)))
    return [
        " ".join(f"own{at}x{place}" if place in slots else f"form{place}" for place in range(words))
        for at in range(number)
    ]


def retellings(number: int, share: float, seed: int, words: int = 100) -> list[str]:
    """A story each of whose versions changes some words of the one before."""
    source = random.Random(seed)
    text = [f"word{place}" for place in range(words)]
    told = []
    for version in range(number):
        told.append(" ".join(text))
        for place in source.sample(range(words), round(share * words)):
            text[place] = f"new{version}x{place}"
    return told


def kept(texts: list[str], pairs: list[tuple[int, int]]) -> NDArray[np.float64]:
    """Of each pair how much of what is the one's own the other has, all of the texts being half alike."""
    a, b = np.array([*pairs, *pairwise(range(len(texts)))], dtype=np.int64).T  # whom no pair names has no say
    return kept_of_own(tokens_of(texts), a, b, np.zeros(len(texts), dtype=np.int64))[: len(pairs)]


@settings(max_examples=5)
@given(st.integers(0, 999), st.sampled_from([0.08, 0.12, 0.25]))
def test_fillings_of_a_form_are_no_versions_however_many_there_are(seed: int, share: float) -> None:
    texts = fillings(MOST, share, seed)
    for number in range(3, MOST + 1):
        assert kept(texts[:number], [(0, 1), (0, 2), (1, 2)]).max() < KEPT


@settings(max_examples=5)
@given(st.integers(0, 999), st.sampled_from([0.02, 0.06, 0.08]))
def test_a_version_stays_one_however_many_follow_it(seed: int, share: float) -> None:
    texts = retellings(MOST, share, seed)
    for number in range(3, MOST + 1):
        assert kept(texts[:number], [(0, 1), (1, 2)]).min() >= KEPT


def test_near_copies_are_versions_however_many_there_are() -> None:
    texts = fillings(200, 0.01, 7)
    for number in (2, 3, 20, 21, 200):
        assert kept(texts[:number], [(0, 1)]) >= KEPT


@pytest.mark.parametrize("make", [fillings, retellings])
@pytest.mark.parametrize("share", [0.02, 0.06, 0.12])
def test_one_related_text_more_moves_what_is_kept_a_little_and_ever_less(
    make: Callable[[int, float, int], list[str]], share: float
) -> None:
    texts = make(MOST, share, 1)
    found = [kept(texts[:number], [(0, 1), (0, 2), (1, 2)]) for number in range(3, MOST + 1)]
    for number, (before, after) in enumerate(pairwise(found), start=3):
        assert np.abs(after - before).max() <= 0.7 / number


def test_one_text_has_all_that_is_the_others_own_and_order_changes_nothing() -> None:
    texts = [*retellings(5, 0.1, 3), *fillings(4, 0.1, 4)]
    pairs = list(combinations(range(9), 2))
    found = kept([*texts, f"{texts[0]} and more of it"], [*pairs, (0, 9)])
    assert found[-1] == 1
    turned = kept([f"{texts[0]} and more of it", *texts[::-1]], [*((9 - b, 9 - a) for a, b in pairs), (0, 9)])
    assert np.allclose(turned, found)


def test_words_are_looked_up_piece_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    texts, pairs = retellings(8, 0.1, 5), list(combinations(range(8), 2))
    whole = kept(texts, pairs)
    assert len(texts) * 100 < AT_ONCE
    monkeypatch.setattr("reuse.analysis.descent.AT_ONCE", 7)
    assert np.array_equal(kept(texts, pairs), whole)


def test_texts_of_other_groups_have_no_say_and_texts_without_words_are_kept() -> None:
    tokens = tokens_of([*retellings(3, 0.1, 6), *fillings(30, 0.5, 6), "", ""])
    group = np.array([0] * 3 + [1] * 30 + [2, 2])
    a, b = np.array([0, 1]), np.array([1, 2])
    alone = kept_of_own(tokens, a, b, group)
    assert np.array_equal(alone, kept(retellings(3, 0.1, 6), [(0, 1), (1, 2)]))
    assert made_from(tokens, np.array([33]), np.array([34]), group).all()
