"""Runs of words that a further text has are found wherever they stand in a run: looked up, or read in all of it.

old: a b c d │ a b c d (a copy) │ x a b c      new: b c d, a b c
"""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reuse
from reuse.arrays.ragged import bounds_of
from reuse.corpus.tokenise import tokenise
from reuse.corpus.tokens import Tokens
from reuse.corpus.witnesses import find_witnesses
from reuse.formulas.branching import Sentences, opening
from reuse.formulas.repeats import closed_repeats
from reuse.incremental import formulas as stage
from reuse.incremental import places as module
from reuse.incremental.collection import Collection
from reuse.incremental.places import places_of_runs
from reuse.index.places import GrownPlaces, LookedUp, ShinglePlaces
from reuse.score.background import Background
from tests.prose import Prose

WORDS = ["one", "two", "e-mail", "email", "four"]  # two of which are the same to readers
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join), min_size=1, max_size=4)
NEVER_TOO_MANY = 1e-9


def places_of_texts(tokens: Tokens, firsts: np.ndarray, size: int) -> GrownPlaces:
    """The places of the shingles of the first documents of texts."""
    every = ShinglePlaces.of(tokens, size)
    kept = np.isin(tokens.document_of(every.places.astype(np.int64)), firsts)
    return GrownPlaces.of(ShinglePlaces(every.places[kept], bounds_of(kept)[every.parts], size, every.width))


@settings(max_examples=200, deadline=None)
@given(TEXTS, TEXTS, st.integers(2, 4), st.integers(2, 3))
def test_no_place_of_a_run_is_missed(old: list[str], new: list[str], length: int, size: int) -> None:
    texts = [*old, *old[:2], *new]  # some stand there twice
    before = len(texts) - len(new)
    tokens = tokenise((text, None) for text in texts)
    witnesses, _ = find_witnesses(tokens.by_class())
    collection = Collection(tokens, witnesses.first[witnesses.of_documents()])
    there = tokens.by_class().of_documents(np.arange(before))
    index = places_of_texts(there, collection.firsts, size)
    text = tokens.by_class().of_documents(np.arange(before, len(texts)))
    with patch.object(module, "_SHARE", NEVER_TOO_MANY):
        found = places_of_runs(LookedUp.of(index, text, there), size, text, collection, before, length)
    if length < size:
        assert found is None
        return

    def runs(some: Tokens) -> dict[int, list[int]]:
        hashes = some.vocabulary.hashes[some.ids].tolist()
        ends = [end for low, end in zip(some.bounds, some.bounds[1:], strict=False) for _ in range(low, end)]
        return {at: hashes[at : at + length] for at in range(len(some)) if at + length <= ends[at]}

    sought = list(runs(text).values())
    assert {at for at, words in runs(there).items() if words in sought} <= set(found.tolist())


@given(TEXTS, TEXTS, st.data())
def test_repeats_are_the_same_from_the_places_of_their_runs(
    old: list[str], new: list[str], data: st.DataObject
) -> None:
    tokens = tokenise((text, None) for text in [*old, *new])
    since, background = int(tokens.bounds[len(old)]), Background.of(tokens)
    hashes = [tuple(tokens.ids[at : at + 2].tolist()) for at in range(len(tokens))]
    places = [at for at in range(since - 1) if hashes[at] in hashes[since:]]
    further = data.draw(st.lists(st.integers(0, since - 2), max_size=4)) if since > 1 else []

    def found(known: np.ndarray | None) -> set[tuple[int, tuple[int, ...]]]:
        sentences = Sentences.opened(tokens, opening(tokens), 1, since=since, places=known)
        return {
            (int(size), tuple(lot.positions[start:end].tolist()))
            for lot in closed_repeats(tokens, background, 2, 1, sentences=sentences)
            for size, start, end in zip(lot.tokens, lot.bounds[:-1], lot.bounds[1:], strict=True)
        }

    assert found(np.array([*further, *places], dtype=np.int64)) == found(None)


@pytest.mark.parametrize("share", [NEVER_TOO_MANY, 10**9])
def test_an_addition_finds_the_same_formulas_looked_up_and_read(tmp_path: Path, share: float) -> None:
    prose = Prose(1)
    shared = [prose.sentences(3) for _ in range(8)]
    texts = {f"{n:02}.txt": f"{prose.sentences(8)} {shared[n // 3]} {shared[4 + n % 4]}" for n in range(12)}
    texts |= {"copy.txt": texts["03.txt"], "again.txt": texts["05.txt"]}
    names = [*sorted(texts)[:-5], "copy.txt"]
    columns = []
    for looked_up in (True, False):
        run = reuse.scan(texts={name: texts[name] for name in names}, out=tmp_path / f"{looked_up}.reuse")
        with (
            patch.object(module, "_SHARE", share),
            patch.object(stage, "places_of_runs", places_of_runs if looked_up else lambda *_: None),
        ):
            run = run.add(texts={name: text for name, text in texts.items() if name not in names}, newer=1.0)
        columns.append(list(run.table("formulas").to_dicts()))
    assert columns[0] == columns[1]
    assert len(columns[0]) > 10
