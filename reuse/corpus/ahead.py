"""Files are read ahead by workers, some at a time; one with many reports, which may be large, report by report.

So parsing takes up all workers: foreign formats have a process for each of them, text formats where workers are
processes themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from reuse.corpus.files import Source
from reuse.corpus.foreign import read_foreign
from reuse.corpus.guessed_dates import guess_date
from reuse.corpus.records import Record
from reuse.corpus.streams import LONGEST_TEXT
from reuse.corpus.troubles import Troubles
from reuse.options import ReadOptions
from reuse.work.workers import Workers

LOT = 1 << 21
"""Bytes of files that a worker reads at a time."""

LARGEST = 1 << 22
"""Bytes of a file of many reports up to which it is read as a whole."""


@dataclass(frozen=True, slots=True)
class _File:
    """A file as it is now: one that changes is another.

    Attributes:
        source: The file.
        size: Its bytes; 0 if it is not to be had.
        changed: When it was changed last, in nanoseconds.
    """

    source: Source
    size: int
    changed: int

    @classmethod
    def of(cls, source: Source) -> _File:
        try:
            found = source.path.stat()
        except OSError:  # reading it will tell
            return cls(source, 0, 0)
        return cls(source, found.st_size, found.st_mtime_ns)

    @property
    def whole(self) -> bool:
        """Whether it is read as a whole."""
        return self.size <= LARGEST or not self.source.reader.many


def read_sources(
    sources: Iterable[Source], options: ReadOptions, workers: Workers, *, dated: bool = False
) -> Iterator[tuple[Source, Iterable[Record], Troubles]]:
    """The records of each file, in the order of the files, and what is told of it.

    Args:
        sources: The files.
        options: How they are read.
        workers: Read them.
        dated: Whether the dates of records that state none are guessed at the same time, where files are read whole:
            for a corpus of which nothing but the records themselves gives metadata.
    """
    for read in workers.stream(partial(_read, options, Path.cwd(), dated), _lots(map(_File.of, sources))):
        for source, records, troubles in read:
            yield source, _records(source, options, troubles) if records is None else records, troubles


def _lots(files: Iterable[_File]) -> Iterator[list[_File]]:
    """Files in lots of LOT bytes or somewhat more."""
    lot: list[_File] = []
    size = 0
    for file in files:
        lot.append(file)
        size += file.size if file.whole else LOT
        if size >= LOT:
            yield lot
            lot, size = [], 0
    if lot:
        yield lot


def guessed_date(source: Source, record: Record, address: str) -> str | None:
    """The date that a record, its file's name or folders, or its address (URL, or empty) tell, unless metadata do."""
    name = _name_that_may_date(source, record)
    filed = source.filed_under if record.number is None else None
    return guess_date(record.text, name, record.body, address, source.day_first, filed)


def _name_that_may_date(source: Source, record: Record) -> str:
    """The file's name, or a record's id; not a mere number, nor the name of a file of many records."""
    if record.number is None:
        return source.path.name if source.may_name_date else ""
    return "" if record.id is None or record.id.isdigit() else record.id


def _read(
    options: ReadOptions, folder: Path, dated: bool, files: Sequence[_File]
) -> list[tuple[Source, list[Record] | None, Troubles]]:
    """The records of some files; None: of one that is not read as a whole.

    Args:
        options: How they are read.
        folder: From which their paths go, if they are relative.
        dated: Whether dates are guessed.
        files: The files.
    """
    read: list[tuple[Source, list[Record] | None, Troubles]] = []
    for file in files:
        troubles = Troubles(file.source.path, [])
        records = list(_records(file.source, options, troubles, folder)) if file.whole else None
        if dated and records:
            records = [_dated(file.source, record) for record in records]
        read.append((file.source, records, troubles))
    return read


def _dated(source: Source, record: Record) -> Record:
    """A record with the date that may be guessed, unless it states one."""
    if record.fields.get("date") is not None:
        return record
    return replace(record, guessed=guessed_date(source, record, record.fields.get("url", "")) or "")


def _records(source: Source, options: ReadOptions, troubles: Troubles, folder: Path = Path()) -> Iterator[Record]:
    """The records of a file that can be stored; that one is too large ends nothing but the file."""
    read = partial(read_foreign, source.reader.module) if source.reader.foreign else source.reader.load()
    try:
        for record in read(folder / source.path, options, troubles):
            if len(record.text) > LONGEST_TEXT // 4 and len(record.text.encode()) > LONGEST_TEXT:
                troubles.record(record.line, "is a text of more than a gigabyte", "split it into smaller ones")
            else:
                yield record
    except MemoryError:
        troubles.file("does not fit into memory; what came before is kept", "split it into smaller files")
