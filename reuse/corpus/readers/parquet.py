"""Parquet tables: one record a row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reuse.corpus.decode import NotTextError
from reuse.corpus.records import Record, Row, records
from reuse.corpus.roles import Roles
from reuse.corpus.troubles import Troubles
from reuse.options import ReadOptions

_ROWS = 1_000


def read(path: Path, options: ReadOptions, troubles: Troubles) -> Iterator[Record]:
    """The records of a table; so many rows are in memory at a time."""
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError:
        raise NotTextError("is a Parquet table, which needs pyarrow", "pip install 'textreuse[parquet]'") from None
    try:
        table = parquet.ParquetFile(path)
        if "text" not in Roles(options, Troubles(Path(), [])).of(table.schema_arrow.names):
            raise NotTextError(
                f"has no column '{options.text_field or 'text'}'; it has: {', '.join(table.schema_arrow.names)[:300]}",
                "name the column that holds the text with --text-field NAME",
            )
        yield from records(_rows(table), options, troubles)
    except (pa.ArrowException, OSError) as error:
        raise NotTextError(f"is a broken Parquet table ({error})", "write it again") from None


def _rows(table: object) -> Iterator[Row]:
    number = 0
    for batch in table.iter_batches(batch_size=_ROWS):  # type: ignore[attr-defined]
        for row in batch.to_pylist():
            yield Row(number, number + 1, row, "utf-8")
            number += 1
