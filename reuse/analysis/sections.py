"""The map of a document: along its words, which section comes from whom. It is one answer for all who ask it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reuse.analysis.stored import (
    PASSAGE,
    Columns,
    StoredRun,
    Witnesses,
    dates_of,
    passages_from,
    token_ranges,
    tokens_of,
    witnesses_of,
)
from reuse.arrays.keys import differs
from reuse.arrays.ragged import ranges
from reuse.arrays.records import FlatColumns
from reuse.calendar import Dates
from reuse.clusters.origins import Origins, kinds_of_words, origins, partly_digested
from reuse.columns import Column
from reuse.corpus.tokens import Tokens
from reuse.shares import RECYCLED, SECTIONS

_IN_WORDS = 0.5
"""Similarity to its source from which on a passage says where each of its words comes from: below, it is reworded."""


@dataclass(frozen=True, slots=True)
class Sections(FlatColumns):
    """All words of a corpus in sections, each of one document, one kind and one source; in the order of the text.

    Attributes:
        document: int64 (sections,): the document.
        start, end: int64 (sections,): token positions, half-open.
        kind: uint8 (sections,): see `reuse.shares.SECTIONS`.
        passage: int64 (sections,): row of the passage whose source it comes from; -1: none is known.
    """

    document: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    kind: NDArray[np.uint8]
    passage: NDArray[np.int64]

    @property
    def words(self) -> NDArray[np.int64]:
        """Words of each section (int64)."""
        return self.end - self.start


def sections(tokens: Tokens, passages: Witnesses, kinds: NDArray[np.uint8]) -> Sections:
    """Cut a corpus into sections.

    A word that stands in several passages comes from where the longest of them does, for who takes over a page takes
    over the phrases in it; but what says the same in other words goes behind what says it in the same ones.

    Args:
        tokens: The corpus.
        passages: Its passages, with their sources.
        kinds: uint8 (tokens,): kind of each word (see `origins.kinds_of_words`).
    """
    passage = np.full(len(tokens), -1, dtype=np.int64)
    known = np.flatnonzero(passages.source >= 0)
    size = passages.end - passages.start
    order = np.lexsort((-passages.start[known], size[known], passages.similarity[known] >= _IN_WORDS))
    rows = known[order]
    passage[ranges(passages.start[rows], size[rows])] = np.repeat(rows, size[rows])  # the last one written stays
    passage[kinds != RECYCLED] = -1  # of what a digest has, its words only
    document = tokens.document_of_each()
    start = np.flatnonzero(differs(document, kinds, passage))
    return Sections(
        document[start].astype(np.int64), start, np.append(start, len(tokens))[1:], kinds[start], passage[start]
    )


STRETCHES = ("furniture_words", "digested")
"""Columns of stretches by which words of passages differ in kind."""


def kinds_in(run: StoredRun, passages: Witnesses) -> tuple[Origins, NDArray[np.uint8]]:
    """The origins of all passages of a run, and the kind of each word of its documents (uint8, tokens)."""
    dates = Dates.of(dates_of(run))
    furniture, digested = (np.asarray(run.column(name)) for name in STRETCHES)
    in_part = partly_digested(passages.start, passages.end, digested)
    whence = origins(
        *(passages.cluster, passages.document, passages.words),
        *(dates.earliest, dates.latest),
        passages.source,
        in_part,
    )
    return whence, kinds_of_words(len(run.tokens), whence, passages.start, passages.end, furniture, digested)


def sections_of(run: StoredRun) -> Sections:
    """The sections of all documents of a run."""
    passages = witnesses_of(run)
    return sections(tokens_of(run), passages, kinds_in(run, passages)[1])


MAP = (
    Column("start", "integer", "start of the section, in code points"),
    Column("end", "integer", "its end (half-open)"),
    Column("words", "integer", "its length in words", falls=True),
    Column("kind", "text", f"what it is: {', '.join(SECTIONS)}"),
    Column("source", "text", "id of the document that it most likely was taken from; none, or not known: empty"),
    Column("source_start", "integer", "where the passage that it stands in stands there: start, in code points"),
    Column("source_end", "integer", "its end (half-open)"),
    Column("similarity", "real", "0 to 1: share of the words of that passage and its source that agree", falls=True),
    Column("confidence", "real", "0 to 1: how likely it is that source and no other one", falls=True),
    Column("guessed", "boolean", "one of the two dates that say so was guessed"),
)
"""The columns of `map_table`."""


def map_table(run: StoredRun, document: int) -> Columns:
    """The sections of one document, in the order of its text; columns as in MAP.

    Only passages of the document's clusters are read, so that it is quick in a large run.

    Args:
        run: The run.
        document: Ordinal of the document.
    """
    rows = list(
        run.sql(
            f"SELECT {PASSAGE}, passage FROM passages WHERE cluster IN (SELECT cluster FROM passages WHERE doc = ?) "
            "ORDER BY passage",
            (document,),
        )
    )
    around = passages_from(row[:-1] for row in rows)
    dates = Dates.of(dates_of(run))
    own = np.flatnonzero(around.document == document)
    tokens, passages = _one_document(run, document), around.take(own)
    alone = np.zeros(len(own), dtype=np.int64)
    first, last = token_ranges(tokens, alone, passages.start, passages.end)
    begins, size = run.tokens.bounds[document], len(tokens)
    furniture, digested = (_within(np.asarray(run.column(name)), begins, begins + size) for name in STRETCHES)
    in_part = np.zeros(len(around), dtype=bool)  # of those of other documents nothing is asked
    in_part[own] = partly_digested(first, last, digested)
    whence = origins(
        *(around.cluster, around.document, around.words),
        *(dates.earliest, dates.latest),
        around.source,
        in_part,
    ).take(own)
    kinds = kinds_of_words(size, whence, first, last, furniture, digested)
    found = sections(tokens, replace(passages, document=alone, start=first, end=last), kinds)
    numbers = [rows[row][-1] for row in own.tolist()]
    said = _said(run, document)
    told = [said[numbers[row]] if row >= 0 else _NOWHERE for row in found.passage.tolist()]
    return {
        "start": tokens.starts[found.start].tolist(),
        "end": tokens.ends[found.end - 1].tolist(),
        "words": found.words.tolist(),
        "kind": [SECTIONS[kind] for kind in found.kind.tolist()],
        **{column.name: [row[place] for row in told] for place, column in enumerate(MAP[-len(_NOWHERE) :])},
    }


def _within(stretches: NDArray[np.int64], begins: int, ends: int) -> NDArray[np.int64]:
    """What of some stretches, which are in order, lies between two tokens (int64 (stretches, 2)), from the first on."""
    some = stretches[np.searchsorted(stretches[:, 1], begins, side="right") : np.searchsorted(stretches[:, 0], ends)]
    return np.clip(some, begins, ends) - begins


def words_from(table: Columns, source: str) -> int:
    """How many words of a document, of which these are the sections, most likely were taken from another one."""
    pairs = zip(table["words"], table["source"], strict=True)
    return sum(words for words, whence in pairs if whence == source)


_NOWHERE: tuple[Any, ...] = (None, None, None, None, None, False)


def _said(run: StoredRun, document: int) -> dict[int, tuple[Any, ...]]:
    """What MAP tells of the source of each passage of a document, by the passage's number."""
    rows = run.sql(
        "SELECT passage, documents.id, source_start, source_end, source_similarity, source_confidence, source_guessed "
        "FROM passages JOIN documents ON documents.doc = passages.source WHERE passages.doc = ?",
        (document,),
    )
    return {row[0]: (*row[1:-1], bool(row[-1])) for row in rows}


def _one_document(run: StoredRun, document: int) -> Tokens:
    """The tokens of one document, as a corpus of its own."""
    tokens = run.tokens
    rows = slice(int(tokens.bounds[document]), int(tokens.bounds[document + 1]))
    return Tokens(
        np.asarray(tokens.ids[rows]),
        np.asarray(tokens.starts[rows]),
        np.asarray(tokens.ends[rows]),
        np.asarray(tokens.opens_sentence[rows]),
        np.array([0, rows.stop - rows.start], dtype=np.int64),
        tokens.vocabulary,
    )
