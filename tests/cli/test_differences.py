from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reuse.display import cells
from reuse.report.differences import GAP, columns, differences, interlinear

WORDS = st.lists(st.sampled_from(["the", "great", "Party", "party,", "조선", "—", "of"]), max_size=30).map(" ".join)


@given(WORDS, WORDS)
def test_both_texts_are_there_in_full(a: str, b: str) -> None:
    segments = differences(a, b)
    assert " ".join(word for segment in segments for word in segment.a) == a
    assert " ".join(word for segment in segments for word in segment.b) == b
    assert all(one.same != other.same for one, other in pairwise(segments))


@given(WORDS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert all(segment.same for segment in differences(text, text.upper()))


@given(WORDS, WORDS, st.integers(8, 40))
def test_lines_hold_every_word_and_fit(a: str, b: str, width: int) -> None:
    segments = differences(a, b)
    for lay_out in (interlinear, columns):
        lines = list(lay_out(segments, width))
        for side, text in (("a", a), ("b", b)):
            words = [getattr(cell, side) for line in lines for cell in line if getattr(cell, side)]
            # A bracket may stand alone, behind a word that is as long as the line.
            held = filter(None, (word.strip("[]") for word in words if word != f"[{GAP}]"))
            assert " ".join(held) == text
        for line in lines:
            for side in ("a", "b"):
                assert cells(" ".join(getattr(cell, side) for cell in line if getattr(cell, side))) <= width
    for line in interlinear(segments, width):
        assert sum(max(cells(cell.a), cells(cell.b)) for cell in line) + len(line) - 1 <= width


def test_case_and_punctuation_do_not_make_a_difference() -> None:
    assert [segment.same for segment in differences('cheers of "Hurrah!"', "Cheers of “Hurrah”")] == [True]


def test_a_word_longer_than_the_line_goes_on_in_the_next() -> None:
    lines = list(columns(differences("x" * 25, "y"), 10))
    assert [line[0].a for line in lines] == ["[xxxxxxxxx", "x" * 10, "xxxxxx]"]
