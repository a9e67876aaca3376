"""Reads a run: tables as columns, texts, tokens, and what the reviewer said."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from reuse.corpus.tokens import Tokens, Vocabulary
from reuse.errors import RunError, UsageError
from reuse.run import tables as _stored_tables  # noqa: F401 - whoever can open a run finds these in columns.TABLES
from reuse.run.columns import ComputedTable, table_of
from reuse.run.conditions import Condition
from reuse.run.folder import is_run
from reuse.run.kept import keep_columns, kept_columns, run_mark
from reuse.run.notes import Notes, Review
from reuse.run.schema import COLUMNS, DATABASE, INDEX, NOTES, SCHEMA_VERSION
from reuse.run.table import Table
from reuse.run.where import parse_where

TEXT_CACHE = 16_000_000
"""Code points of texts kept in memory."""

FETCHED = 1000
"""Rows that a query fetches at a time."""

ATTEMPTS = 3
"""How often a run is opened anew that is replaced in the very moment."""

ORDERINGS = 12
"""Sorted orders of tables kept in memory (8 bytes a row each)."""

Identity = tuple[int, int, int]


class Run:
    """A stored run, open for reading. Use `Run.open(path)`, as a context manager or with `close()`; or let go of it.

    A run never changes: a rescan puts another in its place, which `replaced` tells; an open run goes on reading the
    one that it opened. One Run may be used from several threads. Review notes are in `notes`, and can be written.

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
        self._columns: dict[str, NDArray[Any]] = {}
        self._computed: dict[str, Table] = {}
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
                _check(folder, run)
            except BaseException:
                run.close()
                raise
            if not run.replaced:
                return run
            run.close()
        raise RunError(f"{folder}: the run is being replaced again and again; wait for the scans to end")

    def close(self) -> None:
        """Close the files. A query that another thread is reading ends with a RunError."""
        with self._lock:
            self._closed = True
            self.notes.close()
            self._database.close()
            self._columns.clear()

    def __del__(self) -> None:
        self.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Run({str(self.path)!r})"

    @property
    def replaced(self) -> bool:
        """Whether a rescan has put another run in this one's place (or it was removed)."""
        return _identity(self.path) != self._identity

    @cached_property
    def meta(self) -> dict[str, Any]:
        """What was asked, what was found, with which versions."""
        return {key: json.loads(value) for key, value in self.query("SELECT key, value FROM meta ORDER BY key")}

    @property
    def schema_version(self) -> int:
        """Version of the run's schema."""
        return int(self.meta["schema_version"])

    @property
    def documents(self) -> Table:
        """All documents."""
        return self.table("documents")

    @property
    def matches(self) -> Table:
        """All matches, with the passages' texts."""
        return self.table("matches")

    @property
    def clusters(self) -> Table:
        """All clusters."""
        return self.table("clusters")

    @property
    def formulas(self) -> Table:
        """All formulas."""
        return self.table("formulas")

    def table(
        self,
        name: str,
        *,
        where: str | None = None,
        order: str | None = None,
        descending: bool | None = None,
        limit: int | None = None,
        offset: int = 0,
        columns: Sequence[str] | None = None,
    ) -> Table:
        """Rows of an exported table as columns.

        Args:
            name: documents, matches, clusters, formulas, or another registered table.
            where: Filter, in the language that `reuse.run.where` describes.
            order: Column to sort by; None: the table's own order.
            descending: Sort from high to low; None: as is usual for the column (scores high to low, names low to high).
            limit: Most rows to return.
            offset: Rows to pass over.
            columns: Columns to return; None: all.

        Raises:
            UsageError: Unknown table, column or field; bad filter.
            RunError: The run is broken.
        """
        numbers = self.ids(name, where, order, descending=descending, limit=limit, offset=offset)
        return table_of(name).fetch(self, numbers, columns)

    def batches(
        self,
        name: str,
        *,
        where: str | None = None,
        order: str | None = None,
        descending: bool | None = None,
        columns: Sequence[str] | None = None,
        size: int = 10_000,
    ) -> Iterator[Table]:
        """The same rows as `table`, `size` at a time, so that memory does not grow with the run."""
        numbers = self.ids(name, where, order, descending=descending)
        for start in range(0, len(numbers), size):
            yield table_of(name).fetch(self, numbers[start : start + size], columns)

    def ids(
        self,
        name: str,
        where: str | None = None,
        order: str | None = None,
        *,
        descending: bool | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> NDArray[np.int64]:
        """Row numbers (int64) of what `table` would return: fast for hundreds of thousands; read with `rows`."""
        return table_of(name).numbers(self, where=where, order=order, descending=descending, limit=limit, offset=offset)

    def rows(
        self, name: str, numbers: Sequence[int] | NDArray[np.int64], columns: Sequence[str] | None = None
    ) -> list[dict[str, Any]]:
        """The rows of these numbers, in this order, each as a dict."""
        return list(table_of(name).fetch(self, np.asarray(numbers, dtype=np.int64), columns).rows())

    def count(self, name: str, where: str | None = None) -> int:
        """How many rows a table has, or how many pass the filter."""
        if isinstance(table_of(name), ComputedTable):
            return len(self.ids(name, where))
        condition = self.condition(name, where)
        ((count,),) = self.query(f"SELECT count(*) FROM {name} WHERE {condition.sql}", condition.parameters)
        return int(count)

    def numbers(self, sql: str, parameters: Sequence[Any] = ()) -> NDArray[np.int64]:
        """The whole numbers (int64) that a query of one column gives, in its order.

        SQLite hands them over as one text: three times faster than a Python object a row.
        """
        column = sql.split(maxsplit=2)[1]
        ((text,),) = self.query(f"SELECT group_concat({column}) FROM ({sql})", parameters)
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

    def computed(self, table: ComputedTable) -> Table:
        """All rows of a computed table; worked out once for an open run."""
        with self._lock:
            if table.name not in self._computed:
                self._computed[table.name] = table.build(self)
            return self._computed[table.name]

    def condition(self, name: str, where: str | None) -> Condition:
        """A filter as a condition in SQL on a stored table."""
        return parse_where(where, name, self) if where and where.strip() else Condition("1")

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
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
                    cursor = cursor or self._database.execute(sql, parameters)
                    rows = cursor.fetchmany(FETCHED)
            except sqlite3.DatabaseError as error:
                raise _broken(self.path, error) from error
            if not rows:
                return
            yield from rows

    @cached_property
    def document_ids(self) -> list[str]:
        """Ids of all documents, by ordinal."""
        return [name for (name,) in self.query("SELECT id FROM documents ORDER BY doc")]

    def ordinal(self, document: int | str) -> int:
        """Ordinal of a document given by its id (or by its ordinal).

        Raises:
            UsageError: The run has no such document.
        """
        if isinstance(document, str):
            for (number,) in self.query("SELECT doc FROM documents WHERE id = ?", (document,)):
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
            text = next((str(text) for (text,) in self.query("SELECT text FROM texts WHERE doc = ?", (ordinal,))), None)
            if text is None:
                raise _broken(self.path, f"the text of document {ordinal} is missing")
            self._texts[ordinal] = text
            self._texts_size += len(text)
            while self._texts_size > TEXT_CACHE and len(self._texts) > 1:
                self._texts_size -= len(self._texts.popitem(last=False)[1])
            return text

    def passage_text(self, document: int | str, start: int, end: int) -> str:
        """A span of a document, in code points."""
        return self.text(document)[start:end]

    @cached_property
    def tokens(self) -> Tokens:
        """The tokens of all documents, as memory-mapped columns."""
        vocabulary = Vocabulary(self.column("word_hashes"), self.column("word_counts"), self.column("word_first"))
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
                    self._columns[name] = np.load(path, mmap_mode="r", allow_pickle=False)
                except (OSError, ValueError) as error:
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

    def orphaned_notes(self) -> list[Review]:
        """Notes about matches, clusters or formulas that this run does not have; they are kept."""
        orphans: list[Review] = []
        for kind, name in (("match", "matches"), ("cluster", "clusters"), ("formula", "formulas")):
            about = [review for review in self.notes.all() if review.kind == kind]
            known = self.query(
                f"SELECT id FROM {name} WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps([review.id for review in about]),),
            )
            present = {found for (found,) in known}
            orphans += [review for review in about if review.id not in present]
        return orphans


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
        return sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    except sqlite3.Error as error:
        raise _broken(path, error) from error


def _check(path: Path, run: Run) -> None:
    """Refuse what cannot be read; map the columns, so that a later rescan cannot slip its own under this run."""
    ((version,),) = run.query("PRAGMA user_version")
    if version != SCHEMA_VERSION:
        remedy = "upgrade textreuse" if version > SCHEMA_VERSION else "scan the documents again"
        raise RunError(f"{path}: the run has schema version {version}, this textreuse reads {SCHEMA_VERSION}; {remedy}")
    tables = {name for (name,) in run.query("SELECT name FROM sqlite_master")}
    missing = {"meta", "documents", "texts", "matches", "clusters", "formulas", "words"} - tables
    if missing:
        raise _broken(path, f"it has no table {', '.join(sorted(missing))}")
    for name in COLUMNS:
        run.column(name)
