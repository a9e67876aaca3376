"""Lives of formulas: gaps are gaps, and silence counts only where it is long enough."""

from __future__ import annotations

import numpy as np

from reuse.analysis.timeline import lives


def life_of(corpus_of, used, words=1000, periods=None):
    """One document a period, `used` occurrences in each (None: no document in that period)."""
    present = [n for n in used if n is not None]
    tokens = corpus_of([["w"] * words for _ in present])
    positions = np.concatenate([np.arange(n) * 3 + number * words for number, n in enumerate(present)]).astype(np.int64)
    where = np.array([period for period, n in enumerate(used) if n is not None])
    return lives(tokens, positions, np.array([0, len(positions)]), where, len(used))


def test_born_and_dropped(corpus_of):
    life = life_of(corpus_of, [0, 0, 0, 4, 5, None, 3, 0, 0, 0, 0])
    assert (life.first[0], life.last[0], life.peak[0]) == (3, 6, 4)
    assert life.born[0]
    assert life.dropped[0]
    assert (life.documents_before[0], life.documents_after[0]) == (3, 4)
    rates = life.rates()[0]
    assert np.isnan(rates[5])
    assert rates[4] == 5


def test_a_short_silence_says_nothing(corpus_of):
    life = life_of(corpus_of, [0, 1, 0, 1, 0])
    assert not life.born[0]
    assert not life.dropped[0]


def test_a_gap_is_no_silence(corpus_of):
    life = life_of(corpus_of, [None, None, None, 4, 5, 3, None, None, None, None])
    assert not life.born[0]
    assert not life.dropped[0]


def test_without_dates_nothing_is_said(corpus_of):
    tokens = corpus_of([["w"] * 10])
    life = lives(tokens, np.array([0]), np.array([0, 1]), np.array([-1]), 3)
    assert (life.first[0], life.last[0], life.peak[0]) == (-1, -1, -1)
    assert not life.born[0]
    assert life.documents_after[0] == 0
