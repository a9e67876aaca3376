"""What is said of a document's language, and what is not."""

from __future__ import annotations

import json

import pytest

from reuse.report.direction import LEFT_TO_RIGHT, apart, direction_of, filled
from reuse.report.html.language import language_of
from reuse.report.sentences import changes_said


@pytest.mark.parametrize(
    ("text", "metadata", "language"),
    [
        ("plain English, or is it?", {}, ""),
        ("plain English", {"lang": "en-GB"}, "en-GB"),
        ("plain English", {"language": "English, British"}, ""),
        ("조선로동당 중앙위원회 제8기 전원회의", {}, "ko"),
        ("日本語のテキストです。", {}, "ja"),
        ("中央委员会全体会议公报", {}, ""),
        ("שלום לכולם", {}, "he"),
        ("Ελληνικά κείμενα", {}, "el"),
        ("An English text that quotes one word, λόγος, of Greek", {}, ""),
        ("русский или украинский", {}, ""),
    ],
)
def test_the_language_is_said_only_where_it_is_known(text: str, metadata: dict[str, str], language: str) -> None:
    assert language_of(text, metadata) == language


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("left to right", "ltr"),
        ("שלום לכולם", "rtl"),
        ("الأمم المتحدة", "rtl"),
        ("WPK: שלום לכולם, זה מסמך בעברית", "rtl"),
        ("An English text with שלום in it", "ltr"),
        ("", "ltr"),
        ("1984", "ltr"),
    ],
)
def test_the_direction_is_that_of_most_letters(text: str, direction: str) -> None:
    assert direction_of(text) == direction


def test_what_is_read_from_the_right_stays_between_marks_and_at_the_right() -> None:
    assert apart("plain") == "plain"
    assert apart("the name שלום") == f"{LEFT_TO_RIGHT}the name שלום{LEFT_TO_RIGHT}"
    assert filled("plain", 7) == "plain  "
    assert filled("שלום", 7) == f"   {LEFT_TO_RIGHT}שלום{LEFT_TO_RIGHT}"
    assert filled("a long name שלום", 17) == f"{LEFT_TO_RIGHT}a long name שלום{LEFT_TO_RIGHT} "


def test_what_was_changed_into_what_is_not_turned_round() -> None:
    changed = json.dumps([{"about": "words", "before": "שלום", "after": "עולם"}])
    said = changes_said({"previous": "one", "changed": changed, "changes": 1})
    assert said == f"{LEFT_TO_RIGHT}שלום{LEFT_TO_RIGHT} → {LEFT_TO_RIGHT}עולם{LEFT_TO_RIGHT}"
