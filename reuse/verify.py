"""Evidence: every passage that a run quotes, looked for again in the files that it was read from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

import numpy as np

from reuse.corpus.document import Document, Skipped
from reuse.corpus.places import Places
from reuse.corpus.read import read_documents
from reuse.corpus.texts import Texts
from reuse.errors import TextReuseError, UsageError
from reuse.options import ReadOptions
from reuse.run.run import Run
from reuse.run.start import start_of
from reuse.run.storable import stored_file

State = Literal["unchanged", "changed", "missing"]


@dataclass(frozen=True, slots=True)
class Verified:
    """What became of one document.

    Attributes:
        document: Its id.
        path: The file that it was read from; empty: its text was in memory.
        state: `unchanged`: the file gives the very text that was scanned (by SHA-256); `changed`: it gives another;
            `missing`: it cannot be read, or no longer has this record.
        passages: Passages that the run quotes from it.
        found: Of these, how many stand where the run says, on the page and line that it says.
        moved: How many stand elsewhere in the text.
    """

    document: str
    path: str
    state: State
    passages: int
    found: int
    moved: int

    @property
    def lost(self) -> int:
        """Passages that are not in the file any more."""
        return self.passages - self.found - self.moved


def verify(run: Run, root: Path | None = None, *, texts: Texts | None = None) -> Iterator[Verified]:
    """Read the original files again and look for every passage of every match.

    Args:
        run: The run to verify.
        root: Folder that relative paths start from; None: the one in which the run was made.
        texts: The texts again, if the run was made of texts in memory.

    Yields:
        One result a document, file after file; each file is read once.

    Raises:
        UsageError: The run was made of texts in memory, and they are not given.
    """
    root = start_of(run.path, run.meta) if root is None else root
    options = ReadOptions(**run.meta["options"].get("read", {}))
    rows = run.sql("SELECT path, doc, id, record, sha256 FROM documents ORDER BY path, record, doc")
    for path, group in groupby(rows, key=lambda row: row[0]):
        again = _in_file(stored_file(path, root), options) if path else _in_memory(run, texts, options)
        wanted = {((record or 0) if path else name): (doc, name, sha256) for _, doc, name, record, sha256 in group}
        for key, document in again:
            if key in wanted:
                doc, name, sha256 = wanted.pop(key)
                same = hashlib.sha256(document.text.encode()).hexdigest() == sha256
                searched = _searched(run, doc, document)
                state: State = "unchanged" if same and searched[0] == searched[1] else "changed"
                yield Verified(name, path, state, *searched)
        for doc, name, _ in wanted.values():
            yield Verified(name, path, "missing", len(_spans(run, doc)), 0, 0)


def _in_memory(run: Run, texts: Texts | None, options: ReadOptions) -> Iterator[tuple[int | str, Document]]:
    """Texts in memory by their ids: they may come in another order than before."""
    if texts is None:
        raise UsageError(f"{run.path}: the run was made of texts in memory; give them again: run.verify(texts=…)")
    return ((document.id, document) for document in texts.documents(options, []))


def _in_file(file: Path, options: ReadOptions) -> Iterator[tuple[int | str, Document]]:
    """The documents of a file by the numbers of their records."""
    skipped: list[Skipped] = []
    try:
        for document in read_documents([file], options, skipped):
            yield document.record or 0, document
    except TextReuseError:  # no such file: its documents are missing, which the caller tells
        return


def _searched(run: Run, doc: int, read: Document) -> tuple[int, int, int]:
    """How many passages a document has, how many of them are in what was read at their place, how many elsewhere."""
    scanned, text = run.text(doc), read.text
    spans = _spans(run, doc)
    starts, ends = np.array(spans, dtype=np.int64).reshape(len(spans), 2).T
    known = run.places(doc)
    places = read.places or (Places.of_plain(text) if known else known)
    found = moved = 0
    for (start, end), before, now in zip(spans, known.cited(starts, ends), places.cited(starts, ends), strict=True):
        if text[start:end] == scanned[start:end] and before == now:
            found += 1
        elif scanned[start:end] in text:
            moved += 1
    return len(spans), found, moved


def _spans(run: Run, doc: int) -> list[tuple[Any, ...]]:
    """Distinct passages of a document that take part in a match."""
    return list(
        run.sql(
            "SELECT a_start, a_end FROM matches WHERE a = ? UNION SELECT b_start, b_end FROM matches WHERE b = ?",
            (doc, doc),
        )
    )
