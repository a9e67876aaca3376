"""The formats that are read: which suffixes each has, and in which module its reader stands."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from reuse.corpus.records import Record
    from reuse.corpus.troubles import Troubles
    from reuse.options import ReadOptions

    ReadFile = Callable[[Path, ReadOptions, Troubles], Iterator[Record]]


@dataclass(frozen=True, slots=True)
class Reader:
    """A format.

    Attributes:
        module: Its module in `reuse.corpus.readers`, imported when a file of it is met.
        suffixes: Suffixes of its files, in small letters; each may have `.gz` after it.
        kinds: What people call such files, as `textreuse scan --help` says it.
        foreign: Whether its files are read in a process of their own, with limits of time and memory, and `read` may
            raise NotTextError.
        many: Whether a file may hold many reports: a large one is read report by report.
    """

    module: str
    suffixes: tuple[str, ...]
    kinds: str
    foreign: bool = False
    many: bool = False

    def load(self) -> ReadFile:
        """Its function `read`, as it runs in this process."""
        function: ReadFile = import_module(f"reuse.corpus.readers.{self.module}").read
        return function


TEXT = Reader("text", (".txt", ".md"), "text, Markdown")
READERS = (
    TEXT,
    Reader("json_records", (".jsonl", ".ndjson", ".json"), "JSON", many=True),
    Reader("tables", (".csv", ".tsv"), "tables", many=True),
    Reader("html", (".html", ".htm", ".xhtml", ".hocr"), "HTML, hOCR", foreign=True),
    Reader("xml", (".xml", ".tei", ".alto"), "XML (TEI, ALTO, PAGE)", foreign=True),
    Reader("office", (".docx", ".odt", ".epub"), "Word, OpenDocument, EPUB", foreign=True),
    Reader("sheets", (".xlsx",), "Excel", foreign=True, many=True),
    Reader("pdf", (".pdf",), "PDF", foreign=True),
    Reader("mail", (".eml", ".mbox"), "mail", foreign=True, many=True),
    Reader("subtitles", (".srt", ".vtt"), "subtitles", foreign=True),
    Reader("parquet", (".parquet",), "Parquet", foreign=True, many=True),
    Reader("sqlite", (".sqlite", ".sqlite3", ".db"), "SQLite", foreign=True, many=True),
    Reader("archive", (".zip", ".tar", ".tgz"), "archives of these", foreign=True, many=True),
)
"""All formats."""

_BY_SUFFIX = {suffix: reader for reader in READERS for suffix in reader.suffixes}

SUFFIXES = tuple(_BY_SUFFIX)
"""All suffixes that are read."""

KINDS = "; ".join(f"{reader.kinds}: {' '.join(reader.suffixes)}" for reader in READERS)
"""What is read, with the suffixes of each."""

KNOWN = f"reports are {', '.join(SUFFIXES)}, each also .gz"


def reader_of(name: str) -> Reader | None:
    """The format of a file by its name, or None for a suffix that is not read."""
    stem = name.lower().removesuffix(".gz")
    return _BY_SUFFIX.get(os.path.splitext(stem)[1])  # noqa: PTH122 - called for every file, and ten times as quick


def is_plain_text(name: str) -> bool:
    """Whether a file that was read is plain text; OpenITI has no suffix of its own."""
    return (reader_of(name) or TEXT) is TEXT
