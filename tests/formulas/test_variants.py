"""Families of formulas: planted forms come together, strangers stay apart."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from reuse.arrays.ragged import ranges
from reuse.formulas.company import Company
from reuse.formulas.likeness import Close, Judge
from reuse.formulas.meeting import meeting
from reuse.formulas.moulds import Moulds
from reuse.formulas.ngrams import find_ngrams
from reuse.formulas.variants import _heads, content_words, find_families
from reuse.options import FamilyOptions, FormulaOptions
from reuse.score.background import Background


def families_of(corpus, documents, min_tokens=4):
    tokens, words = corpus(documents)
    background = Background.of(tokens)
    formulas = find_ngrams(tokens, background, FormulaOptions(min_tokens))
    families = find_families(tokens, formulas, words, background=background)
    texts = [
        " ".join(words[i] for i in tokens.ids[p : p + n])
        for p, n in zip(formulas.first(), formulas.tokens, strict=True)
    ]
    return tokens, formulas, families, texts


def test_spelling_inflection_and_small_words(corpus):
    forms = [
        "closely knitted in the bonds of kinship",
        "closely knit in bonds of kinship",
        "closely knitted in bonds of kinship",
    ]
    other = "peerless services and inexhaustible fountains everywhere"
    filler = [[f"n{document}x{i}" for i in range(40)] for document in range(6)]
    documents = [[form.split(), filler[number], other.split()] for number, form in enumerate(forms * 2)]
    _, formulas, families, texts = families_of(corpus, documents)
    where = {text: int(families.head[row]) for row, text in enumerate(texts)}
    assert len({where[form] for form in forms}) == 1
    assert where[other] not in {where[form] for form in forms}
    head = where[forms[0]]
    assert families.df[head] == 6
    assert families.tf[head] == 6
    assert (families.members[head], families.members[where[other]]) == (3, 1)
    assert formulas.df[where[other]] == 6


def test_planted_families_are_found_and_kept_apart(corpus):
    generator = random.Random(5)
    lexicon = [f"w{i}" for i in range(4000)]
    weights = [1 / (i + 10) for i in range(4000)]
    rare = lexicon[400:]
    documents = [[] for _ in range(40)]
    planted = {}
    for family in range(120):
        head = [generator.choice(rare) for _ in range(generator.randint(5, 14))]
        for _ in range(generator.randint(2, 5)):
            form = list(head)
            place = generator.randrange(1, len(form) - 1)
            match generator.randrange(3):
                case 0:
                    form[place] = generator.choice(rare)
                case 1:
                    form.insert(place, generator.choice(rare))
                case _:
                    del form[place]
            planted[" ".join(form)] = family
            for document in generator.sample(documents, generator.randint(2, 6)):
                around = generator.choices(lexicon, weights, k=20)
                document.append([*around[:10], *form, *around[10:]])
    _, _, families, texts = families_of(corpus, documents)
    heads = {}
    for row, text in enumerate(texts):
        if text in planted:
            heads.setdefault(planted[text], []).append(int(families.head[row]))
    pairs = sum(len(rows) - 1 for rows in heads.values())
    joined = sum(len(rows) - len(set(rows)) for rows in heads.values())
    assert joined >= 0.95 * pairs
    of_head = {}
    for family, rows in heads.items():
        for row in rows:
            of_head.setdefault(row, set()).add(family)
    assert all(len(members) == 1 for members in of_head.values())


def test_what_only_the_grammar_shares_is_kept_apart(corpus):
    formulas = [
        "the cost of living",
        "the cost of maintenance",
        "in the cost of living",
        "the secretary of war",
        "the secretary of the",
        "healthy and viable ones",
        "healthy and vibrant ones",
    ]
    generator = random.Random(4)
    grammar = ["the", "of", "and", "to", "in", "that", "a"]
    lexicon = [f"w{i}" for i in range(2000)]
    documents = [
        [[generator.choice(grammar if place % 2 else lexicon) for place in range(30)] for _ in range(20)]
        for _ in range(8)
    ]
    for document in documents:
        for formula in formulas:
            times = 5 if formula == "the secretary of the" else 1
            document += [[f"x{generator.randrange(10**9)}", *formula.split()] for _ in range(times)]
    _, _, families, texts = families_of(corpus, documents)
    head = {formula: texts[families.head[texts.index(formula)]] for formula in formulas}
    assert head["the cost of living"] == head["in the cost of living"] != head["the cost of maintenance"]
    assert head["the secretary of war"] != head["the secretary of the"]
    assert head["healthy and viable ones"] == head["healthy and vibrant ones"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.lists(st.sampled_from("abcd"), min_size=1, max_size=9), max_size=4), min_size=1, max_size=4)
)
def test_laws(corpus, documents):
    tokens, formulas, families, _ = families_of(corpus, documents, min_tokens=2)
    rows = np.arange(len(formulas))
    assert (families.head <= rows).all()
    assert (families.head[families.head] == families.head).all()
    for head in set(families.head.tolist()):
        members = rows[families.head == head]
        spans = sorted(
            (int(p), int(p + formulas.tokens[m]))
            for m in members
            for p in formulas.positions[formulas.bounds[m] : formulas.bounds[m + 1]]
        )
        reach, count = -1, 0
        for start, end in spans:
            count += start >= reach
            reach = max(reach, end)
        assert families.tf[head] == count
        assert families.df[head] == len(set(tokens.document_of(np.array([s for s, _ in spans])).tolist()))
        assert (families.members[members] == len(members)).all()


@pytest.mark.parametrize(("occurrences", "form"), [(3, True), (6, True), (7, False)])
def test_a_part_that_stands_mostly_elsewhere_is_its_own_formula(occurrences, form):
    words = ["deeply", "intended", "by", "the", "party", "committee"]
    judge = Judge.between(
        np.array([0, 1, 2, 3, 4, 5, 1, 2, 3, 4, 5]),
        np.array([6, 5]),
        np.array([3, occurrences]),
        np.array([False] + [True] * 10),
        np.array([5.0] + [11.0] * 5),
        words,
        FamilyOptions(),
    )
    assert (judge.likeness(0, 1) > 0) == form


LEXICON = ["the", "of", "in", *(f"{stem}{end}" for stem in ("bond", "ship", "reign") for end in ("", "s", "ed", "ing"))]
WORD = st.sampled_from(LEXICON)
CHANGES = st.lists(st.tuples(st.integers(0, 8), WORD), max_size=3)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORD, min_size=5, max_size=9), st.lists(CHANGES, min_size=2, max_size=9), st.integers(2, 4))
def test_families_are_those_that_a_judge_of_all_formulas_makes(corpus, phrase, changes, times):
    wordings = [[dict(own).get(place, word) for place, word in enumerate(phrase)] for own in changes]
    tokens, words = corpus([wordings[start::times] + wordings for start in range(times)])
    background, options = Background.of(tokens), FamilyOptions(likeness=0.4, head_likeness=0.3, content=0.3)
    formulas = find_ngrams(tokens, background, FormulaOptions(3))
    families = find_families(tokens, formulas, words, options, background=background)
    if not len(formulas):
        return
    ids = tokens.ids[ranges(formulas.first(), formulas.tokens)]
    content = content_words(tokens, background, formulas, options)
    company = Company.of(formulas, tokens.document_of(formulas.positions), tokens.documents)
    known = company, Moulds.of(ids, formulas.tokens, content)
    judge = Judge.of(tokens, ids, formulas, words, content, known, options)
    better, worse = meeting(ids, formulas.tokens)
    alike = judge.likenesses(better, worse) >= options.likeness
    edits = [
        Levenshtein.distance(judge.texts[one], judge.texts[other])
        for one, other in zip(better.tolist(), worse.tolist(), strict=True)
    ]
    forms = judge.forms(Close(better[alike], worse[alike], np.array(edits, dtype=np.int32)[alike]))
    assert families.head.tolist() == _heads(*forms, judge)
