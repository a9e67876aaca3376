"""Best-scoring stretches against trying all of them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from reuse.align.blocks import Aligned
from reuse.align.segments import Scores, best_segments, score, trimmed
from reuse.corpus.tokenise import tokenise
from reuse.options import AlignOptions, ScoreOptions
from reuse.score.surprise import Surprise

END_BITS = AlignOptions().end_bits
EIGHTHS = st.integers(0, 80).map(lambda number: number / 8)  # exact in the resolution of scores
ROW = st.tuples(EIGHTHS, EIGHTHS, EIGHTHS, st.booleans())


def scores_of(rows: list[tuple[float, float, float, bool]]) -> Scores:
    gain, alone, cost, opens = (np.array(column) for column in zip(*rows, strict=True))
    opens[0] = True
    return Scores(alone, gain, np.where(opens, 0.0, cost), opens)


def value(scores: Scores, first: int, last: int) -> float:
    """What a stretch scores."""
    return float(scores.alone[first] + (scores.gain - scores.cost)[first + 1 : last + 1].sum())


def best_value(scores: Scores, first: int, last: int) -> float:
    """The best of all stretches within some rows."""
    return max(value(scores, i, j) for i in range(first, last + 1) for j in range(i, last + 1))


def rows_of(segments):
    columns = (segments.first, segments.last, segments.bits)
    return list(zip(*(column.tolist() for column in columns), strict=True))


@given(st.lists(ROW, min_size=1, max_size=25), EIGHTHS.map(lambda least: least + 0.125))
@settings(max_examples=200)
def test_the_best_stretch_of_every_range_is_found(rows, least):
    scores = scores_of(rows)
    found = best_segments(scores, least)
    borders = [*np.flatnonzero(scores.opens).tolist(), len(rows)]
    for low, high in pairwise(borders):
        inside = np.flatnonzero((found.first >= low) & (found.first < high))
        best = best_value(scores, low, high - 1)
        if best >= least:
            assert max(found.bits[inside]) == best
        else:
            assert not len(inside)


@given(st.lists(ROW, min_size=1, max_size=25), EIGHTHS.map(lambda least: least + 0.125))
@settings(max_examples=200)
def test_laws_of_segments(rows, least):
    scores = scores_of(rows)
    found = best_segments(scores, least)
    edges = [edge for pair in zip(found.first.tolist(), found.last.tolist(), strict=True) for edge in pair]
    assert edges == sorted(edges)
    assert (found.first[1:] > found.last[:-1]).all()
    for first, last, bits in zip(found.first.tolist(), found.last.tolist(), found.bits.tolist(), strict=True):
        assert bits == value(scores, first, last) >= least
        assert not scores.opens[first + 1 : last + 1].any()


def test_a_costly_gap_parts_two_stretches_and_a_cheap_one_does_not():
    def found(cost: float) -> list[tuple[int, int]]:
        gains = [8.0] * 10
        costs = [0.0] * 5 + [cost] + [0.0] * 4
        opens = np.arange(10) == 0
        segments = best_segments(Scores(np.array(gains), np.array(gains), np.array(costs), opens), 20)
        return list(zip(segments.first.tolist(), segments.last.tolist(), strict=True))

    assert found(30.0) == [(0, 9)]
    assert found(60.0) == [(0, 4), (5, 9)]


@given(st.lists(ROW, min_size=1, max_size=25))
@settings(max_examples=200)
def test_trimming_costs_next_to_nothing_and_ends_at_gaps(rows):
    scores = scores_of(rows)
    whole = best_segments(scores, 0.125)
    found = trimmed(whole, scores, END_BITS)
    for was, now in zip(rows_of(whole), rows_of(found), strict=True):
        assert was[0] <= now[0] <= now[1] <= was[1]
        assert now[2] == value(scores, now[0], now[1]) >= was[2] - 4
        assert now[0] == was[0] or scores.cost[now[0]] > 0
        assert now[1] == was[1] or scores.cost[now[1] + 1] > 0


def test_words_that_add_nothing_behind_a_gap_are_trimmed():
    """A word of 5 bits behind a gap of 4 is no part of the passage; one of 9 is."""
    for last, end in ((5.0, 3), (9.0, 4)):
        gains = np.array([8.0, 8.0, 8.0, 8.0, last])
        scores = Scores(gains, gains, np.array([0.0, 0.0, 0.0, 0.0, 4.0]), np.arange(5) == 0)
        for turned in (scores, Scores(gains[::-1], gains[::-1], np.array([0.0, 4.0, 0.0, 0.0, 0.0]), scores.opens)):
            (row,) = rows_of(trimmed(best_segments(turned, 20.0), turned, END_BITS))
            assert row[1] - row[0] == end
            assert row[2] == 32.0 + (5.0 if end == 4 else 0.0)


def test_what_rows_gain_and_cost():
    """a: one two three four five; b: one two THREE-FOUR five: a gap of two tokens on either side."""
    tokens = tokenise([("one two three four five", None), ("one two drei vier five", None)])
    surprise = Surprise.of(tokens, ScoreOptions())
    aligned = Aligned(np.zeros(3, dtype=np.int64), np.array([0, 1, 4]), np.array([5, 6, 9]))
    options = AlignOptions(gap_cost=2.0, edit_cost=0.5, gap=3)
    scores = score(aligned, None, surprise, options)
    assert scores.opens.tolist() == [True, False, False]
    assert scores.cost.tolist()[1:] == [0.0, 2.0 + 0.5 * 4]
    alone = surprise.of_aligned(aligned.a, aligned.b, np.ones(3, dtype=bool))
    after = surprise.of_aligned(aligned.a, aligned.b, np.zeros(3, dtype=bool))
    np.testing.assert_allclose(scores.alone, alone)
    np.testing.assert_allclose(scores.gain, [alone[0], after[1], alone[2]])
    assert score(aligned, None, surprise, AlignOptions(gap=1)).opens.tolist() == [True, False, True]


def test_a_near_equal_word_is_worth_its_likeness():
    tokens = tokenise([("one two three", None), ("one twos three", None)])
    surprise = Surprise.of(tokens, ScoreOptions())
    aligned = Aligned(np.zeros(3, dtype=np.int64), np.arange(3), np.arange(3, 6))
    options = AlignOptions(edit_cost=0.5)
    equal = score(aligned, np.ones(3, dtype=np.float32), surprise, options)
    near = score(aligned, np.array([1, 0.8, 1], dtype=np.float32), surprise, options)
    np.testing.assert_allclose(near.alone[1], equal.alone[1] * 0.8 - 0.5, rtol=1e-6)
    np.testing.assert_allclose(near.gain[[0, 2]], equal.gain[[0, 2]])
