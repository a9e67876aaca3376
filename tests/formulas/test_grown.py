"""Formulas of a collection that has grown: what the new text has is found as in all texts, the rest stays.

old ── new      closed repeats: those of all that stand in the new text
                formulas: of the new text as a scan of all finds them; others as they were
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reuse.corpus.tokenise import tokenise
from reuse.corpus.tokens import Tokens
from reuse.formulas.branching import Sentences, opening
from reuse.formulas.edge_counts import EdgeCounts
from reuse.formulas.grown import _said_since, grown_formulas, left_formulas, left_of_repeats
from reuse.formulas.phrases import Formulas, Ranked, ranked_formulas
from reuse.formulas.repeats import closed_repeats
from reuse.options import FormulaOptions
from reuse.score.background import Background, TabledBackground
from reuse.score.pairs import EqualPairs, PairTable
from tests.formulas.test_phrases import DOCUMENTS, Prose

INNER, LONGER = "quiet harbour beside winter mountains", "painted quiet harbour beside winter mountains yesterday"
OTHER, BORN = "golden letters under marble ceilings", "seven sealed envelopes behind copper lanterns"


def tokens_of(texts: list[str]) -> Tokens:
    return tokenise((text, None) for text in texts)


def grown(texts: list[str], old: int, options: FormulaOptions | None = None) -> tuple[Tokens, Ranked, Ranked]:
    """The tokens of all texts, the formulas of the first of them, and those of all, found by what the others have."""
    tokens = tokens_of(texts)
    before, options = tokens.of_documents(np.arange(old)), options or FormulaOptions()
    known = ranked_formulas(before, Background.of(before), options)
    table = PairTable.of(before, EqualPairs.of(before))
    new = tokens.of_documents(np.arange(old, len(texts)))
    table = table.with_further(PairTable.of(new, EqualPairs.of(new)))
    starts = np.concatenate((opening(before), opening(new)))
    sentences = Sentences.opened(tokens, starts, options.min_documents, since=len(before))
    counted = EdgeCounts.of(before, options).with_further(tokens, len(before), options)
    background = TabledBackground.under(tokens, table)
    return tokens, known, grown_formulas(known, tokens, background, sentences, counted, options)


def told(tokens: Tokens, ranked: Ranked) -> dict[str, tuple[int, ...]]:
    """df, tf and those with what lies within longer formulas, by the words of each formula."""
    found, words = ranked.formulas, tokens.vocabulary.words
    names = [
        " ".join(words[word] for word in tokens.ids[at : at + size])
        for at, size in zip(found.first().tolist(), found.tokens.tolist(), strict=True)
    ]
    columns = (found.df.tolist(), found.tf.tolist(), found.df_all.tolist(), found.tf_all.tolist())
    return dict(zip(names, zip(*columns, strict=True), strict=True))


@given(DOCUMENTS, st.data())
def test_what_the_new_text_has_is_what_a_plain_reading_finds(documents: list[list[list[str]]], data) -> None:
    tokens = tokens_of([". ".join(" ".join(sentence) for sentence in document) for document in documents])
    since = int(tokens.bounds[data.draw(st.integers(0, tokens.documents))])
    sentences = Sentences.opened(tokens, opening(tokens), 1, since=since)
    runs = data.draw(st.lists(st.tuples(st.integers(0, max(len(tokens) - 1, 0)), st.integers(1, 6)), max_size=8))
    runs = [(at, size) for at, size in runs if at + size <= len(tokens)]
    runs = list({tuple(tokens.ids[at : at + size].tolist()): (at, size) for at, size in runs}.values())
    first, sizes = np.array(runs, dtype=np.int64).reshape(-1, 2).T
    one, bits = np.ones(len(runs), dtype=np.int32), np.zeros(len(runs), dtype=np.float32)
    known = Formulas(sizes.astype(np.int32), one, one, one, one, bits, bits, np.arange(len(runs) + 1), first)
    ids, ends = tokens.ids.tolist(), sentences.sentence_ends[:].tolist()
    expected = [
        any(
            ids[here : here + size] == ids[at : at + size] and here + size <= ends[here]
            for here in range(since, len(ids) - size + 1)
        )
        for at, size in runs
    ]
    assert _said_since(known, sentences).tolist() == expected


@given(DOCUMENTS, st.data())
def test_repeats_of_new_text_are_those_of_all_that_stand_in_it(documents: list[list[list[str]]], data) -> None:
    texts = [". ".join(" ".join(sentence) for sentence in document) for document in documents]
    tokens = tokens_of(texts)
    since = int(tokens.bounds[data.draw(st.integers(1, len(texts)))])
    sentences = Sentences.opened(tokens, opening(tokens), 1, since=since)
    background = Background.of(tokens)

    def found(sentences: Sentences | None) -> set[tuple[int, tuple[int, ...]]]:
        lots = closed_repeats(tokens, background, 2, 1, sentences=sentences)
        return {
            (int(size), tuple(lot.positions[start:end].tolist()))
            for lot in lots
            for size, start, end in zip(lot.tokens, lot.bounds[:-1], lot.bounds[1:], strict=True)
        }

    assert found(sentences) == {repeat for repeat in found(None) if repeat[1][-1] >= since}


@given(st.lists(st.lists(st.sampled_from("abcdef"), max_size=30).map(" ".join), min_size=1, max_size=5), st.data())
def test_pairs_are_counted_in_parts_as_at_once(texts: list[str], data) -> None:
    tokens = tokens_of(texts)
    cut = data.draw(st.integers(0, len(texts)))
    parts = [tokens.of_documents(np.arange(*ends)) for ends in ((0, cut), (cut, len(texts)))]
    one, other = (PairTable.of(part, EqualPairs.of(part)) for part in parts)
    background = TabledBackground.under(tokens, one.with_further(other))
    everywhere = np.arange(len(tokens))
    counted = Background.of(tokens)
    assert background.pairs_at(everywhere).tolist() == counted.pair_counts.tolist()
    assert background.token_bits(everywhere, 1).tolist() == counted.token_bits(everywhere, 1).tolist()


def scenario() -> list[str]:
    """Twelve old texts, with INNER and OTHER, and three new ones with INNER, with which LONGER and BORN come up."""
    prose = Prose()
    old = [prose.text(*[INNER] * (n < 5), *[OTHER] * (n > 7)) for n in range(11)] + [prose.text(BORN)]
    return [*old, prose.text(INNER, LONGER), prose.text(LONGER, BORN), prose.text(LONGER)]


def test_known_formulas_count_what_is_new_and_new_ones_have_their_older_places() -> None:
    texts = scenario()
    tokens, known, every = grown(texts, 12)
    before, after = told(tokens, known), told(tokens, every)
    assert before == {INNER: (5, 5, 5, 5), OTHER: (3, 3, 3, 3)}
    assert after == {INNER: (6, 6, 8, 9), LONGER: (3, 3, 3, 3), BORN: (2, 2, 2, 2), OTHER: (3, 3, 3, 3)}
    scanned = ranked_formulas(tokens, Background.of(tokens))
    assert told(tokens, scanned) == after
    assert every.formulas.dispersion.tolist() == scanned.formulas.dispersion.tolist()
    assert list(after) == list(told(tokens, scanned))


def test_what_new_text_does_not_have_stays_as_it_was() -> None:
    tokens, known, every = grown(scenario(), 12)
    rows = [list(told(tokens, ranked)).index(OTHER) for ranked in (known, every)]
    assert known.formulas.bits[rows[0]] == every.formulas.bits[rows[1]]
    assert known.own_bits[rows[0]] == every.own_bits[rows[1]]
    owned = [ranked.formulas.take(np.array([row])) for ranked, row in zip((known, every), rows, strict=True)]
    assert owned[0].positions.tolist() == owned[1].positions.tolist()


@pytest.mark.parametrize("copies", [1, 3])
def test_copies_of_an_old_text_bring_no_formula_when_they_count_once(copies: int) -> None:
    prose = Prose()
    texts = [prose.text(INNER), prose.text(INNER), prose.text(OTHER)]
    texts += [texts[2]] * copies
    tokens = tokens_of(texts)
    text_of = np.array([0, 1, 2, *[2] * copies])
    options, before = FormulaOptions(), tokens.of_documents(np.arange(3))
    known = ranked_formulas(before, Background.of(before), options, text_of=text_of[:3])
    sentences = Sentences.opened(tokens, opening(tokens), 2, since=len(before))
    counted = EdgeCounts.of(tokens, options)
    every = grown_formulas(known, tokens, Background.of(tokens), sentences, counted, options, text_of=text_of)
    assert told(tokens, every) == {INNER: (2, 2, 2, 2)}


def test_places_within_longer_formulas_that_stay_are_theirs() -> None:
    prose = Prose()
    texts = [prose.text(*[INNER] * (n < 5), *[LONGER] * (n > 2)) for n in range(12)] + [prose.text(INNER)]
    tokens, known, every = grown(texts, 12)
    assert told(tokens, known) == {INNER: (5, 5, 12, 14), LONGER: (9, 9, 9, 9)}
    assert told(tokens, every) == {INNER: (6, 6, 13, 15), LONGER: (9, 9, 9, 9)}


def test_what_was_left_out_is_counted_once() -> None:
    prose = Prose()
    old = [prose.text(*[INNER] * (n < 3), *[OTHER] * (n > 3)) for n in range(11)] + [prose.text(BORN)]
    texts = [*old, prose.text(INNER, BORN)]
    tokens, known, every = grown(texts, 12, FormulaOptions(max_formulas=1))
    assert (list(told(tokens, known)), known.formulas.found) == ([OTHER], 2)
    assert (list(told(tokens, every)), every.formulas.found) == ([OTHER], 3)  # INNER was left out, and counted
    _, _, unlimited = grown(texts, 12)
    assert unlimited.formulas.found == len(unlimited) == 3


def test_a_part_is_not_worth_more_than_all_longer_formulas_that_stay_and_hold_it() -> None:
    prose = Prose()
    ends = (
        "yesterday evening when ships arrived",
        "tomorrow morning after breakfast there",
        "every single year since then",
    )
    longer = [f"{INNER} {end}" for end in ends]
    old = [prose.text(*(phrase for number, phrase in enumerate(longer) if text % 3 != number)) for text in range(18)]
    tokens, known, every = grown([*old, prose.text(longer[0])], len(old))
    scanned = told(tokens, ranked_formulas(tokens, Background.of(tokens)))
    assert set(told(tokens, known)) == set(longer)
    assert told(tokens, every) == scanned


def left(
    texts: list[str], gone: int, options: FormulaOptions | None = None
) -> tuple[tuple[Tokens, Ranked], tuple[Tokens, Ranked]]:
    """The tokens of all texts with their formulas, and both when the last ones go."""
    every, options = tokens_of(texts), options or FormulaOptions()
    known = ranked_formulas(every, Background.of(every), options)
    tokens = without(every, gone)
    sentences = Sentences.opened(every, opening(every), options.min_documents, since=len(tokens))
    background = TabledBackground.under(tokens, PairTable.of(tokens, EqualPairs.of(tokens)))
    counted = EdgeCounts.of(tokens, options)
    return (every, known), (tokens, left_formulas(known, tokens, background, sentences, counted, options))


def without(every: Tokens, gone: int) -> Tokens:
    """Tokens without those of the last documents."""
    size = int(every.bounds[every.documents - gone])
    counts = np.bincount(every.ids[:size], minlength=len(every.vocabulary))
    return replace(
        every.of_documents(np.arange(every.documents - gone)),
        opens_part=every.opens_part[:size],
        vocabulary=replace(every.vocabulary, counts=counts),
    )


@given(DOCUMENTS, st.data())
def test_what_is_left_of_repeats_are_those_of_the_rest(documents: list[list[list[str]]], data) -> None:
    every = tokens_of([". ".join(" ".join(sentence) for sentence in document) for document in documents])
    gone = data.draw(st.integers(0, every.documents - 1))
    tokens, ids = without(every, gone), every.ids.tolist()
    since = len(tokens)
    sentences = Sentences.opened(every, opening(every), 1, since=since)
    ends = sentences.sentence_ends[:].tolist()

    def found(lots) -> set[tuple[int, tuple[int, ...]]]:
        return {
            (int(size), tuple(lot.positions[start:end].tolist()))
            for lot in lots
            for size, start, end in zip(lot.tokens, lot.bounds[:-1], lot.bounds[1:], strict=True)
        }

    def stands_behind(at: int, size: int) -> bool:
        places = range(since, len(ids) - size + 1)
        return any(ids[here : here + size] == ids[at : at + size] and here + size <= ends[here] for here in places)

    repeats = closed_repeats(every, Background.of(every), 2, 1, sentences=sentences)
    lots = [left_of_repeats(lot, sentences) for lot in repeats] if since else []
    if gone and since < len(ids):
        plain = found(closed_repeats(tokens, Background.of(tokens), 2, 1))
        assert found(lots) <= plain
        assert {repeat for repeat in plain if stands_behind(repeat[1][0], repeat[0])} <= found(lots)


def test_formulas_count_what_is_left_and_those_of_one_document_are_gone() -> None:
    known, (tokens, rest) = left(scenario(), 3)
    assert told(*known) == {INNER: (6, 6, 8, 9), LONGER: (3, 3, 3, 3), BORN: (2, 2, 2, 2), OTHER: (3, 3, 3, 3)}
    scanned = ranked_formulas(tokens, Background.of(tokens))
    assert told(tokens, rest) == told(tokens, scanned) == {INNER: (5, 5, 5, 5), OTHER: (3, 3, 3, 3)}
    assert rest.formulas.dispersion.tolist() == scanned.formulas.dispersion.tolist()


def test_what_gone_text_did_not_have_stays_as_it_was() -> None:
    known, rest = left(scenario(), 3)
    rows = [list(told(*ranked)).index(OTHER) for ranked in (known, rest)]
    assert known[1].formulas.bits[rows[0]] == rest[1].formulas.bits[rows[1]]
    assert known[1].own_bits[rows[0]] == rest[1].own_bits[rows[1]]


def test_where_all_that_is_left_goes_on_the_longer_phrase_is_one() -> None:
    prose = Prose()
    longer = f"{INNER} yesterday"  # says too little beyond the other to be a formula beside it
    texts = [*(prose.text(longer) for _ in range(3)), *(prose.text() for _ in range(8))]
    texts += [prose.text(INNER) for _ in range(9)]
    known, rest = left(texts, 9, FormulaOptions(own_bits_share=0.9))
    assert told(*known) == {INNER: (12, 12, 12, 12)}
    assert told(*rest) == {longer: (3, 3, 3, 3)}


def test_what_was_left_out_is_counted_when_text_goes() -> None:
    prose = Prose()
    texts = [prose.text(*[INNER] * (n < 3), *[OTHER] * (n > 3)) for n in range(11)] + [prose.text(INNER)]
    (_, known), (_, rest) = left(texts, 1, FormulaOptions(max_formulas=1))
    assert (known.formulas.found, rest.formulas.found, len(rest)) == (2, 2, 1)
    texts = [prose.text(BORN), *texts[:-1], prose.text(BORN)]
    (_, known), (tokens, rest) = left(texts, 1, FormulaOptions(max_formulas=2))
    assert list(told(tokens, rest)) == [OTHER, INNER]
