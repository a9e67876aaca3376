"""What several alignments of one passage say together."""

from __future__ import annotations

from math import log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reuse.options import ScoreOptions
from reuse.score.significance import Floor, K, linked_bits


def linked(passages: list[tuple[float, list[float]]]) -> list[float]:
    """Bits of passages, each given as (pairs of positions, bits of its alignments)."""
    bits = np.array([bits for _, alignments in passages for bits in alignments])
    owner = np.repeat(np.arange(len(passages)), [len(alignments) for _, alignments in passages])
    return linked_bits(bits, owner, np.array([pairs for pairs, _ in passages])).tolist()


def test_further_alignments_pay_for_their_place_in_the_passage():
    """Of 40, 30 and 5 bits among 10,000 pairs of positions: the last is no more than chance brings there."""
    place = log2(K * 10_000)
    assert 5 < place < 30
    assert linked([(10_000.0, [30.0, 40.0, 5.0])]) == pytest.approx([40 + 30 - place])


def test_one_alignment_says_what_it_says_and_none_says_nothing():
    assert linked([(10_000.0, [40.0]), (50.0, []), (4.0, [7.0])]) == pytest.approx([40.0, 0.0, 7.0])


@given(st.lists(st.floats(0, 300), min_size=1, max_size=6), st.floats(1, 1e9))
def test_together_they_say_at_least_what_the_best_does_and_at_most_their_sum(bits, pairs):
    (total,) = linked([(pairs, bits)])
    assert max(bits) - 1e-6 <= total <= sum(bits) + 1e-6


def test_the_floor_is_so_many_bits_beyond_what_chance_brings_once():
    floor = Floor.of(ScoreOptions(margin=8.0, alone=20.0), 1e9)
    assert floor.evalues(np.array([floor.chance, floor.kept])) == pytest.approx([1.0, 2**-8])
    assert floor.chance == pytest.approx(log2(K * 1e9))
    assert floor.alone == floor.chance + 20
    assert Floor.of(ScoreOptions(margin=8.0, alone=2.0), 1e9).alone == floor.kept


def test_in_a_search_of_nothing_everything_is_beyond_chance():
    assert Floor.of(ScoreOptions(), 0.0).chance == 0
