"""Two ideas that share a mould, told from the company that they keep and from how many words fill it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reuse.arrays.ragged import bounds_of, ranges
from reuse.formulas.company import Company
from reuse.formulas.moulds import Moulds
from reuse.formulas.ngrams import find_ngrams
from reuse.formulas.variants import find_families
from reuse.options import FormulaOptions
from reuse.score.background import Background


def together(corpus, phrases, having, text_of=None):
    """Whether two phrases are forms of one family, given which of them (rows) each of the documents has."""
    documents = [
        [*([*phrases[row].split()] for row in rows), *([f"n{number}x{place}", "of", "the"] for place in range(40))]
        for number, rows in enumerate(having)
    ]
    tokens, words = corpus(documents)
    background = Background.of(tokens)
    formulas = find_ngrams(tokens, background, FormulaOptions(4))
    families = find_families(tokens, formulas, words, background=background, text_of=text_of)
    texts = [" ".join(words[i] for i in tokens.ids[p : p + n]) for p, n in zip(formulas.first(), formulas.tokens)]  # noqa: B905
    heads = {text: int(head) for text, head in zip(texts, families.head, strict=True)}
    return heads[phrases[0]] == heads[phrases[1]]


NAVY, TREASURY = "report of the secretary of the navy", "report of the secretary of the treasury"


def test_phrases_said_side_by_side_are_two_ideas(corpus):
    assert not together(corpus, [NAVY, TREASURY], [(0, 1)] * 6 + [()] * 20)


def test_phrases_that_replace_one_another_are_one(corpus):
    assert together(corpus, [NAVY, TREASURY], [(0,), (1,)] * 5 + [()] * 5)


def test_documents_that_all_have_both_say_nothing(corpus):
    assert together(corpus, [NAVY, TREASURY], [(0, 1)] * 5)


def test_copies_of_one_text_say_nothing(corpus):
    having = [(0, 1)] * 6 + [(0,), (1,)] * 2 + [()] * 30
    copies = np.arange(len(having))
    copies[:6] = 0
    assert not together(corpus, [NAVY, TREASURY], having)
    assert together(corpus, [NAVY, TREASURY], having, copies)


def test_a_place_that_takes_four_words_is_a_slot(corpus):
    further = ["report of the secretary of the interior", "report of the secretary of the admiralty"]
    assert together(corpus, [NAVY, TREASURY], [(0,), (1,)] * 3 + [()] * 9)
    assert together(corpus, [NAVY, TREASURY, *further[:1]], [(0,), (1,), (2,)] * 3 + [()] * 6)
    assert not together(corpus, [NAVY, TREASURY, *further], [(0,), (1,), (2,), (3,)] * 3 + [()] * 6)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ([1, 2, 3, 4], [1, 2, 5, 4], True),
        ([1, 2, 3, 4], [1, 2, 6, 7, 4], True),
        ([1, 2, 3, 4], [1, 2, 4], False),  # nothing stands in the place
        ([1, 2, 3, 4], [9, 2, 3, 4], False),  # another place, of two words only
    ],
)
def test_moulds(one, other, expected):
    formulas = [[1, 2, 3, 4], [1, 2, 5, 4], [1, 2, 6, 7, 4], [1, 2, 8, 4], [9, 2, 3, 4], [1, 2, 4]]
    ids, lengths = np.concatenate(formulas).astype(np.int32), np.array([len(words) for words in formulas])
    moulds = Moulds.of(ids, lengths, np.ones(len(ids), dtype=bool))
    rows = [np.array([formulas.index(words)]) for words in (one, other)]
    begin = next((n for n, (a, b) in enumerate(zip(one, other)) if a != b), min(map(len, (one, other))))  # noqa: B905
    end = next(n for n, (a, b) in enumerate(zip(one[::-1], other[::-1])) if a != b)  # noqa: B905
    common = (np.array([begin]), np.array([min(end, len(one) - begin, len(other) - begin)]))
    assert moulds.shared(*rows, common).tolist() == [expected]


def test_nothing_is_known_of_the_company_of_formulas_without_places():
    pair = np.array([0]), np.array([1])
    assert Company.unknown(2).kept(*pair, 2.0).tolist() == [False]


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_moulds_of_some_formulas_are_those_of_all(data):
    words = st.lists(st.integers(0, 3), min_size=1, max_size=5)
    formulas = data.draw(st.lists(words, min_size=1, max_size=30))
    ids, lengths = np.concatenate(formulas).astype(np.int32), np.array([len(own) for own in formulas])
    bounds = bounds_of(lengths)
    content = np.array(data.draw(st.lists(st.booleans(), min_size=len(ids), max_size=len(ids))))
    compared = np.array(sorted(data.draw(st.sets(st.integers(0, len(formulas) - 1), min_size=1))))
    every = Moulds.of(ids, lengths, content)
    some = Moulds.among(compared, ids, lengths, lambda rows: content[ranges(bounds[rows], lengths[rows])])
    one, other = (column.ravel() for column in np.meshgrid(np.arange(len(compared)), np.arange(len(compared))))
    shorter = np.minimum(lengths[compared[one]], lengths[compared[other]])
    before = np.array(data.draw(st.lists(st.integers(0, 4), min_size=len(one), max_size=len(one))))
    behind = np.array(data.draw(st.lists(st.integers(0, 4), min_size=len(one), max_size=len(one))))
    common = np.minimum(before, shorter), np.minimum(behind, shorter)
    expected = every.shared(compared[one], compared[other], common)
    assert some.shared(one, other, common).tolist() == expected.tolist()
    assert set(some.keys.tolist()) <= set(every.keys.tolist())
