"""Files become Documents: one lazy stream, in an order that the file system has no say in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from reuse.corpus.ahead import guessed_date, read_sources
from reuse.corpus.decode import check_encoding
from reuse.corpus.document import Document, Skipped
from reuse.corpus.files import Source, find_files, why_missing
from reuse.corpus.given_dates import parse_date
from reuse.corpus.name_pattern import NamePattern
from reuse.corpus.records import Record
from reuse.corpus.roles import OWN_FIELDS
from reuse.corpus.sidecar import Sidecars
from reuse.corpus.troubles import Troubles, reason_of, shown
from reuse.errors import CorpusError
from reuse.options import ReadOptions
from reuse.work.workers import ALONE, Workers

_NO_FIELDS: Mapping[str, str] = MappingProxyType({})
_DATE_REMEDY = (
    "write it as YYYY-MM-DD, YYYY-MM or YYYY (c. 1850, 1850-1852, 44 BC are understood too); until then it has none"
)


def read_documents(
    paths: Sequence[Path],
    options: ReadOptions,
    skipped: list[Skipped],
    progress: Callable[[int], None] | None = None,
    *,
    beside: Sequence[Path] = (),
    workers: Workers = ALONE,
) -> Iterator[Document]:
    """All reports under the paths, one after the other; memory is that of a few files, or of one record of a table.

    Files come in the order of their ids, the records of a file in their own. What is left out, or read with a
    reservation, is appended to `skipped` as the stream goes on, and all else is read. Metadata come from the sidecar,
    else from the record or the front matter, else from the file's name by the pattern that was asked for. A date that
    none of them gives is guessed from datelines, headers, the file's name and folders and the address; one that is
    given but not understood is left out.

    Args:
        paths: Files and folders.
        options: Names of fields, pattern of names, encoding.
        skipped: Where to tell what was left out.
        progress: Called with 1 after each document.
        beside: Paths that are not read, but from which these are told by their names.
        workers: Read files ahead.

    Raises:
        CorpusError: None of the paths exists.
        UsageError: The encoding asked for is unknown, or the pattern of names is none.
    """
    check_encoding(options.encoding)
    pattern = NamePattern(options.name) if options.name else None
    missing = [(path, error) for path in paths if (error := why_missing(path))]
    if paths and len(missing) == len(paths):
        raise CorpusError("; ".join(f"{shown(path)} {' – '.join(reason_of(error))}" for path, error in missing))
    documents = _documents(paths, options, pattern, skipped, beside, workers)
    return _counted(documents, progress) if progress else documents


def _counted(documents: Iterator[Document], progress: Callable[[int], None]) -> Iterator[Document]:
    for document in documents:
        yield document
        progress(1)


def _documents(
    paths: Sequence[Path],
    options: ReadOptions,
    pattern: NamePattern | None,
    skipped: list[Skipped],
    beside: Sequence[Path],
    workers: Workers,
) -> Iterator[Document]:
    found = find_files(paths, skipped, beside)
    sidecars = Sidecars(found.sidecars, options, skipped)
    named = _Named(pattern, skipped)
    owners: dict[str, Path] = {}
    dated = not found.sidecars and pattern is None
    for source, records, troubles in read_sources(found.sources, options, workers, dated=dated):
        troubles.tell(skipped)
        for record in records:
            document = document_of(source, record, sidecars, troubles, named.fields(source))
            if is_first_of_its_id(document, record, owners, troubles):
                yield document
        troubles.close()
    sidecars.close()
    named.close()


class _Named:
    """The fields that the names of files give; which do not fit the pattern is told at the end."""

    def __init__(self, pattern: NamePattern | None, skipped: list[Skipped]) -> None:
        self._pattern, self._skipped = pattern, skipped
        self._unfit: list[str] = []

    def fields(self, source: Source) -> dict[str, str]:
        if self._pattern is None:
            return {}
        found = self._pattern.fields(source.name.removesuffix(".gz").rsplit(".", 1)[0])
        if found is None and source.id not in self._unfit[-1:]:
            self._unfit.append(source.id)
        return found or {}

    def close(self) -> None:
        if self._unfit:
            names = f"{len(self._unfit):,} name{'s' if len(self._unfit) > 1 else ''} of files"
            reason = f"{names} did not fit the pattern and gave no metadata"
            self._skipped.append(Skipped(self._unfit[0], reason, "change the pattern (--name), or rename the files"))


def document_of(
    source: Source, record: Record, sidecars: Sidecars, troubles: Troubles, named: Mapping[str, str] = _NO_FIELDS
) -> Document:
    """A record as a document, with what its file's name and the sidecars say of it and a date.

    Troubles with the date are told.
    """
    whole_file = record.number is None
    local_id = record.id or (source.name if whole_file else f"{source.name}#{record.number}")
    fields = {**named, **record.fields} | sidecars.fields_of(source, None if whole_file else local_id)
    own = {name: fields.pop(name, None) for name in OWN_FIELDS}
    given, date = own["date"], None
    if given is not None:
        date = parse_date(given)
        if date is None:
            unknown, what = "has a date that is not understood", f": '{given[:40]}'"
            if whole_file:
                troubles.file(unknown + what, _DATE_REMEDY)
            else:
                troubles.record(record.line, unknown, _DATE_REMEDY, what)
            fields["date"] = given
    guessed = None
    if given is None:
        known = record.guessed
        guessed = guessed_date(source, record, fields.get("url", "")) if known is None else known or None
    return Document(
        id=source.prefix + local_id,
        text=record.text,
        path=source.path,
        record=record.number,
        title=own["title"],
        date=date or guessed,
        date_guessed=guessed is not None,
        source=own["source"],
        encoding=record.encoding,
        body=record.body,
        places=record.places,
        metadata=MappingProxyType(fields),
        file=source.id,
    )


def is_first_of_its_id(document: Document, record: Record, owners: dict[str, Path], troubles: Troubles) -> bool:
    """Whether no document before had the id, whose owner it is from now on; if one had, that is told."""
    if document.id not in owners:
        owners[document.id] = troubles.path
        return True
    taken = f": '{document.id[:80]}', by a report in {shown(owners[document.id])}"
    if record.number is None:
        troubles.file("has an id that is taken" + taken, "rename one of the two files")
    else:
        remedy = "make the ids distinct, or choose another field with --id-field NAME"
        troubles.record(record.line, "has an id that is taken", remedy, taken)
    return False
