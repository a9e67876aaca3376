"""The drawing of how much is reused, by period."""

from __future__ import annotations

from itertools import pairwise

import pytest

from reuse.report.html.drawn import DIGIT, timeline
from reuse.shares import KINDS

MONTHS = [f"{2019 + at // 12}-{at % 12 + 1:02}" for at in range(30)]
YEARS = [str(year) for year in range(1990, 2026)]


@pytest.mark.parametrize("dates", [MONTHS[:2], MONTHS[:4], MONTHS[:11], MONTHS, YEARS[:8], YEARS[:22], YEARS])
def test_what_stands_under_the_columns_does_not_run_together(dates: list[str]) -> None:
    count = len(dates)
    shares = {kind: [1.0 if kind == KINDS[0] else 0.0] * count for kind in KINDS}
    drawn = timeline({"date": dates, "tokens": [9] * count, "furniture_tokens": [0] * count, **shares})
    assert drawn is not None
    named = [column for column in drawn.columns if column.short]
    assert named[0] is drawn.columns[0]
    assert all(other.x - one.x >= DIGIT * len(one.short) for one, other in pairwise(named))
