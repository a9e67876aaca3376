"""What lies in a run's folder, opened for reading: the database, the columns beside it, texts, tokens, notes."""

from __future__ import annotations

import json
import math
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from reuse.calendar import date_order
from reuse.corpus.places import Places, cited
from reuse.corpus.readers.registry import is_plain_text
from reuse.corpus.tokens import Tokens, Vocabulary
from reuse.errors import RunError, TextReuseError, UsageError
from reuse.naming import distinct_names
from reuse.options import ScanOptions, options_of
from reuse.run.cache import keep_columns, kept_columns, run_mark
from reuse.run.damage import damage_of
from reuse.run.folder import is_run, tidy
from reuse.run.notes import Notes
from reuse.run.schema import COLUMNS, DATABASE, GROWING, INDEX, NOTES, SCHEMA_VERSION
from reuse.run.storable import storable_value

TEXT_CACHE = 16_000_000
"""Code points of texts kept in memory."""

PLACES_CACHE = 64
"""Documents whose places are kept in memory."""

FETCHED = 1000
"""Rows that a query fetches at a time."""

ATTEMPTS = 3
"""How often a run is opened anew that is replaced in the very moment."""

ORDERINGS = 12
"""Sorted orders of tables kept in memory (8 bytes a row each)."""

Identity = tuple[int, int, int]

Value = TypeVar("Value")


class RunFiles:
    """The files of a stored run, open for reading; `reuse.run.run.Run` reads its tables.

    One object may be used from several threads; a query is read under its lock.

    Attributes:
        path: The run's folder.
        notes: The review notes.
    """

    def __init__(self, path: Path, database: sqlite3.Connection, identity: Identity | None) -> None:
        self.path = path
        self.notes = Notes(path.resolve() / NOTES)
        self._database = database
        self._identity = identity
        self._texts: OrderedDict[int, str] = OrderedDict()
        self._texts_size = 0
        self._places: OrderedDict[int, Places] = OrderedDict()
        self._columns: dict[str, NDArray[Any]] = {}
        self._once: dict[str, Any] = {}
        self._orderings: dict[tuple[str, str], NDArray[np.int64]] = {}
        self._lock = threading.RLock()
        self._closed = False

    @classmethod
    def open(cls, path: Path | str) -> Self:
        """Open a run.

        Raises:
            RunError: There is none, it is broken, or it has another schema version; the message says what to do.
        """
        folder = Path(path)
        tidy(folder)
        if folder.name == DATABASE and folder.is_file():
            folder = folder.parent
        if not folder.exists():
            raise RunError(f"{folder}: no such run; make one with: textreuse scan FOLDER -o {folder}")
        if not is_run(folder):
            raise RunError(
                f"{folder}: this is not a run (it has no {DATABASE} written by textreuse); "
                "name a folder made by textreuse scan"
            )
        for _ in range(ATTEMPTS):
            identity = _identity(folder)  # before anything is opened
            run = cls(folder, _connect(folder), identity)
            try:
                run.check()
            except BaseException:
                run.close()
                raise
            if not run.replaced:
                return run
            run.close()
        raise RunError(f"{folder}: the run is being replaced again and again; wait for the scans to end")

    def check(self) -> None:
        """Refuse what cannot be read; map the columns, so that a later rescan cannot slip its own under this run."""
        ((version,),) = self.sql("PRAGMA user_version")
        if version != SCHEMA_VERSION:
            remedy = "upgrade textreuse" if version > SCHEMA_VERSION else f"textreuse rescan {self.path} makes it anew"
            raise RunError(
                f"{self.path}: the run has schema version {version}, this textreuse reads {SCHEMA_VERSION}; {remedy}"
            )
        for name in COLUMNS:
            self.column(name)

    def close(self) -> None:
        """Close the files. A query that another thread is reading ends with a RunError."""
        with self._lock:
            self._closed = True
            self.notes.close()
            self._database.close()
            self._columns.clear()

    def __del__(self) -> None:
        if hasattr(self, "_lock"):  # else it was made with wrong arguments, and has nothing open
            self.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the run; an error that comes of damage to its files is told as that."""
        try:
            if isinstance(error, Exception) and not isinstance(error, TextReuseError | OSError):
                damage = damage_of(self)
                if damage:
                    raise _broken(self.path, damage) from error
        finally:
            self.close()

    @property
    def replaced(self) -> bool:
        """Whether a rescan has put another run in this one's place (or it was removed)."""
        return _identity(self.path) != self._identity

    @cached_property
    def meta(self) -> dict[str, Any]:
        """What was asked, what was found, with which versions."""
        try:
            return {key: json.loads(value) for key, value in self.sql("SELECT key, value FROM meta ORDER BY key")}
        except (ValueError, TypeError) as error:
            raise _broken(self.path, f"its facts cannot be read: {error}") from error

    @cached_property
    def options(self) -> ScanOptions:
        """What the scan was told; what an older run does not say has its default."""
        return options_of(self.meta.get("options", {}))

    @property
    def schema_version(self) -> int:
        """Version of the run's schema."""
        return int(self.meta["schema_version"])

    def numbers(self, sql: str, parameters: Sequence[Any] = ()) -> NDArray[np.int64]:
        """The whole numbers (int64) that a query of one column gives, in its order.

        SQLite hands them over as one text: three times faster than a Python object a row.
        """
        column = sql.split(maxsplit=2)[1]
        ((text,),) = self.sql(f"SELECT group_concat({column}) FROM ({sql})", parameters)
        return np.fromstring(text or "", dtype=np.int64, sep=",")

    def ordering(self, table: str, key: str, order: str) -> NDArray[np.int64]:
        """Numbers (int64) of all rows of a stored table in the order of an SQL expression; sorted once, then kept."""
        with self._lock:
            if (table, order) not in self._orderings:
                while len(self._orderings) >= ORDERINGS:
                    self._orderings.pop(next(iter(self._orderings)))
                in_order = self.numbers(f"SELECT {key} FROM {table} ORDER BY {order}")
                in_order.flags.writeable = False  # it is handed out to many
                self._orderings[table, order] = in_order
            return self._orderings[table, order]

    def once(self, name: str, make: Callable[[], Value]) -> Value:
        """What `make` gives, worked out once for an open run and kept in memory under a name."""
        with self._lock:
            if name not in self._once:
                self._once[name] = make()
            value: Value = self._once[name]
            return value

    def sql(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Rows of a query on `run.sqlite`.

        Rows are fetched under the lock, for a connection that is closed while another thread steps through it takes the
        whole process down.

        Raises:
            RunError: The database is broken, or the run has been closed.
        """
        cursor: sqlite3.Cursor | None = None
        while True:
            try:
                with self._lock:
                    if self._closed:
                        raise RunError(f"{self.path}: the run has been closed")
                    cursor = cursor or self._database.execute(sql, [storable_value(value) for value in parameters])
                    rows = cursor.fetchmany(FETCHED)
            except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
                raise _broken(self.path, error) from error
            if not rows:
                return
            yield from rows

    @cached_property
    def document_ids(self) -> list[str]:
        """Ids of all documents, by ordinal."""
        return [name for (name,) in self.sql("SELECT id FROM documents ORDER BY doc")]

    @cached_property
    def document_names(self) -> list[str]:
        """What people call each document, by ordinal: no two of one date alike (`reuse.naming`)."""
        rows = list(self.sql("SELECT id, title, date FROM documents ORDER BY doc"))
        return distinct_names(*zip(*rows, strict=True)) if rows else []

    @cached_property
    def name_of(self) -> dict[str, str]:
        """The same by id."""
        return dict(zip(self.document_ids, self.document_names, strict=True))

    def ordinal(self, document: int | str) -> int:
        """Ordinal of a document given by its id (or by its ordinal).

        Raises:
            UsageError: The run has no such document.
        """
        if isinstance(document, str):
            for (number,) in self.sql("SELECT doc FROM documents WHERE id = ?", (document,)):
                return int(number)
        elif 0 <= document < len(self.document_ids):
            return int(document)
        raise UsageError(f"{self.path}: the run has no document {document!r}; textreuse export lists the documents")

    def text(self, document: int | str) -> str:
        """The text of a document, by ordinal or id; spans are half-open ranges of its code points."""
        ordinal = self.ordinal(document)
        with self._lock:
            if ordinal in self._texts:
                self._texts.move_to_end(ordinal)
                return self._texts[ordinal]
            text = next((str(text) for (text,) in self.sql("SELECT text FROM texts WHERE doc = ?", (ordinal,))), None)
            if text is None:
                raise _broken(self.path, f"the text of document {ordinal} is missing")
            self._texts[ordinal] = text
            self._texts_size += len(text)
            while self._texts_size > TEXT_CACHE and len(self._texts) > 1:
                self._texts_size -= len(self._texts.popitem(last=False)[1])
            return text

    def places(self, document: int | str) -> Places:
        """The pages, lines and elements of a document, by ordinal or id, as far as it has any."""
        ordinal = self.ordinal(document)
        with self._lock:
            if ordinal not in self._places:
                while len(self._places) >= PLACES_CACHE:
                    self._places.popitem(last=False)
                self._places[ordinal] = self._placed(ordinal)
            self._places.move_to_end(ordinal)
            return self._places[ordinal]

    def _placed(self, ordinal: int) -> Places:
        rows = list(
            self.sql('SELECT "start", page, line, element FROM places WHERE doc = ? ORDER BY "start"', (ordinal,))
        )
        if rows:
            return Places(*zip(*rows, strict=True))
        ((path, record),) = self.sql("SELECT path, record FROM documents WHERE doc = ?", (ordinal,))
        whole_file = bool(path) and record is None
        return Places.of_plain(self.text(ordinal)) if whole_file and is_plain_text(path) else Places()

    def cited(self, documents: NDArray[np.int64], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> list[str]:
        """Where spans of documents stand in them, such as `p. 12, l. 3`; empty where that is not known."""
        return cited(documents, starts, ends, self.places)

    def place(self, document: int | str, start: int, end: int) -> str:
        """Where a span of a document stands in it, such as `p. 12, l. 3`; empty if that is not known."""
        return self.places(document).cited(np.array([start]), np.array([end]))[0]

    def passage_text(self, document: int | str, start: int, end: int) -> str:
        """A span of a document, in code points."""
        return self.text(document)[start:end]

    @cached_property
    def tokens(self) -> Tokens:
        """The tokens of all documents, as memory-mapped columns."""
        hashes, counts, first = (self.column(f"word_{name}") for name in ("hashes", "counts", "first"))
        vocabulary = Vocabulary(hashes, counts, first, classes=self.column("word_classes"))
        return Tokens(
            self.column("token_ids"),
            self.column("token_starts"),
            self.column("token_ends"),
            self.column("sentence_starts"),
            self.column("document_bounds"),
            vocabulary,
        )

    def column(self, name: str) -> NDArray[Any]:
        """A memory-mapped column of `index/`, as named in `reuse.run.schema.COLUMNS`.

        Raises:
            RunError: It is missing or broken.
        """
        with self._lock:
            if name not in self._columns:
                path = self.path / INDEX / f"{name}.npy"
                try:
                    # A plain array over the same memory, from which pieces are cut faster than from a memmap.
                    column = np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
                    rows = int(self.column("document_bounds")[-1]) if name in GROWING else len(column)
                    self._columns[name] = column[:rows]
                except (OSError, ValueError, EOFError, IndexError, TypeError) as error:
                    raise _broken(self.path, f"{INDEX}/{name}.npy: {error}") from error
            return self._columns[name]

    def kept(self, name: str) -> dict[str, NDArray[Any]] | None:
        """Columns that were worked out from this run before and kept in its folder; None: there are none."""
        return kept_columns(self.path, name, run_mark(self.meta))

    def keep(self, name: str, columns: Mapping[str, NDArray[Any]]) -> None:
        """Keep columns in the run's folder, if it can be written and still holds this run."""
        if not self.replaced:
            keep_columns(self.path, name, run_mark(self.meta), columns)

    def token_range(self, document: int | str, start: int, end: int) -> tuple[int, int]:
        """Half-open range of token positions that lie wholly in a span of a document."""
        ordinal = self.ordinal(document)
        tokens = self.tokens
        low, high = int(tokens.bounds[ordinal]), int(tokens.bounds[ordinal + 1])
        first = low + int(np.searchsorted(tokens.starts[low:high], start, side="left"))
        last = low + int(np.searchsorted(tokens.ends[low:high], end, side="right"))
        return first, max(first, last)

    def formula_occurrences(self, formula: int) -> NDArray[np.int64]:
        """Token positions (int64) of the first word of each occurrence of a formula, given by number."""
        bounds = self.column("formula_bounds")
        if not 0 <= formula < len(bounds) - 1:
            raise UsageError(f"{self.path}: the run has no formula number {formula}")
        occurrences: NDArray[np.int64] = self.column("formula_positions")[bounds[formula] : bounds[formula + 1]]
        return occurrences


def _identity(path: Path) -> Identity | None:
    """Inode, size and time of change: what tells one written run from another at the same path."""
    try:
        status = (path / DATABASE).stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def _broken(path: Path, reason: object) -> RunError:
    return RunError(f"{path}: the run is broken ({reason}); scan the documents again")


def _connect(path: Path) -> sqlite3.Connection:
    uri = f"{(path / DATABASE).resolve().as_uri()}?mode=ro&immutable=1"
    try:
        database = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    except sqlite3.Error as error:
        raise _broken(path, error) from error
    database.create_function("date_order", 1, date_order, deterministic=True)
    database.create_function("square_root", 1, math.sqrt, deterministic=True)  # not every SQLite has one
    return database
