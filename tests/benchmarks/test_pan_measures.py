"""The PAN measures against the cases of their definition and against sets of characters."""

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.errors import BenchmarkError
from benchmarks.passages import PassagePairs, overlaps, union_lengths
from benchmarks.quality.pan import ENTIRE, half_of, measures, read_pan, score, table

CASE = ("susp", 100, 200, "src", 500, 600)


def score_of(cases, detections):
    documents = sorted({row[side] for row in [*cases, *detections] for side in (0, 3)})
    return measures(
        PassagePairs.from_rows(cases).renumbered(documents), PassagePairs.from_rows(detections).renumbered(documents)
    )


def test_perfect_detection_scores_one():
    found = score_of([CASE], [CASE])
    assert (found.precision, found.recall, found.granularity, found.plagdet) == (1, 1, 1, 1)


def test_nothing_detected():
    found = score_of([CASE], [])
    assert (found.precision, found.recall, found.granularity, found.plagdet) == (0, 0, 1, 0)


def test_half_of_a_case_costs_recall_only():
    found = score_of([CASE], [("susp", 100, 150, "src", 500, 550)])
    assert (found.precision, found.recall, found.granularity) == (1, 0.5, 1)
    assert found.plagdet == pytest.approx(2 / 3)


def test_twice_as_long_costs_precision_only():
    found = score_of([CASE], [("susp", 100, 300, "src", 500, 700)])
    assert (found.precision, found.recall) == (0.5, 1)


def test_fragments_cost_granularity():
    found = score_of([CASE], [("susp", 100, 150, "src", 500, 550), ("susp", 150, 200, "src", 550, 600)])
    assert (found.precision, found.recall, found.granularity) == (1, 1, 2)
    assert found.plagdet == pytest.approx(1 / math.log2(3))


def test_one_side_alone_detects_nothing():
    found = score_of([CASE], [("susp", 100, 200, "src", 0, 100)])
    assert (found.precision, found.recall, found.plagdet) == (0, 0, 0)


def test_touching_spans_do_not_overlap():
    assert score_of([CASE], [("susp", 200, 300, "src", 500, 600)]).recall == 0


def test_another_source_detects_nothing():
    assert score_of([CASE], [("susp", 100, 200, "other", 500, 600)]).recall == 0


def test_sides_count_apart():
    # 100 of 100 on one side, 50 of 100 on the other: 150 of the case's 200 characters.
    assert score_of([CASE], [("susp", 100, 200, "src", 500, 550)]).recall == 0.75


def test_averages_are_over_cases_not_over_characters():
    long = ("susp", 1000, 11000, "src", 1000, 11000)
    assert score_of([CASE, long], [long]).recall == 0.5


def test_a_detection_over_two_cases_counts_for_both():
    second = ("susp", 200, 300, "src", 600, 700)
    found = score_of([CASE, second], [("susp", 100, 300, "src", 500, 700)])
    assert (found.precision, found.recall, found.granularity) == (1, 1, 1)


def test_overlapping_detections_count_a_character_once():
    found = score_of([CASE], [("susp", 100, 180, "src", 500, 580), ("susp", 120, 200, "src", 520, 600)])
    assert (found.precision, found.recall, found.granularity) == (1, 1, 2)


spans = st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda span: (span[0], span[0] + span[1]))
rows = st.lists(
    st.tuples(st.sampled_from(["p", "q"]), spans, st.sampled_from(["x", "y"]), spans).map(
        lambda row: (row[0], *row[1], row[2], *row[3])
    ),
    max_size=6,
)


def reference(cases, detections):
    """The definition, with sets of characters."""

    def characters(row):
        return {("a", row[0], at) for at in range(row[1], row[2])} | {("b", row[3], at) for at in range(row[4], row[5])}

    def shared(one, other):
        same = one[0] == other[0] and one[3] == other[3]
        both = same and max(one[1], other[1]) < min(one[2], other[2]) and max(one[4], other[4]) < min(one[5], other[5])
        return characters(one) & characters(other) if both else set()

    def mean_share(of, by):
        return (
            sum(len(set().union(*(shared(o, b) for b in by))) / len(characters(o)) for o in of) / len(of) if of else 0
        )

    counts = [sum(bool(shared(case, found)) for found in detections) for case in cases]
    counts = [count for count in counts if count]
    return mean_share(detections, cases), mean_share(cases, detections), sum(counts) / len(counts) if counts else 1


@given(rows, rows)
def test_equals_the_definition_on_sets_of_characters(cases, detections):
    found = score_of(cases, detections)
    assert (found.precision, found.recall, found.granularity) == pytest.approx(reference(cases, detections))


@given(st.lists(st.tuples(st.integers(0, 3), spans), max_size=20))
def test_union_lengths_equal_sets(grouped):
    expected = [len({at for g, (s, e) in grouped if g == group for at in range(s, e)}) for group in range(4)]
    columns = np.array([(g, s, e) for g, (s, e) in grouped], dtype=np.int64).reshape(-1, 3)
    assert union_lengths(columns[:, 0], columns[:, 1], columns[:, 2], 4).tolist() == expected


def test_four_thousand_detections_are_scored_quickly():
    generator = np.random.default_rng(1)
    columns = generator.integers(0, 500, (4000, 2))
    starts = generator.integers(0, 10_000, (4000, 2))
    pairs = PassagePairs.of(
        [str(n) for n in range(500)],
        [columns[:, 0], starts[:, 0], starts[:, 0] + 300, columns[:, 1], starts[:, 1], starts[:, 1] + 300],
    )
    assert len(overlaps(pairs, pairs).case) >= 4000  # well under a second: the suite's time shows it


@pytest.fixture
def corpus(tmp_path):
    for folder in ("src", "susp", "pairs"):
        (tmp_path / folder).mkdir()
    (tmp_path / "pairs/random.tsv").write_text("susp/s1.txt\tsrc/t1.txt\n")
    (tmp_path / "pairs/no-plagiarism.tsv").write_text("susp/s2.txt\tsrc/t1.txt\n")
    case = dict(zip(("susp", "susp_start", "susp_end", "src", "src_start", "src_end"), range(6), strict=True))
    case |= {
        "class": "random",
        "susp": "susp/s1.txt",
        "susp_end": 11,
        "src": "src/t1.txt",
        "src_start": 4,
        "src_end": 14,
    }
    (tmp_path / "truth.jsonl").write_text(json.dumps(case) + "\n")
    return tmp_path


def test_scores_by_class(corpus):
    # The order of a pair, and the folder in a name, make no difference; a pair outside the list is not counted.
    rows = [
        ("t1.txt", 4, 14, "s1.txt", 1, 11),
        ("t1.txt", 0, 9, "s2.txt", 0, 9),
        ("s1.txt", 0, 9, "elsewhere.txt", 0, 9),
    ]
    scores = score(read_pan(corpus), PassagePairs.from_rows(rows))
    assert scores["random"].plagdet == 1
    assert scores["no-plagiarism"].detections == 1
    assert (scores[ENTIRE].precision, scores[ENTIRE].recall) == (0.5, 1)
    assert "random" in table(scores)


def test_halves_are_disjoint_and_whole(corpus):
    halves = [read_pan(corpus, half) for half in (0, 1)]
    assert sum(len(half.cases) for half in halves) == 1
    assert set(halves[0].pairs) | set(halves[1].pairs) == set(read_pan(corpus).pairs)
    assert not set(halves[0].pairs) & set(halves[1].pairs)
    assert half_of("susp/s1.txt") == half_of("s1.txt")


def test_a_broken_corpus_is_named(corpus, tmp_path):
    (corpus / "truth.jsonl").write_text("{}\n")
    with pytest.raises(BenchmarkError, match=r"truth\.jsonl, line 1"):
        read_pan(corpus)
    (corpus / "truth.jsonl").unlink()
    with pytest.raises(BenchmarkError, match=r"has no truth\.jsonl"):
        read_pan(corpus)
