"""What is shown of a word is a spelling that was written, the one that is written most often."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reuse.corpus.normalise import as_written, canonical
from reuse.corpus.spellings import joined
from reuse.corpus.tokenise import tokenise


def spellings(*texts):
    vocabulary = tokenise((text, None) for text in texts).vocabulary
    return dict(zip(map(canonical, vocabulary.words), vocabulary.spellings, strict=True))


@pytest.mark.parametrize(
    ("texts", "word", "shown"),
    [
        (["the co-operation of", "the cooperation of all and cooperation of"], "cooperation", "cooperation"),
        (["cooperation", "co-operation and co-operation"], "cooperation", "co-operation"),
        (["strength-\nening of the strength-\nening"], "strengthening", "strengthening"),
        (["com-\u200b\nplaints of complaints"], "complaints", "complaints"),
        (["co\u00adope\u00adration it is"], "cooperation", "cooperation"),
        (["a **bold**ly said"], "boldly", "boldly"),
        (["er weiß, daß es daß ist, dass"], "dass", "daß"),
        (["DIE STRASSE die Straße eine Straße"], "strasse", "Straße"),
        (["ὁ ἄνθρωπος καὶ ὁ ἄνθρωπος"], "ἄνθρωποσ", "ἄνθρωπος"),
        (["we don’t and they don’t but he don't"], "don't", "don’t"),
        (["cafe\u0301 of the caf\u00e9"], "caf\u00e9", "caf\u00e9"),
        (["the Kim and KIM"], "kim", "Kim"),
        (["He said. He said. He said that he did."], "he", "he"),
        (["However. However it is."], "however", "However"),
        (["İstanbul ve İstanbul"], canonical("İstanbul"), "İstanbul"),
    ],
)
def test_the_commonest_spelling_is_shown(texts, word, shown):
    assert spellings(*texts)[word] == shown


PIECES = ["co-operation", "cooperation", "Cooperation", "COOPERATION", "daß", "dass", "co-\noperation", "one", "One."]


@given(st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map(" ".join), min_size=1, max_size=5))
def test_the_order_of_documents_changes_no_spelling(texts):
    assert spellings(*texts) == spellings(*reversed(texts))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), min_size=1, max_size=4))
def test_every_spelling_was_written(texts):
    tokens = tokenise((text, None) for text in texts)
    documents = tokens.document_of(range(len(tokens)))
    written = {}
    for word, document, start, end in zip(tokens.ids, documents, tokens.starts, tokens.ends, strict=True):
        written.setdefault(int(word), Counter())[as_written(texts[document][start:end])] += 1
    for word, spelling in enumerate(tokens.vocabulary.spellings):
        assert spelling in written[word]
        assert canonical(spelling) == canonical(tokens.vocabulary.words[word])


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ([], ""),
        (["one", "two"], "one two"),
        (list("我们要"), "我们要"),
        (["ที่", "นี่"], "ที่นี่"),
        (["조국", "통일"], "조국 통일"),
        (["在", "GDP", "增", "长"], "在GDP增长"),
        (["ἐν", "ἀρχῇ"], "ἐν ἀρχῇ"),
    ],
)
def test_words_are_joined_as_their_script_joins_them(words, text):
    assert joined(words) == text
