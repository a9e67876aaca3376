"""Files become Documents: one lazy stream, in an order that the file system has no say in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import MappingProxyType

from reuse.corpus.decode import check_encoding
from reuse.corpus.document import Document, Skipped
from reuse.corpus.files import Source, find_files, kind_of, why_missing
from reuse.corpus.given_dates import parse_date
from reuse.corpus.guessed_dates import guess_date
from reuse.corpus.jsonl import json_rows
from reuse.corpus.records import OWN_FIELDS, Record, records
from reuse.corpus.sidecar import Sidecars
from reuse.corpus.tables import table_rows
from reuse.corpus.text_files import text_record
from reuse.corpus.troubles import Troubles, reason_of, shown
from reuse.errors import CorpusError
from reuse.options import ReadOptions

_DATE_REMEDY = (
    "write it as YYYY-MM-DD, YYYY-MM or YYYY (c. 1850, 1850-1852, 44 BC are understood too); until then it has none"
)


def read_documents(
    paths: Sequence[Path],
    options: ReadOptions,
    skipped: list[Skipped],
    progress: Callable[[int], None] | None = None,
) -> Iterator[Document]:
    """All reports under the paths, one after the other; memory is that of one file, or of one record of a table.

    Files come in the order of their ids, the records of a file in their own. What is left out, or read with a
    reservation, is appended to `skipped` as the stream goes on, and all else is read. Metadata come from the sidecar,
    else from the record or the front matter; a date that they do not give is
    guessed from datelines, headers, the file's name and the address; one that is given but not understood is left out.

    Args:
        paths: Files and folders.
        options: Names of fields, encoding.
        skipped: Where to tell what was left out.
        progress: Called with 1 after each document.

    Raises:
        CorpusError: None of the paths exists.
        UsageError: The encoding asked for is unknown.
    """
    check_encoding(options.encoding)
    missing = [(path, error) for path in paths if (error := why_missing(path))]
    if paths and len(missing) == len(paths):
        raise CorpusError("; ".join(f"{shown(path)} {' – '.join(reason_of(error))}" for path, error in missing))
    return _documents(paths, options, skipped, progress)


def read_texts(path: Path, options: ReadOptions, skipped: list[Skipped]) -> Iterator[tuple[int | None, str]]:
    """The texts of one file, each with the number of its record, as `read_documents` gives them, and nothing else.

    For finding spans again in the original files: no sidecar is read, no date guessed.
    """
    troubles = Troubles(path, skipped)
    for record in _records(path, kind_of(path.name) or "text", options, troubles):
        yield record.number, record.text
    troubles.close()


def _documents(
    paths: Sequence[Path], options: ReadOptions, skipped: list[Skipped], progress: Callable[[int], None] | None
) -> Iterator[Document]:
    found = find_files(paths, skipped)
    sidecars = Sidecars(found.sidecars, skipped)
    owners: dict[str, Path] = {}
    for source in found.sources:
        troubles = Troubles(source.path, skipped)
        for record in _records(source.path, source.kind, options, troubles):
            document = document_of(source, record, sidecars, troubles)
            if is_first_of_its_id(document, record, owners, troubles):
                yield document
                if progress is not None:
                    progress(1)
        troubles.close()
    sidecars.close()


def _records(path: Path, kind: str, options: ReadOptions, troubles: Troubles) -> Iterator[Record]:
    if kind == "text":
        return text_record(path, options.encoding, troubles)
    if kind == "jsonl":
        return records(json_rows(path, options.encoding, troubles), options, troubles)
    remedy = "name the column that holds the text with --text-field NAME"
    return records(table_rows(path, options.encoding, troubles, options.text_field, remedy), options, troubles)


def document_of(source: Source, record: Record, sidecars: Sidecars, troubles: Troubles) -> Document:
    """A record as a document, with what the sidecars say of it and a date; troubles with the date are told."""
    whole_file = record.number is None
    local_id = record.id or (source.name if whole_file else f"{source.name}#{record.number}")
    fields = record.fields | sidecars.fields_of(source, None if whole_file else local_id)
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
        address = fields.get("url", "")
        guessed = guess_date(record.text, _name_that_may_date(source, record), record.body, address)
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
        metadata=MappingProxyType(fields),
    )


def _name_that_may_date(source: Source, record: Record) -> str:
    """The file's name, or a record's id; not a mere number, nor the name of a file of many records."""
    if record.number is None:
        return source.path.name if source.may_name_date else ""
    return "" if record.id is None or record.id.isdigit() else record.id


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
