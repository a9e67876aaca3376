"""Collocates: counts as a plain loop over the words gives them, measures as NLTK and SciPy work them out."""

from __future__ import annotations

import csv
from collections import Counter
from math import log2

import numpy as np
import pytest

import reuse
from reuse.analysis.collocates import collocate_columns, place_names, surroundings
from reuse.analysis.cooccurrence import attraction
from reuse.cli import main
from reuse.errors import UsageError
from reuse.run.search import find


def plain_count(tokens, spans, window):
    """Word and place of every token near a span, the nearest one deciding."""
    best = {}
    for start, end in spans:
        document = int(np.searchsorted(tokens.bounds, start, side="right")) - 1
        low, high = tokens.bounds[document : document + 2].tolist()
        for at in range(max(start - window[0], low), min(end + window[1], high)):
            place = at - start if at < start else at - end + 1
            if at < start or at >= end:
                # of two that are as near, the one behind the word
                best[at] = min(best.get(at, (99, 0, 0)), (abs(place), place > 0, place))
    return Counter((int(tokens.ids[at]), place) for at, (_, _, place) in best.items())


@pytest.mark.parametrize("query", ["the", "great", "in the", "* of the", "(and or of)"])
@pytest.mark.parametrize("window", [(5, 5), (0, 3), (2, 0)])
def test_counts_equal_a_plain_loop(seeds_run, query, window):
    spans = find(seeds_run, query)
    expected = plain_count(seeds_run.tokens, list(zip(spans.starts.tolist(), spans.ends.tolist(), strict=True)), window)
    table = seeds_run.collocates(query, window=window, least=1)
    assert table.columns == tuple(column.name for column in collocate_columns(window))
    words = [text for (text,) in seeds_run.sql("SELECT text FROM words ORDER BY word")]
    found = {
        (row["word"], place): row[name]
        for row in table.to_dicts()
        for place, name in place_names(window).items()
        if row[name]
    }
    assert found == {(words[word], place): times for (word, place), times in expected.items()}
    for row in table.to_dicts():
        assert row["near"] == row["left"] + row["right"] == sum(row[name] for name in place_names(window).values())
        assert row["near"] <= row["tf"]
        assert 1 <= row["df"] <= min(5, row["near"])


def test_measures_equal_those_of_nltk():
    measures = pytest.importorskip(
        "nltk.metrics", reason="the measures of others: pip install nltk"
    ).BigramAssocMeasures
    near, tf, window, words = np.array([30, 4, 1, 90, 500]), np.array([40, 400, 1, 100, 900]), 1_000, 20_000
    found = attraction(near, tf, window, words, nodes=120)
    for row, (times, every) in enumerate(zip(near.tolist(), tf.tolist(), strict=True)):
        counts = times, (window, every), words
        assert found.log_likelihood[row] == pytest.approx(measures.likelihood_ratio(*counts))
        assert found.mi[row] == pytest.approx(measures.pmi(*counts))
        assert 2 ** found.mi3[row] == pytest.approx(measures.mi_like(*counts) * words)
        assert found.t[row] == pytest.approx(measures.student_t(*counts))
        # NLTK's Dice coefficient of the word and of a node that occurs 120 times
        assert found.log_dice[row] == pytest.approx(14 + log2(measures.dice(times, (120, every), words)))


def test_g2_equals_that_of_scipy_and_the_others_are_as_by_hand():
    from scipy.stats import chi2_contingency

    near, tf = np.array([30, 4, 500]), np.array([40, 400, 900])
    found = attraction(near, tf, 1_000, 20_000, nodes=120)
    for row, (a, every) in enumerate(zip(near.tolist(), tf.tolist(), strict=True)):
        b, c, d = 1_000 - a, every - a, 19_000 - (every - a)
        g, *_ = chi2_contingency([[a, b], [c, d]], correction=False, lambda_="log-likelihood")
        assert found.log_likelihood[row] == pytest.approx(g)
        assert found.delta_p[row] == pytest.approx(a / (a + b) - c / (c + d))
        assert found.delta_p_back[row] == pytest.approx(a / (a + c) - b / (b + d))
        assert found.expected[row] == pytest.approx((a + b) * (a + c) / 20_000)
        assert found.mi3[row] == pytest.approx(log2(a**3 / found.expected[row]))


def test_what_is_never_near_has_no_mutual_information():
    found = attraction(np.array([0]), np.array([7]), 100, 1_000, nodes=10)
    assert np.isnan([found.mi[0], found.mi3[0], found.log_dice[0], found.t[0]]).all()
    assert found.log_likelihood[0] > 0
    nothing = attraction(np.array([0]), np.array([0]), 0, 0, nodes=0)
    assert nothing.delta_p[0] == nothing.log_likelihood[0] == 0


def test_a_window_may_stay_within_the_sentence(corpus_of):
    tokens = corpus_of([["a", "b", "x", "c", "d"], ["e", "x"]])
    tokens.opens_sentence[[1, 4]] = True
    spans = np.array([2, 6]), np.array([3, 7])
    assert sorted(surroundings(tokens, spans).positions.tolist()) == [0, 1, 3, 4, 5]
    assert sorted(surroundings(tokens, spans, within="sentence").positions.tolist()) == [1, 3, 5]


def test_copies_are_one_witness_and_a_cut_list_says_so(tmp_path, capsys):
    text = "The harbour of the old town was full of ships, and the harbour master counted the ships of the town. " * 3
    other = "A quiet harbour has no ships, said the master, and no town without ships has a harbour worth its name."
    texts = {"a": text, "b": other}
    with reuse.scan(texts=texts) as once, reuse.scan(texts=texts | {"c": text}, out=tmp_path / "r.reuse") as twice:
        table = once.collocates("harbour", least=2)
        assert table.to_dict() == twice.collocates("harbour", least=2).to_dict()
    assert main(["collocates", str(tmp_path / "r.reuse"), "harbour", "--limit", "2", "--least", "2"]) == 0
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == 3
    assert f"2 of {len(table)} rows" in told.err
    assert "near 8 occurrences" in told.err
    out = tmp_path / "c.csv"
    assert main(["collocates", str(tmp_path / "r.reuse"), "harbour", "--least", "2", "-o", str(out)]) == 0
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["word"] for row in rows] == table["word"]
    assert [int(row["L1"]) for row in rows] == table["L1"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"window": (0, 0)}, "a window has 1 to 50 words"),
        ({"window": (5, 51)}, "a window has 1 to 50 words"),
        ({"within": "line"}, "not within a line"),
        ({"order": "beauty"}, "no order 'beauty'; there are log_likelihood, mi"),
    ],
)
def test_what_is_not_understood_is_refused(seeds_run, wrong, said):
    with pytest.raises(UsageError, match=said):
        seeds_run.collocates("the", **wrong)


def test_the_strongest_come_first_and_what_avoids_the_words_last(seeds_run):
    table = seeds_run.collocates("great", least=1)
    ahead = [near > expected for near, expected in zip(table["near"], table["expected"], strict=True)]
    assert ahead == sorted(ahead, reverse=True)
    assert 0 < sum(ahead) < len(ahead)
    g = table["log_likelihood"][: sum(ahead)]
    assert g == sorted(g, reverse=True)
