"""Where corpora and the peers' environments are kept between benchmarks."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path


def cache_folder() -> Path:
    """`$TEXTREUSE_BENCH`, or `textreuse/benchmarks` in the user's cache folder."""
    named = os.environ.get("TEXTREUSE_BENCH")
    base = os.environ.get("XDG_CACHE_HOME")
    return Path(named) if named else (Path(base) if base else Path.home() / ".cache") / "textreuse" / "benchmarks"


def cached(name: str, make: Callable[[Path], object]) -> Path:
    """The folder `name` of the cache, made by `make` when it is not there; what is half made never gets that name."""
    folder = cache_folder() / name
    if not folder.exists():
        partial = folder.with_name(folder.name + ".partial")
        shutil.rmtree(partial, ignore_errors=True)
        partial.parent.mkdir(parents=True, exist_ok=True)
        make(partial)
        partial.rename(folder)
    return folder
