"""Places of shingles: what is looked up is where it stands, and nothing is missed."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reuse.corpus.tokenise import tokenise
from reuse.corpus.tokens import Tokens
from reuse.index import places as module
from reuse.index.places import GrownPlaces, ShinglePlaces, anchors_with
from reuse.index.same_words import SameWords
from reuse.index.shingles import shingle_hashes

TEXTS = st.lists(st.text("abc ", max_size=40), min_size=1, max_size=5)


def corpus_of(texts: list[str]) -> Tokens:
    return tokenise((text, None) for text in texts)


def words_at(tokens: Tokens, at: int, size: int) -> list[int]:
    return tokens.vocabulary.hashes[tokens.ids[at : at + size]].tolist()


def whole_at(tokens: Tokens, size: int) -> list[int]:
    return [
        at for low, high in zip(tokens.bounds, tokens.bounds[1:], strict=False) for at in range(low, high - size + 1)
    ]


@given(TEXTS, st.integers(1, 3))
def test_a_shingle_is_found_wherever_it_stands(texts: list[str], size: int) -> None:
    tokens = corpus_of(texts)
    places = ShinglePlaces.of(tokens, size)
    whole = whole_at(tokens, size)
    assert sorted(places.places.tolist()) == whole
    hashes = shingle_hashes(tokens, size, np.array(whole, dtype=np.int64))
    first, last = places.find(hashes, lambda at: shingle_hashes(tokens, size, at))
    for at, low, high in zip(whole, first.tolist(), last.tolist(), strict=True):
        same = [other for other in whole if words_at(tokens, other, size) == words_at(tokens, at, size)]
        assert set(same) <= set(places.places[low:high].tolist())


@given(TEXTS, st.integers(1, 3), st.data())
def test_places_that_come_in_parts_are_those_of_all(texts: list[str], size: int, data: st.DataObject) -> None:
    tokens = corpus_of(texts)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(texts)), min_size=1, max_size=4)))
    bounds = tokens.bounds[[*cuts, len(texts)]].tolist()
    before = replace(tokens, ids=tokens.ids[: bounds[0]], bounds=tokens.bounds[: cuts[0] + 1])
    grown = GrownPlaces.of(ShinglePlaces.of(before, size))
    whole = np.array(whole_at(tokens, size), dtype=np.int64)

    def hash_at(at: np.ndarray) -> np.ndarray:
        return shingle_hashes(tokens, size, at)

    for low, high in pairwise(bounds):
        grown = grown.with_further(whole[(low <= whole) & (whole < high)], hash_at)
        assert len(grown.later.places) * 8 <= len(grown.first.places)
    wanted = np.unique(hash_at(whole))
    found = grown.find(wanted, hash_at)
    rows = [found.of(slice(row, row + 1)).tolist() for row in range(len(wanted))]
    assert found.sizes().tolist() == [len(row) for row in rows]
    assert found.of(slice(0, len(wanted))).tolist() == [at for row in rows for at in row]
    for places, own in zip(rows, wanted, strict=True):
        assert places == sorted(places)
        assert set(whole[hash_at(whole) == own].tolist()) <= set(places)


@given(TEXTS, st.text("abc ", max_size=30))
def test_anchors_are_all_shared_shingles_as_long_as_they_are_rare(texts: list[str], text: str) -> None:
    tokens, asked = corpus_of(texts), corpus_of([text])
    expected = {
        (a, b + len(asked))
        for a in whole_at(asked, 3)
        for b in whole_at(tokens, 3)
        if words_at(asked, a, 3) == words_at(tokens, b, 3)
    }
    found = anchors_with(GrownPlaces.of(ShinglePlaces.of(tokens, 3)), asked, tokens, 8)
    assert {pair for part in found for pair in zip(part.a.tolist(), part.b.tolist(), strict=True)} == expected


def test_frequent_shingles_are_lengthened_and_never_lost() -> None:
    """`a b c` stands everywhere, `a b c d e` in one place only; at the last length, the first places do."""
    tokens = corpus_of([*["a b c x"] * (module.CAP + 1), "a b c d e"])
    found = anchors_with(GrownPlaces.of(ShinglePlaces.of(tokens, 3)), corpus_of(["a b c d e"]), tokens, 8)
    assert [(part.size, len(part)) for part in found] == [(3, 2), (4, 1)]  # b c d, c d e; a b c d
    same = corpus_of(["a b c d e f g h"] * (module.CAP + 1))
    found = anchors_with(GrownPlaces.of(ShinglePlaces.of(same, 3)), corpus_of(["a b c d e f g h"]), same, 8)
    assert sum(len(part) for part in found if part.size == 8) == module.FIRST


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many places were compared, each time that some were."""
    sizes = []
    agreeing = SameWords.agreeing
    monkeypatch.setattr(
        SameWords, "agreeing", lambda same, offset: sizes.append(len(same.a) + len(same.b)) or agreeing(same, offset)
    )
    return sizes


def test_what_both_say_over_and_over_is_looked_up_once(compared: list[int]) -> None:
    """A table of zeros in a text and one in the corpus: not each zero of the one with each of the other."""
    asked, tokens = corpus_of([" ".join("0" * 600)]), corpus_of([" ".join("0" * 500)])
    found = anchors_with(GrownPlaces.of(ShinglePlaces.of(tokens, 3)), asked, tokens, 8)
    assert sum(compared) < 20 * len(tokens)
    assert sorted(set(np.concatenate([part.a for part in found]).tolist())) == list(range(600 - 8 + 1))


def test_what_both_say_very_often_is_not_paired_before_it_goes_on_alike(compared: list[int]) -> None:
    """`a b c` hundreds of times on both sides, each time before a word of its own, and once before the same."""
    asked = corpus_of([" ".join(f"a b c x{number}" for number in range(400))])
    tokens = corpus_of([" ".join(f"a b c y{number}" for number in range(400)), "a b c x7"])
    found = anchors_with(GrownPlaces.of(ShinglePlaces.of(tokens, 3)), asked, tokens, 8)
    assert sum(compared) < 20 * len(tokens)
    assert [(part.size, len(part)) for part in found] == [(3, 1), (4, 1)]  # b c x7; a b c x7
