"""Words that face each other and differ by a letter."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from reuse.align.blocks import Aligned, align_regions, code_points
from reuse.align.rectangles import Regions
from reuse.align.spelling import Spellings, add_spellings
from reuse.corpus.tokenise import tokenise
from reuse.options import AlignOptions


def spelled(a: str, b: str, least: float = 0.7) -> list[tuple[str, str, float]]:
    """Aligned words of two texts that are not equal, and how alike they are."""
    tokens = tokenise([(a, None), (b, None)])
    bounds = tokens.bounds
    region = Regions(*(np.array([edge]) for edge in (bounds[0], bounds[1], bounds[1], bounds[2])))
    aligned = align_regions(tokens.ids, code_points(tokens.vocabulary.counts), region)
    words = tokens.vocabulary.words
    found, likeness = add_spellings(
        aligned, tokens.ids, Spellings.of(words), region, bounds, AlignOptions(likeness=least)
    )
    assert (np.diff(found.a) > 0).all()
    assert (np.diff(found.b) > 0).all()
    assert ((likeness == 1) == (tokens.ids[found.a] == tokens.ids[found.b])).all()
    assert set(zip(aligned.a.tolist(), aligned.b.tolist(), strict=True)) <= set(
        zip(found.a.tolist(), found.b.tolist(), strict=True)
    )
    return [
        (words[tokens.ids[left]], words[tokens.ids[right]], round(alike, 2))
        for left, right, alike in zip(found.a.tolist(), found.b.tolist(), likeness.tolist(), strict=True)
        if alike < 1
    ]


@pytest.mark.parametrize(
    ("a", "b", "pairs"),
    [
        ("we analyse the case", "we analyze the case", [("analyse", "analyze", 0.86)]),
        ("comrade Kim Il Sung said", "comrade Kim II Sung said", [("il", "ii", 0.95)]),
        ("the Party organisation grew", "the Party organizations grew", [("organisation", "organizations", 0.85)]),
        ("the red house stood", "the blue house stood", []),
        ("one colour two", "one the color two", [("colour", "color", 0.83)]),
        ("one the colour two", "one color two", [("colour", "color", 0.83)]),
        ("labour and peace", "labor and peace", [("labour", "labor", 0.83)]),
        ("peace and labour", "peace and labor", [("labour", "labor", 0.83)]),
        (
            "peace and labours honours",
            "peace and labors honors",
            [("labours", "labors", 0.86), ("honours", "honors", 0.86)],
        ),
        ("far a b c d colour e f g h away", "far i j k l color m n o p away", []),
    ],
)
def test_spellings(a, b, pairs):
    assert spelled(a, b) == pairs


def test_least_likeness():
    assert spelled("we analyse it", "we analyze it", least=0.9) == []


def test_words_of_another_document_are_not_looked_at():
    tokens = tokenise([("colours peace", None), ("peace colour", None), ("colour peace", None)])
    aligned = Aligned(np.zeros(1, dtype=np.int64), np.array([1]), np.array([2]))
    everywhere = Regions(*(np.array([edge]) for edge in (0, len(tokens), 0, len(tokens))))
    spellings = Spellings.of(tokens.vocabulary.words)
    found, _ = add_spellings(aligned, tokens.ids, spellings, everywhere, tokens.bounds, AlignOptions())
    assert list(zip(found.a.tolist(), found.b.tolist(), strict=True)) == [(1, 2)]


def test_nothing_aligned():
    tokens = tokenise([("one two", None)])
    nothing = np.zeros(0, dtype=np.int64)
    found, likeness = add_spellings(
        Aligned(nothing, nothing, nothing),
        tokens.ids,
        Spellings.of(tokens.vocabulary.words),
        Regions.empty(),
        tokens.bounds,
        AlignOptions(),
    )
    assert (len(found.a), len(likeness)) == (0, 0)


WORD = st.text("ablo01é|", min_size=1, max_size=8)


@given(st.lists(st.tuples(WORD, WORD), min_size=1, max_size=8), st.sampled_from([0.0, 0.5, 0.7, 0.9, 1.0]))
def test_words_that_are_alike_are_among_those_that_may_be(pairs, likeness):
    spellings = Spellings.of([word for pair in pairs for word in pair])
    left = np.arange(0, 2 * len(pairs), 2, dtype=np.int32)
    may = spellings.may_be_alike(left, left + 1, likeness)
    for pair, found in zip(pairs, may.tolist(), strict=True):
        sighted = [word.translate(str.maketrans("1l|0", "iiio")) for word in pair]
        alike = max(Levenshtein.normalized_similarity(*words) for words in (pair, sighted)) >= likeness
        assert found or not alike


def test_words_of_other_letters_are_not_compared():
    spellings = Spellings.of(["colour", "parted", "cöloür"])
    assert spellings.may_be_alike(np.array([0, 0]), np.array([1, 2]), 0.6).tolist() == [False, True]


TEXT = st.lists(st.sampled_from(["labour", "labor", "labours", "peace", "war"]), min_size=2, max_size=12).map(" ".join)
EDGE = st.floats(0, 1)


def near_plainly(aligned: list[tuple[int, int]], words: list[str], spans: list[range], options: AlignOptions) -> list:
    """The near-equal pairs of one region, gap by gap: spans are those of the documents and of the region, a and b."""
    found = []
    for (a, b), (next_a, next_b) in pairwise([(None, None), *aligned, (None, None)]):
        if a is None or next_a is None:
            steps = (
                [(next_a - step, next_b - step) for step in (1, 2)] if a is None else [(a + 1, b + 1), (a + 2, b + 2)]
            )
        else:
            gaps = next_a - a - 1, next_b - b - 1
            steps = [(a + step, b + step) for step in range(1, min(gaps) + 1)]
            steps += [(next_a - step, next_b - step) for step in range(1, min(gaps) + 1) if gaps[0] != gaps[1]]
            steps *= max(gaps) <= options.facing
        near = []
        for pair in sorted(steps):
            if pair[0] in spans[0] and pair[1] in spans[1]:
                alike = Levenshtein.normalized_similarity(words[pair[0]], words[pair[1]])
                near += [pair] * (alike >= options.likeness)
        found += near[:1] + [pair for last, pair in pairwise(near) if pair[0] != last[0] and pair[1] > last[1]]
    return [pair for pair in found if pair[0] in spans[2] and pair[1] in spans[3]]


@given(TEXT, TEXT, EDGE, EDGE)
def test_near_equal_words_are_those_that_face_each_other_gap_by_gap(a, b, start, end):
    tokens = tokenise([(a, None), (b, None)])
    split, total = int(tokens.bounds[1]), int(tokens.bounds[2])
    first, behind = round(start * (split - 1)), split + 1 + round(end * (total - split - 1))
    region = Regions(*(np.array([edge]) for edge in (first, split, split, behind)))
    aligned = align_regions(tokens.ids, code_points(tokens.vocabulary.counts), region)
    words = tokens.vocabulary.words
    options = AlignOptions()
    found, _ = add_spellings(aligned, tokens.ids, Spellings.of(words), region, tokens.bounds, options)
    equal = list(zip(aligned.a.tolist(), aligned.b.tolist(), strict=True))
    spans = [range(split), range(split, total), range(first, split), range(split, behind)]
    said = [words[word] for word in tokens.ids.tolist()]
    near = near_plainly(equal, said, spans, options) if equal else []
    assert list(zip(found.a.tolist(), found.b.tolist(), strict=True)) == sorted(equal + near)
