"""How much of their text two passages carry both, word by word."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reuse.align.paths import Paths
from reuse.arrays.breaks import Breaks
from reuse.arrays.spans import Union
from reuse.clusters import carried
from reuse.clusters.carried import CarriedWords
from reuse.clusters.first_places import Carried, FirstPlaces

TOKENS = 60
RUNS = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 6)), min_size=1, max_size=5)


@given(
    st.lists(st.tuples(RUNS, st.integers(0, 20), st.integers(0, 20)), min_size=1, max_size=8),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 20)), max_size=3),
    st.one_of(
        st.lists(st.integers(0, 20), min_size=TOKENS, max_size=TOKENS),
        st.lists(st.integers(0, 40), min_size=6, max_size=6).map(
            lambda starts: [s + i for s in starts for i in range(10)]
        ),
    ),
    st.integers(1, 40),
)
def test_a_share_is_that_of_plain_sets(rows, documents, first, most):
    paths, cut, carried_tokens = [], [], []
    for runs, skipped, size in rows:
        at, here = 0, []
        for gap, run in runs:
            here.append((at + gap, run))
            at += gap + run
        low = min(skipped, at - 1)
        high = low + max(size, 1)
        paths.append(here)
        cut.append((low, high))
        carried_tokens.append([at for start, run in here for at in range(start, start + run) if low <= at < high])
    carried_tokens += [range(start, start + size) for start, size in documents]
    a = np.array([start for one in paths for start, _ in one])
    size = np.array([size for one in paths for _, size in one])
    bounds = np.cumsum([0, *(len(one) for one in paths)])
    start, end = np.array(cut).T
    texts = Carried(np.arange(len(rows)), start, end, start, end, start, end, end - start)
    starts, sizes = np.array(documents, dtype=np.int64).reshape(-1, 2).T
    column = np.array(first)
    places = FirstPlaces(Union.of(np.array([0]), np.array([TOKENS])), column, Breaks.of(column))
    words = [{first[at] for at in one} for one in carried_tokens]
    known = CarriedWords(texts, Paths(bounds, a, a, size), places, starts, starts + sizes)
    one, other = (axis.ravel() for axis in np.indices((len(words), len(words))))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(carried, "_SLICE", most)
        found = known.common(one, other)
    expected = [
        len(words[i] & words[j]) / max(min(len(words[i]), len(words[j])), 1) for i, j in zip(one, other, strict=True)
    ]
    assert found.tolist() == expected
