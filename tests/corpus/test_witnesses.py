"""Distinct texts, in an order that follows from what they say."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reuse.corpus.tokenise import tokenise
from reuse.corpus.witnesses import find_witnesses

TEXTS = st.lists(st.sampled_from(["", "a b", "b a", "a b c", "c"]), min_size=1, max_size=8)


def words_of(tokens, document):
    return tokens.vocabulary.hashes[tokens.ids[tokens.bounds[document] : tokens.bounds[document + 1]]].tolist()


@given(TEXTS, st.data())
def test_witnesses_are_the_distinct_texts_in_an_order_of_their_own(texts, data):
    tokens = tokenise((text, None) for text in texts)
    witnesses, distinct = find_witnesses(tokens)
    assert sorted(witnesses.documents.tolist()) == list(range(len(texts)))
    assert len(witnesses) == len({text for text in texts if text}) + texts.count("")
    for document, witness in enumerate(witnesses.of_documents()):
        assert words_of(tokens, document) == words_of(distinct, witness)
    positions = np.arange(len(distinct))
    there = witnesses.in_corpus(positions, distinct)
    assert distinct.ids.tolist() == tokens.ids[there].tolist()
    shuffled = data.draw(st.permutations(texts))
    _, again = find_witnesses(tokenise((text, None) for text in shuffled))
    assert [words_of(again, w) for w in range(again.documents)] == [
        words_of(distinct, w) for w in range(distinct.documents)
    ]


def test_documents_of_different_groups_are_no_copies():
    tokens = tokenise((text, None) for text in ["a b", "a b", "a b"])
    witnesses, _ = find_witnesses(tokens, np.array([0, 1, 0], dtype=np.int32))
    assert witnesses.copies.tolist() == [2, 1]
