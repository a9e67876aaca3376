"""What a file could not give, told without flooding the reader."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

from reuse.corpus.document import Skipped

_TOLD_IN_FULL = 5


class Troubles:
    """Collects what was left out of one file, or read with a reservation.

    The first few records with the same trouble are told one by one, the rest in one line when the file is done.
    """

    def __init__(self, path: Path, skipped: list[Skipped], *, unit: str = "line") -> None:
        self.path = path
        self._unit = unit
        self._skipped = skipped
        self._counts: Counter[str] = Counter()
        self._any = False

    def __bool__(self) -> bool:
        return self._any

    def tell(self, skipped: list[Skipped]) -> None:
        """Tell another list what was told up to now, and all that follows."""
        if skipped is not self._skipped:
            skipped += self._skipped
            self._skipped = skipped

    def file(self, reason: str, remedy: str) -> None:
        """The file as a whole: left out, or read with a reservation."""
        self._any = True
        self._skipped.append(Skipped(shown(self.path), _storable(reason), remedy))

    def record(self, line: int, trouble: str, remedy: str, detail: str = "") -> None:
        """The record that begins on that line or row (counted from 1); `trouble` is the same for all of its kind."""
        self._any = True
        self._counts[trouble] += 1
        if self._counts[trouble] <= _TOLD_IN_FULL:
            self._skipped.append(
                Skipped(f"{shown(self.path)}, {self._unit} {line}", _storable(trouble + detail), remedy)
            )

    def close(self) -> None:
        """Tell how many records more had each trouble."""
        for trouble, count in self._counts.items():
            if count > _TOLD_IN_FULL:
                more = f"{trouble} ({count - _TOLD_IN_FULL:,} more records)"
                self.file(more, "see the first ones, told one by one")
        self._counts.clear()


def shown(path: Path | str) -> str:
    r"""A path as text that can be stored: bytes that are not in the file system's encoding become `\xff`."""
    text = os.fspath(path)
    if text.isascii():
        return text
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _storable(text: str) -> str:
    """A message, without what of a broken input cannot be stored."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def reason_of(error: OSError) -> tuple[str, str]:
    """Reason and remedy for a file or folder that the system does not let us read."""
    if isinstance(error, PermissionError):
        return "may not be read: permission denied", "give yourself the right to read it (chmod u+r), or leave it out"
    if isinstance(error, FileNotFoundError):
        return "does not exist", "check the spelling of the path"
    return f"cannot be read: {error.strerror or error}", "check the file and the disk that it is on"
