"""The columns that every later stage reads: one row a token, all documents end to end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.ragged import bounds_of, owners_of, ranges, slices_of
from reuse.corpus.hashing import factorise
from reuse.work.workers import ALONE, Workers

_SLICE = 1 << 18  # tokens looked at at a time, so that temporaries stay in the cache


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The distinct normalised words of a corpus; a word's id is its row.

    Attributes:
        hashes: uint64 (words,): 64-bit hash of each normalised word, in order of first occurrence.
        counts: int64 (words,): occurrences in the corpus.
        first: int64 (words,): position (row of Tokens) of the first occurrence; cut its span to read the word.
        words: The words themselves, normalised but for their hyphens; empty where a stored run left them out.
        spellings: Each word as it is written most often; empty as `words`.
        classes: uint64 (words,): hash of the class of each word: words of one class are the same to readers (see
            `letters`), and so to matching and searching. A word that is alone in its class has its own hash.
    """

    hashes: NDArray[np.uint64]
    counts: NDArray[np.int64]
    first: NDArray[np.int64]
    words: Sequence[str] = ()
    spellings: Sequence[str] = ()
    classes: NDArray[np.uint64] = field(default_factory=lambda: np.zeros(0, dtype=np.uint64))

    def __len__(self) -> int:
        return len(self.hashes)

    def heads(self) -> NDArray[np.int32]:
        """The first word of the class of each word (int32, words)."""
        distinct, numbers = factorise(self.classes)
        heads = np.empty(len(distinct), dtype=np.int32)
        heads[numbers[::-1]] = np.arange(len(self) - 1, -1, -1, dtype=np.int32)
        return heads[numbers]

    def ids_of(self, hashes: NDArray[np.uint64]) -> NDArray[np.int64]:
        """Ids (int64, same shape) of hashed words; -1 where the corpus does not have the word."""
        order = np.argsort(self.hashes)
        at = np.searchsorted(self.hashes, hashes, sorter=order)
        found = order[np.minimum(at, len(order) - 1)] if len(order) else np.zeros(len(hashes), dtype=np.int64)
        known = self.hashes[found] == hashes if len(order) else np.zeros(len(hashes), dtype=bool)
        return np.where(known, found, -1)


@dataclass(frozen=True, slots=True)
class Tokens:
    """All tokens of a corpus, document after document, as flat columns. A token's *position* is its row.

    Attributes:
        ids: int32 (n,): vocabulary id of the normalised word.
        starts: int32 (n,): where the token begins in its document's original text, in code points.
        ends: int32 (n,): where it ends (half-open). A word broken at a line or page end spans the break.
        opens_sentence: bool (n,): True for the first token of a sentence; the first token of a document always is one.
        bounds: int64 (documents + 1,): document d owns the positions bounds[d] to bounds[d + 1].
        vocabulary: The distinct words.
        opens_part: bool (n,): True for the first token of a sentence, and for one behind a mark that parts it from the
            token before: a comma, a bracket, a quote, a dash. Empty where that is not known, as in a stored run.
    """

    ids: NDArray[np.int32]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    opens_sentence: NDArray[np.bool_]
    bounds: NDArray[np.int64]
    vocabulary: Vocabulary
    opens_part: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=bool))

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def documents(self) -> int:
        """Number of documents."""
        return len(self.bounds) - 1

    def alike(self, workers: Workers = ALONE) -> Tokens:
        """The same tokens, words that readers take for the same being one word: the first of them in the vocabulary.

        Ids keep their meaning; of a word that another stands for, the vocabulary counts no occurrence.

        Args:
            workers: Have a place for columns.
        """
        known = self.vocabulary
        if np.array_equal(known.classes, known.hashes):
            return self
        head_of = known.heads()
        counts = np.zeros(len(known), dtype=np.int64)
        np.add.at(counts, head_of, known.counts)
        vocabulary = replace(known, hashes=known.classes, counts=counts)
        ids = workers.column(len(self), np.int32)
        for start in range(0, len(self), _SLICE):
            ids[start : start + _SLICE] = head_of[self.ids[start : start + _SLICE]]
        return replace(self, ids=ids, vocabulary=vocabulary)

    def by_class(self) -> Tokens:
        """The same tokens, the hash of each word being that of its class: for what looks at hashes and at no ids."""
        return replace(self, vocabulary=replace(self.vocabulary, hashes=self.vocabulary.classes))

    def of_documents(self, documents: NDArray[np.int64]) -> Tokens:
        """The tokens of some documents (int64, ordinals), in their order and under the same vocabulary.

        It is left out where they stand in the documents' texts.
        """
        sizes = np.diff(self.bounds)[documents]
        own = ranges(self.bounds[documents], sizes)
        nowhere = np.zeros(0, dtype=np.int32)
        return Tokens(self.ids[own], nowhere, nowhere, self.opens_sentence[own], bounds_of(sizes), self.vocabulary)

    def document_of(self, positions: NDArray[np.integer]) -> NDArray[np.int64]:
        """Ordinals (int64) of the documents that own the positions."""
        return owners_of(self.bounds, positions)

    def document_of_each(self, workers: Workers = ALONE) -> NDArray[np.int32]:
        """Ordinals (int32, one a token) of the documents of all tokens.

        Args:
            workers: Have a place for columns.
        """
        documents: NDArray[np.int32] = workers.column(len(self), np.int32)
        sizes, numbers = np.diff(self.bounds), np.arange(self.documents, dtype=np.int32)
        for some in slices_of(sizes, _SLICE):
            documents[self.bounds[some.start] : self.bounds[some.stop]] = np.repeat(numbers[some], sizes[some])
        return documents
