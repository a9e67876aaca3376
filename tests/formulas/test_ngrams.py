"""Closed n-grams against a count by dictionary that shares no code with them."""

from __future__ import annotations

import re
import tracemalloc
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reuse.arrays.grouping import equal_groups
from reuse.formulas import branching, repeats, sequences
from reuse.formulas.ngrams import find_ngrams
from reuse.formulas.phrases import find_formulas
from reuse.formulas.sequences import LONGEST_CYCLE, REPETITION, _going_on, refrains
from reuse.options import FormulaOptions
from reuse.score.background import Background
from reuse.work.workers import Workers

SEEDS = Path(__file__).parents[2] / "seeds"

WORDS = st.lists(st.sampled_from("abc"), max_size=14)
DOCUMENTS = st.lists(st.lists(WORDS.filter(bool), max_size=4), min_size=1, max_size=4)


def brute_force(documents, min_tokens, min_documents):
    """{phrase: (df, tf)} by counting every run of words of every sentence."""
    occurrences = defaultdict(int)
    where = defaultdict(set)
    for number, document in enumerate(documents):
        for sentence in (part for whole in document for part in without_repetition(whole)):
            for start in range(len(sentence)):
                for end in range(start + min_tokens, len(sentence) + 1):
                    occurrences[tuple(sentence[start:end])] += 1
                    where[tuple(sentence[start:end])].add(number)
    open_phrases = set()
    for phrase, count in occurrences.items():
        for shorter in (phrase[1:], phrase[:-1]):
            if occurrences.get(shorter) == count:
                open_phrases.add(shorter)
    return {
        phrase: (len(where[phrase]), count)
        for phrase, count in occurrences.items()
        if count >= 2 and len(where[phrase]) >= min_documents and phrase not in open_phrases
    }


def without_repetition(sentence):
    """The parts of a sentence between words that are said over and over; each of those stands by itself."""
    alone, behind = set(), set()
    for period in range(1, LONGEST_CYCLE + 1):
        for start in range(len(sentence)):
            end = start + period
            while end < len(sentence) and sentence[end] == sentence[end - period]:
                end += 1
            if end - start >= REPETITION * period:
                alone.update(range(start, end))
                behind.add(end)
    parts = [[]]
    for place, word in enumerate(sentence):
        if place in alone or place in behind:
            parts.append([])
        parts[-1].append(word)
    return parts


def found(documents, corpus, options, jobs=1):
    tokens, words = corpus(documents)
    formulas = find_ngrams(tokens, Background.of(tokens), options, Workers(jobs))
    rows = {}
    for row in range(len(formulas)):
        places = formulas.positions[formulas.bounds[row] : formulas.bounds[row + 1]]
        texts = {tuple(words[i] for i in tokens.ids[p : p + formulas.tokens[row]]) for p in places}
        assert len(texts) == 1
        assert (np.diff(places) > 0).all()
        assert len(places) == formulas.tf[row]
        rows[texts.pop()] = (int(formulas.df[row]), int(formulas.tf[row]))
    assert len(rows) == len(formulas)
    return rows


@settings(max_examples=300, deadline=None)
@given(DOCUMENTS, st.integers(2, 5), st.integers(1, 3))
@example([[["a", "b"] * 6 + ["c", "a", "b"]], [["c", "a", "b"], ["a", "b", "c"] * 4]], 2, 1)
def test_equals_brute_force_on_small_alphabets(corpus, documents, min_tokens, min_documents):
    options = FormulaOptions(min_tokens, min_documents)
    assert found(documents, corpus, options) == brute_force(documents, min_tokens, min_documents)


def seed_documents():
    return [
        [
            words[:60]
            for sentence in re.split(r"(?<=[.!?])\s+|\n\s*\n", path.read_text(encoding="utf-8"))
            if (words := re.findall(r"\w+", sentence.casefold()))
        ]
        for path in sorted(SEEDS.glob("*.txt"))
    ]


@pytest.mark.slow
@pytest.mark.parametrize("min_tokens", [2, 4])
def test_equals_brute_force_on_the_seeds(corpus, min_tokens):
    documents = seed_documents()
    rows = found(documents, corpus, FormulaOptions(min_tokens))
    assert rows == brute_force(documents, min_tokens, 2)
    assert ("ones", "closely", "knitted", "in", "the", "bonds", "of", "kinship") in rows


@settings(max_examples=60, deadline=None)
@given(DOCUMENTS, st.integers(2, 4))
def test_colliding_hashes_change_nothing(corpus, documents, min_tokens):
    def colliding(hashes, columns):
        return equal_groups(np.zeros_like(hashes), columns)

    def all_the_same(ids, words):
        return np.zeros(len(ids) - words + 1, dtype=np.uint64)

    with patch.object(repeats, "hashes_of", all_the_same), patch.object(branching, "equal_groups", colliding):
        rows = found(documents, corpus, FormulaOptions(min_tokens))
    assert rows == brute_force(documents, min_tokens, 2)


@settings(max_examples=100, deadline=None)
@given(DOCUMENTS, st.integers(2, 4), st.integers(1, 3), st.integers(1, 20), st.integers(1, 2))
def test_passes_lots_and_threads_change_nothing(corpus, documents, min_tokens, min_documents, size, jobs):
    options = FormulaOptions(min_tokens, min_documents)
    with (
        patch.object(repeats, "PASS", 2 * size),
        patch.object(repeats, "LOT", size),
        patch.object(repeats, "SLICE", 3),
    ):
        rows = found(documents, corpus, options, jobs)
    assert rows == brute_force(documents, min_tokens, min_documents)


def test_two_copies_of_a_text_without_punctuation_are_one_formula(corpus):
    words = [f"w{i % 7919}x{i % 104729}" for i in range(30_000)]
    tokens, _ = corpus([[words], [["other"], words]])
    formulas = find_ngrams(tokens, Background.of(tokens))
    assert formulas.tokens.tolist() == [30_000]
    assert (formulas.df[0], formulas.tf[0]) == (2, 2)


def test_search_of_endless_repetition_is_cut_short(corpus, monkeypatch):
    monkeypatch.setattr(repeats, "WORK_FACTOR", 1)
    monkeypatch.setattr(repeats, "STEP_BUDGET", 100)
    one, two = ["a"], ["a", "b"]
    while len(two) < 3000:  # a Fibonacci word: full of repeats, none of which is said six times in a row
        one, two = two, two + one
    tokens, _ = corpus([[two], [two]])
    formulas = find_ngrams(tokens, Background.of(tokens))
    assert not formulas.complete
    assert len(formulas)


@pytest.mark.parametrize("words", [["ha"], ["ha", "ho"], ["we", "will", "win", "and", "we", "will", "fight"]])
def test_endless_repetition_costs_little_memory(corpus, words):
    tokens, _ = corpus([[["before", *words * 2500]], [words * 2500]])
    tracemalloc.start()
    formulas = find_formulas(tokens, Background.of(tokens))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(formulas) == 0
    assert peak < 400 * len(tokens) + (40 << 20)


@pytest.mark.parametrize("length", [LONGEST_CYCLE + 1, 40])
def test_a_refrain_is_one_formula_however_often_it_is_said(corpus, length):
    refrain = [f"word{place}" for place in range(length)]
    tokens, words = corpus([[["before", *refrain * 500, "behind"]], [refrain * 500]])
    tracemalloc.start()
    formulas = find_formulas(tokens, Background.of(tokens))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    first = formulas.first()[0]
    assert [words[word] for word in tokens.ids[first : first + formulas.tokens[0]]] == refrain
    assert (len(formulas), formulas.df[0], formulas.tf[0]) == (1, 2, 1000)
    assert peak < 400 * len(tokens) + (40 << 20)


@given(
    st.lists(
        st.tuples(st.integers(0, 30), st.integers(1, 24), st.integers(1, 9), st.integers(0, 3)), min_size=1, max_size=4
    )
)
def test_refrains_begin_where_a_plain_search_finds_them(corpus, parts):
    sentence = []
    for first, length, times, behind in parts:
        sentence += [f"w{first + place}" for place in range(length)] * times + ["x"] * behind
    tokens, _ = corpus([[sentence], [["w1", "w2"]]])
    begins = np.zeros(len(tokens), dtype=bool)
    for period in range(LONGEST_CYCLE + 1, len(sentence)):
        start = 0
        while start + period < len(sentence):
            end = start + period
            while end < len(sentence) and sentence[end] == sentence[end - period]:
                end += 1
            if end - start >= REPETITION * period and all(
                sentence[start : end - by] != sentence[start + by : end] for by in range(1, LONGEST_CYCLE + 1)
            ):
                begins[start:end:period] = True
            start = max(end - period, start) + 1
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sequences, "_SLICE", 7)
        assert refrains(tokens).tolist() == begins.tolist()


@given(st.lists(st.tuples(st.integers(4, 8), st.integers(0, 60)), max_size=3), st.integers(1, 4), st.integers(0, 2))
def test_rows_that_go_on_are_those_of_a_plain_search(parts, period, gap):
    words = list(range(800))  # few places that go on: only what lies around them is looked at
    for times, behind in parts:
        words += ["ab"[place % 2] for place in range(period)] * times + ["c"] * gap + list(range(behind))
    words = np.unique(np.array(words, dtype=str), return_inverse=True)[1].tolist()
    least = (REPETITION - 1) * period
    plain = [place for place in range(period, len(words)) if words[place] == words[place - period]]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sequences, "_SLICE", 7)
        found = _going_on(np.array(words, dtype=np.int32), period, least).tolist()

    def rows(places):
        borders = [row for row in range(1, len(places)) if places[row] != places[row - 1] + 1]
        cut = [places[begin:end] for begin, end in pairwise([0, *borders, len(places)])]
        return [row for row in cut if len(row) >= least]

    assert rows(found) == rows(plain)


def test_a_word_said_over_and_over_is_no_formula(corpus):
    table = ["0"] * 500
    tokens, _ = corpus(
        [[["sum", "of", "all", "ports", *table, "tons", "of", "salt", "fish"]], [["x", *table, "y"]]] * 2
    )
    formulas = find_ngrams(tokens, Background.of(tokens))
    assert sorted(formulas.tokens.tolist()) == [4, 4]  # "sum of all ports" and "tons of salt fish"


def test_dispersion_by_hand(corpus):
    # Documents of 6, 6 and 12 words; the phrase is once in the first and three times in the last.
    phrase = list("abcd")
    documents = [
        [[*phrase, "x", "y"]],
        [["p", "q", "r", "s", "t", "u"]],
        [phrase, phrase, phrase],
    ]
    tokens, _ = corpus(documents)
    formulas = find_ngrams(tokens, Background.of(tokens))
    assert formulas.tf.tolist() == [4]
    # Shares of the corpus .25 .25 .5, of the occurrences .25 0 .75: half of 0 + .25 + .25.
    assert formulas.dispersion[0] == pytest.approx(0.25)


@settings(max_examples=60, deadline=None)
@given(DOCUMENTS)
def test_order_of_documents_does_not_matter(corpus, documents):
    def listed(docs):
        tokens, words = corpus(docs)
        formulas = find_ngrams(tokens, Background.of(tokens), FormulaOptions(2))
        return [
            tuple(words[i] for i in tokens.ids[p : p + n])
            for p, n in zip(formulas.first(), formulas.tokens, strict=True)
        ]

    assert sorted(listed(documents)) == sorted(listed(documents[::-1]))


@pytest.mark.parametrize("lot", [repeats.LOT, 50])
def test_keeps_the_best_and_says_how_many_there_were(corpus, monkeypatch, lot):
    documents = seed_documents()
    tokens, _ = corpus(documents)
    background = Background.of(tokens)
    every = find_ngrams(tokens, background)
    monkeypatch.setattr(repeats, "LOT", lot)
    best = find_ngrams(tokens, background, FormulaOptions(max_formulas=10))
    assert len(best) == 10
    assert best.found == every.found == len(every)
    assert best.bits.tolist() == every.bits[:10].tolist()
    assert best.positions.tolist() == every.positions[: every.bounds[10]].tolist()
    score = (every.df - 1) * every.bits.astype(np.float64)
    assert (np.diff(score) <= 0).all()


def test_nothing_to_find(corpus):
    for documents in ([[]], [[["one"]]], [[["one", "two"]], [["two", "one"]]]):
        tokens, _ = corpus(documents)
        formulas = find_ngrams(tokens, Background.of(tokens))
        assert len(formulas) == formulas.found == 0
        assert formulas.bounds.tolist() == [0]
