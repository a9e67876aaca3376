"""Scripts without spaces: where words are parted that are shown, and how they are put together again."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reuse.cli.passages import aligned as on_terminal
from reuse.corpus.characters import SOLO, TABLES
from reuse.display import cells, padded
from reuse.report.differences import SIDES, columns, differences, interlinear, stretches
from reuse.report.passim import aligned
from reuse.spacing import joined, words_of
from tui.collation import collate
from tui.pair_layout import compare, side_by_side, stacked

MIXED = st.text(alphabet=st.sampled_from("国建设，。“”《》 \n　aB7é—.ไทยั東京タ조"), max_size=40)
SOLID = st.text(alphabet=st.sampled_from("国建设，。日李aB7ไทยัความคื"), max_size=40)
SPACED = st.text(alphabet=st.sampled_from("ab7é—.,“”( \n조선אש"), max_size=40)
CHINESE_A, CHINESE_B = "共同书写中国式现代化建设新篇章；3月20日 李强", "共同书写中国式现代化建设的新篇章，3月21日 李强"


@given(MIXED)
def test_words_put_together_again_are_the_text(text: str) -> None:
    words = words_of(text)
    assert joined(words) == " ".join(text.split())
    assert words_of(joined(words)) == words


@given(SPACED)
def test_where_spaces_part_words_nothing_else_does(text: str) -> None:
    chunks = text.split()
    assert [word for part in words_of(text) for word in part.split()] == chunks
    letters = [any(map(str.isalnum, chunk)) for chunk in chunks]
    assert len(words_of(text)) == max(sum(letters), min(len(chunks), 1))


def test_marks_that_stand_alone_make_no_difference() -> None:
    for a, b in (
        ("the Party — and all", "the Party and all"),
        ("### 春 节 , 到", "春 节 到"),
        ("بعد الخمس , فهو", "بعد الخمس فهو"),
    ):
        assert [segment.same for segment in differences(a, b)] == [True]


@given(MIXED)
def test_no_word_that_is_shown_has_two_letters_that_are_words(text: str) -> None:
    for word in words_of(text):
        letters = [letter for letter in word if letter.isalnum()]
        assert sum(TABLES.class_of(letter) == SOLO for letter in letters) < 2
        assert len(letters) < 2 or all(TABLES.class_of(letter) != SOLO for letter in letters)


def test_of_a_line_without_spaces_only_what_differs_is_marked() -> None:
    segments = differences(CHINESE_A, CHINESE_B)
    assert stretches(segments, "a") == [
        (True, "共同书写中国式现代化建设", ""),
        (False, "–", ""),
        (True, "新篇章；3月", ""),
        (False, "20", ""),
        (True, "日 李强", ""),
    ]
    assert [words for same, words, _ in stretches(segments, "b") if not same] == ["的", "21"]


@given(MIXED, MIXED)
def test_either_side_of_a_comparison_is_there_letter_for_letter(a: str, b: str) -> None:
    segments = differences(a, b)
    for side, text in zip(SIDES, (a, b), strict=True):
        shown = "".join(
            words + gap
            for segment, (_, words, gap) in zip(segments, stretches(segments, side), strict=True)
            if getattr(segment, side)
        )
        assert shown.rstrip() == " ".join(text.split())


@given(MIXED, MIXED, st.integers(12, 40))
@example("", "7。。タ“ 77777。。。。。。。。。", 33)
def test_lines_of_any_script_fit(a: str, b: str, width: int) -> None:
    segments = differences(a, b)
    for line in columns(segments, width):
        for side in SIDES:
            assert cells(joined([word for cell in line if (word := getattr(cell, side))])) <= width
    pairs = compare(a, b).pairs
    for layout in (side_by_side, stacked):
        for line in layout(pairs, width):
            for words in (line.a, line.b):
                assert cells("".join(word.gap + word.text for word in words).rstrip()) <= width


@pytest.mark.parametrize("text", [CHINESE_A, "東京タワーは、高さ333mの塔である。", "ฉัน รัก ประเทศไทย"])
def test_a_first_line_shows_what_fits_of_a_passage_without_spaces(text: str) -> None:
    line = next(iter(interlinear(differences(text, text), 20)))
    assert text.startswith(joined([cell.a for cell in line])[:5])
    assert 10 < cells(joined([cell.a for cell in line])) <= 20


@given(SOLID, SOLID, st.integers(12, 60))
@example("7", "7ค", 12)
@example("7ค。77ท7", "ค7ท", 12)
def test_no_space_parts_letters_that_run_on(a: str, b: str, width: int) -> None:
    for line in interlinear(differences(a, b), width):
        cells_of = [(cell, max(cells(cell.a), cells(cell.b))) for cell in line]
        for side in SIDES:
            shown = "".join(padded(getattr(cell, side), size) for cell, size in cells_of if not cell.same)
            assert " " not in re.sub(r"\] *", "]", shown).strip()  # nor do blanks at a line's beginning part letters
    for line_of_pair in stacked(compare(a, b).pairs, width):
        for words in (line_of_pair.a, line_of_pair.b):
            shown = "".join(word.gap + word.text for word in words if word.kind in {"only", "exchanged"})
            assert " " not in re.sub(r"([\]}]) *", r"\1", shown).rstrip()


def test_what_only_one_side_has_is_shown_as_it_is_written() -> None:
    a, b = "ประชุมความคืบหน้าเตรียมการลงพื้นที่", "ประชุมเตรียมการลงพื้นที่"
    above, below = (line.plain for line in on_terminal(a, b, width=70))
    assert above == "a  ประชุม[ความคืบหน้า]เตรียมการลงพื้นที่"
    assert below == "b  ประชุม[–]        เตรียมการลงพื้นที่"


@pytest.mark.parametrize(
    ("a", "b", "width", "left"),
    [
        ("国建设国建设国建设国建设国建", "国建设", 16, 8),  # shown is 国建设[国建设
        ("one two three four five six seven eight", "one two four five nine ten eleven eight", 19, 5),
        ("one overlongwordthatgoeson two three four five", "one two three four six", 19, 5),
    ],
)
def test_words_that_are_left_out_are_counted(a: str, b: str, width: int, left: int) -> None:
    *_, last = on_terminal(a, b, width=width, most_lines=1)
    assert last.plain == f"   … and {left} more words"


def test_witnesses_without_spaces_stand_letter_under_letter() -> None:
    found = collate([CHINESE_A, CHINESE_B])
    assert ["".join(text for text, _ in row) for row in found.rows] == [
        "共同书写中国式现代化建设新篇章；3月20日 李强",
        "共同书写中国式现代化建设[的]新篇章，3月[21]日 李强",
    ]
    assert not any(found.gaps)


def test_what_passim_reads_has_letters_in_the_same_columns() -> None:
    assert aligned("建设新篇章 李强", "建设的新篇章 李强") == ("建设-新篇章 李强", "建设的新篇章 李强")
