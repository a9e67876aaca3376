"""Where links lead is no text; what they say is, and so is an address that stands in the text."""

from __future__ import annotations

import re

import numpy as np
import pytest

from reuse.corpus.layout import layout_of
from reuse.corpus.tokenise import tokenise, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("read [the budget](https://example.org/news?id=3) of 2020", "read the budget of 2020"),
        ("[查看原文](https://tv.example.org/2024/01/05/a.shtml)。", "查 看 原 文"),
        ("![a chart](img/chart-1.png) shows", "a chart shows"),
        ("[![a chart](chart.png)](https://example.org/a)", "a chart"),
        ("[one](#part-2), [two](mailto:a@example.org 'write to us'), [three](<a b.html>)", "one two three"),
        ("[Rome](https://example.org/wiki/Rome_(city)) fell", "rome fell"),
        ("[here]( https://example.org/a ) there", "here there"),
        ("broken [at](https://example.org/a\nline end", "broken at https example org a line end"),
        ("[sic](see above) and [12](13)", "sic see above and 12 13"),
        ("f[x](y) of [a] (b/c)", "f x y of a b c"),
        ("see https://example.org/a", "see https example org a"),
        ("[www.example.org](http://www.example.org)", "www example org"),
    ],
)
def test_where_links_lead_is_no_text(text: str, words: str) -> None:
    assert words_of(text) == words.split()


def test_a_link_ends_no_sentence_and_a_sentence_with_one_is_a_sentence() -> None:
    text = "You may read [all of the budget](https://example.org/news/1) before it is voted on."
    tokens = tokenise([(text, None)])
    assert np.flatnonzero(tokens.opens_sentence).tolist() == [0]
    layout = layout_of(tokens, np.array([0]), lambda _: text, np.zeros(int(tokens.ids.max()) + 1, dtype=bool))
    assert layout.prose.all()
    said = "You may read all of the budget at https://example.org/news/1 before it is voted on."
    tokens = tokenise([(said, None)])
    layout = layout_of(tokens, np.array([0]), lambda _: said, np.zeros(int(tokens.ids.max()) + 1, dtype=bool))
    assert not layout.prose.any()


def test_every_token_is_cut_out_of_the_text() -> None:
    text = "Read [the Budget](https://example.org/a) now."
    tokens = tokenise([(text, None)])
    cut = [text[start:end] for start, end in zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True)]
    assert cut == re.findall(r"\w+", "Read the Budget now")
