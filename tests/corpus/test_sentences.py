"""Where sentences begin."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reuse.corpus.sentences import ABBREVIATIONS
from reuse.corpus.tokenise import tokenise, words_of


def sentences(text: str) -> list[str]:
    """The first word of each sentence."""
    tokens = tokenise([(text, None)])
    return [
        text[start:end]
        for start, end, opens in zip(
            tokens.starts.tolist(), tokens.ends.tolist(), tokens.opens_sentence.tolist(), strict=True
        )
        if opens
    ]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("One came. Two went! Three? Four\u2026 Five", ["One", "Two", "Three", "Four", "Five"]),
        ('He said: "Stop it." Then he left.', ["He", "Then"]),
        ("He asked \u201cwhy?\u201d and left. \u201cBecause\u201d, she said.", ["He", "Because"]),
        ("(It was late.) The end.", ["It", "The"]),
        ("It grew by 3.5 per cent. 12 men came.", ["It", "12"]),
        ("See www.kcna.kp and 10.00 hours. Now.", ["See", "Now"]),
        ("Mr. Kim met Dr. Ri, Prof. Pak and J. F. Kennedy. All agreed.", ["Mr", "All"]),
        ("On Jan. 5 the No. 2 plant opened. It runs.", ["On", "It"]),
        ("He met the doctor. Ri came.", ["He", "Ri"]),
        ("a heading\n\nThe text. It runs", ["a", "The", "It"]),
        ("a paragraph cut by\n\na page end. Next", ["a", "Next"]),
        ("a list ends.\n\nand goes on", ["a", "and"]),
        ("one line\nThe next", ["one"]),
        ("one line\r\nThe next", ["one"]),
        ("one line\r\n\r\nThe next", ["one", "The"]),
        ("removing the accident-\n\nprone elements. Then", ["removing", "Then"]),
        ("\u6211\u4eec\u6765\u3002\u4ed6\u4eec\u53bb\u3002", ["\u6211", "\u4ed6"]),
        (
            "\u0648\u0635\u0644\u0648\u0627. \u062b\u0645 \u0630\u0647\u0628\u0648\u0627\u061f \u0646\u0639\u0645",
            ["\u0648\u0635\u0644\u0648\u0627", "\u062b\u0645", "\u0646\u0639\u0645"],
        ),
        ("Stop... and go on. End", ["Stop", "End"]),
        ("*He* came. **Kim** left.", ["He", "Kim"]),
        ("On Sept. 9. The war began on Sept. 9, 1939. 5 men fell.", ["On", "The", "5"]),
        ("He left the U.S. The U.S. Senate met. In the U.S. Army it was so.", ["He", "The", "In"]),
        ("He met A. Smith in Washington, D.C. It rained in Vitamin C. A. Smith left.", ["He", "It"]),
        ("Ld. Russell and Yahoo! News agreed. He joined Yahoo! The firm paid.", ["Ld", "He", "The"]),
        (
            "Is it? No. The No. 2 and No. II of Vol. I and Fig. B. It is modern art. The end.",
            [*["Is", "No", "The", "It", "The"]],
        ),
        ("1. The first.\n2. The second.\nB. A third.", ["1", "2", "B"]),
        ("Am 9. September kam er. Am 10. Die Lage", ["Am", "Am", "Die"]),
        ("It cost $1,000.50. The rest, etc. The Acme Inc. Board met at 5 p.m. He left.", ["It", "The", "The", "He"]),
        ("", []),
        ("...", []),
    ],
)
def test_first_words(text, first):
    assert sentences(text) == first


def test_every_document_opens_a_sentence():
    tokens = tokenise([("and so", None), ("", None), ("on it went", None)])
    assert tokens.opens_sentence.tolist() == [True, False, True, False, False]


def test_abbreviations_are_written_as_words_are():
    assert all(words_of(word) == [word] for word in ABBREVIATIONS)


@given(st.text("aB1 .!?\n\r\"'-\u2026\u3002\u6f22\u00ad", max_size=40))
@example("a.\u00adB")
def test_a_sentence_begins_after_a_mark_or_an_empty_line(text):
    tokens = tokenise([(text, None)])
    ends = [0, *tokens.ends.tolist()]
    for end, start, opens in list(zip(ends, tokens.starts.tolist(), tokens.opens_sentence.tolist(), strict=False))[1:]:
        between = text[end:start]
        reason = re.search("[.!?\u2026\u3002]", between) or len(re.findall("\r\n|\n|\r", between)) > 1
        assert not opens or reason


def test_marks_part_words():
    text = (
        "In 3.5 years, Mr. Smith (of the U.S. House) said: “No way” - well-known, 1,000 at 10:30; x/y "
        "the workers' party — why? 表示诚挚，感谢「你」好。"
    )
    tokens = tokenise([(text, None)])
    words = [tokens.vocabulary.words[word] for word in tokens.ids.tolist()]
    parts = "".join("|" * opens + word + " " for word, opens in zip(words, tokens.opens_part.tolist(), strict=True))
    assert parts == (
        "|in 3.5 years |mr smith |of the u s house |said |no way |well-known |1000 at 10 30 |x y "
        "the workers party |why |表 示 诚 挚 |感 谢 |你 |好 "
    )
    assert (tokens.opens_part >= tokens.opens_sentence).all()


BOUNDARIES = Path(__file__).parent / "boundaries"


@pytest.mark.parametrize("genre", ["dispatches", "addresses", "books"])
def test_sentences_begin_where_a_reader_marked_them(genre):
    marked = (BOUNDARIES / f"{genre}.txt").read_text("utf-8")
    places, text = set(), ""
    for piece in re.split("(¶)", marked):
        if piece == "¶":
            places.add(len(text))
        else:
            text += piece
    expected = {place + re.search(r"\w", text[place:]).start() for place in places}
    tokens = tokenise([(text, None)])
    found = set(tokens.starts[tokens.opens_sentence].tolist())
    assert len(expected) >= 80
    wrong = sorted(found ^ expected)
    assert len(wrong) <= 0.02 * len(expected), [text[max(place - 30, 0) : place + 30] for place in wrong]
