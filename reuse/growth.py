"""A run that grows and shrinks: documents are added and removed, and it is what one scan of them all would give.

Documents that are added are compared with what is there and with one another; what is there is not compared again until
so much has come that its background no longer fits, or somebody asks for it (`rescan`). Each change makes a new folder
and puts it in the place of the former one in one step. Who is killed meanwhile leaves the run as it was. Notes and
marks go by ids that say what they are about, so they stay.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from reuse.corpus.document import Document, Skipped, told_together
from reuse.corpus.files import innermost
from reuse.corpus.read import read_documents
from reuse.corpus.texts import Texts
from reuse.errors import CorpusError, UsageError
from reuse.incremental.add import add_documents
from reuse.incremental.remove import remove_documents
from reuse.incremental.store import keeps_enough
from reuse.pipeline import Asked, scan_documents
from reuse.run.facts import DocumentFacts
from reuse.run.lock import changing
from reuse.run.run import Run
from reuse.run.start import as_recorded, seen_from, start_of
from reuse.run.storable import storable
from reuse.run.stored_documents import StoredDocuments

if TYPE_CHECKING:
    from reuse.clock import Progress
    from reuse.options import ReadOptions
    from reuse.work.workers import Workers


@dataclass(frozen=True, slots=True)
class Told:
    """Who is told of a change, and who does its work.

    Attributes:
        progress: Told of every stage.
        waiting: Called once if another process is changing the run, which is waited for.
        workers: Who does the work; None: as many threads as the scan had.
    """

    progress: Progress | None = None
    waiting: Callable[[], None] | None = None
    workers: Workers | None = None


@dataclass(slots=True)
class Added:
    """What an addition brought.

    Attributes:
        documents: Ids of the documents that the run has now and had not before.
        known: How many of those that were read it had already, with the same text.
        anew: Whether everything was compared anew.
        restated: Ids of those of which a title, a date, a source or other metadata are not what the run has.
        skipped: What was left out, or read with a reservation, as far as the run does not say so already.
    """

    documents: list[str] = field(default_factory=list)
    known: int = 0
    restated: list[str] = field(default_factory=list)
    anew: bool = False
    skipped: list[Skipped] = field(default_factory=list)


NOBODY = Told()

NEWER = 0.2
"""Share of a run's words, added or removed since everything was last compared at once, up to which the rest stays."""


def rescan(path: str | Path, told: Told = NOBODY) -> None:
    """Make a run anew from the texts that it keeps, with the options that it was made with.

    It is then as if everything in it had been scanned at once. A run of an older schema version becomes one of this.

    Raises:
        RunError: There is no run, it is broken, or it cannot be written.
    """
    with changing(Path(path), told.waiting):
        stored = StoredDocuments.of(Path(path))
        _made_anew(stored, iter(stored), stored.skipped, told)


def remove(path: str | Path, documents: Sequence[str], *, newer: float = NEWER, told: Told = NOBODY) -> bool:
    """Take documents out of a run, by their ids. Their matches go, all others stay as they are.

    Args:
        path: The run's folder.
        documents: Their ids.
        newer: Share of the words, as for `add`; beyond, all that stays is compared anew.
        told: Who is told.

    Returns:
        Whether all was compared anew.

    Raises:
        UsageError: The run has no such document, or none would be left.
        RunError: There is no run, it is broken, or it cannot be written.
    """
    with changing(Path(path), told.waiting):
        stored = StoredDocuments.of(Path(path))
        known, gone = stored.ids(), set(documents)
        missing = sorted(gone - known.keys())
        if missing:
            raise UsageError(
                f"{path}: the run has no document {', '.join(map(repr, missing[:5]))}; "
                f"textreuse export {path} documents lists them"
            )
        if len(gone) == len(known):
            raise UsageError(f"{path}: no document would be left; delete the folder to be rid of the run")
        asked = _asked(stored)
        additions = [
            {**one, "documents": [name for name in one["documents"] if name not in gone]} for one in asked.additions
        ]
        asked = replace(asked, additions=tuple(additions))
        rows = np.array([row for row, name in enumerate(known) if name in gone], dtype=np.int64)
        if _may_stay(stored, asked, newer, stored.words_of(rows)):
            remove_documents(stored, rows, asked, progress=told.progress, workers=told.workers)
            return False
        _made_anew(stored, (one for one in stored if one.id not in gone), stored.skipped, told, asked)
        return True


def add(
    path: str | Path,
    paths: Sequence[Path],
    *,
    texts: Texts | None = None,
    newer: float = NEWER,
    told: Told = NOBODY,
) -> Added:
    """Add documents to a run.

    They are compared with the run's and with one another. When more words than `newer` allows have come since all was
    last compared at once, or the run keeps no index or compares some documents only, all is compared anew.

    Documents that it has already, of the same id and text, are passed over, so that a folder that grows may be named
    again and again. One of an id that stands for another text is left out and told.

    Args:
        path: The run's folder.
        paths: Folders and files to read, with the options of the run.
        texts: Texts in memory, to be read in place of files.
        newer: Share of the words, 0 to 1, that may be newer than the background; 0: all is always compared
            anew, 1: never.
        told: Who is told.

    Raises:
        CorpusError: Nothing could be read.
        UsageError: A file lies in neither of the two folders that the run compares.
        RunError: There is no run, it is broken, or it cannot be written.
    """
    with changing(Path(path), told.waiting):
        stored = StoredDocuments.of(Path(path))
        added, remarks = Added(), list[Skipped]()
        read, start = stored.options.read, start_of(stored.path, stored.meta)
        if texts is not None:
            found = replace(texts, first=stored.records()).documents(read, remarks)
        else:
            found = _named_as_before(paths, start, _asked(stored), read, remarks)
        new = list(_new(found, stored, added))
        if not new and not added.known:
            left_out = told_together([*remarks, *added.skipped])
            raise CorpusError(f"no document could be read: {left_out or 'there is none'}")
        added.skipped += _further(remarks, start, stored)
        if new:
            asked = _asked(stored)
            _check_sides(asked, start, new)
            added.documents = [one.id for one in new]
            now = datetime.now(UTC).isoformat(timespec="seconds")
            asked = replace(
                asked,
                additions=(
                    *asked.additions,
                    {"at": now, "paths": [str(seen_from(start, path)) for path in paths], "documents": added.documents},
                ),
            )
            skipped = list(dict.fromkeys((*stored.skipped, *added.skipped)))
            added.anew = not _compared(stored, new, asked, skipped, newer, told)
    return added


def _compared(
    stored: StoredDocuments, new: Sequence[Document], asked: Asked, skipped: list[Skipped], newer: float, told: Told
) -> bool:
    """Whether the new documents alone were compared; else everything was compared anew."""
    counts = stored.meta["counts"]
    # About so many, and some where the run has no word to tell by: of such a run all words are newer.
    words = max(counts["tokens"], 1) * sum(len(one.text) for one in new) / max(counts["characters"], 1)
    if _may_stay(stored, asked, newer, words):
        add_documents(stored, new, asked, skipped, progress=told.progress, workers=told.workers)
        return True
    _made_anew(stored, _in_order(stored, new), skipped, told, asked)
    return False


def _may_stay(stored: StoredDocuments, asked: Asked, newer: float, words: float) -> bool:
    """Whether what stays need not be compared again when so many words come or go."""
    changed, there = asked.added + asked.removed + words, stored.meta["counts"]["tokens"]
    too_much = newer < 1 and changed > newer * (there + words)
    if too_much or not there or not stored.is_current():  # what has no words knows nothing that could stay
        return False
    with Run.open(stored.path) as run:
        return keeps_enough(run)


def _made_anew(
    stored: StoredDocuments,
    documents: Iterator[Document],
    skipped: list[Skipped],
    told: Told,
    asked: Asked | None = None,
) -> None:
    asked = asked or _asked(stored)
    asked = replace(asked, generation=asked.generation + 1, added=0, removed=0, drift=None, drift_matches=0)
    run = scan_documents(
        documents, stored.path, stored.options, asked, skipped, progress=told.progress, workers=told.workers
    )
    run.close()


def _asked(stored: StoredDocuments) -> Asked:
    meta: Mapping[str, Any] = stored.meta
    return Asked(
        tuple(meta.get("paths", ())),
        as_recorded(stored.path, start_of(stored.path, meta)),
        between=bool(meta.get("between")),
        across=meta.get("across"),
        additions=tuple(meta.get("additions", ())),
        generation=int(meta.get("generation", 1)),
        added=int(meta.get("added", 0)),
        removed=int(meta.get("removed", 0)),
        drift=meta.get("drift"),
        drift_matches=int(meta.get("drift_matches", 0)),
    )


def _named_as_before(
    paths: Sequence[Path], start: Path, asked: Asked, options: ReadOptions, skipped: list[Skipped]
) -> Iterator[Document]:
    """The documents under some paths; what was read before has the id again that it had then.

    Of several folders that are named together, each gives its documents its own name. Where a document lies is told as
    it is reached from `start`, where the run's relative paths do.
    """
    for document in _read_as_before(paths, start, asked, options, skipped):
        yield replace(document, path=document.path and seen_from(start, document.path))


def _read_as_before(
    paths: Sequence[Path], start: Path, asked: Asked, options: ReadOptions, skipped: list[Skipped]
) -> Iterator[Document]:
    left = list(paths)
    for earlier in (asked.paths, *(one["paths"] for one in asked.additions)):
        before = [start / path for path in earlier]
        known = {os.path.abspath(path) for path in before}  # noqa: PTH100 - links keep their names
        again = [path for path in left if os.path.abspath(path) in known]  # noqa: PTH100
        left = [path for path in left if path not in again]
        if again:
            yield from read_documents(again, options, skipped, beside=before)
    if left:
        yield from read_documents(left, options, skipped)


def _new(found: Iterator[Document], stored: StoredDocuments, added: Added) -> Iterator[Document]:
    """Of the documents that were read, those that the run has not."""
    known, facts = stored.ids(), {one.id: one for one in stored.facts()} if stored.is_current() else {}
    for document in found:
        own = DocumentFacts.of(document)
        digest = known.setdefault(own.id, "")
        if not digest:
            known[own.id] = own.sha256
            yield document
        elif digest == own.sha256:
            added.known += 1
            if own.id in facts and own.said != facts[own.id].said:
                added.restated.append(own.id)
        else:
            added.skipped.append(
                Skipped(
                    str(document.path or document.id),
                    f"has an id that stands for another text in the run: {document.id[:80]!r}",
                    f"textreuse remove {stored.path.name} ID takes that one out; or rename the file",
                )
            )


def _further(remarks: Sequence[Skipped], start: Path, stored: StoredDocuments) -> list[Skipped]:
    """Those remarks that the run does not have yet, about paths as they are reached from where its own start."""
    seen = [replace(one, path=str(seen_from(start, Path(one.path)))) for one in remarks]
    known = {(os.path.abspath(start / one.path), one.reason) for one in stored.skipped}  # noqa: PTH100
    return [one for one in seen if (os.path.abspath(start / one.path), one.reason) not in known]  # noqa: PTH100


def _check_sides(asked: Asked, start: Path, new: Sequence[Document]) -> None:
    if not asked.between:
        return
    sides = [start / path for path in asked.paths]
    for document in new:
        if document.path is None or innermost(start / document.path, sides) is None:
            raise UsageError(
                f"{document.path or document.id}: the run compares two folders, {' and '.join(asked.paths)}, and this "
                "lies in neither; move it into one of them"
            )


def _in_order(stored: StoredDocuments, new: Sequence[Document]) -> Iterator[Document]:
    """The documents of a run and new ones in the order that a scan of all would read them in."""
    later = sorted(new, key=_place)
    at = 0
    for document in stored:
        while at < len(later) and _place(later[at]) < _place(document):
            yield later[at]
            at += 1
        yield document
    yield from later[at:]


def _place(document: Document) -> tuple[str, int]:
    return storable(document.file), document.record or 0
