"""What every reader yields, and how a row of JSONL or of a table becomes it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from reuse.corpus.decode import without_surrogates
from reuse.corpus.troubles import Troubles
from reuse.options import ReadOptions

OWN_FIELDS = ("title", "date", "source")
"""Metadata that have their own place in a Document."""


@dataclass(frozen=True, slots=True)
class Row:
    """A JSON object or a row of a table.

    Attributes:
        number: Its number in the file, from 0; broken ones count, so mending one does not renumber the others.
        line: The line that it begins on, from 1.
        fields: Its values as parsed.
        encoding: The encoding that it was decoded with.
    """

    number: int
    line: int
    fields: Mapping[str, object]
    encoding: str


@dataclass(frozen=True, slots=True)
class Record:
    """A report as it stands in its file, before the sidecar and the dates are looked at.

    Attributes:
        text: The text as decoded.
        fields: Its metadata.
        id: What the file itself says its id is, or None.
        number: Its number in the file from 0, or None when the file is one report.
        line: The line that it begins on, from 1.
        encoding: The encoding that it was decoded with.
        body: Span of the text that holds the report, in code points; None: all of it.
    """

    text: str
    fields: dict[str, str]
    id: str | None = None
    number: int | None = None
    line: int = 1
    encoding: str = "utf-8"
    body: tuple[int, int] | None = None


def records(rows: Iterable[Row], options: ReadOptions, troubles: Troubles) -> Iterator[Record]:
    """Rows that have a text, as records; the others are told."""
    remedy = "name the field that holds the text with --text-field NAME"
    for row in rows:
        text = row.fields.get(options.text_field)
        if text is None:
            names = ", ".join(row.fields) or "nothing"
            troubles.record(row.line, f"has no field '{options.text_field}'", remedy, f"; it has: {names}")
            continue
        if not isinstance(text, str):
            what = f"; it is {type(text).__name__}"
            troubles.record(row.line, f"the field '{options.text_field}' is not text", remedy, what)
            continue
        if not text.strip():
            troubles.record(row.line, "has an empty text", "leave it out, or fill it in")
            continue
        text, replaced = without_surrogates(text)
        if replaced:
            lone = "lone surrogates were replaced by U+FFFD"
            troubles.record(row.line, lone, "write the text as UTF-8", f" ({replaced:,})")
        fields = fields_as_text(row.fields)
        fields.pop(options.text_field)
        yield Record(text, fields, fields.pop(options.id_field, None), row.number, row.line, row.encoding)


def fields_as_text(fields: Mapping[str, object]) -> dict[str, str]:
    """All fields that have a value, as text: numbers and lists as JSON writes them, spaces around gone.

    The names of the fields that a Document has itself count in any case (`Title`).
    """
    texts = {}
    for key, value in fields.items():
        if value is None:
            continue
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        text = text if text.isascii() else without_surrogates(text)[0]
        text = text.strip()
        if text:
            own = key.lower()
            texts[own if own in OWN_FIELDS else without_surrogates(key)[0]] = text
    return texts
