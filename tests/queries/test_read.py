"""What a query asks for, as it is typed, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reuse.corpus.normalise import canonical
from reuse.corpus.tokenise import words_of
from reuse.errors import QueryError
from reuse.queries.read import read_query
from reuse.queries.tree import Either, Gap, Near, Sequence, Word, words_in


def forms(query: str) -> list[str]:
    return [word.form for word in words_in(read_query(query).tree)]


@pytest.mark.parametrize(
    ("query", "read"),
    [
        ("closely knit", "closely knit"),
        ("Wom?n of the *", "Wom?n of the *"),
        ("the * * of", "the * * of"),
        ("the ..3 of", "the ..3 of"),
        ("the ..2-5 of", "the ..2-5 of"),
        ("the * ..3 of", "the ..1-4 of"),
        ("peace|war", "peace | war"),
        ("(peace|war) and (love or fear)", "(peace | war) and (love | fear)"),
        ("the (House) said (of course) that", "the House said of course that"),
        ("life or death", "life or death"),
        ("life OR death", "life | death"),
        ("LIFE OR DEATH", "LIFE OR DEATH"),
        ("(LIFE OR DEATH)", "LIFE | DEATH"),
        ('"free or fair" vote', "free or fair vote"),
        ("a near/5 b c", "a near/5 (b c)".replace("(b c)", "b c")),
        ("a NEAR/5 b | c", "a near/5 b | c"),
        ("(a|b) near/2 c", "(a | b) near/2 c"),
        ("/(un)?just(ly)?/ cause", "/(un)?just(ly)?/ cause"),
        ("(/a.b/|/c/)", "/a.b/ | /c/"),
        (r"/a\/b/", r"/a\/b/"),
        ("=où ==March", "=où ==March"),
        ('=="The people" said', "==The ==people said"),
        ("=(a|==b)", "=a | ==b"),
        ("and/or", "and or"),
        ("E = mc2", "E mc2"),
    ],
)
def test_a_query_is_read(query: str, read: str) -> None:
    found = read_query(query)
    assert str(found.tree) == read
    assert str(read_query(str(found.tree)).tree) == read or query.isupper()


def test_a_query_is_a_tree() -> None:
    peace, war = Word("peace", "peace"), Word("War", "war")
    assert read_query("peace").tree == peace
    assert read_query("peace War").tree == Sequence((peace, war))
    assert read_query("peace * War").tree == Sequence((peace, Gap(1, 1), war))
    assert read_query("(peace or War) ..2 peace").tree == Sequence((Either((peace, war)), Gap(0, 2), peace))
    assert read_query("peace near/4 War").tree == Near(peace, war, 4)


def test_alternatives_at_the_top_are_known_as_typed() -> None:
    assert read_query("State of the Union OR (our|the)  nation | x").choices == (
        "State of the Union",
        "(our|the)  nation",
        "x",
    )
    assert read_query("(our|the) nation").choices == ("(our|the) nation",)


@pytest.mark.parametrize(
    "query",
    ["He said (of course) that", "Yes!", "and/or", "THIS AND THAT", "$5 million", "5 % of", "“a”, b: c; d", "R & D"],
)
def test_punctuation_that_is_pasted_does_not_count(query: str) -> None:
    assert forms(query) == [canonical(word) for word in words_of(query)]


@pytest.mark.parametrize(
    ("query", "note"),
    [("war or peace", "either"), ("is it so?", "question mark"), ("war and peace", ""), ("(war or peace)", "")],
)
def test_what_may_be_meant_otherwise_is_said(query: str, note: str) -> None:
    notes = read_query(query).notes
    assert (not notes) == (not note)
    assert all(note in said for said in notes)


@pytest.mark.parametrize(
    ("query", "at", "remedy"),
    [
        ("clos[ea]ly knit", 4, "? stands for any one letter"),
        ("closely [lemma=knit]", 8, "? stands"),
        ("closely / knitted", 8, "OR"),
        ("/the .* of/", 0, "one word, without spaces"),
        ("un.*/ it", 4, "between slashes"),
        ("coop(eration)", 4, "within a word"),
        ("knit(s|ted)", 4, "within a word"),
        ("(a|b)c", 4, "within a word"),
        ("close AND far", 6, "write it small"),
        ("kni.*", 3, "* alone"),
        (r"\bknit", 0, "between slashes"),
        ("kn{1,2}it", 2, "..2-5"),
        ("^the people", 0, "whole words"),
        ("the people$", 10, "whole words"),
        ("knit+", 4, "*"),
        ("kni%", 3, "*"),
        ("knit~1", 4, "near/5"),
        ("the ? of the", 4, "* by itself"),
        ("* ?", 2, "* by itself"),
        ("the … of", 4, "..3 stands for"),
        ("the ... of", 4, "..3 stands for"),
        ("the .. of", 4, "..3 stands for"),
        ("..3 of", 0, "between two words"),
        ("of ..3", 3, "between two words"),
        ("of (..3 the)", 4, "between two words"),
        ("the ..5-2 of", 4, "comes last"),
        ("the ..101 of", 4, "too wide"),
        ("the near/1000 of", 4, "too wide"),
        ("* *", 0, "no word to look for"),
        ("a | *", 4, "no word to look for"),
        ("...", 0, "..3 stands for"),
        ("!", 0, "no word"),
        ("", 0, "no word"),
        ("a |", 2, "one is missing"),
        ("(a or) b", 3, "one is missing"),
        ("a near/3", 2, "one is missing"),
        ("a)", 1, "no partner"),
        ("b (a", 2, "no partner"),
        ('b "a', 2, "no partner"),
        ('"peace|war"', 6, "leave the quotes out"),
        ('"(peace or war)"', 1, "leave the quotes out"),
        ('"the ..3 of"', 5, "leave the quotes out"),
        ('"the /.*/ of"', 5, "leave the quotes out"),
        ("a /b(/", 4, "no partner"),
        ("/a/ /(?=b)/", 5, "looks around"),
        ("한국 [a]", 3, "?"),
        ("(" * 40 + "a", 30, "within one another"),
    ],
)
def test_what_is_not_understood_is_refused(query: str, at: int, remedy: str) -> None:
    with pytest.raises(QueryError) as refused:
        read_query(query)
    assert remedy in refused.value.reason
    assert (refused.value.at, refused.value.query) == (at, query)


@given(st.text(st.sampled_from('ab*?|()/"=. .3-or…[]{}\\nE'), max_size=25))
def test_whatever_is_typed_is_read_or_refused_at_a_place_in_it(query: str) -> None:
    def place() -> int:
        try:
            read_query(query)
        except QueryError as refused:
            return refused.at
        return 0

    assert 0 <= place() <= max(len(query) - 1, 0)


@given(st.lists(st.text(st.characters(categories=["L", "N", "M", "Po", "Zs"]), min_size=1, max_size=8), max_size=6))
def test_a_quoted_text_is_its_words(parts: list[str]) -> None:
    text = " ".join(parts)
    if any(sign in text for sign in '"*?|/\\%…+~^$[]{}()') or ".." in text:
        return
    words = [canonical(word) for word in words_of(text)]
    if words:
        assert forms(f'"{text}"') == words
