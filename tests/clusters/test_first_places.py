"""Where texts stand first, run by run, against the same told pair of tokens by pair of tokens."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reuse.align.paths import Paths
from reuse.arrays import breaks, components
from reuse.arrays.breaks import Breaks
from reuse.arrays.keys import differs, with_places
from reuse.arrays.ragged import spread
from reuse.clusters import first_places
from reuse.clusters.first_places import _SLACK, Carried, _Apart, _InLine, _with_the_first, texts_carried
from reuse.corpus.tokenise import tokenise
from reuse.index.shingles import complete, shingle_hashes
from tests.clusters.test_clusters import matches_of

TOKENS = 120


@st.composite
def paths(draw: st.DrawFn) -> Paths:
    """Matches of some runs each."""
    matches = []
    for _ in range(draw(st.integers(1, 4))):
        a, b, runs = draw(st.integers(0, 20)), draw(st.integers(60, 80)), []
        for _ in range(draw(st.integers(1, 4))):
            size = draw(st.integers(1, 6))
            runs.append((a, b, size))
            a += size + draw(st.integers(0, 12))
            b += size + draw(st.integers(0, 3))
        matches.append([run for run in runs if run[1] + run[2] <= TOKENS])
    columns = np.array([run for runs in matches for run in runs], dtype=np.int64).reshape(-1, 3).T
    return Paths(np.cumsum([0, *map(len, matches)]), *columns)


@st.composite
def places(draw: st.DrawFn) -> np.ndarray:
    """Where each token stands first: stretches that go on in line, some of them off it by a few tokens or by many."""
    found: list[int] = []
    while len(found) < TOKENS:
        start = draw(st.one_of(st.integers(0, TOKENS), st.just(found[-1] + 2 if found else 0)))
        found += range(start, start + draw(st.integers(1, 40)))
    return np.array(found[:TOKENS], dtype=np.int64)


def pairs(paths: Paths) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Match, token and token of every pair."""
    run, place = spread(paths.size)
    return paths.owners()[run], paths.a[run] + place, paths.b[run] + place


@given(paths(), places())
def test_pairs_that_are_apart_are_those_of_which_the_two_tokens_are_not_the_same(aligned, known):
    _, a, b = pairs(aligned)
    met = known[a] != known[b]
    apart = _Apart(aligned, known, Breaks.of(known))
    found = np.concatenate([apart(slice(0, 1)), apart(slice(1, len(aligned)))], axis=1)
    assert found.tolist() == [known[a][met].tolist(), known[b][met].tolist()]


@given(paths(), places())
def test_parts_in_line_end_where_a_token_stands_off_the_line(aligned, first):
    match, a, b = pairs(aligned)
    there = first[a]
    opens = differs(match)
    opens[1:] |= np.abs(np.diff(there) - np.diff(a)) > _SLACK
    begins = np.flatnonzero(opens)
    size = np.diff(begins, append=len(a))
    last = begins + size - 1
    in_line = _InLine(aligned, first, first, Breaks.of(first, _SLACK))
    found = Carried.concatenate(in_line(slice(0, 1)), in_line(slice(1, len(aligned))))
    for column, told in (
        (found.match, match[begins]),
        (found.a_start, a[begins]),
        (found.a_end, a[last] + 1),
        (found.b_start, b[begins]),
        (found.b_end, b[last] + 1),
        (found.first, there[begins]),
        (found.behind, there[last] + 1),
        (found.aligned, size),
    ):
        assert column.tolist() == told.tolist()


STRETCH = first_places.STRETCH


@given(st.lists(st.lists(st.sampled_from("abc"), min_size=STRETCH, max_size=30), min_size=1, max_size=4))
def test_stretches_whose_hashes_collide_in_the_digits_of_a_key_are_told_apart(texts):
    tokens = tokenise([(" ".join(text), None) for text in texts])
    places = np.flatnonzero(complete(tokens, STRETCH))
    width = len(tokens).bit_length()
    hashes = shingle_hashes(tokens, STRETCH, places)
    collide = hashes & np.uint64((1 << width) - 1)  # nothing is left of them in a key
    found = [
        _with_the_first(tokens, width, np.sort(with_places(keys.copy(), places, width))).tolist()
        for keys in (hashes, collide)
    ]
    assert found[0] == found[1]


def plain(passages, tokens, paths):
    """The first token of each one's component: of tokens that are aligned, and of equal stretches of passages."""
    first, ids = list(range(len(tokens))), tokens.ids.tolist()
    inside = {token for start, end in passages for token in range(start, end)}
    document = tokens.document_of_each().tolist() + [-1] * STRETCH
    begins = [
        token
        for token in sorted(inside)
        if token + STRETCH <= len(ids) and document[token] == document[token + STRETCH - 1]
    ]
    pairs = [(a + k, b + k) for a, b, size in paths for k in range(size)]
    pairs += [
        (one + k, other + k)
        for one in begins
        for other in begins
        if ids[one : one + STRETCH] == ids[other : other + STRETCH]
        for k in range(STRETCH)
    ]
    changed = True
    while changed:
        changed = False
        for one, other in pairs:
            least = min(first[one], first[other])
            changed |= first[one] != first[other]
            first[one] = first[other] = least
    return first


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_token_stands_first_where_the_plain_reference_says(data):
    words = st.lists(st.sampled_from("abc"), min_size=STRETCH, max_size=30)
    texts = data.draw(st.lists(words, min_size=2, max_size=4))
    tokens = tokenise([(" ".join(text), None) for text in texts])
    bounds = tokens.bounds.tolist()
    rows, runs = [], []
    for _ in range(data.draw(st.integers(1, 4))):
        one, other = sorted(data.draw(st.permutations(range(len(texts))))[:2])
        size = data.draw(st.integers(1, min(len(texts[one]), len(texts[other]))))
        a = bounds[one] + data.draw(st.integers(0, len(texts[one]) - size))
        b = bounds[other] + data.draw(st.integers(0, len(texts[other]) - size))
        rows.append((a, a + size, b, b + size))
        runs.append((a, b, size))
    order = np.lexsort(np.array(rows).T[::-1])
    rows, runs = [rows[row] for row in order], [runs[row] for row in order]
    matches = matches_of(rows)
    path = Paths.straight(*(np.array(column, dtype=np.int64) for column in zip(*runs, strict=True)))
    matches = matches.with_columns({"paths": path})
    with pytest.MonkeyPatch.context() as patch:
        for module in (breaks, components, first_places):
            patch.setattr(module, "_SLICE", 5)
        _, first = texts_carried(matches, tokens, np.zeros(0, dtype=np.int64))
    passages = [span for a, a_end, b, b_end in rows for span in ((a, a_end), (b, b_end))]
    expected, inside = plain(passages, tokens, runs), first.inside.positions()
    assert first.places.tolist() == [expected[token] for token in inside.tolist()]
    assert {token for token, place in enumerate(expected) if token != place} <= set(inside.tolist())
