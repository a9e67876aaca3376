"""What is told of lines in one go is what a plain reading tells."""

from __future__ import annotations

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reuse.corpus import layout
from reuse.corpus.characters import codes_of

SIGNS = ["©", "(c) ", "(C)", "1999", "http://", "HTTPS://", "www.", "WwW.", "x@y.z", "@"]
PIECES = ["a", " ", "word. ", "\n", "\n\n", *SIGNS]
LINES = st.lists(st.sampled_from(["a", "é", "\n", "\r\n", "\r", "\x85", "\u2028", "\f", "😀"]), max_size=12).map(
    "".join
)


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_the_signed_lines_are_those_in_which_the_pattern_is_found(text: str) -> None:
    """Lines with an owner's sign or an address are found where they may be, and so they are found as everywhere."""
    breaks = np.array([match.start() for match in re.finditer("\n", text)], dtype=np.int64)
    expected = np.unique(np.searchsorted(breaks, [found.start() for found in layout._SIGNED.finditer(text)]))
    assert layout._signed(text, codes_of(text), breaks).tolist() == expected.tolist()


@given(LINES)
def test_lines_end_where_a_search_finds_their_ends(text: str) -> None:
    ends = [found.end() - 1 for found in re.finditer("\r\n|[\n-\r\x85\u2028\u2029]", text)]
    assert layout._line_ends(codes_of(text)).tolist() == ends


@given(st.text("a .,”)»", max_size=12), st.data())
def test_the_sign_behind_is_that_behind_two_that_close(text: str, data: st.DataObject) -> None:
    ends = sorted(data.draw(st.sets(st.integers(1, len(text)), max_size=4))) if text else []
    behind = [re.match("[”)»]{0,2}(.?)", text[end:])[1] or "\n" for end in ends]
    found = layout._sign_behind(codes_of(text), np.array(ends, dtype=np.int64))
    assert [chr(code) for code in found.tolist()] == behind


@given(st.lists(st.lists(st.booleans(), max_size=6), max_size=5))
def test_outside_is_before_the_first_and_after_the_last_of_prose(texts: list[list[bool]]) -> None:
    expected = []
    for prose in texts:
        enough = 2 * sum(prose) >= len(prose)
        expected += [enough and (not any(prose[: at + 1]) or not any(prose[at:])) for at in range(len(prose))]
    bounds = np.cumsum([0, *map(len, texts)])
    found = layout._outside(np.array([one for prose in texts for one in prose], dtype=bool), bounds)
    assert found.tolist() == expected
