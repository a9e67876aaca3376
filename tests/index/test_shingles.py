"""Shingles: equal words, equal hashes; none crosses the end of a document."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reuse.corpus.tokenise import tokenise
from reuse.index.shingles import complete, shingle_hashes

TEXTS = st.lists(st.lists(st.sampled_from("abcd"), max_size=15).map(" ".join), min_size=1, max_size=4)


@given(TEXTS, st.integers(1, 9))
def test_equal_words_equal_hashes(texts, size):
    tokens = tokenise((text, None) for text in texts)
    hashes = shingle_hashes(tokens, size)
    whole = complete(tokens, size)
    words: dict[tuple[int, ...], int] = {}
    for document in range(tokens.documents):
        low, high = tokens.bounds[document : document + 2].tolist()
        for start in range(low, high):
            assert whole[start] == (start + size <= high)
            if whole[start]:
                shingle = tuple(tokens.ids[start : start + size].tolist())
                assert words.setdefault(shingle, int(hashes[start])) == hashes[start]
    assert len(set(words.values())) == len(words)


@given(TEXTS, st.integers(1, 4), st.data())
def test_chosen_positions(texts, size, data):
    tokens = tokenise((text, None) for text in texts)
    chosen = np.array(sorted(data.draw(st.sets(st.integers(0, max(len(tokens) - 1, 0))))), dtype=np.int64)
    chosen = chosen[chosen < len(tokens)]
    np.testing.assert_array_equal(shingle_hashes(tokens, size, chosen), shingle_hashes(tokens, size)[chosen])
    np.testing.assert_array_equal(complete(tokens, size, chosen), complete(tokens, size)[chosen])


def test_hashes_do_not_depend_on_the_corpus():
    alone = tokenise([("the bonds of kinship", None)])
    among = tokenise([("of kinship and kin", None), ("the bonds of kinship", None)])
    assert shingle_hashes(alone, 4)[0] == shingle_hashes(among, 4)[4]


def test_order_counts():
    tokens = tokenise([("one two", None), ("two one", None)])
    assert shingle_hashes(tokens, 2)[0] != shingle_hashes(tokens, 2)[2]


def test_a_shingle_has_a_token():
    with pytest.raises(ValueError, match="at least one"):
        shingle_hashes(tokenise([("a", None)]), 0)
