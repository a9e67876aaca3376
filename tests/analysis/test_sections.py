"""The map of a document: which section comes from whom, in the table, in one line, and added up over documents."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reuse
from reuse.analysis.sections import sections, sections_of, words_from
from reuse.analysis.stored import Witnesses, tokens_of, witnesses_of
from reuse.analysis.strip import MOST, OTHER, SIGNS, strip
from reuse.cli import main
from reuse.shares import FRESH, KINDS, RECYCLED, REPEATED, SECTIONS, SHARED

#            0         1
# document 0 ..........          older
# document 1 AAAAAAAA..          older still
# document 2 .AAAAbb.==          A from document 1, in it bb (and the last A) from document 0
BOUNDS = [0, 10, 20, 30]


def cut(corpus_of, similarity):
    tokens = corpus_of([["w"] * 10] * 3)
    passages = Witnesses(
        cluster=np.array([0, 1]),
        document=np.array([2, 2]),
        start=np.array([21, 24]),
        end=np.array([27, 27]),
        words=np.array([6, 3]),
        source=np.array([1, 0]),
        similarity=np.array([similarity, 1.0]),
        confidence=np.ones(2),
        guessed=np.zeros(2, dtype=bool),
    )
    kinds = np.full(30, FRESH, dtype=np.uint8)
    kinds[21:27], kinds[28:30] = RECYCLED, REPEATED
    return sections(tokens, passages, kinds)


@pytest.mark.parametrize(
    ("similarity", "expected"),
    [
        # the longer passage takes what lies in it along …
        (0.9, [(20, 21, -1), (21, 27, 0), (27, 28, -1), (28, 30, -1)]),
        # … unless it says the same in other words only
        (0.3, [(20, 21, -1), (21, 24, 0), (24, 27, 1), (27, 28, -1), (28, 30, -1)]),
    ],
)
def test_where_passages_overlap_the_longest_tells_the_source(corpus_of, similarity, expected):
    found = cut(corpus_of, similarity)
    rows = list(zip(found.start.tolist(), found.end.tolist(), found.passage.tolist(), strict=True))
    assert rows[2:] == expected
    assert rows[:2] == [(0, 10, -1), (10, 20, -1)]  # no section crosses from one document into the next


def table(*rows):
    """Sections of words, kind and source."""
    return {
        "words": [words for words, _, _ in rows],
        "kind": [KINDS[kind] for _, kind, _ in rows],
        "source": [source for _, _, source in rows],
        "confidence": [1.0 if source else None for _, _, source in rows],
        "guessed": [source == "guess" for _, _, source in rows],
    }


def test_a_document_in_one_line():
    found = strip(
        table((4, FRESH, None), (2, RECYCLED, "x"), (6, RECYCLED, "guess"), (2, SHARED, None), (2, REPEATED, None)), 8
    )
    assert found.signs == "··BAAA?="
    assert [(one.sign, one.source, one.words, one.guessed) for one in found.legend] == [
        ("A", "guess", 6, True),
        ("B", "x", 2, False),
    ]
    assert [one.share for one in found.legend] == [6 / 16, 2 / 16]
    assert found.rest == {SHARED: 2, REPEATED: 2, FRESH: 4}


def test_an_earlier_text_that_is_not_named_has_a_sign_of_its_own():
    found = strip(table((3, RECYCLED, None)), 10)
    assert (found.signs, found.legend, found.rest) == (SIGNS[RECYCLED] * 3, [], {RECYCLED: 3})


def test_more_sources_than_signs_share_one():
    found = strip(table(*((100 - number, RECYCLED, f"s{number:02}") for number in range(MOST + 3))), 200)
    assert [one.sign for one in found.legend] == [*"ABCDEFGH", OTHER]
    assert found.legend[-1].words == sum(100 - number for number in range(MOST, MOST + 3))
    assert OTHER in found.signs


def test_an_empty_document_has_no_map():
    found = strip(table(), 40)
    assert (found.signs, found.legend, found.rest) == ("", [], {})


@given(
    st.lists(st.tuples(st.integers(1, 50), st.sampled_from(range(4)), st.sampled_from([None, "x", "y"]))),
    st.integers(1, 120),
)
def test_every_word_is_told_once(rows, width):
    found = strip(table(*((words, RECYCLED if source else kind, source) for words, kind, source in rows)), width)
    total = sum(words for words, _, _ in rows)
    assert len(found.signs) == min(width, total)
    assert sum(one.words for one in found.legend) + sum(found.rest.values()) == total


def test_the_sections_of_a_document_are_those_of_the_corpus(seeds_run):
    every, tokens, passages = sections_of(seeds_run), tokens_of(seeds_run), witnesses_of(seeds_run)
    names = seeds_run.document_ids
    for document, name in enumerate(names):
        found = seeds_run.sections(name)
        own = every.take(every.document == document)
        assert found["start"] == tokens.starts[own.start].tolist()
        assert found["end"] == tokens.ends[own.end - 1].tolist()
        assert [SECTIONS.index(kind) for kind in found["kind"]] == own.kind.tolist()
        sources = [None if row < 0 else names[passages.source[row]] for row in own.passage.tolist()]
        assert found["source"] == sources
        assert sum(found["words"]) == tokens.bounds[document + 1] - tokens.bounds[document]


def test_what_comes_from_whom_is_the_same_wherever_it_is_asked(seeds_run):
    pairs = seeds_run.sources()
    assert len(pairs)
    profile = seeds_run.profile()
    main = {row["document"]: (row["source"], row["words"]) for row in pairs.to_dicts() if row["main"]}
    for row in profile.to_dicts():
        assert main.get(row["name"], (None, 0)) == (row["source"], row["source_words"])
    for row in pairs.to_dicts():
        assert words_from(seeds_run.sections(row["document"]).to_dict(), row["source"]) == row["words"]
        assert row["share"] <= next(one["recycled"] for one in profile.to_dicts() if one["name"] == row["document"])


def test_what_is_taken_from_is_recycled_in_the_stored_shares_too(seeds_run):
    for row in seeds_run.documents.to_dicts():
        found = seeds_run.sections(row["id"])
        recycled = sum(
            words for words, kind in zip(found["words"], found["kind"], strict=True) if kind == KINDS[RECYCLED]
        )
        assert row["recycled"] == pytest.approx(recycled / (row["tokens"] - row["furniture_tokens"]))
        assert all(
            kind == KINDS[RECYCLED]
            for kind, source in zip(found["kind"], found["source"], strict=True)
            if source is not None
        )


def test_of_copies_one_source_is_named(tmp_path):
    drawn = np.random.default_rng(3)
    words = [[f"w{number}" for number in drawn.integers(0, 4000, 60)] for _ in range(3)]
    source, own = " ".join(words[0] + words[1]), " ".join(words[2])
    texts = [
        {"id": "late copy", "text": source, "date": "1901"},
        {"id": "first", "text": source, "date": "1900"},
        {"id": "taker", "text": f"{' '.join(words[0])}. {own}", "date": "1910"},
    ]
    with reuse.scan(texts=texts, out=tmp_path / "copies.reuse", progress=False) as run:
        found = {row["document"]: row for row in run.sources().to_dicts()}
        assert found["taker"]["source"] == "late copy"
        assert found["taker"]["confidence"] == 1
        assert found["late copy"]["source"] == "first"
        assert found["late copy"]["share"] == 1
        assert set(found) == {"late copy", "taker"}


def test_documents_without_words_have_no_sections(tmp_path, capsys):
    texts = {"bare.txt": "…", "one.txt": "word"}
    with reuse.scan(texts=texts, out=tmp_path / "bare.reuse", progress=False) as run:
        found = {name: len(run.sections(name)) for name in run.document_ids}
        assert found["bare.txt"] == 0
        assert found["one.txt"] == 1
        assert len(run.sources()) == 0
        assert main(["profile", str(run.path), "bare"]) == 0
    assert "0 words" in capsys.readouterr().out
