"""Corpora of words without texts."""

from __future__ import annotations

import numpy as np
import pytest

from reuse.corpus.tokens import Tokens, Vocabulary


def tokens_from(documents):
    """Lists of words -> Tokens, each document one sentence, words told by a hash of their own."""
    names = sorted({word for document in documents for word in document})
    number = {name: place for place, name in enumerate(names)}
    ids = np.array([number[word] for document in documents for word in document], dtype=np.int32)
    bounds = np.cumsum([0, *map(len, documents)]).astype(np.int64)
    opens = np.zeros(len(ids), dtype=bool)
    opens[bounds[:-1][np.diff(bounds) > 0]] = True
    hashes = np.array([hash_of(name) for name in names], dtype=np.uint64)
    counts = np.bincount(ids, minlength=len(names)).astype(np.int64)
    starts = (np.arange(len(ids)) * 10).astype(np.int32)
    first = np.unique(ids, return_index=True)[1].astype(np.int64)
    return Tokens(ids, starts, starts + 9, opens, bounds, Vocabulary(hashes, counts, first, names))


def hash_of(word):
    """A hash that depends on the word alone."""
    return int.from_bytes(word.encode().ljust(8, b"\0")[:8], "big") * 0x9E3779B97F4A7C15 % 2**64


@pytest.fixture(scope="session")
def corpus_of():
    """The builder, for property tests as well."""
    return tokens_from


@pytest.fixture(scope="session")
def word_hash():
    """The hash of a word in such corpora."""
    return hash_of


@pytest.fixture(scope="session")
def seeds_run(tmp_path_factory):
    """The seeds, scanned once."""
    from pathlib import Path

    import reuse

    seeds = Path(__file__).parents[2] / "seeds"
    with reuse.scan(seeds, tmp_path_factory.mktemp("seeds") / "seeds.reuse") as run:
        yield run
