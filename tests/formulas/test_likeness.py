"""Many pairs of formulas at once give what one pair at a time does."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from reuse.arrays.ragged import bounds_of
from reuse.formulas import likeness as likeness_module
from reuse.formulas import word_edits as edits_module
from reuse.formulas.likeness import Close, Judge, as_texts
from reuse.formulas.word_edits import edits_of
from reuse.options import FamilyOptions

WORDS = ["the", "of", "in", "bond", "bonds", "bonded", "colour", "color", "kinship", "x"]
"""Some of them are forms of one word."""

FORMULAS = st.lists(st.lists(st.integers(0, len(WORDS) - 1), min_size=1, max_size=20), min_size=2, max_size=8)


def columns_of(formulas):
    """The words of formulas end to end, and where each begins and ends."""
    return np.concatenate(formulas).astype(np.int32), bounds_of(np.array([len(words) for words in formulas]))


def all_pairs(count):
    """Every formula with every one."""
    rows = np.arange(count * count)
    return rows // count, rows % count


def always_together(size, pairs):
    return pairs > 0


@pytest.mark.parametrize("together", [True, False])
@settings(max_examples=150, deadline=None)
@given(FORMULAS)
def test_edits_are_those_of_rapidfuzz(together, formulas):
    words, bounds = columns_of(formulas)
    first, second = all_pairs(len(formulas))
    rule = always_together if together else (lambda size, pairs: False)
    texts = as_texts(words, bounds)
    with patch.object(edits_module, "_quicker_together", rule), patch.object(edits_module, "CELLS", 500):
        edits = edits_of(words, bounds, texts, first, second)
    order = np.argsort(edits.pair, kind="stable")
    found = list(zip(*(column[order].tolist() for column in (edits.pair, edits.old, edits.new)), strict=True))
    assert found == [
        (pair, -1 if kind == "insert" else bounds[one] + at, -1 if kind == "delete" else bounds[other] + to)
        for pair, (one, other) in enumerate(zip(first.tolist(), second.tolist(), strict=True))
        for kind, at, to in Levenshtein.editops(texts[one], texts[other]).as_list()
    ]


def test_formulas_too_long_to_compare_together():
    formulas = [list(range(40)), list(range(40, 80)), [*range(20), 99, *range(21, 40)]]
    words, bounds = columns_of(formulas)
    edits = edits_of(words, bounds, as_texts(words, bounds), np.array([0, 0]), np.array([1, 2]))
    assert np.bincount(edits.pair).tolist() == [40, 1]
    assert (edits.old[-1], edits.new[-1]) in {(20, 100), (39, 79)}


@st.composite
def judges(draw):
    """A judge of some formulas, and how many these are."""
    formulas = draw(FORMULAS)
    ids, bounds = columns_of(formulas)
    count = len(formulas)
    tf = draw(st.lists(st.integers(2, 9), min_size=count, max_size=count))
    content = draw(st.lists(st.booleans(), min_size=len(ids), max_size=len(ids)))
    bits = draw(st.lists(st.floats(0.1, 20.0), min_size=len(WORDS), max_size=len(WORDS)))
    options = FamilyOptions(max_edits=draw(st.integers(1, 6)))
    return Judge.between(ids, np.diff(bounds), np.array(tf), np.array(content), np.array(bits), WORDS, options), count


@settings(max_examples=70, deadline=None)
@given(judges(), st.integers(1, 2))
def test_many_at_once_are_as_alike_as_one_by_one(judge_of_some, steps):
    judge, count = judge_of_some
    heads, formulas = all_pairs(count)
    with (
        patch.object(edits_module, "_quicker_together", always_together),
        patch.object(likeness_module, "WORDS", 40),
    ):
        together = judge.likenesses(heads, formulas, steps)
    alone = [
        judge.likeness(head, formula, steps) for head, formula in zip(heads.tolist(), formulas.tolist(), strict=True)
    ]
    assert together.tolist() == alone


@settings(max_examples=60, deadline=None)
@given(judges())
def test_forms_are_those_that_are_alike_nearest_first(judge_of_some):
    judge, count = judge_of_some
    left, right = (column[np.subtract(*all_pairs(count)) < 0] for column in all_pairs(count))
    with patch.object(likeness_module, "SLICE", 3):
        close = Close.among(left, right, judge.ids, np.diff(judge.bounds), judge.options)
    better, worse = judge.forms(close)

    def edits_a_word(one, other):
        texts = judge.texts[one], judge.texts[other]
        return Levenshtein.distance(*texts) / max(map(len, texts))

    pairs = zip(left.tolist(), right.tolist(), strict=True)
    alike = [(one, other) for one, other in pairs if judge.likeness(one, other) >= judge.options.likeness]
    wanted = sorted(alike, key=lambda pair: (pair[1], edits_a_word(*pair), pair[0]))
    assert list(zip(better.tolist(), worse.tolist(), strict=True)) == wanted
