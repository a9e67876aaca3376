"""Whole phrases: what stands for itself, and where it begins and ends."""

from __future__ import annotations

import random
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reuse.corpus.tokenise import tokenise
from reuse.formulas import repeats
from reuse.formulas.phrases import find_formulas
from reuse.options import FormulaOptions
from reuse.score.background import Background

WORDS = st.lists(st.sampled_from("abcd"), max_size=14)
DOCUMENTS = st.lists(st.lists(WORDS.filter(bool), max_size=4), min_size=1, max_size=5)


def found(tokens, options=None):
    """{phrase: (df, tf)} of the formulas, in their order."""
    formulas = find_formulas(tokens, Background.of(tokens), options)
    words, rows = tokens.vocabulary.words, {}
    for row in range(len(formulas)):
        places = formulas.positions[formulas.bounds[row] : formulas.bounds[row + 1]].tolist()
        texts = {" ".join(words[i] for i in tokens.ids[at : at + formulas.tokens[row]]) for at in places}
        assert len(texts) == 1
        assert len(places) == formulas.tf[row]
        rows[texts.pop()] = (int(formulas.df[row]), int(formulas.tf[row]))
    return rows


def of_texts(texts):
    return found(tokenise((text, None) for text in texts))


class Prose:
    """Sentences of English shape: content words, that end clauses, between words of the grammar, that end none."""

    def __init__(self, seed: int = 3) -> None:
        self.source = random.Random(seed)

    def noun(self) -> str:
        return f"{self.source.choice('bdfgklmnprst')}a{self.source.randrange(1500)}"

    def clause(self) -> str:
        grammar = self.source.choice(
            ["of the", "of a", "in the", "in a", "and the", "to the", "to a", "of our", "for the"]
        )
        return f"the {self.noun()} {self.noun()} {grammar} {self.noun()}"

    def sentence(self, *phrases: str) -> str:
        parts = [self.clause(), *(f"{self.noun()} {phrase} {self.noun()}" for phrase in phrases), self.clause()]
        return ", ".join(parts).capitalize() + "."

    def text(self, *phrases: str) -> str:
        return " ".join([self.sentence() for _ in range(15)] + [self.sentence(phrase) for phrase in phrases])


def test_a_phrase_inside_a_longer_one_keeps_what_stands_alone():
    prose = Prose()
    inner, longer = "quiet harbour beside winter mountains", "painted quiet harbour beside winter mountains yesterday"
    rows = of_texts([prose.text(*[inner] * (n < 5), *[longer] * (n > 2)) for n in range(12)])
    assert rows[inner] == (5, 5)
    assert rows[longer] == (9, 9)
    assert len(rows) == 2


def test_what_lies_within_longer_phrases_is_told_as_well():
    prose = Prose()
    inner, longer = "quiet harbour beside winter mountains", "painted quiet harbour beside winter mountains yesterday"
    texts = [prose.text(*[inner] * (n < 5), *[longer] * (n > 2)) for n in range(12)]
    tokens = tokenise((text, None) for text in texts)
    formulas = find_formulas(tokens, Background.of(tokens))
    by_length = {int(length): row for row, length in enumerate(formulas.tokens)}
    assert (formulas.df_all[by_length[5]], formulas.tf_all[by_length[5]]) == (12, 14)
    assert (formulas.df_all[by_length[7]], formulas.tf_all[by_length[7]]) == (9, 9)


def test_a_piece_of_one_longer_phrase_is_none():
    prose = Prose()
    whole = "quiet harbour beside frozen winter mountains"
    rows = of_texts([prose.text(whole if n else "quiet harbour beside frozen") for n in range(12)])
    assert rows == {whole: (11, 11)}


def test_a_longer_phrase_that_says_little_more_is_none():
    prose = Prose()
    phrase = "quiet harbour beside winter mountains"
    rows = of_texts([prose.text(phrase if n < 20 else f"the {phrase}") for n in range(30)])
    assert rows == {phrase: (30, 30)}


def test_no_phrase_begins_or_ends_on_a_word_that_never_does():
    prose = Prose()
    rows = of_texts([prose.text("of the quiet harbour beside winter mountains of a") for _ in range(9)])
    assert rows == {"the quiet harbour beside winter mountains": (9, 9)}


def test_a_phrase_ends_on_any_word_if_it_stands_so_before_marks():
    prose = Prose()
    texts = [f"{prose.text()} {prose.noun()} quiet harbour we dream of, {prose.clause()}." for _ in range(9)]
    assert of_texts(texts) == {"quiet harbour we dream of": (9, 9)}


def test_what_stands_between_marks_is_a_phrase_of_its_own():
    prose = Prose()
    inner = "quiet harbour beside winter mountains"
    first = f"painted copper vessels under glass, {inner}, bitter northern orchards without fences"
    texts = [prose.text(*[first] * (n % 2), *[f"{prose.noun()}, {inner}, {prose.noun()}"] * 2) for n in range(12)]
    rows = of_texts(texts)
    assert rows[inner] == (12, 24)
    assert rows[first.replace(",", "")] == (6, 6)


def test_a_better_phrase_is_not_taken_apart_by_longer_ones_that_leave_it_nothing():
    prose = Prose()
    phrase = "quiet harbour beside distant winter mountains"
    longer = f"{phrase} remember sailors"
    rows = of_texts([prose.text(longer if n else phrase) for n in range(3)])
    assert rows == {phrase: (3, 3)}


def test_phrases_of_frequent_words_are_found_without_marks():
    source = random.Random(5)
    words = ["harbour", "winter", "mountain", "silence", "copper", *(f"noun{n}" for n in range(60))]
    texts = []
    for _ in range(40):
        said = source.choices(words, k=300)
        said[150:150] = ["harbour", "winter", "mountain", "silence", "copper"]
        texts.append(" ".join(said))
    assert of_texts(texts)["harbour winter mountain silence copper"] == (40, 40)


def test_neither_counting_nor_numbers_are_formulas():
    prose = Prose()
    row = " ".join(str(n) for n in range(1, 14))
    texts = [
        f"{prose.text()} Salt fish {row} tons of herring. In 1750 2500 3300 4800 {prose.noun()}." for _ in range(8)
    ]
    assert not [phrase for phrase in of_texts(texts) if any(word.isdecimal() for word in phrase.split())]


def test_chinese_phrases_are_not_cut_within_words():
    source = random.Random(2)
    letters = [chr(0x4E00 + n) for n in range(400)]
    said = "".join

    def clause() -> str:
        return said(source.choices(letters, k=9)) + "，"

    texts = [said(clause() for _ in range(40)) + "他表示诚挚感谢，" + clause() + "。" for _ in range(10)]
    assert list(of_texts(texts)) == ["他 表 示 诚 挚 感 谢"]


@settings(max_examples=60, deadline=None)
@given(DOCUMENTS, st.integers(2, 4), st.integers(1, 3))
def test_laws(corpus, documents, min_tokens, min_documents):
    options = FormulaOptions(min_tokens, min_documents)

    def rows(documents):
        tokens, words = corpus(documents)
        object.__setattr__(tokens.vocabulary, "words", words)
        return found(tokens, options)

    usual = rows(documents)
    assert list(rows(documents[::-1]).items()) == list(usual.items())
    assert all(df >= min_documents and tf >= 2 for df, tf in usual.values())
    with patch.object(repeats, "LOT", 5), patch.object(repeats, "PASS", 20):
        assert rows(documents) == usual


@pytest.mark.parametrize("documents", [[[]], [[["one"]]], [[["one", "two"]], [["two", "one"]]]])
def test_nothing_to_find(corpus, documents):
    tokens, _ = corpus(documents)
    formulas = find_formulas(tokens, Background.of(tokens))
    assert len(formulas) == formulas.found == 0
    assert formulas.bounds.tolist() == [0]


def test_keeps_the_best_and_says_how_many_there_were():
    prose = Prose()
    texts = [prose.text("quiet harbour beside winter mountains", "bitter copper vessels under glass") for _ in range(9)]
    texts += [prose.text("painted orchards without northern fences") for _ in range(4)]
    tokens = tokenise((text, None) for text in texts)
    background = Background.of(tokens)
    every = find_formulas(tokens, background)
    best = find_formulas(tokens, background, FormulaOptions(max_formulas=2))
    assert (len(best), best.found, every.found) == (2, 3, 3)
    assert best.positions.tolist() == every.positions[: every.bounds[2]].tolist()
