"""English Bibles side by side: the same verses from near-identical to freely rendered, aligned verse by verse.

The versions come from the packages `pythonbible-*` (all in the public domain); those that are installed are used. A
version is a folder with one file a book; truth is that a verse of one version is reuse of the same verse of the other.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from benchmarks.errors import BenchmarkError
from benchmarks.passages import PassagePairs

VERSIONS: Mapping[str, str] = {
    "akjv": "American King James Version (1999)",
    "asv": "American Standard Version (1901)",
    "bbe": "Bible in Basic English (1949)",
    "dar": "Darby (1890)",
    "kjv": "King James Version (1769)",
    "rwebster": "Revised Webster (1833, 1995)",
    "web": "World English Bible (2000)",
    "ylt": "Young's Literal Translation (1898)",
}


@dataclass(frozen=True, slots=True)
class Version:
    """One version on disk.

    Attributes:
        name: Short name, a key of VERSIONS.
        folder: One text file a book, `01.txt` to `66.txt`.
        verses: For each verse (book, chapter, number as one number BBCCCVVV) its book's file name and span in it, in
            code points.
    """

    name: str
    folder: Path
    verses: Mapping[int, tuple[str, int, int]]

    def text(self, verse: int) -> str:
        """A verse's text."""
        name, start, end = self.verses[verse]
        return (self.folder / name).read_text("utf-8")[start:end]


def installed() -> list[str]:
    """Short names of the versions that are installed."""
    return [name for name in VERSIONS if importlib.util.find_spec(f"pythonbible_{name}") is not None]


def write_version(name: str, folder: Path) -> Version:
    """Write a version as a folder of books, verses in a line each.

    Raises:
        BenchmarkError: The version's package is not installed.
    """
    bible = _package(name)
    folder.mkdir(parents=True, exist_ok=True)
    books: dict[str, list[str]] = {}
    lengths: dict[str, int] = {}
    verses: dict[int, tuple[str, int, int]] = {}
    for verse, start in sorted(bible.verse_start_indices.items()):
        text = " ".join(bible.scripture_content[start : bible.verse_end_indices[verse]].split())
        if not text:
            continue
        book = f"{verse // 1_000_000:02d}.txt"
        begin = lengths.get(book, 0)
        books.setdefault(book, []).append(text + "\n")
        verses[verse] = (book, begin, begin + len(text))
        lengths[book] = begin + len(text) + 1
    for book, lines in books.items():
        (folder / book).write_text("".join(lines), encoding="utf-8", newline="")
    return Version(name, folder, verses)


def chapters(name: str) -> Iterator[tuple[str, str]]:
    """(BBCCC, text) of each chapter of a version.

    Raises:
        BenchmarkError: The version's package is not installed.
    """
    bible = _package(name)
    lines: dict[str, list[str]] = {}
    for verse, start in sorted(bible.verse_start_indices.items()):
        text = " ".join(bible.scripture_content[start : bible.verse_end_indices[verse]].split())
        lines.setdefault(f"{verse // 1000:05d}", []).append(text)
    for chapter, verses in lines.items():
        yield chapter, "\n".join(verses) + "\n"


class _Bible(Protocol):
    """What the packages hold: a text, and where each verse begins and ends in it."""

    scripture_content: str
    verse_start_indices: Mapping[int, int]
    verse_end_indices: Mapping[int, int]


def _package(name: str) -> _Bible:
    try:
        module = importlib.import_module(f"pythonbible_{name}.plain_text_readers_bible")
    except ImportError as error:
        raise BenchmarkError(f"the Bible {name} is not installed; run: pip install pythonbible-{name}") from error
    bible: _Bible = module.bible
    return bible


def aligned(left: Version, right: Version) -> PassagePairs:
    """The verses that both versions have, as passage pairs; documents are named `FOLDER/BOOK.txt`."""
    return PassagePairs.from_rows(
        (
            f"{left.folder.name}/{left.verses[verse][0]}",
            *left.verses[verse][1:],
            f"{right.folder.name}/{right.verses[verse][0]}",
            *right.verses[verse][1:],
        )
        for verse in sorted(left.verses.keys() & right.verses.keys())
    )
