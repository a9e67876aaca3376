"""What a reviewer says about matches, clusters and formulas: in a file of its own, which no scan ever writes.

Notes are kept by the stable ids of what they are about, so they hold for the next scan's run as well. Several processes
may read and write them at once: each change is one short transaction.
"""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, get_args

from reuse.errors import RunError, UsageError

Kind = Literal["match", "cluster", "formula"]
Mark = Literal["accepted", "rejected", "boilerplate"]

MARKS: tuple[str, ...] = get_args(Mark)
KINDS: tuple[str, ...] = get_args(Kind)

NOTES_VERSION = 1
BUSY_SECONDS = 10.0
"""How long a change waits for another process's change to end."""

TABLES = """
CREATE TABLE IF NOT EXISTS notes (
    kind     TEXT NOT NULL,             -- match, cluster or formula
    id       TEXT NOT NULL,             -- its stable id
    mark     TEXT,                      -- accepted, rejected, boilerplate or NULL
    bookmark INTEGER NOT NULL,          -- 1: bookmarked
    note     TEXT,
    PRIMARY KEY (kind, id)
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Review:
    """What the reviewer said about one thing.

    Attributes:
        kind: match, cluster or formula.
        id: Its stable id.
        mark: The verdict, if any.
        bookmark: Whether it is bookmarked.
        note: Free text, if any.
    """

    kind: Kind
    id: str
    mark: Mark | None = None
    bookmark: bool = False
    note: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said any more."""
        return self.mark is None and not self.bookmark and not self.note


class Notes:
    """The review notes of a run. The file is made by the first change; until then there are no notes.

    Args:
        path: The file `notes.sqlite` in the run's folder.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._database: sqlite3.Connection | None = None
        self._history: list[tuple[Review, Review]] = []
        self._reviews: dict[tuple[str, str], Review] = {}
        self._seen: tuple[int, int] | None = None
        self._lock = threading.RLock()

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._database is not None:
                self._database.close()
                self._database = None

    def __del__(self) -> None:
        self.close()

    def get(self, kind: Kind, name: str) -> Review:
        """What is said about one thing; an empty review if nothing is."""
        return self._current().get((kind, name)) or Review(kind, name)

    def all(self) -> list[Review]:
        """All reviews, ordered by kind and id."""
        return list(self._current().values())

    def marks(self, kind: Kind) -> dict[str, Mark]:
        """The verdicts by id."""
        return {review.id: review.mark for review in self._current().values() if review.kind == kind and review.mark}

    def bookmarks(self, kind: Kind) -> set[str]:
        """The ids that are bookmarked."""
        return {review.id for review in self._current().values() if review.kind == kind and review.bookmark}

    def texts(self, kind: Kind) -> dict[str, str]:
        """The free notes by id."""
        return {review.id: review.note for review in self._current().values() if review.kind == kind and review.note}

    def set_mark(self, kind: Kind, name: str, mark: Mark | None) -> Review:
        """Give a verdict, or take it back with None.

        Raises:
            UsageError: No such mark or kind.
            RunError: The notes cannot be written.
        """
        if mark is not None and mark not in MARKS:
            raise UsageError(f"no mark {mark!r}; the marks are {', '.join(MARKS)}")
        return self._change(kind, name, mark=mark)

    def set_bookmark(self, kind: Kind, name: str, *, bookmark: bool) -> Review:
        """Set or remove a bookmark."""
        return self._change(kind, name, bookmark=bookmark)

    def set_note(self, kind: Kind, name: str, note: str | None) -> Review:
        """Write a free note, or remove it with None or an empty text."""
        return self._change(kind, name, note=note or None)

    def undo(self) -> Review | None:
        """Take back this session's latest change; None if there is none left.

        A change that another process has overwritten since then is left alone and passed over.
        """
        with self._lock:
            while self._history:
                before, after = self._history.pop()
                if self.get(after.kind, after.id) == after:
                    self._store(before)
                    return before
            return None

    def _change(self, kind: Kind, name: str, **fields: object) -> Review:
        if kind not in KINDS:
            raise UsageError(f"no notes on a {kind!r}; notes are about a {', '.join(KINDS)}")
        with self._lock:
            before = self.get(kind, name)
            after = replace(before, **fields)  # type: ignore[arg-type]
            if after != before:
                self._store(after)
                self._history.append((before, after))
            return after

    def _store(self, review: Review) -> None:
        try:
            database = self._open(create=True)
            if review.is_empty:
                database.execute("DELETE FROM notes WHERE kind = ? AND id = ?", (review.kind, review.id))
            else:
                row = (review.kind, review.id, review.mark, int(review.bookmark), review.note)
                database.execute("INSERT OR REPLACE INTO notes VALUES (?, ?, ?, ?, ?)", row)
        except sqlite3.Error as error:
            raise RunError(
                f"{self.path}: the note could not be written ({error}); "
                "check the file's permissions and the free space of the disk"
            ) from error

    def _open(self, *, create: bool) -> sqlite3.Connection:
        if self._database is None:
            mode = "rwc" if create else "rw"
            uri = f"{self.path.resolve().as_uri()}?mode={mode}"
            try:
                self._database = self._connect(uri, create=create)
            except sqlite3.OperationalError:
                if create:
                    raise
                self._database = self._connect(f"{self.path.resolve().as_uri()}?mode=ro", create=False)
        return self._database

    def _connect(self, uri: str, *, create: bool) -> sqlite3.Connection:
        database = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            if self._version(database) == 0 and create:
                database.executescript(f"BEGIN IMMEDIATE; {TABLES} PRAGMA user_version = {NOTES_VERSION}; COMMIT;")
        except BaseException:
            database.close()
            raise
        return database

    def _version(self, database: sqlite3.Connection) -> int:
        (version,) = database.execute("PRAGMA user_version").fetchone()
        if version > NOTES_VERSION:
            raise RunError(f"{self.path}: written by a newer version of textreuse; upgrade textreuse to read it")
        return int(version)

    def _current(self) -> dict[tuple[str, str], Review]:
        """All reviews; read again when this or another process has changed them."""
        with self._lock:
            if self._database is None and not self.path.exists():
                return {}
            try:
                database = self._open(create=False)
                (version,) = database.execute("PRAGMA data_version").fetchone()
                seen = (version, database.total_changes)
                if seen != self._seen:
                    found = database.execute("SELECT kind, id, mark, bookmark, note FROM notes ORDER BY kind, id")
                    self._reviews = {
                        (kind, name): Review(kind, name, mark, bool(bookmark), note)
                        for kind, name, mark, bookmark, note in found
                    }
                    self._seen = seen
            except sqlite3.Error as error:
                if "no such table" in str(error):  # another process is just making the file
                    return {}
                raise RunError(
                    f"{self.path}: the review notes cannot be read ({error}); move the file away to go on without them"
                ) from error
            return self._reviews
