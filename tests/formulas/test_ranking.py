"""The order of phrases: what each adds to those above it, and what is seen at its edges."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.corpora.dispatches import dispatches
from benchmarks.quality.phrases import shares, texts_of
from reuse.arrays.logarithm import log2
from reuse.arrays.ragged import bounds_of
from reuse.corpus.tokenise import tokenise
from reuse.formulas.edges import Edges
from reuse.formulas.phrases import find_formulas
from reuse.formulas.ranking import by_what_they_add, edges_seen
from reuse.formulas.repeats import Repeats
from reuse.options import FormulaOptions
from reuse.score.background import Background

FILLER = [[[f"n{document}x{place}" for place in range(60)]] for document in range(8)]


def repeats(positions, length):
    """A phrase of so many words that stands at these places."""
    return Repeats(np.array([length]), np.array([len(positions)]), np.array([0, len(positions)]), positions, True)


def edges_of(tokens):
    return Edges.of(tokens, Background.of(tokens), FormulaOptions())


def order_of(corpus, phrases, scores):
    """The phrases in the order in which they are listed."""
    tokens, _ = corpus([[phrase.split()] for phrase in phrases] + FILLER)
    lengths = np.array([len(phrase.split()) for phrase in phrases])
    first = bounds_of(lengths)[:-1]
    ties = (np.arange(len(phrases)),)
    order = by_what_they_add(np.array(scores), ties, first, lengths, tokens, edges_of(tokens).content)
    return [phrases[row] for row in order]


def test_words_that_stand_nowhere_change_nothing():
    tokens = tokenise([("a word of the old crew", None)] * 2)
    unused = replace(
        tokens.vocabulary, counts=np.where(np.arange(len(tokens.vocabulary)) == 1, 0, tokens.vocabulary.counts)
    )
    order = by_what_they_add(
        np.array([1.0, 2.0]),
        (np.arange(2),),
        np.array([0, 2]),
        np.array([2, 2]),
        replace(tokens, vocabulary=unused),
        edges_of(tokens).content,
    )
    assert order.tolist() == [1, 0]


def test_what_better_phrases_say_already_counts_less(corpus):
    better, again, other = "coral lantern harbour", "velvet coral lantern", "copper winter orchard"
    assert order_of(corpus, [better, again, other], [9.0, 8.0, 7.0]) == [better, other, again]
    assert order_of(corpus, [better, again, other], [9.0, 8.0, 2.0]) == [better, again, other]


def test_one_word_in_common_is_no_repetition(corpus):
    phrases = ["coral lantern harbour", "velvet coral market", "copper winter orchard"]
    assert order_of(corpus, phrases, [9.0, 8.0, 7.0]) == phrases


def test_a_phrase_that_was_passed_over_does_not_count_against_others(corpus):
    first, second = "coral lantern harbour", "coral lantern velvet market"
    third, fourth = "velvet market orchard", "copper winter meadow"
    # The second falls below the third, so that the third is the first to speak of a velvet market.
    assert order_of(corpus, [first, second, third, fourth], [9.0, 8.0, 7.0, 6.5]) == [first, third, fourth, second]


def test_what_goes_on_with_words_of_content_is_cut():
    texts = [f"They sent the warmest {what} to the {who}." for what in ("greetings", "regards") for who in "abcdefgh"]
    texts += [f"She had no {what}." for what in ("greetings", "regards") for _ in "abcd"]
    texts += [f"He led a meeting {so} the {who}, and {who} spoke." for so in ("of", "for") for who in "klmnopqr"]
    texts += [f"A first in the history of the {who}." for who in "klmnopqr"]
    texts += [f"We left the {what}." for what in ("meeting", "crew", "harbour") for _ in "abcd"]
    texts += [f"Mary felt the need {so} {what}." for so in ("to", "for") for what in "uvwxyz"]
    texts += [f"You saw a Naval {post}." for post in "mnopqr"]
    texts += [f"A velvet Naval Bureau {do} the harbour." for do in ("saw", "sold", "left")]
    tokens = tokenise((text, None) for text in texts)
    edges = edges_of(tokens)
    words = tokens.vocabulary.words

    def factor(phrase):
        numbers = [words.index(word) for word in phrase.split()]
        at = np.flatnonzero(tokens.ids == numbers[0])
        return float(edges_seen(repeats(at, len(numbers)), edges)[0])

    assert factor("they sent the warmest") == pytest.approx(FormulaOptions().cut)
    assert factor("he led a meeting") == 1.0
    assert factor("first in the history") == pytest.approx(FormulaOptions().cut)
    assert factor("mary felt the need") == pytest.approx(FormulaOptions().cut)  # "need" ends no sentence
    assert factor("bureau saw the harbour") == pytest.approx(FormulaOptions().cut)  # the Naval Bureau
    assert edges_seen(Repeats.empty(complete=True), edges).tolist() == []


def test_the_best_phrases_of_dispatches_are_whole_and_distinct():
    tokens = tokenise((text, None) for text in dispatches())
    texts = texts_of(tokens, find_formulas(tokens, Background.of(tokens)))
    for top, dangling, nested in ((30, 2 / 30, 1 / 30), (200, 0.1, 0.05)):
        found = shares(tokens, texts[:top])
        assert found["dangling"] <= dangling
        assert found["nested"] <= nested
    assert shares(tokens, texts[:30])["distinct"] >= 25 / 30


WORDS = ["coral", "lantern", "harbour", "velvet", "copper", "winter", "orchard", "ember"]
PHRASES = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join), min_size=1, max_size=9)


@given(PHRASES, st.data())
def test_the_order_is_that_of_taking_the_best_one_after_the_other(phrases, data):
    tokens = tokenise((phrase, None) for phrase in phrases)
    numbers = st.lists(st.integers(1, 60), min_size=len(phrases), max_size=len(phrases))
    scores = np.log(np.array(data.draw(numbers)) + 1.3)  # as large as another, or else never as large by its share
    lengths = np.diff(tokens.bounds)
    content = data.draw(st.lists(st.booleans(), min_size=len(tokens.vocabulary), max_size=len(tokens.vocabulary)))
    order = by_what_they_add(
        scores,
        (np.arange(len(phrases)),),
        tokens.bounds[:-1],
        lengths,
        tokens,
        np.array(content),
    )
    bits = -log2(tokens.vocabulary.counts / len(tokens))
    words = [[word for word in tokens.ids[low:high].tolist() if content[word]] for low, high in pairwise(tokens.bounds)]
    pairs = [[frozenset(pair) for pair in pairwise(own)] for own in words]
    said: Counter[frozenset[int]] = Counter()

    def worth(row: int) -> float:
        times = [0, *(said[pair] for pair in pairs[row]), 0]
        new = sum(bits[word] / (1 + max(two)) for word, two in zip(words[row], pairwise(times), strict=False))
        whole = sum(bits[word] for word in words[row])
        return scores[row] * (new / whole if whole > 0 else 1.0)

    left, expected = list(range(len(phrases))), []
    while left:
        expected.append(max(left, key=worth))
        left.remove(expected[-1])
        said.update(set(pairs[expected[-1]]))
    assert order.tolist() == expected
