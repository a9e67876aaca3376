"""One change of a run at a time: who changes it holds a lock beside it, and who comes meanwhile waits."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from reuse.errors import RunError

WAIT_SECONDS = 600.0
"""How long a change waits for another process' change to end."""


@contextmanager
def changing(target: Path, waiting: Callable[[], None] | None = None) -> Iterator[None]:
    """Hold the run's lock while the block runs.

    The lock is that of a SQLite file `.NAME.lock`: every system has it, it ends with the process that holds it, and the
    file goes when it is let go.

    Args:
        target: The run's folder.
        waiting: Called once if another process holds the lock.

    Raises:
        RunError: It could not be had in time, or there is no room for it.
    """
    folder = target.resolve()
    path = folder.with_name(f".{folder.name}.lock")
    try:
        database = _locked(path, waiting)
    except sqlite3.Error as error:
        if "locked" in str(error):
            raise RunError(f"{target}: another process is changing this run; try again when it is done") from error
        raise RunError(f"{target}: the run cannot be changed ({error}); check the folder's permissions") from error
    try:
        yield
    finally:
        with suppress(OSError):  # a system that keeps open files
            path.unlink()
        database.close()


def _locked(path: Path, waiting: Callable[[], None] | None) -> sqlite3.Connection:
    """The lock file, locked; one that its former holder has unlinked meanwhile locks nothing, so another is made."""
    seconds = 0.0
    while True:
        database = sqlite3.connect(path, timeout=seconds, isolation_level=None, check_same_thread=False)
        made = _inode(path)
        try:
            database.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            database.close()
            if "locked" in str(error) and not seconds:
                seconds = WAIT_SECONDS
                if waiting:
                    waiting()
            elif made == _inode(path):
                raise
            continue
        if made is not None and made == _inode(path):
            return database
        database.close()


def _inode(path: Path) -> int | None:
    try:
        return path.stat().st_ino
    except OSError:
        return None
