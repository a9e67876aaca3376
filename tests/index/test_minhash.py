"""Signatures are those of datasketch, for any corpus, window and seed."""

import datasketch
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reuse.corpus.tokenise import tokenise
from reuse.index.minhash import SCHEME, permutations, signatures, windows_of
from reuse.index.shingles import shingle_hashes
from reuse.options import IndexOptions


def corpus(*texts):
    return tokenise((text, None) for text in texts)


def reference(tokens, windows, options):
    """One MinHash at a time."""
    hashes = shingle_hashes(tokens, options.shingle) & np.uint64(0xFFFFFFFF)
    rows = []
    for start, end in zip(windows.start.tolist(), windows.end.tolist(), strict=True):
        one = datasketch.MinHash(options.permutations, options.seed, hashfunc=int, scheme=SCHEME)
        one.update_batch(hashes[start : end - options.shingle + 1].tolist())
        rows.append(one.hashvalues)
    return np.array(rows, dtype=np.uint32).reshape(-1, options.permutations)


documents = st.lists(
    st.lists(st.sampled_from(["a", "b", "c", "deal", "over"]), max_size=60).map(" ".join), min_size=1, max_size=6
)


@st.composite
def index_options(draw):
    shingle = draw(st.integers(1, 5))
    window = draw(st.integers(shingle, 30))
    return IndexOptions(
        shingle=shingle,
        window=window,
        step=draw(st.integers(1, window)),
        permutations=draw(st.integers(1, 20)),
        seed=draw(st.integers(0, 2**32 - 1)),
        minhash="off",  # so few permutations would find too little, but they are signatures all the same
    )


@given(documents, index_options())
@settings(max_examples=60, deadline=None)
def test_signatures_are_those_of_datasketch(texts, options):
    tokens = corpus(*texts)
    windows = windows_of(tokens.bounds, options)
    assert np.array_equal(signatures(tokens, windows, options), reference(tokens, windows, options))


@given(documents, index_options(), st.integers(0, 2**32 - 1))
@settings(max_examples=30, deadline=None)
def test_some_windows_have_the_same_signatures_as_among_all(texts, options, seed):
    tokens = corpus(*texts)
    windows = windows_of(tokens.bounds, options)
    chosen = np.random.default_rng(seed).random(len(windows)) < 0.5
    every = signatures(tokens, windows, options)
    assert np.array_equal(signatures(tokens, windows.take(chosen), options), every[chosen])


@pytest.mark.parametrize("seed", [0, 1, 42, 2**32 - 1])
def test_permutations_are_those_of_datasketch(seed):
    theirs = datasketch.MinHash(128, seed, scheme=SCHEME).permutations
    assert np.array_equal(np.array(permutations(128, seed)), theirs)


def test_datasketchs_default_scheme_is_still_the_one_we_speak():
    assert datasketch.MinHash(4).scheme == SCHEME


@given(documents, index_options())
@settings(max_examples=40, deadline=None)
def test_windows_cover_every_shingle_and_cross_no_border(texts, options):
    tokens = corpus(*texts)
    windows = windows_of(tokens.bounds, options)
    covered = set()
    for start, end in zip(windows.start.tolist(), windows.end.tolist(), strict=True):
        assert options.shingle <= end - start <= options.window
        assert tokens.document_of(np.array([start]))[0] == tokens.document_of(np.array([end - 1]))[0]
        covered.update(range(start, end))
    lengths = np.diff(tokens.bounds)
    assert len(covered) == lengths[lengths >= options.shingle].sum()


def test_windows_by_hand():
    #          0         10        20
    #          |.........|.........|....    25 tokens: windows of 18 every 8, the last one to the end
    tokens = corpus(" ".join(["word"] * 25), "too short", "four words of text")
    windows = windows_of(tokens.bounds, IndexOptions())
    assert windows.start.tolist() == [0, 7, 27]
    assert windows.end.tolist() == [18, 25, 31]


def test_many_windows_are_as_right_as_few(monkeypatch):
    text = " ".join(f"w{number * number % 97}" for number in range(500))
    tokens = corpus(text, text[:100], "a b c d", text)
    options = IndexOptions()
    windows = windows_of(tokens.bounds, options)
    every = signatures(tokens, windows, options)
    monkeypatch.setattr("reuse.index.minhash._CHUNK", 7)
    assert np.array_equal(signatures(tokens, windows, options), every)
    assert np.array_equal(every, reference(tokens, windows, options))
