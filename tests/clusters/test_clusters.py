"""Clusters of passages."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reuse.align.matches import Matches
from reuse.align.paths import Paths
from reuse.clusters.clusters import Clusters, find_clusters
from reuse.corpus.tokenise import tokenise
from reuse.corpus.tokens import Tokens
from reuse.options import ClusterOptions

WORDS = [f"w{number}" for number in range(400)]
APART = tokenise((" ".join(WORDS[start : start + 100]), None) for start in range(0, 400, 100))
"""Four documents of a hundred tokens, all of them different."""


def matches_of(rows: list[tuple[int, int, int, int]], bits: float = 50.0) -> Matches:
    """Matches of given token ranges."""
    columns = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    count = len(rows)
    return Matches(
        *columns,
        np.ones(count, dtype=np.int32),
        np.ones(count, dtype=np.float32),
        np.full(count, bits, dtype=np.float32),
        np.zeros(count, dtype=np.float64),
        np.zeros(count, dtype=np.uint8),
        Paths.straight(columns[0], columns[2], np.minimum(columns[1] - columns[0], columns[3] - columns[2])),
    )


def passages_of(clusters: Clusters) -> list[tuple[int, int, int]]:
    return list(zip(clusters.cluster.tolist(), clusters.start.tolist(), clusters.end.tolist(), strict=True))


@given(
    st.lists(st.tuples(st.integers(0, 380), st.integers(1, 19), st.integers(0, 380), st.integers(1, 19)), max_size=30)
)
def test_laws_of_clusters(rows):
    rows = [(a, a + size_a, b, b + size_b) for a, size_a, b, size_b in rows]
    clusters = find_clusters(matches_of(rows), APART, ClusterOptions())
    found = passages_of(clusters)
    assert found == sorted(found)
    assert sorted(set(clusters.of_match.tolist())) == sorted(set(clusters.cluster.tolist()))
    for (cluster, _, end), (other, start, _) in pairwise(found):
        assert cluster != other or end <= start
    for number, (a_start, a_end, b_start, b_end) in enumerate(rows):
        for start, end in ((a_start, a_end), (b_start, b_end)):
            assert any(
                cluster == clusters.of_match[number] and low <= start and end <= high for cluster, low, high in found
            )


def test_a_chain_of_passages_does_not_lead_from_one_text_to_another():
    """Each passage of ten words begins a word behind the one before it."""
    rows = [(place, place + 10, 200 + place, 210 + place) for place in range(60)]
    clusters = find_clusters(matches_of(rows), APART, ClusterOptions())
    for number in set(clusters.of_match.tolist()):
        starts = [row[0] for row, cluster in zip(rows, clusters.of_match.tolist(), strict=True) if cluster == number]
        assert max(starts) - min(starts) < 6  # with the head each has more than seven words in common
    assert max(clusters.of_match.tolist()) < 60 / 3


def test_passages_of_one_text_that_no_document_links_are_one_cluster():
    text = WORDS[:20]
    tokens = tokenise((" ".join([f"x{number}", *text, f"y{number}"]), None) for number in range(4))
    rows = [(1, 21, 23, 43), (45, 65, 67, 87)]
    assert find_clusters(matches_of(rows), tokens, ClusterOptions()).of_match.tolist() == [0, 0]


def test_passages_are_one_cluster_that_only_others_link_where_the_text_stands_in_pieces_first():
    """Of four documents the first two have five words more; a document before them has the text in another order."""
    text, pieces = WORDS[:60], [WORDS[40:60], WORDS[20:40], WORDS[:20]]
    more = WORDS[60:65]
    texts = [[word for n, piece in enumerate(pieces) for word in (f"e{n}", *piece)]]
    texts += [["a", *text, *more], ["b", *text, *more], ["c", *text], ["d", *text]]
    tokens = tokenise((" ".join(words), None) for words in texts)
    e, a, b, c, d = (int(place) + 1 for place in tokens.bounds[:-1])
    whole = [(a, a + 65, b, b + 65), (a, a + 60, c, c + 60), (b, b + 60, d, d + 60), (c, c + 60, d, d + 60)]
    pieced = [(e + 21 * n, e + 21 * n + 20, a + 20 * (2 - n), a + 20 * (3 - n)) for n in range(3)]
    clusters = find_clusters(matches_of(whole + pieced), tokens, ClusterOptions())
    assert len(set(clusters.of_match[:4].tolist())) == 1
    assert len(set(clusters.of_match.tolist())) == 4


def test_each_refrain_of_a_song_is_a_passage():
    tokens, refrain = song(verses=8)
    # The song is matched with itself: four verses with the next four.
    half = len(tokens) // 2
    rows = [(0, half, half, 2 * half)]
    path = Paths.of_pairs(np.zeros(4 * refrain, dtype=np.int64), *pairs_of_refrains(half, refrain), 1)
    found = find_clusters(replace(matches_of(rows), paths=path), tokens, ClusterOptions())
    verse = len(tokens) // 8
    assert passages_of(found) == [(0, start, start + refrain) for start in range(0, len(tokens), verse)]
    assert found.of_match.tolist() == [0]


def song(verses: int) -> tuple[Tokens, int]:
    """A text of so many refrains, each with a verse of its own behind it; and the tokens of a refrain."""
    refrain = WORDS[:12]
    lines = [[*refrain, *(f"v{verse}{number}" for number in range(5))] for verse in range(verses)]
    return tokenise([(" ".join(word for line in lines for word in line), None)]), len(refrain)


def pairs_of_refrains(half: int, refrain: int) -> tuple[np.ndarray, np.ndarray]:
    """The tokens of the first four refrains, and those of the next four."""
    starts = np.arange(0, half, half // 4)
    a = (starts[:, None] + np.arange(refrain)).ravel()
    return a, a + half


def test_one_formula_in_many_places_is_one_cluster():
    """A star of matches around one passage; another text apart from it."""
    star = [
        (10, 20, 100 * document + 10 * place, 100 * document + 10 * place + 10)
        for document in (1, 2)
        for place in range(9)
    ]
    apart = [(310, 320, 350, 360)]
    clusters = find_clusters(matches_of(star + apart), APART, ClusterOptions())
    assert clusters.of_match.tolist() == [0] * 18 + [1]
    assert np.bincount(clusters.cluster).tolist() == [19, 2]


def test_a_passage_within_a_much_longer_one_is_another_text():
    clusters = find_clusters(matches_of([(0, 50, 100, 150), (10, 20, 210, 220)]), APART, ClusterOptions())
    assert clusters.of_match.tolist() == [0, 1]


def test_passages_that_overlap_and_align_other_words_are_two_texts():
    """Of one stretch of forty words the first match aligns the even ones, the second the odd ones."""
    a, places = np.arange(20), [(0, 40, 100, 140), (0, 40, 210, 250), (0, 40, 310, 350)]
    starts = np.concatenate((2 * a, 2 * a + 1, 2 * a))
    path = Paths(np.array([0, 20, 40, 60]), starts, starts + np.repeat([100, 210, 310], 20), np.ones(60, np.int64))
    clusters = find_clusters(replace(matches_of(places), paths=path), APART, ClusterOptions())
    assert clusters.of_match.tolist() == [0, 1, 0]


def test_formulas_that_interlock_are_two():
    """Of ten words each, two passages share seven."""
    clusters = find_clusters(matches_of([(0, 10, 100, 110), (3, 13, 210, 220)]), APART, ClusterOptions())
    assert clusters.of_match.tolist() == [0, 1]


def test_no_matches():
    clusters = find_clusters(matches_of([]), APART, ClusterOptions())
    assert (len(clusters.of_match), len(clusters.cluster)) == (0, 0)


def test_a_whole_text_is_a_passage():
    """The first document has copies, and the second says nearly all of it."""
    clusters = find_clusters(
        matches_of([(0, 95, 100, 195), (20, 30, 210, 220)]), APART, ClusterOptions(), np.array([0, 3])
    )
    assert clusters.of_whole.tolist() == [clusters.of_match[0], 2]
    assert passages_of(clusters)[0] == (0, 0, 100)
