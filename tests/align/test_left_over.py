"""What strict matches leave over of the fields around them."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from reuse.align.left_over import left_over, whole_again
from reuse.align.rectangles import Fields, Passages

BOUNDS = np.array([0, 100, 200])
SPAN = st.tuples(st.integers(0, 99), st.integers(1, 60)).map(lambda span: (span[0], min(sum(span), 100)))


def passages(*rows):
    columns = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    return Passages(*columns, np.arange(len(rows), dtype=np.float32))


def fields(*rows):
    return Fields(*np.array(rows, dtype=np.int64).reshape(-1, 4).T)


def words(stretches, field):
    """The tokens of a field's stretches, each as often as a stretch has it."""
    own = stretches.field == field
    pairs = zip(stretches.start[own].tolist(), stretches.end[own].tolist(), strict=True)
    return [place for start, end in pairs for place in range(start, end)]


@given(
    st.lists(st.tuples(SPAN, SPAN), max_size=5).map(lambda found: [(*a, b[0] + 100, b[1] + 100) for a, b in found]),
    st.integers(0, 50),
    st.integers(0, 12),
)
@settings(max_examples=200)
def test_left_over_are_the_words_that_lie_deep_in_no_match(matches, border, margin):
    # Two fields, one above the other, that a match may lie in both of.
    rows = [(0, border, 100, 200), (border, 100, 100, 200)]
    sides = left_over(fields(*rows), passages(*matches), BOUNDS, margin=margin)
    for number, row in enumerate(rows):
        own = [one for one in matches if min(one[1], row[1]) > max(one[0], row[0])]
        for side, low in zip(sides, (0, 2), strict=True):
            deep = {place for one in own for place in range(one[low] + margin, one[low + 1] - margin)}
            expected = [place for place in range(row[low], row[low + 1]) if place not in deep]
            assert words(side, number) == expected


def test_without_matches_all_is_left_over():
    a, b = left_over(fields((0, 100, 100, 200), (20, 30, 150, 150)), passages(), BOUNDS, margin=5)
    assert list(zip(a.field, a.start, a.end, strict=True)) == [(0, 0, 100), (1, 20, 30)]
    assert list(zip(b.field, b.start, b.end, strict=True)) == [(0, 100, 200)]


def test_what_reaches_into_the_edge_of_a_long_match_holds_it_whole():
    long, short = (10, 60, 110, 160), (70, 75, 170, 175)
    found = whole_again(passages((50, 72, 150, 172), (80, 90, 120, 130)), passages(long, short), BOUNDS, margin=10)
    # The short match was not cut, and beside a match on one side only is not in it.
    assert [tuple(row) for row in np.stack((found.a_start, found.a_end, found.b_start, found.b_end), axis=1)] == [
        (10, 72, 110, 172),
        (80, 90, 120, 130),
    ]
    assert found.bits.tolist() == [0, 1]
