"""Corpora built from lists of words, for tests that need no files."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from reuse.corpus.tokens import Tokens, Vocabulary


def tokens_of(documents: Sequence[Sequence[Sequence[str]]]) -> tuple[Tokens, list[str]]:
    """Documents as lists of sentences as lists of words -> Tokens, and the words by vocabulary id.

    Offsets are those of the words joined by single spaces.
    """
    known: dict[str, int] = {}
    ids, starts, ends, opens, bounds = [], [], [], [], [0]
    for document in documents:
        offset = 0
        for sentence in document:
            for place, word in enumerate(sentence):
                ids.append(known.setdefault(word, len(known)))
                starts.append(offset)
                ends.append(offset + len(word))
                opens.append(place == 0)
                offset += len(word) + 1
        bounds.append(len(ids))
    column = np.array(ids, dtype=np.int32)
    words = list(known)
    # A hash that depends on the word alone, as the tokeniser's does.
    hashes = np.array([int.from_bytes(word.encode().ljust(8, b"\0")[:8], "big") for word in words], dtype=np.uint64)
    counts = np.bincount(column, minlength=len(words)).astype(np.int64)
    first = np.unique(column, return_index=True)[1].astype(np.int64)
    tokens = Tokens(
        column,
        np.array(starts, dtype=np.int32),
        np.array(ends, dtype=np.int32),
        np.array(opens, dtype=bool),
        np.array(bounds, dtype=np.int64),
        Vocabulary(hashes * np.uint64(0x9E3779B97F4A7C15), counts, first),
    )
    return tokens, words


@pytest.fixture(scope="session")
def corpus():
    """The builder of corpora; of the session, so that property tests may use it."""
    return tokens_of
