"""What a run keeps so that a text can be compared with it without reading the rest: shingles, and their background.

All columns lie in the run's `index/`, memory-mapped: nine bytes a token, some one and a half times the text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from reuse.corpus.hashing import factorise
from reuse.corpus.tokens import Tokens
from reuse.corpus.witnesses import Witnesses
from reuse.errors import RunError
from reuse.index.places import GrownPlaces, ShinglePlaces
from reuse.index.store import NORMALISATION
from reuse.score.surprise import Surprise
from reuse.work.workers import ALONE, Workers

if TYPE_CHECKING:
    from reuse.run.files import RunFiles

_SLICE = 1 << 18  # places looked at at a time, so that temporaries stay in the cache

FACTS = "query_index"
"""Key of `meta` that holds what the columns depend on."""

COLUMNS = {
    "shingle_places": "uint32 or int64: token positions in ascending order of the hashes of their shingles",
    "shingle_parts": "int64: where in shingle_places the hashes with the same first digits begin",
    "shingle_later_places": "as shingle_places, of documents that were added, until they are many",
    "shingle_later_parts": "int64: as shingle_parts",
    "background_pairs": "int32 (tokens,): how often the word was counted after the word before it; 0 in copies",
    "background_counted": "bool (tokens,): whether the word was counted; False in copies",
    "background_words": "int64 (words,): how often each word was counted, in all its spellings",
    "witness_documents": "int64 (documents,): the documents of each distinct text",
    "witness_bounds": "int64 (texts + 1,): where in witness_documents those of each text begin",
}


@dataclass(frozen=True, slots=True)
class QueryIndex:
    """The columns, as in COLUMNS, and what they depend on.

    Attributes:
        places: Of the shingles of the first document of each text.
        pairs, counted, words: The background.
        total: Tokens that it counts.
        documents, bounds: The copies of each text.
    """

    places: GrownPlaces
    pairs: NDArray[np.int32]
    counted: NDArray[np.bool_]
    words: NDArray[np.int64]
    total: int
    documents: NDArray[np.int64]
    bounds: NDArray[np.int64]

    @classmethod
    def of(
        cls,
        tokens: Tokens,
        texts: Tokens,
        witnesses: Witnesses,
        surprise: Surprise,
        size: int,
        workers: Workers = ALONE,
    ) -> QueryIndex:
        """Gather it at the end of a scan.

        Args:
            tokens: All documents.
            texts: The tokens of the witnesses.
            witnesses: The distinct texts.
            surprise: What their words say.
            size: Tokens in a shingle.
            workers: Sort the shingles.
        """
        background = surprise.background
        pairs, counted = workers.column(len(tokens), np.int32), workers.column(len(tokens), bool)
        starts, ends = texts.bounds[:-1], texts.bounds[1:]
        for start, end, shift in zip(starts.tolist(), ends.tolist(), witnesses.shift.tolist(), strict=True):
            pairs[start + shift : end + shift] = background.pair_counts[start:end]
            counted[start + shift : end + shift] = surprise.counted[start:end]
        places = ShinglePlaces.of(texts, size, workers)
        shift = workers.column(len(texts), places.places.dtype)
        further = witnesses.shift.astype(shift.dtype)  # one that is negative wraps round
        for text, (start, end) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
            shift[start:end] = further[text]
        for start in range(0, len(places.places), _SLICE):
            here = places.places[start : start + _SLICE]
            here += shift[here]  # and so does the sum, to the right place
        _, numbers = factorise(tokens.vocabulary.classes)
        of_class = np.zeros(int(numbers.max(initial=-1)) + 1, dtype=np.int64)
        np.add.at(of_class, numbers, background.counts)
        grown = GrownPlaces.of(places)
        return cls(grown, pairs, counted, of_class[numbers], background.total, witnesses.documents, witnesses.bounds)

    def columns(self) -> dict[str, NDArray[Any]]:
        """The columns by name."""
        return {
            "shingle_places": self.places.first.places,
            "shingle_parts": self.places.first.parts,
            "shingle_later_places": self.places.later.places,
            "shingle_later_parts": self.places.later.parts,
            "background_pairs": self.pairs,
            "background_counted": self.counted,
            "background_words": self.words,
            "witness_documents": self.documents,
            "witness_bounds": self.bounds,
        }

    def facts(self) -> dict[str, Any]:
        """What the columns depend on, as JSON can hold it."""
        return {
            "shingle": self.places.size,
            "place_width": self.places.first.width,
            "counted": self.total,
            "normalisation": NORMALISATION,
        }

    @classmethod
    def load(cls, run: RunFiles) -> QueryIndex:
        """That of a run, its columns memory-mapped.

        Raises:
            RunError: The run keeps none, or one that texts of today cannot be compared with.
        """
        facts: Mapping[str, Any] | None = run.meta.get(FACTS)
        if facts is None:
            raise RunError(
                f"{run.path}: the run was made without an index (--no-index), so that no text can be compared "
                "with it; scan its documents again without that option"
            )
        if facts["normalisation"] != NORMALISATION:
            raise RunError(
                f"{run.path}: the index was made by another version of textreuse (normalisation "
                f"{facts['normalisation']}, this one has {NORMALISATION}); textreuse rescan {run.path} makes it anew"
            )
        column = {name: run.column(name) for name in COLUMNS}
        size, width = int(facts["shingle"]), int(facts["place_width"])
        first = ShinglePlaces(column["shingle_places"], column["shingle_parts"], size, width)
        later = ShinglePlaces(column["shingle_later_places"], column["shingle_later_parts"], size, width)
        return cls(
            GrownPlaces(first, later),
            column["background_pairs"],
            column["background_counted"],
            column["background_words"],
            int(facts["counted"]),
            column["witness_documents"],
            column["witness_bounds"],
        )

    def text_of(self) -> NDArray[np.int64]:
        """The first document that has the text of each document (int64, documents)."""
        first = np.empty(len(self.documents), dtype=np.int64)
        first[self.documents] = np.repeat(self.documents[self.bounds[:-1]], np.diff(self.bounds))
        return first

    def copies_of(self, documents: NDArray[np.int64], most: int) -> list[NDArray[np.int64]]:
        """All documents (int64, the first `most`) of the text of each document that is the first of its text."""
        first = self.documents[self.bounds[:-1]]
        order = np.argsort(first)
        text = order[np.searchsorted(first, documents, sorter=order)]
        return [self.documents[self.bounds[row] : self.bounds[row + 1]][:most] for row in text.tolist()]
