"""What counts once, and what words say in documents that say it themselves."""

from __future__ import annotations

import random
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reuse.corpus.tokenise import tokenise
from reuse.options import ScoreOptions
from reuse.score.repeats import says_again
from reuse.score.surprise import Surprise

TEXTS = st.lists(st.lists(st.sampled_from("ab"), max_size=12), min_size=1, max_size=4)


def said_again(texts: list[list[str]], stretch: int) -> tuple[list[bool], list[bool]]:
    """The same, one stretch after the other."""
    seen: set[tuple[str, ...]] = set()
    anywhere, in_document = [], []
    for text in texts:
        here: set[tuple[str, ...]] = set()
        covered, covered_here = [False] * len(text), [False] * len(text)
        for start in range(len(text) - stretch + 1):
            run = tuple(text[start : start + stretch])
            for known, marks in ((seen, covered), (here, covered_here)):
                if run in known:
                    marks[start : start + stretch] = [True] * stretch
            seen.add(run)
            here.add(run)
        anywhere += covered
        in_document += covered_here
    return anywhere, in_document


@given(TEXTS, st.integers(1, 4))
@settings(max_examples=150)
def test_what_says_again_what_stands_earlier(texts, stretch):
    tokens = tokenise((" ".join(text), None) for text in texts)
    found = says_again(tokens, stretch)
    assert tuple(column.tolist() for column in found) == said_again(texts, stretch)


@given(st.lists(st.lists(st.sampled_from("abc"), max_size=30), min_size=1, max_size=4))
def test_what_a_document_says_is_counted_in_it_alone(texts):
    """The word that opens a document stands after none, whatever the document before ends with."""
    tokens = tokenise((" ".join(text), None) for text in texts)
    surprise = Surprise.of(tokens, ScoreOptions(counted_once=4))
    words, pairs = [], []
    for start, end in pairwise(tokens.bounds.tolist()):
        ids, counted = tokens.ids[start:end].tolist(), surprise.counted_here[start:end]
        said = Counter(word for word, counts in zip(ids, counted, strict=True) if counts)
        after = Counter(pair for pair, counts in zip(pairwise(ids), counted[1:], strict=True) if counts)
        words += [said[word] for word in ids]
        pairs += [0, *(after[pair] for pair in pairwise(ids))][: len(ids)]
    opens = np.isin(np.arange(len(tokens)), tokens.bounds)
    assert surprise.own_counts.tolist() == words
    assert np.where(opens, 0, surprise.own_pairs).tolist() == pairs


def of_first_pair(texts: list[list[str]]) -> float:
    """Bits of the first twenty words of the first two texts, aligned word by word."""
    tokens = tokenise((" ".join(text), None) for text in texts)
    rows = np.arange(20)
    first = rows == 0
    return float(Surprise.of(tokens, ScoreOptions()).of_aligned(rows, tokens.bounds[1] + rows, first).sum())


def prose(seed: int, count: int) -> list[str]:
    return random.Random(seed).choices([f"w{number}" for number in range(400)], k=count)


def test_copying_more_makes_nothing_less_surprising():
    note = [f"n{number}" for number in range(20)]
    bits = [of_first_pair([note + prose(number, 30) for number in range(copies)]) for copies in (2, 20, 200)]
    assert bits[0] > 15
    assert min(bits) > 0.9 * bits[0]


def test_a_refrain_said_sixty_times_in_one_text_says_as_much_in_the_other():
    refrain = [f"n{number}" for number in range(20)]
    once = of_first_pair([refrain + prose(1, 1200), refrain + prose(2, 100)])
    often = of_first_pair([refrain * 60 + prose(1, 20), refrain + prose(2, 100)])
    assert often == pytest.approx(once, rel=0.25)


def test_words_of_a_list_say_little_where_both_texts_are_full_of_them():
    filler = [prose(seed, 400) for seed in range(8)]
    items = [f"minister of w{number}" for number in range(100)]
    listed = [" ".join(random.Random(seed).sample(items, 60)).split() for seed in (1, 2)]
    same = [word for number in range(1, 8) for word in ("minister", "of", f"w{number}")]
    in_lists = of_first_pair([same + listed[0], same + listed[1], *filler])
    in_prose = of_first_pair([same + filler[0], same + filler[1], *filler[2:], listed[0], listed[1]])
    assert in_lists < in_prose


def test_a_word_after_another_is_not_the_other_after_it():
    tokens = tokenise((text, None) for text in ("x y x", "x y x"))
    assert Surprise.of(tokens, ScoreOptions()).own_pairs[[1, 2, 4, 5]].tolist() == [1, 1, 1, 1]


@given(TEXTS, st.data())
@settings(max_examples=50)
def test_where_documents_are_known_to_turn_changes_nothing(texts, data):
    tokens = tokenise((" ".join(text), None) for text in texts)
    if not len(tokens):
        return
    place = st.integers(0, len(tokens) - 1)
    a, b = np.array(data.draw(st.lists(st.tuples(place, place), min_size=1, max_size=20)), dtype=np.int64).T
    documents = np.stack((tokens.document_of(a), tokens.document_of(b)))
    turns = np.ones(len(a), dtype=bool)
    turns[1:] = (documents[:, 1:] != documents[:, :-1]).any(axis=0)
    surprise = Surprise.of(tokens, ScoreOptions(counted_once=2))
    for known, unknown in zip(surprise.alone_and_after(a, b, turns), surprise.alone_and_after(a, b), strict=True):
        assert np.array_equal(known, unknown)


@given(st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=20), min_size=2, max_size=4), st.data())
def test_words_say_at_most_what_they_say_under_the_background_alone(texts, data):
    tokens = tokenise((" ".join(text), None) for text in texts)
    surprise = Surprise.of(tokens, ScoreOptions(counted_once=4))
    most = Surprise.at_most(surprise.background, surprise.counted, tokens)
    place = st.integers(0, len(tokens) - 1)
    pairs = np.array(data.draw(st.lists(st.tuples(place, place), min_size=1, max_size=20)))
    a, b = pairs.min(axis=1), pairs.max(axis=1)
    for said, limit in zip(surprise.alone_and_after(a, b), most.alone_and_after(a, b), strict=True):
        assert np.isfinite(limit).all()
        assert (said <= limit + 1e-5).all()
