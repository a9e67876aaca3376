"""SQLite databases, such as Datasette publishes: one record a row of the table that has a column of texts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from reuse.corpus.decode import NotTextError
from reuse.corpus.records import Record, Row, records
from reuse.corpus.roles import Roles
from reuse.corpus.troubles import Troubles
from reuse.options import ReadOptions

_PLAIN = (str, int, float)


def read(path: Path, options: ReadOptions, troubles: Troubles) -> Iterator[Record]:
    """The records of a database; it is opened for reading only."""
    try:
        with sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True) as database:
            yield from records(_rows(database, options), options, troubles)
    except sqlite3.Error as error:
        raise NotTextError(f"is a broken SQLite database ({error})", "mend it, or export the table as CSV") from None


def _rows(database: sqlite3.Connection, options: ReadOptions) -> Iterator[Row]:
    names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
    fitting = []
    for name in names:
        columns = [row[1] for row in database.execute(f"PRAGMA table_info({_quoted(name)})")]
        if "text" in Roles(options, Troubles(Path(), [])).of(columns):
            (rows,) = database.execute(f"SELECT count(*) FROM {_quoted(name)}").fetchone()
            fitting.append((rows, name))
    if not fitting:
        raise NotTextError(
            f"has no table with a column '{options.text_field or 'text'}'; its tables are: {', '.join(names)[:300]}",
            "name the column that holds the text with --text-field NAME",
        )
    cursor = database.execute(f"SELECT * FROM {_quoted(max(fitting)[1])}")
    columns = [entry[0] for entry in cursor.description]
    for number, row in enumerate(cursor):
        cells = {name: value for name, value in zip(columns, row, strict=True) if isinstance(value, _PLAIN)}
        yield Row(number, number + 1, cells, "utf-8")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
