"""Lives of formulas: gaps are gaps, and silence counts only where it is long enough."""

from __future__ import annotations

import numpy as np
import pytest

import reuse
from benchmarks.simulations.silences import DOCUMENTS, false_verdicts
from reuse.analysis.timeline import lives
from reuse.errors import UsageError


def life_of(corpus_of, used, words=1000, periods=None):
    """One document a period, `used` occurrences in each (None: no document in that period)."""
    present = [n for n in used if n is not None]
    tokens = corpus_of([["w"] * words for _ in present])
    positions = np.concatenate([np.arange(n) * 3 + number * words for number, n in enumerate(present)]).astype(np.int64)
    where = np.array([period for period, n in enumerate(used) if n is not None])
    return lives(tokens, positions, np.array([0, len(positions)]), where, len(used))


def test_born_and_dropped(corpus_of):
    life = life_of(corpus_of, [0] * 9 + [4, 5, None, 3] + [0] * 12)
    assert (life.first[0], life.last[0], life.peak[0]) == (9, 12, 10)
    assert (life.documents_before[0], life.documents_after[0]) == (9, 12)
    # three documents have it, and the life from the first to the last is three documents long
    assert life.chance_before[0] == pytest.approx((1 + 9 / 3) ** -2)
    assert life.chance_after[0] == pytest.approx((1 + 12 / 3) ** -2)
    assert not life.born[0]
    assert life.dropped[0]
    rates = life.rates()[0]
    assert np.isnan(rates[11])
    assert rates[10] == 5


def test_a_document_is_one_witness_however_often_it_says_a_thing(corpus_of):
    once, often = (life_of(corpus_of, [0] * 12 + [times, times] + [0] * 12) for times in (1, 50))
    assert once.chance_before[0] == often.chance_before[0] == pytest.approx((1 + 12 / 2) ** -1)


def test_one_document_says_nothing_of_the_silence_around_it(corpus_of):
    life = life_of(corpus_of, [0] * 500 + [9] + [0] * 500)
    assert (life.chance_before[0], life.chance_after[0]) == (1, 1)
    assert not life.born[0]
    assert not life.dropped[0]


@pytest.mark.parametrize("periods", [DOCUMENTS, 12])
def test_dates_dealt_at_random_make_hardly_any_births(periods):
    for witnesses, (born, dropped) in false_verdicts(100, periods).items():
        assert born <= 0.05, witnesses
        assert dropped <= 0.05, witnesses
    assert periods < DOCUMENTS or born > 0.01  # it can be said at all


def test_a_gap_is_no_silence(corpus_of):
    life = life_of(corpus_of, [None, None, None, 4, 5, 3, None, None, None, None])
    assert not life.born[0]
    assert not life.dropped[0]


def test_without_dates_nothing_is_said(corpus_of):
    tokens = corpus_of([["w"] * 10])
    life = lives(tokens, np.array([0]), np.array([0, 1]), np.array([-1]), 3)
    assert (life.first[0], life.last[0], life.peak[0]) == (-1, -1, -1)
    assert not life.born[0]
    assert (life.chance_before[0], life.documents_after[0]) == (1, 0)


@pytest.mark.parametrize(
    ("dates", "by", "said"),
    [
        pytest.param((None, None), None, "no document has a date; ", id="undated"),
        pytest.param((None, None), "year", "no document has a date; ", id="undated by year"),
        pytest.param(("1901", "1902"), "month", "names a month; use one of: year, decade, century", id="years only"),
        pytest.param(("1850/2010", "1850/2010"), "century", "names a century$", id="nothing coarser"),
    ],
)
def test_where_no_date_names_a_period_it_is_said_what_would(tmp_path, dates, by, said):
    names = zip("ab", dates, strict=True)
    texts = [{"id": name, "text": "a few words of a report"} | ({"date": date} if date else {}) for name, date in names]
    with reuse.scan(texts=texts, out=tmp_path / "out.reuse") as run, pytest.raises(UsageError, match=said):
        run.life("words", by=by)
