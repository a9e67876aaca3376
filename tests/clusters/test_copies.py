"""Copies: which documents are one text, and that they count once."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import LCSseq

import reuse
from reuse.align.blocks import LARGEST_SIDE
from reuse.analysis.groups import groups_by
from reuse.calendar import Dates
from reuse.clusters.copies import Copies, find_copies
from reuse.corpus.tokenise import tokenise
from reuse.corpus.witnesses import find_witnesses
from reuse.errors import OptionsError
from reuse.options import ScanOptions

LEAST = ScanOptions().near_copy_words


def prose(seed: int, words: int = 120) -> list[str]:
    """Words of which no two texts have many runs in common."""
    drawn = random.Random(seed)
    return [f"w{drawn.randrange(4000)}" for _ in range(words)]


def changed(words: list[str], changes: int, seed: int) -> list[str]:
    drawn, found = random.Random(seed), list(words)
    for place in drawn.sample(range(len(words)), changes):
        found[place] = f"x{seed}y{place}"
    return found


def numbers(texts, near=0.95, group=None):
    tokens = tokenise((" ".join(words), None) for words in texts)
    witnesses, distinct = find_witnesses(tokens, group)
    return find_copies(witnesses, distinct, near, LEAST, None if group is None else group[witnesses.first]).tolist()


def same(found):
    """Which documents have one number."""
    return {frozenset(np.flatnonzero(np.array(found) == number).tolist()) for number in found}


def test_copies_are_of_one_number_and_other_texts_are_not():
    one, other = prose(1), prose(2)
    texts = [one, other, one, changed(one, 6, 3), changed(one, 12, 4), [*one, "a", "further", "line"]]
    assert same(numbers(texts)) == {frozenset({0, 2, 3, 5}), frozenset({1}), frozenset({4})}
    assert same(numbers(texts, near=1)) == {frozenset({0, 2}), *(frozenset({text}) for text in (1, 3, 4, 5))}


@given(st.integers(0, 10**6), st.integers(30, 300))
def test_near_copies_are_found_and_are_as_near_as_said(seed, words):
    text = prose(seed, words)
    copies = [changed(text, (words * share) // 100, seed + share) for share in (1, 3, 8)]
    found = numbers([text, *copies])
    for copy, number in zip(copies, found[1:], strict=True):
        near = LCSseq.similarity(text, copy) >= 0.95 * words
        assert near == (number == found[0])


def test_in_a_short_text_each_word_makes_another():
    for words, texts in ((LEAST - 1, 2), (LEAST, 1)):
        text = prose(1, words)
        assert len(set(numbers([text, changed(text, 1, 2)], near=0.9))) == texts


def test_a_chain_of_small_changes_is_not_one_text():
    texts = [prose(1, 100)]
    for step in range(1, 12):
        texts.append(changed(texts[-1], 4, step))
    found = numbers(texts)
    assert len(set(found)) > 2
    for group in same(found):
        inside = [[LCSseq.similarity(texts[a], texts[b]) for b in group] for a in group]
        assert max(map(min, inside)) >= 95  # all are near copies of the one in the middle


@given(st.permutations(range(8)))
def test_the_order_of_documents_changes_nothing(order):
    one, other = prose(1), prose(2)
    texts = [one, *(changed(one, 3, seed) for seed in range(3)), other, other, changed(other, 5, 9), prose(3)]
    found = same(numbers([texts[row] for row in order]))
    assert {frozenset(order[row] for row in group) for group in found} == same(numbers(texts))


def test_documents_that_are_compared_with_each_other_only_are_no_copies():
    text = prose(1)
    group = np.array([0, 1, 0], dtype=np.int32)
    assert same(numbers([text, changed(text, 2, 1), text], group=group)) == {frozenset({0, 2}), frozenset({1})}


def test_the_first_of_a_text_is_the_earliest_then_the_first_by_id():
    dates = Dates.of([None, "2021", "2020", "2020", None, None])
    found = Copies.of(np.array([7, 7, 7, 7, 1, 1]), ["a", "b", "d", "c", "f", "e"], dates)
    assert found.first.tolist() == [3, 3, 3, 3, 5, 5]
    assert found.count.tolist() == [4, 4, 4, 4, 2, 2]


STORY = (
    "the northern harbour was closed at noon because a freighter with timber had run aground beside the lighthouse "
    "and the tugs which might have pulled her off were away at the oil terminal for the whole of the afternoon"
)
REPORT = (
    "members of the council discussed the price of bread until midnight while the bakers waited in the corridor and "
    "asked every clerk who passed whether the northern harbour was closed at noon as the papers had announced"
)


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    folder = tmp_path_factory.mktemp("copied")
    texts = [
        *({"id": name, "text": f"{STORY}.", "source": "wire", "date": "2020"} for name in ("b", "a", "c")),
        {"id": "d", "text": f"{STORY} again.", "source": "paper", "date": "2021"},
        {"id": "e", "text": f"{REPORT}.", "source": "paper", "date": "2022"},
    ]
    runs = {
        name: reuse.scan(texts=texts, out=folder / f"{name}.reuse", options=ScanOptions(copies=name))
        for name in ("one", "count")
    }
    yield runs
    for run in runs.values():
        run.close()


def test_copies_are_marked(copied):
    for run in copied.values():
        documents = {row["id"]: row for row in run.table("documents").to_dicts()}
        assert {name: row["copy_of"] for name, row in documents.items()} == {
            "a": None,
            "b": "a",
            "c": "a",
            "d": "a",
            "e": None,
        }
        assert {name: row["copies"] for name, row in documents.items()} == {"a": 4, "b": 4, "c": 4, "d": 4, "e": 1}
        assert [row["id"] for row in run.table("documents", where="copies>=2").to_dicts()] == ["b", "a", "c", "d"]
        assert run.count("matches", "copies:true") == 6
        widest = max(run.table("clusters").to_dicts(), key=lambda row: row["documents"])
        assert widest["documents"] > widest["witnesses"]


def test_copies_count_once_unless_each_is_to_count(copied):
    one, each = copied["one"], copied["count"]
    assert set(one.table("formulas")["df"]) == {2}  # the story and the report
    assert set(each.table("formulas")["df"]) == {4}  # the story and its copies
    assert groups_by(one, "source").once(one).of_document.tolist() == [-1, 1, -1, 0, 0]
    assert groups_by(each, "source").once(each).of_document.tolist() == [1, 1, 1, 0, 0]
    assert [row.documents for row in one.profile(by="source")] == [2, 1]
    assert [row.documents for row in each.profile(by="source")] == [2, 3]


def test_what_copies_count_as_is_checked():
    with pytest.raises(OptionsError, match="copies must be one of one, count, not 'none'"):
        ScanOptions(copies="none")
    with pytest.raises(OptionsError, match="near_copies must be above 0"):
        ScanOptions(near_copies=0)


@pytest.mark.parametrize(("changes", "near_copies"), [(300, True), (700, False)])
def test_texts_too_long_to_compare_in_one_piece_are_near_copies_by_the_same_share(changes, near_copies):
    book = prose(1, 3 * LARGEST_SIDE)
    assert changes / len(book) < 0.05 or not near_copies
    texts = [book, changed(book, changes, 2), prose(3, 3 * LARGEST_SIDE)]
    found = numbers(texts)
    assert (found[0] == found[1]) is near_copies
    assert found[2] not in found[:2]


def test_a_long_text_with_its_words_in_another_order_is_no_near_copy():
    book = prose(1, 2 * LARGEST_SIDE)
    third = len(book) // 3
    assert len(set(numbers([book, book[third:] + book[:third]]))) == 2
