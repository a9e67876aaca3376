"""A run's documents and new ones behind them: their tokens under one vocabulary, and which of them are copies."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.keys import differs
from reuse.arrays.ragged import bounds_of
from reuse.corpus.hashing import factorise
from reuse.corpus.normalise import normal_form
from reuse.corpus.tokens import Tokens, Vocabulary
from reuse.corpus.witnesses import Witnesses, find_witnesses
from reuse.index.shingles import shingle_hashes
from reuse.run.query_index import QueryIndex
from reuse.run.run import Run

_OPENING = 8  # words by which texts are told that may be copies of one another


@dataclass(frozen=True)
class Grown:
    """All documents, the new ones behind the old ones.

    Attributes:
        index: What the run keeps of the old ones.
        tokens: Of all.
        before: Documents that were there.
        text_of: int64 (documents,): the first document that has the same words in the same order.
    """

    index: QueryIndex
    tokens: Tokens
    before: int
    text_of: NDArray[np.int64]

    @classmethod
    def of(cls, run: Run, new: Tokens) -> Grown:
        """Those of a run, and new ones."""
        index = QueryIndex.load(run)
        tokens = _together(run, new)
        before = run.tokens.documents
        return cls(index, tokens, before, _text_of(index, tokens, before))

    @cached_property
    def alike(self) -> Tokens:
        """The tokens, words that readers take for the same being one."""
        return self.tokens.alike()

    @cached_property
    def old(self) -> Tokens:
        """The tokens of the old documents, the hash of a word being that of its class."""
        bounds = self.tokens.bounds[: self.before + 1]
        return replace(self.alike, ids=self.alike.ids[: bounds[-1]], bounds=bounds)

    @cached_property
    def firsts(self) -> NDArray[np.int64]:
        """The first document of each distinct text (int64), ascending."""
        return np.flatnonzero(self.text_of == np.arange(len(self.text_of)))

    @property
    def fresh(self) -> NDArray[np.int64]:
        """Those of them that are new (int64)."""
        return self.firsts[np.searchsorted(self.firsts, self.before) :]

    @property
    def copied_now(self) -> NDArray[np.int64]:
        """First documents (int64) of old texts of which there are new copies."""
        of_new = self.text_of[self.before :]
        return np.unique(of_new[of_new < self.before])

    @cached_property
    def witnesses(self) -> Witnesses:
        """The distinct texts, in the order of their first documents."""
        order = np.lexsort((np.arange(len(self.text_of)), self.text_of))
        bounds = np.append(np.flatnonzero(differs(self.text_of[order])), len(order))
        own = bounds_of(np.diff(self.tokens.bounds)[self.firsts])[:-1]
        return Witnesses(order, bounds, self.tokens.bounds[self.firsts] - own)

    @cached_property
    def texts(self) -> Tokens:
        """The tokens of the distinct texts."""
        alike = self.alike
        return alike if len(self.firsts) == alike.documents else alike.of_documents(self.firsts)

    def before_text(self, positions: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many tokens stand before the text of each position and are none of a text's (int64)."""
        return self.witnesses.shift[np.searchsorted(self.firsts, self.tokens.document_of(positions))]


def _together(run: Run, new: Tokens) -> Tokens:
    """The tokens of a run and, behind them, new ones; its words keep their numbers and their spellings."""
    old, stored, added = run.tokens, run.tokens.vocabulary, new.vocabulary
    hashes, number = factorise(np.concatenate((stored.hashes, added.hashes)))
    number = number[len(stored) :]
    counts = np.zeros(len(hashes), dtype=np.int64)
    counts[: len(stored)] = stored.counts
    np.add.at(counts, number, added.counts)
    unknown = np.flatnonzero(number >= len(stored))
    spellings = [text for (text,) in run.sql("SELECT text FROM words ORDER BY word")]
    spellings += [added.spellings[row] for row in unknown.tolist()]
    vocabulary = Vocabulary(
        hashes,
        counts,
        np.concatenate((stored.first, added.first[unknown] + len(old))),
        list(map(normal_form, spellings)),
        spellings,
        np.concatenate((stored.classes, added.classes[unknown])),
    )
    return Tokens(
        np.concatenate((old.ids, number[new.ids])),
        np.concatenate((old.starts, new.starts)),
        np.concatenate((old.ends, new.ends)),
        np.concatenate((old.opens_sentence, new.opens_sentence)),
        np.concatenate((old.bounds, new.bounds[1:] + len(old))),
        vocabulary,
        np.concatenate((run.column("part_starts"), new.opens_part)),
    )


def _text_of(index: QueryIndex, tokens: Tokens, before: int) -> NDArray[np.int64]:
    """The first document that has the same words as each (int64, documents), those of the run being known."""
    text_of = np.arange(tokens.documents)
    text_of[index.documents] = np.repeat(index.documents[index.bounds[:-1]], np.diff(index.bounds))
    firsts = np.flatnonzero(text_of[:before] == np.arange(before))
    classed = replace(tokens, vocabulary=replace(tokens.vocabulary, hashes=tokens.vocabulary.classes))
    # Old texts of the same length and, if they are long enough, the same opening as a new one.
    sizes = np.diff(tokens.bounds)
    opening = shingle_hashes(classed, _OPENING, tokens.bounds[:-1]) if len(tokens) else sizes.astype(np.uint64)
    kind = np.where(sizes < _OPENING, 0, opening) + sizes.astype(np.uint64)
    rows = np.concatenate((firsts[np.isin(kind[firsts], kind[before:])], np.arange(before, tokens.documents)))
    found, _ = find_witnesses(classed.of_documents(rows))
    text_of[rows] = rows[found.first][found.of_documents()]
    return text_of
