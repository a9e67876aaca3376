"""What is told of lines in one go is what a plain reading tells."""

from __future__ import annotations

import re
from itertools import groupby

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from reuse.corpus import layout, signs
from reuse.corpus.characters import codes_of
from reuse.corpus.running_heads import Lines, interrupting

RESERVED = [phrase for phrases in signs._RESERVED.values() for phrase in phrases]
SIGNS = [
    "©",
    "(c) ",
    "(C)",
    "1999",
    "http://",
    "HTTPS://",
    "www.",
    "WwW.",
    "x@y.z",
    "@",
    *signs._RESERVED,
    "ALL RIGHTS RESERVED",
]
PIECES = ["a", " ", "word. ", "\n", "\n\n", *SIGNS]
LINES = st.lists(st.sampled_from(["a", "é", "\n", "\r\n", "\r", "\x85", "\u2028", "\f", "😀"]), max_size=12).map(
    "".join
)


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_signs_are_found_where_the_pattern_is(text: str) -> None:
    """Owners' signs and addresses are looked for where they may be, and so they are found as everywhere."""
    breaks = np.array([match.start() for match in re.finditer("\n", text)], dtype=np.int64)
    reserved = "|".join(("©", r"\(c\)\s*\d{4}", *RESERVED))
    for find, pattern in ((signs.owners, re.compile(reserved, re.IGNORECASE)), (signs.addresses, signs._ADDRESS)):
        expected = sorted(found.start() for found in pattern.finditer(text))
        assert sorted(find(text, codes_of(text), breaks).tolist()) == expected


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
def test_loose_is_what_is_no_prose_and_outside_what_is_so_around_the_stretch_with_most_of_it(
    texts: list[list[bool]],
) -> None:
    loose, outside = [], []
    for prose in texts:
        stretches = [(begin, end) for begin in range(len(prose)) for end in range(begin + 1, len(prose) + 1)]
        gain = [sum(1 if one else -1 for one in prose[begin:end]) for begin, end in stretches]
        best = [stretch for stretch, one in zip(stretches, gain, strict=True) if one == max(gain)]
        last = max((end for _, end in best), default=0)
        begin = min((begin for begin, end in best if end == last), default=0)
        enough = 2 * sum(prose) >= len(prose)
        loose += [enough and not one for one in prose]
        outside += [enough and not one and not begin <= at < last for at, one in enumerate(prose)]
    # Lines of a word, of which some in a row that are alike are one line of more words.
    lines = [[len(list(alike)) for _, alike in groupby(prose)] for prose in texts]
    kinds = [kind for prose in texts for kind, _ in groupby(prose)]
    words = np.array([size for sizes in lines for size in sizes], dtype=np.int64)
    found = layout._loose(np.array(kinds, dtype=bool), words, np.cumsum([0, *map(len, lines)]))
    assert [np.repeat(lines_of_it, words).tolist() for lines_of_it in found] == [loose, outside]
    each = np.array([one for prose in texts for one in prose], dtype=bool)
    found = layout._loose(each, np.ones(len(each), dtype=np.int64), np.cumsum([0, *map(len, texts)]))
    assert [lines_of_it.tolist() for lines_of_it in found] == [loose, outside]


_HALF, _REST = (1, False, "open"), (2, True, "closed")
_ENDS = st.sampled_from(["open", "closed", "comma"])
_ODD = st.tuples(st.integers(0, 2), st.booleans(), _ENDS)
LINES_SAID = st.tuples(st.just(0), st.booleans(), _ENDS).flatmap(
    lambda head: st.lists(
        st.one_of(st.just([_HALF, head, _REST]), st.just([head]), st.lists(_ODD, max_size=2)), max_size=8
    ).map(lambda pieces: [line for piece in pieces for line in piece])
)


@given(LINES_SAID, st.integers(0, 12))
@example([_HALF, (0, False, "closed"), _REST] * 2, 1)
def test_heads_come_between_the_halves_of_sentences_twice_and_in_a_quarter_of_their_places(
    said: list[tuple[int, bool, str]], first: int
) -> None:
    """Of two documents, the first with so many lines."""
    lines = [(int(at >= first), *line) for at, line in enumerate(said)]
    between = [
        0 < at < len(lines) - 1
        and lines[at - 1][0] == lines[at + 1][0]
        and lines[at - 1][3] == "open"
        and lines[at + 1][2]
        and not small
        and sign == "closed"
        for at, (_, _, small, sign) in enumerate(lines)
    ]
    expected = []
    for document, words, *_ in lines:
        places = [one for one, line in zip(between, lines, strict=True) if line[:2] == (document, words)]
        expected.append(sum(places) >= 2 and 4 * sum(places) >= len(places))
    made = Lines(
        np.array([0, min(first, len(lines)), len(lines)]),
        np.ones(len(lines), dtype=np.int64),
        np.array([ord("a" if small else "A") for *_, small, _ in lines], dtype=np.uint32),
        np.array([sign == "open" for *_, sign in lines], dtype=bool),
        np.array([sign == "closed" for *_, sign in lines], dtype=bool),
    )
    assert interrupting(made, np.array([words for _, words, *_ in lines], dtype=np.int64)).tolist() == expected
