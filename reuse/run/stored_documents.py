"""The documents of a stored run, as they were read: what a run is made anew from, an older one too, or grows from."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.ragged import bounds_of
from reuse.corpus.document import Document, Skipped
from reuse.corpus.places import Places
from reuse.errors import RunError
from reuse.options import ScanOptions, options_of
from reuse.run.facts import DocumentFacts
from reuse.run.folder import is_run, tidy
from reuse.run.known_clusters import KnownClusters
from reuse.run.known_matches import KnownMatches
from reuse.run.phrasing import Phrasing
from reuse.run.schema import DATABASE, INDEX, SCHEMA_VERSION
from reuse.run.spans import Spans

_FIELDS = ("title", "date", "source", "record", "encoding", "file")


@dataclass(frozen=True)
class StoredDocuments:
    """What a run keeps of what was read, and of what it was asked.

    Attributes:
        path: The run's folder.
    """

    path: Path

    @classmethod
    def of(cls, path: Path) -> StoredDocuments:
        """Those of a run.

        Raises:
            RunError: There is none, it is broken, or a newer version of textreuse wrote it.
        """
        tidy(path)
        if not is_run(path):
            raise RunError(f"{path}: this is not a run; make one with: textreuse scan FOLDER -o {path}")
        stored = cls(path.resolve())
        with stored._reading() as database:
            ((version,),) = database.execute("PRAGMA user_version")
        if version > SCHEMA_VERSION:
            raise RunError(
                f"{path}: the run has schema version {version}, this textreuse reads {SCHEMA_VERSION}; "
                "upgrade textreuse"
            )
        return stored

    def is_current(self) -> bool:
        """Whether this version of textreuse wrote it."""
        with self._reading() as database:
            ((version,),) = database.execute("PRAGMA user_version")
        return bool(version == SCHEMA_VERSION)

    @cached_property
    def meta(self) -> Mapping[str, Any]:
        """What the run says of its scan."""
        with self._reading() as database:
            return {key: json.loads(value) for key, value in database.execute("SELECT key, value FROM meta")}

    @cached_property
    def options(self) -> ScanOptions:
        """What the scan was told."""
        return options_of(self.meta.get("options", {}))

    @property
    def skipped(self) -> list[Skipped]:
        """What the scan left out, or read with a reservation."""
        return [Skipped(**one) for one in self.meta.get("skipped", ())]

    def ids(self) -> dict[str, str]:
        """The SHA-256 of the text of each document, by its id, in the order of the run."""
        with self._reading() as database:
            return dict(database.execute("SELECT id, sha256 FROM documents ORDER BY doc"))

    def facts(self) -> list[DocumentFacts]:
        """All that is kept of each document but its text, in the order of the run."""
        names = [field.name for field in fields(DocumentFacts)]
        with self._reading() as database:
            rows = database.execute(f"SELECT {', '.join(names)} FROM documents ORDER BY doc")
            guessed = names.index("date_guessed")
            complete = ([*row[:guessed], bool(row[guessed]), *row[guessed + 1 :]] for row in rows)
            return [DocumentFacts(*row) for row in complete]

    def word_counts(self) -> NDArray[np.int64]:
        """How often each word of the vocabulary stands in the documents (int64)."""
        return self.column("word_counts")

    def normal_words(self) -> list[str]:
        """The normal form of each word of the vocabulary."""
        with self._reading() as database:
            return [normal for (normal,) in database.execute("SELECT normal FROM words ORDER BY word")]

    def phrasing(self) -> Phrasing:
        """How its formulas are written, and where they stand."""
        with self._reading() as database:
            rows = database.execute("SELECT text, id, tokens FROM formulas ORDER BY formula").fetchall()
        texts, ids, sizes = zip(*rows, strict=True) if rows else ((), (), ())
        bounds, positions = (np.asarray(self.column(f"formula_{name}")) for name in ("bounds", "positions"))
        return Phrasing(np.array(sizes, dtype=np.int32), bounds, positions, texts, ids)

    def matches(self) -> KnownMatches:
        """What its matches say."""
        with self._reading() as database:
            rows = database.execute(
                "SELECT id, relation, a_end, b_end, matched_tokens FROM matches ORDER BY match"
            ).fetchall()
        ids, relations, *figures = zip(*rows, strict=True) if rows else ((), (), (), (), ())
        a_end, b_end, matched = (np.array(column, dtype=np.int64) for column in figures)
        tokens = np.asarray(self.column("match_tokens"))
        return KnownMatches(tokens, matched, np.column_stack((a_end, b_end)), ids, relations)

    def clusters(self) -> KnownClusters:
        """What its clusters say."""
        with self._reading() as database:
            texts = [text for (text,) in database.execute("SELECT text FROM clusters ORDER BY cluster")]
            rows = database.execute('SELECT cluster, doc, "start", "end", tokens FROM passages ORDER BY passage')
            cluster, *spans = np.array(rows.fetchall(), dtype=np.int64).reshape(-1, 5).T.copy()
        return KnownClusters(Spans(*spans), bounds_of(np.bincount(cluster, minlength=len(texts))), texts)

    def words_of(self, documents: NDArray[np.int64]) -> int:
        """How many words some documents (int64, ordinals) have."""
        return int(np.diff(self.column("document_bounds"))[documents].sum())

    def records(self) -> int:
        """The number behind that of the last record of texts that were in memory."""
        with self._reading() as database:
            ((last,),) = database.execute("SELECT max(record) FROM documents WHERE path = ''")
            return 0 if last is None else int(last) + 1

    def __iter__(self) -> Iterator[Document]:
        """All documents in the order that a scan reads them in: by file, then by record.

        Those of a run of an older version, which does not say from which file each is, stand as they do there.
        """
        return self._documents("", (), by_file=True)

    def some(self, ordinals: NDArray[np.int64]) -> Iterator[Document]:
        """The documents of these ordinals (int64)."""
        some = "WHERE documents.doc IN (SELECT value FROM json_each(?))"
        return self._documents(some, (str(ordinals.tolist()),))

    def _documents(self, where: str, parameters: tuple[str, ...], *, by_file: bool = False) -> Iterator[Document]:
        """Documents in the order of the run, or of their files, each text read when its turn comes.

        The body of a document is what its first to its last token take up: it has the same tokens.
        """
        bounds, starts = (self.column(name) for name in ("document_bounds", "token_starts"))
        with self._reading() as database:
            known = {row[1] for row in database.execute("PRAGMA table_info(documents)")}
            names = [name for name in _FIELDS if name in known]
            order = "file, coalesce(record, 0), documents.doc" if by_file and "file" in known else "documents.doc"
            places = _places_of(database)
            query = f"""SELECT documents.doc, text, id, path, metadata, date_guessed, {", ".join(names)}
                FROM documents JOIN texts ON texts.doc = documents.doc {where} ORDER BY {order}"""
            for number, text, name, path, metadata, guessed, *fields in database.execute(query, parameters):
                own = starts[bounds[number] : bounds[number + 1]]
                yield Document(
                    id=name,
                    text=text,
                    path=Path(path) if path else None,
                    date_guessed=bool(guessed),
                    places=places(number),
                    body=(int(own[0]), int(own[-1]) + 1) if len(own) else (0, 0),
                    metadata=MappingProxyType(json.loads(metadata)),
                    **dict(zip(names, fields, strict=True)),
                )

    def tokens(self) -> int:
        """How many tokens its documents have."""
        return int(self.column("document_bounds")[-1])

    def column(self, name: str) -> NDArray[Any]:
        """A column of its `index/`, mapped.

        Raises:
            RunError: It is missing or broken.
        """
        try:
            column: NDArray[Any] = np.load(self.path / INDEX / f"{name}.npy", mmap_mode="r", allow_pickle=False)
        except (OSError, ValueError, EOFError) as error:
            raise self._broken(f"{INDEX}/{name}.npy: {error}") from error
        return column

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """The database while a block runs; that it is broken is told as that."""
        uri = f"{(self.path / DATABASE).as_uri()}?mode=ro&immutable=1"
        try:
            with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as database:
                yield database
        except (sqlite3.Error, ValueError, IndexError) as error:
            raise self._broken(error) from error

    def _broken(self, reason: object) -> RunError:
        return RunError(f"{self.path}: the run is broken ({reason}); scan the documents again")


def _places_of(database: sqlite3.Connection) -> Callable[[int], Places]:
    """Reads the places of a document by its number; a run of an older version has none."""
    if not list(database.execute("PRAGMA table_info(places)")):
        return lambda _: Places()
    query = 'SELECT "start", page, line, element FROM places WHERE doc = ? ORDER BY "start"'

    def places(number: int) -> Places:
        columns = list(zip(*database.execute(query, (number,)), strict=True))
        return Places(*columns)

    return places
