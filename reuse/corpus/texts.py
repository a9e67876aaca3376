"""Texts that are in memory already: a list, a dict by id, or a data frame. They are read like the records of a file."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from reuse.corpus.document import Document, Skipped
from reuse.corpus.files import Source
from reuse.corpus.read import document_of, is_first_of_its_id
from reuse.corpus.readers.registry import TEXT
from reuse.corpus.records import Row, records
from reuse.corpus.roles import Roles
from reuse.corpus.sidecar import Sidecars
from reuse.corpus.troubles import Troubles
from reuse.errors import UsageError
from reuse.options import ReadOptions

NAME = Path("texts")
"""What troubles with a text say in the place of a file."""

_ROWS = 1_000
_MISSING = frozenset({"NAType", "NaTType"})  # of pandas, which is not imported for their sake
_ASKS_FOR = "a list of texts, a dict of texts by id, or a data frame with a column of texts"


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts in memory, ready to be read.

    Attributes:
        given: A list (or any iterable) of texts, or of dicts as a JSON Lines file has them; a dict (or a series of
            pandas) of texts by id; a data frame of pandas, polars or pyarrow with the columns that a CSV file would
            have. A document without an id gets its number.
        first: The number of the first; they are counted on from those that a run has.
    """

    given: Any
    first: int = 0

    def documents(self, options: ReadOptions, skipped: list[Skipped]) -> Iterator[Document]:
        """The documents in their order; spans are code points of the texts as they were given.

        Args:
            options: Names of the fields or columns of text and id.
            skipped: Where to tell what was left out.

        Raises:
            UsageError: This is no such thing, or a data frame has no column of texts.
        """
        troubles = Troubles(NAME, skipped, unit="row")
        source = Source(NAME, TEXT, "", NAME.name, Path())
        found = records(_numbered(_rows(self.given, options), options, self.first), options, troubles, as_pages=False)
        nothing_beside = Sidecars({}, options, skipped)
        owners: dict[str, Path] = {}
        for record in found:
            document = document_of(source, record, nothing_beside, troubles)
            if is_first_of_its_id(document, record, owners, troubles):
                yield replace(document, path=None, file="")
        troubles.close()


def _numbered(rows: Iterable[Mapping[str, Any]], options: ReadOptions, first: int) -> Iterator[Row]:
    roles = Roles(options, Troubles(NAME, []))
    for number, fields in enumerate(rows, first):
        plain = {str(name): _plain(value) for name, value in fields.items()}
        name = roles.of(plain).get("id", options.id_field or "id")
        if plain.get(name) is None:
            plain[name] = str(number)
        yield Row(number, number + 1, plain, "utf-8")


def _rows(given: Any, options: ReadOptions) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401 - see Texts
    """Each text with its fields by name."""
    text = options.text_field or "text"
    columns = _columns(given)
    if columns is not None:
        if "text" not in Roles(options, Troubles(NAME, [])).of(map(str, columns)):
            raise UsageError(
                f"the data frame has no column {text!r}; it has {', '.join(map(str, columns))}: "
                "rename the one with the texts, or name it with ReadOptions(text_field=…)"
            )
        return _frame_rows(given, columns)
    if isinstance(given, Mapping) or hasattr(given, "items"):
        return ({options.id_field or "id": name, text: one} for name, one in given.items())
    if isinstance(given, str | bytes) or not isinstance(given, Iterable):
        raise UsageError(f"texts are {_ASKS_FOR}, not {type(given).__name__}")
    return (one if isinstance(one, Mapping) else {text: one} for one in given)


def _columns(given: Any) -> list[Any] | None:  # noqa: ANN401
    """Names of the columns of a data frame, as its library says them; None: it is none."""
    names = getattr(given, "column_names", getattr(given, "columns", None))
    return None if names is None or isinstance(given, Mapping) else list(names)


def _frame_rows(frame: Any, names: Sequence[Any]) -> Iterator[dict[str, Any]]:  # noqa: ANN401
    """The rows of a data frame; so many at a time are Python values, so that a large one is not there twice."""
    cut = frame.slice if hasattr(frame, "slice") else lambda start, rows: frame[start : start + rows]
    for start in range(0, len(frame), _ROWS):
        part = cut(start, _ROWS)
        for row in zip(*(_values(part[name]) for name in names), strict=True):
            yield dict(zip(names, row, strict=True))


def _values(column: Any) -> list[Any]:  # noqa: ANN401
    """A column of any of these libraries as Python values."""
    listed = getattr(column, "to_pylist", getattr(column, "to_list", None))
    return list(listed() if listed else column)


def _plain(value: Any) -> Any:  # noqa: ANN401
    """A cell as JSON would have it: no value is None, a day is written as one, a whole number without a point."""
    if hasattr(value, "tolist"):  # of NumPy
        value = value.tolist()
    match value:
        case _ if value is None or type(value).__name__ in _MISSING:
            plain: Any = None
        case float():  # pandas makes floats of whole numbers where one is missing
            plain = None if math.isnan(value) else int(value) if value.is_integer() else value
        case datetime():
            plain = value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
        case date():
            plain = value.isoformat()
        case Mapping():
            plain = {str(name): _plain(one) for name, one in value.items()}
        case list() | tuple():
            plain = [_plain(one) for one in value]
        case str() | int() | bytes():
            plain = value
        case _:
            plain = str(value)
    return plain
