"""What every reader yields, and how a row of JSON or of a table becomes it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from reuse.corpus.decode import without_surrogates
from reuse.corpus.html_page import without_tags
from reuse.corpus.places import NO_PLACES, Places
from reuse.corpus.roles import Roles
from reuse.corpus.troubles import Troubles
from reuse.options import ReadOptions


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
        fields: Its metadata, those that have a role under its name (see `roles`).
        id: What the file itself says its id is, or None.
        number: Its number in the file from 0, or None when the file is one report.
        line: The line that it begins on, from 1.
        encoding: The encoding that it was decoded with.
        body: Span of the text that holds the report, in code points; None: all of it.
        places: Its pages, lines and elements, as far as the format has any.
        guessed: The date that was guessed when it was read, empty where there is none; None: nobody has looked for one.
    """

    text: str
    fields: dict[str, str]
    id: str | None = None
    number: int | None = None
    line: int = 1
    encoding: str = "utf-8"
    body: tuple[int, int] | None = None
    places: Places = NO_PLACES
    guessed: str | None = None


def records(
    rows: Iterable[Row], options: ReadOptions, troubles: Troubles, *, as_pages: bool = True
) -> Iterator[Record]:
    """Rows that have a text, as records; the others are told.

    Args:
        rows: The rows.
        options: What their fields are called.
        troubles: Where to tell.
        as_pages: Whether of a text that is HTML what a page shows is read; how many are is told.
    """
    remedy = "name the field that holds the text with --text-field NAME"
    roles = Roles(options, troubles)
    pages = 0
    for row in rows:
        fields = roles.moved(row.fields)
        text = fields.pop("text", None)
        wanted = roles.wanted("text")
        if text is None:
            names = ", ".join(row.fields) or "nothing"
            troubles.record(row.line, f"has no field '{wanted}'", remedy, f"; it has: {names[:300]}")
            continue
        if not isinstance(text, str):
            what = f"; it is {type(text).__name__}"
            troubles.record(row.line, f"the field '{wanted}' is not text", remedy, what)
            continue
        if not text.strip():
            troubles.record(row.line, "has an empty text", "leave it out, or fill it in")
            continue
        text, replaced = without_surrogates(text)
        if replaced:
            lone = "lone surrogates were replaced by U+FFFD"
            troubles.record(row.line, lone, "write the text as UTF-8", f" ({replaced:,})")
        shown = without_tags(text) if as_pages else None
        if shown:
            text, pages = shown, pages + 1
        told = fields_as_text(fields)
        yield Record(text, told, told.pop("id", None), row.number, row.line, row.encoding)
    if pages:
        times = "1 text is" if pages == 1 else f"{pages:,} texts are"
        troubles.file(f"{times} HTML: what a page shows is read", "to have the tags, too, save each text as .txt")
    roles.close()


def fields_as_text(fields: Mapping[str, object]) -> dict[str, str]:
    """All fields that have a value, as text: numbers and lists as JSON writes them, spaces around gone."""
    texts = {}
    for key, value in fields.items():
        if value is None:
            continue
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
        text = text if text.isascii() else without_surrogates(text)[0]
        text = text.strip()
        if text:
            texts[without_surrogates(key)[0]] = text
    return texts
