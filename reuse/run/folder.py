"""The run's folder appears whole or not at all: it is built beside its final name and renamed when complete."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import socket
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from reuse.errors import RunError
from reuse.run.schema import APPLICATION_ID, DATABASE, INDEX, NOTES

OWN_ENTRIES = frozenset({DATABASE, INDEX})
"""What a scan makes anew. All else in a run's folder (review notes, files a user put there) outlives a rescan."""

_WORK = f"work-{socket.gethostname()}"  # a folder that many machines share tells whose processes have ended
_RENAME_EXCHANGE, _AT_FDCWD = 2, -100  # of Linux' renameat2
_RENAME_SWAP = 2  # of macOS' renamex_np

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
        if not self.target.name:
            raise RunError(f"{self.target}: no run can be written there; name a folder of its own with -o")
        self.path = self.target.with_name(f".{self.target.name}.partial-{os.getpid()}")
        self._aside = self.target.with_name(f".{self.target.name}.old-{os.getpid()}")
        self._overwrite = overwrite

    def create(self) -> None:
        """Make the empty folder.

        Raises:
            RunError: The target is something that must not be replaced, or the folder cannot be made.
        """
        tidy(self.target)
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
        """Put the folder under its final name; the former run's notes and the user's own files move along.

        Where the system can exchange two folders in one step, there is a run at every moment. Whoever comes next brings
        home what a process that is killed in between leaves elsewhere (`tidy`).
        """
        self._check_target()
        if not self.target.exists():
            self.path.rename(self.target)
            return
        self._keep_notes()
        if exchange(self.path, self.target):
            former = self.path
        else:
            former = self._aside
            self.target.rename(former)
            try:
                self.path.rename(self.target)
            except BaseException:
                former.rename(self.target)
                raise
        _bring_home(former, self.target)

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


def tidy(target: Path) -> None:
    """Remove what killed scans left beside a run; put a run back that one had moved aside, and the user's own files.

    Nothing happens where the folder cannot be written.
    """
    with suppress(OSError):
        target = target.resolve()
        for aside in leftovers(target, "old"):
            if not target.exists():
                aside.rename(target)
            else:
                _bring_home(aside, target)
        for partial in leftovers(target, "partial"):
            if not _is_locked(partial / DATABASE):
                _bring_home(partial, target)
        for working in leftovers(target, _WORK):
            shutil.rmtree(working, ignore_errors=True)


def working_folder(target: Path, *, lasting: bool) -> Path:
    """Where the files of workers lie while a run is made: beside it.

    Args:
        target: The run's folder.
        lasting: Whether another scan of the same texts is to find them.
    """
    whole = target.resolve()
    return whole.with_name(f"{whole.name}.work" if lasting else f".{whole.name}.{_WORK}-{os.getpid()}")


def leftovers(target: Path, kind: str) -> list[Path]:
    """What processes that have ended left as `.NAME.KIND-<pid>` beside a file or folder."""
    found = target.parent.glob(f".{_literal(target.name)}.{kind}-*") if target.name else ()
    return [path for path in found if _is_dead(path)]


def _bring_home(folder: Path, target: Path) -> None:
    """Move the user's own files from a former run, or a part of one, into the run, and remove the rest."""
    if target.is_dir():
        for entry in folder.iterdir():
            if entry.name not in OWN_ENTRIES and not (target / entry.name).exists():
                entry.rename(target / entry.name)
    shutil.rmtree(folder, ignore_errors=True)


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change names in one step, if this system and this file system can; False: nothing was done."""
    if sys.platform not in {"linux", "darwin"}:
        return False
    library = ctypes.CDLL(None, use_errno=True)
    names = (os.fsencode(one), os.fsencode(other))
    if sys.platform == "darwin":
        swap = getattr(library, "renamex_np", None)
        return swap is not None and swap(*names, ctypes.c_uint(_RENAME_SWAP)) == 0
    swap = getattr(library, "renameat2", None)
    here = ctypes.c_int(_AT_FDCWD)
    return swap is not None and swap(here, names[0], here, names[1], ctypes.c_uint(_RENAME_EXCHANGE)) == 0


def _literal(name: str) -> str:
    return "".join(f"[{character}]" if character in "*?[" else character for character in name)


def _is_dead(path: Path) -> bool:
    """Whether the process that made this folder has ended."""
    number = path.name.rpartition("-")[2]
    if not number.isdecimal():
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
        # NumPy tells of a disk that fills up without an error's number: "1000 requested and 512 written"
        if error.errno in {errno.ENOSPC, errno.EDQUOT} or "requested and" in str(error):
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
