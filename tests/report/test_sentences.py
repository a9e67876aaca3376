"""What is said of a match is true at the edges, and the list of all that is said is made by the program."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reuse.analysis.density import Stretch
from reuse.report.overview import Highlight
from reuse.report.sentences import chance, sentences


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


def test_the_listed_template_is_what_the_overview_says() -> None:
    row = {"tokens_a": 376, "tokens_b": 340, "similarity": 0.48, "matched_tokens": 165}
    said = Highlight(row, "", "", begins=True, stretch=Stretch(0, 1, 0, 1, 1, 165, 9)).said()
    assert said in {one.example for one in sentences()}
