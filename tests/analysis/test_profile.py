"""Profiles on scenes drawn by hand."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from reuse.analysis.profiles import profiles
from reuse.analysis.stored import Witnesses
from reuse.arrays.spans import covered, union_lengths
from reuse.calendar import Dates
from reuse.clusters.origins import kinds_of_words, origins


def witnesses(cluster, document, start, end, source):
    """Passages with their sources, all as near and as sure."""
    columns = (np.asarray(column) for column in (cluster, document, start, end, np.subtract(end, start), source))
    count = len(cluster)
    return Witnesses(*columns, np.ones(count), np.ones(count), np.zeros(count, dtype=bool))


def profiled(tokens, passages, dates, groups, formulas=None, names=None, first=None):
    """Profiles; of sources with as many words the one whose name comes first is preferred."""
    nothing = np.zeros(0, dtype=np.int64)
    count = tokens.documents
    preferred = np.arange(count) if names is None else np.argsort(np.argsort(names))
    whence = origins(passages.cluster, passages.document, passages.words, *dates, passages.source)
    no_stretches = np.zeros((0, 2), dtype=np.int64)
    return profiles(
        tokens,
        passages,
        whence,
        kinds_of_words(len(tokens), whence, passages.start, passages.end, no_stretches, no_stretches),
        dates,
        formulas or (nothing, np.zeros(1, dtype=np.int64), nothing),
        np.asarray(groups),
        preferred=preferred,
        first=np.arange(count) if first is None else np.array(first),
    )


#            0         1         2         3
# document 0 AAAAABBBBB..........               2020
# document 1 ....AAAAA.....AAAAA               2021, A twice
# document 2 BBBBB.....                        no date
# document 3 AAAAA.....BBBBB.....              2021-05 (cannot be said whether before document 1)
BOUNDS = [0, 20, 40, 50, 70]
PASSAGES = witnesses(
    cluster=np.array([0, 0, 0, 0, 1, 1, 1]),
    document=np.array([0, 1, 1, 3, 0, 2, 3]),
    start=np.array([0, 24, 34, 50, 5, 40, 60]),
    end=np.array([5, 29, 39, 55, 10, 45, 65]),
    source=np.array([-1, 0, 0, 0, -1, -1, 0]),
)
DATES = ["2020", "2021", None, "2021-05"]


def date_ranges(dates):
    known = Dates.of(dates)
    return known.earliest, known.latest


@pytest.fixture
def tokens(corpus_of):
    return corpus_of([["w"] * (end - start) for start, end in pairwise(BOUNDS)])


def test_origins():
    found = origins(PASSAGES.cluster, PASSAGES.document, PASSAGES.words, *date_ranges(DATES))
    # the A of document 1 and that of document 3 are of a year and of a month in it; B of 2 has no date
    assert found.shared.tolist() == [False, True, True, True, True, True, True]
    assert found.recycled.tolist() == [False, True, True, True, False, False, True]
    assert found.repeated.tolist() == [False, False, True, False, False, False, False]
    assert found.earlier.tolist() == [0, 1, 1, 1, 0, 0, 1]


def test_profiles_of_documents(tokens):
    formulas = (np.array([0, 24]), np.array([0, 2]), np.array([4]))
    found = profiled(tokens, PASSAGES, date_ranges(DATES), np.arange(4), formulas)
    assert found.words.tolist() == [20, 20, 10, 20]
    assert found.recycled.tolist() == [0, 0.5, 0, 0.5]
    assert found.shared.tolist() == [0.25, 0, 0.5, 0]  # B of documents 0 and 2
    assert found.repeated.tolist() == [0, 0, 0, 0]  # what an earlier one has is recycled, said once or twice
    assert found.fresh.tolist() == [0.75, 0.5, 0.5, 0.5]
    assert found.formulaic.tolist() == [0.2, 0.2, 0, 0]
    assert found.formulas.tolist() == [1, 1, 0, 0]
    assert found.source.tolist() == [-1, 0, -1, 0]
    assert found.source_words.tolist() == [0, 10, 0, 10]
    assert found.recycled_rarefied[[1, 3]].tolist() == [0.5, 0.5]  # both have the same 20 earlier words


def test_profiles_of_groups_leave_out_documents_without_one(tokens):
    found = profiled(tokens, PASSAGES, date_ranges(DATES), [0, 1, -1, 1])
    assert found.documents.tolist() == [1, 2]
    assert found.words.tolist() == [20, 40]
    assert found.recycled[1] == 0.5
    assert found.own[1] == 0  # documents 1 and 3: it cannot be said which is earlier


def test_a_group_that_draws_on_itself_draws_on_others_as_well(tokens):
    dates = date_ranges(["2020", "2021", "2019", "2022"])
    #  B: document 2, then 0, then 3    A: document 0, then 1 (twice), then 3
    passages = witnesses(PASSAGES.cluster, PASSAGES.document, PASSAGES.start, PASSAGES.end, [-1, 0, 0, 1, 2, -1, 0])
    found = profiled(tokens, passages, dates, [0, 0, 1, 1])
    assert found.own.tolist() == [10 / 40, 5 / 30]
    assert found.recycled.tolist() == [15 / 40, 10 / 30]
    assert found.source.tolist() == [2, 0]  # what document 1 has of 0 is of its own group
    assert found.source_words.tolist() == [5, 5]


def test_whom_a_text_draws_on_is_the_direct_source(corpus_of):
    """One text is handed on from year to year: each draws on the year before, be it the second or the fiftieth."""
    many = 50
    tokens = corpus_of([["w"] * 10] * many)
    passages = witnesses(
        [0] * many, range(many), range(0, 10 * many, 10), range(5, 10 * many, 10), [*range(-1, many - 1)]
    )
    found = profiled(tokens, passages, date_ranges([str(2000 + n) for n in range(many)]), np.arange(many))
    assert found.source.tolist() == list(range(-1, many - 1))
    assert found.source_words.tolist() == [0] + [5] * (many - 1)


def two_of_two(corpus_of):
    """A text that has one passage of each of two, and the passages."""
    tokens = corpus_of([["w"] * 10] * 3)
    return tokens, witnesses([0, 0, 1, 1], [0, 2, 1, 2], [0, 20, 10, 25], [5, 25, 15, 30], [-1, 0, -1, 1])


def test_of_sources_with_as_many_words_the_preferred_one_is_named(corpus_of):
    tokens, passages = two_of_two(corpus_of)
    for names, first in ((["a", "b", "c"], 0), (["b", "a", "c"], 1)):
        dates = date_ranges(["2000", "2000", "2001"])
        assert profiled(tokens, passages, dates, np.arange(3), names=names).source[2] == first


def test_what_copies_of_one_text_give_is_of_one_source(corpus_of):
    tokens, passages = two_of_two(corpus_of)
    found = profiled(tokens, passages, date_ranges(["2000", "2000", "2001"]), np.arange(3), first=[0, 0, 2])
    assert found.source[2] == 0
    assert found.source_words[2] == 10


def test_dates_of_reduced_precision():
    first, last = date_ranges(["2021", "2021-05", "2021-05-03", "2022", None])
    earlier = last[:, None] < first[None, :]
    assert earlier.tolist() == [
        [False, False, False, True, False],
        [False, False, False, True, False],
        [False, False, False, True, False],
        [False, False, False, False, False],
        [False, False, False, False, False],
    ]


def test_spans():
    starts, ends = np.array([0, 2, 8]), np.array([4, 6, 9])
    assert np.flatnonzero(covered(10, starts, ends)).tolist() == [0, 1, 2, 3, 4, 5, 8]
    assert np.flatnonzero(covered(10, np.array([3, 0, 1]), np.array([4, 6, 2]))).tolist() == [0, 1, 2, 3, 4, 5]
    assert not covered(10, np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)).any()
    groups = np.array([1, 1, 0, 1])
    assert union_lengths(groups, np.array([5, 0, 3, 1]), np.array([9, 4, 10, 3]), 3).tolist() == [7, 8, 0]
