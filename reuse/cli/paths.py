"""Paths of what is to be read, as the command line has them."""

from __future__ import annotations

from pathlib import Path


def named_path(text: str) -> Path:
    """A path that names something.

    Raises:
        UsageError: It is empty, as that of a variable that is not set: `Path` would read it as the current folder.
    """
    from reuse.errors import UsageError

    if not text:
        raise UsageError("an empty path names nothing to read; write . for the current folder")
    return Path(text)
