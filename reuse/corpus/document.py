"""A report, and a report that could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from types import MappingProxyType

from reuse.corpus.places import NO_PLACES, Places


@dataclass(frozen=True, slots=True)
class Document:
    """One report.

    Attributes:
        id: Path relative to the scanned folder with `/`, or the `id` field of a record.
        text: The text as decoded. All spans of the package are half-open, in code points of this string; it holds no
            lone surrogate (each is replaced by U+FFFD, so offsets stand).
        path: The file that it was read from; None: its text was in memory.
        record: Number of the record in that file, counted from 0; None when the file is one document.
        title: Title, if the metadata or the front matter give one.
        date: The date as `reuse.calendar` stores it (`2022-07-07`, `2022-07`, `2022`, `1850~`), or None.
        date_guessed: True when no metadata gave the date but a dateline, a header, the file's name or the address.
        source: Series or publisher, if given.
        encoding: The encoding that the file was decoded with.
        body: Span of the text that holds the report, where the file holds more (front matter); None: the whole text.
        places: Its pages, lines and elements, as far as the format has any; the lines of plain text follow from it.
        metadata: All further fields, as text.
        file: The file's path relative to the scanned folder with `/`: documents are in the order of these, those of one
            file by `record`.
    """

    id: str
    text: str
    path: Path | None
    record: int | None = None
    title: str | None = None
    date: str | None = None
    date_guessed: bool = False
    source: str | None = None
    encoding: str = "utf-8"
    body: tuple[int, int] | None = None
    places: Places = NO_PLACES
    metadata: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    file: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that was left out, or read with a reservation.

    Attributes:
        path: The file (and record, if one record of it) concerned, as the user named it.
        reason: What is wrong, in a few words.
        remedy: What to do about it.
    """

    path: str
    reason: str
    remedy: str


def grouped(skipped: Iterable[Skipped]) -> list[Skipped]:
    """Each remark once, of the first that it is about: `a.csv and 33 more`."""
    paths: dict[tuple[str, str], dict[str, None]] = {}
    for one in skipped:
        paths.setdefault((one.reason, one.remedy), {})[one.path] = None
    return [
        Skipped(f"{next(iter(met))} and {len(met) - 1:,} more" if len(met) > 1 else next(iter(met)), reason, remedy)
        for (reason, remedy), met in paths.items()
    ]


def told_together(skipped: Sequence[Skipped], most: int = 5) -> str:
    """The first of what was left out in one line, each remedy once, and how many more there are; empty if none is.

    What is the same word for word, such as of many records on one line, is told once.
    """
    parts: list[str] = []
    distinct = list(dict.fromkeys(skipped))
    for remedy, entries in groupby(distinct[:most], key=lambda entry: entry.remedy):
        reasons = "; ".join(f"{entry.path}: {entry.reason}" for entry in entries)
        parts.append(f"{reasons} ({remedy})")
    if len(distinct) > most:
        parts.append(f"and {len(distinct) - most} more")
    return "; ".join(parts)
