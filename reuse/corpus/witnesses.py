"""Witnesses: the distinct texts of a corpus, in an order that follows from what they say.

Documents of the same words are copies of one text. They are compared with the rest once, and what was found of the one
holds of all. That texts are put in the order of a hash of their words makes everything that a stage decides by position
the same, however the documents are named and listed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.hashing import placed
from reuse.arrays.keys import differs
from reuse.arrays.ragged import row_of_each
from reuse.corpus.tokens import Tokens
from reuse.work.workers import ALONE, Workers

_SLICE = 1 << 18  # tokens hashed at a time
_MANY = 8  # tokens to a position that is asked for, from which on a column of all is faster than a search


@dataclass(frozen=True, slots=True)
class Witnesses:
    """The distinct texts of a corpus.

    Attributes:
        documents: int64 (documents,): ordinals of all documents, those of one text together and ascending.
        bounds: int64 (witnesses + 1,): where the documents of each text begin among these.
        shift: int64 (witnesses,): what to add to a position among the tokens of the witnesses to have it among those of
            the corpus, in the first document of the text.
    """

    documents: NDArray[np.int64]
    bounds: NDArray[np.int64]
    shift: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.shift)

    @property
    def first(self) -> NDArray[np.int64]:
        """Ordinal of the first document of each text (int64)."""
        return self.documents[self.bounds[:-1]]

    def in_corpus(self, positions: NDArray[np.int64], texts: Tokens) -> NDArray[np.int64]:
        """Positions among the tokens of the witnesses as those in the first document of each text."""
        if len(positions) < len(texts) // _MANY:
            return positions + self.shift[texts.document_of(positions)]
        return positions + np.repeat(self.shift, np.diff(texts.bounds))[positions]

    def of_documents(self) -> NDArray[np.int64]:
        """The witness of each document (int64)."""
        witness = np.empty(len(self.documents), dtype=np.int64)
        witness[self.documents] = row_of_each(self.bounds)
        return witness

    @property
    def copies(self) -> NDArray[np.int64]:
        """How many documents each text has (int64)."""
        return np.diff(self.bounds)


def find_witnesses(
    tokens: Tokens, group: NDArray[np.int32] | None = None, workers: Workers = ALONE
) -> tuple[Witnesses, Tokens]:
    """The distinct texts of a corpus, and their tokens in the order of the witnesses.

    Args:
        tokens: The corpus.
        group: int32 (documents,): documents of different groups are compared, even where they say the same; None: all
            are of one group.
        workers: Have a place for columns.

    Returns:
        The witnesses; and their tokens, of which it is left out where they stand in the documents' texts.
    """
    contents = _contents(tokens)
    groups = np.zeros(tokens.documents, dtype=np.int32) if group is None else group
    order = np.lexsort((groups, contents))
    # Documents without a word are no copies of each other.
    new = differs(contents[order], groups[order]) | (np.diff(tokens.bounds)[order] == 0)
    bounds = np.append(np.flatnonzero(new), tokens.documents)
    first = order[bounds[:-1]]
    sizes = np.diff(tokens.bounds)[first]
    starts = np.concatenate(([0], np.cumsum(sizes)))
    ids = workers.column(int(starts[-1]), tokens.ids.dtype)
    opens = workers.column(len(ids), bool)
    for document, start, size in zip(first.tolist(), starts.tolist(), sizes.tolist(), strict=False):
        begin = int(tokens.bounds[document])
        ids[start : start + size] = tokens.ids[begin : begin + size]
        opens[start : start + size] = tokens.opens_sentence[begin : begin + size]
    nowhere = np.zeros(0, dtype=np.int32)
    texts = Tokens(ids, nowhere, nowhere, opens, starts, tokens.vocabulary)
    return Witnesses(order, bounds, tokens.bounds[first] - starts[:-1]), texts


def _contents(tokens: Tokens) -> NDArray[np.uint64]:
    """A hash of the words of each document, in their order (uint64, one a document; 0 for one without words)."""
    until = np.zeros(tokens.documents + 1, dtype=np.uint64)  # of all documents before
    total = np.zeros(1, dtype=np.uint64)
    for start in range(0, len(tokens), _SLICE):
        end = min(start + _SLICE, len(tokens))
        first, last = np.searchsorted(tokens.bounds, (start, end), side="right")
        begins = tokens.bounds[first - 1 : last]
        sizes = np.diff(np.maximum(begins, start), append=end)
        places = np.arange(start, end) - np.repeat(begins, sizes)
        words = placed(tokens.vocabulary.hashes[tokens.ids[start:end]], places)
        sums = np.cumsum(np.concatenate((total, words)))
        until[first:last] = sums[tokens.bounds[first:last] - start]
        total = sums[-1:]
    return until[1:] - until[:-1]
