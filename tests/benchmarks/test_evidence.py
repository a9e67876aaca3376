"""The instruments that measure evidence tell what holds from what does not."""

import re
import sys
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.cli import main
from benchmarks.corpora import prose
from benchmarks.corpora.model import prose_model
from benchmarks.detector import textreuse
from benchmarks.errors import BenchmarkError
from benchmarks.evidence import command, copies, figures, laws, surprise
from benchmarks.evidence.figures import Figure, figures_of, record_of, share
from benchmarks.evidence.same import among, kept, same_share
from benchmarks.evidence.scanned import Detector, Found, Words
from benchmarks.page import as_text
from benchmarks.passages import PassagePairs
from benchmarks.process import Cost
from benchmarks.results import Results

WORDS = ["peace", "trade", "grain", "iron", "law", "order", "schools", "roads", "banks", "ships", "courts", "lands"]


def found(rows, documents=(), passages=(), copy_of=None, bits=None, matched=None, ids=(), spans=None):
    """A run's findings of matches given as (a, start, end, b, start, end)."""
    pairs = PassagePairs.from_rows(rows)
    if documents:
        pairs = pairs.renumbered(documents)
    count = len(pairs)
    scores = {
        "bits": np.array(bits or [50.0] * count),
        "matched_tokens": np.array(matched or [10.0] * count),
        "tokens_a": np.full(count, 10.0),
        "tokens_b": np.full(count, 10.0),
    }
    words = Words(
        np.array(ids, dtype=np.int32),
        np.array([0, len(ids)]),
        np.array(spans if spans is not None else [[0, 0, 0, 0]] * count, dtype=np.int64).reshape(-1, 4),
    )
    return Found(
        pairs,
        scores,
        np.array(["aligned"] * count, dtype=object),
        np.array(passages, dtype=np.int64).reshape(-1, 4),
        np.arange(len(pairs.documents)) if copy_of is None else np.array(copy_of),
        words,
        Cost(1.0, 1.0, 1, ""),
    )


def test_a_figure_is_held_against_its_limits():
    assert Figure("x", 0.5).verdict == ""
    assert Figure("x", 0.5, least=0.5).verdict == "met"
    assert Figure("x", 0.49, least=0.5).verdict == "missed"
    assert Figure("x", 3.1, least=0.3, most=3).verdict == "missed"
    assert share("x", 0, 0, least=1.0).verdict == "not measured"
    assert Figure("x", 0.2, least=0.3, most=3, interval=(0.1, 0.5)).verdict == "undecided"
    assert Figure("x", 0.2, least=0.3, most=3, interval=(0.1, 0.29)).verdict == "missed"
    assert Figure("x", 1.0, least=0.3, most=3, interval=(0.1, 5.0)).verdict == "met"
    measured = [share("of some", 3, 4, least=0.5), share("of none", 0, 0), Figure("x", 1.0, interval=(0.5, 2.0))]
    again = figures_of(record_of("part", measured, ["--jobs", "1"]))
    assert (again[0], again[1].name, again[2]) == (measured[0], "of none", measured[2])
    assert np.isnan(again[1].value)
    page = as_text(Results.here([record_of("part", measured, ["--jobs", "1"])]))
    assert re.search(r"of some +0\.75 +≥ 0\.5 +met +3 of 4", page)


def test_the_interval_of_a_count_is_that_of_tables():
    assert figures.poisson_interval(0) == pytest.approx((0, 3.69), abs=0.03)
    assert figures.poisson_interval(10) == pytest.approx((4.80, 18.39), abs=0.03)
    assert figures.poisson_interval(100) == pytest.approx((81.4, 121.6), abs=0.1)


def test_matches_at_nearly_the_same_place_are_the_same():
    one = PassagePairs.from_rows([("a", 0, 100, "b", 50, 150), ("a", 200, 300, "b", 0, 100)])
    other = PassagePairs.from_rows([("b", 52, 150, "a", 0, 95), ("a", 200, 300, "b", 0, 70), ("c", 0, 9, "a", 0, 9)])
    assert kept(one, other).tolist() == [True, False]
    assert kept(one, other, 1.0).tolist() == [False, False]
    assert same_share(one, other) == 2 / 5
    assert len(among(other, {"a", "b"})) == 2
    assert np.isnan(same_share(one.take(np.zeros(2, dtype=bool)), other.take(np.zeros(3, dtype=bool))))


@given(st.lists(st.integers(0, 3), max_size=6), st.lists(st.integers(0, 3), max_size=6), st.randoms())
def test_the_heaviest_common_subsequence_is_that_of_all_tried(a, b, source):
    a_bits, b_bits = ([source.uniform(0, 9) for _ in side] for side in (a, b))

    def weight(size):
        for left in combinations(range(len(a)), size):
            for right in combinations(range(len(b)), size):
                if all(a[i] == b[j] for i, j in zip(left, right, strict=True)):
                    yield sum(max(a_bits[i], b_bits[j]) for i, j in zip(left, right, strict=True))

    best = max((total for size in range(min(len(a), len(b)) + 1) for total in weight(size)), default=0)
    sides = np.array(a, dtype=np.int64), np.array(b, dtype=np.int64), np.array(a_bits), np.array(b_bits)
    assert surprise.heaviest(*sides) == pytest.approx(best)
    assert surprise._common(*sides) >= best - 1e-9


def test_what_was_copied_says_as_much_as_if_it_stood_there_once():
    source = np.random.default_rng(1)
    text, other = source.integers(0, 500, 200), source.integers(0, 500, 200)
    few = surprise.Surprise(np.concatenate((text, other, text)), np.array([0, 200, 400, 600]))
    many = surprise.Surprise(np.concatenate((text, other, *[text] * 20)), np.arange(0, 4401, 200))
    span = [0, 200, 400, 600]
    assert few.bound(span) == pytest.approx(many.bound(span))
    assert few.bound([0, 100, 400, 500]) < few.bound(span)
    assert not surprise.repeated(text, np.array([0, 200])).any()
    assert (
        surprise.repeated(np.concatenate((text, text)), np.array([0, 200, 400])).tolist()
        == [False] * 200 + [True] * 200
    )


def test_a_part_that_says_more_than_the_whole_is_told_from_one_that_crosses_it():
    ids = [*range(40), *range(40, 80), *range(40), *range(40, 80)]
    whole, part, crossing = [0, 80, 80, 160], [10, 20, 90, 100], [10, 20, 130, 140]
    rows = [("a", 0, 1, "b", 0, 1)] * 3
    say_more = found(rows, bits=[50.0, 90.0, 90.0], ids=ids, spans=[whole, part, crossing])
    assert laws.parts_that_say_more(say_more, np.array([0])) == (1, 1)
    say_less = replace(say_more, scores={**say_more.scores, "bits": np.array([90.0, 50.0, 95.0])})
    assert laws.parts_that_say_more(say_less, np.array([0])) == (1, 0)


def test_a_passage_that_says_something_else_is_a_stranger_in_its_cluster():
    texts = {
        "a": "Receipts for the year came to nine.",
        "b": "The receipts for the year came to ten.",
        "c": "Receipts of last year came to nothing.",
        "d": "I invite your attention to the report.",
    }
    pairs = PassagePairs.from_rows([("a", 0, 1, name, 0, 1) for name in "bcd"])
    documents = {name: pairs.documents.index(name) for name in texts}
    passages = np.array([(7, documents[name], 0, len(text)) for name, text in texts.items()])
    members = replace(found([("a", 0, 1, "b", 0, 1)]), pairs=pairs, passages=passages)
    assert laws.strange_members(members, texts) == (4, 1)
    assert laws.strange_members(replace(members, passages=passages[2:]), texts) == (0, 0)


def test_sides_of_one_document_that_share_a_character():
    pairs = PassagePairs.from_rows([("a", 0, 10, "a", 10, 20), ("a", 0, 11, "a", 10, 20)])
    assert laws.sides_overlap(pairs).tolist() == [False, True]


def test_the_first_by_bits_and_some_others_are_looked_at():
    bits = np.arange(100.0)
    rows = laws.sample(bits, 10)
    assert rows[:5].tolist() == [99, 98, 97, 96, 95]
    assert len(set(rows.tolist())) == 10
    assert sorted(laws.sample(bits, 400).tolist()) == list(range(100))


def test_copies_are_reported_by_clusters_and_by_what_they_are_copies_of():
    names = ("n0", "n1", "n2", "n3", "other")
    spans = dict.fromkeys(names[:4], (0, 20))
    half, beside = [(0, 0, 0, 20), (0, 1, 5, 20)], [(1, 2, 15, 90), (1, 4, 0, 9)]
    assert copies.reached(found([], names, passages=[*half, *beside]), spans) == (2, 1)
    assert copies.reached(found([], names, copy_of=[0, 0, 0, 3, 4]), spans) == (3, 1)
    both = found([], names, passages=[(0, 0, 0, 20), (0, 3, 0, 20)], copy_of=[0, 0, 0, 3, 4])
    assert copies.reached(both, spans) == (4, 1)
    assert copies.reached(found([], names), spans) == (0, 0)


def test_pairs_of_documents_that_clusters_hold_together():
    one = found(
        [("a", 0, 1, "b", 0, 1)], ("a", "b", "c", "d"), passages=[(0, 0, 0, 1), (0, 1, 0, 1)], copy_of=[0, 1, 0, 3]
    )
    assert one.linked == {("a", "b")}
    assert one.together == {("a", "b"), ("a", "c"), ("b", "c")}
    assert one.renamed({"a": "z", "b": "y", "c": "x", "d": "w"}).linked == {("y", "z")}


@pytest.fixture
def small_base(monkeypatch):
    speeches = [
        (
            f"speech-{n}",
            " ".join(f"The {a} of {b} matters in {n}." for a in WORDS for b in WORDS if a != b) + "\n\nEnd.",
        )
        for n in range(6)
    ]
    monkeypatch.setattr(prose, "speeches", lambda: iter(speeches))
    prose_model.cache_clear()
    yield
    prose_model.cache_clear()


def test_two_notes_are_one_cluster(small_base):
    measured = list(copies.copies_figures(Detector(("--jobs", "1")), [2], beside=2))
    assert [figure.verdict for figure in measured[:2]] == ["met", "met"]


def test_a_run_is_read_and_filters_are_opened(tmp_path):
    text = "The quick brown fox jumps over the lazy dog while seven wizards quietly mix odd potions by lamplight."
    detector = Detector(("--jobs", "1")).opened()
    assert len(detector.options) > 2
    read = detector.scan_texts({"a.txt": text, "b.txt": "Before all. " + text, "c.txt": "Nothing of it."}.items())
    assert read.linked == {("a.txt", "b.txt")}
    assert len(read.passages) == 2
    assert (read.words.spans[0, 1] - read.words.spans[0, 0]) == read.scores["tokens_a"][0]
    assert (read.scores["bits"] > 0).all()


def test_a_part_that_there_is_not_is_refused(capsys):
    assert main(["evidence", "nonsense"]) == 1
    assert "there are documents, order, short" in capsys.readouterr().err


def test_a_part_that_fails_leaves_the_others_to_be_measured(monkeypatch, capsys):
    def fail(detector, given):
        raise BenchmarkError("no such text")
        yield

    measures = {"order": fail, "laws": lambda detector, given: iter([Figure("of some", 0.5, least=0.4)])}
    monkeypatch.setattr(command, "PARTS", measures)
    assert main(["evidence"]) == 1
    said = capsys.readouterr()
    assert "0.5  of some  wanted ≥ 0.4" in said.out
    assert "left out: no such text" in said.err
    assert "not measured to the end: order" in said.err


def test_the_detector_of_another_environment_is_run_there(monkeypatch, tmp_path):
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reuse").mkdir()
    (tmp_path / "reuse" / "__init__.py").touch()
    (tmp_path / "reuse" / "__main__.py").write_text("print('in the way')")
    assert "in the way" not in textreuse(["--help"], Path(sys.executable)).output
    assert "in the way" in textreuse(["--help"]).output
