"""A run's documents and new ones behind them: their tokens under one vocabulary, and which of them are copies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reuse.corpus.hashing import factorise
from reuse.corpus.normalise import normal_form
from reuse.corpus.tokens import Tokens, Vocabulary
from reuse.corpus.witnesses import find_witnesses
from reuse.incremental.collection import Collection
from reuse.index.shingles import shingle_hashes
from reuse.run.query_index import QueryIndex
from reuse.run.run import Run

Behind = Callable[[str, NDArray[Any]], NDArray[Any]]
"""Gives a column of a run, by its name, with further rows behind it."""

_OPENING = 8  # words by which texts are told that may be copies of one another


@dataclass(frozen=True)
class Grown:
    """The documents of a run, and new ones behind them.

    Attributes:
        index: What the run keeps of the old ones.
        every: All.
        before: Documents that were there.
    """

    index: QueryIndex
    every: Collection
    before: int

    @classmethod
    def of(cls, run: Run, new: Tokens, behind: Behind) -> Grown:
        """Those of a run, and new ones.

        Args:
            run: The run.
            new: Tokens of the new documents.
            behind: Gives a column of the run with further rows behind it.
        """
        index = QueryIndex.load(run)
        tokens = _together(run, new, behind)
        before = run.tokens.documents
        return cls(index, Collection(tokens, _text_of(index, tokens, before)), before)

    @property
    def tokens(self) -> Tokens:
        """The tokens of all documents."""
        return self.every.tokens

    @property
    def old(self) -> Tokens:
        """The tokens of the old documents, the hash of a word being that of its class."""
        tokens = self.tokens.by_class()
        bounds = tokens.bounds[: self.before + 1]
        return replace(tokens, ids=tokens.ids[: bounds[-1]], bounds=bounds)

    @property
    def added(self) -> Tokens:
        """The tokens of the new documents."""
        return self.tokens.of_documents(np.arange(self.before, self.tokens.documents))

    @property
    def fresh(self) -> NDArray[np.int64]:
        """The first documents of texts that are new (int64), ascending."""
        return self.every.firsts[np.searchsorted(self.every.firsts, self.before) :]

    @property
    def copied_now(self) -> NDArray[np.int64]:
        """First documents (int64) of old texts of which there are new copies."""
        of_new = self.every.text_of[self.before :]
        return np.unique(of_new[of_new < self.before])


def _together(run: Run, new: Tokens, behind: Behind) -> Tokens:
    """The tokens of a run and, behind them, new ones; its words keep their numbers and their spellings."""
    old, stored, added = run.tokens, run.tokens.vocabulary, new.vocabulary
    hashes, number = factorise(np.concatenate((stored.hashes, added.hashes)))
    number = number[len(stored) :]
    counts = np.zeros(len(hashes), dtype=np.int64)
    counts[: len(stored)] = stored.counts
    np.add.at(counts, number, added.counts)
    unknown = np.flatnonzero(number >= len(stored))
    known = list(run.sql("SELECT text, normal FROM words ORDER BY word"))
    # What has no hyphen is the same with hyphens and without.
    words = [normal if text.isalnum() else normal_form(text) for text, normal in known]
    words += [normal_form(added.spellings[row]) for row in unknown.tolist()]
    spellings = [text for text, _ in known] + [added.spellings[row] for row in unknown.tolist()]
    vocabulary = Vocabulary(
        hashes,
        counts,
        np.concatenate((stored.first, added.first[unknown] + len(old))),
        words,
        spellings,
        np.concatenate((stored.classes, added.classes[unknown])),
    )
    return Tokens(
        behind("token_ids", number[new.ids]),
        behind("token_starts", new.starts),
        behind("token_ends", new.ends),
        behind("sentence_starts", new.opens_sentence),
        np.concatenate((old.bounds, new.bounds[1:] + len(old))),
        vocabulary,
        behind("part_starts", new.opens_part),
    )


def _text_of(index: QueryIndex, tokens: Tokens, before: int) -> NDArray[np.int64]:
    """The first document that has the same words as each (int64, documents), those of the run being known."""
    text_of = np.concatenate((index.text_of(), np.arange(before, tokens.documents)))
    firsts = np.flatnonzero(text_of[:before] == np.arange(before))
    classed = tokens.by_class()
    # Old texts of the same length and, if they are long enough, the same opening as a new one.
    sizes = np.diff(tokens.bounds)
    opening = shingle_hashes(classed, _OPENING, tokens.bounds[:-1]) if len(tokens) else sizes.astype(np.uint64)
    kind = np.where(sizes < _OPENING, 0, opening) + sizes.astype(np.uint64)
    rows = np.concatenate((firsts[np.isin(kind[firsts], kind[before:])], np.arange(before, tokens.documents)))
    found, _ = find_witnesses(classed.of_documents(rows))
    text_of[rows] = rows[found.first][found.of_documents()]
    return text_of
