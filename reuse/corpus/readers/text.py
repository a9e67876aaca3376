"""Plain text, Markdown and OpenITI: one report a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from reuse.corpus import open_iti
from reuse.corpus.decode import NotTextError
from reuse.corpus.readers.front_matter import split_front_matter
from reuse.corpus.records import Record, fields_as_text
from reuse.corpus.roles import Roles
from reuse.corpus.streams import read_text
from reuse.corpus.troubles import Troubles, reason_of
from reuse.options import ReadOptions

_HEADER_END = "#META#Header#End#"
_HEADER_FIELD = re.compile(r"#META#\s*(\S[^:\n]*?)\s*::?\s*(.*\S)")
_NOTHING = frozenset({"NODATA", "NOTGIVEN", "NOCODE"})


def read(path: Path, options: ReadOptions, troubles: Troubles) -> Iterator[Record]:
    """The one report of a file, or none: a file that cannot be read is told. Newlines stay as they are."""
    try:
        decoded = read_text(path, options.encoding, troubles)
    except NotTextError as error:
        troubles.file(error.reason, error.remedy)
        return
    except OSError as error:
        troubles.file(*reason_of(error))
        return
    except MemoryError:
        troubles.file("does not fit into memory", "split it into smaller files")
        return
    text = decoded.text
    fields, start = _open_iti(text) if text.startswith(open_iti.OPENING) else split_front_matter(text)
    if not text or text[start:].isspace() or start == len(text):
        troubles.file("is empty", "leave it out, or fill it in")
        return
    if fields:
        given = Roles(options, troubles, guess=False).moved(fields)
        yield Record(text, fields_as_text(given), encoding=decoded.encoding, body=(start, len(text)))
    else:
        yield Record(text, {}, encoding=decoded.encoding)


def _open_iti(text: str) -> tuple[dict[str, str], int]:
    """The fields of the header, and where the text begins."""
    end = text.find(_HEADER_END)
    if end < 0:
        return {}, 0
    fields = {field[1]: field[2] for field in _HEADER_FIELD.finditer(text, 0, end) if field[2] not in _NOTHING}
    start = text.find("\n", end) + 1
    return fields or {"format": "OpenITI"}, start or len(text)
