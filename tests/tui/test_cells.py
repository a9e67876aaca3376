"""Lines of any text, by offsets."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reuse.display import cells, visible
from tui.cells import wrap


@given(st.text(alphabet=st.sampled_from("ab 조\n\u202e\u0301é,"), max_size=300), st.integers(10, 40))
def test_lines_fit_and_no_word_is_lost(text: str, width: int) -> None:
    lines = wrap(text, width)
    shown = [text[start:end] for start, end in lines.tolist()]
    assert all(cells(visible(line)) <= width for line in shown)
    assert "".join("".join(shown).split()) == "".join(text.split())
    assert (lines[1:, 0] >= lines[:-1, 1]).all()


def test_blank_lines_in_a_row_are_one() -> None:
    text = "a\n\n\n\nb"
    assert [text[start:end] for start, end in wrap(text, 10).tolist()] == ["a", "", "b"]


def test_unbroken_lines_end_where_the_text_says() -> None:
    text = "one two three\nfour"
    assert [text[start:end] for start, end in wrap(text, 0).tolist()] == ["one two three", "four"]
