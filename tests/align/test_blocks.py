"""Aligned tokens against the textbook's longest common subsequence."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reuse.align import blocks
from reuse.align.blocks import align_regions, as_characters, code_points
from reuse.align.rectangles import Regions

SIDE = st.lists(st.integers(0, 5), max_size=25)


def regions_of(*rows: tuple[int, int, int, int]) -> Regions:
    columns = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    return Regions(*columns)


def longest_common(a: list[int], b: list[int]) -> int:
    """Length of the longest common subsequence (the quadratic table)."""
    row = [0] * (len(b) + 1)
    for word in a:
        before = row
        row = [0]
        for place, other in enumerate(b):
            row.append(before[place] + 1 if word == other else max(before[place + 1], row[place]))
    return row[-1]


def check(ids: np.ndarray, regions: Regions) -> list[int]:
    """Check the invariants of an alignment; aligned tokens by region."""
    aligned = align_regions(ids, code_points(np.bincount(ids)), regions)
    assert (np.diff(aligned.region) >= 0).all()
    inner = np.diff(aligned.region) == 0
    assert (np.diff(aligned.a)[inner] > 0).all()
    assert (np.diff(aligned.b)[inner] > 0).all()
    assert (ids[aligned.a] == ids[aligned.b]).all()
    for side in "ab":
        place = getattr(aligned, side)
        assert (place >= getattr(regions, f"{side}_start")[aligned.region]).all()
        assert (place < getattr(regions, f"{side}_end")[aligned.region]).all()
    return np.bincount(aligned.region, minlength=len(regions)).tolist()


@given(st.lists(st.tuples(SIDE, SIDE), max_size=4))
@settings(max_examples=100)
def test_alignment_is_a_longest_common_subsequence(pairs):
    words: list[int] = []
    rows = []
    for a, b in pairs:
        start = len(words)
        words += a + b
        rows.append((start, start + len(a), start + len(a), len(words)))
    found = check(np.array(words, dtype=np.int32), regions_of(*rows))
    assert found == [longest_common(a, b) for a, b in pairs]


@pytest.mark.parametrize("largest", [16, 40, 100])
def test_a_copy_is_aligned_whole_across_the_cuts(monkeypatch, largest):
    monkeypatch.setattr(blocks, "LARGEST_SIDE", largest)
    source = random.Random(largest)
    copied = [source.randrange(200) for _ in range(700)]
    ids = np.array(copied + copied, dtype=np.int32)
    assert check(ids, regions_of((0, 700, 700, 1400))) == [700]


@pytest.mark.parametrize("largest", [60, 150])
def test_a_changed_copy_is_aligned_almost_whole_across_the_cuts(monkeypatch, largest):
    source = random.Random(largest)
    original = [source.randrange(400) for _ in range(900)]
    copy = [word if source.random() < 0.85 else source.randrange(400) for word in original if source.random() < 0.95]
    ids = np.array(original + copy, dtype=np.int32)
    region = regions_of((0, 900, 900, len(ids)))
    (whole,) = check(ids, region)
    assert whole == longest_common(original, copy)
    monkeypatch.setattr(blocks, "LARGEST_SIDE", largest)
    (pieces,) = check(ids, region)
    assert 0.97 * whole <= pieces <= whole


@given(st.lists(st.integers(0, 3), max_size=80), st.lists(st.integers(0, 3), max_size=80), st.integers(4, 20))
@settings(max_examples=50)
def test_cuts_keep_the_invariants_where_everything_repeats(a, b, largest):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "LARGEST_SIDE", largest)
        ids = np.array([*a, *b], dtype=np.int32)
        (found,) = check(ids, regions_of((0, len(a), len(a), len(ids))))
    assert found <= longest_common(a, b)


def test_frequent_words_have_the_lowest_code_points_and_none_is_a_surrogate():
    counts = np.arange(0xE000 + 10)
    codes = code_points(counts)
    assert (np.diff(codes.astype(np.int64)) < 0).all()
    assert codes[-1] == 0
    text = as_characters(np.arange(len(counts), dtype=np.int32), codes)
    assert len(set(text)) == len(counts)


def test_words_beyond_the_code_points_are_told_apart(monkeypatch):
    monkeypatch.setattr(blocks, "_CODE_POINTS", 6)
    monkeypatch.setattr(blocks, "_SHARED", 2)
    codes = code_points(np.arange(10, 0, -1))
    assert codes[:6].tolist() == [0, 1, 2, 3, 4, 5]
    assert set(codes[6:].tolist()) == {4, 5}
    assert codes[6] == codes[4]
    ids = np.array([6, 0, 9, 4, 0, 9], dtype=np.int32)
    aligned = align_regions(ids, codes, regions_of((0, 3, 3, 6)))
    assert aligned.a.tolist() == [1, 2]


def test_nothing_to_align():
    ids = np.arange(4, dtype=np.int32)
    assert check(ids, regions_of()) == []
    assert check(ids, regions_of((0, 0, 2, 4), (0, 2, 2, 4))) == [0, 0]
