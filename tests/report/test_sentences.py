"""What is said of a match is true at the edges, and the list of all that is said is made by the program."""

from __future__ import annotations

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from reuse.report.all_sentences import sentences
from reuse.report.overview import ORDER_NOTES, ORDER_SAYS
from reuse.report.sentences import chance, changes_said, evenly
from reuse.run.found import FOUND_SAYS, FURNITURE_SAYS, RELATION_SAYS
from reuse.shares import KINDS


@given(st.floats(0, 1e9))
def test_what_is_said_of_chance_is_a_sentence_for_any_value(evalue: float) -> None:
    said = chance(evalue)
    assert said.startswith("chance")
    assert " 0 collections" not in said
    assert "about about" not in said


def test_chance_is_said_in_whole_collections() -> None:
    assert "gives about 2 matches" in chance(2.0)
    assert "in one of 5,000 collections" in chance(1 / 5000)
    assert chance(0.0) == chance(1e-300)
    assert "fewer than one of a million" in chance(0.0)


def test_each_sentence_is_listed_once_with_what_it_means() -> None:
    listed = sentences()
    assert len({one.example for one in listed}) == len(listed)
    assert all(one.means.endswith(".") and one.means[0] in one.means[0].upper() for one in listed)


def test_all_that_is_said_of_a_kind_is_listed() -> None:
    """Whatever a name, an order, a change or a share may be, the sentence that it makes stands in the list."""
    listed = {one.example for one in sentences()}
    assert {f"found: {name}" for name in FOUND_SAYS} <= listed
    assert {f"passes on: {name}" for name in RELATION_SAYS} <= listed
    assert {f"({name})" for name in FURNITURE_SAYS if name != "none"} <= listed
    assert {f"12% {kind}" for kind in KINDS} <= listed
    assert {evenly(step / 100) for step in range(101)} <= listed
    assert all(any(f" {said} " in one for one in listed) for said in ORDER_SAYS.values())
    assert all(any(one.endswith(f"({note})") for one in listed) for note in ORDER_NOTES.values() if note)


@given(st.floats(0, 1e9))
def test_of_chance_no_more_is_said_than_is_listed(evalue: float) -> None:
    listed = {re.sub(r"[\d.,]+", "N", one.example) for one in sentences()}
    assert re.sub(r"[\d.,]+", "N", chance(evalue)) in listed


@given(
    st.lists(st.sampled_from(["", "at noon"]), min_size=2, max_size=2).filter(any), st.sampled_from(["move", "words"])
)
def test_of_a_change_no_more_is_said_than_is_listed(words: list[str], about: str) -> None:
    changed = json.dumps([{"about": about, "before": words[0], "after": words[1]}])
    said = changes_said({"previous": "one", "changed": changed, "changes": 1, "similarity": 0.9})
    listed = {re.sub(r"\w[\w ]*", "W", one.example) for one in sentences() if one.about == "version"}
    assert re.sub(r"\w[\w ]*", "W", said) in listed
