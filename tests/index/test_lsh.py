"""Bands for a stated recall, candidates by one sort a band, stars where a bucket is crowded."""

import itertools

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reuse.corpus.tokenise import tokenise
from reuse.errors import OptionsError
from reuse.index import candidates, lsh
from reuse.index.candidates import find_candidates
from reuse.index.lsh import Bands, candidate_windows, choose_bands, lsh_anchors, s_curve
from reuse.index.minhash import signatures, windows_of
from reuse.index.pairing import Pairing
from reuse.index.seeds import Anchors
from reuse.options import IndexOptions, ScanOptions


def corpus(*texts):
    return tokenise((text, None) for text in texts)


@given(st.integers(1, 128), st.floats(0.01, 0.99), st.floats(0.05, 0.95))
@settings(max_examples=100, deadline=None)
def test_chosen_bands_reach_the_recall_and_no_steeper_ones_do(permutations, recall, similarity):
    assume(abs(Bands(permutations, 1).probability(similarity) - recall) > 1e-9)  # rounding decides a tie
    if Bands(permutations, 1).probability(similarity) < recall:
        with pytest.raises(OptionsError, match="set permutations to"):
            choose_bands(permutations, recall, similarity)
        return
    bands = choose_bands(permutations, recall, similarity)
    assert bands.count * bands.rows <= permutations
    assert bands.probability(similarity) >= recall - 1e-12
    for rows in range(bands.rows + 1, permutations + 1):
        assert Bands(permutations // rows, rows).probability(similarity) < recall
    if bands.count > 1:
        assert Bands(bands.count - 1, bands.rows).probability(similarity) < recall


def test_an_error_says_how_many_permutations_are_enough():
    with pytest.raises(OptionsError, match=r"4 permutations cannot reach recall 0.9 at similarity 0.2.* 11 or more"):
        choose_bands(4, 0.9, 0.2)
    assert choose_bands(11, 0.9, 0.2) == Bands(11, 1)


def test_options_that_promise_too_much_are_refused():
    with pytest.raises(OptionsError, match=r"4 permutations cannot reach recall 0.95 at similarity 0.2"):
        ScanOptions(index=IndexOptions(permutations=4))
    ScanOptions(index=IndexOptions(permutations=4, recall=0.5))
    ScanOptions(index=IndexOptions(permutations=4, minhash="off"))


def test_the_curve_rises_from_nothing_to_certainty():
    curve = s_curve(Bands(14, 2))
    assert curve[0] == (0.0, 0.0)
    assert curve[-1] == (1.0, 1.0)
    assert all(low[1] <= high[1] for low, high in itertools.pairwise(curve))


def test_the_stated_recall_is_the_measured_one():
    # Sets of 16 of which half a pair's union is shared, as random numbers: no text needed.
    options = IndexOptions(permutations=16, recall=0.8, similarity=1 / 3)
    generator = np.random.default_rng(1)
    texts = []
    for pair in range(400):
        shared = [f"s{pair}x{number}" for number in range(8)]
        for side in "ab":
            own = [f"{side}{pair}x{number}" for number in range(8)]
            texts.append(" ".join(generator.permutation(shared + own).tolist()))
    options = IndexOptions(shingle=1, window=16, permutations=16, recall=0.8, similarity=1 / 3)
    tokens = corpus(*texts)
    windows = windows_of(tokens.bounds, options)
    bands = choose_bands(options.permutations, options.recall, options.similarity)
    found = candidate_windows(windows, signatures(tokens, windows, options), bands, Pairing.of(tokens), options)
    pairs = set(zip(*(rows.tolist() for rows in found), strict=True))
    hits = sum((2 * pair, 2 * pair + 1) in pairs for pair in range(400))
    assert hits / 400 == pytest.approx(bands.probability(1 / 3), abs=0.06)


def same_shingles(tokens, windows, first, second, size):
    """Every shared shingle of every pair, one at a time."""
    found = set()
    for left, right in zip(first.tolist(), second.tolist(), strict=True):
        for a in range(int(windows.start[left]), int(windows.end[left]) - size + 1):
            for b in range(int(windows.start[right]), int(windows.end[right]) - size + 1):
                if tokens.ids[a : a + size].tolist() == tokens.ids[b : b + size].tolist():
                    found.add((a, b))
    return found


@given(
    st.lists(st.lists(st.sampled_from("abcd"), max_size=40).map(" ".join), min_size=1, max_size=5),
    st.integers(1, 3),
    st.integers(3, 12),
)
@settings(max_examples=50, deadline=None)
def test_anchors_are_the_shared_shingles_of_candidates(texts, shingle, window):
    tokens = corpus(*texts)
    options = IndexOptions(shingle=shingle, window=window, step=max(window // 2, 1), cap=3, permutations=16)
    windows = windows_of(tokens.bounds, options)
    bands = choose_bands(options.permutations, options.recall, options.similarity)
    signed = signatures(tokens, windows, options)
    first, second = candidate_windows(windows, signed, bands, Pairing.of(tokens), options)
    assert (windows.end[first] <= windows.start[second]).all()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lsh, "_PAIRS", 7)
        parts = lsh_anchors(tokens, windows, signed, Pairing.of(tokens), options)
    anchors = Anchors.concatenate(Anchors.empty(size=shingle), *parts)
    each = anchors.each()
    shared = list(zip(each.a.tolist(), each.b.tolist(), strict=True))
    assert set(shared) == same_shingles(tokens, windows, first, second, shingle)
    # What stands alone between two windows is told once.
    alone = anchors.take(anchors.shingles == 1)
    assert len(set(zip(alone.a.tolist(), alone.b.tolist(), strict=True))) == len(alone)


@pytest.mark.parametrize("copies", [200, 400])
def test_a_crowded_bucket_is_a_star_and_nobody_is_left_out(copies):
    #  w0 ── w1, w2, w3, …      every copy is linked to a few of the first, not to one another
    phrase = " ".join(f"word{number}" for number in range(18))
    tokens = corpus(*[phrase] * copies)
    options = IndexOptions()
    windows = windows_of(tokens.bounds, options)
    bands = choose_bands(options.permutations, options.recall, options.similarity)
    first, second = candidate_windows(windows, signatures(tokens, windows, options), bands, Pairing.of(tokens), options)
    assert set(second.tolist()) == set(range(1, copies))
    assert set(first.tolist()) == set(range(options.representatives))
    assert len(first) <= copies * options.representatives


def test_documents_of_one_group_are_not_compared():
    tokens = corpus(*["one two three four five"] * 3)
    options = IndexOptions(minhash="all")
    pairing = Pairing.of(tokens, np.array([0, 0, 1], dtype=np.int32))
    *_, anchors = find_candidates(tokens, pairing, options)[0]
    documents = set(zip(tokens.document_of(anchors.a).tolist(), tokens.document_of(anchors.b).tolist(), strict=True))
    assert documents == {(0, 2), (1, 2)}


@pytest.mark.parametrize(("minhash", "windows"), [("off", 0), ("crowded", 40), ("all", 60)])
def test_signed_windows_are_those_asked_for(minhash, windows, monkeypatch):
    monkeypatch.setattr(candidates, "_SLICE", 30)
    #  forty times the same sentence, and twenty of their own
    common = " ".join(f"word{number}" for number in range(12))
    own = [" ".join(f"own{document}x{number}" for number in range(12)) for document in range(20)]
    tokens = corpus(*[common] * 40, *own)
    _, signed = find_candidates(tokens, Pairing.of(tokens), IndexOptions(minhash=minhash))
    assert len(signed.windows) == windows
    assert signed.signatures.shape == (windows, IndexOptions().permutations)


def test_crowded_phrases_with_changes_are_found_again():
    #  the same phrase a hundred times, every fifth word another in each: no eight words in a row are shared,
    #  and fewer are too frequent for the exact join
    generator = np.random.default_rng(2)
    texts = []
    for document in range(100):
        words = [f"word{number}" for number in range(30)]
        for number in range(int(generator.integers(5)), 30, 6):
            words[number] = f"new{document}x{number}"
        texts.append(" ".join(words))
    tokens = corpus(*texts)

    def linked(minhash):
        anchors, _ = find_candidates(tokens, Pairing.of(tokens), IndexOptions(minhash=minhash))
        return np.mean(np.bincount(tokens.document_of(np.concatenate([part.b for part in anchors])), minlength=100) > 0)

    assert linked("off") < 0.7
    assert linked("crowded") > 0.95
