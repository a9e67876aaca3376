"""Two passages word against word."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reuse.display import cells
from tui.collation import collate
from tui.pair_layout import compare, side_by_side, stacked
from tui.widgets.pair_pane import _tail

WORDS = st.lists(st.sampled_from(["the", "harbour", "winter", "조선", "boat", "a", "é"]), min_size=1, max_size=40)


def bare(words: list[str]) -> list[str]:
    return [stripped for word in words if (stripped := word.strip("[]{}‹›–"))]


@given(a=WORDS, b=WORDS, width=st.integers(12, 60))
def test_nothing_is_lost_and_lines_fit(a: list[str], b: list[str], width: int) -> None:
    compared = compare(" ".join(a), " ".join(b))
    pairs = compared.pairs
    assert not compared.partial
    lines = list(side_by_side(pairs, width))
    assert bare([word.text for line in lines for word in line.a]) == a
    assert bare([word.text for line in lines for word in line.b]) == b
    assert max(cells(" ".join(word.text for word in line.a)) for line in lines) <= width
    for line in stacked(pairs, width):
        assert cells(" ".join(word.text for word in line.a)) == cells(" ".join(word.text for word in line.b))


@given(a=WORDS)
def test_equal_passages_have_no_difference(a: list[str]) -> None:
    pairs = compare(" ".join(a), " ".join(a)).pairs
    assert {word.kind for pair in pairs for word in pair} == {"same"}


def test_a_moved_phrase_is_told_from_an_exchange() -> None:
    pairs = compare("by the sea they built a harbour for all", "they built a harbour for all by the sea").pairs
    left = " ".join(word.text for word, _ in pairs if word.text)
    right = " ".join(word.text for _, word in pairs if word.text)
    assert "‹by the sea›" in left
    assert "‹by the sea›" in right


def test_a_very_long_passage_is_shown_in_part_and_that_is_said() -> None:
    compared = compare("word " * 5_000, "word " * 5_000)
    assert compared.partial
    assert len(compared.pairs) == 4_000


@pytest.mark.parametrize("own", ["[sic]", "{1}", "‹so›"])
def test_marks_are_not_taken_for_brackets_of_the_text(own: str) -> None:
    plain, marked = (compare(f"he said {word} yes", f"he said {word} no") for word in ("thus", own))
    assert [word.text for word, _ in plain.pairs] == ["he", "said", "thus", "[yes]"]
    assert [word.text for word, _ in marked.pairs] == ["he", "said", own, "[[yes]]"]
    assert plain.legend == "[other words] {only here} ‹moved› – nothing here"
    assert marked.legend == "[[other words]] {{only here}} ‹‹moved›› – nothing here"


@given(st.lists(WORDS, min_size=1, max_size=5), st.integers(20, 80))
def test_collation_keeps_all_words_in_columns(witnesses: list[list[str]], width: int) -> None:
    found = collate([" ".join(words) for words in witnesses])
    for words, row in zip(witnesses, found.rows, strict=True):
        assert bare([text for text, _ in row]) == words
    blocks = list(found.blocks(width))
    assert [at for start, end in blocks for at in range(start, end)] == list(range(len(found.widths)))


@given(WORDS, st.integers(8, 40), st.integers(0, 6))
@example(["the"] * 8 + ["harbour"], 8, 1)
def test_context_fits_and_ends_where_the_passage_begins(words: list[str], width: int, lines: int) -> None:
    found = _tail(" ".join(words), width, lines)
    assert len(found) <= lines
    assert all(cells(line) <= width for line in found)
    shown = " ".join(found).removeprefix("… ").split()
    assert shown == words[len(words) - len(shown) :]
    assert not lines or shown


def test_context_without_spaces_is_cut_where_the_line_begins() -> None:
    assert _tail("天地玄黃宇宙洪荒日月盈昃辰宿列張", 12, 2) == ["… 宙洪荒日月", "盈昃辰宿列張"]
