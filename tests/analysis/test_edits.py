"""Edits are named for what they are."""

from __future__ import annotations

import pytest

from reuse.analysis.edits import edited_matches, edits_in
from tests.analysis.test_edit_pairs import edits_between


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("healthy, viable ones", "healthy, vibrant ones", ("substitution", "words", "viable", "vibrant")),
        ("they analyse the work", "they analyze the work", ("substitution", "spelling", "analyse", "analyze")),
        (
            "closely knitted in the bonds",
            "closely knit in the bonds",
            ("substitution", "inflection", "knitted", "knit"),
        ),
        ("he stressed the need", "he stresses the need", ("substitution", "inflection", "stressed", "stresses")),
        ("some 300 men came", "some 500 men came", ("substitution", "number", "300", "500")),
        ("for two long years", "for three long years", ("substitution", "number", "two", "three")),
        ("held on March 4 in town", "held on April 7 in town", ("substitution", "date", "March 4", "April 7")),
        ("since 1998 it grew", "since 2003 it grew", ("substitution", "date", "1998", "2003")),
        ("Comrade Kim Jong Un said", "Marshal Kim Jong Un said", ("substitution", "title", "Comrade", "Marshal")),
        ("praised Smith for it", "praised Miller for it", ("substitution", "name", "Smith", "Miller")),
        ("of the great people", "of the people", ("deletion", "words", "great", "")),
        ("of the people", "of the great people", ("insertion", "words", "", "great")),
        ("a b c d e f g", "c d e f g a b", ("move", "words", "a b", "a b")),
    ],
)
def test_names(a, b, expected):
    assert edits_between(a, b) == [expected]


def test_words_that_all_became_forms_of_themselves_are_told_one_by_one():
    found = edits_between("the colour analysed there", "the color analyzed there")
    assert [edit[2:] for edit in found] == [("colour", "color"), ("analysed", "analyzed")]


def test_equal_passages_have_no_edits():
    assert edits_between("all the same", "all the same") == []


def test_the_last_answer_is_kept_for_the_next_question(seeds_run):
    numbers = edited_matches(seeds_run)
    first = edits_in(seeds_run, numbers)
    assert first
    assert edits_in(seeds_run, numbers.copy()) is first
    fewer = edits_in(seeds_run, numbers[:5])
    assert fewer == [edit for edit in first if edit.match < 5]
    assert edits_in(seeds_run, numbers) is not first
