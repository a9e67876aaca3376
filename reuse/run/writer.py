"""Writes a run: everything as soon as it is known."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from reuse.align.matches import Matches
from reuse.calendar import Dates
from reuse.clusters.clusters import Clusters
from reuse.clusters.copies import Copies
from reuse.clusters.furniture import FURNITURE, NONE, Phrases, find_furniture
from reuse.clusters.sources import find_sources
from reuse.corpus.document import Document
from reuse.corpus.places import Places
from reuse.corpus.tokens import Tokens
from reuse.formulas.phrases import Formulas
from reuse.formulas.variants import Families
from reuse.index.store import StoredIndex
from reuse.options import ScanOptions
from reuse.run import rows, stored_tables
from reuse.run.declaration import StoredTable
from reuse.run.facts import DocumentFacts
from reuse.run.folder import PartialFolder, explaining_write_errors, flush_to_disk
from reuse.run.kept_clusters import KeptClusters
from reuse.run.kept_formulas import KeptFormulas
from reuse.run.kept_matches import KeptMatches
from reuse.run.known_clusters import KnownClusters
from reuse.run.known_matches import KnownMatches
from reuse.run.moved_formulas import SET_ASIDE, moved_and_new
from reuse.run.passages import Passages
from reuse.run.phrasing import Phrasing
from reuse.run.query_index import FACTS, QueryIndex
from reuse.run.saved import SavedColumns
from reuse.run.schema import BULK_LOAD, DATABASE, GROWING, INDEX
from reuse.run.storable import storable, storable_text
from reuse.run.stored_documents import StoredDocuments
from reuse.work.workers import ALONE, Workers

TEXT_BATCH = 8_000_000
"""Code points of text gathered before they are handed to SQLite."""

_TAKEN_OVER = {table.name for table in (stored_tables.TEXTS, stored_tables.PLACES, stored_tables.WORDS)}
"""Tables whose rows stay when a run grows."""


class RunWriter:
    """Builds a run beside its final name and puts it in place when it is whole.

    Use as a context manager: `add_document` for each document, then `add_tokens`, `add_formulas` and `finish`, once
    each. When the block is left in any other way, what was written is removed and the run that was there before stays
    as it was.

    Args:
        path: The run's folder. A former run there is replaced, its review notes are kept.
        overwrite: False: refuse to replace a run.
        lasting: Whether a power cut must find it whole; what is kept for a moment only is written faster without that.
        former: A run whose documents stay: their texts, and the words, are taken over as they are. Documents that are
            added come behind them.

    Raises:
        RunError: There is something else at `path`, it cannot be written, or the disk is full.
    """

    def __init__(
        self, path: Path, *, overwrite: bool = True, lasting: bool = True, former: StoredDocuments | None = None
    ) -> None:
        self._lasting, self._former = lasting, former
        self._folder = PartialFolder(Path(path), overwrite=overwrite)
        self._documents: list[DocumentFacts] = former.facts() if former else []
        self._ids = {one.id for one in self._documents}
        self._batch: list[tuple[int, str]] = []
        self._places: list[tuple[int, Places]] = []
        self._batch_size = 0
        self._phrases = Phrases.nothing()
        self._matches, self._clusters = KnownMatches.nothing(), KnownClusters.nothing()
        self._columns = SavedColumns(self._folder.path / INDEX, lasting=lasting)
        self._lock = Lock()

    def __enter__(self) -> Self:
        try:
            self._folder.create()
            with explaining_write_errors(self._folder.target):
                path = self._folder.path / DATABASE
                if self._former:
                    shutil.copyfile(self._former.path / DATABASE, path)
                self._database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
                made = [table for table in stored_tables.STORED if not self._taken_over(table)]
                gone = [f"DROP TABLE {table.name};" for table in made if table is not stored_tables.FORMULAS]
                gone = [*gone, SET_ASIDE] if self._former else []
                self._database.executescript(BULK_LOAD + "\n".join([*gone, *(table.create() for table in made)]))
                self._database.execute("BEGIN")
        except BaseException:
            self._folder.discard()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:  # a thread that writes formulas comes to its end first
            self._database.close()
            self._folder.discard()

    def add_document(self, document: Document) -> int:
        """Store a document's text and remember its facts.

        Returns:
            The document's ordinal.

        Raises:
            ValueError: There is a document of that id already.
            RunError: The disk is full.
        """
        name, text = storable(document.id), storable_text(document.text)
        if name in self._ids:
            raise ValueError(f"two documents have the id {name!r}")
        self._ids.add(name)
        ordinal = len(self._documents)
        self._documents.append(DocumentFacts.of(document))
        self._batch.append((ordinal, text))
        if document.places:
            self._places.append((ordinal, document.places))
        self._batch_size += len(text)
        if self._batch_size > TEXT_BATCH:
            with explaining_write_errors(self._folder.target):
                self._flush_texts()
        return ordinal

    def knows(self, matches: KnownMatches, clusters: KnownClusters) -> None:
        """Take what another run knows of matches and clusters, their places being those of this one.

        Args:
            matches: What they say.
            clusters: What they say.
        """
        self._matches, self._clusters = matches, clusters

    def grown(self, name: str, further: NDArray[Any]) -> NDArray[Any]:
        """A column of the former run, and further rows behind it, as the run is to have it.

        Args:
            name: The column.
            further: Rows, of the same type; such as documents that are added have in the columns of `schema.GROWING`.

        Raises:
            ValueError: There is no former run.
            RunError: The disk is full, or the former run is broken.
        """
        if self._former is None:
            raise ValueError("there is no former run")
        known = self._former.column(name)
        rows_before = self._former.tokens() if name in GROWING else len(known)
        with explaining_write_errors(self._folder.target):
            return self._columns.grown(name, self._former.path / INDEX, known[:rows_before], further)

    def add_tokens(self, tokens: Tokens, workers: Workers = ALONE) -> Tokens:
        """Write the words and the columns of the tokens, once all documents are added; from another thread too.

        Args:
            tokens: Of the documents that were added, in the same order.
            workers: Save columns.

        Returns:
            The same tokens; what only the rows of the run need is read from the disk from now on, which spares a large
            corpus 8 bytes a token of memory.

        Raises:
            ValueError: The tokens are not those of the documents that were added.
            RunError: The disk is full.
        """
        if tokens.documents != len(self._documents):
            raise ValueError(f"tokens of {tokens.documents} documents for the {len(self._documents)} that were added")
        self._tokens = tokens
        self._dates = Dates.of([facts.date for facts in self._documents])
        columns = {
            "token_ids": tokens.ids,
            "token_starts": tokens.starts,
            "token_ends": tokens.ends,
            "sentence_starts": tokens.opens_sentence,
            "document_bounds": tokens.bounds,
            "word_hashes": tokens.vocabulary.hashes,
            "word_counts": tokens.vocabulary.counts,
            "word_first": tokens.vocabulary.first,
            "word_classes": tokens.vocabulary.classes,
        }
        with self._lock, explaining_write_errors(self._folder.target):
            self._flush_texts()
            self._words = rows.words(tokens, self._text, self._former.normal_words() if self._former else ())
            self._insert_words(tokens)
            self._columns.save(columns, workers)
        starts = self._columns.mapped("token_starts", tokens.starts)
        self._tokens = replace(tokens, starts=starts, ends=self._columns.mapped("token_ends", tokens.ends))
        return self._tokens

    def add_formulas(
        self,
        formulas: Formulas,
        families: Families | None = None,
        kept: KeptFormulas | None = None,
        *,
        before: Formulas | None = None,
        phrasing: Phrasing | None = None,
    ) -> None:
        """Write the formulas, once the tokens are added; from another thread too, while nothing else is written.

        Args:
            formulas: Recurring phrases.
            families: Their families; None: each formula is one of its own.
            kept: What documents are added to later; None: it is not kept.
            before: Those of the former run, where there is one.
            phrasing: How some are written, and where they stand; None: it is not known, or as in the former run.

        Raises:
            RunError: The disk is full.
        """
        families = Families.alone(formulas) if families is None else families
        starts = formulas.positions
        ends = starts + np.repeat(formulas.tokens, formulas.sizes())
        self._phrases = Phrases(families.head[formulas.owners()].astype(np.int64), starts, ends, len(formulas))
        with self._lock, explaining_write_errors(self._folder.target):
            if before is None:
                columns = self._formula_rows(formulas, families, phrasing or Phrasing.nothing())
            else:
                columns = moved_and_new(self._database, before, formulas, families, self._formula_rows)
            self._insert(stored_tables.FORMULAS, columns)
            self._columns.save({"formula_bounds": formulas.bounds, "formula_positions": formulas.positions})
            if kept is not None:
                self._columns.save(kept.columns())

    def finish(
        self,
        matches: Matches,
        clusters: Clusters,
        meta: Mapping[str, Any],
        *,
        index: StoredIndex | None = None,
        asked: QueryIndex | None = None,
        kept: KeptMatches | None = None,
        grouped: KeptClusters | None = None,
        text_of: NDArray[np.int64] | None = None,
        group: NDArray[np.int32] | None = None,
        options: ScanOptions,
        workers: Workers = ALONE,
    ) -> None:
        """Write what was found between the documents, and put the run in its place: all else has been added.

        Args:
            matches: Passage pairs.
            clusters: Their clusters.
            meta: What to record about the scan; values that JSON can hold.
            index: Signatures of windows; None: they are not kept.
            asked: What a text is compared with later; None: it is not kept.
            kept: What documents are added to later; None: it is not kept.
            grouped: The clusters of these; None: they are not kept.
            text_of: int64 (documents,): number of the text that each document is a copy of; None: all are distinct.
            group: int32 (documents,): documents of one group were not compared with each other; None: all were.
            options: How sources, relations and furniture are told.
            workers: Have a place for columns.

        Raises:
            RunError: The disk is full, or something else came to lie at the run's path.
        """
        tokens, facts, dates = self._tokens, self._documents, self._dates
        with explaining_write_errors(self._folder.target):
            matches = rows.oriented(matches, tokens, facts)
            self._insert(stored_tables.META, rows.meta({**meta, FACTS: asked.facts()} if asked else meta))
            texts = np.arange(len(facts)) if text_of is None else text_of
            copies = Copies.of(texts, [one.id for one in facts], dates)
            preferred = rows.places_by_id(facts)
            sources = find_sources(clusters, tokens.by_class(), dates, texts, preferred, group, options)
            furniture = find_furniture(
                matches,
                clusters,
                self._phrases,
                tokens,
                list(self._words["normal"]),
                copies.first,
                self._text,
                options.furniture,
                workers,
            )
            self._insert(
                stored_tables.DOCUMENTS,
                rows.documents(
                    facts,
                    tokens,
                    clusters,
                    dates=dates,
                    copies=copies,
                    sources=sources,
                    furniture=furniture.words,
                    workers=workers,
                ),
            )
            self._mark_formulas(furniture.of_families)
            self._insert(
                stored_tables.MATCHES,
                rows.matches(
                    matches,
                    clusters,
                    tokens,
                    facts=facts,
                    dates=dates,
                    text_of=self._text,
                    options=options.relations,
                    furniture=furniture.of_matches,
                    before=self._former.matches() if self._former else self._matches,
                ),
            )
            passages = Passages.of(
                clusters, tokens, self._text, self._former.clusters() if self._former else self._clusters
            )
            self._insert(
                stored_tables.CLUSTERS,
                rows.clusters(
                    clusters,
                    matches,
                    facts=facts,
                    dates=dates,
                    text_of=self._text,
                    copies=copies,
                    furniture=furniture.of_clusters,
                    passages=passages,
                ),
            )
            self._insert(stored_tables.PASSAGES, rows.passages(clusters, sources, tokens, facts, passages.spans))
            self._database.execute("COMMIT")
            self._database.execute("ANALYZE")
            self._database.close()
            sides = [matches.a_start, matches.a_end, matches.b_start, matches.b_end]
            self._columns.save(
                {
                    "match_tokens": np.column_stack(sides),
                    "digested": clusters.digested,
                    "furniture_words": furniture.words,
                }
            )
            if index is not None:
                index.save(self._folder.path / INDEX)
            for further in (asked, kept, grouped):
                if further is not None:
                    self._columns.save(further.columns())
            self._columns.tell_rows()
            if self._lasting:
                flush_to_disk(self._folder.path)
            self._folder.take_place()

    def _formula_rows(self, formulas: Formulas, families: Families, phrasing: Phrasing) -> rows.Columns:
        return rows.formulas(formulas, families, self._tokens, self._words, self._dates, self._text, phrasing)

    def _mark_formulas(self, furniture: NDArray[np.uint8]) -> None:
        """Store what kind of furniture families of formulas are (uint8, by the number of their heads)."""
        heads = np.flatnonzero(furniture != NONE)
        kinds = [FURNITURE[kind] for kind in furniture[heads].tolist()]
        self._database.executemany(
            "UPDATE formulas SET furniture = ? WHERE family = (SELECT id FROM formulas WHERE formula = ?)",
            zip(kinds, heads.tolist(), strict=True),
        )

    def _taken_over(self, table: StoredTable) -> bool:
        """Whether the rows of a table are those of the former run, to which further ones come."""
        return self._former is not None and table.name in _TAKEN_OVER

    def _insert_words(self, tokens: Tokens) -> None:
        """Store the words; of those that are taken over only the counts, as far as they are others."""
        before = self._former.word_counts() if self._former else np.zeros(0, dtype=np.int64)
        counts, known = tokens.vocabulary.counts, len(before)
        changed = np.flatnonzero(counts[:known] != before)
        more = zip(counts[changed].tolist(), changed.tolist(), strict=True)
        self._database.executemany("UPDATE words SET count = ? WHERE word = ?", more)
        new = {name: list(values)[known:] for name, values in self._words.items()}
        self._insert(stored_tables.WORDS, new)

    def _insert(self, table: StoredTable, columns: rows.Columns) -> None:
        statement = table.insert(columns)
        for some in rows.in_slices(columns):
            self._database.executemany(statement, some)
        if not self._taken_over(table):
            for index in table.index():
                self._database.execute(index)

    def _flush_texts(self) -> None:
        documents, texts = zip(*self._batch, strict=True) if self._batch else ((), ())
        self._insert(stored_tables.TEXTS, {"doc": documents, "text": texts})
        self._insert(stored_tables.PLACES, rows.places(self._places))
        self._batch.clear()
        self._places.clear()
        self._batch_size = 0

    def _text(self, document: int) -> str:
        (text,) = self._database.execute("SELECT text FROM texts WHERE doc = ?", (document,)).fetchone()
        return str(text)
