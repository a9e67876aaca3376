"""Sources: from which earlier witness each passage was taken, as far as the dates and the wording say.

A ── B ── C ── D   a chain: each copies the one before it, changes and all      A ┬ B   a star: all copy A
                                                                                  ├ C
                                                                                  └ D
"""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

import reuse
from reuse.calendar import Dates
from reuse.clusters.clusters import Clusters
from reuse.clusters.sources import find_sources
from reuse.clusters.wordings import Comparison, find_wordings
from reuse.corpus.tokenise import tokenise
from reuse.options import ScanOptions, SourceOptions

WORDS = 90


def prose(seed: int, words: int = WORDS) -> list[str]:
    drawn = random.Random(seed)
    return [f"w{drawn.randrange(4000)}" for _ in range(words)]


def changed(words: list[str], seed: int, changes: int = 6) -> list[str]:
    drawn, found = random.Random(seed), list(words)
    for place in drawn.sample(range(len(words)), changes):
        found[place] = f"x{seed}y{place}"
    return found


def handed_on(parents: list[int | None]) -> list[list[str]]:
    """Texts of which each changes its parent's, a small number of words each."""
    texts: list[list[str]] = []
    for number, parent in enumerate(parents):
        texts.append(prose(number + 1) if parent is None else changed(texts[parent], 100 + number))
    return texts


def year(number: int) -> str:
    return str(1000 + number)


def sources(texts, dates, witness=None, preferred=None, group=None):
    """Sources of texts that are one cluster, each a document."""
    tokens = tokenise((" ".join(words), None) for words in texts)
    count = len(texts)
    clusters = Clusters(
        np.zeros(0, dtype=np.int32), np.zeros(count, dtype=np.int32), tokens.bounds[:-1], tokens.bounds[1:]
    )
    return find_sources(
        clusters,
        tokens,
        Dates.of(dates),
        np.arange(count) if witness is None else np.array(witness),
        np.arange(count) if preferred is None else np.array(preferred),
        None if group is None else np.array(group, dtype=np.int32),
        ScanOptions(),
    )


CHAIN, STAR = [None, 0, 1, 2], [None, 0, 0, 0]


@pytest.mark.parametrize("parents", [CHAIN, STAR], ids=["chain", "star"])
@pytest.mark.parametrize("order", [[0, 1, 2, 3], [3, 1, 0, 2]], ids=["in order", "shuffled"])
def test_each_text_is_taken_from_the_one_that_it_copies(parents, order):
    texts = handed_on(parents)
    found = sources([texts[number] for number in order], [year(number) for number in order])
    named = {order[row]: order[source] if source >= 0 else None for row, source in enumerate(found.document)}
    assert named == dict(enumerate(parents))
    assert (found.confidence[found.document >= 0] > 0.9).all()


def test_a_large_family_is_told_apart_by_what_each_changed():
    drawn = random.Random(5)
    parents = [None, *(drawn.randrange(number) for number in range(1, 120))]
    found = sources(handed_on(parents), [year(number) for number in range(120)])
    right = found.document[1:] == np.array(parents[1:])
    assert right.mean() >= 0.95


def slow_distance(one: list[str], other: list[str]) -> int:
    """Words that differ from the nearest stretch of the other text."""
    stretches = [other[start:end] for start in range(len(other)) for end in range(start + 1, len(other) + 1)]
    return min(Indel.distance(one, stretch) for stretch in stretches)


@settings(max_examples=25)
@given(st.integers(0, 10**6), st.integers(2, 6))
def test_the_source_is_the_nearest_earlier_one_then_the_latest(seed, count):
    drawn = random.Random(seed)
    base = prose(seed, 10)
    texts = [changed(base, drawn.randrange(4), drawn.randrange(3)) for _ in range(count)]
    years = [drawn.randrange(6) for _ in range(count)]
    found = sources(texts, [year(one) for one in years])
    for row in range(count):
        earlier = [other for other in range(count) if years[other] < years[row]]
        if not earlier:
            assert found.document[row] == -1
            continue
        far = {other: slow_distance(texts[row], texts[other]) for other in earlier}
        nearest = [other for other in earlier if far[other] == min(far.values())]
        latest = max(years[other] for other in nearest)
        # Only the few nearest as wholes are compared stretch by stretch.
        if len({tuple(texts[other]) for other in earlier}) <= 3:
            assert found.document[row] in [other for other in nearest if years[other] == latest]


def test_where_dates_do_not_decide_nothing_is_named():
    texts = handed_on(CHAIN)
    for dates in ([None] * 4, ["1900"] * 4, ["1900", "1900-05", None, "1900~"]):
        assert (sources(texts, dates).document == -1).all()


def test_an_undated_text_as_near_leaves_it_open():
    texts = handed_on([None, 0])
    (sure, open_) = sources(texts, ["1900", "1910"]), sources([*texts, texts[1]], ["1900", "1910", None])
    assert sure.document[1] == open_.document[1] == 0
    assert sure.confidence[1] == 1
    assert open_.confidence[1] == 0.5


def test_those_who_say_the_same_share_the_confidence_and_the_latest_is_named():
    text = prose(1)
    found = sources([text] * 4, ["1900", "1901", "1902", "1903"])
    assert found.document.tolist() == [-1, 0, 1, 2]
    assert found.confidence[1:].tolist() == pytest.approx([1, 1 / 2, 1 / 3])


def test_copies_are_one_witness():
    text = prose(1)
    found = sources([text] * 4, ["1900", "1901", "1902", "1903"], witness=[0, 0, 0, 1])
    assert found.document[3] == 2  # the latest of the copies
    assert found.confidence[3] == 1  # there is one witness to choose from
    assert found.document[:3].tolist() == [-1, 0, 1]  # a later copy is taken from the copy before it


def test_of_copies_of_one_day_the_one_that_is_preferred_is_named():
    text = prose(1)
    dates, witness = ["1900", "1900", "1910"], [0, 0, 1]
    assert sources([text] * 3, dates, witness, preferred=[0, 1, 2]).document[2] == 0
    assert sources([text] * 3, dates, witness, preferred=[1, 0, 2]).document[2] == 1


def test_texts_that_were_not_compared_are_no_sources_of_each_other():
    text = prose(1)
    found = sources([text] * 3, ["1900", "1901", "1902"], group=[0, 1, 1])
    assert found.document.tolist() == [-1, 0, 0]


def test_what_stands_before_and_behind_makes_no_source_farther():
    text = prose(1, 40)
    longer, near = [*prose(2, 25), *text, *prose(3, 10)], changed(text, 9, 2)
    found = sources([longer, near, text], ["1900", "1901", "1902"])
    assert found.document[2] == 0
    assert (found.start[2], found.end[2]) == (25, 65)
    assert found.similarity[2] == 1


def test_equal_passages_are_compared_once(monkeypatch):
    compared = []
    real = Comparison.shared

    def counted(self, one, other):
        compared.append(len(one))
        return real(self, one, other)

    monkeypatch.setattr(Comparison, "shared", counted)
    counts = []
    for copies in (250, 500):
        compared.clear()
        texts = [prose(1, 12)] * copies + [changed(prose(1, 12), 3, 1)] * copies
        found = sources(texts, [year(number) for number in range(2 * copies)])
        assert (found.document[1:] >= 0).all()
        counts.append(sum(compared))
    assert counts[1] <= 2.1 * counts[0]


def test_many_wordings_cost_no_pairs_of_them(monkeypatch):
    compared = []
    real = Comparison.shared
    monkeypatch.setattr(
        Comparison, "shared", lambda self, one, other: compared.append(len(one)) or real(self, one, other)
    )
    texts = [changed(prose(1, 30), number, 3) for number in range(400)]
    sources(texts, [year(number) for number in range(400)])
    assert sum(compared) <= 400 * SourceOptions().compared


def test_equal_words_are_one_wording_and_others_are_not():
    texts = [prose(1), prose(2), prose(1), list(reversed(prose(1)))]
    tokens = tokenise((" ".join(words), None) for words in texts)
    spans, group = (tokens.bounds[:-1], tokens.bounds[1:]), np.zeros(4, dtype=np.int32)
    _, wording = find_wordings(np.zeros(4, dtype=np.int64), spans, group, tokens)
    assert wording[0] == wording[2]
    assert len(set(wording.tolist())) == 3


@pytest.fixture(scope="module")
def lineage(tmp_path_factory):
    """Four texts of a chain between prose of their own, the last date given by the file's name alone."""
    folder = tmp_path_factory.mktemp("lineage")
    for number, words in enumerate(handed_on(CHAIN)):
        own = " ".join(prose(50 + number, 120))
        name = f"{'2001-02-03 ' if number == 3 else ''}d{number}.txt"
        (folder / name).write_text(f"{own}. {' '.join(words)}. {' '.join(prose(60 + number, 120))}.")
    dates = "".join(f"d{number}.txt,{1990 + number}\n" for number in range(3))
    (folder / "metadata.csv").write_text(f"id,date\n{dates}")
    with reuse.scan(folder, folder.parent / "lineage.reuse", progress=False) as run:
        yield run


def test_the_run_tells_the_source_of_each_passage(lineage):
    rows = lineage.table("passages").to_dicts()
    assert {row["doc"]: row["source"] for row in rows} == {
        "d0.txt": None,
        "d1.txt": "d0.txt",
        "d2.txt": "d1.txt",
        "2001-02-03 d3.txt": "d2.txt",
    }
    for row in rows:
        if row["source"] is None:
            assert row["source_text"] is row["source_start"] is row["source_confidence"] is None
            continue
        text = lineage.text(lineage.ordinal(row["source"]))
        assert text[row["source_start"] : row["source_end"]] == row["source_text"]
        assert len(row["source_text"].split()) == pytest.approx(WORDS, abs=3)
        assert row["source_guessed"] == (row["doc"] == "2001-02-03 d3.txt")


def test_passages_are_filtered_by_their_source(lineage):
    assert set(lineage.table("passages", where="source:d1")["doc"]) == {"d2.txt"}
    assert set(lineage.table("passages", where="known:false")["doc"]) == {"d0.txt"}
    assert set(lineage.table("passages", where="source_guessed:true")["doc"]) == {"2001-02-03 d3.txt"}
    assert set(lineage.table("passages", where="doc:d1")["source"]) == {"d0.txt"}


def test_where_all_are_copies_each_is_taken_from_the_one_before_it(tmp_path):
    text = " ".join(prose(1, 200))
    texts = [{"id": f"t{number}", "text": text, "date": year(number)} for number in range(5)]
    with reuse.scan(texts=texts, out=tmp_path / "copies.reuse", progress=False) as run:
        rows = run.table("passages").to_dicts()
        assert {row["doc"]: row["source"] for row in rows} == {
            "t0": None,
            **{f"t{number}": f"t{number - 1}" for number in range(1, 5)},
        }
        assert all(row["source_confidence"] == 1 for row in rows if row["source"])


def test_order_and_names_of_documents_change_no_source(tmp_path):
    """Two witnesses say the same on one day in texts of their own: which one is named depends on what they say."""
    passage = " ".join(prose(1))
    texts = [f"{' '.join(prose(seed, 80))}. {passage}. {' '.join(prose(seed + 50, 80))}." for seed in (10, 11, 12)]
    dates = ["1900-05-01", "1900-05-01", "1910"]
    named = set()
    for number, order in enumerate(([0, 1, 2], [2, 1, 0], [1, 2, 0])):
        rows = [
            {"id": f"{'zyx'[place] if number % 2 else 'abc'[place]}{row}", "text": texts[row], "date": dates[row]}
            for place, row in enumerate(order)
        ]
        with reuse.scan(texts=rows, out=tmp_path / f"{number}.reuse", progress=False) as run:
            (found,) = (row for row in run.table("passages").to_dicts() if row["doc"].endswith("2"))
            named.add((found["source"][1:], found["source_start"], found["source_confidence"]))
    assert len(named) == 1
    assert next(iter(named))[2] == 0.5  # either could be


def test_what_is_added_has_the_sources_that_a_scan_would_name(tmp_path):
    texts = handed_on(CHAIN)
    rows = [
        {"id": f"t{number}", "text": f"{' '.join(prose(70 + number, 90))}. {' '.join(words)}.", "date": year(number)}
        for number, words in enumerate(texts)
    ]
    with reuse.scan(texts=rows, out=tmp_path / "whole.reuse", progress=False) as whole:
        expected = list(whole.table("passages").to_dicts())
    with (
        reuse.scan(texts=rows[:2], out=tmp_path / "grown.reuse", progress=False) as run,
        run.add(texts=rows[2:], progress=False) as grown,
    ):
        assert list(grown.table("passages").to_dicts()) == expected
    assert {row["source"] for row in expected} == {None, "t0", "t1", "t2"}
