"""What was deleted in one place and inserted in another is one move, and what goes with it."""

from __future__ import annotations

from difflib import SequenceMatcher

import numpy as np
import pytest

from reuse.analysis import moves
from reuse.analysis.moves import Change, with_moves

HOLDING = frozenset({"of", "the", "to"})
KEPT = "k1 k2 k3 k4 k5 k6"


def changed(a: str, b: str) -> list[tuple[str, str, bool]]:
    """What differs between two texts: the words on either side, and whether they moved."""
    words = f"{a} {b}".split()
    first = len(a.split())
    number = {word: at for at, word in enumerate(dict.fromkeys(words))}
    codes = SequenceMatcher(None, words[:first], words[first:], autojunk=False).get_opcodes()
    changes = [Change(i, j, k + first, end + first) for kind, i, j, k, end in codes if kind != "equal"]
    holding = {number[word] for word in HOLDING & set(words)}
    found = with_moves(np.array([number[word] for word in words], dtype=np.int32), changes, holding.__contains__)
    assert all(one.a_start <= one.a_end <= first <= one.b_start <= one.b_end <= len(words) for one in found)
    return [
        (" ".join(words[one.a_start : one.a_end]), " ".join(words[one.b_start : one.b_end]), one.moved) for one in found
    ]


def test_a_single_word_has_moved_up_to_twelve_words_and_several_any_way() -> None:
    for between, moved in ((11, True), (12, False)):
        kept = " ".join(f"k{at}" for at in range(between))
        assert changed(f"lamp {kept}", f"{kept} lamp") == (
            [("lamp", "lamp", True)] if moved else [("lamp", "", False), ("", "lamp", False)]
        )
    far = " ".join(f"k{at}" for at in range(40))
    assert changed(f"red lamp {far}", f"{far} red lamp") == [("red lamp", "red lamp", True)]


def test_words_that_only_hold_a_sentence_together_do_not_move_and_do_not_keep_others_from_it() -> None:
    assert changed(f"of the {KEPT}", f"{KEPT} of the") == [("of the", "", False), ("", "of the", False)]
    more = "m1 m2 m3 m4 m5 m6"
    found = changed(f"of the {KEPT} {more} lamp k7", f"{KEPT} of the lamp {more} k7")
    assert ("lamp", "lamp", True) in found


@pytest.mark.parametrize(
    ("behind", "before", "left"),
    [
        pytest.param("of", "of", [], id="the same word goes with the move"),
        pytest.param("of", "to", [("of", "", False), ("", "to", False)], id="another one stays"),
        pytest.param("sun", "sun", [("sun", "sun", True)], id="a word of its own is a move of its own"),
        pytest.param("sun moon", "", [("sun moon", "", False)], id="what is left of a deletion stays in one"),
        pytest.param("", "sun moon", [("", "sun moon", False)], id="what is left of an insertion too"),
    ],
)
def test_what_stood_beside_a_move(behind: str, before: str, left: list[tuple[str, str, bool]]) -> None:
    found = changed(f"red lamp {behind} {KEPT}", f"{KEPT} {before} red lamp")
    assert sorted(found) == sorted([("red lamp", "red lamp", True), *left])


def test_of_two_that_changed_places_one_moved_and_of_three_in_a_round_each() -> None:
    one, two = "m1 m2 m3 m4", "n1 n2 n3 n4"
    found = changed(f"red lamp {one} {two} blue door", f"blue door {one} {two} red lamp")
    assert found == [("red lamp", "red lamp", True)]
    found = changed(f"red lamp {one} blue door {two} old mill", f"old mill {one} red lamp {two} blue door")
    assert found == [(words, words, True) for words in ("red lamp", "blue door", "old mill")]


def test_where_too_many_places_are_equal_nothing_is_said_to_have_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moves, "MOST_PLACES", 1)
    assert changed(f"lamp {KEPT}", f"{KEPT} lamp") == [("lamp", "lamp", True)]
    monkeypatch.setattr(moves, "MOST_PLACES", 0)
    assert changed(f"lamp {KEPT}", f"{KEPT} lamp") == [("lamp", "", False), ("", "lamp", False)]


def test_the_longest_of_what_may_have_moved_has() -> None:
    found = changed(f"red lamp burns {KEPT} m1 m2", f"{KEPT} lamp m1 m2 red lamp burns")
    assert found == [("red lamp burns", "red lamp burns", True), ("", "lamp", False)]
