"""The four shares: what each word counts as, that they add up, and that all front ends round them alike."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reuse
from reuse.calendar import Dates
from reuse.clusters.origins import kinds_of_words, origins, words_by_kind
from reuse.options import ScanOptions
from reuse.shares import FRESH, KINDS, RECYCLED, REPEATED, SHARED, in_words, shares_of, whole_percents

SPEECH = (
    "the harbour master told the assembled captains that no vessel larger than a herring boat would be towed across "
    "the bar before the lanterns on the northern mole had been lit and the pilot had signed the register in ink"
)
OWN = "it rained on tuesday and the accountants of the guild went home early because nobody had brought an umbrella"


def kinds(bounds, passages, dates):
    """Kinds of all words; a passage is (cluster, document, start, end)."""
    cluster, document, start, end = (np.array(column) for column in zip(*sorted(passages), strict=True))
    known = Dates.of(dates)
    return kinds_of_words(bounds[-1], origins(cluster, document, known.earliest, known.latest), start, end)


@pytest.mark.parametrize(
    ("dates", "first", "second"),
    [
        (["2020", "2021"], FRESH, RECYCLED),
        (["2021", "2020"], RECYCLED, FRESH),
        (["2020-05-01", "2020-05-01"], SHARED, SHARED),
        (["2020", "2020-05-01"], SHARED, SHARED),
        (["2020", None], SHARED, SHARED),
        ([None, None], SHARED, SHARED),
    ],
)
def test_what_two_documents_have(dates, first, second):
    found = kinds([0, 4, 8], [(0, 0, 0, 4), (0, 1, 4, 8)], dates)
    assert found.tolist() == [first] * 4 + [second] * 4


def test_what_a_document_repeats_is_fresh_where_it_says_it_first():
    assert kinds([0, 6], [(0, 0, 0, 2), (0, 0, 3, 5)], ["2020"]).tolist() == [
        FRESH,
        FRESH,
        FRESH,
        REPEATED,
        REPEATED,
        FRESH,
    ]


def test_a_word_in_several_passages_is_of_the_first_kind_that_applies():
    # words 0 to 3 of document 2 are those of an undated document, words 2 to 5 those of an earlier one
    found = kinds([0, 4, 8, 14], [(0, 0, 0, 4), (0, 2, 8, 12), (1, 1, 4, 8), (1, 2, 10, 14)], [None, "2019", "2020"])
    assert found[8:].tolist() == [SHARED, SHARED, RECYCLED, RECYCLED, RECYCLED, RECYCLED]
    assert words_by_kind(found, np.array([0, 4, 8, 14]))[2].tolist() == [4, 2, 0, 0]


@given(st.lists(st.integers(0, 10**6), min_size=4, max_size=4))
def test_rounded_shares_add_up(counts):
    (shares,) = shares_of(np.array([counts]))
    assert shares.sum() == pytest.approx(1)
    whole = whole_percents(shares)
    assert sum(whole) == 100
    for share, percent in zip(shares, whole, strict=True):
        assert (percent > 0) == (share > 0)
        assert abs(percent - 100 * share) < 3
    for some in permutations(range(4)):
        assert sum(whole_percents(shares[list(some)])) == 100


def test_shares_in_words():
    assert in_words([0.12, 0, 0.0001, 0.8799]) == "12% are recycled, 1% repeated, 87% fresh"
    assert in_words([0, 0, 0, 1]) == "100% are fresh"


@pytest.mark.parametrize("date", ["2020-05-01", None])
def test_two_identical_texts_of_which_none_is_first_are_shared_whole(tmp_path, date):
    texts = [{"id": name, "text": SPEECH, "date": date} for name in "ab"]
    with reuse.scan(texts=texts, out=tmp_path / "same.reuse") as run:
        for table in ("documents", "profiles"):
            for row in run.table(table).to_dicts():
                assert [row[kind] for kind in KINDS] == [0, 1, 0, 0]


def test_documents_profiles_and_groups_say_the_same(tmp_path):
    texts = [
        {"id": "a", "text": f"{SPEECH}. {OWN}.", "date": "2020", "source": "north"},
        {"id": "b", "text": f"{SPEECH}.", "date": "2021", "source": "south"},
        {"id": "c", "text": f"{SPEECH}.", "source": "south"},
    ]
    with reuse.scan(texts=texts, out=tmp_path / "three.reuse", options=ScanOptions(copies="count")) as run:
        documents = list(run.table("documents").to_dicts())
        for one, other in zip(documents, run.table("profiles").to_dicts(), strict=True):
            assert [one[kind] for kind in KINDS] == [other[kind] for kind in KINDS]
            assert sum(one[kind] for kind in KINDS) == pytest.approx(1)
        assert documents[1]["recycled"] == 1
        assert documents[2]["shared"] == 1
        by_source = {row.name: row for row in run.profile(by="source")}
        assert by_source["south"].recycled == by_source["south"].shared == 0.5
        assert [row["id"] for row in run.table("documents", where="recycled>0.9").to_dicts()] == ["b"]
