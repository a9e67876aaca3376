"""Codes, versions, newswire and chance text are what they say."""

import re
from collections import Counter
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import pairwise

import numpy as np
import pytest

from benchmarks.corpora import chance, languages, prose
from benchmarks.corpora.codes import codes, text_of, write_codes
from benchmarks.corpora.litanies import litanies
from benchmarks.corpora.model import prose_model
from benchmarks.corpora.newswire import LIST, REPOST, SHARES, stories
from benchmarks.corpora.versions import versions
from benchmarks.errors import BenchmarkError
from benchmarks.evidence.laws import crossing_found
from benchmarks.experiments import dense
from benchmarks.page import as_text
from benchmarks.passages import PassagePairs
from benchmarks.results import Results

NOUNS = [
    f"{a}{b}" for a in ("pea", "tra", "gra", "iro", "la", "orde", "schoo", "roa") for b in ("ce", "de", "in", "ls")
]
SPEECHES = [
    (f"speech-{n}", " ".join(f"The {a} of {b} matters in {n}." for a in NOUNS for b in NOUNS if a != b) + "\n\nEnd.")
    for n in range(4)
]


@pytest.fixture(autouse=True)
def small_base(monkeypatch):
    monkeypatch.setattr(prose, "speeches", lambda: iter(SPEECHES))
    prose_model.cache_clear()
    yield
    prose_model.cache_clear()


def test_codes_revise_one_another_and_repeat_themselves(tmp_path):
    made = list(codes(0.3, 6, families=1))
    sizes = [len(text_of(sections)) for _, sections in made]
    assert 0.2e6 < sum(sizes) < 0.4e6
    numbers = [[section.number for section in sections] for _, sections in made]
    assert max(Counter(numbers[0]).values()) > 1
    texts = [{section.text for section in sections} for _, sections in made]
    for later in range(1, 6):
        assert max(len(texts[later] & texts[earlier]) for earlier in range(later)) > 0.5 * len(texts[later])
        assert texts[later] != texts[later - 1]
    folder = write_codes(tmp_path / "codes", 0.3, 6)
    assert len(list(folder.iterdir())) == 6
    with pytest.raises(BenchmarkError, match="exists already"):
        write_codes(folder, 0.3)


def test_codes_have_sections_right_behind_their_like():
    (_, sections), *_ = codes(0.3, 6, families=1)
    assert any(left.number == right.number for left, right in pairwise(sections))
    assert any(left.text != right.text for left, right in pairwise(sections) if left.number == right.number)


def test_litanies_say_a_sentence_many_times_and_share_it():
    made = dict(litanies(8))
    assert len(made) == 8
    lines = [Counter(re.split(r"[.\n]+ ?", text)) for text in made.values()]
    assert all(max(count for line, count in counts.items() if len(line) > 10) >= 3 for counts in lines)
    assert any(set(one) & set(other) - {""} for one, other in pairwise(lines))


@pytest.mark.parametrize("appendix", [False, True])
def test_crossing_spans_say_nearly_the_same(appendix):
    made = versions(3, appendix=appendix)
    assert len(made.crossing) == 16
    for there, here in made.crossing:
        for old, new in zip(there, here, strict=True):
            sides = made.texts[made.old][slice(*old)].split(), made.texts[made.new][slice(*new)].split()
            assert len(sides[0]) == len(sides[1]) == 40
            assert SequenceMatcher(None, *sides, autojunk=False).ratio() > 0.7


def test_the_match_of_the_whole_is_no_crossing_one():
    made = versions(3)
    whole = (made.old, 0, len(made.texts[made.old]), made.new, 0, len(made.texts[made.new]))
    assert not crossing_found(PassagePairs.from_rows([whole]), made).any()
    rows = [
        (made.new, *new, made.old, *old) for there, here in made.crossing for old, new in zip(there, here, strict=True)
    ]
    assert crossing_found(PassagePairs.from_rows([whole, *rows]), made).all()
    assert crossing_found(PassagePairs.from_rows([whole, *rows[::2]]), made).sum() == 0


def test_a_newswire_has_stories_of_all_kinds_and_reposts_are_copies():
    told = list(stories(200))
    assert set(SHARES) == {story.kind for story in told}
    by_name = {story.name: story for story in told}
    reposts = [story for story in told if story.kind == REPOST]
    exact = [story for story in reposts if story.text == by_name[story.origin].text]
    assert 0.4 < len(exact) / len(reposts) < 0.8
    assert all(by_name[story.origin].text[:40] in story.text for story in reposts)
    assert all(" of the " in story.text for story in told if story.kind == LIST)
    assert told == list(stories(200))


@pytest.mark.slow
def test_dense_text_is_scanned_and_shown(monkeypatch, tmp_path):
    monkeypatch.setenv("TEXTREUSE_BENCH", str(tmp_path))
    kinds, sizes = ["codes", "newswire"], [0.02, 0.05]
    records = list(dense.dense_records(kinds, sizes, ["--jobs", "1"]))
    assert [(one.parameters["kind"], one.parameters["megabytes"]) for one in records] == [
        (kind, size) for kind in kinds for size in sizes
    ]
    assert all(one.values["cpu_units"] > 0 and one.values["matches"] > 0 for one in records)
    large = replace(records[0], parameters={**records[0].parameters, "megabytes": 14.0})
    text = as_text(Results.here([*records, large]))
    assert "codes, 14 MB, --jobs 1" in text
    assert text.count("missed") + text.count("met") == 1


@pytest.mark.parametrize("kind", ["dispatches", "mixed dispatches", "lists"])
def test_chance_text_of_newswire_follows_its_seed_and_size(kind):
    chance._newswire_model.cache_clear()
    first = list(chance.chance_texts(kind, 0.05, 1))
    assert first == list(chance.chance_texts(kind, 0.05, 1))
    assert first != list(chance.chance_texts(kind, 0.05, 2))
    assert 0.04e6 < sum(map(len, first)) < 0.08e6
    chance._newswire_model.cache_clear()


def test_a_manual_page_is_read_without_requests():
    page = '.TH LS 1\n.SH ADI\nls \\- dizin \\fBiçeriğini\\fR listeler\n.\\" note\n.B kalın\n.PP\n\\(bu son'
    assert languages.plain(page).split() == ["ls", "-", "dizin", "içeriğini", "listeler", "kalın", "son"]


def test_lines_that_an_earlier_page_had_are_left_out():
    known = set()
    assert list(languages.fresh_lines("one\n\ntwo\none", known)) == ["one", "", "two"]
    assert list(languages.fresh_lines("two\n\nthree", known)) == ["", "three"]


def test_what_is_not_installed_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(languages, "MANUALS", tmp_path)
    assert chance.unavailable("turkish") == "apt install manpages-tr"
    assert chance.unavailable("generated") == ""
    with pytest.raises(BenchmarkError, match="manpages-ru"):
        next(languages.texts("russian"))
    assert np.all([name in chance.KINDS for name in languages.SOURCES])
