"""The run's folder appears whole or not at all: it is built beside its final name and renamed when complete."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from reuse.errors import RunError
from reuse.run.schema import APPLICATION_ID, DATABASE, INDEX, NOTES

OWN_ENTRIES = frozenset({DATABASE, INDEX})
"""What a scan makes anew. All else in a run's folder (review notes, files a user put there) outlives a rescan."""

APPLICATION_ID_OFFSET = 68
"""Where SQLite's file header holds the application id (big-endian, 4 bytes)."""


def is_run(path: Path) -> bool:
    """Whether the folder holds a database that this package wrote (of whatever schema version)."""
    try:
        with (path / DATABASE).open("rb") as file:
            header = file.read(100)
    except OSError:
        return False
    mark = header[APPLICATION_ID_OFFSET : APPLICATION_ID_OFFSET + 4]
    return header.startswith(b"SQLite format 3\0") and mark == APPLICATION_ID.to_bytes(4, "big")


class PartialFolder:
    """A folder under construction that takes the place of `target` when it is whole.

    Attributes:
        target: The final name, symbolic links followed.
        path: `.NAME.partial-<pid>` beside it.
    """

    def __init__(self, target: Path, *, overwrite: bool) -> None:
        self.target = target.resolve()
        self.path = self.target.with_name(f".{self.target.name}.partial-{os.getpid()}")
        self._aside = self.target.with_name(f".{self.target.name}.old-{os.getpid()}")
        self._overwrite = overwrite

    def create(self) -> None:
        """Make the empty folder.

        Raises:
            RunError: The target is something that must not be replaced, or the folder cannot be made.
        """
        self._tidy_after_killed_scans()
        self._check_target()
        try:
            shutil.rmtree(self.path, ignore_errors=True)
            (self.path / INDEX).mkdir(parents=True)
        except OSError as error:
            raise RunError(
                f"{self.target}: the run cannot be written there ({error.strerror}); choose another place with -o"
            ) from error

    def discard(self) -> None:
        """Remove what was built; the target stays as it was."""
        shutil.rmtree(self.path, ignore_errors=True)

    def take_place(self) -> None:
        """Put the folder under its final name; the former run's notes and the user's own files move along."""
        self._check_target()
        if not self.target.exists():
            self.path.rename(self.target)
            return
        self._keep_notes()
        self.target.rename(self._aside)
        try:
            self.path.rename(self.target)
        except BaseException:
            self._aside.rename(self.target)
            raise
        for entry in self._aside.iterdir():
            if entry.name not in OWN_ENTRIES and not (self.target / entry.name).exists():
                entry.rename(self.target / entry.name)
        shutil.rmtree(self._aside, ignore_errors=True)

    def _check_target(self) -> None:
        if not self.target.exists():
            return
        if not self.target.is_dir():
            raise RunError(f"{self.target}: a file of that name exists; choose another place for the run with -o")
        if not is_run(self.target):
            if any(self.target.iterdir()):
                raise RunError(
                    f"{self.target}: this folder exists and is not a run, so it is not replaced; "
                    "choose another place for the run with -o"
                )
        elif not self._overwrite:
            raise RunError(f"{self.target}: this run exists; remove it or choose another place with -o")

    def _keep_notes(self) -> None:
        """Link the notes into the new folder, so that at no moment the only copy lies in a folder to be deleted.

        A link keeps the file itself: a process that has the notes open goes on writing to the same ones.
        """
        notes = self.target / NOTES
        if notes.exists():
            with suppress(OSError):  # a file system without links: the notes are moved once the new run is in place
                (self.path / NOTES).hardlink_to(notes)

    def _tidy_after_killed_scans(self) -> None:
        """Remove folders that a killed scan left, and put a run back that it had moved aside."""
        name = self.target.name
        for aside in self.target.parent.glob(f".{_literal(name)}.old-*"):
            if _is_dead(aside) and not self.target.exists():
                aside.rename(self.target)
        for partial in self.target.parent.glob(f".{_literal(name)}.partial-*"):
            if _is_dead(partial) and not _is_locked(partial / DATABASE):
                shutil.rmtree(partial, ignore_errors=True)


def _literal(name: str) -> str:
    return "".join(f"[{character}]" if character in "*?[" else character for character in name)


def _is_dead(path: Path) -> bool:
    """Whether the process that made this folder has ended."""
    number = path.name.rpartition("-")[2]
    if not number.isdigit():
        return False
    if os.name == "nt":  # there, os.kill would end the process that it asks about
        return False
    try:
        os.kill(int(number), 0)
    except (ProcessLookupError, OverflowError):
        return True
    except OSError:
        return False
    return False


def _is_locked(database: Path) -> bool:
    """Whether a writer holds the database: also one that another machine's or container's process numbers hide."""
    if not database.exists():
        return False
    try:
        with closing(sqlite3.connect(database, timeout=0, isolation_level=None)) as connection:
            connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        return "locked" in str(error)
    except sqlite3.DatabaseError:  # half written
        return False
    return False


@contextmanager
def explaining_write_errors(target: Path) -> Iterator[None]:
    """Turn what a full or failing disk raises into a RunError with a remedy."""
    try:
        yield
    except sqlite3.Error as error:
        if "full" in str(error):
            raise RunError(_full(target)) from error
        raise RunError(f"{target}: the run could not be written ({error}); check the disk and scan again") from error
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise RunError(_full(target)) from error
        raise RunError(
            f"{target}: the run could not be written ({error.strerror or error}); "
            "check the folder's permissions or choose another place with -o"
        ) from error


def _full(target: Path) -> str:
    kept = "; the run that was there before is untouched" if target.exists() else ""
    return f"{target}: the disk is full{kept}; free some space or choose another disk with -o"


def flush_to_disk(folder: Path) -> None:
    """Ask the system to write the folder's files out, so that a power cut after the rename finds them whole."""
    for path in [*folder.rglob("*"), folder]:
        with suppress(PermissionError):  # folders cannot be opened on every system
            descriptor = os.open(path, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
