"""What the comparisons read from a stored run, as the columns that their functions take."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.ragged import places_in_rows
from reuse.arrays.records import FlatColumns
from reuse.corpus.places import Places
from reuse.corpus.tokens import Tokens, Vocabulary
from reuse.formulas.phrases import Formulas
from reuse.options import ScanOptions

Value = TypeVar("Value")

_ROWS = 1 << 14  # of a query that are held at a time: as Python has them, they take up ten times the memory of columns

Columns = dict[str, list[Any]]
"""A table as the functions of this room make it: cells by column, all of one length."""


class StoredRun(Protocol):
    """What the comparisons need of a run (`reuse.run.Run` has it)."""

    @property
    def tokens(self) -> Tokens:
        """The tokens of all documents."""

    @property
    def document_ids(self) -> list[str]:
        """Ids of all documents, by ordinal."""

    @property
    def options(self) -> ScanOptions:
        """What the scan was told."""

    def sql(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Rows of a query on `run.sqlite`."""

    def text(self, document: int) -> str:
        """The text of a document, by ordinal."""

    def places(self, document: int) -> Places:
        """The pages, lines and elements of a document, by ordinal."""

    def once(self, name: str, make: Callable[[], Value]) -> Value:
        """What `make` gives, worked out once for an open run and kept in memory under a name."""

    def column(self, name: str) -> NDArray[Any]:
        """A column of `index/`."""

    def kept(self, name: str) -> dict[str, NDArray[Any]] | None:
        """Columns that were worked out before and kept; None: there are none."""

    def keep(self, name: str, columns: Mapping[str, NDArray[Any]]) -> None:
        """Keep columns for later, if they can be kept."""


@dataclass(frozen=True, slots=True)
class Witnesses(FlatColumns):
    """Passages that carry the same text, as the columns of `reuse.clusters.clusters`.

    Attributes:
        cluster: int64 (passages,): cluster of each passage.
        document: int64 (passages,): its document.
        start, end: int64 (passages,): its token positions, half-open.
        words: int64 (passages,): its length.
        source: int64 (passages,): the document that it most likely was taken from; -1: none, or not known.
        similarity: float64 (passages,): how near it is to its source, 0 to 1; 0 without one.
        confidence: float64 (passages,): how likely it is that source, 0 to 1; 0 without one.
        guessed: bool (passages,): a guessed date says so.
    """

    cluster: NDArray[np.int64]
    document: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    words: NDArray[np.int64]
    source: NDArray[np.int64]
    similarity: NDArray[np.float64]
    confidence: NDArray[np.float64]
    guessed: NDArray[np.bool_]


def cells(values: NDArray[Any]) -> list[Any]:
    """Python values; NaN becomes None."""
    return [None if isinstance(value, float) and math.isnan(value) else value for value in values.tolist()]


def dates_of(run: StoredRun) -> list[str | None]:
    """The dates of all documents, by ordinal."""
    return [date for (date,) in run.sql("SELECT date FROM documents ORDER BY doc")]


def texts_of(run: StoredRun) -> NDArray[np.int32]:
    """Number of the text that each document is a copy of (int32): copies of one text are one witness to what it says.

    Where the scan was told that copies count, each document has a number of its own.
    """
    if run.options.copies != "one":
        return np.arange(len(run.document_ids), dtype=np.int32)
    first = [row for (row,) in run.sql("SELECT coalesce(copy_of, doc) FROM documents ORDER BY doc")]
    return np.unique(np.array(first, dtype=np.int32), return_inverse=True)[1].astype(np.int32)


def texts_with_words(run: StoredRun) -> int:
    """How many texts have a word: what a range is a share of."""
    words = np.diff(np.asarray(run.tokens.bounds))
    return len(np.unique(texts_of(run)[words > 0]))


def formulas_of(run: StoredRun) -> Formulas:
    """The formulas of a run with their occurrences."""
    rows = list(run.sql("SELECT tokens, df, tf, bits, dispersion, df_all, tf_all FROM formulas ORDER BY formula"))
    table = np.array(rows, dtype=np.float64).reshape(len(rows), 7)
    return Formulas(
        tokens=table[:, 0].astype(np.int32),
        df=table[:, 1].astype(np.int32),
        tf=table[:, 2].astype(np.int32),
        df_all=table[:, 5].astype(np.int32),
        tf_all=table[:, 6].astype(np.int32),
        bits=table[:, 3].astype(np.float32),
        dispersion=table[:, 4].astype(np.float32),
        bounds=np.asarray(run.column("formula_bounds")),
        positions=np.asarray(run.column("formula_positions")),
        found=len(rows),
    )


def tokens_of(run: StoredRun) -> Tokens:
    """The tokens of a run as plain arrays: the memory-mapped ones are slow to cut small pieces from."""
    mapped, words = run.tokens, run.tokens.vocabulary
    return Tokens(
        ids=np.asarray(mapped.ids),
        starts=np.asarray(mapped.starts),
        ends=np.asarray(mapped.ends),
        opens_sentence=np.asarray(mapped.opens_sentence),
        bounds=np.asarray(mapped.bounds),
        vocabulary=Vocabulary(
            np.asarray(words.hashes),
            np.asarray(words.counts),
            np.asarray(words.first),
            words.words,
            classes=np.asarray(words.classes),
        ),
    )


def formula_names(run: StoredRun) -> tuple[list[str], list[str]]:
    """Ids and texts of all formulas, by number."""
    rows = list(run.sql("SELECT id, text FROM formulas ORDER BY formula"))
    return [str(row[0]) for row in rows], [str(row[1]) for row in rows]


def family_heads(run: StoredRun) -> NDArray[np.int32]:
    """int32 (formulas,): number of the formula that heads the family of each."""
    rows = list(run.sql("SELECT id, family FROM formulas ORDER BY formula"))
    number = {name: row for row, (name, _) in enumerate(rows)}
    return np.array([number.get(family, row) for row, (_, family) in enumerate(rows)], dtype=np.int32)


def words_of_run(run: StoredRun) -> list[str]:
    """The normalised words of a run by vocabulary id."""
    return [str(normal) for (normal,) in run.sql("SELECT normal FROM words ORDER BY word")]


def spellings_of_run(run: StoredRun) -> list[str]:
    """The words of a run, each as it is written most often, by vocabulary id."""
    return [str(text) for (text,) in run.sql("SELECT text FROM words ORDER BY word")]


PASSAGE = (
    'cluster, doc, "start", "end", tokens, coalesce(source, -1), coalesce(source_similarity, 0), '
    "coalesce(source_confidence, 0), source_guessed"
)
"""What `passages_from` reads of a passage."""


def matches_by_bits(run: StoredRun, where: str = "TRUE") -> NDArray[np.int64]:
    """Numbers (int64) of the matches for which a condition of SQL holds, of most bits first."""
    found = run.sql(f"SELECT match FROM matches WHERE {where} ORDER BY bits DESC, match")
    return np.fromiter((number for (number,) in found), dtype=np.int64)


def witnesses_of(run: StoredRun) -> Witnesses:
    """The passages of all clusters as token positions, by number: sorted by cluster, then start."""
    found = passages_from(run.sql(f"SELECT {PASSAGE} FROM passages ORDER BY passage"))
    first, last = token_ranges(tokens_of(run), found.document, found.start, found.end)
    return replace(found, start=first, end=last)


def passages_from(rows: Iterable[tuple[Any, ...]]) -> Witnesses:
    """Rows of PASSAGE as columns; starts and ends are in code points."""
    rows = iter(rows)
    parts = [np.zeros((0, 9))]  # whole numbers up to 2⁵³ are exact
    while some := list(islice(rows, _ROWS)):
        parts.append(np.array(some, dtype=np.float64))
    table = np.concatenate(parts)
    cluster, document, start, end, words, source = table[:, :6].astype(np.int64).T
    return Witnesses(cluster, document, start, end, words, source, table[:, 6], table[:, 7], table[:, 8] > 0)


def token_ranges(
    tokens: Tokens, documents: NDArray[np.int64], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Half-open ranges of token positions (int64 both) that lie in spans of code points of documents."""
    first = places_in_rows(tokens.starts, tokens.bounds, documents, starts)
    last = places_in_rows(tokens.ends, tokens.bounds, documents, ends, right=True)
    return first, np.maximum(first, last)
