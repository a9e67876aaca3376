"""Files that appear whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from reuse.errors import TextReuseError
from reuse.run.folder import leftovers


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A binary file that takes the place of `path` when the block ends without an error.

    It is written beside its final name, so that a killed export leaves the old file as it was. A device or a pipe is
    written to directly.

    Raises:
        TextReuseError: The file cannot be written; the message says why.
    """
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as file:
                yield file
            return
        target = path.resolve()
        for left in leftovers(target, "partial"):
            left.unlink(missing_ok=True)
        partial = target.with_name(f".{target.name}.partial-{os.getpid()}")
        try:
            with partial.open("wb") as file:
                yield file
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise TextReuseError(
            f"{path}: the file could not be written ({error.strerror or error}); "
            "choose another place with -o, or free some space"
        ) from error
