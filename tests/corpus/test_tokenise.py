"""The array tokeniser against a plain reading of the rules, and its laws on arbitrary text."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reuse.corpus import tokenise as module
from reuse.corpus.hashing import factorise
from reuse.corpus.letters import SameLetters, rule_names
from reuse.corpus.tokenise import hash_words, tokenise, words_of
from reuse.corpus.tokens import Tokens
from reuse.work.workers import Workers
from tests.corpus import plain

CORPUS = [
    "The Workers’ Party of Korea – the WPK – held its 8th Congress on Jan. 5-12, 2021.",
    "**Kim Jong Un** said: “self-reliance is the life-line”, and all the partici-\npants\r\n\r\nagreed.",
    "한국어 語漢字 かなカナ ไทย naïve cafe\u0301 STRASSE Straße İstanbul",
    "Привет, мир! Οδυσσεύς می\u200cخواهم שלום नमस्ते",
    "",
    "... !!! —",
    "plain words only here",
]
# What joins, what separates, what folds: characters that meet rarely in ordinary text meet often in this.
ODD = st.sampled_from(
    "abAZz09,05٠٣०３٫٬．， \n\r\t.'’*-‐\u00ad\u200b\u200d\ufeff\ufe0f_!\u0301\u0345กี漢か\u1112\u1161\u11ab한"
    "ßİıσςǅﬁⓐª½٠١\u0640ｶﾞＡﻻᾳᾼ㍿😀\U0001e900\u202e\x00\x1b\u2028。²"
)
TEXT = st.one_of(st.text(max_size=60), st.text(ODD, max_size=40), st.text("0157,. -", max_size=30))
WORDS = st.lists(
    st.sampled_from(["Peace", "peace", "the", "No.", "Il", "2-6", "\u6f22\u5b57", "caf\u00e9", "x" * 300]), max_size=30
)


def spans(tokens: Tokens, document: int = 0) -> list[tuple[int, int]]:
    low, high = tokens.bounds[document], tokens.bounds[document + 1]
    return list(zip(tokens.starts[low:high].tolist(), tokens.ends[low:high].tolist(), strict=True))


def without_page_numbers(text: str) -> str:
    """The text with a word added to every line that could be a page number."""
    lines = text.replace("\f", " ").replace("\x00", " ").split("\n")
    doubtful = [any(unicodedata.category(c) == "Nd" or c in "ivxlIVXL\u0130\u0131" for c in line) for line in lines]
    return "\n".join(f"{line} zz" if odd else line for line, odd in zip(lines, doubtful, strict=True))


def check_against_plain(texts: list[str]) -> None:
    tokens = tokenise((text, None) for text in texts)
    expected = [plain.tokens(text) for text in texts]
    forms = [form for found in expected for _, _, form in found]
    for number, found in enumerate(expected):
        assert spans(tokens, number) == [(start, end) for start, end, _ in found]
    known: dict[str, int] = {}
    assert tokens.ids.tolist() == [known.setdefault(form, len(known)) for form in forms]


@given(st.lists(TEXT.map(without_page_numbers), min_size=1, max_size=4))
@settings(max_examples=300)
@example(["a\u00ad\u200b-\u00adb a\u200b--b 2-6 2\u00ad6"])
@example(["\u0e01\u0e35\u200ba \u0e01\u200ba a\u0e01"])
@example(["a**b a**\u6f22 a-\n\u24d0 a****b"])
def test_equals_the_plain_reading(texts):
    check_against_plain(texts)


def test_equals_the_plain_reading_on_ordinary_text():
    check_against_plain([without_page_numbers(text) for text in CORPUS])


@given(st.lists(TEXT, max_size=4))
@settings(max_examples=150)
def test_spans_lie_in_their_text_in_order(texts):
    tokens = tokenise((text, None) for text in texts)
    assert tokens.documents == len(texts)
    assert tokens.bounds[-1] == len(tokens) == tokens.vocabulary.counts.sum()
    for number, text in enumerate(texts):
        edges = [edge for span in spans(tokens, number) for edge in span]
        assert all(0 <= edge <= len(text) for edge in edges)
        assert all(start < end for start, end in spans(tokens, number))
        assert edges == sorted(edges)


@given(TEXT)
@settings(max_examples=200)
def test_a_token_alone_is_the_same_token(text):
    tokens = tokenise([(text, None)])
    for word, (start, end) in zip(tokens.ids.tolist(), spans(tokens), strict=True):
        token = text[start:end]
        if "\n" in token or "\f" in token:  # half of it may be a line of its own that looks like a page number
            continue
        alone = tokenise([(token, None)])
        assert alone.vocabulary.hashes.tolist() == [tokens.vocabulary.hashes[word]]
        assert spans(alone) == [(0, len(token))]


@given(st.lists(st.one_of(TEXT, WORDS.map(" ".join)), max_size=6), st.integers(1, 80), st.integers(1, 3))
@settings(max_examples=100)
@example(["some words\n12", "more words"], 1, 1)  # a page number at the end of a text
@example(["some words", "12\nmore words"], 1, 1)  # and at its beginning
@example(["word\xad", "\xadword"], 1, 1)
@example(["some words", "8.$7 more"], 1, 1)  # the number of an item at the beginning of a text
@example(["words here\f", "4\n5\n, words"], 1, 1)  # a page break before a text is none of its own
@example(["a", "\u0301\u0e01"], 1, 1)  # a mark without a letter before it
@example(["\x00\u0660"], 1, 1)
@example(["\n\n\u0661\u0662\n"], 1, 1)  # a batch without a token
def test_batches_and_threads_do_not_change_the_result(texts, batch, jobs):
    whole = tokenise((text, None) for text in texts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "BATCH_SIZE", batch)
        patch.setattr(module, "_HASHES", batch)
        parts = tokenise(((text, None) for text in texts), Workers(jobs))
    for column in ("ids", "starts", "ends", "opens_sentence", "bounds"):
        np.testing.assert_array_equal(getattr(parts, column), getattr(whole, column))
    for column in ("hashes", "counts", "first", "words", "spellings"):
        np.testing.assert_array_equal(getattr(parts.vocabulary, column), getattr(whole.vocabulary, column))


@given(st.lists(st.text("abcXYZ0129'-", min_size=1, max_size=20), min_size=1, max_size=10))
def test_a_batch_with_other_scripts_agrees_with_an_ascii_batch(words):
    text = " ".join(words) + " zz"
    ascii_only = tokenise([(text, None)])
    mixed = tokenise([(text, None), ("\u6f22 \u00e9t\u00e9 \U0001e900 e\u0301", None)])
    np.testing.assert_array_equal(
        ascii_only.vocabulary.hashes[ascii_only.ids], mixed.vocabulary.hashes[mixed.ids[: len(ascii_only)]]
    )


@pytest.mark.parametrize("length", [7, 8, 9, 255, 256, 257, 5000])
@pytest.mark.parametrize("letter", ["a", "\u0436", "\u00df", "\U0001e922"])
def test_long_words(letter, length):
    word = letter * length
    hashes = hash_words([word, word.upper(), word + letter, "b" + word[1:]])
    assert hashes[0] == hashes[1]
    assert len(set(hashes.tolist())) == 3
    check_against_plain([f"{word} {word[:-1]} {word}", f"{word}\u6f22"])


def test_words_that_differ_only_in_a_high_byte_differ():
    words = ["\u0430", "\u0130a"[1] + "\u0430", "\u0530", "\u0630", "\U00010430", "a", "\u0161"]
    assert len(set(hash_words(words).tolist())) == len(set(words))


def test_a_body_is_all_that_counts():
    text = "title: Peace and war\n---\nPeace came. It stayed"
    body = (text.index("Peace came"), text.index(" stayed"))
    tokens = tokenise([("before", None), (text, body), ("after", None)])
    assert tokens.bounds.tolist() == [0, 1, 4, 5]
    assert [text[start:end] for start, end in spans(tokens, 1)] == ["Peace", "came", "It"]
    assert tokens.opens_sentence.tolist() == [True, True, False, True, True]


def test_an_empty_body_is_an_empty_document():
    assert tokenise([("some words", (4, 4)), ("more", None)]).bounds.tolist() == [0, 0, 1]


@pytest.mark.parametrize("text", ["\x00- \u0660 -", "\n\n- \u0661\u0662 -\n", "\n\nPage 12\n"])
def test_a_text_of_a_page_number_alone_has_no_token(text):
    assert tokenise([(text, None)]).bounds.tolist() == [0, 0]
    assert tokenise([("\u6f22", None), (text, None), ("words", None)]).bounds.tolist() == [0, 1, 1, 2]


def test_a_running_head_is_that_of_its_own_document():
    """Beside page numbers of three documents stands the same line: in none of them it is a running head."""
    text = "The heading\n\n- 12 -\n\nand what follows it"
    alone = tokenise([(text, None)]).bounds.tolist()
    assert tokenise([(text, None)] * 4).bounds.tolist() == [alone[1] * n for n in range(5)]


def test_no_documents():
    tokens = tokenise([])
    assert (len(tokens), tokens.documents, len(tokens.vocabulary)) == (0, 0, 0)


def test_a_vocabulary_names_its_words():
    tokens = tokenise((text, None) for text in CORPUS)
    words = tokens.vocabulary
    texts = "".join(CORPUS)
    assert len(texts) > 0
    assert len(set(words.hashes.tolist())) == len(words) == len(set(words.words))
    np.testing.assert_array_equal(hash_words(words.words), words.hashes)
    np.testing.assert_array_equal(tokens.ids[words.first], np.arange(len(words)))
    np.testing.assert_array_equal(words.ids_of(words.hashes), np.arange(len(words)))
    assert words.ids_of(hash_words(["peace-loving"])).tolist() == [-1]


@given(st.lists(st.integers(0, 2**64 - 1), max_size=200), st.integers(1, 2000))
@settings(max_examples=60)
def test_factorise_equals_unique(values, copies):
    column = np.resize(np.array(values, dtype=np.uint64), copies) if values else np.zeros(0, dtype=np.uint64)
    distinct, numbers = factorise(column)
    expected, first = np.unique(column, return_index=True)
    np.testing.assert_array_equal(distinct, expected[np.argsort(first)])
    np.testing.assert_array_equal(distinct[numbers], column)


def test_factorise_outgrows_its_table():
    column = np.random.default_rng(1).permutation(np.repeat(np.arange(5000, dtype=np.uint64), 2)) << np.uint64(40)
    distinct, numbers = factorise(column)
    assert len(distinct) == 5000
    np.testing.assert_array_equal(distinct[numbers], column)


def test_a_half_is_not_twelve():
    tokens = tokenise([("½ 12 1½ 112 ½", None)])
    half, twelve, more, hundred, again = tokens.ids.tolist()
    assert half == again
    assert len({half, twelve, more, hundred}) == 4


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("١٬٠٠٠٫٥٠ ٣٫١٤ ١٢٬٣٤٥", "1,000.50 3.14 12,345"),
        ("۱٬۰۰۰٫۵۰ ۳٫۱۴", "1,000.50 3.14"),
        ("१,०००.५० ३.१४", "1,000.50 3.14"),
        ("１，０００．５０ ３．１４", "1,000.50 3.14"),
        ("1٬000٫50 ١,٠٠٠.٥٠", "1,000.50 1,000.50"),
        ("٠٬١٢٣ ١٫٥٬٠٠٠ ١٩٩٠-١٩٩١", "0,123 1.5,000 1990-1991"),
        ("١٢٣٤٬٥٦٧ ١٩٩٠٬١٩٩١", "1234,567 1990,1991"),
    ],
)
def test_numbers_are_words_in_every_script(written, plain):
    letters = SameLetters(rule_names("all"))
    assert letters.keys(words_of(written)) == letters.keys(words_of(plain))
