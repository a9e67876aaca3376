"""Queries find what somebody who goes through the text word by word finds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reuse.corpus.letters import SameLetters, rule_names
from reuse.corpus.tokenise import tokenise
from reuse.queries.find import Finder
from reuse.queries.lexicon import Forms, Lexicon
from reuse.queries.read import read_query
from reuse.queries.tree import Either, Gap, Near, Node, Sequence, Word

LETTERS = SameLetters(rule_names("all"))


def finder(texts: list[str]) -> Finder:
    tokens = tokenise((text, None) for text in texts)
    forms = Forms.of(tokens.vocabulary.words, LETTERS)
    return Finder(tokens, Lexicon(tokens.vocabulary, LETTERS, lambda: forms), texts.__getitem__)


def found(texts: list[str], query: str) -> list[tuple[int, int]]:
    spans = finder(texts).find(read_query(query))
    return list(zip(spans.starts.tolist(), spans.ends.tolist(), strict=True))


def spans_from(words: list[str], at: int, node: Node | Gap) -> Iterator[int]:
    """Where what begins at a place may end; words are letters."""
    match node:
        case Gap(least, most):
            yield from (at + width for width in range(least, most + 1) if at + width <= len(words))
        case Word():
            if at < len(words) and words[at] == node.form:
                yield at + 1
        case Either(choices):
            for choice in choices:
                yield from spans_from(words, at, choice)
        case Sequence(parts):
            ends = {at}
            for part in parts:
                ends = {end for start in ends for end in spans_from(words, start, part)}
            yield from ends
        case Near(left, right, most):
            for parts in ((left, Gap(0, most), right), (right, Gap(0, most), left)):
                yield from spans_from(words, at, Sequence(parts))


def by_hand(texts: list[list[str]], query: str) -> list[tuple[int, int]]:
    tree = read_query(query).tree
    every, offset = set(), 0
    for words in texts:
        every |= {(offset + at, offset + end) for at in range(len(words)) for end in spans_from(words, at, tree)}
        offset += len(words)
    return sorted(
        one for one in every if not any(other != one and one[0] <= other[0] and other[1] <= one[1] for other in every)
    )


units = st.sampled_from(["a", "b", "c", "a b", "* a", "b *", "(a|b)", "(a b|c)", "(a or b * c)"])
queries = st.recursive(
    units,
    lambda inner: (
        st.builds("{} {}".format, inner, inner)
        | st.builds("{} ..{} {}".format, inner, st.integers(0, 3), inner)
        | st.builds("{} ..1-{} {}".format, inner, st.integers(1, 3), inner)
        | st.builds("({}) near/{} ({})".format, inner, st.integers(0, 3), inner).map("({})".format)
        | st.builds("({} | {})".format, inner, inner)
    ),
    max_leaves=4,
)


@settings(max_examples=100)
@given(st.lists(st.lists(st.sampled_from("abc"), max_size=12), min_size=1, max_size=3), queries)
def test_a_query_finds_what_a_plain_loop_finds(texts: list[list[str]], query: str) -> None:
    assert found([" ".join(words) for words in texts], query) == by_hand(texts, query)


TEXT = (
    "The Union of March. The union marched où OU ou Où. Élan élan elan. co-operation Cooperation coöperation "
    "Straße STRASSE naïve vita uita forêts forets"
)
WORDS = [word.strip(".") for word in TEXT.split()]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("union", "Union union"),
        ("==Union", "Union"),
        ("==union", "union"),
        ("=Union", "Union union"),
        ("ou", "où OU ou Où"),
        ("=où", "où Où"),
        ("==où", "où"),
        ("==OU", "OU"),
        ("el?n", "Élan élan elan"),
        ("=él*", "Élan élan"),
        ("==É*", "Élan"),
        ("==/[A-Z].*/", "The Union March The OU Où Cooperation Straße STRASSE"),
        ("==(union|March)", "March union"),
        ("coop*", "co-operation Cooperation coöperation"),
        ("co-op*", "co-operation Cooperation coöperation"),
        ("/co-?op.*/", "co-operation Cooperation coöperation"),
        ("/co-op.*/", "co-operation Cooperation coöperation"),
        ("=/co-op.*/", "co-operation Cooperation"),
        ("==co-*", "co-operation"),
        ("==/co-.*/", "co-operation"),
        ("str*se", "Straße STRASSE"),
        ("/na[íï]ve/", "naïve"),
        ("/nai?ve/", "naïve"),
        ("/na[^i]ve/", ""),
        ("/[UV]ni.*/", "Union union"),
        ("vit*", "vita uita"),
        ("/uit./", "vita uita"),
        ("foret*", "forêts forets"),
        ("for?ts", "forêts forets"),
        ("=/foret.*/", "forets"),
    ],
)
def test_words_are_the_same_as_far_as_is_asked(query: str, wanted: str) -> None:
    assert " ".join(WORDS[start] for start, _ in found([TEXT], query)) == wanted


def test_a_place_lies_in_one_document() -> None:
    assert found(["a b", "c"], "b c") == found(["a b", "c"], "b ..5 c") == found(["a b", "c"], "b near/5 c") == []
    assert found(["a b", "c"], "c *") == []
    assert found(["a", "b c d"], "* c *") == [(1, 4)]


def test_nothing_is_found_in_nothing() -> None:
    assert found([""], "a ..3 (b|c d)") == []
    assert found(["", "x"], "x*") == [(0, 1)]
