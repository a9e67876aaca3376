"""Counts of edges that are counted on as a corpus grows are those of all of it."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reuse.corpus.tokenise import tokenise
from reuse.corpus.tokens import Tokens
from reuse.formulas import edge_counts
from reuse.formulas.edge_counts import EdgeCounts
from reuse.options import FormulaOptions

WORDS = st.sampled_from(["of", "the", "harbour", "winter", "mountains,", "letters.", "and", "(or", "so)"])
DOCUMENTS = st.lists(st.lists(WORDS, max_size=20).map(" ".join), min_size=1, max_size=6)
OPTIONS = FormulaOptions(smoothing=0.5)


def first_of(tokens: Tokens, documents: int) -> Tokens:
    """The first documents by themselves, with the words that they have."""
    end, known = int(tokens.bounds[documents]), tokens.vocabulary
    words = int(tokens.ids[:end].max(initial=-1)) + 1
    vocabulary = replace(known, hashes=known.hashes[:words])
    parts, sentences = tokens.opens_part[:end], tokens.opens_sentence[:end]
    bounds = tokens.bounds[: documents + 1]
    return Tokens(tokens.ids[:end], tokens.starts[:end], tokens.ends[:end], sentences, bounds, vocabulary, parts)


@given(DOCUMENTS, st.data())
def test_counted_on_they_are_those_of_all(documents: list[str], data: st.DataObject) -> None:
    tokens = tokenise((text, None) for text in documents)
    before = first_of(tokens, data.draw(st.integers(0, len(documents))))
    known = EdgeCounts.of(before, OPTIONS)
    found, expected = known.with_further(tokens, len(before), OPTIONS), EdgeCounts.of(tokens, OPTIONS)
    for field in fields(EdgeCounts):
        assert getattr(found, field.name).tolist() == getattr(expected, field.name).tolist(), field.name


def test_before_a_word_that_has_come_to_end_parts_no_word_runs_on(monkeypatch) -> None:
    monkeypatch.setattr(edge_counts, "_SLICE", 3)
    texts = ["winter of winter of letters. " * 30, "winter letters of. " * 40]
    tokens = tokenise((text, None) for text in texts)
    winter, of = (tokens.vocabulary.words.index(word) for word in ("winter", "of"))
    known = EdgeCounts.of(first_of(tokens, 1), OPTIONS)
    found = known.with_further(tokens, int(tokens.bounds[1]), OPTIONS)
    assert known.running[winter] == 60
    assert found.running[winter] == 0
    assert np.array_equal(found.running, EdgeCounts.of(tokens, OPTIONS).running)
    assert found.ends[of] == 40
