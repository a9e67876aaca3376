"""A document's value of a field: for --by, --across, --where, facets, groups and charts alike.

A field is a column that came with the documents (`author`), or what the program knows of each (`source`, the `year` of
its date). Names count in any case. Where both have a name, the column that came with the documents has it, and the
other one goes by its long name: `date.year`, which always names it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from reuse.calendar import PERIODS, period_of
from reuse.errors import UsageError


class Described(Protocol):
    """What fields are read off: a `Document`, or a row of the table of documents."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def title(self) -> str | None:
        """Its title."""

    @property
    def date(self) -> str | None:
        """Its date, as it is stored."""

    @property
    def source(self) -> str | None:
        """Its series or publisher."""

    @property
    def metadata(self) -> Mapping[str, str]:
        """The columns that came with it, but for these."""


class Stored(Protocol):
    """What fields need of a run (`reuse.run.Run` has it)."""

    def sql(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Rows of a query on `run.sqlite`."""


@dataclass(frozen=True, slots=True)
class Row:
    """A document as it stands in a run; attributes as in `Described`."""

    id: str
    title: str | None
    date: str | None
    source: str | None
    metadata: Mapping[str, str]


def _period(document: Described, period: str) -> str | None:
    return period_of(document.date, period)


_KNOWN: dict[str, tuple[str, Callable[[Described], str | None]]] = {
    "document": ("document.id", lambda document: document.id),
    "title": ("document.title", lambda document: document.title),
    "source": ("document.source", lambda document: document.source),
    "date": ("document.date", lambda document: document.date),
    **{period: (f"date.{period}", partial(_period, period=period)) for period in PERIODS},
}
"""What the program knows of each document: short name, long name, value."""

_SHORT = {short: value for short, (_, value) in _KNOWN.items()}
_SHORT |= dict.fromkeys(("doc", "id"), _SHORT["document"])
_LONG = dict(_KNOWN.values())

_DOCUMENTS_OWN = ("title", "source", "date")
"""Columns that came with the documents and have a place of their own; what could not be read stays in the metadata."""

_NUMBER = re.compile(r"-?\d+(\.\d+)?")


class FieldValues:
    """The values of one field, gathered document by document.

    Whether a name is that of a column shows only when all documents have been seen: a document without it has no value
    then, even if the program could work one out.

    Args:
        name: The field, in any case.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._key = folded(name)
        self._known = (_SHORT | _LONG).get(self._key)
        self._own: list[str | None] = []
        self._worked_out: list[str | None] = []
        self._columns: Counter[str] = Counter()

    def add(self, document: Described) -> None:
        """The next document."""
        metadata = document.metadata
        self._columns.update(metadata.keys())
        own = metadata.get(self.name)
        if own is None:
            own = next((metadata[name] for name in sorted(metadata) if folded(name) == self._key), None)
        self._own.append(own)
        self._worked_out.append(self._known(document) if self._known else None)

    def values(self) -> list[str | None]:
        """The value of each document, None where it has none.

        Raises:
            UsageError: No document has one; the message lists the fields.
        """
        if self._key in _LONG:
            found = self._worked_out
        elif self._key in _DOCUMENTS_OWN:
            found = [read or given for read, given in zip(self._worked_out, self._own, strict=True)]
        else:
            found = self._own if any(self._own) else self._worked_out
        if self._own and not any(found):
            names = ", ".join(_listed(self._columns))
            raise UsageError(f"no document has a value of {self.name!r}; the fields are: {names}")
        return found


def folded(name: str) -> str:
    """The name of a field as names are compared: in one case, in one Unicode form."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name.strip()).casefold())


def values_of(run: Stored, name: str) -> list[str | None]:
    """The value of a field of all documents of a run, by ordinal; None where a document has none.

    Args:
        run: The run.
        name: A name as `field_names` lists them, in any case; also doc and id for document, and long names.

    Raises:
        UsageError: No document has a value; the message lists the fields.
    """
    gathered = FieldValues(name)
    for row in _rows(run):
        gathered.add(row)
    return gathered.values()


def field_names(run: Stored) -> list[str]:
    """The fields of a run: what the program knows, then the columns that came with the documents, each once.

    What the program knows goes by its long name where a column has the short one.
    """
    columns = "SELECT key, count(*) FROM documents, json_each(documents.metadata) GROUP BY key"
    return _listed(dict(run.sql(columns)))


def each_document(run: Stored) -> str:
    """The name under which `field_names` lists the documents' ids: grouped by it, each document stands by itself."""
    return field_names(run)[0]


def in_order(values: Sequence[str | None]) -> list[str]:
    """The distinct values in order: by the number that they begin with where all do (years, decades), then as texts."""
    distinct = sorted({value for value in values if value})
    numbers = {value: float(found.group()) for value in distinct if (found := _NUMBER.match(value))}
    return sorted(distinct, key=lambda value: numbers[value]) if len(numbers) == len(distinct) else distinct


def _rows(run: Stored) -> Iterator[Row]:
    rows = run.sql("SELECT id, title, date, source, metadata FROM documents ORDER BY doc")
    return (Row(name, title, date, source, json.loads(metadata)) for name, title, date, source, metadata in rows)


def _listed(columns: Mapping[str, int]) -> list[str]:
    """All names, each in the spelling that most documents have."""
    own: dict[str, str] = {}
    for name in sorted(columns, key=lambda name: (-columns[name], name)):
        own.setdefault(folded(name), name)
    known = [long if short in own and short not in _DOCUMENTS_OWN else short for short, (long, _) in _KNOWN.items()]
    return [*known, *sorted(name for key, name in own.items() if key not in known)]
