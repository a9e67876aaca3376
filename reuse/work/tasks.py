"""A task: one part of a stage, done by a worker that shares a folder with whoever sends it."""

from __future__ import annotations

import importlib.metadata
import platform
import socket
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from reuse.errors import WorkError
from reuse.work.files import Shelf


@dataclass(frozen=True, slots=True)
class Task:
    """What to do with which part. Doing it twice does no harm.

    Attributes:
        folder: Where all files lie.
        function: File of the function.
        part: The part, pickled; or the name of its file.
        made: File into which goes what the function makes of the part.
        versions: Of whoever sends the task: see `versions`.
    """

    folder: Path
    function: str
    part: bytes | str
    made: str
    versions: str

    def __call__(self) -> str:
        """Do it.

        Returns:
            The name of the file that was made.

        Raises:
            WorkError: Other versions work here than there, or the folder is not to be had.
        """
        refuse_other_versions(socket.gethostname(), versions(), self.versions)
        if not self.folder.is_dir():
            raise WorkError(
                f"{self.folder}: this folder is not to be found on {socket.gethostname()}; "
                "name with -o a run in a folder that all machines have under the same name"
            )
        shelf = _shelf(self.folder)
        part = shelf.get(self.part) if isinstance(self.part, str) else shelf.loads(self.part)
        shelf.put(self.made, _function(self.folder, self.function)(part))
        return self.made


@lru_cache(maxsize=1)
def versions() -> str:
    """What must be the same wherever a scan works, since results may depend on it."""
    packages = ("textreuse", "numpy", "rapidfuzz", "datasketch")
    return ", ".join(
        [f"Python {platform.python_version()}", *(f"{name} {importlib.metadata.version(name)}" for name in packages)]
    )


def refuse_other_versions(worker: str, found: str, wanted: str | None = None) -> None:
    """Refuse a worker whose versions are not those of the scan.

    Args:
        worker: Who it is.
        found: Its versions.
        wanted: Those of the scan; None: those here.

    Raises:
        WorkError: They differ.
    """
    wanted = versions() if wanted is None else wanted
    if found != wanted:
        raise WorkError(f"{worker} has {found}, but the scan has {wanted}: install the same versions on all machines")


@lru_cache(maxsize=1)
def _shelf(folder: Path) -> Shelf:
    return Shelf(folder)


@lru_cache(maxsize=4)  # of a stage, and of what runs beside it: formulas, columns being stored
def _function(folder: Path, name: str) -> Any:  # noqa: ANN401 - whatever a stage gave
    return _shelf(folder).get(name)
