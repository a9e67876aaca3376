"""A word that stands in a text is found by asking for it, in every spelling that counts as the same.

a.txt  co-operation …            first met with a hyphen: that decides nothing
b.txt  … cooperation …
c.txt  … CO-<line end>OPERATION …
"""

from fnmatch import fnmatchcase

import pytest

from reuse.corpus.normalise import canonical
from reuse.corpus.tokenise import words_of
from reuse.display import cells
from reuse.errors import QueryError, UsageError
from reuse.queries.read import read_query
from reuse.report.concordance import concordance
from reuse.report.life import life_of_words
from reuse.run.run import Run
from reuse.run.search import find_in
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


def test_wildcards_in_a_run(run):
    words = {canonical(word) for text in run.document_ids for word in words_of(run.text(text))}
    for pattern in ("peo*", "*e", "h?art", "s*e", "?o*", "the"):
        expected = {word for word in words if fnmatchcase(word, pattern)}
        found = {canonical(word) for line in concordance(run, pattern)["keyword"] for word in words_of(line)}
        assert found == expected, pattern
    assert concordance(run, "the * are")["keyword"] == ["The people are", "the people are", "the people are"]


@pytest.mark.parametrize(("query", "at"), [("clos[ea]ly knit", 4), ("the people or$", 13), ("coop(eration)", 4)])
def test_what_is_not_understood_is_refused_and_shown(run, query, at):
    for ask in (lambda: concordance(run, query), lambda: life_of_words(run, [query])):
        with pytest.raises(QueryError) as refused:
            ask()
        assert refused.value.at == at
        _, shown, caret = str(refused.value).split("\n")
        assert shown == f"  {query}"
        assert caret == f"{' ' * (2 + cells(query[:at]))}^"
    with pytest.raises(QueryError, match="filter: ") as refused:
        run.count("matches", f'bits>1 text:"{query}" words>2')
    assert refused.value.at == len('bits>1 text:"') + at


@pytest.mark.parametrize(
    ("where", "rows"),
    [
        ("(heart or mind)", 3),
        ("(heart|nowhere)", 2),
        ("-(heart or nowhere)", 1),
        ("heart|mind", 3),
        ("text:'(people|comrade) ..3 (heart or secretary)'", 3),
        ("text:'\"one in\" near/3 people'", 3),
        ("/h.*t/", 2),
        ("==The", 2),
        ('=="The people"', 1),
        ("-=(mind|heart)", 0),
        ('text:"people ..2 heart"', 0),
        ('text:"people ..3 heart"', 2),
        ("name:'a.txt' (heart or mind)", 1),
    ],
)
def test_filters_take_the_language_of_queries(run, where, rows):
    if "The" in where:
        assert sum("The people" in run.text(name) for name in run.document_ids) == 1
        rows = 1
    assert run.count("documents", where) == rows
    assert run.count("documents", f"-text:nowhere {where}") == rows


def test_passages_and_formulas_have_what_stands_wholly_in_them(run):
    assert run.ids("matches", "text:'people ..3 (heart|mind)'").tolist() == [1, 2, 3]
    assert run.ids("matches", "text:'spoke ..9 heart'").tolist() == []
    assert run.ids("formulas", "text:'people ..3 heart'").tolist() == [1]
    assert run.ids("formulas", "==People").tolist() == []
    assert run.ids("formulas", "==The").tolist() == [0, 1]
    assert run.ids("clusters", "comrade|mind").tolist() == run.ids("clusters", "(mind or comrade)").tolist()


@pytest.mark.parametrize(
    "where", ["close or far", "close OR far", "a && b", "NOT close", "close | far", "far)", "the ..3 of", "a near/5 b"]
)
def test_what_stands_between_words_is_no_term_of_a_filter(run, where):
    with pytest.raises(QueryError, match="filter: ") as refused:
        run.count("matches", where)
    assert str(refused.value).endswith("^")
    assert where in str(refused.value)


def test_one_document_is_searched_by_itself(spelled):
    for number, (name, text) in enumerate(TEXTS.items()):
        (span,) = find_in(spelled, "close coop* of", number)
        assert concordance(spelled, "close coop* of")["start"][number] == span[0]
        assert canonical(text[slice(*span)]) == "closecooperationof", name
    assert find_in(spelled, "==OUR", 2) == [(0, 3)]
    assert find_in(spelled, "==our", 2) == []


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


def test_alternatives_have_rows_of_their_own_in_a_life(spelled):
    found = life_of_words(spelled, read_query("(email or e-mail) towns OR close * of | ever").choices, "year")
    assert found["text"] == [
        "(email or e-mail) towns | close * of | ever",
        "(email or e-mail) towns",
        "close * of",
        "ever",
    ]
    assert [sum(times) for times in found["tf"]] == [9, 3, 3, 3]


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
