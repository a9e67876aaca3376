"""Tags in a text are no words, whatever their names; what stands alone in angle brackets is text."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reuse.api import scan
from reuse.corpus.layout import layout_of
from reuse.corpus.tokenise import tokenise, words_of


def sentences(text: str) -> list[str]:
    """The words of each sentence."""
    tokens = tokenise([(text, None)])
    words = words_of(text)
    starts = [*np.flatnonzero(tokens.opens_sentence).tolist(), len(words)]
    return [" ".join(words[start:end]) for start, end in pairwise(starts)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<p>The <strong>Ministry</strong> said.</p>", "the ministry said"),
        ('<a href="https://example.org/a?b=1">Read</a> more', "read more"),
        ("<P CLASS=lead hidden>One</p> two", "one two"),
        ("one<br>two<hr/>three", "one two three"),
        ('<doc id="3">one <lb n="7"/>two</doc>', "one two"),
        ('<pb facs="#f7"/>one', "one"),
        ("<?xml version='1.0'?><!DOCTYPE html><سطر>one</سطر>", "one"),
        ("one <!-- said by nobody --> two", "one two"),
        ("one <script>if (a<b) { run() }</script> two", "one two"),
        ("<p>经查，</p><p>违反</p>", "经 查 违 反"),
        ("exam-<br>\nple", "exam ple"),
    ],
)
def test_tags_are_no_words(text: str, words: str) -> None:
    assert words_of(text) == words.split()


@pytest.mark.parametrize(
    "text",
    [
        "the letter <a> is not <b>",
        "Dear <name>, meet me at <address> on <date>",
        "see <https://example.org/a> or <joe@example.org>",
        "if a <b and c> d",
        "one </closed> two",
        "one <open two",
        "one <!-- never closed",
        "one <script> never closed",
    ],
)
def test_what_stands_alone_in_angle_brackets_is_text(text: str) -> None:
    assert words_of(text) == re.findall(r"\w+", text.lower())


def test_a_tag_is_told_from_its_own_text_alone() -> None:
    alone = ["of <b> and", "<b>bold</b> words", "of <b> and", ""]
    together = tokenise([(text, None) for text in alone])
    assert np.diff(together.bounds).tolist() == [3, 2, 3, 0]
    backwards = tokenise([(text, None) for text in reversed(alone)])
    assert np.diff(backwards.bounds).tolist() == [0, 3, 2, 3]


@given(
    st.lists(
        st.sampled_from(["Word", "word.", "经查。", "<p>", "</p>", "<b>", "</b>", "<br/>", "\n", " "]), max_size=30
    )
)
def test_a_text_has_the_words_that_it_has_without_its_tags(pieces: list[str]) -> None:
    text = "<p></p><b></b>" + "".join(pieces)
    assert words_of(text) == words_of(re.sub(r"<[^<>]*>", " ", text))


def test_paragraphs_in_tags_are_paragraphs_and_lines_that_end_anyway_are_none() -> None:
    assert sentences("<h2>The budget</h2><p>Tax <b>Rose</b> by ten<br>Percent</p>") == [
        "the budget",
        "tax rose by ten percent",
    ]
    assert sentences("Roses are red,<br>\nViolets are blue") == ["roses are red violets are blue"]
    assert sentences("Roses are red<br><br>Violets are blue") == ["roses are red", "violets are blue"]


def test_an_address_in_a_tag_is_none_that_the_sentence_says() -> None:
    text = 'You may read <a href="https://example.org/news/1">all of the budget</a> before it is voted on.'
    tokens = tokenise([(text, None)])
    layout = layout_of(tokens, np.array([0]), lambda _: text, np.zeros(int(tokens.ids.max()) + 1, dtype=bool))
    assert layout.prose.all()


def test_formulas_of_records_with_tags_have_none(tmp_path: Path) -> None:
    said = "<p>The <strong>Ministry</strong> of Finance said that growth would slow.</p><ul><li>Tax reform</li></ul>"
    rows = [{"id": f"{number}", "text": f"<p>Story {number}, told by somebody.</p>{said}"} for number in range(4)]
    file = tmp_path / "stories.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    with scan([file], tmp_path / "stories.reuse") as run:
        texts = [row["text"] for row in run.table("formulas").to_dicts()]
        assert any(text.startswith("The Ministry of Finance said") for text in texts)
        assert not any(word in {"p", "strong", "li", "ul"} for text in texts for word in text.split())
