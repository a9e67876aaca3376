"""What counts as the same word, and what does not count at all."""

from __future__ import annotations

import re

import pytest

from reuse.corpus.normalise import canonical, normal_form
from reuse.corpus.tokenise import hash_words, tokenise, words_of


def tokens_in(text: str) -> list[str]:
    """The stretches of the text that are tokens."""
    tokens = tokenise([(text, None)])
    return [text[start:end] for start, end in zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True)]


def pages(*bodies: str, head: str = "", form_feed: bool = False) -> str:
    """Pages with their number (and perhaps a running head) between them."""
    page_break = "\f" if form_feed else ""
    return "".join(f"{body}\n\n{number}\n{page_break}\n{head}\n\n" for number, body in enumerate(bodies, start=11))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("caf\u00e9", "cafe\u0301"),
        ("\ud55c\uad6d", "\u1112\u1161\u11ab\u1100\u116e\u11a8"),
        ("Stra\u00dfe", "STRASSE"),
        ("\u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2", "\u03a3\u038a\u03a3\u03a5\u03a6\u039f\u03a3"),
        ("People's", "people\u2019s"),
        ("People's", "people\u02bcs"),
        ("people's", "peo\u00adple\u2019s"),
        ("revolution", "revo\u00adlution"),
        ("revolution", "re\u200bvo\u200c\u200dlu\ufefftion"),
        ("revolution", "revo\u200b\u200b\u00ad\u2060lution"),
        ("don't", "don\u200b't"),
        ("self-reliance", "self\u2010reliance"),
        ("self-reliance", "self\u2011reliance"),
        ("self-reliance", "selfreliance"),
        ("self-reliance", "self\u200b-reliance"),
        ("establish", "estab**lish**"),
        ("establish", "**estab**lish"),
        ("establish", "***establish***"),
        ("establish", "es*tab*lish"),
        ("strengthening", "strength-\nening"),
        ("strengthening", "strength-\r\nening"),
        ("strengthening", "strength\u00ad\n\n    ening"),
        ("strengthening", "strength-\u200b\nening"),
        ("accident-prone", "accident-\n\nprone"),
        ("accident-prone", "accident-\n\n\f\nprone"),
    ],
)
def test_written_in_two_ways_it_is_one_word(one, other):
    assert hash_words([one]) == hash_words([other]) != 0
    assert tokens_in(f"before {one} after")[1:-1] == [one]
    assert [token.strip("*") for token in tokens_in(f"before {other} after")[1:-1]] == [other.strip("*")]


@pytest.mark.parametrize(
    ("one", "other"),
    [("cafe", "caf\u00e9"), ("its", "it's"), ("analyse", "analyze"), ("Il", "II"), ("1", "\u00b9"), ("3", "30")],
)
def test_what_differs_stays_apart(one, other):
    assert hash_words([one]) != hash_words([other])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("on 2-6 July", ["on", "2", "6", "july"]),
        ("well--known", ["well", "known"]),
        ("strength- ening", ["strength", "ening"]),
        ("Kim-\nJong", ["kim", "jong"]),
        ("_emphasis_ and __strong__", ["emphasis", "and", "strong"]),
        ("**Kim Jong Un** said", ["kim", "jong", "un", "said"]),
        ("2 * 3 * 4", ["2", "3", "4"]),
        ('\u201cHurrah!\u201d "Hurrah!" \u2018Hurrah!\u2019', ["hurrah"] * 3),
        ("'quoted' words'", ["quoted", "words"]),
        ("COVID-19", ["covid-19"]),
        ("10\u00ad000", ["10000"]),
        ("\u6f22\u5b57\u304b\u306a", ["\u6f22", "\u5b57", "\u304b", "\u306a"]),
        ("\u6f22\u5b57abc\u304b", ["\u6f22", "\u5b57", "abc", "\u304b"]),
        ("\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35", ["\u0e2a", "\u0e27\u0e31", "\u0e2a", "\u0e14\u0e35"]),
        ("\u0e14\u0e35\u200babc", ["\u0e14\u0e35", "abc"]),
        ("\uc870\uc120 \ub85c\ub3d9\ub2f9", ["\uc870\uc120", "\ub85c\ub3d9\ub2f9"]),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", ["\u0645\u06cc\u062e\u0648\u0627\u0647\u0645"]),
        ("\u0928\u092e\u0938\u094d\u0924\u0947", ["\u0928\u092e\u0938\u094d\u0924\u0947"]),
        ("", []),
        (" \t\r\n\x0b\x0c\x85", []),
        ("... \u2014 \u2026 \u3002 !? *** -- '' \u200b \u00ad \x00\x1b", []),
    ],
)
def test_words(text, words):
    assert words_of(text) == words


def test_a_word_alone_on_its_line_is_a_word():
    for word in ("2022", "7", "I", "ill", "vii", "p. 3"):
        assert words_of(word), word


def test_page_numbers_do_not_count():
    text = pages("the first page runs on", "over to the second", "and ends here")
    assert " ".join(words_of(text)) == "the first page runs on over to the second and ends here"


@pytest.mark.parametrize(
    "form",
    ["{}", "- {} -", "[{}]", "({})", "Page {}", "page {} of 90", "{}/90", "S. {}", "\u2013 {} \u2013", "p. {}", "{}."],
)
@pytest.mark.parametrize("numbers", [("7", "8", "9"), ("7", "9", "10")])
def test_forms_of_page_numbers(form, numbers):
    first, second, third = (form.format(number) for number in numbers)
    text = f"one two\n\n{first}\n\nthree four\n\n{second}\n\nfive six.\n\n{third}\n\nSeven"
    assert words_of(text) == ["one", "two", "three", "four", "five", "six", "seven"]
    if any(letter in form for letter in "aS-\u2013/"):  # it says itself what it is
        assert words_of(f"one two.\n\n{first}\n\nThree") == ["one", "two", "three"]


@pytest.mark.parametrize("numbers", [["xi", "xii", "xiii"], ["1847", "1848", "1849"]])
def test_page_numbers_rise_from_page_to_page(numbers):
    text = "".join(f"page {row} runs\n\n{number}\n\non and " for row, number in zip("abc", numbers, strict=True))
    assert " ".join(words_of(text)) == "page a runs on and page b runs on and page c runs on and"


NO_PAGE_NUMBERS = [
    "Annals\n\n1848\n\nThe quay was built.\n\n1849\n\nThe salt tax rose.\n\n1850\n\nThe fleet sailed.",
    "Annals\n\n1848\n\nThe quay was built, and\nmuch else.\n\n1849\n\nThe salt\ntax rose.\n\n1850\n\nThe fleet.",
    "I\n\nA beginning.\n\nII\n\nA middle.\n\nIII\n\nAn end.",
    "1\n\n2\n\n3\n\n4\n\nof these",
    "item\n\n0\n\nitem\n\n0\n\nitem\n\n0\n\nitem",
    "they were\n\n7\n\nin all",
    "they were\n\n9\n\nin all, and\n\n8\n\nin part, and\n\n3\n\nin none",
    "some words\n\nXII\n\nother words",
    "mix\n\ncivil\n\ndim",
]


@pytest.mark.parametrize("text", NO_PAGE_NUMBERS)
def test_lines_that_are_no_page_numbers(text):
    assert len(words_of(text)) == len(re.findall(r"\w+", text))


@pytest.mark.parametrize("line", ["7 days", "in 1948", "chapter 7", "12345", "7 8 9"])
def test_lines_that_could_be_no_page_numbers(line):
    assert len(words_of(f"one two\n\n{line}\n\nthree")) > 3


def test_a_number_within_a_paragraph_counts():
    assert words_of("there were\n7\nof them") == ["there", "were", "7", "of", "them"]


@pytest.mark.parametrize("form_feed", [False, True])
def test_running_heads_do_not_count(form_feed):
    bodies = ["first words here", "second words there", "third words then", "fourth words now"]
    text = pages(*bodies, head="Minutes of the Council, 1948", form_feed=form_feed)
    assert words_of(text) == " ".join(bodies).split()


def test_a_line_seen_twice_beside_page_numbers_is_no_running_head():
    assert words_of(pages("first", "second", head="Long live the Council")).count("council") == 2


def test_running_heads_are_counted_by_document():
    texts = [(pages(f"words {name}", head="Long live the Council"), None) for name in ("one", "two", "three")]
    tokens = tokenise(texts)
    assert [tokens.vocabulary.words[word] for word in tokens.ids.tolist()].count("council") == 3


def test_a_word_broken_over_a_page_number_is_one():
    text = "removing all the accident-\n\n12\n\nprone elements"
    assert tokens_in(text)[3] == "accident-\n\n12\n\nprone"
    assert words_of("the accident-prone")[1] == "accident-prone"
    for broken in ("accident-\n\n12\n\nprone", "accident-\n\n- 12 -\n\f\nprone", "acci-\n\n12\n\ndent-\n\n13\n\nprone"):
        assert hash_words([broken]) == hash_words(["accident-prone"])
        assert words_of(broken) == ["accidentprone"]


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("coun\u00ac\ncil", "council"),
        ("coun\u2e17\ncil", "council"),
        ("coun\u2010\ncil", "council"),
        ("coun\ufffecil", "council"),
        ("coun\ufffe\ncil", "council"),
        ("coun\u00ad\r\ncil", "council"),
        ("MINIS-\nTRY", "ministry"),
        ("MINIS\u00ac\n  TRY", "ministry"),
        ("coun-\n> cil", "council"),
        ("> coun-\n> cil", "> council"),
        ("| coun-\n| cil |", "council"),
        ("> > coun-\n> > cil", "council"),
        ("of coun-\n13 cil\n14 more", "of council 14 more"),
        ("of coun-\n13 cil of\n14 more", "of council of 14 more"),
        ("\u0645\u062d-\n\u0645\u062f", "\u0645\u062d\u0645\u062f"),
        ("\u092d\u093e-\n\u0930\u0924", "\u092d\u093e\u0930\u0924"),
        ("\u00c9T\u00c9-\nRIEUR", "\u00e9t\u00e9rieur"),
    ],
)
def test_broken_words_are_whole(broken, whole):
    assert words_of(f"The {broken} met.") == words_of(f"The {whole} met.")
    assert words_of(broken) == words_of(whole)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("pre-\nand post-war", ["pre", "and", "post-war"]),
        ("Ein-\nund Ausgang", ["ein", "und", "ausgang"]),
        ("the USA-\nFrance talks", ["the", "usa", "france", "talks"]),
        ("B-\nA", ["b", "a"]),
        ("Kim-\nJong", ["kim", "jong"]),
        ("ten-\n12 months", ["ten", "12", "months"]),
        ("ten -\nof them", ["ten", "of", "them"]),
        ("12 a-\n7 b", ["12", "a", "7", "b"]),
    ],
)
def test_halves_that_are_none(text, words):
    assert words_of(text) == words


def test_white_space_without_end_does_not_join():
    assert len(tokens_in("strength-" + "\n" * 5000 + "ening")) == 2


def test_display_keeps_hyphens_within_a_line_only():
    assert normal_form("Self-Reliance") == "self-reliance"
    assert normal_form("strength-\nening") == "strengthening"
    assert canonical("Self-Reliance") == "selfreliance"
