from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from reuse.display import cells, end_of, padded, trimmed, visible

ANY_TEXT = st.text(st.characters(exclude_categories=())) | st.text("\x1b[2J\x07\x9b\u202e\u2066\r\n\t a\ud800\x00")


@given(ANY_TEXT)
def test_nothing_that_acts_on_a_terminal_is_left(text: str) -> None:
    for character in visible(text):
        assert character == "\n" or unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"}
        assert unicodedata.bidirectional(character) not in {
            "LRE",
            "RLE",
            "LRO",
            "RLO",
            "PDF",
            "LRI",
            "RLI",
            "FSI",
            "PDI",
        }


@given(ANY_TEXT)
def test_one_line_is_one_line(text: str) -> None:
    shown = visible(text, one_line=True)
    assert "\n" not in shown
    assert "  " not in shown.replace("\t", "")
    assert shown == shown.strip(" ")


@given(ANY_TEXT)
def test_what_is_visible_stays_as_it_is(text: str) -> None:
    assert visible(visible(text)) == visible(text)


def test_dangers_are_shown_not_dropped() -> None:
    assert visible("a\x1b[31mred\x07") == "a␛[31mred␇"
    assert visible("abc\u202ecba") == "abc⟨U+202E⟩cba"
    assert visible("\x9b31m\x7f\x00") == "⟨U+009B⟩31m␡␀"
    assert visible("lone \ud800") == "lone ⟨U+D800⟩"
    assert visible("over\rwritten\r\n") == "over␍written\n"


def test_ordinary_text_is_untouched() -> None:
    for text in ["naïve “quotes” – dashes…", "조선로동당", "e\u0301", "👩‍👩‍👧", "می‌خواهم"]:
        assert visible(text) == text


@given(st.text(st.characters(exclude_categories=["C", "Z"])), st.integers(1, 30))
def test_trimmed_text_fits(text: str, width: int) -> None:
    shown = trimmed(text, width)
    assert cells(shown) <= width
    assert shown == text if cells(text) <= width else shown.endswith("…")


@given(st.text(st.characters(exclude_categories=["C", "Z"])), st.integers(1, 30))
def test_the_end_of_a_text_fits(text: str, width: int) -> None:
    shown = end_of(text, width)
    assert cells(shown) <= width
    assert shown == text if cells(text) <= width else text.endswith(shown[1:])


def test_widths_are_cells() -> None:
    assert cells("조선") == 4
    assert padded("조선", 6) == "조선  "
    assert trimmed("demonstrating to the world", 20) == "demonstrating to…"
    assert trimmed("조선로동당", 5) == "조선…"
