"""Letters that readers take for the same: in matches and searches, not in lists."""

from __future__ import annotations

import re
import sys
import unicodedata

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import reuse
from reuse.corpus.characters import decimal_digits
from reuse.corpus.letters import APART as LETTERS_APART
from reuse.corpus.letters import RULES, SameLetters, rule_names
from reuse.corpus.tokenise import guess_languages, hash_classes, is_latin, tokenise, words_of
from reuse.errors import UsageError
from reuse.run.search import find

SAME = [
    ("résumé", "resume"),
    ("ÉTÉ", "ete"),
    ("año", "ano"),
    ("Łódź", "lodz"),
    ("việt", "viet"),
    ("вёл", "вел"),
    ("по́сле", "после"),
    ("τῷ", "τω"),
    ("ἄνθρωπος", "ΑΝΘΡΩΠΟΣ"),
    ("Cæsar", "caesar"),
    ("œuvre", "oeuvre"),
    ("vpon", "upon"),
    ("haue", "have"),
    ("iustice", "justice"),
    ("ejus", "eius"),
    ("uirumque", "virumque"),
    ("İSTANBUL", "istanbul"),
    ("ISPARTA", "ısparta"),
    ("ştiinţă", "știință"),
    ("مُحَمَّد", "محمد"),
    ("مـحـمـد", "محمد"),
    ("أحمد", "احمد"),
    ("مدرسة", "مدرسه"),
    ("کتاب", "كتاب"),
    ("ﻣﺤﻤﺪ", "محمد"),
    ("שָׁלוֹם", "שלום"),
    ("מלך", "מלכ"),
    ("١٢٣", "123"),
    ("ｆｕｌｌ", "full"),
    ("ﬁn", "fin"),
    ("Straße", "strasse"),
    ("ſo", "so"),
]
APART = [
    ("мой", "мои"),
    ("their", "there"),
    ("한국", "한곡"),
    ("がく", "かく"),
    ("ไม่", "ไม้"),
    ("हिन्दी", "हिन्दि"),
    ("ї", "і"),
    ("a", "b"),
    ("us", "vs"),
    ("quiet", "qujet"),
]


def classes(word: str, rules: str = "all") -> list[int]:
    return hash_classes(words_of(word), SameLetters(rule_names(rules))).tolist()


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_class(one, other):
    assert classes(one) == classes(other) == classes(unicodedata.normalize("NFD", one))


@pytest.mark.parametrize(("one", "other"), APART)
def test_other_classes(one, other):
    assert classes(one) != classes(other)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule not in LETTERS_APART])
def test_without_its_rule_each_pair_is_apart(rule):
    others = ",".join(one for one in RULES if one not in {rule, *LETTERS_APART})
    lost = [pair for pair in SAME if classes(pair[0], others) != classes(pair[1], others)]
    only = [pair for pair in SAME if classes(pair[0], rule) == classes(pair[1], rule)]
    assert lost
    assert set(lost) <= set(SAME)
    assert set(lost) & set(only)


def test_none_keeps_all_words_apart_but_those_that_are_one():
    assert classes("résumé", "none") != classes("resume", "none")
    assert classes("STRASSE", "none") == classes("straße", "none")


def test_unknown_rules_are_refused():
    with pytest.raises(UsageError, match="accents"):
        rule_names("all,accent")


@given(st.lists(st.text(max_size=8), max_size=6))
def test_classes_do_not_depend_on_the_other_words(texts):
    words = [word for text in texts for word in words_of(text)]
    letters = SameLetters(rule_names("all"))
    together = hash_classes(words, letters).tolist()
    assert together == [int(hash_classes([word], letters)[0]) for word in words]
    assert [letters.key(letters.key(word)) for word in words] == [letters.key(word) for word in words]


def test_the_digits_of_all_scripts_are_known():
    every = map(chr, range(128, sys.maxunicode + 1))
    assert decimal_digits() == "".join(letter for letter in every if letter.isdecimal())


PLAIN_OLD_PRINT = (
    (r"\bv(?=[b-df-hj-np-tv-z][a-z])", "u"),
    (r"\bu(?=[aeiou][a-z])|(?<=[aeiou])(?<![qg]u)u(?=[aeiou])", "v"),
    (r"\bi(?=[aeiou][a-z])|(?<=[aeiou])(?<![qg]u)i(?=[aeiou])", "j"),
)
"""The rules of old print, what stands before a letter first."""


@given(st.lists(st.text("iuvjabqg", min_size=1, max_size=6), max_size=6))
@example(["quua", "guia", "vpon", "haue"])
def test_old_print_is_spelt_as_its_rules_say(words):
    letters = SameLetters(("uv",))
    expected = list(words)
    for pattern, letter in PLAIN_OLD_PRINT:
        expected = [re.sub(pattern, letter, word) for word in expected]
    assert letters.keys(words) == expected


@given(st.text(alphabet="iuvjabé", min_size=2, max_size=6), st.integers(1, 5))
@example("iab", 1)  # old print writes i for j before a vowel
def test_a_hyphen_makes_no_other_class(word, place):
    place = min(place, len(word) - 1)
    assert classes(f"{word[:place]}-{word[place:]}", "all") == classes(word, "all")


@given(
    st.lists(st.lists(st.sampled_from(["in", "et", "quae", "the", "of", "di", "non", "x"]), max_size=30), max_size=4)
)
def test_a_corpus_is_latin_if_a_document_is_taken_for_latin(documents):
    tokens = tokenise((" ".join(words), None) for words in documents)
    assert is_latin(tokens) == ("latin" in guess_languages(tokens))


@given(st.lists(st.sampled_from(["élève", "eleve", "Élevé", "maison", "où", "ou", "loue", "love"]), max_size=30))
def test_alike_tokens_are_the_same_tokens_with_fewer_words(words):
    tokens = tokenise([(" ".join(words), None)])
    alike = tokens.alike()
    assert np.array_equal(alike.starts, tokens.starts)
    assert np.array_equal(tokens.vocabulary.classes[tokens.ids], alike.vocabulary.hashes[alike.ids])
    assert np.array_equal(np.bincount(alike.ids, minlength=len(tokens.vocabulary)), alike.vocabulary.counts)
    assert (alike.ids <= tokens.ids).all()


SENTENCE = (
    "Le général déclara que l'été n'était pas fini et que la façade du château d'Orléans serait refaite à neuf "
    "avant Noël"
)


@pytest.fixture
def run(tmp_path):
    plain = "".join(one for one in unicodedata.normalize("NFD", SENTENCE) if not unicodedata.combining(one)).upper()
    (tmp_path / "in").mkdir()
    for name, text in (("a", SENTENCE), ("b", plain), ("c", "où est l'année, ou bien l'an? " * 3)):
        (tmp_path / f"in/{name}.txt").write_text(f"{text}. Et voici la suite du texte {name * 7}.")
    with reuse.scan(tmp_path / "in", tmp_path / "r.reuse") as opened:
        yield opened


def test_texts_match_whole_whatever_their_accents(run):
    (row,) = [row for row in run.matches if (row["a"], row["b"]) == ("a.txt", "b.txt")]
    assert row["similarity"] == 1
    assert row["matched_tokens"] >= len(words_of(SENTENCE))


@pytest.mark.parametrize("query", ["château", "chateau", "CHÂTEAU"])
def test_a_word_is_found_in_every_spelling(run, query):
    documents = run.tokens.document_of(find(run, query).starts)
    assert documents.tolist() == [0, 1]


def test_lists_keep_the_words_apart(run):
    words = {word.lower() for (word,) in run.sql("SELECT text FROM words")}
    assert {"où", "ou", "château", "chateau"} <= words
