"""Anchors in line become regions; regions join, overlap and give way to better ones."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reuse.align.chains import chain, join_near
from reuse.align.distinct import drop_doubles, overlapping
from reuse.align.rectangles import Chains
from reuse.corpus.tokenise import tokenise
from reuse.index.pairing import Pairing
from reuse.index.seeds import Anchors, find_anchors
from reuse.options import AlignOptions, IndexOptions
from reuse.work.workers import Workers
from tests.clusters.test_clusters import matches_of

TEXTS = st.lists(st.lists(st.sampled_from("abcdef"), max_size=30).map(" ".join), min_size=1, max_size=4)


def regions_of(*rows: tuple[int, int, int, int]) -> Chains:
    columns = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    return Chains(*columns, np.ones(len(rows), dtype=np.float32))


def rows_of(regions: Chains) -> list[tuple[int, int, int, int]]:
    columns = (regions.a_start, regions.a_end, regions.b_start, regions.b_end)
    return list(zip(*(column.tolist() for column in columns), strict=True))


@given(TEXTS, st.integers(0, 10), st.integers(1, 3), st.integers(2, 4))
@settings(max_examples=150)
def test_regions_stay_in_their_documents_and_hold_every_anchor(texts, gap, size, cap):
    tokens = tokenise((text, None) for text in texts)
    options = IndexOptions(shingle=size, longest_seed=size + 2, cap=cap)
    anchors = [part for found, _ in find_anchors(tokens, Pairing.of(tokens), options) for part in found]
    cumulative = np.arange(len(tokens) + 1, dtype=np.float64)
    regions = chain(anchors, tokens.bounds, cumulative, gap=gap, inner_gap=gap, slack=1000, least_bits=0.0)
    rows = rows_of(regions)
    for a_start, a_end, b_start, b_end in rows:
        for start, end in ((a_start, a_end), (b_start, b_end)):
            documents = tokens.document_of(np.array([start, end - 1]))
            assert start < end
            assert documents[0] == documents[1]
    for part in (part.each() for part in anchors):
        for a, b in zip(part.a.tolist(), part.b.tolist(), strict=True):
            assert any(
                a_start <= a and a + part.size <= a_end and b_start <= b and b + part.size <= b_end
                for a_start, a_end, b_start, b_end in rows
            )


@given(TEXTS, st.integers(0, 10), st.integers(1, 3), st.integers(2, 4), st.floats(0, 8), st.integers(1, 8))
@settings(max_examples=150, deadline=None)
def test_shingles_in_a_row_are_chained_as_each_of_them(texts, gap, size, cap, least_bits, length_width):
    """However long a key can say that an anchor is."""
    tokens = tokenise((text, None) for text in texts)
    options = IndexOptions(shingle=size, longest_seed=size + 2, cap=cap)
    anchors = [part for found, _ in find_anchors(tokens, Pairing.of(tokens), options) for part in found]
    cumulative = np.arange(len(tokens) + 1, dtype=np.float64)
    found = []
    for parts, width in ((anchors, length_width), ([part.each() for part in anchors], 8)):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr("reuse.align.chains._LENGTH", width)
            regions = chain(parts, tokens.bounds, cumulative, gap=gap, inner_gap=gap, slack=1000, least_bits=least_bits)
        found.append(sorted(zip(rows_of(regions), regions.bits.tolist(), strict=True)))
    assert found[0] == found[1]


def anchors_of(*pairs: tuple[int, int], size: int = 3) -> list[Anchors]:
    a, b = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return [Anchors.single(a, b, size)]


def chained(*pairs: tuple[int, int], gap: int = 10, least_bits: float = 0.0) -> list[tuple[int, int, int, int]]:
    """Regions of anchors between two documents of a hundred tokens, each token worth a bit."""
    bounds, cumulative = np.array([0, 100, 200]), np.arange(201, dtype=np.float64)
    return rows_of(
        chain(anchors_of(*pairs), bounds, cumulative, gap=gap, inner_gap=gap, slack=1000, least_bits=least_bits)
    )


def test_anchors_in_line_are_one_region():
    assert chained((10, 110), (13, 113), (20, 121)) == [(10, 23, 110, 124)]


def test_anchors_far_apart_are_two():
    assert sorted(chained((10, 110), (40, 140))) == [(10, 13, 110, 113), (40, 43, 140, 143)]


def test_an_insertion_does_not_part_a_region():
    """The diagonal shifts by nine tokens, from one band of diagonals into the next."""
    assert chained((10, 110), (12, 112), (15, 124), (17, 126)) == [(10, 20, 110, 129)]


@pytest.mark.parametrize("shift", range(0, 70, 3))
def test_weak_anchors_in_line_are_one_region_wherever_their_diagonal_falls(shift):
    """Each alone says too little; the diagonal drifts by five tokens, somewhere over the border of two bands."""
    bounds, cumulative = np.array([0, 200, 400]), np.arange(401, dtype=np.float64)
    pairs = anchors_of((10, 210 + shift), (20, 225 + shift), (120, 350))
    regions = chain(pairs, bounds, cumulative, gap=15, inner_gap=15, slack=1000, least_bits=6.0)
    assert rows_of(regions) == [(10, 23, 210 + shift, 228 + shift)]


def test_regions_are_joined_over_the_border_of_two_ranges_of_keys():
    """Two passages of a hundred words, the second seventy diagonals further on: another band, and another range."""
    bounds, cumulative = np.array([0, 400, 1000]), np.arange(1001, dtype=np.float64)
    pairs = [(place, 400 + place) for place in range(100)] + [(100 + place, 570 + place) for place in range(100)]
    whole = chain(anchors_of(*pairs), bounds, cumulative, gap=80, inner_gap=80, slack=1000, least_bits=20.0)
    ranges = []

    class InSmallRanges(Workers):
        def by_range(self, slices, function, *, low_width):
            ranges.append(super().by_range(slices, function, low_width=low_width, size=64))
            return ranges[-1]

    parted = chain(
        anchors_of(*pairs),
        bounds,
        cumulative,
        gap=80,
        inner_gap=80,
        slack=1000,
        least_bits=20.0,
        workers=InSmallRanges(1),
    )
    assert min(len(ranges[0]), len(ranges[-1])) > 1
    assert rows_of(parted) == rows_of(whole) == [(0, 202, 400, 672)]


def test_regions_that_cover_too_little_are_dropped():
    assert chained((10, 110), least_bits=4.0) == []
    assert chained((10, 110), (11, 111), least_bits=4.0) == [(10, 14, 110, 114)]


def test_bits_count_each_word_once():
    regions = chain(
        anchors_of((10, 110), (11, 111), (12, 112)),
        np.array([0, 100, 200]),
        np.arange(201, dtype=np.float64),
        gap=5,
        inner_gap=5,
        slack=1000,
        least_bits=0.0,
    )
    assert regions.bits.tolist() == [5.0]


def test_words_under_longer_and_shorter_anchors_count_once():
    """
    a 10       18
      ========       eight words, and beside their second three of them
       ===
              ====   eight more, of which the first two are said already
    """
    bounds, cumulative = np.array([0, 100, 200]), np.arange(201, dtype=np.float64)
    parts = [*anchors_of((10, 110), (16, 116), size=8), *anchors_of((11, 111))]
    regions = chain(parts, bounds, cumulative, gap=5, inner_gap=5, slack=1000, least_bits=0.0)
    assert regions.bits.tolist() == [14.0]


def test_no_anchors():
    assert chained() == []
    assert len(chain([], np.array([0, 5]), np.zeros(6), gap=5, inner_gap=5, slack=1000, least_bits=1.0)) == 0


def test_joining():
    bounds = np.array([0, 100, 200])
    apart = regions_of((0, 10, 100, 110), (15, 20, 116, 120), (60, 70, 160, 170))
    assert rows_of(join_near(apart, bounds, gap=5)) == [(0, 10, 100, 110), (15, 20, 116, 120), (60, 70, 160, 170)]
    assert rows_of(join_near(apart, bounds, gap=6)) == [(0, 20, 100, 120), (60, 70, 160, 170)]
    assert rows_of(join_near(apart, bounds, gap=40)) == [(0, 70, 100, 170)]
    assert rows_of(join_near(regions_of(), bounds, gap=5)) == []


SPAN = st.tuples(st.integers(0, 19), st.integers(1, 8), st.integers(20, 39), st.integers(1, 8))
SPANS = st.lists(SPAN, max_size=8).map(lambda rows: [(a, a + i, b, b + j) for a, i, b, j in rows])


@given(SPANS, SPANS)
def test_overlaps_equal_a_plain_comparison(inner, outer):
    bounds = np.array([0, 10, 20, 30, 50])
    rows, others, share = overlapping(regions_of(*inner), regions_of(*outer), bounds)
    expected = {}
    for (i, one), (j, other) in ((x, y) for x in enumerate(inner) for y in enumerate(outer)):
        same = all(one[side] // 10 == other[side] // 10 for side in (0, 2) if one[side] < 30 or other[side] < 30)
        shared = [min(one[side + 1], other[side + 1]) - max(one[side], other[side]) for side in (0, 2)]
        if same and min(shared) > 0:
            expected[i, j] = min(shared[0] / (other[1] - other[0]), shared[1] / (other[3] - other[2]))
    assert dict(zip(zip(rows.tolist(), others.tolist(), strict=True), share.tolist(), strict=True)) == expected


def test_overlaps_in_two_long_documents_cost_no_more_than_they_are():
    """Twenty thousand regions a side, each overlapping one: all with all would be four hundred million pairs."""
    count = 20_000
    start = np.arange(count) * 10
    table = Chains(start, start + 8, start + 10 * count, start + 10 * count + 8, np.ones(count, dtype=np.float32))
    tracemalloc.start()
    rows, others, share = overlapping(table, table, np.array([0, 10 * count, 20 * count]))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert rows.tolist() == others.tolist() == list(range(count))
    assert (share == 1).all()
    assert peak < 1000 * count


@given(SPANS)
def test_of_doubles_the_better_stays(spans):
    bounds = np.array([0, 20, 60])
    matches = matches_of(spans)
    matches.bits[:] = np.arange(len(spans), 0, -1)
    kept = drop_doubles(matches, bounds, AlignOptions().double)
    assert set(rows_of(kept)) <= set(spans)
    if spans:
        assert spans[0] in rows_of(kept)
    # What is dropped is covered by what stays: by its pairs of tokens, or as a passage within a better one.
    pairs = [{(a, b) for a, b in zip(range(row[0], row[1]), range(row[2], row[3]), strict=False)} for row in spans]
    stays = [row in rows_of(kept) for row in spans]
    for number, own in enumerate(pairs):
        if not stays[number]:
            better = [other for other in range(number) if spans[other] != spans[number]]
            same = any(spans[other] == spans[number] for other in range(number))
            assert same or any(own & pairs[other] or _within(spans[number], spans[other]) for other in better)


def _within(one, other):
    """Whether more than half of either passage lies in that of the other."""
    shared = [min(one[side + 1], other[side + 1]) - max(one[side], other[side]) for side in (0, 2)]
    return all(2 * common > one[side + 1] - one[side] for common, side in zip(shared, (0, 2), strict=True))


def test_what_crosses_a_better_match_is_no_double_of_it():
    """
    Two documents of 400 tokens; the whole runs along the diagonal. A provision of 30 tokens stands at 50 and at 250.

        b 250 +     x     /
              |         /
           50 +     o     y       x and y are correspondences too, o is part of the whole
              +-----50----250- a
    """
    bounds = np.array([0, 400, 800])
    whole, crossing, again = (0, 400, 400, 800), (50, 80, 650, 680), (50, 80, 450, 480)
    matches = matches_of([whole, crossing, (250, 280, 450, 480), again])
    matches.bits[:] = [900, 90, 90, 90]
    assert sorted(rows_of(drop_doubles(matches, bounds, AlignOptions().double))) == [
        whole,
        crossing,
        (250, 280, 450, 480),
    ]


def test_text_that_repeats_itself_is_aligned_with_itself_once():
    """A refrain ten times over on both sides: matches that are shifted by a line or two are doubles of the whole."""
    bounds = np.array([0, 100, 200])
    whole = (0, 100, 100, 200)
    matches = matches_of([whole, (10, 100, 100, 190), (0, 80, 120, 200)])
    matches.bits[:] = [300, 200, 150]
    assert rows_of(drop_doubles(matches, bounds, AlignOptions().double)) == [whole]


def test_concatenate():
    assert rows_of(Chains.concatenate(regions_of((0, 1, 2, 3)), regions_of(), regions_of((4, 5, 6, 7)))) == [
        (0, 1, 2, 3),
        (4, 5, 6, 7),
    ]
