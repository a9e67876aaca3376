"""JSON Lines: one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from reuse.corpus.decode import NotTextError
from reuse.corpus.records import Row
from reuse.corpus.streams import Lines
from reuse.corpus.troubles import Troubles, reason_of

_REMEDY = "write one JSON object a line, or leave the line out"


def json_rows(path: Path, encoding: str | None, troubles: Troubles) -> Iterator[Row]:
    """The objects of a file; a broken line is told and the rest goes on. Memory: one line."""
    lines = Lines(path, encoding, troubles, universal=False)
    record = -1
    try:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            record += 1
            try:
                fields = json.loads(line)
            except json.JSONDecodeError as error:
                troubles.record(number, "is not JSON", _REMEDY, f": {error.msg}, column {error.colno:,}")
            except (ValueError, RecursionError):
                troubles.record(number, "is JSON with a number too long or nested too deep", _REMEDY)
            else:
                if isinstance(fields, dict):
                    yield Row(record, number, fields, lines.encoding)
                else:
                    troubles.record(number, "is JSON, but not an object", _REMEDY)
    except NotTextError as error:
        troubles.file(error.reason, error.remedy)
    except OSError as error:
        troubles.file(*reason_of(error))
    if record < 0 and not troubles:
        troubles.file("is empty", "leave it out, or fill it in")
