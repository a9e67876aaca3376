"""The audit: copies are where it says they are, and what it counts is what a scan finds."""

import random
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reuse
from reuse.audit import thesaurus
from reuse.audit.audit import LENGTHS, LEVELS, SYNONYMS, audit
from reuse.audit.chance import EVALUES, chance_figures, shuffled
from reuse.audit.changes import Level, change
from reuse.audit.corpus import read_corpus
from reuse.audit.plant import plant
from reuse.audit.thesaurus import installed_thesaurus, read_thesaurus
from reuse.cli import main
from reuse.corpus.tokenise import tokenise
from reuse.errors import CorpusError, UsageError
from reuse.options import AlignOptions, IndexOptions, ScanOptions


def prose(seed, words=400):
    """Sentences of made-up words, few of them often."""
    source = random.Random(seed)
    forms = [f"{a}{b}{c}" for a in ("ka", "lo", "mi", "ran") for b in ("tes", "vo", "du", "li") for c in "abcdefghij"]
    sentences = ([forms[int(len(forms) * source.random() ** 2)] for _ in range(10)] for _ in range(words // 10))
    return " ".join(" ".join(sentence).capitalize() + "." for sentence in sentences)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("texts")
    for number in range(12):
        (folder / f"{number:02}.txt").write_text(prose(number, 700), encoding="utf-8")
    return folder


def entries(path, *lines):
    """A thesaurus of these lines."""
    path.write_text("\n".join(("UTF-8", *lines)) + "\n", encoding="utf-8")
    return path


def planted(texts, seed=1, **settings):
    tokens = tokenise((text, None) for text in texts)
    return plant(texts, tokens, **{"lengths": (5, 20), "levels": {"none": Level()}, "each": 3, "seed": seed} | settings)


@given(st.integers(0, 1000))
@settings(max_examples=25, deadline=None)
def test_an_unchanged_copy_reads_as_its_source(seed):
    texts = [prose(number, 120) for number in range(4)]
    changed, copies = planted(texts, seed)
    assert len(copies) == 6
    for copy in copies:
        assert copy.source != copy.target
        text = changed[copy.target][copy.start : copy.end]
        assert " ".join(text.split()) == " ".join(changed[copy.source][copy.source_start : copy.source_end].split())
        assert len(text.split()) == copy.words


def test_a_copy_never_splits_a_passage_that_is_copied():
    _, copies = planted([prose(number) for number in range(3)], each=10)
    for copy in copies:
        for other in copies:
            if other.target == copy.source:
                assert other.end <= copy.source_start or copy.source_end <= other.start


def test_what_is_planted_depends_on_the_seed_alone():
    texts = [prose(number) for number in range(3)]
    assert planted(texts) == planted(texts)
    assert planted(texts) != planted(texts, seed=2)


def test_lengths_without_room_are_left_out():
    _, copies = planted(["too short", "for that"], lengths=(5,))
    assert copies == []


def test_one_document_is_not_enough():
    with pytest.raises(UsageError, match="two documents"):
        planted([prose(1), ""])


def test_nearly_all_verbatim_copies_are_found_and_none_by_a_blind_scan(folder):
    rows = audit([folder], thesaurus=entries(folder.parent / "th_xx.dat", "kates|1", "(noun)|loves"))
    assert {(row.change, row.words) for row in rows} == {(name, words) for name in LEVELS for words in LENGTHS}
    verbatim = [row for row in rows if row.change == "none" and row.words >= 20]
    assert all(row.found.trials >= 1 and row.found.value == 1 and row.characters > 0.95 for row in verbatim)
    assert all(row.found.low <= row.found.value <= row.found.high for row in verbatim)
    blind = audit([folder], ScanOptions(align=AlignOptions(min_tokens=1000)))
    assert sum(row.found.hits for row in blind) == 0


def test_a_run_is_audited_with_its_own_options(folder, tmp_path):
    options = ScanOptions(index=IndexOptions(shingle=2), align=AlignOptions(min_tokens=1000))
    with reuse.scan([folder], tmp_path / "blind", options) as run:
        assert len(run.document_ids) == 12
    assert sum(row.found.hits for row in audit([tmp_path / "blind"])) == 0
    assert sum(row.found.hits for row in audit([tmp_path / "blind"], ScanOptions())) > 0


def test_copies_are_planted_between_documents_that_the_run_compares(folder, tmp_path):
    texts = [prose(number) for number in range(6)]
    groups = np.array([0, 0, 0, 1, 1, 2], dtype=np.int32)
    _, copies = planted(texts, each=20, groups=groups)
    assert copies
    assert all(groups[copy.source] != groups[copy.target] for copy in copies)
    with pytest.raises(UsageError, match="that are compared"):
        planted(texts, groups=np.zeros(6, dtype=np.int32))
    for side, numbers in (("left", "012"), ("right", "345")):
        (tmp_path / side).mkdir()
        for number in numbers:
            (tmp_path / side / f"{number}.txt").write_text(texts[int(number)], encoding="utf-8")
    reuse.scan([], tmp_path / "run", between=(tmp_path / "left", tmp_path / "right")).close()
    verbatim = [row for row in audit([tmp_path / "run"]) if row.change == "none" and row.words >= 20]
    assert verbatim
    assert all(row.found.value == 1 for row in verbatim)


def test_the_command_prints_a_table_of_recall_and_one_of_chance(folder, capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(thesaurus, "FOLDER", tmp_path)
    assert main(["audit", str(folder), "--seed", "3"]) == 0
    said = capsys.readouterr()
    assert "apt install mythes-" in said.err
    recall, chance = said.out.split("\n\n")
    header, *rows = chance.splitlines()
    assert header.split("\t") == ["E at most", "by chance", "expected"]
    table = np.array([row.split("\t") for row in rows], dtype=float)
    assert (table[:, 0] == table[:, 2]).all()
    assert (np.diff(table[:, 1]) >= 0).all()
    header, *rows = recall.splitlines()
    assert header.split("\t") == ["words changed", "words", "planted", "found", "low", "high", "characters"]
    cells = np.array([row.split("\t")[2:] for row in rows], dtype=float)
    assert (cells[:, 0] >= 1).all()
    assert ((cells[:, 2] <= cells[:, 1]) & (cells[:, 1] <= cells[:, 3])).all()


def test_rounds_add_up(folder):
    once, twice = audit([folder]), audit([folder], rounds=2)
    assert [row.found.trials for row in twice] > [row.found.trials for row in once]
    assert sum(row.found.high - row.found.low for row in twice) < sum(row.found.high - row.found.low for row in once)


def test_nothing_to_read_and_bad_confidence(tmp_path, folder):
    with pytest.raises(CorpusError):
        audit([tmp_path])
    assert main(["audit", str(folder), "--confidence", "1"]) == 2


def test_a_thesaurus_gives_synonyms_of_one_word(tmp_path):
    path = entries(
        tmp_path / "th_xx.dat",
        "Glad|2",
        "(adj)|happy|well-chosen|of good cheer|joyful (similar term)|sad (antonym)|glad",
        "(verb)|please (generic term)",
        "état|1",
        "(nom)|nation",
        "unasked|1",
        "(noun)|nothing",
    )
    words = ["glad", "état", "sorry"]
    assert read_thesaurus(path, words) == {"glad": ["happy", "joyful"], "état": ["nation"]}
    entries(tmp_path / "th_yy.dat", "sorry|1", "(adj)|sad")
    assert installed_thesaurus(words, tmp_path) == read_thesaurus(path, words)
    assert installed_thesaurus([*words, *"abcdefghijkl"], tmp_path) is None
    assert installed_thesaurus(words, tmp_path / "nowhere") is None
    for wrong in (entries(tmp_path / "th_zz.dat", "no entry"), tmp_path / "absent.dat"):
        with pytest.raises(UsageError, match="cannot be read as a thesaurus"):
            read_thesaurus(wrong, words)


def test_synonyms_stand_for_their_share_of_the_words_with_capitals_and_stops():
    passage = "Glad tidings, glad people. " * 5
    copy = change(passage, Level(synonyms=0.25), ["unused"], random.Random(1), {"glad": ["happy"]})
    assert copy.lower().count("happy") == 5
    assert copy.replace("Happy", "Glad").replace("happy", "glad").split() == passage.split()
    assert "happy tidings" not in copy
    assert change(passage, Level(synonyms=1.0), [], random.Random(1)).split() == passage.split()


@given(st.integers(0, 1000), st.integers(2, 60))
@settings(max_examples=50, deadline=None)
def test_clauses_in_another_order_are_the_same_words(seed, words):
    passage = " ".join(f"w{at}{',' if at % 9 == 8 else ''}" for at in range(words))
    copy = change(passage, Level(clauses=True), [], random.Random(seed)).split()
    assert sorted(copy) == sorted(passage.split())
    assert copy != passage.split()
    if words >= 20:
        kept = sum(passage.split().index(left) + 1 == passage.split().index(right) for left, right in pairwise(copy))
        assert kept > words / 2  # whole clauses are moved, not words


@given(st.integers(0, 1000), st.integers(1, 60))
@settings(max_examples=50, deadline=None)
def test_a_condensed_copy_keeps_its_share_of_the_words_in_order(seed, words):
    passage = [f"w{at}" for at in range(words)]
    copy = change(" ".join(passage), Level(kept=0.4), [], random.Random(seed)).split()
    assert len(copy) == max(1, round(0.4 * words))
    assert copy == sorted(copy, key=passage.index)


def test_copies_with_synonyms_take_a_thesaurus(folder, monkeypatch, tmp_path):
    monkeypatch.setattr(thesaurus, "FOLDER", tmp_path)
    assert SYNONYMS not in {row.change for row in audit([folder])}
    assert main(["audit", str(folder), "--thesaurus", str(tmp_path / "absent.dat")]) == 2


def test_shuffled_documents_keep_their_words_and_lose_their_matches(folder):
    corpus = read_corpus([folder], ScanOptions())
    texts = [*corpus.texts, corpus.texts[0]]
    doubled = replace(corpus, texts=texts)
    mixed = shuffled(doubled, tokenise((text, None) for text in texts), 1)
    for before, after in zip(texts, mixed, strict=True):
        assert sorted(after.replace(".", "").split()) == sorted(before.replace(".", "").split())
    assert mixed[0] != mixed[-1]
    with doubled.scanned(texts, ScanOptions()) as run:
        assert any(row[:] == (12,) for row in run.sql("SELECT b FROM matches WHERE a = 0"))
    figures = chance_figures([folder], rounds=2)
    assert [figure.evalue for figure in figures] == list(EVALUES)
    assert all(figure.scans == 2 for figure in figures)
    assert figures[0].observed <= 1
