"""Closing marks behind passages that those who share them share too."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reuse
from reuse.corpus.characters import CLOSING, TERMINATORS
from reuse.run.closing import behind_matches, behind_passages, closing_marks

OPENERS = "“«‹([{「『【（"


@pytest.mark.parametrize(
    ("passage", "behind", "marks"),
    [
        ("not be infringed", ". The", "."),
        ('he said "we will come', '." He s', '."'),
        ('he said "we will come', '". He', '".'),
        ("we will come", '." He s', "."),
        ("we will come", '". He', ""),
        ("(what then", "?!) Bu", "?!)"),
        ("“what “then", "?”” Bu", "?””"),
        ("and so on", "… The ", "…"),
        ("我们的目标", "。我们要实", "。"),
        ("हमारा देश", "। यह", "।"),
        ("the Party", ", which", ""),
        ("the Party", ": it i", ""),
        ("the Party", " . It ", ""),
        ("see www", ".examp", ""),
        ("the Party of Korea (WPK", ") held", ")"),
        ("the Party of Korea WPK", ") held", ""),
        ("it was (so) called", ") held", ""),
        ('he called it "home', '", and', '"'),
        ('he "called" it home', '", and', ""),
        ("« à la maison", "», dit", "»"),
        ("the workers", "' part", ""),
        ("(the “Act", "”) and", "”)"),
        ("at the end", "", ""),
    ],
)
def test_what_belongs_to_a_passage(passage, behind, marks):
    assert closing_marks(passage, behind) == marks


SIGNS = st.text(st.sampled_from(TERMINATORS + CLOSING + ' ,a"'), max_size=6)
TEXTS = st.text(st.sampled_from(OPENERS + CLOSING + ' ."ab'), max_size=12)


@given(TEXTS, SIGNS)
def test_closing_marks_are_nothing_but_marks(passage, behind):
    marks = closing_marks(passage, behind)
    assert behind.startswith(marks)
    assert set(marks) <= set(TERMINATORS + CLOSING)


@given(st.lists(st.tuples(TEXTS, SIGNS, TEXTS, SIGNS)))
def test_sides_take_what_both_have(sides):
    a, behind_a, b, behind_b = ([row[column] for row in sides] for column in range(4))
    taken = behind_matches(a, behind_a, b, behind_b)
    assert taken.tolist() == behind_matches(b, behind_b, a, behind_a).tolist()
    assert all(one[:size] == other[:size] for one, other, size in zip(behind_a, behind_b, taken, strict=True))
    alike = behind_matches(a, behind_a, a, behind_a)
    assert alike.tolist() == [len(closing_marks(text, behind)) for text, behind in zip(a, behind_a, strict=True)]


def test_a_passage_takes_what_another_of_its_cluster_has():
    behind = [".", ".”", ".", "?", "?", "", "."]
    cluster = np.array([0, 0, 1, 1, 2, 2, 3])
    assert behind_passages([""] * 7, behind, cluster).tolist() == [1, 1, 0, 0, 0, 0, 0]
    assert behind_passages(["“", "“"], [".”", ".”"], np.array([0, 0])).tolist() == [2, 2]
    assert behind_passages([], [], np.array([], dtype=int)).tolist() == []


def test_matches_and_passages_end_with_the_full_stop(tmp_path):
    line = "The old miller of Dunmore counted seventeen silver herrings before the frozen weir gave way at dawn"
    run = reuse.scan(
        out=tmp_path / "out.reuse",
        texts={
            "a": f"We begin elsewhere. {line}. Then came quiet weeks of gentle rain upon the northern hills.",
            "b": f"Nobody knew. {line}. Children gathered chestnuts along another lane without any hurry.",
        },
    )
    assert run.matches["text_a"] == run.matches["text_b"] == [line + "."]
    assert run.table("clusters")["text"] == [line + "."]
    assert set(run.table("passages")["text"]) == {line + "."}
