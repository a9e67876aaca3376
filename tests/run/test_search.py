"""A word that stands in a text is found by asking for it, in every spelling that counts as the same.

a.txt  co-operation …            first met with a hyphen: that decides nothing
b.txt  … cooperation …
c.txt  … CO-<line end>OPERATION …
"""

import re
from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reuse.corpus.normalise import canonical
from reuse.corpus.tokenise import words_of
from reuse.display import cells
from reuse.errors import QueryError, UsageError
from reuse.report.concordance import concordance
from reuse.report.life import life_of_words
from reuse.run.query import forms_sought, words_sought
from reuse.run.run import Run
from tests.run.reports import write
from tests.synthetic import build_run

TEXTS = {
    "a.txt": "The close co-operation of the e-mail towns goes on for ever. Ἄνθρωπος.",
    "b.txt": "Their close cooperation of the email towns goes on for ever. Τοῦ ἀνθρώπου ἄνθρωπος.",
    "c.txt": "OUR CLOSE CO-\noperation of the e\u00admail towns goes on for ever. ΑΝΘΡΩΠΟΣ, 我们要努力奋斗.",
}
FORMULA = "close cooperation of the email towns goes on for ever"


@pytest.fixture(scope="module")
def spelled(tmp_path_factory):
    matches = [
        ("a.txt", TEXTS["a.txt"][4:58], "b.txt", TEXTS["b.txt"][6:58]),
        ("b.txt", TEXTS["b.txt"][6:58], "c.txt", TEXTS["c.txt"][4:61]),
    ]
    dates = {"a.txt": "2019-01-01", "b.txt": "2020-01-01", "c.txt": "2021-01-01"}
    path = build_run(tmp_path_factory.mktemp("spelled") / "r", TEXTS, matches, [FORMULA], meta={}, dates=dates)
    with Run.open(path) as run:
        yield run


SPELLINGS = (
    *("cooperation", "co-operation", "CoOperation", "co-\noperation", "co\u00adoperation"),
    *("coop*", "*ration", "c??peration"),
)


@pytest.mark.parametrize("word", SPELLINGS)
def test_every_spelling_finds_every_spelling(spelled, word):
    assert concordance(spelled, word)["doc"] == ["a.txt", "b.txt", "c.txt"]
    assert concordance(spelled, f"close {word} of the e-mail")["doc"] == ["a.txt", "b.txt", "c.txt"]
    assert life_of_words(spelled, [word], "year")["tf"][0] == [1, 1, 1]
    for table, rows in (("documents", 3), ("matches", 2), ("clusters", 1), ("formulas", 1)):
        for where in (f'"{word}"', f'text:"{word}"', f'"the {word}"'):
            expected = 0 if "the" in where else rows
            assert spelled.count(table, where) == expected, (table, where)
            assert spelled.count(table, f"-{where}") == spelled.count(table) - expected, (table, where)


def test_what_counts_as_another_word_is_not_found(spelled):
    assert concordance(spelled, "cooperations")["doc"] == []
    assert concordance(spelled, "operation")["doc"] == []


def test_capitals_without_accents_are_the_same_word(spelled):
    for word in ("ἄνθρωποσ", "ΑΝΘΡΩΠΟΣ", "ανθρωπος"):
        assert concordance(spelled, word)["doc"] == ["a.txt", "b.txt", "c.txt"]


def test_scripts_without_spaces_are_searched_as_they_are_written(spelled):
    assert concordance(spelled, "努力奋斗")["keyword"] == ["努力奋斗"]
    assert concordance(spelled, "努*斗")["keyword"] == []
    assert concordance(spelled, "努?奋")["keyword"] == ["努力奋"]
    assert spelled.count("documents", "我们要") == 1


@given(
    st.lists(st.sampled_from(["town", "towns", "council", "counsel", "own", "well-known", "unknown"]), max_size=12),
    st.text(st.sampled_from("toncwul*?"), min_size=1, max_size=5).filter(lambda word: word.strip("*?")),
)
def test_wildcards_choose_what_a_plain_loop_chooses(words, pattern):
    (sought,) = words_sought(pattern)
    for word in words:
        normal = canonical(word)
        expected = re.fullmatch(pattern.replace("*", ".*").replace("?", "."), normal) is not None
        assert fnmatchcase(normal, sought) == expected
        assert sought == pattern


def test_wildcards_in_a_run(run):
    words = {canonical(word) for text in run.document_ids for word in words_of(run.text(text))}
    for pattern in ("peo*", "*e", "h?art", "s*e", "?o*", "the"):
        expected = {word for word in words if fnmatchcase(word, pattern)}
        found = {canonical(word) for line in concordance(run, pattern)["keyword"] for word in words_of(line)}
        assert found == expected, pattern
    assert concordance(run, "the * are")["keyword"] == ["The people are", "the people are", "the people are"]


@pytest.mark.parametrize(
    ("query", "at", "remedy"),
    [
        ("clos[ea]ly knit", 4, "? stands for any one letter"),
        ("closely [lemma=knit]", 8, "? stands"),
        ("/kn.t/", 0, "look for each form"),
        ("closely / knitted", 8, "life"),
        ("(close or far)", 0, "look for each form"),
        ("the (close OR far) one", 4, "look for each form"),
        ("coop(eration)", 4, "within a word"),
        ("knit(s|ted)", 4, "within a word"),
        ("close|far", 5, "|"),
        ("close OR far", 6, "write it small"),
        ("close AND far", 6, "write it small"),
        ("kni.*", 3, "* alone"),
        ("kni.+d", 3, "* alone"),
        (r"\bknit", 0, "backslash"),
        ("kn{1,2}it", 2, "braces"),
        ("^the people", 0, "whole words"),
        ("the people$", 10, "whole words"),
        ("knit+", 4, "*"),
        ("kni%", 3, "*"),
        ("knit~1", 4, "*"),
        ("* ?", 0, "no word"),
        ("...", 0, "no word"),
        ("한국 [a]", 3, "?"),
    ],
)
def test_what_is_not_understood_is_refused_and_shown(run, query, at, remedy):
    for ask in (lambda: concordance(run, query), lambda: life_of_words(run, [query])):
        with pytest.raises(QueryError) as refused:
            ask()
        assert refused.value.at == at
        reason, shown, caret = str(refused.value).split("\n")
        assert remedy in reason
        assert shown == f"  {query}"
        assert caret == f"{' ' * (2 + cells(query[:at]))}^"
    with pytest.raises(UsageError, match="filter: "):
        run.count("matches", f'text:"{query}"')


@pytest.mark.parametrize(
    "query",
    [
        "He said (of course) that",
        "Is it so? — Yes!",
        "and/or",
        "THIS AND THAT",
        "$5 million",
        "5 % of",
        "“a”, b: c; d",
        "R & D",
        "w. a. y.",
    ],
)
def test_punctuation_that_is_pasted_does_not_count(query):
    plain = query.replace("?", "*")  # the only sign that is understood
    assert [word.strip("*") for word in words_sought(plain)] == [canonical(word) for word in words_of(query)]


@pytest.mark.parametrize(
    "where", ["(close or far)", "close or far", "close OR far", "a && b", "NOT close", "close | far", "far)"]
)
def test_operators_of_other_languages_are_no_words_of_a_filter(run, where):
    with pytest.raises(QueryError, match="filter: ") as refused:
        run.count("matches", where)
    assert str(refused.value).endswith("^")
    assert where in str(refused.value)


def test_quoted_an_operator_is_a_word(run):
    assert run.count("documents", '"and"') == 0
    assert run.count("documents", '"in"') == 3


def test_a_filter_shows_where_it_goes_wrong(run):
    with pytest.raises(QueryError) as refused:
        run.count("matches", 'bits>1 text:"kn[i]t" words>2')
    assert refused.value.at == 'bits>1 text:"kn[i]t"'.index("[")
    with pytest.raises(QueryError) as refused:
        run.count("matches", "bits>1 simularity>2")
    assert refused.value.at == len("bits>1 ")
    with pytest.raises(UsageError, match="searched by its words"):
        run.count("matches", "text=heart")


@pytest.mark.parametrize(("query", "at"), [("/kn.t/", 0), ("a / ", 3), ("a // b", 3), ("/", 0)])
def test_a_form_must_stand_on_both_sides_of_a_slash(query, at):
    with pytest.raises(QueryError, match="stands between two forms") as refused:
        forms_sought(query)
    assert refused.value.at == at


def test_formulas_are_shown_as_they_are_written_whatever_comes_first(tmp_path):
    shown = []
    forms = ("the DASS of Straße", "the daß of STRASSE", "the daß of Straße")
    texts = [f"Once {form} and more of it {number}" for number, form in enumerate(forms)]
    for order in (texts, texts[::-1]):
        path = write(tmp_path / "r", {f"{n}.txt": text for n, text in enumerate(order)}, [], ["the dass of strasse"])
        with Run.open(path) as run:
            shown.append((run.formulas["text"], run.formulas["id"]))
    assert shown[0] == shown[1]
    assert shown[0][0] == ["the daß of Straße"]
