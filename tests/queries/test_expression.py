"""Regular expressions for whole words: the same words as Python's, in a time that does not run away."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reuse.errors import QueryError, UsageError
from reuse.queries.automaton import Automaton
from reuse.queries.expression import read_expression


def automaton(source: str) -> Automaton:
    return Automaton(read_expression(source, source, 0), lambda letter: (letter,))


pieces = st.recursive(
    st.sampled_from(["a", "b", "c", ".", "[ab]", "[^a]", "[a-b]", r"\w", r"\d", r"\.", "1"]),
    lambda inner: (
        st.builds("({})".format, inner)
        | st.builds("(?:{}|{})".format, inner, inner)
        | st.builds("{}{}".format, inner, inner)
        | st.builds("(?:{}){}".format, inner, st.sampled_from(["*", "+", "?", "{2}", "{1,}", "{0,2}", "{0}"]))
    ),
    max_leaves=6,
)


@settings(max_examples=150)
@given(pieces, st.lists(st.text(st.sampled_from("abc1."), max_size=6), max_size=8))
def test_it_describes_the_words_that_python_says(source: str, words: list[str]) -> None:
    found = automaton(source).accepted(words)
    assert found == [number for number, word in enumerate(words) if re.fullmatch(source, word)]


@pytest.mark.parametrize("source", ["(a+)+b", "(a|a)*b", "(a|aa)+b", "((a*)*)*b", "(.*)*b(.*)*c"])
def test_what_never_ends_elsewhere_ends_at_once(source: str) -> None:
    begun = time.perf_counter()
    assert automaton(source).accepted(["a" * 250] * 20) == []
    assert time.perf_counter() - begun < 1


def test_many_states_are_let_go_of_and_time_is_bounded() -> None:
    hard = automaton("(a|b)*a(a|b){18}(c|d)")
    words = [f"{number:018b}".replace("0", "a").replace("1", "b") for number in range(400)]
    assert hard.accepted([*words, "a" + "b" * 18 + "c"]) == [400]
    with pytest.raises(UsageError, match="takes more than 0 seconds"):
        hard.accepted(words, seconds=0)


@pytest.mark.parametrize(
    ("source", "at", "reason"),
    [
        ("(a", 0, "no partner"),
        ("a)", 1, "no partner"),
        ("[ab", 0, "no partner"),
        ("*a", 0, "nothing before"),
        ("a**", 2, "two repetitions"),
        ("a{x}", 1, "counts, as in"),
        ("a{3,2}", 1, "higher number comes last"),
        ("a{300}", 1, "256 at most"),
        ("[z-a]", 3, "lower letter"),
        (r"\bx", 0, "is not understood"),
        (r"x\1", 1, "is not understood"),
        ("(?i)x", 0, "looks around"),
        ("x$y", 1, "whole word"),
        ("(((a{200}){200}){200}){200}", 0, "too long"),
        ("(" * 40 + "a" + ")" * 40, 30, "within one another"),
    ],
)
def test_what_is_not_understood_is_refused(source: str, at: int, reason: str) -> None:
    with pytest.raises(QueryError, match=reason) as refused:
        read_expression(source, f"x /{source}/", 3)
    assert refused.value.at == 3 + at


def test_anchors_at_the_edges_say_nothing_new() -> None:
    assert automaton("^ab$").accepted(["ab", "abb", "aab"]) == [0]
