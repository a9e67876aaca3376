"""The corpus of bills, and what is made of the order of their pairs."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.corpora.bills import Bill, bills
from benchmarks.evidence.bills import area, scored


def test_bills_that_take_up_one_model_share_words_that_others_do_not_have() -> None:
    made = bills(12, models=3)
    assert made == bills(12, models=3)
    runs = [{tuple(words[at : at + 6]) for at in range(len(words) - 6)} for words in (one.text.split() for one in made)]
    taken = [number for number, one in enumerate(made) if one.models]
    assert taken
    for number in taken:
        others = [other for other in taken if other != number and made[other].models & made[number].models]
        assert any(runs[number] & runs[other] for other in others)


def test_orders_are_held_against_what_pairs_share() -> None:
    made = [Bill("a", "", frozenset({1})), Bill("b", "", frozenset({1})), Bill("c", "", frozenset())]
    rows = [("a", "b", 5, 30.0, 30.0), ("a", "c", 9, 40.0, 8.0), ("b", "c", 2, 20.0, 4.0), ("a", "a", 99, 99.0, 99.0)]
    columns = ("a", "b", "matched_tokens", "bits", "bits_rare")
    figures = {figure.name: figure for figure in scored(made, [dict(zip(columns, row, strict=True)) for row in rows])}
    assert figures["pairs that share substance: found"].note == "1 of 1"
    assert figures["bits: area under the curve"].value == 0.5
    assert figures["bits: of as many first pairs, such that share substance"].note == "0 of 1"
    assert figures["bits_rare: area under the curve"].value == 1
    assert figures["bits_rare: of as many first pairs, such that share substance"].note == "1 of 1"


@pytest.mark.parametrize(("scores", "expected"), [([3, 2, 1], 1), ([1, 2, 3], 0), ([1, 1, 1], 0.5), ([2, 3, 2], 0.25)])
def test_the_area_is_how_often_what_is_right_stands_higher(scores: list[float], expected: float) -> None:
    assert area(np.array(scores, dtype=np.float64), np.array([True, False, False])) == expected
