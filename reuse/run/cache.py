"""Columns that were worked out from a run and kept in its folder: what takes long is worked out once.

They lie in `index/kept-NAME.npz` with a mark of the run that they belong to. A rescan replaces the folder `index`; and
should another process put a new run in place just while they are written, the mark gives them away.
"""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reuse.run.schema import INDEX

MARK = "of_run"


def run_mark(meta: Mapping[str, Any]) -> str:
    """What tells this run from all others: a hash of all that it says of itself, times included."""
    said = repr(sorted(meta.items())).encode()
    return hashlib.blake2b(said, digest_size=16).hexdigest()


def kept_columns(folder: Path, name: str, mark: str) -> dict[str, NDArray[Any]] | None:
    """Columns that were kept under a name; None: there are none of this run, or they cannot be read."""
    try:
        with _file(folder, name).open("rb") as file, np.load(file, allow_pickle=False) as stored:
            columns = {column: stored[column] for column in stored.files}
    except (OSError, ValueError, zipfile.BadZipFile, EOFError, KeyError):
        return None
    return columns if str(columns.pop(MARK, "")) == mark else None


def keep_columns(folder: Path, name: str, mark: str, columns: Mapping[str, NDArray[Any]]) -> None:
    """Keep columns, unless the folder cannot be written: then they are worked out again the next time."""
    target = _file(folder, name)
    partial = target.with_name(f".{target.stem}-{os.getpid()}.npz")
    try:
        with partial.open("wb") as file:
            np.savez(file, **{MARK: np.array(mark)}, **columns)  # type: ignore[arg-type]
        partial.replace(target)
    except OSError:
        with suppress(OSError):
            partial.unlink()


def _file(folder: Path, name: str) -> Path:
    return folder / INDEX / f"kept-{name}.npz"
