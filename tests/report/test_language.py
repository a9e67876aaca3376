"""What is said of a document's language, and what is not."""

from __future__ import annotations

import pytest

from reuse.report.html.language import direction_of, language_of


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
