import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reuse.score.intervals import beta_quantile, clopper_pearson, regularised_incomplete_beta


def binomial_tail(hits: int, trials: int, share: float) -> float:
    """P(at least `hits`), summed term by term."""
    return sum(math.comb(trials, i) * share**i * (1 - share) ** (trials - i) for i in range(hits, trials + 1))


@pytest.mark.parametrize(
    ("hits", "trials", "low", "high"),
    # published values; with no hit, 1 - 0.025^(1/n)
    [
        (0, 10, 0.0, 1 - 0.025**0.1),
        (10, 10, 0.025**0.1, 1.0),
        (5, 10, 0.187086, 0.812914),
        (81, 263, 0.252653, 0.367578),
    ],
)
def test_known_intervals(hits, trials, low, high):
    share = clopper_pearson(hits, trials)
    assert (share.low, share.high) == pytest.approx((low, high), abs=2e-4)


def test_nothing_judged_is_no_knowledge():
    share = clopper_pearson(0, 0)
    assert (share.low, share.high) == (0.0, 1.0)
    assert math.isnan(share.value)
    assert str(share) == "none judged"


@given(st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.floats(0.5, 0.999))
def test_limits_are_where_the_tails_are_as_improbable_as_stated(case, confidence):
    hits, trials = case
    share = clopper_pearson(hits, trials, confidence)
    tail = (1 - confidence) / 2
    assert share.low <= share.value <= share.high
    if hits:
        assert binomial_tail(hits, trials, share.low) == pytest.approx(tail, rel=1e-6)
    if hits < trials:
        assert 1 - binomial_tail(hits + 1, trials, share.high) == pytest.approx(tail, rel=1e-6)


@given(st.floats(0.01, 0.99), st.integers(1, 40), st.integers(1, 40))
def test_incomplete_beta_equals_the_binomial_sum(x, alpha, beta):
    assert regularised_incomplete_beta(x, alpha, beta) == pytest.approx(
        binomial_tail(alpha, alpha + beta - 1, x), abs=1e-10
    )


def test_large_numbers():
    assert beta_quantile(0.5, 1_000_000, 1_000_000) == pytest.approx(0.5, abs=1e-6)
    share = clopper_pearson(990_000, 1_000_000)
    assert share.low == pytest.approx(0.98980, abs=1e-4)
    assert share.high == pytest.approx(0.99019, abs=1e-4)


@pytest.mark.parametrize(("hits", "trials", "confidence"), [(-1, 3, 0.9), (4, 3, 0.9), (1, 3, 1.0)])
def test_out_of_range(hits, trials, confidence):
    with pytest.raises(ValueError, match="must lie between"):
        clopper_pearson(hits, trials, confidence)
