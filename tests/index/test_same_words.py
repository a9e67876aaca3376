"""Places in groups: what is told of a group at once is what is told word by word."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from reuse.corpus.tokenise import tokenise
from reuse.corpus.tokens import Tokens
from reuse.index.same_words import SameWords, Side

SIZE = 3
TEXTS = st.lists(st.text("abc ", max_size=30), min_size=1, max_size=4)


def in_groups(text: Tokens, corpus: Tokens, told_by: int, collide: bool) -> SameWords:
    """Places of SIZE tokens, in groups by so many of their words; places of other words are dealt to them as well."""
    hashes = np.unique(text.vocabulary.hashes)
    sides = Side.of(text, hashes), Side.of(corpus, hashes)

    def places(tokens: Tokens) -> NDArray[np.int64]:
        spans = zip(tokens.bounds.tolist(), tokens.bounds[1:].tolist(), strict=False)
        return np.array([at for low, high in spans for at in range(low, high - SIZE + 1)], dtype=np.int64)

    def said(side: Side, at: NDArray[np.int64]) -> list[tuple[int, ...]]:
        words = np.stack([side.words(at + offset) for offset in range(told_by)], axis=1) if told_by else at[:, None] * 0
        return [tuple(row) for row in words.tolist()]

    a, b = places(text), places(corpus)
    known = {words: number for number, words in enumerate(sorted(set(said(sides[0], a))))}
    a_group = np.array([known[words] for words in said(sides[0], a)], dtype=np.int64)
    other = (at % len(known) if collide and known else -1 for at in b.tolist())
    b_group = np.array([known.get(words, at) for words, at in zip(said(sides[1], b), other, strict=True)])
    there = b_group >= 0
    b, b_group = b[there], b_group[there].astype(np.int64)
    by_a, by_b = np.lexsort((a, a_group)), np.lexsort((b, b_group))
    return SameWords(*sides, a[by_a], b[by_b], a_group[by_a], b_group[by_b])


@given(TEXTS, TEXTS, st.integers(0, SIZE), st.booleans())
def test_groups_told_at_once_are_those_told_word_by_word(
    text: list[str], corpus: list[str], told_by: int, collide: bool
) -> None:
    """Groups whose places in the text say the same (told by all SIZE words), and groups in which they do not."""
    asked, tokens = (tokenise((one, None) for one in texts) for texts in (text, corpus))
    same = in_groups(asked, tokens, told_by, collide) if len(asked) else None
    if same is None or not len(same.a):
        return
    found, plain = same.confirmed(SIZE), same
    for offset in range(SIZE):
        plain = plain.agreeing(offset)
    for name in ("a", "b", "a_group", "b_group"):
        assert getattr(found, name).tolist() == getattr(plain, name).tolist()
