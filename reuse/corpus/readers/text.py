"""Plain text and Markdown: one report a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reuse.corpus.decode import ENCODING_REMEDY, NotTextError, decode
from reuse.corpus.readers.front_matter import split_front_matter
from reuse.corpus.records import Record, fields_as_text
from reuse.corpus.roles import Roles
from reuse.corpus.streams import read_bytes
from reuse.corpus.troubles import Troubles, reason_of
from reuse.options import ReadOptions


def read(path: Path, options: ReadOptions, troubles: Troubles) -> Iterator[Record]:
    """The one report of a file, or none: a file that cannot be read is told. Newlines stay as they are."""
    try:
        decoded = decode(read_bytes(path), options.encoding)
    except NotTextError as error:
        troubles.file(error.reason, error.remedy)
        return
    except OSError as error:
        troubles.file(*reason_of(error))
        return
    except MemoryError:
        troubles.file("does not fit into memory", "split it into smaller files")
        return
    if decoded.reservation:
        troubles.file(decoded.reservation, ENCODING_REMEDY)
    text = decoded.text
    fields, start = split_front_matter(text)
    if not text or text[start:].isspace() or start == len(text):
        troubles.file("is empty", "leave it out, or fill it in")
        return
    if fields:
        given = Roles(options, troubles, guess=False).moved(fields)
        yield Record(text, fields_as_text(given), encoding=decoded.encoding, body=(start, len(text)))
    else:
        yield Record(text, {}, encoding=decoded.encoding)
